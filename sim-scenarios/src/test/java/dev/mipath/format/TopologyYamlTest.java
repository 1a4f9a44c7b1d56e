package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A topology written by hand")
class TopologyYamlTest {
    /** A hub and a spoke as an engineer types them. */
    static final String HUB_AND_SPOKE = """
            mipath: topology/1
            profile: 2020
            vnets:
              - name: hub
                addressPrefixes: 10.0.0.0/16
                subnets:
                  - {name: mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi}
                peerings:
                  - {name: to-spoke, remoteVnet: spoke, state: Connected}
              - name: spoke
                addressPrefixes: [10.1.0.0/16, 10.2.0.0/16]
                subnets:
                  - {name: app, addressPrefix: 10.1.0.0/24}
                peerings:
                  - {name: to-hub, remoteVnet: hub, state: Connected, allowForwardedTraffic: true}
            networkSecurityGroups:
              - name: nsg-mi
                rules:
                  - {name: tds, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp,
                     source: VirtualNetwork, destinationPorts: [1433, 11000-11999]}
                  - {name: deny, priority: 4096, direction: Inbound, access: Deny}
            routeTables:
              - name: rt-mi
                routes:
                  - {name: nva, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
            managedInstances:
              - {name: mi1, subnet: hub/mi, proxyOverride: Redirect}
            networkInterfaces:
              - {name: nic1, subnet: app, privateIpAddress: 10.1.0.4, virtualMachine: vm1}
            virtualMachines:
              - {name: vm1, networkInterfaces: nic1}
            """;

    private final Topology topology = Documents.topology(HUB_AND_SPOKE).topology();

    @Test
    @DisplayName("fits in forty lines and satisfies the schema")
    void isShort() {
        assertThat(HUB_AND_SPOKE.lines().count()).isLessThanOrEqualTo(40);
        assertThat(Documents.againstSchema(HUB_AND_SPOKE)).isEmpty();
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("gives a profile that YAML takes for a number")
    void profile() {
        assertThat(topology.profile()).isEqualTo("2020");
    }

    @Test
    @DisplayName("names subnets and peerings behind their VNet")
    void identities() {
        Vnet hub = topology.vnets().get(0);
        assertThat(hub.id()).isEqualTo(new ResourceId("hub"));
        assertThat(hub.subnets()).extracting(Subnet::id).containsExactly(new ResourceId("hub/mi"));
        assertThat(hub.peerings()).extracting(Peering::id).containsExactly(new ResourceId("hub/to-spoke"));
        assertThat(hub.location()).isEqualTo(Given.unknown("location", hub.place()));
    }

    @Test
    @DisplayName("refers by name, by vnet/name, and to what comes later in the file")
    void references() {
        Subnet mi = topology.vnets().get(0).subnets().get(0);
        assertThat(mi.attached().networkSecurityGroup()).isEqualTo(Given.of(new ResourceId("nsg-mi")));
        ManagedInstance instance = topology.managedInstances().get(0);
        assertThat(instance.subnet()).isEqualTo(Given.of(new ResourceId("hub/mi")));
        NetworkInterface nic = topology.networkInterfaces().get(0);
        assertThat(nic.ipConfigurations().get(0).subnet()).isEqualTo(Given.of(new ResourceId("spoke/app")));
        assertThat(nic.virtualMachine()).isEqualTo(new ResourceId("vm1"));
    }

    @Test
    @DisplayName("takes what is not written for Azure's usual")
    void usual() {
        SecurityRule deny = topology.networkSecurityGroups().get(0).rules().get(1);
        assertThat(deny.match()).isEqualTo(SecurityRule.Match.ANY);
        assertThat(deny.present()).isEqualTo(Given.of(true));
        Peering toHub = topology.vnets().get(1).peerings().get(0);
        assertThat(toHub.flags().allowVirtualNetworkAccess()).isEqualTo(Given.of(true));
        assertThat(toHub.flags().allowForwardedTraffic()).isEqualTo(Given.of(true));
        assertThat(toHub.flags().useRemoteGateways()).isEqualTo(Given.of(false));
    }

    @Test
    @DisplayName("takes one for a list of one")
    void lists() {
        SecurityRule tds = topology.networkSecurityGroups().get(0).rules().get(0);
        assertThat(tds.match().source()).containsExactly(new AddressTerm.Tag("VirtualNetwork"));
        assertThat(tds.match().destinationPorts())
                .containsExactly(Given.of(new PortRange(1433, 1433)), Given.of(new PortRange(11_000, 11_999)));
        assertThat(topology.vnets().get(0).addressPrefixes()).containsExactly(Given.of(Prefix.parse("10.0.0.0/16")));
    }

    @Test
    @DisplayName("keeps the line of every fact")
    void places() {
        SecurityRule tds = topology.networkSecurityGroups().get(0).rules().get(0);
        assertThat(tds.place()).hasToString("t.yaml:19 at /networkSecurityGroups/0/rules/0");
        assertThat(topology.vnets().get(1).subnets().get(0).place()).hasToString("t.yaml:13 at /vnets/1/subnets/0");
    }

    @Test
    @DisplayName("says what it does not know")
    void unknowns() {
        Topology read = Documents.topology("""
                        mipath: topology/1
                        vnets:
                          - name: v
                            location: {unknown: "resourceGroup().location"}
                            addressPrefixes: [10.0.0.0/16, {unknown: p}]
                            subnets:
                              - {name: s, addressPrefix: {unknown: q}, networkSecurityGroup: {unknown: "which group"}}
                        networkSecurityGroups:
                          - name: n
                            rules:
                              - {name: r, priority: {unknown: x}, direction: Inbound, access: Allow,
                                 source: {unknown: y}, destinationPorts: [1433, {unknown: z}], present: {unknown: w}}
                        """).topology();
        Vnet vnet = read.vnets().get(0);
        assertThat(vnet.location()).hasToString("unknown: resourceGroup().location");
        assertThat(vnet.addressPrefixes().get(1)).hasToString("unknown: p");
        assertThat(vnet.subnets().get(0).attached().networkSecurityGroup()).hasToString("unknown: which group");
        SecurityRule rule = read.networkSecurityGroups().get(0).rules().get(0);
        assertThat(rule.match().source()).hasToString("[unknown: y]");
        assertThat(rule.present().isUnknown()).isTrue();
    }

    @Test
    @DisplayName("tells a reference that leads nowhere as a caveat with the command that fetches it")
    void missingReference() {
        Topology read = Documents.topology("""
                        mipath: topology/1
                        vnets:
                          - name: v
                            addressPrefixes: 10.0.0.0/16
                            subnets:
                              - {name: a, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-x}
                              - {name: b, addressPrefix: 10.0.2.0/24, networkSecurityGroup: nsg-x}
                        """).topology();
        assertThat(read.notices()).hasSize(1);
        Notice notice = read.notices().get(0);
        assertThat(notice.code()).isEqualTo("REFERENCE_NOT_IN_INPUT");
        assertThat(notice.text())
                .isEqualTo("subnet `v/a` names security group `nsg-x`, which is not in the input; "
                        + "`az network nsg show -g RESOURCE_GROUP -n nsg-x` fetches it");
        assertThat(notice.place().line()).isEqualTo(6);
        assertThat(read.vnets().get(0).subnets().get(1).attached().networkSecurityGroup())
                .isEqualTo(Given.of(new ResourceId("nsg-x")));
    }

    @Test
    @DisplayName("gives children of a VNet with an Azure id ids of the same form")
    void azureIds() {
        String vnet = "/subscriptions/s/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/v";
        Topology read = Documents.topology("""
                        mipath: topology/1
                        vnets:
                          - id: %s
                            addressPrefixes: 10.0.0.0/16
                            subnets: [{name: s, addressPrefix: 10.0.1.0/24}]
                        managedInstances: [{name: mi, subnet: s}]
                        """.formatted(vnet)).topology();
        assertThat(read.managedInstances().get(0).subnet()).isEqualTo(Given.of(new ResourceId(vnet + "/subnets/s")));
    }

    @Test
    @DisplayName("drops the host bits of a rule's prefix, as Azure does")
    void hostBits() {
        Topology read = Documents.topology("""
                        mipath: topology/1
                        networkSecurityGroups:
                          - name: n
                            rules:
                              - {name: r, priority: 100, direction: inbound, access: ALLOW, source: 10.0.1.7/24, protocol: TCP}
                        """).topology();
        assertThat(read.networkSecurityGroups().get(0).rules().get(0).match().source())
                .containsExactly(new AddressTerm.Block(Prefix.parse("10.0.1.0/24")));
    }

    @Test
    @DisplayName("may ask a question and know answers")
    void expectations() {
        TopologyDocument read = Documents.topology("""
                mipath: topology/1
                ask: {from: vm1, to: mi1, port: 1433}
                expect:
                  - testIpFlow: {direction: Inbound, protocol: TCP, local: "[2001:db8::4]:1433", remote: 10.1.0.4:*}
                    answer: {access: Allow, ruleName: null, priority: 1000}
                  - nextHop: {sourceIp: 10.0.0.4, destIp: 10.1.0.4}
                    answer: {nextHopType: None}
                """);
        assertThat(read.ask()).isEqualTo(new Ask(new Place("t.yaml", 2, "/ask"), "vm1", "mi1", 1433));
        Question.TestIpFlow flow = (Question.TestIpFlow) read.expect().get(0).question();
        assertThat(flow.local()).hasToString("[2001:db8::4]:1433");
        assertThat(flow.remote()).hasToString("10.1.0.4:*");
        assertThat(read.expect().get(0).answer())
                .extracting(Expectation.Member::name, Expectation.Member::value)
                .containsExactly(tuple("access", "Allow"), tuple("ruleName", null), tuple("priority", "1000"));
        Question.NextHop hop = (Question.NextHop) read.expect().get(1).question();
        assertThat(hop.destIp()).isEqualTo(Address.parse("10.1.0.4"));
        assertThat(read.expect().get(1).place().line()).isEqualTo(6);
    }

    @Test
    @DisplayName("is written the way it is read, short and in one order")
    void written() {
        assertThat(TopologyYaml.write(topology)).isEqualTo("""
                        # yaml-language-server: $schema=topology.schema.json
                        mipath: topology/1
                        profile: "2020"
                        vnets:
                          - name: hub
                            addressPrefixes: [10.0.0.0/16]
                            subnets:
                              - {name: mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg-mi, routeTable: rt-mi}
                            peerings:
                              - {name: to-spoke, remoteVnet: spoke, state: Connected}
                          - name: spoke
                            addressPrefixes: [10.1.0.0/16, 10.2.0.0/16]
                            subnets:
                              - {name: app, addressPrefix: 10.1.0.0/24}
                            peerings:
                              - {name: to-hub, remoteVnet: hub, state: Connected, allowForwardedTraffic: true}
                        networkSecurityGroups:
                          - name: nsg-mi
                            rules:
                              - name: tds
                                priority: 1000
                                direction: Inbound
                                access: Allow
                                protocol: Tcp
                                source: VirtualNetwork
                                destinationPorts: [1433, 11000-11999]
                              - {name: deny, priority: 4096, direction: Inbound, access: Deny}
                        routeTables:
                          - name: rt-mi
                            routes:
                              - {name: nva, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
                        networkInterfaces:
                          - name: nic1
                            subnet: app
                            privateIpAddress: 10.1.0.4
                            virtualMachine: vm1
                        virtualMachines:
                          - name: vm1
                            networkInterfaces: [nic1]
                        managedInstances:
                          - name: mi1
                            subnet: mi
                            proxyOverride: Redirect
                        """);
    }

    @Test
    @DisplayName("may hold a character of two units anywhere")
    void surrogatePairs() {
        for (int at = 1020; at < 1030; at++) {
            String text = "mipath: topology/1\n# " + "x".repeat(at - 21) + "\nname: 🎈\n";
            assertThat(Documents.topology(text).topology().name()).isEqualTo("🎈");
        }
    }

    @Test
    @DisplayName("is recognised by its first key")
    void recognised() {
        assertThat(TopologyYaml.recognizes(YamlReader.read("t", Documents.bytes(HUB_AND_SPOKE))))
                .isTrue();
        assertThat(TopologyYaml.recognizes(YamlReader.read("t", Documents.bytes("resources: []"))))
                .isFalse();
    }
}
