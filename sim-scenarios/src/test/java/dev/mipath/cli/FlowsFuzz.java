package dev.mipath.cli;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.charset.StandardCharsets;

/** Lines of questions, or a flow log, are answered or refused. */
class FlowsFuzz {
    @FuzzTest(maxDuration = "10m")
    void flows(byte[] content) {
        String text = new String(content, StandardCharsets.UTF_8);
        Fuzzed.check(CommandRun.line("test-ip-flow " + Fuzzed.SCENARIO + " --flows -", text));
    }
}
