package dev.mipath.benchmarks;

import dev.mipath.net.Prefix;
import java.util.List;
import java.util.SplittableRandom;

/** A trace of packets, a column a field: each is a random point of a random rule. */
final class Packets {
    final int[] sources = new int[Traces.QUERIES];
    final int[] destinations = new int[Traces.QUERIES];
    final int[] sourcePorts = new int[Traces.QUERIES];
    final int[] destinationPorts = new int[Traces.QUERIES];
    final int[] protocols = new int[Traces.QUERIES];

    Packets(Filters filters, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < sources.length; i++) {
            Filters.Rule rule = filters.rules().get(random.nextInt(filters.size()));
            sources[i] = address(rule.sources(), random);
            destinations[i] = address(rule.destinations(), random);
            sourcePorts[i] = port(rule.sourcePorts(), random);
            destinationPorts[i] = port(rule.destinationPorts(), random);
            protocols[i] = rule.protocol() != Filters.ANY ? rule.protocol() : random.nextBoolean() ? 6 : 17;
        }
    }

    /** Replaces a packet by one of another trace. */
    void take(Packets other, int index) {
        sources[index] = other.sources[index];
        destinations[index] = other.destinations[index];
        sourcePorts[index] = other.sourcePorts[index];
        destinationPorts[index] = other.destinationPorts[index];
        protocols[index] = other.protocols[index];
    }

    private static int address(List<Prefix> prefixes, SplittableRandom random) {
        Prefix prefix = prefixes.get(random.nextInt(prefixes.size()));
        return prefix.network().bits() | random.nextInt() & Filters.host(prefix.length());
    }

    private static int port(List<Filters.Ports> ports, SplittableRandom random) {
        Filters.Ports range = ports.get(random.nextInt(ports.size()));
        return range.first() + random.nextInt(range.last() - range.first() + 1);
    }
}
