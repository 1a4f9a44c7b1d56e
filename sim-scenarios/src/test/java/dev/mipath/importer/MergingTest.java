package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Resources with one id")
class MergingTest {
    private static final String SCOPE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    private static String table(String hop) {
        return "{'id': '" + SCOPE + "routeTables/rt', 'name': 'rt', 'properties': {'routes': [\n"
                + "{'name': 'r', 'properties': {'addressPrefix': '10.0.0.0/8', 'nextHopType': '" + hop + "'}}]}}";
    }

    private static Topology list(String... resources) {
        return Imports.topology(Imports.json("{'value': [" + String.join(",\n", resources) + "]}"));
    }

    @Test
    @DisplayName("that say the same are one resource, ids compared without case")
    void equalOnes() {
        Topology topology = list(table("None"), table("none").replace("routeTables/rt", "RouteTables/RT"));
        assertThat(topology.routeTables()).hasSize(1);
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("that differ are refused, both places named")
    void differentOnes() {
        assertThat(Imports.problems(Imports.json("[" + table("None") + ",\n" + table("Internet") + "]")))
                .containsExactly(
                        "-:4 at /1/properties/routes/0: route `r` has another `nextHopType` here (`Internet`) than in"
                                + " -:2 at /0/properties/routes/0 (`None`) (they are of different dates or places; keep"
                                + " the true one)");
    }

    @Test
    @DisplayName("that differ inside are told by the part and Azure's word for the property")
    void differentParts() {
        String vnet = "{'id': '" + SCOPE + "virtualNetworks/v', 'name': 'v', 'properties': {'addressSpace':"
                + " {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [\n{'name': 's', 'properties': {'addressPrefix':"
                + " '10.0.1.0/24', 'routeTable': {'id': '" + SCOPE + "routeTables/rt-a'}}}]}}";
        String group = "{'id': '" + SCOPE + "networkSecurityGroups/n', 'name': 'n', 'securityRules': [\n"
                + "{'name': 'r', 'protocol': 'Tcp', 'sourcePortRange': '*',"
                + " 'destinationPortRange': '1433', 'sourceAddressPrefix': '*',"
                + " 'destinationAddressPrefix': '*', 'access': 'Deny', 'priority': 4096,"
                + " 'direction': 'Outbound'}]}";
        String remedy = " (they are of different dates or places; keep the true one)";
        assertThat(Imports.problems(Imports.json(
                        "[" + vnet + ",\n" + vnet.replace("rt-a", "rt-b").replace("10.0.0.0/16", "10.0.0.0/8") + "]")))
                .containsExactly("-:3 at /1: VNet `v` has another `addressSpace` here (`10.0.0.0/8`) than in -:1 at /0"
                        + " (`10.0.0.0/16`)" + remedy);
        assertThat(Imports.problems(Imports.json("[" + vnet + ",\n" + vnet.replace("rt-a", "rt-b") + "]")))
                .containsExactly("-:4 at /1/properties/subnets/0: subnet `v/s` has another `routeTable` here (`rt-b`)"
                        + " than in -:2 at /0/properties/subnets/0 (`rt-a`)" + remedy);
        assertThat(Imports.problems(Imports.json("[" + group + ",\n" + group.replace("'1433'", "'11000'") + "]")))
                .containsExactly("-:4 at /1/securityRules/0: rule `r` has another `destinationPortRange` here (`11000`)"
                        + " than in -:2 at /0/securityRules/0 (`1433`)" + remedy);
        assertThat(Imports.problems(
                        Imports.json("[" + group + ",\n" + group.replace("'name': 'r'", "'name': 'q'") + "]")))
                .containsExactly(
                        "-:3 at /1: security group `n` has another `securityRules` here than in -:1 at /0: only"
                                + " one of them holds `q`, `r`" + remedy);
    }

    @Test
    @DisplayName("complete each other where one leaves something open")
    void completing() {
        Topology topology = list(
                "{'id': '" + SCOPE
                        + "virtualNetworks/v/subnets/s', 'name': 's', 'properties': {'addressPrefix': '10.0.1.0/24'}}",
                "{'id': '" + SCOPE + "virtualNetworks/v', 'name': 'v', 'location': 'westeurope', 'properties':"
                        + " {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [\n"
                        + "{'name': 's', 'properties': {'addressPrefix': '10.0.1.0/24', 'delegations':"
                        + " [{'properties': {'serviceName': 'x'}}]}}]}}");
        assertThat(topology.vnets()).singleElement().satisfies(vnet -> {
            assertThat(vnet.addressPrefixes()).containsExactly(Given.of(Prefix.parse("10.0.0.0/16")));
            assertThat(vnet.location()).isEqualTo(Given.of("westeurope"));
            assertThat(vnet.subnets())
                    .singleElement()
                    .satisfies(subnet -> assertThat(subnet.delegations()).containsExactly("x"));
        });
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("of which only a part is in the input may hold more, and the command that fetches them is told")
    void onlyAPart() {
        Topology topology = list("{'id': '" + SCOPE + "routeTables/rt/routes/r', 'name': 'r', 'properties':"
                + " {'addressPrefix': '10.0.0.0/8', 'nextHopType': 'None'}}");
        assertThat(topology.routeTables().get(0).routes())
                .extracting(route -> route.present().isUnknown())
                .containsExactly(true, false);
        assertThat(topology.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.code()).isEqualTo("REFERENCE_NOT_IN_INPUT");
            assertThat(notice.text()).contains("`az network route-table show --ids " + SCOPE + "routeTables/rt`");
        });
    }

    @Test
    @DisplayName("read the same whether ARM nests them or az prints them flat")
    void flattened() {
        String rule = "'protocol': 'TCP', 'sourcePortRange': '*', 'sourcePortRanges': [], 'destinationPortRange':"
                + " null, 'destinationPortRanges': ['1433', '11000-11999'], 'sourceAddressPrefix': 'VirtualNetwork',"
                + " 'destinationAddressPrefix': '10.0.0.0/24', 'access': 'Allow', 'priority': 100, 'direction': 'Inbound'";
        String head = "{'id': '" + SCOPE + "networkSecurityGroups/n', 'name': 'n', ";
        Topology nested =
                list(head + "'properties': {'securityRules': [{'name': 'r', 'properties': {" + rule + "}}]}}");
        Topology flat =
                list(head + "'securityRules': [{'name': 'r', 'id': null, " + rule + "}], 'resourceGroup': 'g'}");
        assertThat(SameFacts.in(nested, flat)).isTrue();
        assertThat(flat.networkSecurityGroups().get(0).rules().get(0).match().destinationPorts())
                .hasToString("[1433, 11000-11999]");
    }

    @Test
    @DisplayName("that is named and missing is told once, at the first place that names it")
    void missing() {
        String subnet =
                "{'name': '%s', 'properties': {'addressPrefix': '10.0.%d.0/24', 'networkSecurityGroup': {'id': '"
                        + SCOPE + "networkSecurityGroups/n'}}}";
        Topology topology = list("{'id': '" + SCOPE + "virtualNetworks/v', 'name': 'v', 'properties': {'addressSpace':"
                + " {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [\n" + subnet.formatted("a", 1) + ",\n"
                + subnet.formatted("b", 2) + "]}}");
        assertThat(topology.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.place().line()).isEqualTo(2);
            assertThat(notice.text()).contains("`az network nsg show --ids " + SCOPE + "networkSecurityGroups/n`");
        });
        assertThat(topology.vnets().get(0).subnets().get(0).attached().networkSecurityGroup())
                .hasToString(SCOPE + "networkSecurityGroups/n");
    }

    @Test
    @DisplayName("and entries that overlap inside a rule are accepted with a caveat")
    void overlap() {
        Topology topology =
                list("{'id': '" + SCOPE + "networkSecurityGroups/n', 'name': 'n', 'properties': {'securityRules':"
                        + " [{'name': 'r', 'properties': {'protocol': '*', 'sourcePortRange': '*',"
                        + " 'destinationPortRanges': ['1-100', '50'], 'sourceAddressPrefix': '*',"
                        + " 'destinationAddressPrefix': '*', 'access': 'Deny', 'priority': 4096,"
                        + " 'direction': 'Outbound'}}]}}");
        assertThat(Imports.codes(topology)).containsExactly("RULE_ENTRY_OVERLAP");
    }

    @Test
    @DisplayName("in which Azure says once that a subnet has a table and once that it has none contradict each other")
    void leftOut() {
        String subnet =
                "{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/virtualNetworks/v/subnets/s',"
                        + " 'name': 's', 'addressPrefix': '10.0.0.0/24', 'provisioningState': 'Succeeded'%s}";
        String table =
                ", 'routeTable': {'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/routeTables/t'}";
        assertThat(Imports.problems(Imports.json("[" + subnet.formatted("") + ",\n" + subnet.formatted(table) + "]")))
                .containsExactly("-:2 at /1: subnet `v/s` has another `routeTable` here (`t`) than in -:1 at /0 (none)"
                        + " (they are of different dates or places; keep the true one)");
        assertThat(Imports.problems(Imports.json("[" + subnet.formatted(table) + ",\n" + subnet.formatted("") + "]")))
                .singleElement()
                .asString()
                .contains("has another `routeTable` here (none) than in -:1 at /0 (`t`)");
        // What a person or a template leaves out, another source may add.
        assertThat(Imports.topology(Imports.json(
                                "[" + subnet.formatted("").replace("'provisioningState': 'Succeeded'", "'x': 1") + ",\n"
                                        + subnet.formatted(table) + "]"))
                        .vnets()
                        .get(0)
                        .subnets()
                        .get(0)
                        .attached()
                        .routeTable())
                .isNotNull();
    }
}
