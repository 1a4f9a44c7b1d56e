package dev.mipath.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which of a set of disjoint address ranges holds an address; immutable, IPv4 and IPv6. */
public final class LpmTable {
    /*
     * The truth is a sorted row of intervals, cheap to make and searched by halves. A table that is asked
     * often lays the intervals out as a trie of flat arrays, chosen by size: each layout is a final class
     * of its own with its drawing. Laying out costs from a fraction of a millisecond to a tenth of a
     * second, so a table made for a handful of questions never does it. The fields of the layouts are
     * written once, under the lock; a thread that does not see them yet asks the intervals.
     */

    /** The answer for an address that no range holds. */
    public static final int NONE = -1;

    /** From this many intervals on, one large table beats several small ones. */
    private static final int HUGE = 100_000;

    /** How many lookups by halves a table answers before it is laid out, at least. */
    private static final int PATIENCE = 1_024;

    private final Intervals4 four;
    private final Intervals6 six;
    private int asked;

    private @Nullable PagedTable paged;
    private @Nullable ScatteredTable scattered;
    private @Nullable DirectTable direct;
    private @Nullable CompressedTrie trie4;
    private @Nullable CompressedTrie trie6;

    LpmTable(Intervals4 four, Intervals6 six) {
        this.four = four;
        this.six = six;
    }

    static LpmTable of(Intervals4 four) {
        return new LpmTable(four, new Intervals6.Collector(1).finish());
    }

    static LpmTable of(Intervals6 six) {
        return new LpmTable(new Intervals4.Collector(1).finish(), six);
    }

    /** The value of the range that holds an IPv4 address, or {@link #NONE}. */
    public int match(int address) {
        PagedTable pages = paged;
        if (pages != null) return pages.match(address);
        ScatteredTable nodes = scattered;
        if (nodes != null) return nodes.match(address);
        DirectTable blocks = direct;
        if (blocks != null) return blocks.match(address);
        CompressedTrie trie = trie4;
        if (trie != null) return trie.match(address);
        return search(address);
    }

    private int search(int address) {
        if (++asked > patience(four.size())) layOutFour();
        return four.match(address);
    }

    /** The value of the range that holds an IPv6 address, or {@link #NONE}. */
    public int match(long high, long low) {
        CompressedTrie trie = trie6;
        if (trie != null) return trie.match(high, low);
        return search(high, low);
    }

    private int search(long high, long low) {
        if (++asked > patience(six.size())) layOutSix();
        return six.match(high, low);
    }

    /**
     * Looks up many IPv4 addresses: in one plain loop a layout, which the processor stages by itself.
     *
     * @param values receives the {@code count} values, from index 0 on
     */
    public void match(int[] addresses, int from, int count, int[] values) {
        if (paged == null) layOutFour();
        PagedTable pages = paged;
        ScatteredTable nodes = scattered;
        DirectTable blocks = direct;
        if (pages != null) pages.match(addresses, from, count, values);
        else if (nodes != null) nodes.match(addresses, from, count, values);
        else if (blocks != null) blocks.match(addresses, from, count, values);
        else for (int i = 0; i < count; i++) values[i] = match(addresses[from + i]);
    }

    private static int patience(int intervals) {
        return Math.max(PATIENCE, intervals / 4);
    }

    /**
     * Lays the table out for speed now, instead of after many lookups.
     *
     * @return this table
     */
    public LpmTable prepare() {
        layOutFour();
        layOutSix();
        return this;
    }

    /* A family with one interval is answered at once as it is, and stays so. */

    private synchronized void layOutFour() {
        asked = 0;
        if (four.size() == 1 || paged != null || scattered != null || direct != null || trie4 != null) return;
        if (four.size() >= HUGE) direct = DirectTable.of(four);
        else paged = PagedTable.of(four);
        if (paged == null && direct == null) scattered = ScatteredTable.of(four);
        if (paged == null && direct == null && scattered == null) trie4 = CompressedTrie.of(four);
    }

    private synchronized void layOutSix() {
        asked = 0;
        if (six.size() > 1 && trie6 == null) trie6 = CompressedTrie.of(six);
    }

    /** What the laid out table takes, in bytes; 0 before it is laid out. */
    public synchronized long bytes() {
        return (paged == null ? 0 : paged.bytes())
                + (scattered == null ? 0 : scattered.bytes())
                + (direct == null ? 0 : direct.bytes())
                + (trie4 == null ? 0 : trie4.bytes())
                + (trie6 == null ? 0 : trie6.bytes());
    }

    /**
     * Lays the table out for speed as the classes of a rule's field, of which hosts and small blocks cut out more than
     * routes do.
     *
     * @return the layout of IPv4 as it is, for callers that ask nothing else; null when it is another one
     */
    synchronized @Nullable ScatteredTable prepareClasses() {
        if (four.size() > 1) scattered = ScatteredTable.of(four);
        prepare();
        return scattered;
    }

    Intervals4 four() {
        return four;
    }

    Intervals6 six() {
        return six;
    }

    /** Takes disjoint ranges in any order. Not safe for use by several threads. */
    public static final class Builder {
        private record Range6(long firstHigh, long firstLow, long lastHigh, long lastLow, int value) {}

        private static final Comparator<Range6> BY_FIRST =
                (a, b) -> Intervals6.compare(a.firstHigh, a.firstLow, b.firstHigh, b.firstLow);

        /* One long a range, first << 32 | last, and its value. */
        private final LongList ranges = new LongList();
        private final LongList values = new LongList();
        private final List<Range6> sixes = new ArrayList<>();

        /**
         * Maps the IPv4 addresses from first to last, both included, to a value.
         *
         * @throws IllegalArgumentException when the range is empty or the value is negative
         */
        public Builder add(int first, int last, int value) {
            if (value < 0) throw new IllegalArgumentException("value " + value + " is negative");
            if (Integer.compareUnsigned(first, last) > 0) throw new IllegalArgumentException("the range is empty");
            ranges.add((long) first << 32 | last & 0xFFFF_FFFFL);
            values.add(value);
            return this;
        }

        /**
         * Maps the IPv6 addresses from first to last, both included, to a value.
         *
         * @throws IllegalArgumentException when the range is empty or the value is negative
         */
        public Builder add(long firstHigh, long firstLow, long lastHigh, long lastLow, int value) {
            if (value < 0) throw new IllegalArgumentException("value " + value + " is negative");
            if (Intervals6.compare(firstHigh, firstLow, lastHigh, lastLow) > 0) {
                throw new IllegalArgumentException("the range is empty");
            }
            sixes.add(new Range6(firstHigh, firstLow, lastHigh, lastLow, value));
            return this;
        }

        /**
         * The finished table.
         *
         * @throws IllegalArgumentException when two ranges overlap
         */
        public LpmTable build() {
            return new LpmTable(four(), six());
        }

        private Intervals4 four() {
            long[] order = new long[ranges.size()];
            // The sign bit is flipped so that the signed sort orders starts as unsigned.
            for (int i = 0; i < order.length; i++) order[i] = (ranges.get(i) & ~0xFFFF_FFFFL ^ Long.MIN_VALUE) | i;
            Arrays.sort(order);
            Intervals4.Collector collector = new Intervals4.Collector(2 * order.length + 1);
            for (long entry : order) {
                long range = ranges.get((int) entry);
                long first = range >>> 32;
                if (first < collector.next()) throw new IllegalArgumentException("two IPv4 ranges overlap");
                collector.upTo(first - 1, NONE);
                collector.upTo(range & 0xFFFF_FFFFL, (int) values.get((int) entry));
            }
            return collector.finish();
        }

        private Intervals6 six() {
            sixes.sort(BY_FIRST);
            Intervals6.Collector collector = new Intervals6.Collector(2 * sixes.size() + 1);
            for (Range6 range : sixes) {
                if (collector.passed(range.firstHigh, range.firstLow)) {
                    throw new IllegalArgumentException("two IPv6 ranges overlap");
                }
                collector.before(range.firstHigh, range.firstLow, NONE);
                collector.upTo(range.lastHigh, range.lastLow, range.value);
            }
            return collector.finish();
        }
    }
}
