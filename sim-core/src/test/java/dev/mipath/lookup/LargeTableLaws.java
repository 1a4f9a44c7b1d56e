package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tables as large as a full routing table's tenth get other layouts, which must say the same. */
class LargeTableLaws {
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void layoutsOfLargeTablesAgreeWithTheIntervals(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // Few values: a table of all blocks. Many: too many for chars, so a trie. IPv6: the wide first window.
        List<PrefixesLaws.Prefix> prefixes =
                PrefixesLaws.prefixes(random, 32, 150_000, seed % 2 == 0 ? 200 : 1_000_000_000);
        List<PrefixesLaws.Prefix> sixes = PrefixesLaws.prefixes(random, 128, 40_000, 1_000);
        Prefixes builder = new Prefixes();
        for (PrefixesLaws.Prefix p : prefixes) builder.add((int) (p.high() >>> 32), p.length(), p.value());
        for (PrefixesLaws.Prefix p : sixes) builder.add(p.high(), p.low(), p.length(), p.value());
        LpmTable table = builder.table().prepare();
        // The same routes in their own order, as a base gives them: they need no sorting.
        RouteBase base = RouteBase.four();
        for (PrefixesLaws.Prefix p : prefixes) base.put(p.high(), 0, p.length(), p.value());
        assertThat(base.table().four().starts).isEqualTo(table.four().starts);
        assertThat(base.table().four().values).isEqualTo(table.four().values);
        for (int i = 0; i < table.four().size(); i++) {
            int start = table.four().starts[i];
            assertThat(table.match(start)).isEqualTo(table.four().values[i]);
            assertThat(table.match(start - 1)).isEqualTo(table.four().match(start - 1));
        }
        for (int i = 0; i < table.six().size(); i++) {
            long high = table.six().highs[i];
            long low = table.six().lows[i];
            assertThat(table.match(high, low)).isEqualTo(table.six().values[i]);
            assertThat(table.match(high - 1, low)).isEqualTo(table.six().match(high - 1, low));
            assertThat(table.match(high, low - 1)).isEqualTo(table.six().match(high, low - 1));
        }
        int[] starts = table.four().starts;
        int[] values = new int[starts.length];
        table.match(starts, 0, starts.length, values);
        assertThat(values).isEqualTo(table.four().values);
    }

    static IntStream seeds() {
        return Seeds.of(2, 10);
    }
}
