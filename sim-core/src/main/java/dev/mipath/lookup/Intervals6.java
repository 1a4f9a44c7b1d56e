package dev.mipath.lookup;

import java.util.Arrays;

/** The IPv6 twin of {@link Intervals4}: starts are pairs of longs. */
final class Intervals6 {
    /** The upper halves of the starts; pairs rise in unsigned order and the first is always 0. */
    final long[] highs;

    /** The lower halves of the starts. */
    final long[] lows;

    /** What each interval maps to; {@link LpmTable#NONE} for a gap. */
    final int[] values;

    Intervals6(long[] highs, long[] lows, int[] values) {
        this.highs = highs;
        this.lows = lows;
        this.values = values;
    }

    int size() {
        return highs.length;
    }

    int match(long high, long low) {
        return values[find(high, low)];
    }

    /** Refuses values of {@code limit} and above. */
    void requireBelow(int limit) {
        for (int value : values) {
            if (value >= limit) throw new IllegalArgumentException("value " + value + " is not below " + limit);
        }
    }

    /** The interval that holds the address. */
    int find(long high, long low) {
        int from = 0;
        int to = highs.length;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (compare(highs[middle], lows[middle], high, low) <= 0) from = middle;
            else to = middle;
        }
        return from;
    }

    static int compare(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) : Long.compareUnsigned(high, otherHigh);
    }

    /** Collects intervals that arrive in rising order; fills gaps and joins equal neighbours. */
    static final class Collector {
        private long[] highs;
        private long[] lows;
        private int[] values;
        private int size;
        private long nextHigh;
        private long nextLow;
        private boolean full;

        Collector(int expected) {
            highs = new long[Math.max(4, expected)];
            lows = new long[highs.length];
            values = new int[highs.length];
        }

        /** Whether everything below the address is spoken for. */
        boolean reached(long high, long low) {
            return full || compare(nextHigh, nextLow, high, low) >= 0;
        }

        /** Whether the address itself is spoken for. */
        boolean passed(long high, long low) {
            return full || compare(nextHigh, nextLow, high, low) > 0;
        }

        /** Maps everything not yet spoken for, up to and with the address, to a value. */
        void upTo(long high, long low, int value) {
            if (passed(high, low)) return;
            if (size == 0 || values[size - 1] != value) {
                if (size == highs.length) {
                    highs = Arrays.copyOf(highs, size * 2);
                    lows = Arrays.copyOf(lows, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                highs[size] = nextHigh;
                lows[size] = nextLow;
                values[size++] = value;
            }
            nextLow = low + 1;
            nextHigh = nextLow == 0 ? high + 1 : high;
            full = (nextHigh | nextLow) == 0;
        }

        /** Maps everything not yet spoken for, up to just before the address, to a value. */
        void before(long high, long low, int value) {
            if (reached(high, low)) return;
            upTo(low == 0 ? high - 1 : high, low - 1, value);
        }

        Intervals6 finish() {
            upTo(-1, -1, LpmTable.NONE);
            return new Intervals6(Arrays.copyOf(highs, size), Arrays.copyOf(lows, size), Arrays.copyOf(values, size));
        }
    }
}
