package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The times of facts and kernel sources, written out. */
@DisplayName("the SYNs of")
class SynProfileTest {
    @Test
    @DisplayName("Windows leave at 0, 3 and 9 s, and it gives up at 21 s")
    void windows() {
        assertThat(seconds(SynProfile.WINDOWS)).containsExactly(0L, 3L, 9L, 21L);
    }

    @Test
    @DisplayName("Linux before 6.5 leave at 0, 1, 3, 7, 15, 31 and 63 s, and it gives up at 127 s")
    void linux() {
        assertThat(seconds(SynProfile.LINUX)).containsExactly(0L, 1L, 3L, 7L, 15L, 31L, 63L, 127L);
    }

    @Test
    @DisplayName("Linux since 6.5 leave at 0, 1, 2, 3, 4, 5, 7, 11, 19, 35 and 67 s, and it gives up at 131 s")
    void linuxSince65() {
        assertThat(seconds(SynProfile.LINUX_6_5)).containsExactly(0L, 1L, 2L, 3L, 4L, 5L, 7L, 11L, 19L, 35L, 67L, 131L);
    }

    private static List<Long> seconds(SynProfile profile) {
        return IntStream.rangeClosed(0, profile.syns())
                .mapToObj(n -> profile.offset(n) / 1_000_000_000L)
                .toList();
    }
}
