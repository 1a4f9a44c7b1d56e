package dev.mipath.lookup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The IPv6 twin of {@link Ranges4}: one set of addresses for each rule. */
final class Ranges6 {
    /** The addresses from first to last, both included. */
    record Range(long firstHigh, long firstLow, long lastHigh, long lastLow) {
        boolean contains(long high, long low) {
            return Intervals6.compare(firstHigh, firstLow, high, low) <= 0
                    && Intervals6.compare(high, low, lastHigh, lastLow) <= 0;
        }
    }

    private static final Comparator<Range> BY_FIRST =
            (a, b) -> Intervals6.compare(a.firstHigh, a.firstLow, b.firstHigh, b.firstLow);

    private final int[] offsets;
    private final Range[] ranges;

    private Ranges6(int[] offsets, Range[] ranges) {
        this.offsets = offsets;
        this.ranges = ranges;
    }

    boolean contains(int rule, long high, long low) {
        int from = offsets[rule];
        int to = offsets[rule + 1];
        if (from == to) return false;
        while (to - from > 1) {
            int middle = (from + to) >>> 1;
            if (Intervals6.compare(ranges[middle].firstHigh, ranges[middle].firstLow, high, low) <= 0) from = middle;
            else to = middle;
        }
        return ranges[from].contains(high, low);
    }

    /** Where the ranges of a rule begin; those of the last rule end at {@code from(rules)}. */
    int from(int rule) {
        return offsets[rule];
    }

    Range range(int index) {
        return ranges[index];
    }

    /** The rules of all parts, one part after another. */
    static Ranges6 concatenated(List<Ranges6> parts) {
        Collector all = new Collector();
        for (Ranges6 part : parts) {
            for (int rule = 0; rule + 1 < part.offsets.length; rule++) {
                for (int i = part.from(rule); i < part.from(rule + 1); i++) all.open.add(part.ranges[i]);
                all.endRule();
            }
        }
        return all.finish();
    }

    /** Takes the ranges of one rule after another. */
    static final class Collector {
        private final List<Range> done = new ArrayList<>();
        private final List<Range> open = new ArrayList<>();
        private int[] offsets = new int[8];
        private int rules;

        void add(long firstHigh, long firstLow, long lastHigh, long lastLow) {
            if (Intervals6.compare(firstHigh, firstLow, lastHigh, lastLow) > 0) {
                throw new IllegalArgumentException("the range is empty");
            }
            open.add(new Range(firstHigh, firstLow, lastHigh, lastLow));
        }

        /** Ends a rule: sorts its ranges and joins those that overlap. */
        void endRule() {
            if (rules + 1 == offsets.length) offsets = Arrays.copyOf(offsets, 2 * offsets.length);
            open.sort(BY_FIRST);
            int start = done.size();
            for (Range range : open) {
                int end = done.size() - 1;
                if (end >= start && done.get(end).contains(range.firstHigh, range.firstLow)) {
                    Range held = done.get(end);
                    if (!held.contains(range.lastHigh, range.lastLow)) {
                        done.set(end, new Range(held.firstHigh, held.firstLow, range.lastHigh, range.lastLow));
                    }
                } else {
                    done.add(range);
                }
            }
            open.clear();
            offsets[++rules] = done.size();
        }

        Ranges6 finish() {
            return new Ranges6(Arrays.copyOf(offsets, rules + 1), done.toArray(new Range[0]));
        }
    }
}
