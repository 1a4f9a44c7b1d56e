package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Schemas;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@code trace} says of the built-in scenarios, word by word; {@code -Dgolden.update=true} writes it anew. */
@DisplayName("The story of each built-in scenario")
class TraceGoldenTest {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/trace");
    private static final int MARKDOWN_LINES_MAX = 25;
    private static final Map<String, Integer> CODES = Map.ofEntries(
            Map.entry("hub-spoke-redirect-works", ExitCode.YES),
            Map.entry("private-endpoint-past-firewall", ExitCode.YES),
            Map.entry("service-endpoint-source", ExitCode.YES),
            Map.entry("healthy-manual-2020", ExitCode.YES),
            Map.entry("healthy-service-aided", ExitCode.YES),
            Map.entry("not-delegated-subnet", ExitCode.YES),
            Map.entry("subnet-too-small", ExitCode.YES),
            Map.entry("shared-subnet", ExitCode.YES),
            Map.entry("nat-gateway-on-instance", ExitCode.YES),
            Map.entry("platform-dns-blocked", ExitCode.YES),
            Map.entry("service-endpoint-manual", ExitCode.YES),
            Map.entry("split-port-rules", ExitCode.YES),
            Map.entry("dependencies-reached", ExitCode.YES),
            Map.entry("linked-server-over-vpn", ExitCode.YES));
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("trace"));

    static List<String> names() {
        return ScenarioLibrary.all(Scenario.Kind.STATIC).stream()
                .map(Scenario::name)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void isToldWordByWord(String name) {
        Traced traced = Traced.scenario(name);
        assertThat(traced.err()).isEmpty();
        assertThat(traced.code()).isEqualTo(CODES.getOrDefault(name, ExitCode.NO));
        golden(name + ".txt", traced.out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void fitsATicket(String name) {
        Traced traced = Traced.scenario(name, "--format", "md");
        assertThat(traced.code()).isEqualTo(CODES.getOrDefault(name, ExitCode.NO));
        assertThat(traced.out().lines().count()).isLessThanOrEqualTo(MARKDOWN_LINES_MAX);
        golden(name + ".md", traced.out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void documentSatisfiesTheSchema(String name) {
        Traced traced = Traced.scenario(name, "--format", "json");
        assertThat(traced.code()).isEqualTo(CODES.getOrDefault(name, ExitCode.NO));
        assertThat(SCHEMA.validate(traced.out(), InputFormat.JSON)).isEmpty();
    }

    @Test
    @DisplayName("is also told as a document")
    void document() {
        golden(
                "redirect-range-closed.json",
                Traced.scenario("redirect-range-closed", "--format", "json").out());
    }

    @Test
    @DisplayName("is told hop by hop to who asks for more")
    void everyHop() {
        golden(
                "nva-asymmetric-return.full.txt",
                Traced.scenario("nva-asymmetric-return", "--verbose").out());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    void offeredFixesConnect(String name) {
        Fixes fixes = Fixes.of(Traced.scenario(name, "--format", "json"));
        if (fixes.changes().isEmpty()) return;
        Path changes = Traced.scratch(fixes.yaml());
        try {
            Traced mended = Traced.scenario(name, "--apply", changes.toString());
            assertThat(mended.code()).as(mended.out() + mended.err()).isEqualTo(ExitCode.YES);
        } finally {
            Traced.delete(changes);
        }
    }

    @Test
    @DisplayName("offers a fix wherever an edit of the network helps")
    void offers() {
        List<String> mended = names().stream()
                .filter(name -> !Fixes.of(Traced.scenario(name, "--format", "json"))
                        .changes()
                        .isEmpty())
                .toList();
        assertThat(mended)
                .containsExactlyInAnyOrder(
                        "redirect-range-closed",
                        "deny-all-above-probe",
                        "nva-asymmetric-return",
                        "peering-one-sided",
                        "on-premises-propagation-off",
                        "spoke-to-spoke",
                        "gateway-not-lent",
                        "management-broken-by-udr",
                        "forced-tunnelling-2020",
                        "two-instances-one-reachable",
                        "failover-other-region",
                        "management-rules-missing",
                        "replication-445-closed");
    }

    private static void golden(String file, String actual) {
        Path golden = GOLDEN.resolve(file);
        try {
            if (Boolean.getBoolean("golden.update")) {
                Files.createDirectories(GOLDEN);
                Files.writeString(golden, actual);
            }
            assertThat(actual).isEqualTo(Files.readString(golden));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
