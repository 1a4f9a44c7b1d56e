package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LpmTableTest {
    @Test
    void emptyTableMatchesNothing() {
        LpmTable table = new LpmTable.Builder().build();
        assertThat(table.match(0)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(-1)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(0, 0)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(-1, -1)).isEqualTo(LpmTable.NONE);
    }

    @Test
    void wholeSpaceMatchesEverything() {
        LpmTable table =
                new LpmTable.Builder().add(0, -1, 7).add(0, 0, -1, -1, 8).build();
        assertThat(new int[] {table.match(0), table.match(0x7FFF_FFFF), table.match(0x8000_0000), table.match(-1)})
                .containsOnly(7);
        assertThat(new int[] {table.match(0, 0), table.match(-1, -1), table.match(Long.MIN_VALUE, 5)})
                .containsOnly(8);
    }

    @Test
    void edgesOfRangesAreIncludedAndOrderIsUnsigned() {
        LpmTable table = new LpmTable.Builder()
                .add(0xC0A8_0000, 0xC0A8_FFFF, 2)
                .add(0x0A00_0000, 0x0A00_00FF, 1)
                .add(0x0A00_0100, 0x0A00_0100, 3)
                .build();
        assertThat(table.match(0x09FF_FFFF)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(0x0A00_0000)).isEqualTo(1);
        assertThat(table.match(0x0A00_00FF)).isEqualTo(1);
        assertThat(table.match(0x0A00_0100)).isEqualTo(3);
        assertThat(table.match(0x0A00_0101)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(0xC0A8_FFFF)).isEqualTo(2);
        assertThat(table.match(0xC0A9_0000)).isEqualTo(LpmTable.NONE);
    }

    @Test
    void sixCrossesTheHalves() {
        LpmTable table =
                new LpmTable.Builder().add(1, -1, 2, 0, 4).add(2, 1, 2, 1, 5).build();
        assertThat(table.match(1, -2)).isEqualTo(LpmTable.NONE);
        assertThat(table.match(1, -1)).isEqualTo(4);
        assertThat(table.match(2, 0)).isEqualTo(4);
        assertThat(table.match(2, 1)).isEqualTo(5);
        assertThat(table.match(2, 2)).isEqualTo(LpmTable.NONE);
    }

    @Test
    void refusesOverlapsEmptyRangesAndNegativeValues() {
        LpmTable.Builder overlap = new LpmTable.Builder().add(5, 9, 0).add(9, 12, 1);
        assertThatThrownBy(overlap::build).isInstanceOf(IllegalArgumentException.class);
        LpmTable.Builder twiceTheEnd = new LpmTable.Builder().add(5, -1, 0).add(-1, -1, 0);
        assertThatThrownBy(twiceTheEnd::build).isInstanceOf(IllegalArgumentException.class);
        LpmTable.Builder six = new LpmTable.Builder().add(0, 5, -1, -1, 0).add(-1, -1, -1, -1, 1);
        assertThatThrownBy(six::build).isInstanceOf(IllegalArgumentException.class);
        LpmTable.Builder builder = new LpmTable.Builder();
        assertThatThrownBy(() -> builder.add(-1, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(-1, 0, 0, 0, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> builder.add(0, 0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void prefixesAreRefusedForHostBitsLengthsAndNegativeValues() {
        Prefixes prefixes = new Prefixes();
        for (long[] bad : new long[][] {{0, -1}, {0, 33}, {1, 31}, {0x0A00_0001, 24}, {Integer.MIN_VALUE, 0}}) {
            assertThatThrownBy(() -> prefixes.add((int) bad[0], (int) bad[1], 1))
                    .as("%x/%d", bad[0], bad[1])
                    .isInstanceOf(IllegalArgumentException.class);
        }
        long[][] sixes = {
            {0, 0, -1}, {0, 0, 129}, {1, 0, 63}, {0, 1, 63}, {0, 1, 64}, {0, 1, 65}, {0, 1, 127}, {4, 0, 61}
        };
        for (long[] bad : sixes) {
            assertThatThrownBy(() -> prefixes.add(bad[0], bad[1], (int) bad[2], 1))
                    .as("%x %x/%d", bad[0], bad[1], bad[2])
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> prefixes.add(0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> prefixes.add(0, 0, 0, -1)).isInstanceOf(IllegalArgumentException.class);
        LpmTable table = prefixes.add(-1, 32, 1)
                .add(0, 0, 128, 2)
                .add(0, 2, 127, 3)
                .add(1, 0, 64, 4)
                .add(2, 0, 63, 5)
                .table();
        assertThat(table.four().size()).isEqualTo(2);
        assertThat(new int[] {
                    table.match(-1), table.match(0, 0), table.match(0, 3), table.match(1, -1), table.match(3, -1)
                })
                .containsExactly(1, 2, 3, 4, 5);
    }
}
