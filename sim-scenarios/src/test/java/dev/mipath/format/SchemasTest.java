package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class SchemasTest {
    @Test
    void everySchemaIsNamed() {
        assertThat(Schemas.names())
                .containsExactly("topology", "change", "trace", "feature", "doctor", "change-answer", "flows");
        assertThatThrownBy(() -> Schemas.text("topologies"))
                .hasMessage(
                        "there is no schema `topologies` (there is topology, change, trace, feature, doctor, change-answer, flows)");
    }

    @Test
    void schemasDescribeThemselves() {
        for (String name : Schemas.names()) {
            Node.Obj schema = (Node.Obj) JsonReader.read(name, Documents.bytes(Schemas.text(name)));
            assertThat(schema.get("$schema"))
                    .extracting(Documents::json)
                    .isEqualTo("\"https://json-schema.org/draft/2020-12/schema\"");
            assertThat(schema.get("title")).isNotNull();
        }
    }

    /** Each schema must stand alone in a file, so what they share is in both; it must be the same in both. */
    @Test
    void whatTheSchemasShareIsTheSame() {
        Node.Obj topology = definitions("topology");
        for (Node.Member definition : definitions("change").members()) {
            if (definition.name().equals("change")) continue;
            Node other = topology.get(definition.name());
            assertThat(other).as(definition.name()).isNotNull();
            assertThat(List.of(Documents.json(definition.value())))
                    .as(definition.name())
                    .containsExactly(other == null ? "" : Documents.json(other));
        }
    }

    private static Node.Obj definitions(String name) {
        Node.Obj schema = (Node.Obj) JsonReader.read(name, Documents.bytes(Schemas.text(name)));
        Node definitions = schema.get("$defs");
        assertThat(definitions).isInstanceOf(Node.Obj.class);
        return (Node.Obj) (definitions == null ? schema : definitions);
    }
}
