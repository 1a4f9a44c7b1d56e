package dev.mipath.lookup;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Random rule lists and packets near their corners, and the obvious answer. */
final class RandomRules {
    /** A range of numbers, both ends included. */
    record Range(BigInteger first, BigInteger last) {
        boolean contains(BigInteger value) {
            return first.compareTo(value) <= 0 && value.compareTo(last) <= 0;
        }
    }

    /** One rule as the oracle sees it. */
    record Rule(
            int protocol,
            List<Range> sources,
            List<Range> sourcePorts,
            List<Range> destinations,
            List<Range> destinationPorts) {}

    /** One packet; addresses are numbers of the family's width. */
    record Packet(
            BigInteger source,
            BigInteger sourcePort,
            BigInteger destination,
            BigInteger destinationPort,
            int protocol) {}

    private static final int[] PROTOCOLS = {-1, 1, 6, 6, 17, 17, 50};

    final List<Rule> rules = new ArrayList<>();
    private final SplittableRandom random;
    private final int width;

    RandomRules(SplittableRandom random, int width, int size) {
        this.random = random;
        this.width = width;
        for (int i = 0; i < size; i++) {
            rules.add(new Rule(
                    PROTOCOLS[random.nextInt(PROTOCOLS.length)], ranges(width), ranges(16), ranges(width), ranges(16)));
        }
    }

    private List<Range> ranges(int bits) {
        if (random.nextInt(3) == 0) return List.of(new Range(BigInteger.ZERO, ones(bits)));
        List<Range> ranges = new ArrayList<>();
        for (int i = random.nextInt(12) == 0 ? 0 : 1 + random.nextInt(4); i > 0; i--) {
            // A prefix half of the time, else any range; few distinct high bits, so that rules overlap.
            BigInteger first = number(bits);
            BigInteger span = ones(random.nextInt(bits + 1));
            BigInteger last = first.or(span);
            if (random.nextBoolean()) first = first.andNot(span);
            ranges.add(new Range(first, last));
        }
        return ranges;
    }

    private static BigInteger ones(int bits) {
        return BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
    }

    private BigInteger number(int bits) {
        BigInteger value = new BigInteger(Long.toUnsignedString(random.nextLong()))
                .shiftLeft(64)
                .or(new BigInteger(Long.toUnsignedString(random.nextLong())))
                .and(ones(bits));
        return random.nextInt(4) == 0 ? value : value.shiftRight(bits / 2).shiftLeft(bits / 2);
    }

    /** A packet inside or just outside a random rule, or anywhere. */
    Packet packet() {
        Rule rule = rules.get(random.nextInt(rules.size()));
        return new Packet(
                corner(rule.sources, width),
                corner(rule.sourcePorts, 16),
                corner(rule.destinations, width),
                corner(rule.destinationPorts, 16),
                rule.protocol < 0 || random.nextInt(4) == 0 ? random.nextInt(256) : rule.protocol);
    }

    private BigInteger corner(List<Range> ranges, int bits) {
        if (ranges.isEmpty() || random.nextInt(8) == 0) return number(bits);
        Range range = ranges.get(random.nextInt(ranges.size()));
        BigInteger end = random.nextBoolean() ? range.first : range.last;
        return end.add(BigInteger.valueOf(random.nextInt(3) - 1)).and(ones(bits));
    }

    /** Which fields match, worked out the obvious way. */
    static int fields(Rule rule, Packet packet) {
        boolean ports = packet.protocol == 6 || packet.protocol == 17;
        int bits = 0;
        if (any(rule.sources, packet.source)) bits |= 1;
        if (!ports || any(rule.sourcePorts, packet.sourcePort)) bits |= 2;
        if (any(rule.destinations, packet.destination)) bits |= 4;
        if (!ports || any(rule.destinationPorts, packet.destinationPort)) bits |= 8;
        if (rule.protocol < 0 || rule.protocol == packet.protocol) bits |= 16;
        return bits;
    }

    private static boolean any(List<Range> ranges, BigInteger value) {
        return ranges.stream().anyMatch(range -> range.contains(value));
    }

    /** The first rule at or after {@code from} whose every field matches, or -1. */
    int nextMatch(int from, Packet packet) {
        for (int i = from; i < rules.size(); i++) if (fields(rules.get(i), packet) == 31) return i;
        return -1;
    }

    RuleTable table() {
        RuleTable.Builder builder = new RuleTable.Builder();
        for (Rule rule : rules) {
            builder.rule(rule.protocol);
            for (Range r : rule.sources) {
                if (width == 32) builder.source(r.first.intValue(), r.last.intValue());
                else builder.source(high(r.first), r.first.longValue(), high(r.last), r.last.longValue());
            }
            for (Range r : rule.destinations) {
                if (width == 32) builder.destination(r.first.intValue(), r.last.intValue());
                else builder.destination(high(r.first), r.first.longValue(), high(r.last), r.last.longValue());
            }
            for (Range r : rule.sourcePorts) builder.sourcePorts(r.first.intValue(), r.last.intValue());
            for (Range r : rule.destinationPorts) builder.destinationPorts(r.first.intValue(), r.last.intValue());
        }
        return builder.build();
    }

    static long high(BigInteger value) {
        return value.shiftRight(64).longValue();
    }
}
