package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.Given;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A deployment template")
class ArmTemplateTest {
    private static final String RULE_BODY = """
        {'protocol': 'Tcp', 'sourcePortRange': '*', 'destinationPortRange': '1433', 'sourceAddressPrefix': '*',
         'destinationAddressPrefix': '*', 'access': 'Allow', 'direction': 'Inbound', 'priority': 100}\
        """;

    private static List<String> routeNames(Topology topology) {
        return topology.routeTables().stream()
                .flatMap(table -> table.routes().stream())
                .map(route -> route.name())
                .toList();
    }

    @Test
    @DisplayName("repeats a resource as often as its loop says")
    void resourceLoop() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'names': {'type': 'array', 'defaultValue': ['a', 'b']}},
            'resources': [{
              'type': 'Microsoft.Network/routeTables', 'name': '[concat("rt-", parameters("names")[copyIndex()], copyIndex(1))]',
              'copy': {'name': 'tables', 'count': '[length(parameters("names"))]'}, 'properties': {'routes': []}
            }]
            """));
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("rt-a1", "rt-b2");
    }

    @Test
    @DisplayName("repeats a property as often as its loop says")
    void propertyLoop() {
        Topology topology = Imports.topology(Imports.template("""
            'resources': [{
              'type': 'Microsoft.Network/routeTables', 'name': 'rt',
              'properties': {'copy': [{'name': 'routes', 'count': 3, 'input': {
                'name': '[concat("r", copyIndex("routes"))]',
                'properties': {'addressPrefix': '[concat("10.", copyIndex("routes", 5), ".0.0/16")]', 'nextHopType': 'None'}
              }}]}
            }]
            """));
        assertThat(routeNames(topology)).containsExactly("r0", "r1", "r2");
        assertThat(topology.routeTables().get(0).routes().get(2).destination()).hasToString("10.7.0.0/16");
    }

    @Test
    @DisplayName("with a loop of unknown length may hold any route")
    void unknownLoop() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'prefixes': {'type': 'array'}},
            'resources': [{
              'type': 'Microsoft.Network/routeTables', 'name': 'rt',
              'properties': {'copy': [{'name': 'routes', 'count': '[length(parameters("prefixes"))]', 'input': {
                'name': 'r', 'properties': {'addressPrefix': '10.0.0.0/8', 'nextHopType': 'None'}
              }}]}
            }]
            """));
        assertThat(topology.routeTables().get(0).routes()).singleElement().satisfies(route -> {
            assertThat(route.present().isUnknown()).isTrue();
            assertThat(route.destination().isUnknown()).isTrue();
        });
        assertThat(Imports.codes(topology)).containsExactly("COPY_COUNT_UNKNOWN");
    }

    @Test
    @DisplayName("drops what a condition rules out and keeps what it may allow")
    void conditions() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'who': {'type': 'string'}},
            'resources': [
              {'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'nsg', 'properties': {'securityRules': []}},
              {'type': 'Microsoft.Network/routeTables', 'name': 'gone', 'condition': false, 'properties': {}},
              {'type': 'Microsoft.Network/routeTables', 'name': 'kept', 'condition': '[not(false())]', 'properties': {}},
              {'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'name': 'nsg/maybe',
               'condition': '[equals(parameters("who"), "me")]', 'properties': %s}
            ]
            """.formatted(RULE_BODY)));
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("kept");
        assertThat(topology.networkSecurityGroups().get(0).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.present().isUnknown()).isTrue());
        assertThat(Imports.codes(topology)).containsExactly("CONDITION_UNKNOWN");
    }

    @Test
    @DisplayName("puts child resources into their parents, nested or not")
    void children() {
        Topology topology = Imports.topology(Imports.template("""
            'resources': [
              {'type': 'Microsoft.Network/virtualNetworks', 'name': 'v',
               'properties': {'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}},
               'resources': [{'type': 'subnets', 'name': 'nested', 'properties': {'addressPrefix': '10.0.1.0/24'}}]},
              {'type': 'Microsoft.Network/virtualNetworks/subnets', 'name': '[format("{0}/{1}", "v", "beside")]',
               'properties': {'addressPrefix': '10.0.2.0/24'}},
              {'type': 'Microsoft.Network/virtualNetworks/virtualNetworkPeerings', 'name': 'v/p',
               'properties': {'remoteVirtualNetwork': {'id': '[resourceId("Microsoft.Network/virtualNetworks", "v")]'}}},
              {'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties': {}},
              {'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'name': 'n/r', 'properties': %s},
              {'type': 'Microsoft.Network/routeTables/routes', 'name': 't/x',
               'properties': {'addressPrefix': '0.0.0.0/0', 'nextHopType': 'Internet'}},
              {'type': 'Microsoft.Network/routeTables', 'name': 't', 'properties': {}}
            ]
            """.formatted(RULE_BODY)));
        assertThat(topology.vnets().get(0).subnets())
                .extracting(subnet -> subnet.id().name())
                .containsExactly("nested", "beside");
        assertThat(topology.vnets().get(0).peerings()).hasSize(1);
        assertThat(topology.networkSecurityGroups().get(0).rules()).hasSize(1);
        assertThat(routeNames(topology)).containsExactly("x");
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("may name its resources by symbol, and existing ones are only named")
    void symbols() {
        Topology topology = Imports.topology(Imports.template("""
            'languageVersion': '2.0',
            'resources': {
              'old': {'existing': true, 'type': 'Microsoft.Network/routeTables', 'name': 'old'},
              'new': {'type': 'Microsoft.Network/routeTables', 'name': 'new', 'properties': {}}
            }
            """));
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("new");
    }

    @Test
    @DisplayName("leaves a value without input unknown, equal ones alike")
    void unknowns() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'port': {'type': 'string'}, 'rules': {'type': 'array'}},
            'resources': [
              {'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'a', 'properties': {'securityRules': [
                {'name': 'r', 'properties': {'protocol': 'Tcp', 'sourcePortRange': '*', 'access': 'Allow', 'priority': 100,
                 'destinationPortRange': '[parameters("port")]', 'sourceAddressPrefix': '*', 'direction': 'Inbound',
                 'destinationAddressPrefix': '[reference("vm").ip]'}}]}},
              {'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'b',
               'properties': {'securityRules': '[parameters("rules")]'}}
            ]
            """));
        var match = topology.networkSecurityGroups().get(0).rules().get(0).match();
        assertThat(match.destinationPorts()).hasToString("[unknown: parameters('port')]");
        assertThat(match.destination()).hasToString("[unknown: reference('vm').ip]");
        assertThat(topology.networkSecurityGroups().get(1).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.present().isUnknown()).isTrue());
    }

    @Test
    @DisplayName("whose subnets leave open which services they serve say so")
    void openServices() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'services': {'type': 'array'}},
            'resources': [{'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {
              'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [{'name': 's', 'properties': {
                'addressPrefix': '10.0.1.0/24', 'serviceEndpoints': '[parameters("services")]'}}]}}]
            """));
        assertThat(topology.notices())
                .filteredOn(notice -> notice.code().equals("LIST_NOT_GIVEN"))
                .extracting(notice -> notice.text())
                .containsExactly(
                        "`serviceEndpoints` of `v/s` hangs on `parameters('services')`, which is not given; what it"
                                + " holds is missing here");
    }

    @Test
    @DisplayName("whose subnets or peerings hang on a value that is not given says so")
    void openLists() {
        Topology topology = Imports.topology(Imports.template("""
            'parameters': {'subnets': {'type': 'array'}, 'peers': {'type': 'array'}},
            'resources': [{'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {
              'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': '[parameters("subnets")]',
              'copy': [{'name': 'virtualNetworkPeerings', 'count': '[length(parameters("peers"))]', 'input': {}}]}}]
            """));
        assertThat(topology.notices())
                .filteredOn(notice -> notice.code().equals("LIST_NOT_GIVEN"))
                .extracting(notice -> notice.text())
                .containsExactly(
                        "`subnets` of `v` hangs on `parameters('subnets')`, which is not given; what it holds is"
                                + " missing here",
                        "`virtualNetworkPeerings` of `v` hangs on `items of copy loop `virtualNetworkPeerings``, which"
                                + " is not given; what it holds is missing here");
    }

    @Test
    @DisplayName("takes values from the command line by the declared type")
    void arguments() {
        Topology topology = Imports.read(Imports.template("""
            'parameters': {'off': {'type': 'bool'}, 'name': {'type': 'string'}},
            'resources': [{'type': 'Microsoft.Network/routeTables', 'name': '[parameters("name")]',
              'properties': {'disableBgpRoutePropagation': '[parameters("off")]'}}]
            """), Map.of("off", "true", "name", "12"))
                .topology();
        assertThat(topology.routeTables().get(0).id().name()).isEqualTo("12");
        assertThat(topology.routeTables().get(0).disableBgpRoutePropagation()).isEqualTo(Given.of(true));
    }

    @Test
    @DisplayName("whose variables are defined by each other is refused, the circle named")
    void circle() {
        assertThat(Imports.problems(Imports.template("""
            'variables': {
              'a': '[variables("b")]',
              'b': '[concat(variables("a"), "x")]'
            },
            'resources': [{'type': 'Microsoft.Network/routeTables', 'name': '[variables("a")]', 'properties': {}}]
            """)))
                .contains("-:3 at /variables/a: defined by each other in a circle: `variables('a')`, `variables('b')`"
                        + " (give one of them a value of its own)");
    }

    @Test
    @DisplayName("that multiplies itself is stopped")
    void bomb() {
        StringBuilder variables = new StringBuilder("'v0': 'xxxxxxxxxxxxxxxx'");
        for (int i = 1; i < 40; i++) {
            variables.append(", 'v%d': '[concat(variables(\"v%d\"), variables(\"v%d\"))]'".formatted(i, i - 1, i - 1));
        }
        assertThat(Imports.problems(Imports.template("'variables': {" + variables
                        + "}, 'resources': [{'type': 'Microsoft.Network/routeTables', 'name': '[variables(\"v39\")]',"
                        + " 'properties': {}}]")))
                .anySatisfy(problem -> assertThat(problem).contains("builds a text of more than"));
    }

    @Test
    @DisplayName("whose variables nest each other without end is stopped")
    void nest() {
        StringBuilder variables = new StringBuilder("'v0': 'x'");
        for (int i = 1; i < 20_000; i++) variables.append(", 'v%d': ['[variables(\"v%d\")]']".formatted(i, i - 1));
        assertThat(Imports.problems(Imports.template("'variables': {" + variables
                        + "}, 'resources': [{'type': 'Microsoft.Network/routeTables', 'name': 'rt',"
                        + " 'properties': {'routes': '[variables(\"v19999\")]'}}]")))
                .anySatisfy(problem -> assertThat(problem).contains("nested too deeply"));
    }

    @Test
    @DisplayName("with a loop beyond the platform's limit is refused")
    void endlessLoop() {
        assertThat(Imports.problems(Imports.template("""
            'resources': [{'type': 'Microsoft.Network/routeTables', 'name': 'a', 'properties': {},
              'copy': {'name': 'c', 'count': 100000}}]
            """)))
                .singleElement()
                .asString()
                .contains("the count of a copy loop is not a number from 0 to 800");
    }
}
