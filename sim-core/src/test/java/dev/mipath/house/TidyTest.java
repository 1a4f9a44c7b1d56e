package dev.mipath.house;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Tidy;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class TidyTest {
    @Test
    void sourcesAreTidy() {
        assertThat(Tidy.untidy(Path.of(""), true)).isEmpty();
    }
}
