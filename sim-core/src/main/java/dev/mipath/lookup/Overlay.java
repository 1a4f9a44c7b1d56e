package dev.mipath.lookup;

import java.util.HashMap;
import java.util.Map;

/** Two partitions of the address space laid over each other: each pair of values that meet gets a number. */
final class Overlay {
    private final Map<Long, Integer> numbers = new HashMap<>();
    private final LongList pairs = new LongList();

    private int number(int left, int right) {
        long pair = (long) left << 32 | right & 0xFFFF_FFFFL;
        return numbers.computeIfAbsent(pair, fresh -> {
            pairs.add(fresh);
            return pairs.size() - 1;
        });
    }

    int size() {
        return pairs.size();
    }

    /** What the first partition has where the number stands. */
    int left(int number) {
        return (int) (pairs.get(number) >> 32);
    }

    /** What the second partition has where the number stands. */
    int right(int number) {
        return (int) pairs.get(number);
    }

    Intervals4 of(Intervals4 left, Intervals4 right) {
        Intervals4.Collector collector = new Intervals4.Collector(left.size() + right.size());
        for (int l = 0, r = 0; l < left.size() && r < right.size(); ) {
            int lastLeft = left.last(l);
            int lastRight = right.last(r);
            int number = number(left.values[l], right.values[r]);
            boolean leftEnds = Integer.compareUnsigned(lastLeft, lastRight) <= 0;
            collector.upTo(Integer.toUnsignedLong(leftEnds ? lastLeft : lastRight), number);
            if (leftEnds) l++;
            if (!leftEnds || lastLeft == lastRight) r++;
        }
        return collector.finish();
    }

    Intervals6 of(Intervals6 left, Intervals6 right) {
        Intervals6.Collector collector = new Intervals6.Collector(left.size() + right.size());
        for (int l = 0, r = 0; l < left.size() && r < right.size(); ) {
            int number = number(left.values[l], right.values[r]);
            boolean leftMore = l + 1 < left.size();
            boolean rightMore = r + 1 < right.size();
            if (!leftMore && !rightMore) break;
            int order = !leftMore
                    ? 1
                    : !rightMore
                            ? -1
                            : Intervals6.compare(
                                    left.highs[l + 1], left.lows[l + 1], right.highs[r + 1], right.lows[r + 1]);
            Intervals6 sooner = order <= 0 ? left : right;
            int next = order <= 0 ? l + 1 : r + 1;
            collector.before(sooner.highs[next], sooner.lows[next], number);
            if (order <= 0) l++;
            if (order >= 0) r++;
        }
        collector.upTo(-1, -1, number(left.values[left.size() - 1], right.values[right.size() - 1]));
        return collector.finish();
    }
}
