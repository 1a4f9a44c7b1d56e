package dev.mipath.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

@DisplayName("Traps 2, 3 and 25: service tags")
class ServiceTagStories {
    private static Lab lab() {
        return new Lab()
                .vnet("hub", "10.0.0.0/16")
                .subnet("hub/app", "10.0.1.0/24")
                .subnet("hub/GatewaySubnet", "10.0.255.0/27")
                .guarded("hub/app");
    }

    @Nested
    @DisplayName("Internet")
    class Internet {
        @Test
        @DisplayName("is not everything that is not private: Any and Internet differ (1.24)")
        void isNotEverything() {
            Answers closed = lab().built();
            Answers open = lab().rule("hub/app", "any", "100 Allow Outbound * * -> *:*")
                    .built();
            assertThat(closed.outbound("10.0.1.4", "8.8.8.8", 443)).isEqualTo("Allow AllowInternetOutBound");
            for (String outside : List.of("100.64.0.1", "127.0.0.1", "169.254.1.1", "224.0.0.1", "21.1.1.1")) {
                assertThat(closed.outbound("10.0.1.4", outside, 443))
                        .as(outside)
                        .isEqualTo("Deny DenyAllOutBound");
                assertThat(open.outbound("10.0.1.4", outside, 443)).as(outside).isEqualTo("Allow any");
            }
        }

        @Test
        @DisplayName("leaves out the VNet's own public range and its peers' (1.23)")
        void leavesOutOwnRanges() {
            Lab lab = lab().vnet("public", "20.30.0.0/16")
                    .peered("hub", "public")
                    .rule("hub/app", "no-internet", "100 Deny Outbound * * -> Internet:*");
            assertThat(lab.built().outbound("10.0.1.4", "20.30.1.1", 443)).isEqualTo("Allow AllowVnetOutBound");
            assertThat(lab.built().outbound("10.0.1.4", "20.31.1.1", 443)).isEqualTo("Deny no-internet");
        }

        @Test
        @DisplayName("does not shrink where the subnet's routes widen VirtualNetwork (1.23)")
        void doesNotShrink() {
            Lab lab = lab().route("hub/app", "to-fw", "0.0.0.0/0", "VirtualAppliance 10.0.9.4")
                    .rule("hub/app", "no-internet", "100 Deny Outbound * * -> Internet:*");
            assertThat(lab.built().outbound("10.0.1.4", "8.8.8.8", 443)).isEqualTo("Deny no-internet");
        }
    }

    @Nested
    @DisplayName("VirtualNetwork")
    class VirtualNetwork {
        @Test
        @DisplayName("is the VNet and 168.63.129.16 when there is nothing else (1.21)")
        void alone() {
            Answers answers = lab().built();
            assertThat(answers.outbound("10.0.1.4", "10.0.200.9", 1433)).isEqualTo("Allow AllowVnetOutBound");
            assertThat(answers.outbound("10.0.1.4", "168.63.129.16", 53)).isEqualTo("Allow AllowVnetOutBound");
            assertThat(answers.inbound("10.1.1.4", "10.0.1.4", 1433)).isEqualTo("Deny DenyAllInBound");
        }

        @Test
        @DisplayName("grows with peers whose own link is Connected with access on (3.3)")
        void growsWithPeers() {
            Lab open = lab().vnet("spoke", "10.1.0.0/16").peered("hub", "spoke");
            assertThat(open.built().inbound("10.1.1.4", "10.0.1.4", 1433)).isEqualTo("Allow AllowVnetInBound");
            Peering.Flags off = new Peering.Flags(Given.of(false), Given.of(false), Given.of(false), Given.of(false));
            Lab shut = lab().vnet("spoke", "10.1.0.0/16")
                    .link("hub", "spoke", off)
                    .link("spoke", "hub", Peering.Flags.DEFAULTS);
            assertThat(shut.built().inbound("10.1.1.4", "10.0.1.4", 1433)).isEqualTo("Deny DenyAllInBound");
        }

        @Test
        @DisplayName("grows with what a gateway learnt (1.20)")
        void growsWithGateway() {
            Lab lab = lab().gateway("hub", "192.168.50.0/24");
            assertThat(lab.built().inbound("192.168.50.7", "10.0.1.4", 1433)).isEqualTo("Allow AllowVnetInBound");
        }

        @Test
        @DisplayName(
                "holds the world when a route of the subnet covers 0.0.0.0/0, and says that it rests on that (1.20a)")
        void holdsTheWorld() {
            Lab lab = lab().route("hub/app", "to-fw", "0.0.0.0/0", "VirtualAppliance 10.0.9.4");
            Answers answers = lab.built();
            assertThat(answers.outbound("10.0.1.4", "100.64.0.1", 443)).isEqualTo("Allow AllowVnetOutBound");
            assertThat(answers.inbound("8.8.8.8", "10.0.1.4", 1433)).isEqualTo("Allow AllowVnetInBound");
            assertThat(answers.caveats("10.0.1.4", "100.64.0.1", 443)).containsExactly("TAG_GROWN_BY_ROUTES");
            assertThat(answers.caveats("10.0.1.4", "10.0.9.4", 443)).isEmpty();
        }

        @Test
        @DisplayName("grows by every route in the documentation's words, by appliances only in users' (1.20a)")
        void growsBySetting() {
            Lab lab = lab().route("hub/app", "out", "100.64.0.0/10", "Internet")
                    .route("hub/app", "to-fw", "100.0.0.0/16", "VirtualAppliance 10.0.9.4");
            assertThat(lab.built().outbound("10.0.1.4", "100.64.0.1", 443)).isEqualTo("Allow AllowVnetOutBound");
            Answers some = lab.with(TagRoutes.APPLIANCE).built();
            assertThat(some.outbound("10.0.1.4", "100.64.0.1", 443)).isEqualTo("Deny DenyAllOutBound");
            assertThat(some.outbound("10.0.1.4", "100.0.0.1", 443)).isEqualTo("Allow AllowVnetOutBound");
        }

        @Test
        @DisplayName("grows in the subnet that has the table, not in its neighbours (1.20a)")
        void perSubnet() {
            Lab lab = lab().subnet("hub/other", "10.0.2.0/24")
                    .guarded("hub/other")
                    .route("hub/app", "to-fw", "100.64.0.0/10", "VirtualAppliance 10.0.9.4");
            assertThat(lab.built().outbound("10.0.1.4", "100.64.0.1", 443)).isEqualTo("Allow AllowVnetOutBound");
            assertThat(lab.built().outbound("10.0.2.4", "100.64.0.1", 443)).isEqualTo("Deny DenyAllOutBound");
        }
    }

    @Test
    @DisplayName("An unknown tag leaves public destinations undetermined and private ones alone (trap 25)")
    void unknownTag() {
        Answers answers = lab().rule("hub/app", "corp", "100 Allow Inbound Tcp CorpnetSaw -> *:9000")
                .built();
        assertThat(answers.inbound("13.107.3.4", "10.0.1.4", 9000))
                .startsWith("Unknown: the prefixes of service tag CorpnetSaw");
        assertThat(answers.inbound("13.107.3.4", "10.0.1.4", 9001)).isEqualTo("Deny DenyAllInBound");
        assertThat(answers.inbound("172.20.0.4", "10.0.1.4", 9000)).isEqualTo("Deny DenyAllInBound");
    }
}
