package dev.mipath.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

class SharedDataTest {
    @Test
    void repositoryHoldsThisModule() {
        assertThat(SharedData.repository().resolve("sim-core/pom.xml")).matches(Files::isRegularFile);
    }

    @Test
    void absentDataSkipsTheTestAndSaysWhich() {
        assertThatThrownBy(() -> SharedData.require("no/such/file"))
                .isInstanceOf(TestAbortedException.class)
                .hasMessageContaining("no/such/file");
    }
}
