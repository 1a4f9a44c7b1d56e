package dev.mipath.format;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Documents of tests, read, and held against the published schemas by a validator that shares no code with us. */
final class Documents {
    private static final SchemaRegistry REGISTRY =
            SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12);
    private static final Schema TOPOLOGY = REGISTRY.getSchema(Schemas.text("topology"));
    private static final Schema CHANGE = REGISTRY.getSchema(Schemas.text("change"));

    private Documents() {}

    static byte[] bytes(String yaml) {
        return yaml.getBytes(StandardCharsets.UTF_8);
    }

    static TopologyDocument topology(String yaml) {
        return TopologyYaml.read("t.yaml", bytes(yaml));
    }

    /** What the reader says against a topology, one text a problem. */
    static List<String> problems(String yaml) {
        try {
            topology(yaml);
            return List.of();
        } catch (InputException e) {
            return e.problems().stream().map(Problem::toString).toList();
        }
    }

    /** What the schema says against a topology document. */
    static List<String> againstSchema(String yaml) {
        return against(TOPOLOGY, yaml);
    }

    /** What the schema says against a list of changes. */
    static List<String> againstChangeSchema(String yaml) {
        return against(CHANGE, yaml);
    }

    private static List<String> against(Schema schema, String yaml) {
        return schema.validate(json(YamlReader.read("t.yaml", bytes(yaml))), InputFormat.JSON).stream()
                .map(Object::toString)
                .toList();
    }

    /** The tree as JSON. */
    static String json(Node value) {
        if (value instanceof Node.Obj object) {
            return object.members().stream()
                    .map(member -> quoted(member.name()) + ":" + json(member.value()))
                    .collect(Collectors.joining(",", "{", "}"));
        }
        if (value instanceof Node.Arr array) {
            return array.items().stream().map(Documents::json).collect(Collectors.joining(",", "[", "]"));
        }
        if (value instanceof Node.Str text) return quoted(text.text());
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        return "null";
    }

    private static String quoted(String text) {
        // The validator's parser knows no lone surrogates; what stands for them makes no difference to a schema.
        return new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8)
                .chars()
                .mapToObj(c -> c < ' ' || c > '~' || c == '"' || c == '\\'
                        ? String.format("\\u%04x", c)
                        : Character.toString(c))
                .collect(Collectors.joining("", "\"", "\""));
    }
}
