package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Private endpoints of an instance, private zones and DNS servers (facts 3.20, 3.21, 4.3, 4.57). */
class TracePrivateEndpointStories {
    private static final String ZONE = "privatelink.0a1b2c3d4e5f.database.windows.net";
    private static final String RECORD = "records: [{name: mi-prod, addresses: 10.1.9.5}]";
    private static final String TO_APPLIANCE = "nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4";

    /** A private endpoint in the spoke, whose zone is linked to this VNet with these records. */
    private static World endpoint(String vnet, String records) {
        return World.usual()
                .with(
                        "{name: snet-app, addressPrefix: 10.1.0.0/24, networkSecurityGroup: nsg-app, routeTable:"
                                + " rt-app}",
                        "{name: snet-app, addressPrefix: 10.1.0.0/24, networkSecurityGroup: nsg-app, routeTable:"
                                + " rt-app}\n"
                                + "      - {name: snet-pe, addressPrefix: 10.1.9.0/24, networkSecurityGroup: nsg-pe,"
                                + " privateEndpointNetworkPolicies: Disabled}")
                .with(
                        "networkSecurityGroups:\n  - name: nsg-app",
                        "networkSecurityGroups:\n  - name: nsg-pe\n    rules:\n      - {name: deny_all, priority: 100,"
                                + " direction: Inbound, access: Deny}\n  - name: nsg-app")
                .with(
                        "managedInstances:\n",
                        "privateEndpoints:\n  - {name: pe-mi, subnet: snet-pe, privateIpAddress: 10.1.9.5,"
                                + " service: mi-prod}\nprivateDnsZones:\n  - {name: " + ZONE + ", links: " + vnet + ", "
                                + records + "}\nmanagedInstances:\n")
                .redirect();
    }

    @Test
    @DisplayName("in a linked VNet the instance's own name leads to the endpoint, which never redirects (trap 10)")
    void leadsToTheEndpoint() {
        Traced traced = json(endpoint("vnet-spoke", RECORD));
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.out()).contains("10.1.9.5").doesNotContain("redirect-connect");
    }

    @Test
    @DisplayName("trap 15: the endpoint's /32 beats a 0.0.0.0/0 to an appliance")
    void beatsTheDefaultRoute() {
        World forced =
                endpoint("vnet-spoke", RECORD).clientRoutes("name: all, addressPrefix: 0.0.0.0/0, " + TO_APPLIANCE);
        assertThat(text(forced, "--verbose").out())
                .contains("CONNECTED", "InterfaceEndpoint")
                .doesNotContain("all of rt-app");
        // With network policies a route as long as the VNet's range goes first, and the appliance is on the way.
        World policies = endpoint("vnet-spoke", RECORD)
                .with("privateEndpointNetworkPolicies: Disabled", "privateEndpointNetworkPolicies: RouteTableEnabled")
                .clientRoutes("name: pe, addressPrefix: 10.1.9.0/24, " + TO_APPLIANCE);
        assertThat(text(policies, "--verbose").out()).contains("route pe of rt-app");
    }

    @Test
    @DisplayName("a security group filters what comes to the endpoint only when the network policies say so")
    void networkPolicies() {
        assertThat(outcome(json(endpoint("vnet-spoke", RECORD)))).isEqualTo("connected");
        World filtered = endpoint("vnet-spoke", RECORD)
                .with(
                        "privateEndpointNetworkPolicies: Disabled",
                        "privateEndpointNetworkPolicies: NetworkSecurityGroupEnabled");
        assertThat(json(filtered).blockers()).containsExactly("NSG_DENY_INBOUND");
    }

    @Test
    @DisplayName("a linked zone without the record denies the name; a zone linked elsewhere changes nothing")
    void zoneWithoutTheRecord() {
        Traced denied = text(endpoint("vnet-spoke", "records: []"));
        assertThat(denied.out()).contains("DNS_NAME_UNKNOWN", "give private zone " + ZONE + " the record `mi-prod`");
        assertThat(json(endpoint("vnet-hub", RECORD)).out()).contains("10.0.1.4");
    }

    @Test
    @DisplayName("trap 24: the zone on the instance's own VNet harms the instance, and that is told")
    void zoneOnTheInstancesOwnVnet() {
        assertThat(text(endpoint("vnet-hub", RECORD)).out()).contains("ZONE_HARMS_INSTANCE", "vnet-hub");
        assertThat(text(endpoint("vnet-spoke", RECORD)).out()).doesNotContain("ZONE_HARMS_INSTANCE");
    }

    @Test
    @DisplayName("the endpoint carries port 1433 and nothing else, and its address is no name")
    void onePort() {
        assertThat(json(endpoint("vnet-spoke", RECORD), "--to", World.NAME + ":11000")
                        .blockers())
                .containsExactly("PRIVATE_ENDPOINT_PORT");
        assertThat(json(endpoint("vnet-spoke", RECORD), "--to", "10.1.9.5").blockers())
                .containsExactly("GATEWAY_NAME_UNKNOWN");
    }

    private static World server(String forwarding) {
        return endpoint("vnet-spoke", RECORD)
                .with("addressPrefixes: 10.1.0.0/16\n", "addressPrefixes: 10.1.0.0/16\n    dnsServers: [10.1.0.53]\n")
                .with(
                        "managedInstances:\n",
                        "dnsServers:\n  - {name: dc1, address: 10.1.0.53, " + forwarding + "}\nmanagedInstances:\n");
    }

    @Test
    @DisplayName("a DNS server of one's own knows the private zone only when it asks Azure's resolver of a linked VNet")
    void ownServer() {
        assertThat(json(server("forwardsTo: Azure")).out()).contains("\"address\" : \"10.1.9.5\"");
        assertThat(json(server("forwardsTo: Public")).out()).contains("\"address\" : \"10.0.1.4\"");
        Traced nothing = text(server("forwardsTo: Nothing"));
        assertThat(nothing.out()).contains("DNS_NAME_UNKNOWN", "does not exist for dc1", "168.63.129.16");
        World stale = server("forwardsTo: Public, records: [{name: " + World.NAME + ", addresses: 10.0.2.9}]");
        assertThat(outcome(json(stale))).isEqualTo("misrouted");
    }
}
