package dev.mipath.cli;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Answers typical command lines into the void, so that the build can archive the classes they load. */
final class Rehearsal {
    private Rehearsal() {}

    /** Takes the file with the command lines; an answer that is an error ends the build. */
    public static void main(String[] args) throws Exception {
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        Terminal terminal = Terminal.ofProcess();
        for (String line : Files.readAllLines(Path.of(args[0]))) {
            if (line.isBlank() || line.startsWith("#")) {
                continue;
            }
            int code = Main.answer(line.strip().split(" +", -1), new Terminal(nowhere, terminal.err()));
            if (code == ExitCode.USAGE || code == ExitCode.BUG) {
                terminal.error("rehearsal: `" + line + "` ended with exit code " + code);
                System.exit(code);
            }
        }
        System.exit(terminal.finish(ExitCode.YES));
    }
}
