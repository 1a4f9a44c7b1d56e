package dev.mipath.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Small numbers for the values of a table: {@link LpmTable#NONE} is -1, and value v is v itself where that fits. */
final class ValueIds {
    /** The value of each number, that of -1 first; null when every number is its value. */
    final int @Nullable [] values;

    private ValueIds(int @Nullable [] values) {
        this.values = values;
    }

    /** Numbers from -1 up, {@code limit} of them at most, for all these values, or null when there are too many. */
    static @Nullable ValueIds of(int[] values, int limit) {
        int highest = LpmTable.NONE;
        for (int value : values) highest = Math.max(highest, value);
        if (highest + 1 < limit) return new ValueIds(null);
        ValueIds ids = distinct(values);
        return ids.size() > limit ? null : ids;
    }

    /** Numbers in the order of the values. */
    static ValueIds distinct(int[] values) {
        int[] sorted = Arrays.copyOf(values, values.length + 1);
        sorted[values.length] = LpmTable.NONE;
        Arrays.sort(sorted);
        int size = 1;
        for (int value : sorted) if (value != sorted[size - 1]) sorted[size++] = value;
        return new ValueIds(Arrays.copyOf(sorted, size));
    }

    private int size() {
        return values == null ? 0 : values.length;
    }

    int id(int value) {
        return values == null ? value : Arrays.binarySearch(values, value) - 1;
    }
}
