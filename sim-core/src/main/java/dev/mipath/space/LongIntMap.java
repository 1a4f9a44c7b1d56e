package dev.mipath.space;

import java.util.Arrays;

/** A growing map from longs to ints by open addressing; the memory of a diagram's operations. */
final class LongIntMap {
    /** The answer for a key that is not there; never a value. */
    static final int NONE = Integer.MIN_VALUE;

    private long[] keys = new long[64];
    private int[] values = new int[64];
    private int size;

    LongIntMap() {
        Arrays.fill(values, NONE);
    }

    int get(long key) {
        return values[place(key)];
    }

    void put(long key, int value) {
        if (2 * size >= keys.length) grow();
        int place = place(key);
        if (values[place] == NONE) size++;
        keys[place] = key;
        values[place] = value;
    }

    private int place(long key) {
        long hash = key * 0x9E37_79B9_7F4A_7C15L;
        int mask = keys.length - 1;
        int place = (int) (hash >>> 32) & mask;
        while (values[place] != NONE && keys[place] != key) place = place + 1 & mask;
        return place;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldValues = values;
        keys = new long[2 * oldKeys.length];
        values = new int[keys.length];
        Arrays.fill(values, NONE);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldValues[i] == NONE) continue;
            int place = place(oldKeys[i]);
            keys[place] = oldKeys[i];
            values[place] = oldValues[i];
        }
    }
}
