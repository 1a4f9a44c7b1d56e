package dev.mipath.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Collects prefixes that may contain each other and makes the table in which the longest match wins. */
public final class Prefixes {
    private record Prefix6(long high, long low, int length, int value) {
        long lastHigh() {
            return length == 0 ? -1 : length >= 64 ? high : high | -1L >>> length;
        }

        long lastLow() {
            return length <= 64 ? -1 : length == 128 ? low : low | -1L >>> length - 64;
        }
    }

    /** Containing prefixes before contained ones, and among equals the last added last. */
    private static final Comparator<Prefix6> OUTER_FIRST = (a, b) -> {
        int order = Intervals6.compare(a.high, a.low, b.high, b.low);
        return order != 0 ? order : Integer.compare(a.length, b.length);
    };

    /* network << 32 | length << 26 | index, sign bit flipped: sorted, outer prefixes come first. */
    private static final int INDEX_BITS = 26;

    private static final int DIGIT_BITS = 10;
    private static final int DIGITS = 1 << DIGIT_BITS;

    /** From this many keys on, dealing is faster than comparing. */
    private static final int MANY = 4_096;

    private final LongList fours = new LongList();
    private final LongList values = new LongList();
    private final List<Prefix6> sixes = new ArrayList<>();

    /**
     * Adds an IPv4 prefix; a later one replaces an equal earlier one.
     *
     * @throws IllegalArgumentException when host bits are set or the value is negative
     */
    public Prefixes add(int network, int length, int value) {
        if (value < 0) throw new IllegalArgumentException("value " + value + " is negative");
        if (length < 0 || length > 32 || length < 32 && network << length != 0) {
            throw new IllegalArgumentException("no prefix of length " + length);
        }
        if (fours.size() >>> INDEX_BITS != 0) throw new IllegalArgumentException("too many prefixes");
        long key = (long) network << 32 | (long) length << INDEX_BITS | fours.size();
        fours.add(key ^ Long.MIN_VALUE);
        values.add(value);
        return this;
    }

    /**
     * Adds an IPv6 prefix; a later one replaces an equal earlier one.
     *
     * @throws IllegalArgumentException when host bits are set or the value is negative
     */
    public Prefixes add(long high, long low, int length, int value) {
        if (value < 0) throw new IllegalArgumentException("value " + value + " is negative");
        if (length < 0
                || length > 128
                || length < 64 && (high << length != 0 || low != 0)
                || length >= 64 && length < 128 && low << length - 64 != 0) {
            throw new IllegalArgumentException("no prefix of length " + length);
        }
        sixes.add(new Prefix6(high, low, length, value));
        return this;
    }

    /** The table whose answer is the value of the longest prefix that holds the address. */
    public LpmTable table() {
        return new LpmTable(four(), six());
    }

    /*
     * One sweep over the sorted prefixes with a stack of those that are open, each inside the one below it:
     * whatever lies between two events belongs to the top of the stack.
     */
    private Intervals4 four() {
        long[] sorted = sorted(fours.toArray());
        Intervals4.Collector collector = new Intervals4.Collector(2 * sorted.length + 1);
        long[] openLast = new long[34];
        int[] openValue = new int[34];
        int open = 0;
        openLast[0] = 0xFFFF_FFFFL;
        openValue[0] = LpmTable.NONE;
        for (int i = 0; i < sorted.length; i++) {
            long key = sorted[i];
            boolean replaced = i + 1 < sorted.length && sorted[i + 1] >>> INDEX_BITS == key >>> INDEX_BITS;
            if (replaced) continue;
            long first = (key ^ Long.MIN_VALUE) >>> 32;
            int length = (int) key >>> INDEX_BITS;
            for (; openLast[open] < first; open--) collector.upTo(openLast[open], openValue[open]);
            collector.upTo(first - 1, openValue[open]);
            open++;
            openLast[open] = first | 0xFFFF_FFFFL >>> length;
            openValue[open] = (int) values.get((int) key & (1 << INDEX_BITS) - 1);
        }
        for (; open >= 0; open--) collector.upTo(openLast[open], openValue[open]);
        return collector.finish();
    }

    /**
     * The keys in rising order. Many keys are dealt into {@link #DIGITS} piles by their last digit, then the next: four
     * passes over a full routing table instead of twenty comparisons a key. Keys arrive in the order of their index,
     * which dealing keeps, so the index itself is no digit.
     */
    private static long[] sorted(long[] keys) {
        if (keys.length < MANY) {
            Arrays.sort(keys);
            return keys;
        }
        if (rise(keys)) return keys;
        long[] from = keys;
        long[] to = new long[keys.length];
        for (int shift = INDEX_BITS; shift < Long.SIZE; shift += DIGIT_BITS) {
            int[] next = new int[DIGITS + 1];
            for (long key : from) next[digit(key, shift) + 1]++;
            for (int i = 0; i < DIGITS; i++) next[i + 1] += next[i];
            for (long key : from) to[next[digit(key, shift)]++] = key;
            long[] dealt = to;
            to = from;
            from = dealt;
        }
        return from;
    }

    private static boolean rise(long[] keys) {
        for (int i = 1; i < keys.length; i++) if (keys[i - 1] > keys[i]) return false;
        return true;
    }

    private static int digit(long key, int shift) {
        return (int) ((key ^ Long.MIN_VALUE) >>> shift) & DIGITS - 1;
    }

    private Intervals6 six() {
        Prefix6[] sorted = sixes.toArray(new Prefix6[0]);
        Arrays.sort(sorted, OUTER_FIRST);
        Intervals6.Collector collector = new Intervals6.Collector(2 * sorted.length + 1);
        Prefix6[] stack = new Prefix6[130];
        int open = 0;
        stack[0] = new Prefix6(0, 0, 0, LpmTable.NONE);
        for (int i = 0; i < sorted.length; i++) {
            Prefix6 next = sorted[i];
            boolean replaced = i + 1 < sorted.length && OUTER_FIRST.compare(next, sorted[i + 1]) == 0;
            if (replaced) continue;
            for (; Intervals6.compare(stack[open].lastHigh(), stack[open].lastLow(), next.high, next.low) < 0; open--) {
                collector.upTo(stack[open].lastHigh(), stack[open].lastLow(), stack[open].value);
            }
            collector.before(next.high, next.low, stack[open].value);
            stack[++open] = next;
        }
        for (; open >= 0; open--) collector.upTo(stack[open].lastHigh(), stack[open].lastLow(), stack[open].value);
        return collector.finish();
    }
}
