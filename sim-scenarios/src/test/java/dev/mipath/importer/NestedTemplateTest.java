package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.mipath.format.InputException;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.Route;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A template that deploys others")
class NestedTemplateTest {
    @TempDir
    Path folder;

    private static List<String> tables(Topology topology) {
        return topology.routeTables().stream()
                .map(table -> table.id().text().replace("/providers/Microsoft.Network/routeTables", ""))
                .toList();
    }

    private static String table(String name) {
        return "{'type': 'Microsoft.Network/routeTables', 'name': '" + name + "', 'properties': {'routes': []}}";
    }

    private static String deployment(String name, String members, String properties) {
        return "{'type': 'Microsoft.Resources/deployments', 'name': '" + name + "', " + members + " 'properties': {"
                + properties + "}}";
    }

    private static final String INNER = "'expressionEvaluationOptions': {'scope': 'inner'}, ";

    @Test
    @DisplayName("evaluates them with its own names where the scope is outer, which is the standard")
    void outer() {
        Topology topology = Imports.topology(
                Imports.template("""
                'parameters': {'name': {'type': 'string', 'defaultValue': 'outside'}},
                'resources': [%s]
                """.formatted(deployment("d", "", """
                        'template': {'parameters': {'name': {'type': 'string', 'defaultValue': 'inside'}},
                          'resources': [%s]}""".formatted(table("[parameters(\"name\")]"))))));
        assertThat(topology.routeTables().get(0).id().name()).isEqualTo("outside");
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("gives parameters to those whose scope is inner, and everything in them keeps its place")
    void inner() {
        Topology topology = Imports.topology(Imports.template("""
                'parameters': {'name': {'type': 'string', 'defaultValue': 'outside'}, 'hop': {'type': 'string'}},
                'resources': [%s]
                """.formatted(deployment("d", "", INNER + """
                        'parameters': {'prefix': {'value': '[concat(parameters("name"), "-10.0.0.0/8")]'},
                          'hop': {'value': '[parameters("hop")]'}},
                        'template': {
                          'parameters': {'prefix': {'type': 'string'}, 'hop': {'type': 'string'},
                            'name': {'type': 'string', 'defaultValue': 'inside'}},
                          'variables': {'cut': '[split(parameters("prefix"), "-")]'},
                          'resources': [{'type': 'Microsoft.Network/routeTables', 'name': '[parameters("name")]', 'properties': {'routes': [
                            {'name': '[variables("cut")[0]]', 'properties': {'addressPrefix': '[variables("cut")[1]]',
                             'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': '[parameters("hop")]'}}]}}]}"""))));
        assertThat(topology.routeTables().get(0).id().name()).isEqualTo("inside");
        Route route = topology.routeTables().get(0).routes().get(0);
        assertThat(route.name()).isEqualTo("outside");
        assertThat(route.destination()).hasToString("10.0.0.0/8");
        assertThat(route.nextHopIpAddress()).hasToString("unknown: parameters('hop')");
        assertThat(route.place().pointer())
                .isEqualTo("/resources/0/properties/template/resources/0/properties/routes/0");
    }

    @Test
    @DisplayName("joins what one gives to what another takes, in whatever order they stand")
    void outputs() {
        Topology topology = Imports.topology(Imports.template("""
                'resources': [%s, %s]
                """.formatted(
                        deployment("subnet", "", INNER + """
                                'parameters': {'table': {'value':
                                  '[reference(resourceId("Microsoft.Resources/deployments", "tables"), "2022-09-01").outputs.ids.value[1]]'}},
                                'template': {'parameters': {'table': {'type': 'string'}}, 'resources': [
                                  {'type': 'Microsoft.Network/virtualNetworks', 'name': 'v', 'properties': {
                                    'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'subnets': [{'name': 's', 'properties': {
                                      'addressPrefix': '10.0.0.0/24', 'routeTable': {'id': '[parameters("table")]'}}}]}}]}"""),
                        deployment("tables", "", INNER + """
                                'template': {'resources': [%s, %s], 'outputs': {'ids': {'type': 'array', 'copy': {'count': 2, 'input':
                                  '[resourceId("Microsoft.Network/routeTables", concat("t", copyIndex()))]'}}}}""".formatted(table("t0"), table("t1"))))));
        assertThat(topology.vnets().get(0).subnets().get(0).attached().routeTable())
                .hasToString(topology.routeTables().get(1).id().toString());
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName(
            "takes an output that hangs on a running resource for unknown, and one that is not declared for an error")
    void missingOutput() {
        String text = """
                'resources': [%s, {'type': 'Microsoft.Network/routeTables', 'name': 't', 'properties': {'routes': [{'name': 'r',
                  'properties': {'addressPrefix': '[reference("d").outputs.%s.value]', 'nextHopType': 'None'}}]}}]
                """;
        String deployed = deployment("d", "", INNER + """
                        'template': {'resources': [], 'outputs': {'space': {'type': 'string', 'value': '[reference("vm").space]'}}}""");
        assertThat(Imports.topology(Imports.template(text.formatted(deployed, "space")))
                        .routeTables()
                        .get(0)
                        .routes()
                        .get(0)
                        .destination())
                .hasToString("unknown: reference('vm').space");
        assertThat(Imports.problems(Imports.template(text.formatted(deployed, "spcae"))))
                .singleElement()
                .asString()
                .contains(
                        "/resources/1/properties/routes/0/properties/addressPrefix: the object has no member `spcae`");
    }

    @Test
    @DisplayName("puts their resources into the group and subscription it names")
    void scopes() {
        Topology topology = Imports.topology(Imports.template("'resources': ["
                + deployment(
                        "d",
                        "'resourceGroup': 'net', 'subscriptionId': '1-2',",
                        INNER
                                + "'template': {'resources': ["
                                + table("[concat(resourceGroup().name, subscription().subscriptionId)]") + "]}")
                + ", "
                + deployment(
                        "e",
                        "'resourceGroup': 'net',",
                        "'template': {'resources': [" + table("[resourceGroup().name]") + "]}")
                + "]"));
        assertThat(tables(topology))
                .containsExactly(
                        "/subscriptions/1-2/resourceGroups/net/net1-2",
                        "/subscriptions/‹subscription›/resourceGroups/net/‹resourceGroup›");
    }

    @Test
    @DisplayName("repeats one as often as its loop says, and each knows its number")
    void loops() {
        Topology topology = Imports.topology(Imports.template("'resources': ["
                + deployment(
                        "[concat(\"in\", copyIndex())]",
                        "'copy': {'name': 'c', 'count': 2},",
                        INNER
                                + "'parameters': {'n': {'value': '[copyIndex()]'}}, 'template': {'parameters': {'n': {'type': 'int'}},"
                                + " 'resources': [" + table("[concat(\"inner\", parameters(\"n\"))]")
                                + "], 'outputs': {'o': {'value': '[parameters(\"n\")]'}}}")
                + ", "
                + deployment(
                        "[concat(\"out\", copyIndex())]",
                        "'copy': {'name': 'c', 'count': 2},",
                        "'template':" + " {'resources': [" + table("[concat(\"outer\", copyIndex(\"c\"))]") + "]}")
                + ", " + table("[concat(\"last\", reference(\"in1\").outputs.o.value)]") + "]"));
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("inner0", "inner1", "outer0", "outer1", "last1");
    }

    @Test
    @DisplayName("in which resources have symbolic names follows those names, and scopes are inner")
    void symbolic() {
        Topology topology = Imports.topology(Imports.template("""
                'languageVersion': '2.0',
                'resources': {
                  'there': {'existing': true, 'type': 'Microsoft.Network/routeTables', 'name': 'old'},
                  'module': %s,
                  'after': %s
                }""".formatted(
                deployment("[format(\"{0}-d\", \"x\")]", "", """
                                'parameters': {'name': {'value': 'given'}},
                                'template': {'languageVersion': '2.0', 'parameters': {'name': {'type': 'string'}},
                                  'resources': {'t': %s}, 'outputs': {'n': {'type': 'string', 'value': '[parameters("name")]'}}}""".formatted(table("[parameters(\"name\")]"))),
                table("[concat(\"after-\", reference(\"module\").outputs.n.value, resourceInfo(\"there\").name)]"))));
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("given", "after-givenold");
    }

    @Test
    @DisplayName("by a condition that nobody can judge may deploy it or not")
    void maybe() {
        Topology topology = Imports.topology(Imports.template("""
                'parameters': {'who': {'type': 'string'}},
                'resources': [%s, %s, %s]
                """.formatted(
                        table("t"),
                        deployment("no", "'condition': false,", "'template': {'resources': [" + table("gone") + "]}"),
                        deployment("maybe", "'condition': '[equals(parameters(\"who\"), \"me\")]',", """
                                'template': {'resources': [{'type': 'Microsoft.Network/routeTables/routes', 'name': 't/r',
                                  'properties': {'addressPrefix': '10.0.0.0/8', 'nextHopType': 'None'}}]}"""))));
        assertThat(topology.routeTables()).hasSize(1);
        assertThat(topology.routeTables().get(0).routes())
                .singleElement()
                .satisfies(route -> assertThat(route.present().isUnknown()).isTrue());
        assertThat(Imports.codes(topology)).containsExactly("CONDITION_UNKNOWN");
    }

    @Test
    @DisplayName("follows a link to a file of the input, which is then no network of its own")
    void linked() throws IOException {
        Files.createDirectories(folder.resolve("nestedtemplates"));
        Files.writeString(folder.resolve("azuredeploy.json"), Imports.template("""
                'parameters': {'_artifactsLocation': {'type': 'string', 'defaultValue': '[deployment().properties.templateLink.uri]'},
                  '_artifactsLocationSasToken': {'type': 'securestring', 'defaultValue': ''}},
                'variables': {'link': '[uri(parameters("_artifactsLocation"), concat("nestedtemplates/vnet.json", parameters("_artifactsLocationSasToken")))]'},
                'resources': [%s, %s]
                """.formatted(
                        deployment(
                                "a",
                                "",
                                "'templateLink': {'uri': '[variables(\"link\")]'},"
                                        + " 'parameters': {'name': {'value': 'by-uri'}}"),
                        deployment(
                                "b",
                                "",
                                "'templateLink': {'relativePath': 'nestedtemplates/vnet.json'},"
                                        + " 'parameters': {'name': {'value': 'by-path'}}"))));
        Files.writeString(folder.resolve("nestedtemplates/vnet.json"), Imports.template("""
                'parameters': {'name': {'type': 'string'}}, 'resources': [%s]""".formatted(
                        table("[parameters(\"name\")]"))));
        Topology topology = Importer.read(ImportRequest.of(folder.toString())).topology();
        assertThat(topology.routeTables())
                .extracting(table -> table.id().name())
                .containsExactly("by-uri", "by-path");
        assertThat(topology.routeTables().get(0).place().file()).endsWith("nestedtemplates/vnet.json");
    }

    @Test
    @DisplayName("as Azure's quickstart for a managed instance does gives the network of the linked file")
    void quickstart() throws IOException {
        Path quickstart = SharedData.require("azure/arm-quickstart");
        Files.createDirectories(folder.resolve("nestedtemplates"));
        for (String file : List.of("azuredeploy.json", "azuredeploy.parameters.json", "nestedtemplates.vnet.json")) {
            Files.copy(
                    quickstart.resolve("azure-sql-managed-instance." + file),
                    folder.resolve(file.replace("nestedtemplates.", "nestedtemplates/")));
        }
        Topology topology = Importer.read(ImportRequest.of(folder.toString())).topology();
        assertThat(topology.managedInstances().get(0).subnet())
                .hasToString(topology.vnets().get(0).subnets().get(0).id().toString());
        assertThat(topology.networkSecurityGroups().get(0).rules()).hasSize(5);
        assertThat(topology.routeTables().get(0).routes()).hasSize(167);
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("by a link that leads nowhere says which deployment is missing")
    void unfollowed() {
        Topology topology = Imports.topology(Imports.template("'resources': ["
                + deployment("d", "", "'templateLink': {'uri': 'https://example.org/x/vnet.json'}") + "]"));
        assertThat(topology.notices()).singleElement().satisfies(notice -> {
            assertThat(notice.code()).isEqualTo("NESTED_TEMPLATE");
            assertThat(notice.place().pointer()).isEqualTo("/resources/0");
            assertThat(notice.text())
                    .startsWith("deployment `d` deploys another template that the input does not hold");
        });
    }

    @Test
    @DisplayName("calls functions of its own")
    void functions() {
        Topology topology =
                Imports.topology(Imports.template("""
                'functions': [{'namespace': 'contoso', 'members': {
                  'twice': {'parameters': [{'name': 'word', 'type': 'string'}],
                    'output': {'type': 'string', 'value': '[concat(parameters("word"), parameters("word"))]'}},
                  'fourTimes': {'parameters': [{'name': 'word', 'type': 'string'}],
                    'output': {'type': 'string', 'value': '[contoso.twice(contoso.twice(parameters("word")))]'}}}}],
                'parameters': {'word': {'type': 'string', 'defaultValue': 'ab'}},
                'resources': [%s]
                """.formatted(table("[Contoso.FOURTIMES(parameters(\"word\"))]"))));
        assertThat(topology.routeTables().get(0).id().name()).isEqualTo("abababab");
    }

    @Test
    @DisplayName("in a circle is refused, with a word")
    void circles() throws IOException {
        Files.writeString(
                folder.resolve("a.json"),
                Imports.template(
                        "'resources': [" + deployment("d", "", "'templateLink': {'relativePath': 'b.json'}") + "]"));
        Files.writeString(
                folder.resolve("b.json"),
                Imports.template(
                        "'resources': [" + deployment("d", "", "'templateLink': {'relativePath': 'a.json'}") + "]"));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Importer.read(ImportRequest.of(folder.toString())))
                .withMessageContaining("templates deploy each other more than 20 deep");
        assertThat(Imports.problems(Imports.template("""
                        'functions': [{'namespace': 'f', 'members': {'g': {'parameters': [], 'output': {'value': '[f.g()]'}}}}],
                        'resources': [%s]""".formatted(table("[f.g()]")))))
                .anySatisfy(problem -> assertThat(problem).contains("call each other without end"));
        assertThat(Imports.problems(
                        Imports.template("'resources': [" + table("[reference(\"d\").outputs.x.value]") + ", "
                                + deployment(
                                        "d",
                                        "",
                                        INNER + "'parameters': {'p': {'value': '[reference(\"e\").outputs.x.value]'}},"
                                                + " 'template': {'parameters': {'p': {}}, 'resources': [], 'outputs': {'x': {'value': '[parameters(\"p\")]'}}}")
                                + ", "
                                + deployment(
                                        "e",
                                        "",
                                        INNER + "'parameters': {'p': {'value': '[reference(\"d\").outputs.x.value]'}},"
                                                + " 'template': {'parameters': {'p': {}}, 'resources': [], 'outputs': {'x': {'value': '[parameters(\"p\")]'}}}")
                                + "]")))
                .anySatisfy(problem -> assertThat(problem).contains("are defined by themselves"));
    }

    @Test
    @DisplayName("that multiply each other are stopped")
    void bomb() {
        String copies = "'copy': {'name': 'c', 'count': 800},";
        String bomb = table("[concat(\"t\", copyIndex())]");
        for (int i = 0; i < 4; i++) {
            bomb = deployment(
                    "[concat(\"d\", copyIndex())]", copies, INNER + "'template': {'resources': [" + bomb + "]}");
        }
        assertThat(Imports.problems(Imports.template("'resources': [" + bomb + "]")))
                .anySatisfy(problem -> assertThat(problem).contains("the template"));
    }
}
