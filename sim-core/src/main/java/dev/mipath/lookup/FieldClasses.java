package dev.mipath.lookup;

import java.util.Arrays;

/**
 * Cuts the values of one field into classes: values are in one class when the same rules accept them.
 * However large the prefixes of a rule are, a field of a thousand rules has few classes.
 */
final class FieldClasses {
    private FieldClasses() {}

    /**
     * The classes of IPv4 addresses.
     *
     * @param sets receives the rules of each class
     * @return intervals whose value is the class
     */
    static Intervals4 of(Ranges4 ranges, int rules, RuleSets sets) {
        return of(ranges, rules, sets, 0xFFFF_FFFFL);
    }

    /** The classes of ports. What lies above the ports has none: a class of its own would make one of "any port" two. */
    static Intervals4 ofPorts(Ranges4 ranges, int rules, RuleSets sets) {
        return of(ranges, rules, sets, 0xFFFF);
    }

    private static Intervals4 of(Ranges4 ranges, int rules, RuleSets sets, long last) {
        int count = ranges.from(rules);
        long[] events = new long[2 * count];
        int size = 0;
        for (int rule = 0; rule < rules; rule++) {
            for (int range = ranges.from(rule); range < ranges.from(rule + 1); range++) {
                events[size++] = event(ranges.first(range), rule);
                // Ranges of a rule never touch, so each event flips the rule's bit.
                if (ranges.last(range) != (int) last) events[size++] = event(ranges.last(range) + 1, rule);
            }
        }
        Arrays.sort(events, 0, size);
        Intervals4.Collector collector = new Intervals4.Collector(size + 1);
        long[] live = new long[sets.words];
        for (int i = 0; i < size; ) {
            long point = (events[i] ^ Long.MIN_VALUE) >>> 32;
            if (point > 0) collector.upTo(point - 1, sets.intern(live));
            for (; i < size && (events[i] ^ Long.MIN_VALUE) >>> 32 == point; i++) flip(live, (int) events[i]);
        }
        collector.upTo(last, sets.intern(live));
        return collector.finish();
    }

    private static long event(int point, int rule) {
        return ((long) point << 32 | rule) ^ Long.MIN_VALUE;
    }

    /** The classes of IPv6 addresses. */
    static Intervals6 of(Ranges6 ranges, int rules, RuleSets sets) {
        record Event(long high, long low, int rule) {}
        int count = ranges.from(rules);
        Intervals6.Collector collector = new Intervals6.Collector(2 * count + 1);
        long[] live = new long[sets.words];
        if (count == 0) {
            // No rule names the family, as in most groups: one class, and none of the classes below to load for it.
            collector.upTo(-1, -1, sets.intern(live));
            return collector.finish();
        }
        Event[] events = new Event[2 * count];
        int size = 0;
        for (int rule = 0; rule < rules; rule++) {
            for (int i = ranges.from(rule); i < ranges.from(rule + 1); i++) {
                Ranges6.Range range = ranges.range(i);
                events[size++] = new Event(range.firstHigh(), range.firstLow(), rule);
                long low = range.lastLow() + 1;
                long high = range.lastHigh() + (low == 0 ? 1 : 0);
                if ((high | low) != 0) events[size++] = new Event(high, low, rule);
            }
        }
        Arrays.sort(events, 0, size, (a, b) -> Intervals6.compare(a.high, a.low, b.high, b.low));
        for (int i = 0; i < size; ) {
            long high = events[i].high;
            long low = events[i].low;
            if ((high | low) != 0) collector.before(high, low, sets.intern(live));
            for (; i < size && events[i].high == high && events[i].low == low; i++) flip(live, events[i].rule);
        }
        collector.upTo(-1, -1, sets.intern(live));
        return collector.finish();
    }

    private static void flip(long[] live, int rule) {
        live[rule >>> 6] ^= 1L << rule;
    }
}
