package dev.mipath.lookup;

import java.util.Arrays;
import java.util.List;

/** One set of IPv4 addresses, or of ports, for each rule: sorted ranges of all rules in two flat arrays. */
final class Ranges4 {
    /* The ranges of rule r are at offsets[r] .. offsets[r + 1] - 1; within a rule they rise and never touch. */
    private final int[] offsets;
    private final int[] firsts;
    private final int[] lasts;

    private Ranges4(int[] offsets, int[] firsts, int[] lasts) {
        this.offsets = offsets;
        this.firsts = firsts;
        this.lasts = lasts;
    }

    boolean contains(int rule, int value) {
        int low = offsets[rule];
        int high = offsets[rule + 1];
        if (low == high) return false;
        while (high - low > 1) {
            int middle = (low + high) >>> 1;
            if (Integer.compareUnsigned(firsts[middle], value) <= 0) low = middle;
            else high = middle;
        }
        return Integer.compareUnsigned(firsts[low], value) <= 0 && Integer.compareUnsigned(value, lasts[low]) <= 0;
    }

    /** Where the ranges of a rule begin; those of the last rule end at {@code from(rules)}. */
    int from(int rule) {
        return offsets[rule];
    }

    int first(int range) {
        return firsts[range];
    }

    int last(int range) {
        return lasts[range];
    }

    /** The rules of all parts, one part after another. */
    static Ranges4 concatenated(List<Ranges4> parts) {
        Collector all = new Collector();
        for (Ranges4 part : parts) {
            for (int rule = 0; rule + 1 < part.offsets.length; rule++) {
                for (int i = part.from(rule); i < part.from(rule + 1); i++) all.add(part.firsts[i], part.lasts[i]);
                all.endRule();
            }
        }
        return all.finish();
    }

    /** Takes the ranges of one rule after another. */
    static final class Collector {
        private final LongList done = new LongList();
        private final LongList offsets = new LongList();
        private final LongList open = new LongList();

        void add(int first, int last) {
            if (Integer.compareUnsigned(first, last) > 0) throw new IllegalArgumentException("the range is empty");
            open.add((long) first << 32 | last & 0xFFFF_FFFFL);
        }

        /** Ends a rule: sorts its ranges and joins those that touch. */
        void endRule() {
            offsets.add(done.size());
            long[] sorted = open.toArray();
            open.clear();
            for (int i = 0; i < sorted.length; i++) sorted[i] ^= Long.MIN_VALUE;
            Arrays.sort(sorted);
            for (int i = 0; i < sorted.length; ) {
                long first = (sorted[i] ^ Long.MIN_VALUE) >>> 32;
                long last = sorted[i] & 0xFFFF_FFFFL;
                for (i++; i < sorted.length && (sorted[i] ^ Long.MIN_VALUE) >>> 32 <= last + 1; i++) {
                    last = Math.max(last, sorted[i] & 0xFFFF_FFFFL);
                }
                done.add(first << 32 | last);
            }
        }

        Ranges4 finish() {
            int[] starts = new int[offsets.size() + 1];
            for (int i = 0; i < offsets.size(); i++) starts[i] = (int) offsets.get(i);
            starts[offsets.size()] = done.size();
            int[] firsts = new int[done.size()];
            int[] lasts = new int[done.size()];
            for (int i = 0; i < done.size(); i++) {
                firsts[i] = (int) (done.get(i) >>> 32);
                lasts[i] = (int) done.get(i);
            }
            return new Ranges4(starts, firsts, lasts);
        }
    }
}
