package dev.mipath.benchmarks;

import dev.mipath.lookup.RuleBatch;
import dev.mipath.lookup.RuleTable;
import java.util.List;

/** First matching rule against walking the rules, as objects and as flat arrays, and against tuple space search. */
final class FilterRaces {
    private FilterRaces() {}

    static Race race(String work, Filters filters, RuleTable table, Packets p) {
        LinearObjects objects = new LinearObjects(filters);
        LinearArrays arrays = new LinearArrays(filters);
        TupleSpace tuples = new TupleSpace(filters);
        Race race = new Race(work, p.sources.length, 1 << 12);
        race.add("mipath", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += table.match(
                        p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
            }
            return sum;
        });
        // Bursts are compared with a batch, right after the single packets in the same table.
        RuleBatch batch = new RuleBatch(table);
        int[] rules = new int[NativePeers.BEST_BURST];
        race.add("mipath-batch", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i += rules.length) {
                int count = Math.min(rules.length, to - i);
                batch.match(p.sources, p.sourcePorts, p.destinations, p.destinationPorts, p.protocols, i, count, rules);
                sum += RouteRaces.sum(rules, count);
            }
            return sum;
        });
        if (NativePeers.loaded()) {
            long acl = NativePeers.acl(filters, p);
            race.addAgainst(
                    "mipath-batch",
                    "rte-acl",
                    (from, to) -> NativePeers.aclRun(acl, from, to, NativePeers.BURST, NativePeers.DEFAULT_ALGORITHM));
            race.add(
                    "rte-acl-single",
                    (from, to) -> NativePeers.aclRun(acl, from, to, 1, NativePeers.DEFAULT_ALGORITHM));
            int best = NativePeers.aclBest(acl);
            race.addAgainst(
                    "mipath-batch",
                    "rte-acl-best",
                    (from, to) -> NativePeers.aclRun(acl, from, to, NativePeers.BEST_BURST, best));
        }
        race.add("linear-objects", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += objects.match(
                        p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
            }
            return sum;
        });
        race.add("linear-arrays", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += arrays.match(
                        p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
            }
            return sum;
        });
        race.add("tuple-space", (from, to) -> {
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += tuples.match(
                        p.sources[i], p.sourcePorts[i], p.destinations[i], p.destinationPorts[i], p.protocols[i]);
            }
            return sum;
        });
        return race;
    }

    /** What everybody would write first: a list of rules that hold lists of blocks and of port ranges. */
    static final class LinearObjects {
        private record Block(int network, int mask) {}

        private record Rule(
                int protocol,
                List<Block> sources,
                List<Filters.Ports> sourcePorts,
                List<Block> destinations,
                List<Filters.Ports> destinationPorts) {}

        private final List<Rule> rules;

        LinearObjects(Filters filters) {
            rules = filters.rules().stream()
                    .map(rule -> new Rule(
                            rule.protocol(),
                            blocks(rule.sources()),
                            rule.sourcePorts(),
                            blocks(rule.destinations()),
                            rule.destinationPorts()))
                    .toList();
        }

        private static List<Block> blocks(List<dev.mipath.net.Prefix> prefixes) {
            return prefixes.stream()
                    .map(p -> new Block(p.network().bits(), ~Filters.host(p.length())))
                    .toList();
        }

        int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
            for (int i = 0; i < rules.size(); i++) {
                Rule rule = rules.get(i);
                boolean ports = protocol == 6 || protocol == 17;
                if ((rule.protocol == Filters.ANY || rule.protocol == protocol)
                        && (!ports || holds(rule.destinationPorts, destinationPort))
                        && (!ports || holds(rule.sourcePorts, sourcePort))
                        && covers(rule.destinations, destination)
                        && covers(rule.sources, source)) {
                    return i;
                }
            }
            return RuleTable.NONE;
        }

        private static boolean holds(List<Filters.Ports> ranges, int port) {
            for (Filters.Ports range : ranges) if (range.contains(port)) return true;
            return false;
        }

        private static boolean covers(List<Block> blocks, int address) {
            for (Block block : blocks) if ((address & block.mask) == block.network) return true;
            return false;
        }
    }

    /** The same walk over flat arrays, every rule expanded to single blocks and single port ranges. */
    static final class LinearArrays {
        private final int[] flat;
        private static final int STRIDE = 10;

        LinearArrays(Filters filters) {
            flat = Expanded.of(filters).stream()
                    .flatMapToInt(r -> java.util.stream.IntStream.of(
                            r.source(),
                            ~Filters.host(r.sourceLength()),
                            r.destination(),
                            ~Filters.host(r.destinationLength()),
                            r.sourcePorts().first(),
                            r.sourcePorts().last(),
                            r.destinationPorts().first(),
                            r.destinationPorts().last(),
                            r.protocol(),
                            r.index()))
                    .toArray();
        }

        int match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
            boolean ports = protocol == 6 || protocol == 17;
            for (int at = 0; at < flat.length; at += STRIDE) {
                if ((source & flat[at + 1]) == flat[at]
                        && (destination & flat[at + 3]) == flat[at + 2]
                        && (flat[at + 8] == Filters.ANY || flat[at + 8] == protocol)
                        && (!ports
                                || sourcePort >= flat[at + 4]
                                        && sourcePort <= flat[at + 5]
                                        && destinationPort >= flat[at + 6]
                                        && destinationPort <= flat[at + 7])) {
                    return flat[at + 9];
                }
            }
            return RuleTable.NONE;
        }
    }
}
