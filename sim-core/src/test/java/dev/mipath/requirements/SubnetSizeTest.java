package dev.mipath.requirements;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.profile.Era;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The documents' own examples of how large a subnet has to be. */
class SubnetSizeTest {
    @Test
    @DisplayName("2020: three General Purpose and two Business Critical need 5 + 3 * 2 + 2 * 4 = 19, a /27")
    void of2020() {
        assertThat(SubnetSize.of(Era.Y2020).needed(3, 2, 0, 1)).isEqualTo(19);
        assertThat(SubnetSize.prefixLength(19)).isEqualTo(27);
        assertThat(SubnetSize.of(Era.MANUAL_2020)).isEqualTo(SubnetSize.Y2020);
        assertThat(SubnetSize.Y2020.least()).isEqualTo(16);
        assertThat(SubnetSize.Y2020.recommended()).isEqualTo(32);
    }

    @Test
    @DisplayName("2022: three General Purpose, two Business Critical and one configuration need 89, a /25")
    void of2022() {
        assertThat(SubnetSize.of(Era.Y2022).needed(3, 2, 0, 1)).isEqualTo(89);
        assertThat(SubnetSize.prefixLength(89)).isEqualTo(25);
        assertThat(SubnetSize.of(Era.NOVEMBER_2022)).isEqualTo(SubnetSize.Y2022);
    }

    @Test
    @DisplayName("now: three General Purpose, two Business Critical and one machine group need 45, a /26")
    void ofNow() {
        assertThat(SubnetSize.of(Era.CURRENT).needed(3, 2, 0, 1)).isEqualTo(45);
        assertThat(SubnetSize.prefixLength(45)).isEqualTo(26);
    }

    @Test
    @DisplayName(
            "Trap 32: the newest page's second example contradicts its own formula: it prints 69 where the formula gives 71")
    void theExampleThatContradictsItsFormula() {
        int byFormula = SubnetSize.CURRENT.needed(4, 3, 2, 2);
        assertThat(byFormula).isEqualTo(71).isNotEqualTo(69);
        // The page counts one zone-redundant instance of the two; the prefix is the same either way.
        assertThat(SubnetSize.CURRENT.needed(4, 3, 1, 2)).isEqualTo(69);
        assertThat(SubnetSize.prefixLength(69))
                .isEqualTo(SubnetSize.prefixLength(71))
                .isEqualTo(25);
    }

    @Test
    @DisplayName("The smallest prefix holds the addresses and no smaller one does")
    void prefixLengths() {
        for (int addresses = 1; addresses < 5_000; addresses++) {
            int length = SubnetSize.prefixLength(addresses);
            assertThat(1 << 32 - length).isGreaterThanOrEqualTo(addresses);
            assertThat(length == 32 || 1 << 32 - length - 1 < addresses).isTrue();
        }
    }
}
