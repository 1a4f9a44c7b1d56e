package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.google.common.collect.ImmutableMap;
import dev.mipath.format.InputException;
import dev.mipath.format.TopologyYaml;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file of the recorded data is imported, or refused for the reason that stands here. */
@DisplayName("Every recorded file")
class SharedFilesTest {
    private static final String ABSENT = "(no shared data)";

    /** Files that are refused, by pattern, and the reason a user must be given. What no pattern names is imported. */
    private static final ImmutableMap<String, String> REFUSED = ImmutableMap.<String, String>builder()
            .put(".*MANIFEST\\.md", "neither JSON nor YAML of a known shape")
            .put("answers-rest/EffectiveNsg\\.json", "do not say of which NSG and NIC")
            .put("answers-rest/NetworkConfigurationDiagnostic\\.json", "an answer about one flow")
            .put(
                    "arm-quickstart/.*\\.parameters\\.json",
                    "a parameters file, and no template of the input declares all")
            .put("bicep/.*", "Bicep, which is not read (run `bicep build`")
            .put(
                    "flowlogs/(flowlog_tmp|sample_nsg_flowlogs|sample_vnet_flowlog)\\.json",
                    "a flow log, which asks and does not describe")
            .put("flowlogs/sample_azfw_logs\\.json", "a firewall's diagnostic log")
            .put("recordings/cli-nw-.*request\\.json", "a question to Network Watcher")
            .put("recordings/cli-nw-topology-32\\.response\\.json", "a Network Watcher topology")
            .put("recordings/cli-nw-.*response\\.json", "an answer about one flow")
            .put("recordings-mi/errors/.*", "an error that a deployment ended with")
            .put("recordings-mi/nw/.*", "an answer about one flow")
            .put("rest-examples-network/NetworkWatcherTopologyGet\\.json", "a Network Watcher topology")
            .put(
                    "rest-examples-network/NetworkWatcher(ConnectivityCheck|IpFlowVerify|NetworkConfigurationDiagnostic"
                            + "|NextHopGet)\\.json",
                    "an answer about one flow")
            .put("terraform/.*\\.tf", "Terraform source, which is not read")
            .buildOrThrow();

    static List<String> files() throws IOException {
        Path root = SharedData.root().map(data -> data.resolve("azure")).orElse(null);
        if (root == null) return List.of(ABSENT);
        try (Stream<Path> files = Files.walk(root)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("files")
    void isImportedOrRefusedForTheRightReason(String file) {
        assumeTrue(!file.equals(ABSENT), "skipped: ../shared/data is not on this machine");
        ImportRequest request =
                ImportRequest.of(SharedData.require("azure").resolve(file).toString());
        String reason = reason(file);
        if (reason == null) {
            Imported imported = Importer.read(request);
            imported.topology()
                    .notices()
                    .forEach(notice -> assertThat(notice.text())
                            .as("a clause")
                            .matches("(?s)(NIC |[a-zA`]).*[^.]")
                            .doesNotContain("null"));
        } else {
            assertThatExceptionOfType(InputException.class)
                    .isThrownBy(() -> Importer.read(request))
                    .satisfies(e ->
                            assertThat(e.problems()).singleElement().asString().contains(reason));
        }
    }

    static List<String> importedFiles() throws IOException {
        return files().stream().filter(file -> reason(file) == null).toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("importedFiles")
    @DisplayName("that is imported, written as a topology of our own and read again gives the same facts")
    void survivesOurOwnFormat(String file) {
        assumeTrue(!file.equals(ABSENT), "skipped: ../shared/data is not on this machine");
        Topology first = Importer.read(ImportRequest.of(
                        SharedData.require("azure").resolve(file).toString()))
                .topology();
        String written = TopologyYaml.write(first);
        Topology again = TopologyYaml.read("again.yaml", written.getBytes(StandardCharsets.UTF_8))
                .topology();
        assertThat(SameFacts.in(first, again)).as(written).isTrue();
    }

    private static @Nullable String reason(String file) {
        for (var refused : REFUSED.entrySet()) if (Pattern.matches(refused.getKey(), file)) return refused.getValue();
        return null;
    }
}
