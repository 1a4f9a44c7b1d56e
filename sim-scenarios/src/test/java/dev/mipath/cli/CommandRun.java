package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What one command line came to, run in this process as {@code main} would.
 *
 * @param code the exit code
 * @param out what it answered
 * @param err what it said beside the answer
 */
record CommandRun(int code, String out, String err) {
    private static final Path GOLDEN = Path.of("src/test/resources/golden/cli");

    static CommandRun of(String... args) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        PrintStream answer = new PrintStream(out, false, StandardCharsets.UTF_8);
        int code = Main.answer(args, new Terminal(answer, new PrintStream(err, true, StandardCharsets.UTF_8)));
        answer.flush();
        return new CommandRun(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }

    /** The words of a command line parted by blanks. */
    static CommandRun line(String line) {
        return of(line.split(" +", -1));
    }

    /** With a text on standard input. */
    static CommandRun line(String line, String input) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(input.getBytes(StandardCharsets.UTF_8)));
        try {
            return line(line);
        } finally {
            System.setIn(before);
        }
    }

    /** Compares the answer with a file; {@code -Dgolden.update=true} rewrites the file, and git shows what changed. */
    CommandRun isGolden(String file) throws IOException {
        Path golden = GOLDEN.resolve(file);
        if (Boolean.getBoolean("golden.update")) Files.writeString(golden, out);
        assertThat(out)
                .as("to accept: mvn test -Dgolden.update=true, then read git diff")
                .isEqualTo(Files.readString(golden));
        return this;
    }

    CommandRun exits(int expected) {
        assertThat(code).as("exit code; stderr: %s", err).isEqualTo(expected);
        return this;
    }
}
