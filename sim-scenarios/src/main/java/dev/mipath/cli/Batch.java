package dev.mipath.cli;

import dev.mipath.explain.Safe;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Answers JSON Lines in their order, one at a time; memory does not grow with their number. */
final class Batch {
    private static final int BUFFER_BYTES = 1 << 16;

    /** A question has a dozen short members; what is longer than this is not one. */
    private static final int LINE_BYTES_MAX = 1 << 20;

    private static final int PROGRESS_EVERY = 1 << 17;

    private final Answerer answerer;
    private final Terminal terminal;
    private final AnswerLines answers;
    private final LineParser parser = new LineParser();
    private byte[] buffer = new byte[BUFFER_BYTES];
    private long lines;

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
        answers = new AnswerLines(terminal.out());
    }

    /** Answers every line of a file, or of standard input for {@code -}. */
    static int run(String file, Answerer answerer, Terminal terminal) throws IOException {
        try (InputStream in = open(file)) {
            return run(in, answerer, terminal);
        }
    }

    /** Answers every line of a stream. */
    static int run(InputStream in, Answerer answerer, Terminal terminal) throws IOException {
        return new Batch(answerer, terminal).run(in);
    }

    /** A file of questions, or standard input for {@code -}. */
    static InputStream open(String file) throws IOException {
        if (file.equals("-")) return System.in;
        if (Files.isDirectory(Path.of(file))) {
            throw new UsageException("`" + Safe.text(file) + "` is a folder (give the file with one question a line)");
        }
        return Files.newInputStream(Path.of(file));
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
        answers.flush();
        if (progress) terminal.progress("");
        long errors = answers.errors();
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
            answers.write(answerer.answer(parser));
        } catch (UsageException e) {
            parser.abandon();
            answers.refuse(e.getMessage());
        }
    }

    private void refuseOverlong() {
        lines++;
        answers.refuse("the line is longer than " + LINE_BYTES_MAX + " bytes");
    }

    private static boolean blank(byte b) {
        return b == ' ' || b == '\t' || b == '\r';
    }
}
