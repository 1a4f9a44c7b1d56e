package dev.mipath.cli;

import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Answers JSON Lines in their order, one at a time; memory does not grow with their number. */
final class Batch {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A question has a dozen short members; what is longer than this is not one. */
    private static final int LINE_BYTES_MAX = 1 << 20;

    private static final int PROGRESS_EVERY = 1 << 17;

    private final Answerer answerer;
    private final Terminal terminal;
    private final PrintStream out;
    private final LineParser parser = new LineParser();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] answers = new byte[BUFFER_BYTES];
    private int pending;
    private long lines;
    private long errors;

    /** Reads one question and answers it. */
    interface Answerer {
        /**
         * The answer, without a line end.
         *
         * @param line stands before the first member of the question
         */
        byte[] answer(LineParser line);
    }

    private Batch(Answerer answerer, Terminal terminal) {
        this.answerer = answerer;
        this.terminal = terminal;
        this.out = terminal.out();
    }

    /** Answers every line of a file, or of standard input for {@code -}. */
    static int run(String file, Answerer answerer, Terminal terminal) throws IOException {
        if (Files.isDirectory(Path.of(file))) {
            throw new UsageException("`" + Safe.text(file) + "` is a folder (give the file with one question a line)");
        }
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return new Batch(answerer, terminal).run(in);
        }
    }

    private int run(InputStream in) throws IOException {
        boolean progress = terminal.watched();
        int start = 0;
        int end = 0;
        int searched = 0;
        boolean overlong = false;
        while (true) {
            int newline = searched;
            while (newline < end && buffer[newline] != '\n') newline++;
            if (newline < end) {
                if (overlong) refuseOverlong();
                else line(start, newline);
                overlong = false;
                if (progress && lines % PROGRESS_EVERY == 0) terminal.progress(lines + " lines");
                start = newline + 1;
                searched = start;
                continue;
            }
            if (start > 0) {
                System.arraycopy(buffer, start, buffer, 0, end - start);
                end -= start;
                start = 0;
            }
            searched = end;
            if (end == buffer.length) {
                if (end >= LINE_BYTES_MAX) {
                    // The rest of the line is read and forgotten; the lines behind it are answered.
                    overlong = true;
                    end = 0;
                    searched = 0;
                } else {
                    buffer = Arrays.copyOf(buffer, end * 2);
                }
            }
            int read = in.read(buffer, end, buffer.length - end);
            if (read < 0) break;
            end += read;
        }
        if (overlong) refuseOverlong();
        else line(start, end);
        flush();
        if (progress) terminal.progress("");
        if (errors == 0) return ExitCode.YES;
        terminal.note(errors + " of " + lines + (errors == 1 ? " lines was" : " lines were")
                + " no question that can be answered; each has its `error` in place");
        return ExitCode.USAGE;
    }

    /**
     * The error for a question that lacks members.
     *
     * @param needed the members it must have
     * @param given a bit for each it has
     */
    static UsageException missing(String[] needed, int given) {
        StringBuilder names = new StringBuilder();
        for (int i = 0; i < needed.length; i++) {
            if ((given & 1 << i) != 0) continue;
            names.append(names.length() == 0 ? "`" : ", `").append(needed[i]).append('`');
        }
        return new UsageException("missing " + names);
    }

    private void line(int start, int end) {
        int last = end;
        while (last > start && blank(buffer[last - 1])) last--;
        if (last == start) return;
        lines++;
        if (last == buffer.length) buffer = Arrays.copyOf(buffer, last + 1);
        // The line end is fed too: it closes what a broken line leaves open, so that no line spoils the next.
        buffer[last] = '\n';
        try {
            parser.begin(buffer, start, last + 1);
            write(answerer.answer(parser));
        } catch (UsageException e) {
            parser.abandon();
            refuse(e.getMessage());
        }
    }

    private void refuseOverlong() {
        lines++;
        refuse("the line is longer than " + LINE_BYTES_MAX + " bytes");
    }

    private void refuse(@Nullable String why) {
        errors++;
        String reason = Safe.text(String.valueOf(why));
        write(JsonText.line(Map.of("error", reason)).getBytes(StandardCharsets.UTF_8));
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }

    private void write(byte[] answer) {
        if (pending + answer.length + 1 > answers.length) flush();
        if (answer.length + 1 > answers.length) {
            out.write(answer, 0, answer.length);
        } else {
            System.arraycopy(answer, 0, answers, pending, answer.length);
            pending += answer.length;
        }
        answers[pending++] = '\n';
    }

    private void flush() {
        out.write(answers, 0, pending);
        pending = 0;
    }
}
