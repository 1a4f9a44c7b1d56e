package dev.mipath.benchmarks;

import dev.mipath.lookup.RuleTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tuple space search (Srinivasan, Suri and Varghese): rules with the same pair of prefix lengths share a
 * hash table. Tables are asked best rule first, and the search ends when no later one can do better, as
 * Open vSwitch does.
 */
final class TupleSpace {
    /** Rules of one pair of lengths: open addressing over the masked addresses, buckets as ranges of one array. */
    private static final class Tuple {
        final int sourceMask;
        final int destinationMask;
        final List<Expanded> rules = new ArrayList<>();
        int best = Integer.MAX_VALUE;
        long[] keys = {};
        int[] starts = {};
        int[] flat = {};

        Tuple(int sourceMask, int destinationMask) {
            this.sourceMask = sourceMask;
            this.destinationMask = destinationMask;
        }

        void freeze() {
            Map<Long, List<Expanded>> buckets = new HashMap<>();
            for (Expanded rule : rules) {
                best = Math.min(best, rule.index());
                buckets.computeIfAbsent(key(rule.source(), rule.destination()), k -> new ArrayList<>())
                        .add(rule);
            }
            int size = Integer.highestOneBit(buckets.size() * 4);
            keys = new long[size];
            starts = new int[size];
            Arrays.fill(starts, -1);
            List<int[]> rows = new ArrayList<>();
            int next = 0;
            for (var bucket : buckets.entrySet()) {
                int place = hash(bucket.getKey()) & size - 1;
                while (starts[place] >= 0) place = place + 1 & size - 1;
                keys[place] = bucket.getKey();
                starts[place] = next;
                for (Expanded r : bucket.getValue()) {
                    rows.add(new int[] {
                        r.index(),
                        r.protocol(),
                        r.sourcePorts().first() << 16 | r.sourcePorts().last(),
                        r.destinationPorts().first() << 16
                                | r.destinationPorts().last()
                    });
                    next += 4;
                }
                rows.add(new int[] {Integer.MAX_VALUE, 0, 0, 0});
                next += 4;
            }
            flat = rows.stream().flatMapToInt(Arrays::stream).toArray();
        }

        static long key(int source, int destination) {
            return (long) source << 32 | destination & 0xFFFF_FFFFL;
        }

        static int hash(long key) {
            long mixed = key * 0x9E37_79B9_7F4A_7C15L;
            return (int) (mixed >>> 32 ^ mixed >>> 52);
        }

        int match(int source, int sourcePort, int destination, int destinationPort, int protocol, int bound) {
            long key = key(source & sourceMask, destination & destinationMask);
            int mask = keys.length - 1;
            int place = hash(key) & mask;
            while (starts[place] >= 0 && keys[place] != key) place = place + 1 & mask;
            if (starts[place] < 0) return bound;
            boolean ports = protocol == 6 || protocol == 17;
            for (int at = starts[place]; flat[at] < bound; at += 4) {
                boolean accepted = flat[at + 1] == Filters.ANY || flat[at + 1] == protocol;
                if (accepted && (!ports || in(flat[at + 2], sourcePort) && in(flat[at + 3], destinationPort))) {
                    return flat[at];
                }
            }
            return bound;
        }

        private static boolean in(int range, int port) {
            return port >= range >>> 16 && port <= (range & 0xFFFF);
        }
    }

    private final Tuple[] tuples;

    TupleSpace(Filters filters) {
        Map<Integer, Tuple> byLengths = new HashMap<>();
        for (Expanded rule : Expanded.of(filters)) {
            byLengths
                    .computeIfAbsent(
                            rule.sourceLength() << 8 | rule.destinationLength(),
                            lengths -> new Tuple(~Filters.host(lengths >>> 8), ~Filters.host(lengths & 255)))
                    .rules
                    .add(rule);
        }
        byLengths.values().forEach(Tuple::freeze);
        tuples = byLengths.values().stream()
                .sorted(Comparator.comparingInt(tuple -> tuple.best))
                .toArray(Tuple[]::new);
    }

    int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        int found = Integer.MAX_VALUE;
        for (Tuple tuple : tuples) {
            if (tuple.best >= found) break;
            found = tuple.match(source, sourcePort, destination, destinationPort, protocol, found);
        }
        return found == Integer.MAX_VALUE ? RuleTable.NONE : found;
    }
}
