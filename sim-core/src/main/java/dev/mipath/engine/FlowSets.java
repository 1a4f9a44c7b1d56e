package dev.mipath.engine;

import java.util.Arrays;

/**
 * What the elements remember of one flow, as a number: flows that went the same way share it.
 */
final class FlowSets {
    /*
     * A set is a list of entries; every distinct list exists once. An entry is three longs: element and the two ends of the
     * 5-tuple that was seen there, protocol and family, and what is kept for it (one more than the value; 0 where the
     * flow is only remembered). Ends are numbered too, and an end that is the client's own says so instead of naming an
     * address, so that a million clients share a few sets. Adding an entry is a step in an automaton: from a set by
     * an entry to a set, found by hash. So a flow costs four bytes, and remembering allocates only what was never seen.
     */
    static final int EMPTY = 0;
    private static final int WORDS = 3;
    private static final int FIRST = 64;

    private long[] entries = new long[FIRST * WORDS];
    private int entriesUsed;
    private int[] begin = new int[FIRST];
    private int[] size = new int[FIRST];
    private int sets = 1;
    /** Steps: from-set and entry to to-set. A free row has -1 as its to-set. */
    private long[] stepEntries = new long[FIRST * WORDS];

    private int[] stepFrom = new int[FIRST];
    private int[] stepTo = filled(FIRST);
    private int steps;

    private static int[] filled(int length) {
        int[] free = new int[length];
        Arrays.fill(free, -1);
        return free;
    }

    /** The number of entries of a set. */
    int size(int set) {
        return size[set];
    }

    long where(int set, int entry) {
        return entries[(begin[set] + entry) * WORDS];
    }

    long ends(int set, int entry) {
        return entries[(begin[set] + entry) * WORDS + 1];
    }

    long kept(int set, int entry) {
        return entries[(begin[set] + entry) * WORDS + 2];
    }

    /** The set with one entry more, or with another value in an entry that it has. */
    int with(int set, long where, long ends, long kept) {
        int row = row(set, where, ends, kept);
        if (stepTo[row] >= 0) return stepTo[row];
        int made = make(set, where, ends, kept);
        if ((steps + 1) * 2 > stepTo.length) {
            grow();
            row = row(set, where, ends, kept);
        }
        steps++;
        stepFrom[row] = set;
        stepTo[row] = made;
        put(stepEntries, row, where, ends, kept);
        return made;
    }

    private int row(int set, long where, long ends, long kept) {
        long mixed = ((set * 31L + where) * 0x9E37_79B9_7F4A_7C15L + ends) * 0xC2B2_AE3D_27D4_EB4FL + kept;
        mixed *= 0x1656_67B1_9E37_79F9L;
        int mask = stepTo.length - 1;
        for (int row = (int) (mixed >>> 40) & mask; ; row = row + 1 & mask) {
            if (stepTo[row] < 0) return row;
            boolean same = stepFrom[row] == set
                    && stepEntries[row * WORDS] == where
                    && stepEntries[row * WORDS + 1] == ends
                    && stepEntries[row * WORDS + 2] == kept;
            if (same) return row;
        }
    }

    private int make(int set, long where, long ends, long kept) {
        int replaced = -1;
        for (int i = 0; i < size[set]; i++) if (where(set, i) == where && ends(set, i) == ends) replaced = i;
        boolean more = replaced < 0;
        if (!more && kept(set, replaced) == kept) return set;
        int count = size[set] + (more ? 1 : 0);
        while ((entriesUsed + count) * WORDS > entries.length) entries = Arrays.copyOf(entries, entries.length * 2);
        if (sets == begin.length) {
            begin = Arrays.copyOf(begin, sets * 2);
            size = Arrays.copyOf(size, sets * 2);
        }
        int made = sets++;
        begin[made] = entriesUsed;
        size[made] = count;
        System.arraycopy(entries, begin[set] * WORDS, entries, entriesUsed * WORDS, size[set] * WORDS);
        put(entries, entriesUsed + (more ? size[set] : replaced), where, ends, kept);
        entriesUsed += count;
        return made;
    }

    private static void put(long[] table, int row, long where, long ends, long kept) {
        table[row * WORDS] = where;
        table[row * WORDS + 1] = ends;
        table[row * WORDS + 2] = kept;
    }

    private void grow() {
        int[] oldFrom = stepFrom;
        int[] oldTo = stepTo;
        long[] old = stepEntries;
        stepFrom = new int[oldTo.length * 2];
        stepTo = filled(oldTo.length * 2);
        stepEntries = new long[oldTo.length * 2 * WORDS];
        for (int i = 0; i < oldTo.length; i++) {
            if (oldTo[i] < 0) continue;
            int row = row(oldFrom[i], old[i * WORDS], old[i * WORDS + 1], old[i * WORDS + 2]);
            stepFrom[row] = oldFrom[i];
            stepTo[row] = oldTo[i];
            put(stepEntries, row, old[i * WORDS], old[i * WORDS + 1], old[i * WORDS + 2]);
        }
    }
}
