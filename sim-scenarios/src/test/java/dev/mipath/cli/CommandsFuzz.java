package dev.mipath.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Whatever the user types or hands over is answered or refused; exit code 70 is a bug. */
class CommandsFuzz {
    private static final String SCENARIO = "scenario:redirect-range-closed";

    /** Lines of questions, or a flow log. */
    @FuzzTest(maxDuration = "10m")
    void flows(byte[] content) {
        check(CommandRun.line("test-ip-flow " + SCENARIO + " --flows -", new String(content, StandardCharsets.UTF_8)));
    }

    /** The end to reach and, after a line break, the one to come from: addresses, names, host names, ids. */
    @FuzzTest(maxDuration = "10m")
    void ends(byte[] content) {
        String[] ends = new String(content, StandardCharsets.UTF_8).split("\n", 2);
        String from = ends.length > 1 ? ends[1] : "app-vm";
        check(CommandRun.of("trace", SCENARIO, "--brief", "--to=" + ends[0], "--from=" + from));
    }

    private static void check(CommandRun run) {
        if (run.code() == ExitCode.BUG) throw new AssertionError(run.err());
        for (int i = 0; i < run.err().length(); i++) {
            char c = run.err().charAt(i);
            if (Character.isISOControl(c) && c != '\n')
                throw new AssertionError("a control character in: " + run.err());
        }
    }
}
