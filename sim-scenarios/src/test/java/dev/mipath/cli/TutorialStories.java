package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every command of the tutorial is run, and what the tutorial shows of its answer is in the answer. */
@DisplayName("The tutorial")
class TutorialStories {
    private static final Path DOCS = SharedData.repository().resolve("docs");
    private static final String COMMAND = "    mipath ";

    @TempDir
    Path folder;

    @Test
    @DisplayName("shows what its commands answer")
    void commands() throws IOException {
        List<String> lines = Files.readAllLines(DOCS.resolve("tutorial.md"));
        int commands = 0;
        String answer = "";
        boolean shown = false;
        for (String line : lines) {
            if (line.startsWith(COMMAND)) {
                answer = run(line.substring(COMMAND.length()));
                commands++;
            } else if (line.equals("```")) {
                shown = !shown;
            } else if (shown && !line.isBlank()) {
                assertThat(answer).contains(line.strip());
            }
        }
        assertThat(commands).isEqualTo(8);
    }

    /** The answer, with files named as they are called from {@code docs/examples}. */
    private String run(String command) {
        String examples = DOCS.resolve("examples") + "/";
        List<String> words = new ArrayList<>();
        for (String word : command.split(" ", -1)) {
            boolean example = word.equals("case") || word.startsWith("case/") || word.equals("fix.json");
            words.add(
                    example
                            ? examples + word
                            : word.equals("case.yaml") ? folder.resolve(word).toString() : word);
        }
        CommandRun run = CommandRun.of(words.toArray(String[]::new));
        assertThat(run.code()).as(command + run.err()).isIn(0, 1, 3);
        return run.out().replace(examples, "");
    }
}
