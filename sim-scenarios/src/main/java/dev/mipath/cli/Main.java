package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.format.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.List;

/** {@code mipath}: finds the command, reads its arguments, and turns what happens into an exit code. */
public final class Main {
    /*
     * A cold start is measured in what is loaded, so only the named command is, and picocli is not unless
     * the quick reader gives up: picocli's class files are of Java 5's format, which no class-data archive
     * takes, and reading them costs four times the start of the JVM. Help, usage errors and completion
     * are picocli's; QuickReaderLaws holds the two readers together.
     */
    private Main() {}

    public static void main(String[] args) {
        Terminal terminal = Terminal.ofProcess();
        int code = answer(args, terminal);
        System.exit(terminal.finish(code));
    }

    /** Answers one command line; everything it prints goes to the terminal. */
    static int answer(String[] args, Terminal terminal) {
        try {
            return run(args, terminal);
        } catch (Exception | Error e) {
            // Errors too: a stack that overflows is a bug like any other, and must not end in exit code 1.
            return ended(e, terminal, List.of(args).contains("--verbose"));
        }
    }

    /** Says on the terminal why there is no answer; a problem of the input, or else a bug. */
    static int ended(Throwable problem, Terminal terminal, boolean verbose) {
        if (problem instanceof InputException input) {
            input.problems().forEach(each -> terminal.error(each.toString()));
        } else if (problem instanceof OpenEnd open) {
            terminal.error("mipath: missing: " + Safe.text(open.getMessage()));
            return ExitCode.UNDETERMINED;
        } else if (problem instanceof UsageException usage) {
            terminal.error("mipath: " + Safe.text(usage.getMessage()));
        } else if (problem instanceof IOException io) {
            terminal.error("mipath: " + unreadable(io));
        } else if (problem instanceof UncheckedIOException wrapped && wrapped.getCause() != null) {
            terminal.error("mipath: " + unreadable(wrapped.getCause()));
        } else if (problem instanceof OutOfMemoryError) {
            terminal.error("mipath: the input does not fit into memory (give the part that matters, or more memory: "
                    + "JAVA_TOOL_OPTIONS=-Xmx4g)");
        } else {
            return bug(problem, terminal, verbose);
        }
        return ExitCode.USAGE;
    }

    private static int run(String[] args, Terminal terminal) throws Exception {
        if (args.length == 1 && (args[0].equals("--version") || args[0].equals("-V"))) {
            terminal.out().println(Version.line());
            return ExitCode.YES;
        }
        Subcommand named = args.length == 0 ? null : Subcommands.named(args[0]);
        if (named != null) {
            Arguments arguments = QuickReader.read(named.syntax(), args, 1);
            if (arguments != null) {
                return run(named, arguments, terminal);
            }
        }
        PicocliReader.Reading reading = PicocliReader.read(args, terminal);
        Subcommand understood = reading.command();
        return understood == null ? reading.code() : run(understood, reading.arguments(), terminal);
    }

    private static int run(Subcommand command, Arguments arguments, Terminal terminal) throws Exception {
        for (Positional positional : command.syntax().positionals()) {
            if (positional.mandatory() && arguments.list(positional.label()).isEmpty()) {
                throw new UsageException("missing " + positional.label() + " (" + positional.help() + ")");
            }
        }
        return command.run(arguments, terminal.configured(arguments));
    }

    private static String unreadable(IOException e) {
        if (e instanceof NoSuchFileException missing) {
            return "`" + missing.getFile() + "` does not exist (check the path)";
        }
        if (e instanceof FileSystemException file && file.getFile() != null) {
            String reason = file.getReason() == null ? "not accessible" : file.getReason();
            return "`" + file.getFile() + "` cannot be used: " + reason;
        }
        return e.getMessage() == null ? "reading or writing failed" : e.getMessage();
    }

    private static int bug(Throwable bug, Terminal terminal, boolean verbose) {
        StackTraceElement[] stack = bug.getStackTrace();
        terminal.error("mipath: internal error: " + bug + (stack.length == 0 ? "" : " at " + stack[0])
                + " (a bug: please report this line with the command and `mipath --version`; MIPATH_DEBUG=1"
                + " shows more)");
        if (verbose || System.getenv("MIPATH_DEBUG") != null) {
            bug.printStackTrace(terminal.err());
        }
        return ExitCode.BUG;
    }
}
