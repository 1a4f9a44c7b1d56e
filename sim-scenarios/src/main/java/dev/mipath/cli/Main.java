package dev.mipath.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;

/** {@code mipath}: the entry point of the command line. */
@Command(name = "mipath", mixinStandardHelpOptions = true, description = "Follows a packet to a managed instance.")
public final class Main {
    Main() {}

    public static void main(String[] args) {
        System.exit(new CommandLine(new Main()).execute(args));
    }
}
