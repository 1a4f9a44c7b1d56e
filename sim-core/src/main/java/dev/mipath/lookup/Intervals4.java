package dev.mipath.lookup;

import java.util.Arrays;

/**
 * The whole IPv4 space cut into intervals of one value each: interval i runs from start i to just before
 * start i + 1, and neighbours always differ. Every faster layout is made from this one.
 */
final class Intervals4 {
    /** Starts in rising unsigned order; the first is always 0. */
    final int[] starts;

    /** What each interval maps to; {@link LpmTable#NONE} for a gap. */
    final int[] values;

    Intervals4(int[] starts, int[] values) {
        this.starts = starts;
        this.values = values;
    }

    int size() {
        return starts.length;
    }

    /** The last address of an interval. */
    int last(int interval) {
        return interval + 1 == starts.length ? -1 : starts[interval + 1] - 1;
    }

    int match(int address) {
        return values[find(address)];
    }

    /** Refuses values of {@code limit} and above. */
    void requireBelow(int limit) {
        for (int value : values) {
            if (value >= limit) throw new IllegalArgumentException("value " + value + " is not below " + limit);
        }
    }

    /** The interval that holds the address. */
    int find(int address) {
        int low = 0;
        int high = starts.length;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(starts[middle], address) <= 0) low = middle;
            else high = middle;
        }
        return low;
    }

    /** The same intervals as the upper halves of longer keys. */
    Intervals6 widened() {
        long[] highs = new long[starts.length];
        for (int i = 0; i < highs.length; i++) highs[i] = (long) starts[i] << 32;
        return new Intervals6(highs, new long[highs.length], values);
    }

    /** Collects intervals that arrive in rising order; fills gaps and joins equal neighbours. */
    static final class Collector {
        private int[] starts;
        private int[] values;
        private int size;
        private long next;

        Collector(int expected) {
            starts = new int[Math.max(4, expected)];
            values = new int[starts.length];
        }

        /** The lowest address not yet spoken for; 2^32 when there is none. */
        long next() {
            return next;
        }

        /** Maps everything from {@link #next} up to {@code last} (unsigned) to a value. */
        void upTo(long last, int value) {
            if (last < next) return;
            if (size == 0 || values[size - 1] != value) {
                if (size == starts.length) {
                    starts = Arrays.copyOf(starts, size * 2);
                    values = Arrays.copyOf(values, size * 2);
                }
                starts[size] = (int) next;
                values[size++] = value;
            }
            next = last + 1;
        }

        Intervals4 finish() {
            upTo(0xFFFF_FFFFL, LpmTable.NONE);
            return new Intervals4(Arrays.copyOf(starts, size), Arrays.copyOf(values, size));
        }
    }
}
