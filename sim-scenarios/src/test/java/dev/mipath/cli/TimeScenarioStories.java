package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A built-in situation in time")
class TimeScenarioStories {
    private static final String MILLION = "million-clients";

    @TempDir
    private Path folder = Path.of("");

    /** All but the one whose size is its lesson; it is played smaller below. */
    static List<String> names() {
        return ScenarioLibrary.all(Scenario.Kind.TIME).stream()
                .map(Scenario::name)
                .filter(name -> !name.equals(MILLION))
                .toList();
    }

    private static String text(String name) {
        return new String(ScenarioLibrary.named(name).orElseThrow().content(), StandardCharsets.UTF_8);
    }

    private String changed(String name, String part, String other) throws IOException {
        String text = text(name);
        assertThat(text).contains(part);
        Path file = folder.resolve(name + ".yaml");
        return Files.writeString(file, text.replace(part, other)).toString();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("names")
    @DisplayName("comes out as its story tells")
    void holds(String name) {
        CommandRun run = CommandRun.line("scenarios run " + name).exits(ExitCode.YES);
        assertThat(run.out()).contains("figures as expected").doesNotContain("✗");
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "login-hangs-21s",
                "failover-cached-dns",
                "management-harmed",
                "create-fails-on-rule",
                "policy-refuses"
            })
    @DisplayName("is told word by word")
    void golden(String name) throws IOException {
        CommandRun.line("simulate scenario:" + name + " --seed 1")
                .exits(ExitCode.YES)
                .isGolden("simulate-" + name + ".txt");
    }

    @Test
    @DisplayName("with a million clients is the same with twenty thousand")
    void fewerClients() throws IOException {
        String file = changed(MILLION, "1000000", "20000");
        CommandRun run = CommandRun.line("scenarios run " + file).exits(ExitCode.YES);
        assertThat(run.out()).contains("outcomes     20000 connected");
        assertThat(text(MILLION)).contains("clients: 1000000");
    }

    @Test
    @DisplayName("that comes out otherwise says so, as text and as JSON")
    void otherwise() throws IOException {
        String file = changed("crl-revoked", "- {at: 28s, revoke: mi-prod}", "- {at: 28s, renew: mi-prod}");
        assertThat(CommandRun.line("scenarios run " + file).exits(ExitCode.NO).out())
                .contains("✗ symptoms.cut 0, expected 3")
                .contains("of 4 figures as expected");
        assertThat(CommandRun.line("scenarios run " + file + " --format json")
                        .exits(ExitCode.NO)
                        .out())
                .contains("\"holds\" : false");
    }
}
