package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The way to the instance and back")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceWayStories {
    @Test
    @DisplayName("trap 5: an answer needs a route")
    void answerNeedsRoute() {
        World world = World.usual().instanceRoutes("name: hole, addressPrefix: 10.1.0.0/16, nextHopType: None");
        Traced traced = json(world);
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE");
        assertThat(Traced.text(blocker(traced, 1), "direction")).isEqualTo("return");
        assertThat(Traced.text(blocker(traced, 1), "rule")).isEqualTo("hole");
        assertThat(symptom(traced)).isEqualTo("timeout 10060");
    }

    @Test
    @DisplayName("trap 11: a peering connected on one side carries nothing")
    void peeringOneSided() {
        World world = World.usual()
                .with("remoteVnet: vnet-spoke, state: Connected", "remoteVnet: vnet-spoke, state: Initiated");
        assertThat(json(world).blockers()).first().isEqualTo("PEERING_NOT_CONNECTED");
        World off = World.usual()
                .with(
                        "remoteVnet: vnet-spoke, state: Connected",
                        "remoteVnet: vnet-spoke, state: Connected, allowVirtualNetworkAccess: false");
        assertThat(json(off).blockers()).first().isEqualTo("PEERING_ACCESS_OFF");
    }

    @Test
    @DisplayName("trap 13: forwarded traffic needs the receiving link's leave, direct traffic does not")
    void forwardedTraffic() {
        World spoke = World.usual()
                .withFarSpoke("")
                .with(
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n",
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n"
                                + "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected}\n")
                .with("routeTables:\n", """
                        routeTables:
                          - name: rt-far
                            routes:
                              - {name: via-nva, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
                        """)
                .clientRoutes(
                        "name: via-nva, addressPrefix: 10.2.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        Traced stopped = json(spoke, "--to", "10.2.0.9:1433");
        assertThat(stopped.blockers()).first().isEqualTo("PEERING_FORWARDED_OFF");
        World open = spoke.with(
                "remoteVnet: vnet-hub, state: Connected}",
                "remoteVnet: vnet-hub, state: Connected, allowForwardedTraffic: true}");
        assertThat(json(open, "--to", "10.2.0.9:1433").blockers()).isEmpty();
        assertThat(outcome(json(spoke))).isEqualTo("connected");
    }

    @Test
    @DisplayName("trap 14: an answer by way of an appliance that never saw the question is dropped")
    void asymmetric() {
        World world = World.usual()
                .instanceRoutes(
                        "name: default, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        Traced traced = json(world);
        assertThat(traced.blockers()).containsExactly("ASYMMETRIC_RETURN");
        assertThat(Traced.text(blocker(traced, 1), "direction")).isEqualTo("return");
    }

    @Test
    @DisplayName("the same appliance on both ways is fine")
    void symmetric() {
        World world = World.usual()
                .instanceRoutes(
                        "name: default, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4")
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(json(world).blockers()).isEmpty();
    }

    @Test
    @DisplayName("an appliance that does not forward drops what is not its own")
    void notForwarding() {
        World world = World.usual()
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4")
                .with("enableIpForwarding: true", "enableIpForwarding: false");
        Traced traced = json(world);
        assertThat(traced.blockers()).first().isEqualTo("APPLIANCE_NOT_FORWARDING");
    }

    @Test
    @DisplayName("a route to None is silent")
    void routeNone() {
        Traced traced = json(World.usual().clientRoutes("name: hole, addressPrefix: 10.0.1.0/24, nextHopType: None"));
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE");
        assertThat(traced.out()).contains("az network route-table route delete");
    }

    @Test
    @DisplayName("a packet that an appliance sends back to itself goes in circles")
    void loop() {
        World world = World.usual()
                .with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24, routeTable: rt-nva}")
                .with("routeTables:\n", """
                        routeTables:
                          - name: rt-nva
                            routes:
                              - {name: to-self, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
                        """)
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(json(world).blockers()).first().isEqualTo("ROUTE_LOOP");
    }

    @Test
    @DisplayName("global peering stops at a Basic load balancer, which current instances no longer have")
    void globalPeering() {
        World world = World.usual().global();
        assertThat(json(world).blockers()).containsExactly("GLOBAL_PEERING_BASIC_LB");
        assertThat(outcome(json(world.with("proxyOverride: Proxy", "proxyOverride: Proxy"), "--profile", "current")))
                .isEqualTo("connected");
        Traced unsure = text(world.with("profile: \"2020\"\n", ""));
        assertThat(unsure.out()).contains("PROFILE_DECIDES", "under current: connected");
        assertThat(json(world.with("profile: \"2020\"\n", "")).out()).contains("PROFILE_DECIDES");
    }

    @Test
    @DisplayName("trap 12: transit allowed on one side only gives no route")
    void gatewayTransit() {
        World world = World.usual().with("managedInstances:\n", """
                        localNetworkGateways:
                          - {name: head-office, addressPrefixes: 192.168.0.0/16}
                        managedInstances:
                        """);
        Traced traced = json(world, "--to", "192.168.1.9:1433");
        assertThat(traced.blockers()).contains("ROUTE_NONE");
    }

    @Test
    @DisplayName("is not confused by an address that is no client of this network")
    void foreignClient() {
        Traced traced = Traced.about(World.usual(), "--from", "203.0.113.9");
        assertThat(traced.code()).isNotEqualTo(ExitCode.YES).isNotEqualTo(ExitCode.BUG);
    }
}
