package dev.mipath.benchmarks;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;
import com.google.common.collect.TreeRangeMap;
import dev.mipath.lookup.LpmTable;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv4.IPv4AddressAssociativeTrie;
import inet.ipaddr.ipv4.IPv4AddressTrie;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.apache.commons.collections4.trie.PatriciaTrie;

/** Longest-prefix match against the libraries a Java engineer would take. Keys are made beforehand for all of them. */
final class RouteRaces {
    private RouteRaces() {}

    static Race race(String work, Routes routes, LpmTable table, int[] queries) {
        Race race = new Race(work, queries.length, 1 << 14);
        race.add("mipath", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += table.match(queries[i]);
            return sum;
        });
        // Each batch runs right after the single lookups in the same table: both find it warm.
        int[] answers = new int[256];
        race.add("mipath-batch", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i += answers.length) {
                int count = Math.min(answers.length, to - i);
                table.match(queries, i, count, answers);
                sum += sum(answers, count);
            }
            return sum;
        });
        if (NativePeers.loaded()) {
            long lpm = NativePeers.lpm(routes, queries);
            race.add("rte-lpm", (from, to) -> NativePeers.lpmSingle(lpm, from, to));
            race.addAgainst("mipath-batch", "rte-lpm-bulk", (from, to) -> NativePeers.lpmBulk(lpm, from, to));
        }
        if (Boolean.getBoolean("mipath.nativeOnly")) return race;
        ipAddress(race, routes, queries);
        ranges(race, routes, queries);
        if (routes.size() < 1_000) {
            linear(race, routes, queries);
            patricia(race, routes, queries);
        }
        return race;
    }

    /** The sum in four parts, which the compiler of C makes of a plain loop by itself and that of Java does not. */
    static long sum(int[] answers, int count) {
        int first = 0, second = 0, third = 0, fourth = 0;
        int i = 0;
        for (; i + 3 < count; i += 4) {
            first += answers[i];
            second += answers[i + 1];
            third += answers[i + 2];
            fourth += answers[i + 3];
        }
        long sum = (long) first + second + third + fourth;
        for (; i < count; i++) sum += answers[i];
        return sum;
    }

    private static void ipAddress(Race race, Routes routes, int[] queries) {
        IPv4Address[] keys = new IPv4Address[queries.length];
        for (int i = 0; i < keys.length; i++) keys[i] = new IPv4Address(queries[i]);
        IPv4AddressTrie trie = new IPv4AddressTrie();
        IPv4AddressAssociativeTrie<Integer> associative = new IPv4AddressAssociativeTrie<>();
        Map<IPv4Address, Integer> values = new HashMap<>();
        for (int i = 0; i < routes.size(); i++) {
            IPv4Address block = block(routes, i);
            trie.add(block);
            associative.put(block, routes.value(i));
            values.put(block, routes.value(i));
        }
        race.add("ipaddress-assoc-trie", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                var node = associative.longestPrefixMatchNode(keys[i]);
                sum += node == null ? LpmTable.NONE : node.getValue();
            }
            return sum;
        });
        // This trie answers with the block it holds; finding the block's value is not part of the race.
        race.add(
                "ipaddress-trie",
                (from, to) -> {
                    long sum = 0;
                    for (int i = from; i < to; i++) sum += trie.longestPrefixMatch(keys[i]) == null ? 0 : 1;
                    return sum;
                },
                (from, to) -> {
                    long sum = 0;
                    for (int i = from; i < to; i++) {
                        IPv4Address match = trie.longestPrefixMatch(keys[i]);
                        sum += match == null ? LpmTable.NONE : values.getOrDefault(match, LpmTable.NONE);
                    }
                    return sum;
                });
    }

    static IPv4Address block(Routes routes, int index) {
        return new IPv4Address(routes.network(index), routes.length(index)).toPrefixBlock();
    }

    private static void ranges(Race race, Routes routes, int[] queries) {
        Long[] keys = new Long[queries.length];
        for (int i = 0; i < keys.length; i++) keys[i] = Integer.toUnsignedLong(queries[i]);
        NavigableMap<Long, Integer> floor = disjoint(routes);
        ImmutableRangeMap.Builder<Long, Integer> builder = ImmutableRangeMap.builder();
        TreeRangeMap<Long, Integer> tree = TreeRangeMap.create();
        for (Map.Entry<Long, Integer> entry : floor.entrySet()) {
            Long next = floor.higherKey(entry.getKey());
            Range<Long> range = Range.closedOpen(entry.getKey(), next == null ? 1L << 32 : next);
            builder.put(range, entry.getValue());
            tree.put(range, entry.getValue());
        }
        ImmutableRangeMap<Long, Integer> immutable = builder.build();
        race.add("guava-immutable-rangemap", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += requireNonNull(immutable.get(keys[i]));
            return sum;
        });
        race.add("guava-tree-rangemap", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += requireNonNull(tree.get(keys[i]));
            return sum;
        });
        race.add("treemap-floor", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += floor.floorEntry(keys[i]).getValue();
            return sum;
        });
    }

    /** Start of each disjoint interval to its value; NONE is a value too. */
    static NavigableMap<Long, Integer> disjoint(Routes routes) {
        NavigableMap<Long, Integer> floor = new TreeMap<>();
        LpmTable table = routes.table();
        floor.put(0L, table.match(0));
        for (int i = 0; i < routes.size(); i++) {
            long first = Integer.toUnsignedLong(routes.network(i));
            long next = first + (1L << 32 - routes.length(i));
            floor.put(first, table.match((int) first));
            if (next < 1L << 32) floor.put(next, table.match((int) next));
        }
        // Joined, so that the peers search no more keys than they must.
        Integer before = null;
        for (var all = floor.entrySet().iterator(); all.hasNext(); ) {
            Integer value = all.next().getValue();
            if (value.equals(before)) all.remove();
            before = value;
        }
        return floor;
    }

    private static void linear(Race race, Routes routes, int[] queries) {
        int[] networks = new int[routes.size()];
        int[] masks = new int[routes.size()];
        int[] values = new int[routes.size()];
        // Longest first, so that the first hit is the answer.
        int next = 0;
        for (int length = 32; length >= 0; length--) {
            for (int i = 0; i < routes.size(); i++) {
                if (routes.length(i) != length) continue;
                networks[next] = routes.network(i);
                masks[next] = length == 0 ? 0 : -1 << 32 - length;
                values[next++] = routes.value(i);
            }
        }
        race.add("linear-arrays", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                int found = LpmTable.NONE;
                for (int r = 0; r < networks.length; r++) {
                    if ((queries[i] & masks[r]) == networks[r]) {
                        found = values[r];
                        break;
                    }
                }
                sum += found;
            }
            return sum;
        });
    }

    private static void patricia(Race race, Routes routes, int[] queries) {
        // The library has no longest match, so its users ask once a length, as here.
        Map<Integer, PatriciaTrie<Integer>> byLength = new TreeMap<>((a, b) -> b - a);
        for (int i = 0; i < routes.size(); i++) {
            byLength.computeIfAbsent(routes.length(i), length -> new PatriciaTrie<>())
                    .put(bits(routes.network(i), routes.length(i)), routes.value(i));
        }
        String[] keys = new String[1 << 14];
        for (int i = 0; i < keys.length; i++) keys[i] = bits(queries[i], 32);
        race.add("commons-patricia", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                Integer found = null;
                for (Map.Entry<Integer, PatriciaTrie<Integer>> trie : byLength.entrySet()) {
                    found = trie.getValue().get(keys[i & keys.length - 1].substring(0, trie.getKey()));
                    if (found != null) break;
                }
                sum += found == null ? LpmTable.NONE : found;
            }
            return sum;
        });
    }

    private static String bits(int address, int length) {
        StringBuilder bits = new StringBuilder(length);
        for (int i = 0; i < length; i++) bits.append((address >>> 31 - i & 1) == 0 ? '0' : '1');
        return bits.toString();
    }
}
