package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The way to the instance and back")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceArrivalStories {
    private static final String OFFICE = """
            virtualNetworkGateways:
              - {name: vpn, subnet: GatewaySubnet, type: Vpn}
            localNetworkGateways:
              - {name: office, addressPrefixes: 192.168.0.0/16}
            gatewayConnections:
              - {name: line, virtualNetworkGateway: vpn, localNetworkGateway: office}
            managedInstances:
            """;

    private static Traced json(World world, String from, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--from";
        arguments[1] = from;
        arguments[2] = "--format";
        arguments[3] = "json";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Traced.about(world, arguments);
    }

    private static String outcome(Traced traced) {
        return Traced.text(traced.document(), "outcome");
    }

    private static Node.Obj first(Traced traced) {
        return Traced.items(traced.document(), "blockers").get(0);
    }

    private static String told(Traced traced) {
        Node.Obj blocker = first(traced);
        return Traced.text(blocker, "code") + " " + Traced.text(blocker, "direction") + " "
                + Traced.text(blocker, "rule");
    }

    /** The hub has a gateway to an office, and the instance lives in a spoke of its own. */
    private static World office(String hubFlags, String spokeFlags) {
        return World.usual()
                .with(
                        "      - {name: snet-nva, addressPrefix: 10.0.2.0/24}\n",
                        "      - {name: snet-nva, addressPrefix: 10.0.2.0/24}\n"
                                + "      - {name: GatewaySubnet, addressPrefix: 10.0.255.0/27, routeTable: rt-gw}\n")
                .with("managedInstances:\n", OFFICE)
                .with("routeTables:\n", "routeTables:\n  - name: rt-gw\n    routes: []\n")
                .with(
                        "{name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}",
                        "{name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected, allowGatewayTransit: true"
                                + hubFlags + "}")
                .with(
                        "{name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}",
                        "{name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected, useRemoteGateways: true"
                                + spokeFlags + "}")
                .with(
                        "      - {name: snet-mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}\n",
                        "")
                .with(
                        "    subnets:\n      - {name: snet-app,",
                        "    subnets:\n      - {name: snet-mi, addressPrefix: 10.1.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}\n      - {name: snet-app,");
    }

    @Test
    @DisplayName("nobody on the Internet has a private address")
    void privateAddressOutside() {
        World world = World.usual().clientRoutes("name: out, addressPrefix: 10.0.1.0/24, nextHopType: Internet");
        Traced traced = json(world, "app-vm");
        assertThat(told(traced)).isEqualTo("ROUTE_NO_PATH forward out");
        assertThat(outcome(traced)).isEqualTo("blocked");
        assertThat(traced.out()).contains("az network route-table route delete");
    }

    @Test
    @DisplayName("the service's own routes of 2020 lead answers to a client with a public address astray")
    void publicClient() {
        String yaml = World.usual().yaml().replace("10.1.0.", "20.33.0.");
        Traced traced = json(new World(yaml), "app-vm");
        assertThat(told(traced)).isEqualTo("ROUTE_NO_PATH return mi-20-33-16-nexthop-internet");
        assertThat(traced.out()).contains("The packet arrives at Internet, which does not have the address.");
        assertThat(outcome(json(new World(yaml), "app-vm", "--profile", "current")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("who asks for an instance and comes to the Internet is misrouted")
    void publicInstance() {
        String yaml = World.usual().yaml().replace("10.0.", "20.33.");
        World world = new World(yaml).clientRoutes("name: out, addressPrefix: 20.33.1.0/24, nextHopType: Internet");
        Traced traced = json(world, "app-vm");
        assertThat(outcome(traced)).isEqualTo("misrouted");
        assertThat(told(traced)).isEqualTo("ROUTE_NO_PATH forward out");
        Node.Obj client = (Node.Obj) Traced.given(traced.document(), "client");
        assertThat(Traced.text(client, "symptom")).isEqualTo("timeout");
    }

    @Test
    @DisplayName("what a gateway forwards needs no leave of the peering, what an appliance forwards does")
    void gatewayForwards() {
        World world = office("", "");
        assertThat(outcome(json(world, "192.168.7.8"))).isEqualTo("connected");
        World inspected = world.with(
                "- name: rt-gw\n    routes: []\n",
                "- name: rt-gw\n    routes:\n      - {name: inspect, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}\n");
        assertThat(json(inspected, "192.168.7.8").blockers()).first().isEqualTo("PEERING_FORWARDED_OFF");
    }

    @Test
    @DisplayName("the way to a peer's gateway leads through the peering")
    void accessOffToGateway() {
        World world = office("", ", allowVirtualNetworkAccess: false")
                .with(
                        "addressPrefixes: 10.1.0.0/16\n",
                        "addressPrefixes: 10.1.0.0/16\n    dnsServers: [192.168.0.53]\n");
        Traced traced = json(world, "app-vm");
        assertThat(told(traced)).isEqualTo("DNS_SERVER_UNREACHABLE forward null");
        assertThat(Traced.text(first(traced), "at")).isEqualTo("peering vnet-spoke/spoke-to-hub");
    }

    @Test
    @DisplayName("a gateway forwards between the spokes that use it")
    void spokeToSpoke() {
        World world = office("", "")
                .withFarSpoke(", useRemoteGateways: true")
                .with(
                        "      - {name: hub-to-spoke,",
                        "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected, allowGatewayTransit: true}\n"
                                + "      - {name: hub-to-spoke,")
                .with("routeTables:\n", """
                        routeTables:
                          - name: rt-far
                            routes:
                              - {name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualNetworkGateway}
                        """);
        World open = world.with(
                "source: VirtualNetwork, destinationPorts: 1433", "source: 10.0.0.0/8, destinationPorts: 1433");
        assertThat(told(json(open, "10.2.0.4"))).isEqualTo("PEERING_NOT_TRANSITIVE return null");
        World both = open.instanceRoutes("name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualNetworkGateway");
        assertThat(outcome(json(both, "10.2.0.4"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("over global peering an appliance is within reach, and behind it the load balancer")
    void applianceOverGlobalPeering() {
        World world = World.usual().global();
        assertThat(json(world, "app-vm").blockers()).first().isEqualTo("GLOBAL_PEERING_BASIC_LB");
        World inspected = world.clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4")
                .instanceRoutes(
                        "name: to-app, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(outcome(json(inspected, "app-vm"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("a VNet that nobody is peered with may have the same addresses")
    void sameAddresses() {
        World world = World.usual()
                .instanceRoutes("name: hole, addressPrefix: 10.1.0.0/16, nextHopType: None")
                .with("virtualMachines:\n", """
                          - name: vnet-twin
                            location: westeurope
                            addressPrefixes: [10.0.0.0/16, 10.1.0.0/16]
                            subnets:
                              - {name: snet-twin, addressPrefix: 10.0.1.0/24}
                              - {name: snet-app, addressPrefix: 10.1.0.0/24}
                        virtualMachines:
                          - {name: twin-vm, networkInterfaces: twin-nic}
                        """)
                .with("networkInterfaces:\n", """
                        networkInterfaces:
                          - {name: twin-nic, subnet: vnet-twin/snet-app, privateIpAddress: 10.1.0.4, virtualMachine: twin-vm}
                        """)
                .with("subnet: snet-app, privateIp", "subnet: vnet-spoke/snet-app, privateIp");
        assertThat(told(json(world, "app-vm"))).isEqualTo("ROUTE_NONE return hole");
        Traced twin = json(world, "twin-vm");
        assertThat(outcome(twin)).isNotEqualTo("connected");
        assertThat(told(twin)).doesNotContain("hole");
    }

    @Test
    @DisplayName("a customer's own probe rule does not stand in for the service's behind a deny")
    void ownProbeRule() {
        World world = World.usual()
                .instanceRules(
                        "name: allow_tds, priority: 110, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.0/16, destinationPorts: 1433",
                        "name: deny_all, priority: 120, direction: Inbound, access: Deny",
                        "name: health_probe, priority: 300, direction: Inbound, access: Allow, source: AzureLoadBalancer, destination: 10.0.1.0/24");
        assertThat(outcome(json(world, "app-vm"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("a remedy keeps off the priorities that the service has taken")
    void takenPriorities() {
        World world = World.usual().instanceRules("name: deny_all, priority: 106, direction: Inbound, access: Deny");
        Traced traced = json(world, "app-vm");
        assertThat(traced.out()).contains("--priority 105");
        World full = World.usual().instanceRules("name: deny_all, priority: 105, direction: Inbound, access: Deny");
        Traced moved = json(full, "app-vm");
        assertThat(moved.out()).contains("move the denying rule");
    }
}
