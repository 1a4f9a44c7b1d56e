package dev.mipath.cli;

import dev.mipath.explain.Ink;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Where a command speaks: the answer to {@code out}, everything else to {@code err}, both in UTF-8. */
final class Terminal {
    private static final int BUFFER_BYTES = 1 << 16;

    private final PrintStream out;
    private final PrintStream err;
    private final @Nullable Sink sink;
    private final boolean quiet;
    private final boolean verbose;
    private final boolean plain;

    /** Speaks to two streams, without colour: what tests use. */
    Terminal(PrintStream out, PrintStream err) {
        this(out, err, null, false, false, true);
    }

    private Terminal(
            PrintStream out, PrintStream err, @Nullable Sink sink, boolean quiet, boolean verbose, boolean plain) {
        this.out = out;
        this.err = err;
        this.sink = sink;
        this.quiet = quiet;
        this.verbose = verbose;
        this.plain = plain;
    }

    /** The process's own two streams. */
    static Terminal ofProcess() {
        Sink sink = new Sink(new FileOutputStream(FileDescriptor.out));
        PrintStream out = new PrintStream(new BufferedOutputStream(sink, BUFFER_BYTES), false, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);
        return new Terminal(out, err, sink, false, false, false);
    }

    /** This terminal as {@code --quiet}, {@code --verbose} and {@code --no-color} ask for it. */
    Terminal configured(Arguments arguments) {
        return new Terminal(
                out,
                err,
                sink,
                arguments.has("--quiet"),
                arguments.has("--verbose"),
                plain || arguments.has("--no-color"));
    }

    /** The answer; buffered, flushed when the command has ended. */
    PrintStream out() {
        return out;
    }

    /** Notes, progress, warnings and errors. */
    PrintStream err() {
        return err;
    }

    /** Says something beside the answer, unless asked to be quiet. */
    void note(String line) {
        if (!quiet) {
            err.println(line);
        }
    }

    /** Says something only those want to know who asked for more. */
    void detail(String line) {
        if (verbose) {
            err.println(line);
        }
    }

    /** Says why there is no answer. */
    void error(String line) {
        out.flush();
        err.println(line);
    }

    /** Whether every detail was asked for. */
    boolean verbose() {
        return verbose;
    }

    /** The colours of the answer. */
    Ink ink() {
        return colour() ? Ink.COLOUR : Ink.PLAIN;
    }

    /** Whether a person watches notes and progress. */
    boolean watched() {
        return !quiet && !plain && interactive();
    }

    /** Whether a person sits at both ends: reads the answer and presses keys. */
    boolean isPerson() {
        return sink != null && interactive();
    }

    /** Says how far a long run is, over what was said before; an empty text wipes it away. */
    void progress(String text) {
        err.print("\r" + text + "\u001b[K");
        err.flush();
    }

    /** Whether the answer may be coloured; looked up when asked, because the look costs time. */
    boolean colour() {
        if (plain || nonEmpty("NO_COLOR") || "dumb".equals(System.getenv("TERM"))) {
            return false;
        }
        return interactive();
    }

    /** Since JDK 22 the default console is a line editor: slow, and there even when output is a file; ask for the other. */
    @SuppressWarnings("SystemConsoleNull") // the console of java.base is null unless interactive, in every JDK
    private static boolean interactive() {
        System.setProperty("jdk.console", "java.base");
        return System.console() != null;
    }

    /** Flushes the answer; an answer that could not be written is an error, a closed pipe is not. */
    int finish(int code) {
        out.flush();
        err.flush();
        if (sink != null && sink.failure != null) {
            err.println("mipath: the answer could not be written: " + sink.failure);
            return ExitCode.USAGE;
        }
        return code;
    }

    private static boolean nonEmpty(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isEmpty();
    }

    /** Remembers why writing failed, which {@link PrintStream} forgets. */
    private static final class Sink extends FilterOutputStream {
        private @Nullable String failure;

        Sink(OutputStream to) {
            super(to);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            try {
                out.write(bytes, offset, length);
            } catch (IOException e) {
                String reason = String.valueOf(e.getMessage());
                if (!reason.contains("Broken pipe")) {
                    failure = reason;
                }
                throw e;
            }
        }
    }
}
