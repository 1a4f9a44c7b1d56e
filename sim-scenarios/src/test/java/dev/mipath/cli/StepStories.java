package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Paging through the hops of a trace")
class StepStories {
    private static final String STEP = "trace scenario:redirect-range-closed --step";
    private static final Pattern HOP = Pattern.compile("^hop (\\d+) of (\\d+) {3}", Pattern.MULTILINE);
    private static final Pattern DECISION = Pattern.compile("^ {2}decision {4}(\\w+)$", Pattern.MULTILINE);
    private static final String END = "\u001b[F";

    static List<String> names() {
        return ScenarioLibrary.all(Scenario.Kind.STATIC).stream()
                .map(Scenario::name)
                .toList();
    }

    /** The numbers of the hops shown, in the order of showing. */
    private static List<Integer> shown(String keys) {
        return HOP.matcher(CommandRun.line(STEP, keys).out())
                .results()
                .map(hop -> Integer.parseInt(hop.group(1)))
                .toList();
    }

    @ParameterizedTest(name = "[{index}]")
    @DisplayName("goes on by n, space, Enter, arrow right or page down")
    @ValueSource(strings = {"n", " ", "\n", "\r", "\u001b[C", "\u001bOC", "\u001b[B", "\u001b[6~"})
    void next(String key) {
        assertThat(shown(key + key + "q")).containsExactly(1, 2, 3);
    }

    @ParameterizedTest(name = "[{index}]")
    @DisplayName("goes back by b, p, Backspace, arrow left or page up, and not before the first")
    @ValueSource(strings = {"b", "p", "\u007f", "\u001b[D", "\u001bOD", "\u001b[A", "\u001b[5~"})
    void back(String key) {
        assertThat(shown("nn" + key + key + key + "q")).containsExactly(1, 2, 3, 2, 1);
    }

    @ParameterizedTest(name = "[{index}]")
    @DisplayName("jumps to the first by g or Home, from the last by G or End")
    @ValueSource(strings = {"g", "\u001b[H", "\u001b[1~", "\u001bOH"})
    void jumps(String first) {
        assertThat(shown("nn" + first + "q")).containsExactly(1, 2, 3, 1);
        assertThat(shown("G" + first + "q")).isEqualTo(shown(END + first + "q")).containsExactly(1, 1);
    }

    @Test
    @DisplayName("ends with the verdict, however often one goes on")
    void endsWithTheVerdict() {
        String all = CommandRun.line(STEP, END + "nnnq").out();
        assertThat(all.lines().filter(line -> line.startsWith("BLOCKED"))).hasSize(1);
        assertThat(all)
                .endsWith("NSG_DENY_INBOUND  nsg-mi / deny_all_inbound (4096)   scenario:redirect-range-closed:120\n");
    }

    @ParameterizedTest(name = "[{index}]")
    @DisplayName("ends when the keys do, and passes over keys without a meaning")
    @ValueSource(strings = {"nq", "n", "xn\u001b", "n\u0004", "nqnnn", "\u001b[200zn"})
    void quits(String keys) {
        assertThat(shown(keys)).containsExactly(1, 2);
    }

    @Test
    @DisplayName("has the exit code of the trace")
    void exitCode() {
        CommandRun.line(STEP, "q").exits(ExitCode.NO);
        CommandRun.line("trace scenario:hub-spoke-redirect-works --step", "").exits(ExitCode.YES);
    }

    @ParameterizedTest(name = "{0}")
    @DisplayName("shows the very hops of the document, in its order, with its decisions")
    @MethodSource("names")
    void showsTheRecordedHops(String name) {
        List<String> decisions = new ArrayList<>();
        for (Node.Obj phase :
                Traced.items(Traced.scenario(name, "--format", "json").document(), "phases")) {
            for (String way : new String[] {"forward", "return"}) {
                Traced.items(phase, way).forEach(hop -> decisions.add(Traced.text(hop, "decision")));
            }
        }
        String pages = CommandRun.line("trace scenario:" + name + " --step", "n".repeat(200))
                .out();
        assertThat(DECISION.matcher(pages).results().map(found -> found.group(1)))
                .isEqualTo(decisions);
        List<MatchResult> hops = HOP.matcher(pages).results().toList();
        assertThat(hops).hasSize(decisions.size());
        assertThat(hops).allMatch(hop -> hop.group(2).equals(String.valueOf(decisions.size())));
    }

    @Test
    @DisplayName("shows what a ticket needs, word by word")
    void golden() throws IOException {
        CommandRun.line("trace scenario:nva-asymmetric-return --step", "n".repeat(200))
                .isGolden("step-nva.txt");
        CommandRun.line(STEP, "n".repeat(200)).isGolden("step-redirect.txt");
    }

    @Test
    @DisplayName("shows names from the input without their tricks")
    void hostileNames() {
        World world = World.usual().with("nsg-mi", "\"nsg\\u001b[2J\\u202emi\"");
        Path file = Traced.scratch(world.yaml());
        try {
            String pages = CommandRun.line("trace " + file + " --from app-vm --step", "n".repeat(80))
                    .out();
            assertThat(pages).contains("nsg\\u001b[2J\\u202emi on subnet").doesNotContain("\u001b", "\u202e");
        } finally {
            Traced.delete(file);
        }
    }

    @Test
    @DisplayName("wants text, and standard input for the keys")
    void refuses() {
        assertThat(CommandRun.line(STEP + " --format json", "")
                        .exits(ExitCode.USAGE)
                        .err())
                .contains("--step pages through text");
        assertThat(CommandRun.line("trace - --step", "").exits(ExitCode.USAGE).err())
                .contains("standard input cannot hold both");
    }

    @Test
    @DisplayName("takes a key a line where a terminal gives whole lines")
    void lines() throws IOException {
        InputStream keys =
                new BufferedInputStream(new ByteArrayInputStream("n\n\nb\nq\n".getBytes(StandardCharsets.US_ASCII)));
        List<Key> read = new ArrayList<>();
        while (read.isEmpty() || read.get(read.size() - 1) != Key.QUIT) read.add(Key.read(keys, true));
        assertThat(read).containsExactly(Key.NEXT, Key.NEXT, Key.BACK, Key.QUIT);
    }
}
