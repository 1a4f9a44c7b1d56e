package dev.mipath.cli;

/** One command: what it accepts, and what it does with it. Parses, calls one method below and prints. */
interface Subcommand {
    /** What the command accepts; both readers and the help are made from it. */
    Syntax syntax();

    /** Answers; the exit code is the verdict ({@link ExitCode}). */
    int run(Arguments arguments, Terminal terminal) throws Exception;
}
