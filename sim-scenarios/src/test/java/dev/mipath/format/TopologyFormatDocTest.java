package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("docs/topology-format.md")
class TopologyFormatDocTest {
    private static final String TEXT = text();
    private static final List<String> EXAMPLES = Pattern.compile("```yaml\n(.*?)```", Pattern.DOTALL)
            .matcher(TEXT)
            .results()
            .map((MatchResult found) -> found.group(1))
            .toList();

    private static String text() {
        try {
            return Files.readString(SharedData.repository().resolve("docs/topology-format.md"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    @DisplayName("shows a topology that is read, fits the schema and misses nothing")
    void example() {
        assertThat(Documents.topology(EXAMPLES.get(0)).topology().notices()).isEmpty();
        assertThat(Documents.againstSchema(EXAMPLES.get(0))).isEmpty();
    }

    @Test
    @DisplayName("shows expectations that are read")
    void expectations() {
        assertThat(Documents.topology(EXAMPLES.get(1)).expect()).hasSize(3);
        assertThat(Documents.againstSchema(EXAMPLES.get(1))).isEmpty();
    }

    @Test
    @DisplayName("shows changes that can be applied to its topology")
    void changes() {
        Topology topology = Documents.topology(EXAMPLES.get(0)).topology();
        assertThat(ChangeYaml.read("changes.yaml", Documents.bytes(EXAMPLES.get(2)), topology))
                .hasSize(2);
        assertThat(Documents.againstChangeSchema(EXAMPLES.get(2))).isEmpty();
    }

    @Test
    @DisplayName("shows a scenario that happens over time")
    void time() {
        TimeScript time = Documents.topology(EXAMPLES.get(3)).time();
        assertThat(time).isNotNull();
        assertThat(time == null ? 0 : time.workload().get(0).clients()).isEqualTo(50);
        assertThat(Documents.againstSchema(EXAMPLES.get(3))).isEmpty();
    }

    @Test
    @DisplayName("names every key of both schemas")
    void keys() {
        Set<String> keys = new TreeSet<>();
        for (String name : List.of("topology", "change")) {
            collect(JsonReader.read(name, Documents.bytes(Schemas.text(name))), keys);
        }
        assertThat(keys).contains("privateEndpointNetworkPolicies", "setDnsServers", "unknown");
        assertThat(keys.stream()
                        .filter(key -> !Pattern.compile("[`{ ]" + key + "[`:]")
                                .matcher(TEXT)
                                .find()))
                .isEmpty();
    }

    private static void collect(Node node, Set<String> keys) {
        if (node instanceof Node.Arr array) array.items().forEach(item -> collect(item, keys));
        if (!(node instanceof Node.Obj object)) return;
        for (Node.Member member : object.members()) {
            if (member.name().equals("properties") && member.value() instanceof Node.Obj properties) {
                properties.members().forEach(property -> keys.add(property.name()));
            }
            collect(member.value(), keys);
        }
    }
}
