package dev.mipath.lookup;

import java.util.Arrays;

/** Sets of rules as rows of bits, each content stored once: the number of a set is the class it stands for. */
final class RuleSets {
    /** How many longs a set takes. */
    final int words;

    private long[] sets;
    private int size;

    /* Open addressing: number + 1 of a set, or 0 for an empty place. */
    private int[] places = new int[64];

    RuleSets(int words) {
        this.words = words;
        sets = new long[16 * words];
    }

    static int words(int rules) {
        return Math.max(1, rules + 63 >>> 6);
    }

    int size() {
        return size;
    }

    /** The number of the set with this content. */
    int intern(long[] set) {
        int mask = places.length - 1;
        int place = hash(set, 0) & mask;
        for (; places[place] != 0; place = place + 1 & mask) {
            int at = (places[place] - 1) * words;
            if (Arrays.equals(sets, at, at + words, set, 0, words)) return places[place] - 1;
        }
        if ((size + 1) * words > sets.length) sets = Arrays.copyOf(sets, 2 * sets.length);
        System.arraycopy(set, 0, sets, size * words, words);
        places[place] = ++size;
        if (2 * size > places.length) rehash();
        return size - 1;
    }

    private void rehash() {
        places = new int[2 * places.length];
        int mask = places.length - 1;
        for (int i = 0; i < size; i++) {
            int place = hash(sets, i * words) & mask;
            while (places[place] != 0) place = place + 1 & mask;
            places[place] = i + 1;
        }
    }

    private int hash(long[] from, int at) {
        long hash = 0;
        for (int i = 0; i < words; i++) hash = (hash ^ from[at + i]) * 0x9E37_79B9_7F4A_7C15L + (hash >>> 29);
        return (int) (hash ^ hash >>> 32);
    }

    /** Writes the rules that are in both a set of this and a set of the other. */
    void intersect(int set, RuleSets other, int otherSet, long[] into) {
        int at = set * words;
        int otherAt = otherSet * words;
        for (int i = 0; i < words; i++) into[i] = sets[at + i] & other.sets[otherAt + i];
    }

    /** The first rule from {@code from} to before {@code to} in both sets, or {@link RuleTable#NONE}. */
    int first(int set, RuleSets other, int otherSet, int from, int to) {
        for (int word = from >>> 6; word << 6 < to; word++) {
            long both = sets[set * words + word] & other.sets[otherSet * words + word];
            if (word == from >>> 6) both &= -1L << from;
            if (both != 0) {
                int rule = (word << 6) + Long.numberOfTrailingZeros(both);
                return rule < to ? rule : RuleTable.NONE;
            }
        }
        return RuleTable.NONE;
    }

    /**
     * The part of each set that lies in one stretch of the rules.
     *
     * @param into receives the different parts, as sets of their own
     * @return for each set the number of its part
     */
    char[] project(int from, int count, RuleSets into) {
        char[] numbers = new char[size];
        long[] part = new long[into.words];
        for (int set = 0; set < size; set++) {
            for (int i = 0; i < part.length; i++) {
                int bit = from + (i << 6);
                long low = longAt(set, bit >>> 6) >>> bit;
                long high = (bit & 63) == 0 ? 0 : longAt(set, (bit >>> 6) + 1) << -bit;
                int left = count - (i << 6);
                part[i] = left <= 0 ? 0 : (low | high) & (left >= 64 ? -1 : (1L << left) - 1);
            }
            numbers[set] = (char) into.intern(part);
        }
        return numbers;
    }

    private long longAt(int set, int word) {
        return word < words ? sets[set * words + word] : 0;
    }

    /** The sets end to end, {@link #words} longs each. */
    long[] toArray() {
        return Arrays.copyOf(sets, Math.max(1, size) * words);
    }
}
