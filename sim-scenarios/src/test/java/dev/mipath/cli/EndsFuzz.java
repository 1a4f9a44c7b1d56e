package dev.mipath.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** The end to reach and, after a line break, the one to come from: addresses, names, host names, ids. */
class EndsFuzz {
    @FuzzTest(maxDuration = "10m")
    void ends(byte[] content) {
        String[] ends = new String(content, StandardCharsets.UTF_8).split("\n", 2);
        String from = ends.length > 1 ? ends[1] : "app-vm";
        Fuzzed.check(CommandRun.of("trace", Fuzzed.SCENARIO, "--brief", "--to=" + ends[0], "--from=" + from));
    }
}
