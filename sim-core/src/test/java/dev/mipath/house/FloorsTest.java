package dev.mipath.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Floors;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FloorsTest {
    @Test
    void roomsUseOnlyTheFloorsBelow() {
        assertThat(Floors.broken(Path.of("target/classes"), true)).isEmpty();
    }
}
