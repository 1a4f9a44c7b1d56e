package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.InputException;
import dev.mipath.format.Problem;
import dev.mipath.topology.Place;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Terminal terminal = new Terminal(
            new PrintStream(out, true, StandardCharsets.UTF_8), new PrintStream(err, true, StandardCharsets.UTF_8));

    @ParameterizedTest
    @ValueSource(strings = {"--help", "-h", "help", "--quiet --help"})
    void helpIsAnAnswerAndNamesEveryCommand(String line) {
        assertThat(answer(line)).isEqualTo(ExitCode.YES);
        assertThat(text(out)).contains(Subcommands.NAMES).contains("Exit codes");
        assertThat(text(err)).isEmpty();
    }

    @Test
    void everyCommandHasHelpAndAKnownName() {
        for (String name : Subcommands.NAMES) {
            out.reset();
            assertThat(answer(name + " --help")).as(name).isEqualTo(ExitCode.YES);
            assertThat(text(out)).startsWith("Usage: mipath " + name).contains("--quiet", "--no-color");
            assertThat(answer("help " + name)).as(name).isEqualTo(ExitCode.YES);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--version", "-V", "generate-completion --version"})
    void versionIsAnAnswer(String line) {
        assertThat(answer(line)).isEqualTo(ExitCode.YES);
        assertThat(text(out)).startsWith("mipath ");
    }

    @Test
    void noCommandIsAUsageErrorThatShowsTheCommands() {
        assertThat(Main.answer(new String[0], terminal)).isEqualTo(ExitCode.USAGE);
        assertThat(text(out)).isEmpty();
        assertThat(text(err)).contains("generate-completion");
    }

    @Test
    void misspeltCommandIsAskedAbout() {
        assertThat(answer("generate-competion")).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("unknown command `generate-competion` (did you mean `generate-completion`");
    }

    @Test
    void misspeltOptionIsAskedAbout() {
        assertThat(answer("generate-completion --no-colour")).isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("unknown option `--no-colour` (did you mean `--no-color`?)");
        assertThat(text(out)).isEmpty();
    }

    @Test
    void completionNamesEveryCommand() {
        assertThat(answer("generate-completion")).isEqualTo(ExitCode.YES);
        assertThat(text(out)).contains(Subcommands.NAMES).contains("complete -F");
    }

    @Test
    void inputErrorsAreToldOneALine() {
        Place place = new Place("a.json", 3, "/x");
        InputException problem = new InputException(
                List.of(new Problem(place, "`x` is missing", "add it"), new Problem(place, "`y` is odd", "drop it")));

        assertThat(Main.ended(problem, terminal, false)).isEqualTo(ExitCode.USAGE);
        assertThat(text(err).lines())
                .containsExactly("a.json:3 at /x: `x` is missing (add it)", "a.json:3 at /x: `y` is odd (drop it)");
    }

    @Test
    void absentFileIsAnInputError() {
        assertThat(Main.ended(new NoSuchFileException("no.json"), terminal, false))
                .isEqualTo(ExitCode.USAGE);
        assertThat(text(err)).contains("`no.json` does not exist");
    }

    @Test
    void bugIsOneLineThatSaysHowToReportIt() {
        assertThat(Main.ended(new IllegalStateException("odd"), terminal, false))
                .isEqualTo(ExitCode.BUG);
        assertThat(text(err).lines()).singleElement().asString().contains("odd", "MainTest", "report", "MIPATH_DEBUG");
    }

    @Test
    void verboseBugShowsItsStack() {
        assertThat(Main.ended(new StackOverflowError(), terminal, true)).isEqualTo(ExitCode.BUG);
        assertThat(text(err)).contains("\tat ");
    }

    private int answer(String line) {
        return Main.answer(line.split(" ", -1), terminal);
    }

    private static String text(ByteArrayOutputStream bytes) {
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
