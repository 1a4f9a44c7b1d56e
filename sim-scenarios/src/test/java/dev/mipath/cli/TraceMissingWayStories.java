package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A way that the drawing suggests and Azure does not give")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceMissingWayStories {
    private static final String SITE = "192.168.7.8";

    /** The instance lives in the spoke; a far spoke, whose client asks for it, is peered with the hub alone. */
    private static World spokes() {
        return inSpoke(World.usual())
                .withFarSpoke("")
                .with(
                        "      - {name: hub-to-spoke,",
                        "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected}\n      - {name: hub-to-spoke,")
                .with("routeTables:\n", "routeTables:\n  - name: rt-far\n    routes: []\n")
                .with("source: VirtualNetwork, destinationPorts: 1433", "source: 10.0.0.0/8, destinationPorts: 1433");
    }

    /** The office behind the hub's gateway; {@code lends} and {@code uses} are more flags of the peering's halves. */
    private static World office(String lends, String uses) {
        return inSpoke(World.usual().withSite())
                .with("remoteVnet: vnet-spoke, state: Connected", "remoteVnet: vnet-spoke, state: Connected" + lends)
                .with("remoteVnet: vnet-hub, state: Connected", "remoteVnet: vnet-hub, state: Connected" + uses)
                .with(
                        "source: VirtualNetwork, destinationPorts: 1433",
                        "source: 192.168.0.0/16, destinationPorts: 1433");
    }

    private static World inSpoke(World world) {
        String subnet = "      - {name: snet-mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi,"
                + " routeTable: rt-mi, delegations: Microsoft.Sql/managedInstances}\n";
        return world.with(subnet, "")
                .with(
                        "    subnets:\n      - {name: snet-app,",
                        "    subnets:\n" + subnet.replace("10.0.1.0", "10.1.1.0") + "      - {name: snet-app,");
    }

    /** VirtualNetwork does not hold what no route leads to, so the client's own default rules would stop it first. */
    private static World outward(World world) {
        return world.clientRules("name: out, priority: 100, direction: Outbound, access: Allow");
    }

    private static Traced json(World world, String from, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--from";
        arguments[1] = from;
        arguments[2] = "--format";
        arguments[3] = "json";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Traced.about(world, arguments);
    }

    private static Node.Obj blocker(Traced traced, int number) {
        return Traced.items(traced.document(), "blockers").get(number - 1);
    }

    private static String told(Traced traced, int number) {
        Node.Obj blocker = blocker(traced, number);
        return Traced.text(blocker, "code") + " " + Traced.text(blocker, "direction") + " "
                + Traced.text(blocker, "resource");
    }

    private static void fixConnects(World world, Traced traced, String from) {
        Fixes fixes = Fixes.of(traced);
        assertThat(fixes.changes()).as(traced.out()).isNotEmpty();
        Path changes = Traced.scratch(fixes.yaml());
        try {
            Traced mended = json(world, from, "--apply", changes.toString());
            assertThat(mended.code()).as(mended.out() + mended.err()).isEqualTo(ExitCode.YES);
        } finally {
            Traced.delete(changes);
        }
    }

    @Test
    @DisplayName("peers of a peer are no peers; through the appliance between them both get routes, and connect")
    void byAppliance() {
        World world = spokes();
        Traced traced = json(world, "10.2.0.4");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        assertThat(told(traced, 1)).isEqualTo("PEERING_NOT_TRANSITIVE forward vnet-far/far-to-hub");
        assertThat(told(traced, 2)).isEqualTo("PEERING_NOT_TRANSITIVE return vnet-spoke/spoke-to-hub");
        assertThat(Traced.text(blocker(traced, 1), "explanation"))
                .contains("vnet-far is peered with vnet-hub and vnet-hub with vnet-spoke")
                .contains("vnet-far has no route to vnet-spoke");
        assertThat(traced.out()).contains("az network route-table route create").contains("allowForwardedTraffic=true");
        fixConnects(world, traced, "10.2.0.4");
    }

    @Test
    @DisplayName(
            "without an appliance only their owners can peer the two, so the commands are told and no edit is offered")
    void noAppliance() {
        World world = spokes().with("enableIpForwarding: true, ", "");
        Traced traced = json(world, "10.2.0.4");
        assertThat(told(traced, 1)).isEqualTo("PEERING_NOT_TRANSITIVE forward vnet-far/far-to-hub");
        assertThat(Traced.text(blocker(traced, 2), "causedBy")).isEqualTo("1");
        assertThat(Fixes.of(traced).changes()).isEmpty();
        assertThat(traced.out()).contains("az network vnet peering create").contains("--remote-vnet vnet-spoke");
        assertThat(Traced.about(world, "--from", "10.2.0.4").out())
                .contains("(traced again: connects; not offered as an edit: whoever owns the networks decides)");
    }

    @Test
    @DisplayName("what a customer's own route drops is the customer's own doing")
    void ownNone() {
        World world = spokes().with(
                        "- name: rt-far\n    routes: []",
                        "- name: rt-far\n    routes:\n      - {name: hole, addressPrefix: 10.1.0.0/16, nextHopType: None}");
        assertThat(json(world, "10.2.0.4").blockers()).first().isEqualTo("ROUTE_NONE");
    }

    @Test
    @DisplayName("a peering that does not lend the gateway gives no way home, whichever of its switches is off")
    void transit() {
        String lends = ", allowGatewayTransit: true";
        String uses = ", useRemoteGateways: true";
        assertThat(json(office(lends, uses), SITE).code()).isEqualTo(ExitCode.YES);
        String[][] faults = {
            {"", uses, "vnet-hub/hub-to-spoke"},
            {lends, "", "vnet-spoke/spoke-to-hub"},
            {"", "", "vnet-spoke/spoke-to-hub"}
        };
        for (String[] fault : faults) {
            World world = office(fault[0], fault[1]);
            Traced traced = json(world, SITE);
            assertThat(told(traced, 1)).isEqualTo("GATEWAY_TRANSIT_MISMATCH return " + fault[2]);
            assertThat(Traced.text(blocker(traced, 1), "explanation"))
                    .contains("useRemoteGateways is " + (fault[1].isEmpty() ? "off" : "on")
                            + " at vnet-spoke/spoke-to-hub")
                    .contains("allowGatewayTransit is " + (fault[0].isEmpty() ? "off" : "on")
                            + " at vnet-hub/hub-to-spoke");
            fixConnects(world, traced, SITE);
        }
    }

    @Test
    @DisplayName("nor does it from the spoke to the office, by its own route to a gateway neither")
    void toOffice() {
        World world = outward(office("", ""));
        assertThat(told(json(world, "app-vm", "--to", SITE + ":443"), 1))
                .isEqualTo("GATEWAY_TRANSIT_MISMATCH forward vnet-spoke/spoke-to-hub");
        World steered =
                world.clientRoutes("name: home, addressPrefix: 192.168.0.0/16, nextHopType: VirtualNetworkGateway");
        assertThat(told(json(steered, "app-vm", "--to", SITE + ":443"), 1))
                .isEqualTo("GATEWAY_TRANSIT_MISMATCH forward vnet-spoke/spoke-to-hub");
    }

    @Test
    @DisplayName("a DNS server behind a gateway that is not lent is mended by lending it")
    void dnsBehindGateway() {
        World world = outward(office("", ", useRemoteGateways: true"))
                .with(
                        "addressPrefixes: 10.1.0.0/16\n",
                        "addressPrefixes: 10.1.0.0/16\n    dnsServers: [192.168.0.53]\n")
                .with("source: 192.168.0.0/16, destinationPorts: 1433", "destinationPorts: 1433");
        Traced traced = json(world, "app-vm");
        assertThat(told(traced, 1)).isEqualTo("DNS_SERVER_UNREACHABLE forward vnet-hub/hub-to-spoke");
        fixConnects(world, traced, "app-vm");
    }

    @Test
    @DisplayName("who has a gateway of its own cannot borrow one")
    void ownGateway() {
        World world = office("", "")
                .with(
                        "      - {name: snet-app,",
                        "      - {name: GatewaySubnet, addressPrefix: 10.1.9.0/27}\n      - {name: snet-app,")
                .with(
                        "virtualNetworkGateways:\n",
                        "virtualNetworkGateways:\n"
                                + "  - {name: own, subnet: vnet-spoke/GatewaySubnet, type: Vpn, learnedPrefixes: 172.20.0.0/16}\n");
        assertThat(json(world, SITE).blockers()).first().isEqualTo("ROUTE_NONE");
    }

    @Test
    @DisplayName("the half that is missing is told where no route leads across")
    void halfMissing() {
        World world = outward(World.usual())
                .with("    peerings:\n      - {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}\n", "");
        Traced traced = json(world, "app-vm");
        assertThat(told(traced, 1)).isEqualTo("PEERING_NOT_CONNECTED forward vnet-hub/hub-to-spoke");
        assertThat(Traced.text(blocker(traced, 1), "explanation")).contains("has no other half");
        fixConnects(world, traced, "app-vm");
    }

    @Test
    @DisplayName(
            "shuts the client's default rules, which open again with the peering: nothing else is to be mended there")
    void rulesFollowThePeering() {
        World world =
                World.usual().with("remoteVnet: vnet-hub, state: Connected", "remoteVnet: vnet-hub, state: Initiated");
        Traced traced = json(world, "app-vm");
        assertThat(traced.blockers().get(0)).isEqualTo("NSG_DENY_OUTBOUND");
        int peering = traced.blockers().indexOf("PEERING_NOT_CONNECTED") + 1;
        assertThat(peering).isGreaterThan(1);
        assertThat(Traced.text(blocker(traced, 1), "causedBy")).isEqualTo(Integer.toString(peering));
        assertThat(Fixes.of(traced).yaml()).doesNotContain("securityRule");
        fixConnects(world, traced, "app-vm");
    }
}
