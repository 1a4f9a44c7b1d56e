package dev.mipath.importer;

import dev.mipath.format.InputException;
import dev.mipath.format.Problem;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Topology;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Words for tests that import something: texts that stand in the test, answers as lists of lines. */
final class Imports {
    /** The scope of resources in a template: nobody says where it is deployed. */
    static final String GROUP = "/subscriptions/‹subscription›/resourceGroups/‹resourceGroup›/providers/";

    private Imports() {}

    static Imported read(String text) {
        return read(text, Map.of());
    }

    static Imported read(String text, Map<String, String> parameters) {
        return Importer.read(ImportRequest.of("-")
                .withStandardInput(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                .withParameters(parameters));
    }

    static Topology topology(String text) {
        return read(text).topology();
    }

    /** A deployment template with these top-level members, written with single quotes where JSON has double ones. */
    static String template(String members) {
        return json("{'$schema': 'https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#',"
                + " 'contentVersion': '1.0.0.0',\n" + members + "}");
    }

    /** JSON from a text in which `'` stands for `"` and `"` for `'`, so that expressions stay readable in Java. */
    static String json(String text) {
        StringBuilder swapped = new StringBuilder();
        for (char c : text.toCharArray()) swapped.append(c == '\'' ? '"' : c == '"' ? '\'' : c);
        return swapped.toString();
    }

    /** Every problem of a text that must not be accepted. */
    static List<String> problems(String text) {
        try {
            read(text);
        } catch (InputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
        throw new AssertionError("accepted: " + text);
    }

    static List<String> codes(Topology topology) {
        return topology.notices().stream().map(Notice::code).toList();
    }
}
