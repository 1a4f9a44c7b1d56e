package dev.mipath.net;

import java.util.Arrays;

/**
 * Sets of numbers kept as the sorted points where membership changes: {@code [3, 7, 9]} holds 3 to 6 and everything
 * from 9 up. Numbers are unsigned and {@code words} longs wide, highest first: one long for an IPv4 address, two for an
 * IPv6 address. Every set operation is one sweep over both rows of points.
 */
final class Boundaries {
    static final long[] NONE = {};

    /** Whether a point belongs to the result, given whether it belongs to the left and to the right set. */
    enum Operation {
        UNION,
        INTERSECTION,
        DIFFERENCE;

        private boolean holds(boolean left, boolean right) {
            if (this == UNION) return left || right;
            return left && right == (this == INTERSECTION);
        }
    }

    private Boundaries() {}

    /** The result's points; either row itself when the operation leaves it as it is. */
    static long[] combine(Operation operation, long[] left, long[] right, int words) {
        if (right.length == 0) return operation == Operation.INTERSECTION ? NONE : left;
        if (left.length == 0) return operation == Operation.UNION ? right : NONE;
        long[] points = new long[left.length + right.length];
        int size = 0;
        int i = 0;
        int j = 0;
        boolean inLeft = false;
        boolean inRight = false;
        boolean inside = false;
        while (i < left.length || j < right.length) {
            int order = i == left.length ? 1 : j == right.length ? -1 : compare(left, i, right, j, words);
            long[] row = order <= 0 ? left : right;
            int at = order <= 0 ? i : j;
            if (order <= 0) {
                inLeft = !inLeft;
                i += words;
            }
            if (order >= 0) {
                inRight = !inRight;
                j += words;
            }
            if (operation.holds(inLeft, inRight) != inside) {
                inside = !inside;
                for (int word = 0; word < words; word++) points[size++] = row[at + word];
            }
        }
        return size == points.length ? points : Arrays.copyOf(points, size);
    }

    /** Whether the number {@code high, low} is in the set; {@code high} is not read when a number is one long. */
    static boolean contains(long[] points, int words, long high, long low) {
        int below = 0;
        int above = points.length / words;
        while (below < above) {
            int middle = below + above >>> 1;
            boolean reached =
                    words == 1 ? points[middle] <= low : !less(high, low, points[2 * middle], points[2 * middle + 1]);
            if (reached) below = middle + 1;
            else above = middle;
        }
        return (below & 1) == 1;
    }

    private static int compare(long[] left, int i, long[] right, int j, int words) {
        int order = Long.compareUnsigned(left[i], right[j]);
        return order != 0 || words == 1 ? order : Long.compareUnsigned(left[i + 1], right[j + 1]);
    }

    private static boolean less(long high, long low, long otherHigh, long otherLow) {
        return high == otherHigh ? Long.compareUnsigned(low, otherLow) < 0 : Long.compareUnsigned(high, otherHigh) < 0;
    }
}
