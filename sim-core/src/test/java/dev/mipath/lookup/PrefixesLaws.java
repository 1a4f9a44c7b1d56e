package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The longest match must be what looking at every prefix finds, in every layout of the table. */
class PrefixesLaws {
    record Prefix(long high, long low, int length, int value) {
        boolean holds(long otherHigh, long otherLow) {
            long maskHigh = length == 0 ? 0 : length >= 64 ? -1 : -1L << 64 - length;
            long maskLow = length <= 64 ? 0 : -1L << 128 - length;
            return ((high ^ otherHigh) & maskHigh) == 0 && ((low ^ otherLow) & maskLow) == 0;
        }
    }

    static IntStream seeds() {
        return Seeds.of(60, 1_000);
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
    void everyLayoutOfIpv4SaysTheSame(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean small = seed % 2 == 0;
        List<Prefix> prefixes = prefixes(random, 32, 1 + random.nextInt(300), small ? 9 : 1_000_000_000);
        Prefixes table = new Prefixes();
        for (Prefix p : prefixes) table.add((int) (p.high >>> 32), p.length, p.value);
        Intervals4 truth = table.table().four();
        // Pages have no dictionary for values that do not fit their cells.
        PagedTable paged = PagedTable.of(truth, CellRuns.LIMIT);
        assertThat(paged != null).isEqualTo(small);
        ScatteredTable scattered = requireNonNull(ScatteredTable.of(truth));
        DirectTable direct = requireNonNull(DirectTable.of(truth));
        CompressedTrie trie = CompressedTrie.of(truth);
        List<IntUnaryOperator> layouts = new ArrayList<>(List.of(scattered::match, direct::match, trie::match));
        if (paged != null) layouts.add(paged::match);
        int[] asked = new int[3 * truth.size()];
        int[] expected = new int[asked.length];
        for (int i = 0; i < asked.length; i++) {
            asked[i] = truth.starts[i / 3] + i % 3 - 1;
            expected[i] = truth.match(asked[i]);
            for (IntUnaryOperator layout : layouts) {
                assertThat(layout.applyAsInt(asked[i])).as("%08x", asked[i]).isEqualTo(expected[i]);
            }
        }
        int count = asked.length - 1;
        int[] wanted = Arrays.copyOfRange(expected, 1, asked.length);
        int[] batch = new int[count];
        if (paged != null) {
            paged.match(asked, 1, count, batch);
            assertThat(batch).isEqualTo(wanted);
        }
        Arrays.fill(batch, 0);
        scattered.match(asked, 1, count, batch);
        assertThat(batch).isEqualTo(wanted);
        Arrays.fill(batch, 0);
        direct.match(asked, 1, count, batch);
        assertThat(batch).isEqualTo(wanted);
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
    @MethodSource("seeds")
    void everyLayoutOfIpv6SaysTheSame(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Prefix> prefixes = prefixes(random, 128, 1 + random.nextInt(150), seed % 2 == 0 ? 9 : 1_000_000_000);
        Prefixes table = new Prefixes();
        for (Prefix p : prefixes) table.add(p.high, p.low, p.length, p.value);
        // The wide first window covers 2000::/3 alone; the rest of these lie there.
        for (Prefix p : prefixes) {
            if (p.length >= 3) table.add(p.high >>> 3 | 1L << 61, 0, Math.min(64, p.length + 3), p.value);
        }
        Intervals6 truth = table.table().six();
        for (CompressedTrie.Windows windows : CompressedTrie.Windows.values()) {
            CompressedTrie trie = CompressedTrie.of(truth, windows);
            if (windows == CompressedTrie.Windows.CROWDED && trie == null) continue;
            requireNonNull(trie);
            for (int i = 0; i < truth.size(); i++) {
                long high = truth.highs[i];
                long low = truth.lows[i];
                assertThat(trie.match(high, low)).as("%016x %016x", high, low).isEqualTo(truth.values[i]);
                for (long[] near : new long[][] {{high, low - 1}, {high - 1, low}, {high, low + 1}, {high + 1, -1}}) {
                    assertThat(trie.match(near[0], near[1]))
                            .as("%s, %016x %016x", windows, near[0], near[1])
                            .isEqualTo(truth.match(near[0], near[1]));
                }
            }
        }
    }

    @Test
    void windowsThatTakeTooMuchAreRefused() {
        SplittableRandom random = new SplittableRandom(1);
        Prefixes table = new Prefixes();
        for (int i = 0; i < 2_000; i++) table.add(random.nextLong() & -1L << 16, 0, 48, i);
        Intervals6 scattered = table.table().six();
        assertThat(CompressedTrie.of(scattered, CompressedTrie.Windows.CROWDED)).isNull();
        assertThat(CompressedTrie.of(scattered).bytes())
                .isEqualTo(requireNonNull(CompressedTrie.of(scattered, CompressedTrie.Windows.SCATTERED))
                        .bytes());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void manyPrefixesInAnyOrderAreOneTable(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // About as many as are dealt by digits instead of compared; some twice, of which the later counts.
        List<Prefix> prefixes = prefixes(random, 32, 4_090 + random.nextInt(12), 1_000_000);
        for (int i = 0; i < 50; i++) {
            Prefix again = prefixes.get(random.nextInt(4_000));
            prefixes.set(prefixes.size() - 1 - i, new Prefix(again.high, again.low, again.length, 2_000_000 + i));
        }
        Prefixes table = new Prefixes();
        for (Prefix p : prefixes) table.add((int) (p.high >>> 32), p.length, p.value);
        Intervals4 four = table.table().four();
        List<Prefix> outerFirst = new ArrayList<>(prefixes);
        // A stable sort: equal ones stay in order.
        outerFirst.sort((a, b) -> Intervals6.compare(a.high, a.length, b.high, b.length));
        Prefixes risen = new Prefixes();
        for (Prefix p : outerFirst) risen.add((int) (p.high >>> 32), p.length, p.value);
        assertThat(risen.table().four().starts).isEqualTo(four.starts);
        assertThat(risen.table().four().values).isEqualTo(four.values);
        for (int i = 0; i < 200; i++) {
            Prefix near = prefixes.get(random.nextInt(prefixes.size()));
            int address = (int) (near.high >>> 32) + random.nextInt(3) - 1;
            assertThat(four.match(address)).as("%08x", address).isEqualTo(oracle(prefixes, (long) address << 32, 0));
        }
    }
}
