package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Pictures")
class DrawStories {
    private static final String SCENARIO = "scenario:redirect-range-closed";
    /** What a text between quotes may hold; every quote and backslash in it is escaped. */
    private static final Pattern QUOTED = Pattern.compile("\"(?:[^\"\\\\]|\\\\.)*\"");

    private static final Pattern MERMAID_LINE =
            Pattern.compile("^(%% [^\"]*|flowchart TB| +(subgraph g\\d+\\[\"[^\"]*\"]|direction (LR|TB)|end"
                    + "|[n]\\d+(\\[\"[^\"]*\"]|\\(\"[^\"]*\"\\)|\\[\\[\"[^\"]*\"]]|\\(\\[\"[^\"]*\"]\\))|[ng]\\d+"
                    + " (-->|-\\.->|==>|---|-\\.-)(\\|\"[^\"]*\"\\|)? [ng]\\d+|classDef [\\w ,:#-]+|class [ng]\\d+"
                    + " \\w+))$");

    static List<String> names() {
        return ScenarioLibrary.all(Scenario.Kind.STATIC).stream()
                .map(Scenario::name)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("of the specification's three diagrams and the topology are drawn word by word")
    @ValueSource(strings = {"topology", "entities", "high-level", "virtual-cluster"})
    void golden(String view) throws IOException {
        String line = "draw " + SCENARIO + " --view " + view;
        CommandRun.line(line).exits(ExitCode.YES).isGolden("draw-" + view + ".dot");
        CommandRun.line(line + " --format text").exits(ExitCode.YES).isGolden("draw-" + view + ".txt");
    }

    @Test
    @DisplayName("of a trace are drawn word by word, and have its exit code")
    void traced() throws IOException {
        CommandRun.line("trace " + SCENARIO + " --format dot")
                .exits(ExitCode.NO)
                .isGolden("trace-redirect.dot");
        CommandRun.line("trace " + SCENARIO + " --format mermaid")
                .exits(ExitCode.NO)
                .isGolden("trace-redirect.mmd");
        CommandRun.line("trace scenario:hub-spoke-redirect-works --format dot").exits(ExitCode.YES);
    }

    @Test
    @DisplayName("in the documentation are those that the program draws")
    void documented() throws IOException {
        String drawn = CommandRun.line("draw " + SCENARIO + " --view virtual-cluster --format mermaid")
                .out();
        assertThat(Files.readString(Path.of("../docs/cli.md"))).contains("```mermaid\n" + drawn + "```\n");
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("mark every blocker")
    @MethodSource("names")
    void blockers(String name) {
        boolean works = Traced.scenario(name).code() == ExitCode.YES;
        String dot = Traced.scenario(name, "--format", "dot").out();
        String mermaid = Traced.scenario(name, "--format", "mermaid").out();
        assertThat(mermaid.contains(" bad\n")).isEqualTo(!works);
        if (works) assertThat(dot).doesNotContain("#cf222e");
        // Where the client's own platform or its own group stops the first packet, no part of the way is good.
        String told = Traced.scenario(name).out();
        boolean leaves = !Pattern.compile("  CLIENT_(OUTSIDE_VNET|ROUTE_MISSING|KIND_CANNOT)")
                        .matcher(told)
                        .find()
                && !told.contains("blocker 1  NSG_DENY_OUTBOUND  nsg-mi");
        assertThat(dot.contains("#1a7f37")).isEqualTo(leaves);
        if (!leaves || name.startsWith("firewall-") || name.startsWith("admin-"))
            assertThat(dot).contains("#cf222e");
        wellFormed(dot, mermaid);
    }

    private static void wellFormed(String dot, String mermaid) {
        String bare = QUOTED.matcher(dot).replaceAll("T");
        assertThat(bare).doesNotContain("\"");
        assertThat(bare.chars().filter(c -> c == '{').count())
                .isEqualTo(bare.chars().filter(c -> c == '}').count());
        assertThat(mermaid.lines()).allMatch(line -> MERMAID_LINE.matcher(line).matches());
    }

    @Test
    @DisplayName("show names from the input as text, whatever they hold")
    void hostile() {
        String name = "a\\\"]; b --> c %%{init}%% <script>#quot;`|\\\\ \\u001b[2J \\u202e end";
        World world =
                World.usual().redirect().with("nsg-mi", "\"" + name + "\"").with("app-vm", "\"" + name + "2\"");
        Path file = Traced.scratch(world.yaml());
        try {
            List<String> dots = new ArrayList<>();
            List<String> charts = new ArrayList<>();
            for (String view : new String[] {"topology", "entities", "high-level", "virtual-cluster"}) {
                dots.add(CommandRun.of("draw", file.toString(), "--view", view)
                        .exits(ExitCode.YES)
                        .out());
                charts.add(CommandRun.of("draw", file.toString(), "--view", view, "--format", "mermaid")
                        .exits(ExitCode.YES)
                        .out());
                assertThat(CommandRun.of("draw", file.toString(), "--view", view, "--format", "text")
                                .out())
                        .doesNotContain("\u001b", "\u202e");
            }
            dots.add(Traced.ask(List.of(file.toString(), "--format", "dot", "--from", "10.1.0.4"))
                    .out());
            charts.add(Traced.ask(List.of(file.toString(), "--format", "mermaid", "--from", "10.1.0.4"))
                    .out());
            for (int i = 0; i < dots.size(); i++) {
                wellFormed(dots.get(i), charts.get(i));
                assertThat(dots.get(i) + charts.get(i)).doesNotContain("\u001b", "\u202e");
                assertThat(charts.get(i)).doesNotContain("%%{", "<script", "`");
            }
            assertThat(charts.get(charts.size() - 1)).contains("#60;script#62;");
        } finally {
            Traced.delete(file);
        }
    }

    @Test
    @DisplayName("show no management endpoint where the era has none (4.27)")
    void eras() {
        String line = "draw " + SCENARIO + " --view virtual-cluster --format text";
        assertThat(CommandRun.line(line).out()).contains("management endpoint", "built-in firewall", "TCP 11000");
        assertThat(CommandRun.line(line + " --profile current").out())
                .contains("TCP 1433")
                .doesNotContain("management", "firewall", "11000");
    }

    @Test
    @DisplayName("show gateways, sites and broken peerings")
    void sites() {
        World world = World.usual()
                .withSite()
                .with("remoteVnet: vnet-hub, state: Connected", "remoteVnet: vnet-hub, state: Disconnected");
        Path file = Traced.scratch(world.yaml());
        try {
            assertThat(CommandRun.of("draw", file.toString(), "--format", "text")
                            .out())
                    .contains("gateway vgw   Vpn", "site head-office   192.168.0.0/16")
                    .contains("gateway vgw → site head-office   connection to-office", "spoke-to-hub; Disconnected");
            String dot = CommandRun.of("draw", file.toString()).out();
            assertThat(dot.lines().filter(line -> line.contains("Disconnected")))
                    .allMatch(line -> line.contains("#cf222e"));
        } finally {
            Traced.delete(file);
        }
    }

    @Test
    @DisplayName("need an instance, or the view of the topology")
    void refuses() {
        assertThat(CommandRun.line("draw src/test/resources/cases/contoso.yaml --view entities")
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("--view topology");
        CommandRun.line("draw src/test/resources/cases/contoso.yaml").exits(ExitCode.YES);
        CommandRun.line("trace " + SCENARIO + " --against current --format dot").exits(ExitCode.USAGE);
    }
}
