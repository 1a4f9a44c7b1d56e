package dev.mipath.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.Ending;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Traps 16, 17, 26 and 35: which route wins")
class RoutePreferenceStories {
    private static Lab lab() {
        return new Lab()
                .vnet("hub", "10.0.0.0/16")
                .subnet("hub/app", "10.0.1.0/24")
                .subnet("hub/other", "10.0.2.0/24")
                .subnet("hub/pe", "10.0.3.0/24")
                .subnet("hub/mi", "10.0.4.0/24")
                .subnet("hub/fw", "10.0.9.0/24")
                .subnet("hub/GatewaySubnet", "10.0.255.0/27");
    }

    @Test
    @DisplayName("BGP does not beat VNet and peering routes, however specific (2.7)")
    void moreSpecificBgpLoses() {
        Answers answers = lab().vnet("spoke", "10.1.0.0/16")
                .peered("hub", "spoke")
                .gateway("hub", "10.0.2.0/24", "10.1.7.0/24", "10.2.0.0/16")
                .built();
        assertThat(answers.nextHop("10.0.1.4", "10.0.2.9")).isEqualTo("VnetLocal 10.0.0.0/16 Default");
        assertThat(answers.nextHop("10.0.1.4", "10.1.7.9")).isEqualTo("VNetPeering 10.1.0.0/16 Default");
        assertThat(answers.nextHop("10.0.1.4", "10.2.7.9"))
                .isEqualTo("VirtualNetworkGateway 10.2.0.0/16 VirtualNetworkGateway");
    }

    @Test
    @DisplayName("BGP does not beat a service endpoint (2.7)")
    void bgpLosesToServiceEndpoint() {
        Answers answers = lab().tag("Storage.westeurope", "52.239.0.0/16")
                .serviceEndpoint("hub/app", "Microsoft.Storage")
                .gateway("hub", "52.239.8.0/24")
                .built();
        assertThat(answers.nextHop("10.0.1.4", "52.239.8.8"))
                .isEqualTo("VirtualNetworkServiceEndpoint 52.239.0.0/16 Default");
    }

    @Test
    @DisplayName("BGP loses to a user route of the same prefix, and to a longer one (2.1)")
    void userRoutesBeatBgp() {
        Answers answers = lab().gateway("hub", "10.2.0.0/16", "10.3.0.0/16")
                .route("hub/app", "same", "10.2.0.0/16", "None")
                .route("hub/app", "longer", "10.3.3.0/24", "None")
                .built();
        assertThat(answers.nextHop("10.0.1.4", "10.2.0.9")).isEqualTo("None 10.2.0.0/16 User same");
        assertThat(answers.nextHop("10.0.1.4", "10.3.3.9")).isEqualTo("None 10.3.3.0/24 User longer");
        assertThat(answers.nextHop("10.0.1.4", "10.3.4.9"))
                .isEqualTo("VirtualNetworkGateway 10.3.0.0/16 VirtualNetworkGateway");
    }

    @Nested
    @DisplayName("Without propagation")
    class Propagation {
        @Test
        @DisplayName("private on-premises ranges fall to the None routes, public ones to the Internet (2.17)")
        void fallsToNone() {
            Answers answers = lab().gateway("hub", "192.168.50.0/24", "131.5.0.0/16")
                    .propagationOff("hub/app")
                    .built();
            assertThat(answers.nextHop("10.0.1.4", "192.168.50.7")).isEqualTo("None 192.168.0.0/16 Default");
            assertThat(answers.ending("10.0.1.4", "192.168.50.7", 1433)).isEqualTo(Ending.ROUTE_NONE);
            assertThat(answers.nextHop("10.0.1.4", "131.5.0.7")).isEqualTo("Internet 0.0.0.0/0 Default");
            assertThat(answers.nextHop("10.0.2.4", "192.168.50.7"))
                    .as("a subnet with another table")
                    .isEqualTo("VirtualNetworkGateway 192.168.50.0/24 VirtualNetworkGateway");
        }

        @Test
        @DisplayName("they follow 0.0.0.0/0 where a user route sends that to an appliance (2.3a)")
        void followsDefault() {
            Answers answers = lab().gateway("hub", "192.168.50.0/24")
                    .propagationOff("hub/app")
                    .route("hub/app", "to-fw", "0.0.0.0/0", "VirtualAppliance 10.0.9.4")
                    .built();
            assertThat(answers.nextHop("10.0.1.4", "192.168.50.7"))
                    .isEqualTo("VirtualAppliance 10.0.9.4 0.0.0.0/0 User to-fw");
        }
    }

    @Nested
    @DisplayName("Routes to service tags")
    class TagRoutes {
        private Lab tagged() {
            return lab().tag("AzureCloud", "20.60.0.0/16", "40.0.0.0/8")
                    .tag("AzureCloud.westeurope", "20.60.0.0/16", "40.0.0.0/8")
                    .tag("Storage", "20.60.0.0/16", "20.60.7.0/24")
                    .tag("Storage.WestEurope", "20.60.0.0/16")
                    .route("hub/app", "cloud", "AzureCloud", "Internet")
                    .route("hub/app", "cloud-region", "AzureCloud.westeurope", "Internet")
                    .route("hub/app", "storage", "Storage", "Internet");
        }

        @Test
        @DisplayName("tie at equal prefixes: prefix, regional tag, tag, AzureCloud.region, AzureCloud (2.14)")
        void tieOrder() {
            Lab lab = tagged();
            assertThat(lab.built().nextHop("10.0.1.4", "40.1.1.1")).isEqualTo("Internet 40.0.0.0/8 User cloud-region");
            assertThat(lab.built().nextHop("10.0.1.4", "20.60.1.1")).isEqualTo("Internet 20.60.0.0/16 User storage");
            lab.route("hub/app", "storage-region", "Storage.WestEurope", "None");
            assertThat(lab.built().nextHop("10.0.1.4", "20.60.1.1")).isEqualTo("None 20.60.0.0/16 User storage-region");
            lab.route("hub/app", "explicit", "20.60.0.0/16", "Internet");
            assertThat(lab.built().nextHop("10.0.1.4", "20.60.1.1")).isEqualTo("Internet 20.60.0.0/16 User explicit");
        }

        @Test
        @DisplayName("tie only at equal prefixes: else the longest of the expanded prefixes wins (2.15)")
        void elseLongest() {
            Answers answers =
                    tagged().route("hub/app", "wide", "20.0.0.0/8", "None").built();
            assertThat(answers.nextHop("10.0.1.4", "20.60.7.7")).isEqualTo("Internet 20.60.7.0/24 User storage");
            assertThat(answers.nextHop("10.0.1.4", "20.61.1.1")).isEqualTo("None 20.0.0.0/8 User wide");
        }
    }

    @Test
    @DisplayName("No route table overrides a service endpoint's routes, not even by a host route (2.8, trap 15)")
    void serviceEndpointsStand() {
        Answers answers = lab().tag("Sql.westeurope", "40.68.37.0/24")
                .serviceEndpoint("hub/app", "Microsoft.Sql")
                .route("hub/app", "host", "40.68.37.158/32", "None")
                .route("hub/app", "rest", "0.0.0.0/0", "None")
                .built();
        assertThat(answers.nextHop("10.0.1.4", "40.68.37.158"))
                .isEqualTo("VirtualNetworkServiceEndpoint 40.68.37.0/24 Default");
        assertThat(answers.nextHop("10.0.2.4", "40.68.37.158"))
                .as("a subnet without the endpoint")
                .isEqualTo("Internet 0.0.0.0/0 Default");
    }

    @Nested
    @DisplayName("A private endpoint's /32 (3.20)")
    class PrivateEndpoints {
        private static final String ENDPOINT = "InterfaceEndpoint 10.0.3.5/32 Default";

        @Test
        @DisplayName("is there for the VNet and its peers")
        void listed() {
            Answers answers = lab().privateEndpoint("hub/pe", "10.0.3.5", "Disabled")
                    .vnet("spoke", "10.1.0.0/16")
                    .subnet("spoke/app", "10.1.1.0/24")
                    .peered("hub", "spoke")
                    .built();
            assertThat(answers.nextHop("10.0.1.4", "10.0.3.5")).isEqualTo(ENDPOINT);
            assertThat(answers.nextHop("10.1.1.4", "10.0.3.5")).isEqualTo(ENDPOINT);
        }

        @Test
        @DisplayName("is beaten by no route without network policies, and never by 0.0.0.0/0")
        void stands() {
            Lab without = lab().privateEndpoint("hub/pe", "10.0.3.5", "Disabled")
                    .route("hub/app", "host", "10.0.3.5/32", "None");
            assertThat(without.built().nextHop("10.0.1.4", "10.0.3.5")).isEqualTo(ENDPOINT);
            Lab with = lab().privateEndpoint("hub/pe", "10.0.3.5", "Enabled")
                    .route("hub/app", "rest", "0.0.0.0/0", "None")
                    .route("hub/app", "wide", "10.0.0.0/15", "None");
            assertThat(with.built().nextHop("10.0.1.4", "10.0.3.5")).isEqualTo(ENDPOINT);
        }

        @Test
        @DisplayName("yields with network policies to a route as long as the VNet's range, though that is shorter")
        void yields() {
            Lab lab = lab().privateEndpoint("hub/pe", "10.0.3.5", "RouteTableEnabled")
                    .route("hub/app", "to-fw", "10.0.3.0/24", "VirtualAppliance 10.0.9.4");
            assertThat(lab.built().nextHop("10.0.1.4", "10.0.3.5"))
                    .isEqualTo("VirtualAppliance 10.0.9.4 10.0.3.0/24 User to-fw");
        }
    }

    @Test
    @DisplayName("A subnet's table does not apply to what arrives in the subnet, only to what leaves it (trap 35)")
    void onlyWhatLeaves() {
        Answers answers = lab().route("hub/mi", "cut", "10.0.1.0/24", "None").built();
        assertThat(answers.ending("10.0.1.4", "10.0.4.4", 1433)).isEqualTo(Ending.DELIVERED);
        assertThat(answers.ending("10.0.4.4", "10.0.1.4", 50_000)).isEqualTo(Ending.ROUTE_NONE);
    }

    @Test
    @DisplayName("The GatewaySubnet's table steers what comes from on-premises (trap 35)")
    void gatewaySubnetSteers() {
        Answers answers = lab().appliance("fw", "hub/fw", "10.0.9.4")
                .gateway("hub", "192.168.50.0/24")
                .route("hub/GatewaySubnet", "to-fw", "10.0.4.0/24", "VirtualAppliance 10.0.9.4")
                .built();
        assertThat(answers.nextHop("192.168.50.7", "10.0.4.4"))
                .isEqualTo("VirtualAppliance 10.0.9.4 10.0.4.0/24 User to-fw");
        assertThat(answers.way("192.168.50.7", "10.0.4.4", 1433)).contains("NIC fw");
        assertThat(answers.ending("192.168.50.7", "10.0.4.4", 1433)).isEqualTo(Ending.DELIVERED);
    }

    @Test
    @DisplayName("An appliance in the hub hands on only where the far spoke allows forwarded traffic (2.10, 3.4)")
    void applianceInPeer() {
        Peering.Flags forwarded = new Peering.Flags(Given.of(true), Given.of(true), Given.of(false), Given.of(false));
        for (boolean allowed : new boolean[] {true, false}) {
            Answers answers = lab().appliance("fw", "hub/fw", "10.0.9.4")
                    .vnet("near", "10.1.0.0/16")
                    .subnet("near/app", "10.1.1.0/24")
                    .vnet("far", "10.2.0.0/16")
                    .subnet("far/app", "10.2.1.0/24")
                    .peered("hub", "near")
                    .link("hub", "far", Peering.Flags.DEFAULTS)
                    .link("far", "hub", allowed ? forwarded : Peering.Flags.DEFAULTS)
                    .route("near/app", "to-fw", "10.2.0.0/16", "VirtualAppliance 10.0.9.4")
                    .built();
            assertThat(answers.ending("10.1.1.4", "10.2.1.4", 1433))
                    .isEqualTo(allowed ? Ending.DELIVERED : Ending.PEERING_FORWARDED_OFF);
        }
    }

    @Test
    @DisplayName("Two hosts of one subnet are filtered at both ends, so that deny-all cuts them (1.6)")
    void filteredTwice() {
        assertThat(lab().guarded("hub/app").built().way("10.0.1.4", "10.0.1.5", 1433))
                .containsSubsequence(
                        "nsg-hub-app on subnet hub/app, outbound",
                        "routes of subnet hub/app",
                        "nsg-hub-app on subnet hub/app, inbound");
        Answers shut = lab().rule("hub/app", "deny_all", "4096 Deny Inbound * * -> *:*")
                .built();
        assertThat(shut.outbound("10.0.1.4", "10.0.1.5", 1433)).isEqualTo("Allow AllowVnetOutBound");
        assertThat(shut.ending("10.0.1.4", "10.0.1.5", 1433)).isEqualTo(Ending.NSG_DENY_INBOUND);
    }
}
