package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.InputException;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Azure's files are read strictly")
class StrictReadingTest {
    private static final String SCOPE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    private static final String RULE =
            "'direction': 'Inbound', 'access': 'Allow', 'protocol': 'Tcp', 'sourcePortRange': '*',"
                    + " 'destinationPortRange': '1433', 'sourceAddressPrefix': '*', 'destinationAddressPrefix': '*'";

    /** One resource of an answer, with its type, name and all other members as given. */
    private static String resource(String type, String members) {
        return Imports.json("[{'id': '" + SCOPE + type + "/x', 'name': 'x', 'type': 'Microsoft.Network/" + type + "',\n"
                + members + "}]");
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            virtualNetworks       | 'properties': [7] | /0/properties: `properties` is a list, not an object (write it in braces)
            virtualNetworks       | 'properties': {'addressSpace': 7} | /0/properties/addressSpace: `addressSpace` is a number, not an object (write it in braces)
            virtualNetworks       | 'properties': {'addressSpace': {'addressPrefixes': '10.0.0.0/16'}} | /0/properties/addressSpace/addressPrefixes: `addressPrefixes` is a text, not a list (write it in brackets)
            virtualNetworks       | 'properties': {'addressSpace': {'addressPrefixes': ['10.0.0.0/33']}} | /0/properties/addressSpace/addressPrefixes/0: prefix length 33 is not in 0..32 (give a block such as `10.0.0.0/16`)
            virtualNetworks       | 'properties': {'subnets': [{'properties': {'addressPrefix': '10.0.0.0/24'}}]} | /0/properties/subnets/0: a subnet has no name (give it a `name`)
            virtualNetworks       | 'properties': {'subnets': [{'name': 's', 'properties': {'addressPrefix': '10.0.0.0/24', 'delegations': [{}]}}]} | /0/properties/subnets/0/properties/delegations/0: `serviceName` is missing (give the service)
            virtualNetworks       | 'properties': {'subnets': [{'name': 's', 'properties': {'addressPrefix': '10.0.0.0/24', 'routeTable': {'name': 'rt'}}}]} | /0/properties/subnets/0/properties/routeTable: `routeTable` names no resource (give the `id` of the resource)
            networkSecurityGroups | 'properties': {'securityRules': {}} | /0/properties/securityRules: `securityRules` is an object, not a list (write it in brackets)
            networkSecurityGroups | 'properties': {'securityRules': [{'name': 'r', 'properties': 7}]} | /0/properties/securityRules/0/properties: `properties` is a number, not an object (write it in braces)
            routeTables           | 'properties': {'routes': [{'name': 'r', 'properties': {'nextHopType': 'None', 'addressPrefix': ['10.0.0.0/8']}}]} | /0/properties/routes/0/properties/addressPrefix: `addressPrefix` is a list (give a block such as `10.0.0.0/8` or a service tag)
            networkInterfaces     | 'properties': {'ipConfigurations': [{'name': 'c', 'properties': {'applicationSecurityGroups': [{}]}}]} | /0/properties/ipConfigurations/0/properties/applicationSecurityGroups/0: an entry of `applicationSecurityGroups` names no resource (write `{"id": "…"}`)
            """)
    @DisplayName("and a value of another type than its place asks for is an error there, told once")
    void wrongTypes(String type, String members, String told) {
        assertThat(Imports.problems(resource(type, members))).containsExactly("-:2 at " + told);
    }

    @Test
    @DisplayName("but what an expression would give stays unknown, whatever its place asks for")
    void expressions() {
        Topology topology = Imports.topology(Imports.template("""
                'parameters': {'all': {'type': 'object'}, 'space': {'type': 'object'}},
                'resources': [
                 {'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties': '[parameters("all")]'},
                 {'type': 'Microsoft.Network/routeTables', 'name': 't', 'properties': '[parameters("all")]'},
                 {'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {'addressSpace': '[parameters("space")]'}}]
                """));
        assertThat(topology.networkSecurityGroups().get(0).rules())
                .singleElement()
                .satisfies(rule -> assertThat(rule.name()).isEqualTo("‹parameters('all').securityRules›"));
        assertThat(topology.routeTables().get(0).routes())
                .singleElement()
                .satisfies(route -> assertThat(route.name()).isEqualTo("‹parameters('all').routes›"));
        assertThat(topology.vnets().get(0).addressPrefixes())
                .singleElement()
                .satisfies(prefix -> assertThat(prefix.isUnknown()).isTrue());
    }

    private static String rule(String name, int priority) {
        return "{'name': '" + name + "', 'properties': {'priority': " + priority + ", " + RULE + "}}";
    }

    @Test
    @DisplayName("two rules of one priority and direction are refused, both places named, as Azure refuses them")
    void samePriority() {
        assertThat(Imports.problems(resource(
                        "networkSecurityGroups",
                        "'properties': {'securityRules': [\n" + rule("a", 100) + ",\n" + rule("b", 100) + ",\n"
                                + rule("c", 100).replace("Inbound", "Outbound") + "]}")))
                .containsExactly("-:4 at /0/properties/securityRules/1: rules `a` and `b` both have Inbound priority"
                        + " 100; the first is in -:3 at /0/properties/securityRules/0 (give one of them another priority;"
                        + " Azure refuses the two)");
    }

    @Test
    @DisplayName("also when one of them is a resource of its own")
    void samePriorityOfAChild() {
        String group = "{'id': '" + SCOPE + "networkSecurityGroups/n', 'name': 'n', 'properties': {'securityRules': ["
                + rule("a", 100) + "]}}";
        String child = rule("b", 100)
                .replace("{'name'", "{'id': '" + SCOPE + "networkSecurityGroups/n/securityRules/b', 'name'");
        assertThat(Imports.problems(Imports.json("[" + group + ",\n" + child + "]")))
                .singleElement()
                .asString()
                .startsWith("-:2 at /1: rules `a` and `b` both have Inbound priority 100; the first is in -:1");
    }

    @Test
    @DisplayName("of two rules under conditions only one may come to exist")
    void samePriorityUnderConditions() {
        String rule = "{'type': 'Microsoft.Network/networkSecurityGroups/securityRules', 'name': 'n/%s',"
                + " 'condition': '[parameters(\"%s\")]', 'properties': {'priority': 100, " + RULE + "}}";
        assertThat(Imports.topology(Imports.template("'parameters': {'p': {'type': 'bool'}, 'q': {'type': 'bool'}},"
                                + " 'resources': [{'type': 'Microsoft.Network/networkSecurityGroups', 'name': 'n', 'properties': {}},"
                                + rule.formatted("a", "p") + "," + rule.formatted("b", "q") + "]"))
                        .networkSecurityGroups()
                        .get(0)
                        .rules())
                .hasSize(2);
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"99, below 100", "4097, above 4096"})
    @DisplayName("a customer's priority is in 100..4096")
    void priorities(int priority, String told) {
        assertThat(Imports.problems(resource(
                        "networkSecurityGroups", "'properties': {'securityRules': [\n" + rule("a", priority) + "]}")))
                .containsExactly("-:3 at /0/properties/securityRules/0/properties/priority: priority " + priority
                        + " is " + told + " (give a number from 100 to 4096)");
    }

    @Test
    @DisplayName("two routes of one table for one block are refused, both places named, as Azure refuses them")
    void sameRoute() {
        String route = "{'name': '%s', 'properties': {'addressPrefix': '%s', 'nextHopType': 'None'}}";
        assertThat(Imports.problems(resource(
                        "routeTables",
                        "'properties': {'routes': [\n" + route.formatted("a", "10.0.0.0/8") + ",\n"
                                + route.formatted("b", "10.0.0.0/8") + ",\n" + route.formatted("c", "10.0.0.0/9")
                                + "]}")))
                .containsExactly("-:4 at /0/properties/routes/1: routes `a` and `b` both have the prefix `10.0.0.0/8`;"
                        + " the first is in -:3 at /0/properties/routes/0 (keep one of them; Azure refuses the two)");
    }

    @Test
    @DisplayName("a name stands once in its list")
    void sameName() {
        assertThat(Imports.problems(resource(
                        "networkSecurityGroups",
                        "'properties': {'securityRules': [\n" + rule("a", 100) + ",\n" + rule("A", 200) + "]}")))
                .containsExactly("-:4 at /0/properties/securityRules/1: rule `A` stands twice; the other one is in"
                        + " -:3 at /0/properties/securityRules/0 (rename or remove one of them)");
    }

    @Test
    @DisplayName("a connection type is read in any case and kept as Azure spells it; another word is refused")
    void connectionTypes() {
        String instance = "[{'id': '/subscriptions/s/resourceGroups/g/providers/Microsoft.Sql/managedInstances/m',"
                + " 'name': 'm', 'properties': {'proxyOverride': '%s'}}]";
        ManagedInstance read = Imports.topology(Imports.json(instance.formatted("REDIRECT")))
                .managedInstances()
                .get(0);
        assertThat(read.proxyOverride()).isEqualTo(Given.of("Redirect"));
        assertThat(Imports.problems(Imports.json(instance.formatted("Direct"))))
                .containsExactly(
                        "-:1 at /0/properties/proxyOverride: `proxyOverride` is `Direct` (give `Proxy`, `Redirect` or `Default`)");
    }

    @Test
    @DisplayName("what stands between resources and is none is refused, and so is a resource without identity")
    void strays() {
        String vnet = "{'id': '" + SCOPE + "virtualNetworks/v', 'name': 'v', 'addressSpace': {'addressPrefixes': []}}";
        assertThat(Imports.problems(Imports.json(
                        "[" + vnet + ",\n7,\n{'type': 'Microsoft.Network/routeTables'," + " 'id': 7, 'routes': []}]")))
                .containsExactly(
                        "-:3 at /2/id: `id` is a number, not a text (write it in quotes)",
                        "-:3 at /2: a resource has neither `id` nor `name` (give it its `id`)",
                        "-:2 at /1: an entry of the list is a number, not an object (take it out, or save the answer again)");
        assertThat(Imports.problems("[7]"))
                .containsExactly("-:1: neither JSON nor YAML of a known shape (see the list of inputs in docs/cli.md)");
    }

    @Test
    @DisplayName("a resource of which only the name is listed is not taken for an empty one")
    void bare() {
        Topology topology = Imports.topology(Imports.json("[{'id': '" + SCOPE
                + "networkSecurityGroups/n', 'name': 'n', 'type': 'Microsoft.Network/networkSecurityGroups',"
                + " 'location': 'westeurope', 'properties': null, 'tags': {}}]"));
        assertThat(topology.networkSecurityGroups()).isEmpty();
        assertThat(topology.notices())
                .singleElement()
                .asString()
                .contains(
                        "REFERENCE_NOT_IN_INPUT", "no more than the name of security group `n`", "az network nsg show");
    }

    @Test
    @DisplayName("words of recorded answers are Azure's, and all that is wrong is told at once")
    void recorded() {
        assertThat(Imports.problems(Imports.json("""
                [{'source': 'Gateway', 'state': 'Passive', 'addressPrefix': ['10.0.0.0/8'], 'nextHopType': 'None'},
                 {'networkSecurityGroup': {'id': 'n'}, 'association': {}, 'tagMap': [], 'effectiveSecurityRules': []}]
                """)))
                .containsExactlyInAnyOrder(
                        "-:1 at /0/source: `source` is `Gateway` (give the word that Azure answered)",
                        "-:1 at /0/state: `state` is `Passive` (give `Active` or `Invalid`)",
                        "-:2 at /1: the answer names neither the subnet nor the NIC that its group is on (save the whole"
                                + " answer again, `association` included)",
                        "-:2 at /1/tagMap: `tagMap` is a list, not an object (write it in braces)");
    }

    @Test
    @DisplayName("a parameter that gives a wrong type is told where it is used")
    void parameters() {
        assertThat(problemsWith(Map.of("subnets", "x")))
                .singleElement()
                .asString()
                .contains("`subnets` is a text, not a list");
    }

    private static List<String> problemsWith(Map<String, String> parameters) {
        try {
            Imports.read(
                    Imports.template("'parameters': {'subnets': {'type': 'string'}}, 'resources': [{'type':"
                            + " 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {'subnets':"
                            + " '[parameters(\"subnets\")]'}}]"),
                    parameters);
            return List.of();
        } catch (InputException e) {
            return e.problems().stream().map(Object::toString).toList();
        }
    }
}
