package dev.mipath.benchmarks;

import static java.util.Objects.requireNonNull;

import com.google.common.collect.ImmutableRangeMap;
import com.google.common.collect.Range;
import com.google.common.primitives.UnsignedLong;
import dev.mipath.lookup.LpmTable;
import inet.ipaddr.ipv6.IPv6Address;
import inet.ipaddr.ipv6.IPv6AddressAssociativeTrie;
import java.util.Map;
import java.util.TreeMap;

/** Longest-prefix match on IPv6 prefixes of at most /64 against the libraries a Java engineer would take. */
final class RouteRaces6 {
    private RouteRaces6() {}

    static Race race(String work, Routes routes, LpmTable table, long[] queries) {
        Race race = new Race(work, queries.length, 1 << 14);
        race.add("mipath", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += table.match(queries[i], 0);
            return sum;
        });
        if (NativePeers.loaded()) {
            long lpm = NativePeers.lpm6(routes, queries);
            race.add("rte-lpm6", (from, to) -> NativePeers.lpm6Single(lpm, from, to));
        }
        IPv6Address[] keys = new IPv6Address[queries.length];
        for (int i = 0; i < keys.length; i++) keys[i] = address(queries[i]);
        IPv6AddressAssociativeTrie<Integer> trie = new IPv6AddressAssociativeTrie<>();
        for (int i = 0; i < routes.size(); i++) {
            IPv6Address block = address(routes.high(i)).setPrefixLength(routes.length(i), false);
            trie.put(block.toPrefixBlock(), routes.value(i));
        }
        race.add("ipaddress-assoc-trie", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                var node = trie.longestPrefixMatchNode(keys[i]);
                sum += node == null ? LpmTable.NONE : node.getValue();
            }
            return sum;
        });
        UnsignedLong[] numbers = new UnsignedLong[queries.length];
        for (int i = 0; i < numbers.length; i++) numbers[i] = UnsignedLong.fromLongBits(queries[i]);
        TreeMap<UnsignedLong, Integer> floor = new TreeMap<>();
        floor.put(UnsignedLong.ZERO, table.match(0, 0));
        for (int i = 0; i < routes.size(); i++) {
            long first = routes.high(i);
            long next = first + (1L << 64 - routes.length(i));
            floor.put(UnsignedLong.fromLongBits(first), table.match(first, 0));
            if (next != 0) floor.put(UnsignedLong.fromLongBits(next), table.match(next, 0));
        }
        ImmutableRangeMap.Builder<UnsignedLong, Integer> builder = ImmutableRangeMap.builder();
        for (Map.Entry<UnsignedLong, Integer> entry : floor.entrySet()) {
            UnsignedLong next = floor.higherKey(entry.getKey());
            builder.put(
                    next == null ? Range.atLeast(entry.getKey()) : Range.closedOpen(entry.getKey(), next),
                    entry.getValue());
        }
        ImmutableRangeMap<UnsignedLong, Integer> ranges = builder.build();
        race.add("guava-immutable-rangemap", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += requireNonNull(ranges.get(numbers[i]));
            return sum;
        });
        race.add("treemap-floor", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) sum += floor.floorEntry(numbers[i]).getValue();
            return sum;
        });
        return race;
    }

    private static IPv6Address address(long high) {
        return new IPv6Address(high, 0L);
    }
}
