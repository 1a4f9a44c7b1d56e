package dev.mipath.lookup;

import java.util.Arrays;
import java.util.List;

/** The rules of a {@link RuleTable} as they were given: the slow truth that explains and that fast tables are made from. */
final class Rules {
    static final int TCP = 6;
    static final int UDP = 17;

    /** The protocol of a rule that matches every protocol. */
    static final int ANY = -1;

    /** The protocol of each rule, or {@link #ANY}. */
    final int[] protocols;

    final Ranges4 sources4;
    final Ranges6 sources6;
    final Ranges4 sourcePorts;
    final Ranges4 destinations4;
    final Ranges6 destinations6;
    final Ranges4 destinationPorts;

    Rules(
            int[] protocols,
            Ranges4 sources4,
            Ranges6 sources6,
            Ranges4 sourcePorts,
            Ranges4 destinations4,
            Ranges6 destinations6,
            Ranges4 destinationPorts) {
        this.protocols = protocols;
        this.sources4 = sources4;
        this.sources6 = sources6;
        this.sourcePorts = sourcePorts;
        this.destinations4 = destinations4;
        this.destinations6 = destinations6;
        this.destinationPorts = destinationPorts;
    }

    /** The rules of all parts, one part after another. */
    static Rules concatenated(List<Rules> parts) {
        return new Rules(
                parts.stream()
                        .flatMapToInt(part -> Arrays.stream(part.protocols))
                        .toArray(),
                Ranges4.concatenated(parts.stream().map(part -> part.sources4).toList()),
                Ranges6.concatenated(parts.stream().map(part -> part.sources6).toList()),
                Ranges4.concatenated(
                        parts.stream().map(part -> part.sourcePorts).toList()),
                Ranges4.concatenated(
                        parts.stream().map(part -> part.destinations4).toList()),
                Ranges6.concatenated(
                        parts.stream().map(part -> part.destinations6).toList()),
                Ranges4.concatenated(
                        parts.stream().map(part -> part.destinationPorts).toList()));
    }

    int size() {
        return protocols.length;
    }

    /** Whether packets of the protocol carry ports. */
    static boolean hasPorts(int protocol) {
        return protocol == TCP || protocol == UDP;
    }

    /** The rules that accept a protocol, as bits. */
    long[] accepting(int protocol) {
        long[] accepting = new long[RuleSets.words(size())];
        for (int rule = 0; rule < size(); rule++) {
            if (protocol(rule, protocol)) accepting[rule >>> 6] |= 1L << rule;
        }
        return accepting;
    }

    /** Which protocols rules name; all others are accepted by the same rules. */
    boolean[] namedProtocols() {
        boolean[] named = new boolean[256];
        for (int protocol : protocols) if (protocol != ANY) named[protocol] = true;
        return named;
    }

    boolean protocol(int rule, int protocol) {
        return protocols[rule] == ANY || protocols[rule] == protocol;
    }

    /** Whether everything but the addresses matches. */
    private boolean service(int rule, int sourcePort, int destinationPort, int protocol) {
        return protocol(rule, protocol)
                && (!hasPorts(protocol)
                        || (destinationPorts.contains(rule, destinationPort)
                                && sourcePorts.contains(rule, sourcePort)));
    }

    int nextMatch(int from, int source, int sourcePort, int destination, int destinationPort, int protocol) {
        for (int rule = from; rule < protocols.length; rule++) {
            if (service(rule, sourcePort, destinationPort, protocol)
                    && destinations4.contains(rule, destination)
                    && sources4.contains(rule, source)) {
                return rule;
            }
        }
        return RuleTable.NONE;
    }

    int nextMatch(
            int from,
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        for (int rule = from; rule < protocols.length; rule++) {
            if (service(rule, sourcePort, destinationPort, protocol)
                    && destinations6.contains(rule, destinationHigh, destinationLow)
                    && sources6.contains(rule, sourceHigh, sourceLow)) {
                return rule;
            }
        }
        return RuleTable.NONE;
    }

    int fields(int rule, boolean source, int sourcePort, boolean destination, int destinationPort, int protocol) {
        boolean portless = !hasPorts(protocol);
        return (source ? RuleTable.SOURCE : 0)
                | (portless || sourcePorts.contains(rule, sourcePort) ? RuleTable.SOURCE_PORT : 0)
                | (destination ? RuleTable.DESTINATION : 0)
                | (portless || destinationPorts.contains(rule, destinationPort) ? RuleTable.DESTINATION_PORT : 0)
                | (protocol(rule, protocol) ? RuleTable.PROTOCOL : 0);
    }
}
