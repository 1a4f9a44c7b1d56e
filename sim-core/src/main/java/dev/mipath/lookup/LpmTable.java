package dev.mipath.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Which of a set of disjoint address ranges holds an address; immutable, IPv4 and IPv6. */
public final class LpmTable {
    /** The answer for an address that no range holds. */
    public static final int NONE = -1;

    private final Intervals4 four;
    private final Intervals6 six;

    private LpmTable(Intervals4 four, Intervals6 six) {
        this.four = four;
        this.six = six;
    }

    /** The value of the range that holds an IPv4 address, or {@link #NONE}. */
    public int match(int address) {
        return four.match(address);
    }

    /** The value of the range that holds an IPv6 address, or {@link #NONE}. */
    public int match(long high, long low) {
        return six.match(high, low);
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
