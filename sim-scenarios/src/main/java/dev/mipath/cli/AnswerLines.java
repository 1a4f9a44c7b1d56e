package dev.mipath.cli;

import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes one answer a line, many at a time, and counts the questions that could not be answered. */
final class AnswerLines {
    private static final int BUFFER_BYTES = 1 << 16;

    private final PrintStream out;
    private final byte[] answers = new byte[BUFFER_BYTES];
    private int pending;
    private long errors;

    AnswerLines(PrintStream out) {
        this.out = out;
    }

    /** How many questions were refused. */
    long errors() {
        return errors;
    }

    /** Writes why a question cannot be answered, in its place. */
    void refuse(@Nullable String why) {
        errors++;
        String reason = Safe.text(String.valueOf(why));
        write(JsonText.line(Map.of("error", reason)).getBytes(StandardCharsets.UTF_8));
    }

    void write(byte[] answer) {
        if (pending + answer.length + 1 > answers.length) flush();
        if (answer.length + 1 > answers.length) {
            out.write(answer, 0, answer.length);
        } else {
            System.arraycopy(answer, 0, answers, pending, answer.length);
            pending += answer.length;
        }
        answers[pending++] = '\n';
    }

    void flush() {
        out.write(answers, 0, pending);
        pending = 0;
    }
}
