package dev.mipath.benchmarks;

import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Ordered rules in the shape of an NSG: each a union of prefixes by a union of port ranges by a protocol. */
record Filters(List<Rule> rules) {
    /** Any protocol. */
    static final int ANY = -1;

    /** First and last port, both included. */
    record Ports(int first, int last) {
        static final Ports ALL = new Ports(0, 65_535);

        boolean contains(int port) {
            return port >= first && port <= last;
        }
    }

    /** One rule. */
    record Rule(
            int protocol,
            List<Prefix> sources,
            List<Ports> sourcePorts,
            List<Prefix> destinations,
            List<Ports> destinationPorts) {}

    private static final List<Prefix> EVERYWHERE = List.of(Prefix.ALL_V4);
    private static final List<Ports> ANY_PORT = List.of(Ports.ALL);
    private static final int[] USUAL = {22, 53, 80, 443, 445, 1433, 1434, 3342, 3389, 5022, 8080, 9000, 11_000, 12_000};

    /** An NSG with this many rules of its own and the three that every NSG has. */
    static Filters nsg(int size, boolean largeTags) {
        SplittableRandom random = new SplittableRandom(size);
        List<Routes> tags = Inputs.tagSets();
        List<Routes> fitting =
                tags.stream().filter(tag -> largeTags || tag.size() <= 60).toList();
        List<Rule> rules = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            rules.add(new Rule(
                    new int[] {ANY, 6, 6, 6, 17}[random.nextInt(5)],
                    side(random, fitting),
                    ANY_PORT,
                    side(random, fitting),
                    ports(random)));
        }
        List<Prefix> network = List.of(Prefix.parse("10.0.0.0/8"), Prefix.parse("172.16.0.0/12"));
        rules.add(new Rule(ANY, network, ANY_PORT, network, ANY_PORT));
        rules.add(new Rule(ANY, List.of(Prefix.parse("168.63.129.16/32")), ANY_PORT, EVERYWHERE, ANY_PORT));
        rules.add(new Rule(ANY, EVERYWHERE, ANY_PORT, EVERYWHERE, ANY_PORT));
        return new Filters(rules);
    }

    private static List<Prefix> side(SplittableRandom random, List<Routes> tags) {
        int kind = random.nextInt(10);
        if (kind == 0) return EVERYWHERE;
        if (kind < 4) return tags.get(random.nextInt(tags.size())).prefixes();
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            int network = 10 << 24 | random.nextInt(16) << 20 | random.nextInt(1 << 20);
            prefixes.add(Prefix.covering(dev.mipath.net.Address.v4(network), 16 + random.nextInt(17)));
        }
        return prefixes;
    }

    private static List<Ports> ports(SplittableRandom random) {
        if (random.nextInt(6) == 0) return ANY_PORT;
        List<Ports> ports = new ArrayList<>();
        for (int i = 1 + random.nextInt(8); i > 0; i--) {
            int first = random.nextBoolean() ? USUAL[random.nextInt(USUAL.length)] : random.nextInt(60_000);
            ports.add(new Ports(first, random.nextBoolean() ? first : first + random.nextInt(1_000)));
        }
        return ports;
    }

    /** A ClassBench rule set. */
    static Filters classBench(List<String> lines) {
        List<Rule> rules = new ArrayList<>();
        for (String line : lines) {
            String[] fields = line.substring(1).strip().split("\\s+", -1);
            String[] protocol = fields[8].split("/", -1);
            rules.add(new Rule(
                    protocol[1].equals("0x00") ? ANY : Integer.decode(protocol[0]),
                    List.of(Prefix.parseDroppingHostBits(fields[0])),
                    List.of(new Ports(Integer.parseInt(fields[2]), Integer.parseInt(fields[4]))),
                    List.of(Prefix.parseDroppingHostBits(fields[1])),
                    List.of(new Ports(Integer.parseInt(fields[5]), Integer.parseInt(fields[7])))));
        }
        return new Filters(rules);
    }

    int size() {
        return rules.size();
    }

    /** Our table of these rules; not yet made fast. */
    RuleTable table() {
        RuleTable.Builder table = new RuleTable.Builder();
        for (Rule rule : rules) {
            table.rule(rule.protocol);
            for (Prefix p : rule.sources) table.source(p.network().bits(), last(p));
            for (Prefix p : rule.destinations) table.destination(p.network().bits(), last(p));
            for (Ports p : rule.sourcePorts) table.sourcePorts(p.first, p.last);
            for (Ports p : rule.destinationPorts) table.destinationPorts(p.first, p.last);
        }
        return table.build();
    }

    static int last(Prefix prefix) {
        return prefix.network().bits() | host(prefix.length());
    }

    static int host(int length) {
        return length == 0 ? -1 : length == 32 ? 0 : -1 >>> length;
    }
}
