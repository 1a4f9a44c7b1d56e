package dev.mipath.benchmarks;

import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.RuleTable;
import dev.mipath.lookup.VerdictTable;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Outbound rules, route and inbound rules of one packet: fused, part by part, and as a walk over objects. */
final class VerdictRaces {
    private VerdictRaces() {}

    private record Route(int network, int mask, int value) {}

    static Race race(String work, int rules) {
        Filters outbound = Filters.nsg(rules, false);
        Filters inbound = Filters.nsg(rules + 1, false);
        Routes routes = Inputs.udr();
        RuleTable out = outbound.table().prepare();
        RuleTable in = inbound.table().prepare();
        LpmTable table = routes.table();
        long start = System.nanoTime();
        VerdictTable fused = VerdictTable.of(List.of(out, in), table);
        System.err.printf(
                "%s: built in %.1f ms, %d KB%n", work, (System.nanoTime() - start) / 1e6, fused.bytes() >> 10);

        // Half of the packets are made for the rules of each side, and a route is crossed now and then.
        Packets p = new Packets(outbound, 5);
        Packets other = new Packets(inbound, 6);
        SplittableRandom random = new SplittableRandom(7);
        int[] targets = Traces.inPrefix(routes, 8);
        for (int i = 0; i < p.sources.length; i++) {
            if (random.nextBoolean()) p.take(other, i);
            if (random.nextInt(4) == 0) p.destinations[i] = targets[i];
        }
        Race race = new Race(work, p.sources.length, 1 << 12);
        race.add("mipath", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += fused.match(
                        p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
            }
            return sum;
        });
        race.add("mipath-parts", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                int source = p.sources[i];
                int destination = p.destinations[i];
                int first = out.match(source, p.sourcePorts[i], destination, p.destinationPorts[i], p.protocols[i]);
                int second = in.match(source, p.sourcePorts[i], destination, p.destinationPorts[i], p.protocols[i]);
                sum += packed(table.match(destination), first, second);
            }
            return sum;
        });
        if (NativePeers.loaded()) {
            long first = NativePeers.acl(outbound, p);
            long second = NativePeers.acl(inbound, p);
            long lpm = NativePeers.lpm(routes, p.destinations);
            int best = NativePeers.aclBest(first);
            race.add("rte-acl-best", (from, to) -> NativePeers.verdict(first, second, lpm, from, to, best));
        }
        FilterRaces.LinearObjects outObjects = new FilterRaces.LinearObjects(outbound);
        FilterRaces.LinearObjects inObjects = new FilterRaces.LinearObjects(inbound);
        List<Route> longestFirst = new ArrayList<>();
        for (int i = 0; i < routes.size(); i++) {
            longestFirst.add(new Route(routes.network(i), ~Filters.host(routes.length(i)), routes.value(i)));
        }
        longestFirst.sort((a, b) -> Integer.compareUnsigned(b.mask, a.mask));
        race.add("linear-objects", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                int source = p.sources[i];
                int destination = p.destinations[i];
                int first =
                        outObjects.match(source, p.sourcePorts[i], destination, p.destinationPorts[i], p.protocols[i]);
                int second =
                        inObjects.match(source, p.sourcePorts[i], destination, p.destinationPorts[i], p.protocols[i]);
                int found = LpmTable.NONE;
                for (Route route : longestFirst) {
                    if ((destination & route.mask) == route.network) {
                        found = route.value;
                        break;
                    }
                }
                sum += packed(found, first, second);
            }
            return sum;
        });
        return race;
    }

    private static long packed(int route, int first, int second) {
        return (long) (route + 1) << 44 | (long) (second + 1) << 11 | first + 1;
    }
}
