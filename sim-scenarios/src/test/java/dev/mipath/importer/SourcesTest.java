package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.InputException;
import dev.mipath.format.Problem;
import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.SameFacts;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A source")
class SourcesTest {
    private static final String TEMPLATE = Imports.template(
            "'parameters': {'name': {'type': 'string'}}, 'resources': [{'type': 'Microsoft.Network/routeTables',"
                    + " 'name': '[parameters(\"name\")]', 'properties': {}}]");
    private static final String PARAMETERS =
            Imports.json("{'$schema': 'x/deploymentParameters.json#', 'contentVersion':"
                    + " '1.0.0.0', 'parameters': {'name': {'value': 'given'}}}");

    @TempDir
    Path folder = Path.of("");

    private Path write(String name, String text) throws IOException {
        Path file = folder.resolve(name);
        Path parent = file.getParent();
        if (parent != null) Files.createDirectories(parent);
        return Files.writeString(file, text);
    }

    private static List<String> tables(Imported imported) {
        return imported.topology().routeTables().stream()
                .map(table -> table.id().name())
                .toList();
    }

    private static List<String> problems(ImportRequest request) {
        try {
            Importer.read(request);
        } catch (InputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
        throw new AssertionError("accepted");
    }

    @Test
    @DisplayName("that is a folder gives its files, sub-folders too, and notes what it passes over")
    void folders() throws IOException {
        write("deep/er/rt.json", "{\"name\":\"rt\",\"routes\":[]}");
        write("notes.md", "# Notes");
        write("flow.json", "{\"records\":[{\"properties\":{\"flows\":[]}}]}");
        write(".hidden/broken.json", "{");
        Imported imported = Importer.read(ImportRequest.of(folder.toString()));
        assertThat(tables(imported)).containsExactly("rt");
        assertThat(imported.skipped())
                .containsExactly(
                        new Imported.Skipped(
                                folder + "/flow.json", "this is a flow log, which asks and does not describe"),
                        new Imported.Skipped(folder + "/notes.md", "neither JSON nor YAML of a known shape"));
    }

    @Test
    @DisplayName("of a known shape that is broken is an error in a folder too")
    void brokenInFolder() throws IOException {
        write("nsg.json", "{\"properties\": {\"securityRules\": [");
        write("other.json", "{\"some\": [");
        assertThat(problems(ImportRequest.of(folder.toString())))
                .singleElement()
                .asString()
                .startsWith(folder
                        + "/nsg.json:1 at /properties/securityRules: the document ends in the middle of a value");
    }

    @Test
    @DisplayName("that does not exist is refused, and so is everything else that is wrong, at once")
    void allAtOnce() throws IOException {
        Path broken = write("broken.json", "{\"a\": ");
        assertThat(problems(ImportRequest.of("nowhere.json", broken.toString(), "scenario:none")))
                .hasSize(3)
                .anySatisfy(problem -> assertThat(problem).startsWith("nowhere.json: there is no such file"))
                .anySatisfy(problem -> assertThat(problem).startsWith("scenario:none: there is no such scenario"))
                .anySatisfy(problem -> assertThat(problem).startsWith(broken + ":1"));
    }

    @Test
    @DisplayName("with a template takes the parameters file beside it")
    void parametersFile() throws IOException {
        write("a/main.json", TEMPLATE);
        write("a/values.json", PARAMETERS);
        write("b/values.json", PARAMETERS.replace("given", "elsewhere").replace("\"name\"", "\"other\""));
        Imported imported = Importer.read(ImportRequest.of(folder.toString()));
        assertThat(tables(imported)).containsExactly("given");
        assertThat(imported.skipped())
                .containsExactly(new Imported.Skipped(
                        folder + "/b/values.json", "a parameters file for no template of the input"));
    }

    @Test
    @DisplayName("with two parameters files for one template asks which")
    void twoParametersFiles() throws IOException {
        Path template = write("main.json", TEMPLATE);
        write("one.json", PARAMETERS);
        write("two.json", PARAMETERS.replace("given", "two"));
        ImportRequest request = ImportRequest.of(folder.toString());
        assertThat(problems(request))
                .containsExactly(template + ":1: several parameters files could belong to this template: `" + folder
                        + "/one.json`, `" + folder + "/two.json` (say which with `--parameters TEMPLATE=FILE`)");
        assertThat(tables(Importer.read(request.withParametersFiles(ImmutableMap.of("main.json", "two.json")))))
                .containsExactly("two");
    }

    @Test
    @DisplayName("with two templates for one parameters file asks which")
    void twoTemplates() throws IOException {
        write("one.json", TEMPLATE);
        write("two.json", TEMPLATE);
        Path values = write("values.json", PARAMETERS);
        ImportRequest request = ImportRequest.of(folder.toString());
        assertThat(problems(request))
                .singleElement()
                .asString()
                .startsWith(values + ":1: these parameters could belong to several templates: ");
        assertThat(tables(Importer.read(request.withParametersFiles(ImmutableMap.of("two.json", "values.json")))))
                .containsExactly("‹name›", "given");
    }

    @Test
    @DisplayName("without a template that declares the parameter is refused")
    void unknownParameter() throws IOException {
        Path template = write("main.json", TEMPLATE);
        assertThat(problems(ImportRequest.of(template.toString()).withParameters(ImmutableMap.of("nmae", "x"))))
                .containsExactly(
                        "--parameter nmae: no template of the input declares a parameter `nmae` (repair the name)");
    }

    @Test
    @DisplayName("may be a topology of our own, and what import writes reads back as the same facts")
    void ownTopology() throws IOException {
        Path table = write("rt.json", "{\"name\":\"rt\",\"routes\":[]}");
        Imported first = Importer.read(ImportRequest.of(table.toString()));
        Path own = write("topology.yaml", TopologyYaml.write(first.topology()));
        Imported again = Importer.read(ImportRequest.of(own.toString()));
        assertThat(SameFacts.in(first.topology(), again.topology())).isTrue();
    }

    @Test
    @DisplayName("may be a built-in scenario")
    void scenario() {
        byte[] text = "mipath: topology/1\nrouteTables:\n  - name: built-in\n".getBytes(StandardCharsets.UTF_8);
        ImportRequest request = ImportRequest.of("scenario:x")
                .withScenarios(name ->
                        name.equals("x") ? Optional.of(TopologyYaml.read("scenario:x", text)) : Optional.empty());
        assertThat(tables(Importer.read(request))).containsExactly("built-in");
    }

    @Test
    @DisplayName("with service tags gives them with IPv4 and IPv6 mixed, from the download and the REST answer")
    void serviceTags() {
        String download =
                "{'changeNumber': 363, 'cloud': 'Public', 'values': [{'name': 'Sql', 'id': 'Sql', 'properties':"
                        + " {'addressPrefixes': ['1.2.3.0/24', '2001:db8::/32']}}]}";
        for (String text : List.of(download, download.replace("363", "'363'"))) {
            assertThat(Imports.read(Imports.json(text)).serviceTags())
                    .singleElement()
                    .satisfies(tags -> {
                        assertThat(tags.changeNumber()).isEqualTo("363");
                        assertThat(tags.prefixes().get("Sql")).hasToString("[1.2.3.0/24, 2001:db8::/32]");
                    });
        }
    }

    @Test
    @DisplayName("named twice is read once")
    void twice() throws IOException {
        Path template = write("main.json", TEMPLATE);
        assertThat(tables(Importer.read(ImportRequest.of(template.toString(), template.toString()))))
                .containsExactly("‹name›");
    }

    @Test
    @DisplayName("that is empty is refused")
    void empty() throws IOException {
        Path empty = write("empty.json", "");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> Importer.read(ImportRequest.of(empty.toString())))
                .withMessageContaining("neither JSON nor YAML of a known shape");
    }
}
