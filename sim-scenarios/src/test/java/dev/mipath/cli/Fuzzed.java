package dev.mipath.cli;

/** What must hold of every run: it was answered or refused (exit code 70 is a bug), and harms no terminal. */
final class Fuzzed {
    static final String SCENARIO = "scenario:redirect-range-closed";

    private Fuzzed() {}

    static void check(CommandRun run) {
        if (run.code() == ExitCode.BUG) throw new AssertionError(run.err());
        for (int i = 0; i < run.err().length(); i++) {
            char c = run.err().charAt(i);
            if (Character.isISOControl(c) && c != '\n')
                throw new AssertionError("a control character in: " + run.err());
        }
    }
}
