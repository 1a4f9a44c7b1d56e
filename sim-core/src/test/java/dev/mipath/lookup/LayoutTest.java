package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a table is laid out, as what, and what that takes. */
class LayoutTest {
    /** Routes as a large subnet has them: half of them hosts and small blocks, at the tables' limit of 400 (fact 2.19). */
    private static LpmTable fourHundredRoutes() {
        SplittableRandom random = new SplittableRandom(400);
        Prefixes routes = new Prefixes();
        for (int i = 0; i < 400; i++) {
            int length = i % 2 == 0 ? 9 + random.nextInt(16) : 22 + random.nextInt(11);
            routes.add(random.nextInt() & -1 << 32 - length, length, i);
        }
        return routes.table();
    }

    @Test
    void fourHundredRoutesTakeAtMost256Kilobytes() {
        Prefixes routes = new Prefixes();
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 400; i++) {
            // Three quarters are sites of a private network, the others the public ranges of a region.
            int block = i % 4 > 0 ? 10 << 24 | random.nextInt(64) << 16 : 20 << 24 | random.nextInt(256) << 16;
            int length = i % 20 == 0 ? 25 + random.nextInt(8) : 17 + random.nextInt(8);
            routes.add((block | random.nextInt() >>> 16) & -1 << 32 - length, length, i);
        }
        assertThat(routes.table().prepare().bytes()).isBetween(128L << 10, 256L << 10);
    }

    /** However far apart they lie: hosts and blocks of every length, each in a /15 of its own, each with a value of its own. */
    @ParameterizedTest
    @ValueSource(ints = {32, 31, 27, 26, 25, 24, 23, 20, 17, 0})
    void noFourHundredRoutesTakeMore(int length) {
        SplittableRandom random = new SplittableRandom(length);
        Prefixes routes = new Prefixes();
        for (int i = 0; i < 400; i++) {
            int own = length > 0 ? length : 8 + random.nextInt(25);
            int network = (i * 81 << 17 | random.nextInt(1 << 17)) & -1 << 32 - own;
            routes.add(network, own, i);
        }
        LpmTable table = routes.table();
        assertThat(table.four().size()).as("no two of them touch").isGreaterThan(600);
        assertThat(table.prepare().bytes()).isLessThanOrEqualTo(256L << 10);
        // The root, and a node a window for each route and for the rest of the space.
        assertThat(requireNonNull(ScatteredTable.of(table.four())).bytes())
                .isLessThanOrEqualTo(2L * (16_384 + (400 + 1) * 3 * 64));
    }

    @Test
    void tablesThatAreCutFinelyOrWidelyAreScattered() {
        // One /24 in each of 400 /15: too many pages.
        Prefixes wide = new Prefixes();
        for (int i = 0; i < 400; i++) wide.add(i << 17 | (i * 37 & 255) << 8, 24, i);
        LpmTable scattered = wide.table().prepare();
        assertThat(CellRuns.ragged(scattered.four())).isFalse();
        assertThat(scattered.bytes())
                .isEqualTo(requireNonNull(ScatteredTable.of(scattered.four())).bytes());
        assertThat(PagedTable.of(scattered.four())).isNull();
        assertThat(PagedTable.of(scattered.four(), CellRuns.LIMIT)).isNotNull();
        // A few hosts: their blocks are cut, and the branch to the tails is taken at random.
        Prefixes fine = new Prefixes();
        for (int i = 0; i < 9; i++) fine.add(0x0A00_0000 | i << 8, 32, i);
        assertThat(PagedTable.of(fine.table().four())).isNull();
        assertThat(PagedTable.of(fine.table().four(), 11))
                .as("nine tails, two pages")
                .isNotNull();
        assertThat(PagedTable.of(fine.table().four(), 10)).isNull();
        // Nodes: nothing throughout in each window; the value throughout the last; and two above, for 16 /26 share
        // them.
        Prefixes small = new Prefixes();
        for (int i = 0; i < 16; i++) small.add(0x0A00_0000 | i << 6, 26, 5);
        assertThat(requireNonNull(ScatteredTable.of(small.table().four())).bytes())
                .isEqualTo(2L * (16_384 + (3 + 1 + 2) * 64));
    }

    @Test
    void bytesAreWhatTheArraysTake() {
        // Two values in one cut /24: a root, a page of each value, the page of the cut block, its tail.
        LpmTable small =
                new Prefixes().add(0x0A00_0000, 8, 1).add(0x0A01_0280, 25, 2).table();
        assertThat(small.bytes()).isZero();
        long pages = 2L * (65_536 + 3 * 256 + 256);
        assertThat(requireNonNull(PagedTable.of(small.four(), 4)).bytes()).isEqualTo(pages);
        assertThat(requireNonNull(DirectTable.of(small.four())).bytes()).isEqualTo(2L * ((1 << 24) + 256));
        // Values too large to be numbers themselves: the dictionary has them, and none, at four bytes each.
        LpmTable values = new Prefixes().add(0x0A00_0000, 8, 1_000_000).table();
        // Nodes: nothing and the value throughout, in each window.
        assertThat(values.prepare().bytes()).isEqualTo(2L * (16_384 + 2 * 3 * 64) + 8);
        assertThat(requireNonNull(DirectTable.of(values.four())).bytes()).isEqualTo(2L * ((1 << 24) + 256) + 8);
        // IPv6 above /16: a root, and cells and a dictionary of three numbers: deeper, none, 7.
        assertThat(new Prefixes().add(0x2000L << 48, 0, 16, 7).table().prepare().bytes())
                .isEqualTo(4L * (65_536 + 3 + 3));
    }

    @Test
    void aTableIsLaidOutOnceItIsAskedOften() {
        LpmTable table = fourHundredRoutes();
        for (int i = 0; i < 1_024; i++) table.match(i << 20);
        assertThat(table.bytes()).isZero();
        table.match(1);
        long four = table.bytes();
        assertThat(four).isPositive();
        table.prepare();
        assertThat(table.bytes()).as("one interval needs no layout").isEqualTo(four);

        LpmTable six = new Prefixes().add(0x2000L << 48, 0, 16, 7).table();
        for (int i = 0; i < 1_024; i++) assertThat(six.match(0x2000L << 48, i)).isEqualTo(7);
        assertThat(six.bytes()).isZero();
        six.match(1, 1);
        assertThat(six.bytes()).isPositive();

        LpmTable.Builder wide = new LpmTable.Builder();
        for (int i = 0; i < 10_000; i++) wide.add(2 * i, 2 * i, i);
        LpmTable patient = wide.build();
        for (int i = 0; i < 20_000 / 4; i++) patient.match(i);
        assertThat(patient.bytes()).as("a quarter of the intervals").isZero();
        patient.match(1);
        patient.match(1);
        assertThat(patient.bytes()).isPositive();
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 40_000, 66_000})
    void aBatchLaysOutAndAnswersInEveryLayout(int size) {
        // In pages; in nodes, with more values than a page's cell can be; in a trie, with more than a char can number.
        LpmTable.Builder many = new LpmTable.Builder();
        int last = size > 100 ? 127 : 255;
        for (int i = 0; i < size; i++) many.add(i << 9, i << 9 | last, 3 * i);
        LpmTable table = many.build();
        int[] asked = new int[300];
        for (int i = 0; i < asked.length; i++) asked[i] = (i & 31) << 9 | (i * 7 & 511);
        int[] values = new int[asked.length];
        table.match(asked, 1, 299, values);
        Intervals4 four = table.four();
        assertThat(table.bytes())
                .isEqualTo(
                        size == 100
                                ? requireNonNull(PagedTable.of(four)).bytes()
                                : size == 40_000
                                        ? requireNonNull(ScatteredTable.of(four))
                                                .bytes()
                                        : CompressedTrie.of(four).bytes());
        for (int i = 0; i < 299; i++) {
            int expected = (asked[i + 1] & 511) <= last ? 3 * (asked[i + 1] >> 9) : LpmTable.NONE;
            assertThat(values[i]).isEqualTo(expected);
            assertThat(table.match(asked[i + 1])).isEqualTo(expected);
        }
    }

    @Test
    void aBatchOfOneIntervalNeedsNoLayout() {
        int[] asked = new int[300];
        int[] values = new int[300];
        LpmTable one = new LpmTable.Builder().build();
        Arrays.fill(values, 5);
        one.match(asked, 0, 299, values);
        assertThat(one.bytes()).isZero();
        assertThat(values).startsWith(LpmTable.NONE, LpmTable.NONE).endsWith(LpmTable.NONE, 5);
    }

    @Test
    void aHugeTableIsOneOfBlocks() {
        LpmTable.Builder huge = new LpmTable.Builder();
        for (int i = 0; i < 50_000; i++) huge.add(i << 9, i << 9 | 255, i % 9);
        LpmTable table = huge.build().prepare();
        assertThat(table.bytes()).isEqualTo(2L * ((1 << 24) + 256));
        assertThat(new int[] {table.match(0), table.match(256), table.match(49_999 << 9 | 255), table.match(-1)})
                .containsExactly(0, LpmTable.NONE, 49_999 % 9, LpmTable.NONE);
    }

    @Test
    void aPoolStoresEachPageOnceAndIsFullAtItsLimit() {
        PagePool pool = new PagePool(2, 40);
        for (int pass = 0; pass < 2; pass++) {
            for (char i = 0; i < 40; i++)
                assertThat(pool.intern(new char[] {i, 7})).isEqualTo(i);
        }
        assertThat(pool.intern(new char[] {40, 7})).isEqualTo(-1);
        assertThat(pool.intern(new char[] {39, 7})).isEqualTo(39);
        assertThat(pool.cells()).hasSize(80).startsWith((char) 0, (char) 7, (char) 1);
    }

    @Test
    void valuesThatFitAreTheirOwnNumbers() {
        assertThat(requireNonNull(ValueIds.of(new int[] {3, 8}, 10)).values).isNull();
        assertThat(requireNonNull(ValueIds.of(new int[] {3, 9}, 10)).values).containsExactly(-1, 3, 9);
        assertThat(requireNonNull(ValueIds.of(new int[] {3, 9}, 3)).values).containsExactly(-1, 3, 9);
        assertThat(ValueIds.of(new int[] {3, 9}, 2)).isNull();
    }

    @Test
    void blocksThatManyPrefixesCutAreRagged() {
        Prefixes cut = new Prefixes();
        for (int i = 0; i < 16; i++) cut.add(0x0A00_0000 | i << 8, 32, 1);
        assertThat(ragged(cut.table())).isTrue();
        Prefixes whole = new Prefixes().add(0x0B00_0080, 25, 1);
        for (int i = 0; i < 16; i++) whole.add(0x0A00_0000 | i << 9, 24, 1);
        assertThat(ragged(whole.table())).isFalse();
    }

    private static boolean ragged(LpmTable table) {
        return CellRuns.ragged(table.four());
    }

    @Test
    void aTrieKeepsOneCellForEqualNeighboursAndEqualNodesOnce() {
        // A /20 cuts a window of 256 into 16 equal blocks; each value has two such nodes, of equal content.
        Prefixes routes = new Prefixes();
        int values = 700;
        for (int i = 0; i < values; i++) routes.add((long) i << 48, 0, 20, i);
        for (int i = 0; i < values; i++) routes.add(0x8000L + i << 48, 0, 20, i);
        CompressedTrie trie = requireNonNull(CompressedTrie.of(routes.table().six(), CompressedTrie.Windows.SMALL));
        int numbers = values + 2;
        assertThat(trie.bytes()).isEqualTo(4L * (65_536 + numbers + values * 16 + numbers));
    }

    @Test
    void aWindowOfNothingButLongPrefixesIsOneCell() {
        // Every /64 of a /56 is cut: all 256 cells say "ask the intervals", so the node of the /56 falls away.
        Prefixes routes = new Prefixes();
        for (int i = 0; i < 256; i++) routes.add(0x2603_1000_0000_0000L | i, 0, 65, i);
        LpmTable table = routes.table().prepare();
        // Root; deeper, none and 256 values; five windows down to the /56, the last falling away, of 256 cells each.
        assertThat(requireNonNull(CompressedTrie.of(table.six(), CompressedTrie.Windows.SMALL))
                        .bytes())
                .isEqualTo(4L * (65_536 + 258 + 5 * 256 + 258));
        for (int i = 0; i < 256; i++) {
            assertThat(table.match(0x2603_1000_0000_0000L | i, Long.MAX_VALUE)).isEqualTo(i);
            assertThat(table.match(0x2603_1000_0000_0000L | i, Long.MIN_VALUE)).isEqualTo(LpmTable.NONE);
        }
    }

    @Test
    void aTrieAsksTheIntervalsOnlyForPrefixesLongerThan64() {
        for (CompressedTrie.Windows windows : CompressedTrie.Windows.values()) {
            Prefixes routes = new Prefixes();
            for (int i = 0; i < 64; i++) routes.add(0x2000_0000_0000_0000L | 1L << i & -1L << 3, 0, 64 - i / 2, i);
            routes.add(0x2603_1000_0000_0000L, 0, 65, 99);
            Intervals6 truth = routes.table().six();
            CompressedTrie trie = requireNonNull(CompressedTrie.of(truth, windows));
            int[] expected = truth.values.clone();
            Arrays.fill(truth.values, 1_234);
            for (int i = 1; i < truth.size(); i++) {
                boolean deep = truth.highs[i] == 0x2603_1000_0000_0000L;
                boolean outside = windows == CompressedTrie.Windows.SCATTERED && truth.highs[i] >>> 61 != 1;
                assertThat(trie.match(truth.highs[i], truth.lows[i]))
                        .as("%s %016x", windows, truth.highs[i])
                        .isEqualTo(deep || outside ? 1_234 : expected[i]);
            }
        }
    }
}
