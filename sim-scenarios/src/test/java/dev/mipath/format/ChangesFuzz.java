package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.mipath.topology.Topology;

/** Bytes of any kind become changes to a topology or problems, never another exception. */
class ChangesFuzz {
    @FuzzTest(maxDuration = "10m")
    void changes(byte[] content) {
        try {
            assertThat(ChangeYaml.read(Fuzzed.FILE, content, new Topology.Builder().build()))
                    .isNotNull();
        } catch (InputException e) {
            e.problems().forEach(Fuzzed::check);
        }
    }
}
