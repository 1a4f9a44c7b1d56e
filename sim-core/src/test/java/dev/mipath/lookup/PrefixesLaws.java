package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The longest match must be what looking at every prefix finds, in every layout of the table. */
class PrefixesLaws {
    private record Prefix(long high, long low, int length, int value) {
        boolean holds(long otherHigh, long otherLow) {
            long maskHigh = length == 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
            long maskLow = length <= 64 ? 0 : -1L << 128 - length;
            return ((high ^ otherHigh) & maskHigh) == 0 && ((low ^ otherLow) & maskLow) == 0;
        }
    }

    static IntStream seeds() {
        return IntStream.range(0, 60);
    }

    /** Prefixes that nest, since many are refinements of an earlier one; IPv4 bits stand at the top. */
    static List<Prefix> prefixes(SplittableRandom random, int width, int size, int values) {
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            Prefix base = i == 0 || random.nextInt(3) == 0 ? new Prefix(0, 0, 0, 0) : prefixes.get(random.nextInt(i));
            int length = base.length + random.nextInt(Math.min(width - base.length, 17) + 1);
            long maskHigh = length == 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
            long maskLow = length <= 64 ? 0 : -1L << 128 - length;
            Prefix all = new Prefix(random.nextLong() & maskHigh, random.nextLong() & maskLow, base.length, 0);
            long baseHigh = base.length == 0 ? 0 : base.length >= 64 ? -1 : -1L << 64 - base.length;
            long baseLow = base.length <= 64 ? 0 : -1L << 128 - base.length;
            prefixes.add(new Prefix(
                    base.high | all.high & ~baseHigh, base.low | all.low & ~baseLow, length, random.nextInt(values)));
        }
        return prefixes;
    }

    private static int oracle(List<Prefix> prefixes, long high, long low) {
        int length = -1;
        int value = LpmTable.NONE;
        for (Prefix prefix : prefixes) {
            if (prefix.length >= length && prefix.holds(high, low)) {
                length = prefix.length;
                value = prefix.value;
            }
        }
        return value;
    }

    private static void check(LpmTable table, List<Prefix> prefixes, SplittableRandom random, boolean four) {
        for (Prefix prefix : prefixes) {
            long step = random.nextInt(3) - 1L;
            boolean end = random.nextBoolean();
            if (four) {
                int last =
                        prefix.length == 0 ? -1 : (int) (prefix.high >>> 32) | (int) (0xFFFF_FFFFL >>> prefix.length);
                int address = (int) ((end ? last : prefix.high >>> 32) + step);
                int expected = oracle(prefixes, (long) address << 32, 0);
                assertThat(table.match(address)).as("%08x", address).isEqualTo(expected);
                assertThat(CompressedTrie.of(table.four()).match(address)).isEqualTo(expected);
            } else {
                long high = prefix.high | (end && prefix.length < 64 ? -1L >>> prefix.length : 0);
                long low = prefix.low + step;
                if (low == -1 && step < 0) high--;
                int expected = oracle(prefixes, high, low);
                assertThat(table.match(high, low)).as("%016x %016x", high, low).isEqualTo(expected);
            }
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void longestOfIpv4Wins(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Prefix> prefixes = prefixes(random, 32, 1 + random.nextInt(120), seed % 2 == 0 ? 9 : 1_000_000_000);
        Prefixes table = new Prefixes();
        for (Prefix p : prefixes) table.add((int) (p.high >>> 32), p.length, p.value);
        check(table.table(), prefixes, random, true);
        check(table.table().prepare(), prefixes, random, true);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void longestOfIpv6Wins(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Prefix> prefixes = prefixes(random, 128, 1 + random.nextInt(400), seed % 2 == 0 ? 9 : 1_000_000_000);
        Prefixes table = new Prefixes();
        for (Prefix p : prefixes) table.add(p.high, p.low, p.length, p.value);
        check(table.table(), prefixes, random, false);
        check(table.table().prepare(), prefixes, random, false);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("bigSeeds")
    void layoutsOfLargeTablesAgreeWithTheIntervals(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // Few values: a table of all blocks. Many: too many for chars, so a trie. IPv6: the wide first window.
        List<Prefix> prefixes = prefixes(random, 32, 150_000, seed % 2 == 0 ? 200 : 1_000_000_000);
        List<Prefix> sixes = prefixes(random, 128, 40_000, 1_000);
        Prefixes builder = new Prefixes();
        for (Prefix p : prefixes) builder.add((int) (p.high >>> 32), p.length, p.value);
        for (Prefix p : sixes) builder.add(p.high, p.low, p.length, p.value);
        LpmTable table = builder.table().prepare();
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

    static IntStream bigSeeds() {
        return IntStream.range(0, 2);
    }
}
