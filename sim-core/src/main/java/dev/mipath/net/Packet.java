package dev.mipath.net;

import org.jspecify.annotations.Nullable;

/**
 * The 5-tuple of a packet (fact 1.7).
 *
 * @param source the source address
 * @param sourcePort 0..65535; 0 where the protocol has no ports
 * @param destination the destination address, of the same family
 * @param destinationPort 0..65535; 0 where the protocol has no ports
 * @param protocol the protocol, never {@link Protocol#ANY}
 */
public record Packet(Address source, int sourcePort, Address destination, int destinationPort, Protocol protocol) {
    public Packet {
        if (source.v6() != destination.v6()) {
            throw new IllegalArgumentException(source + " and " + destination + " are of different families");
        }
        if (protocol == Protocol.ANY) throw new IllegalArgumentException("a packet has one protocol");
        if ((sourcePort | destinationPort) >>> 16 != 0) throw new IllegalArgumentException("a port is in 0..65535");
    }

    /** The packet that answers this one. */
    public Packet reversed() {
        return new Packet(destination, destinationPort, source, sourcePort, protocol);
    }

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Packet that
                && sourcePort == that.sourcePort
                && destinationPort == that.destinationPort
                && protocol == that.protocol
                && source.equals(that.source)
                && destination.equals(that.destination);
    }

    @Override
    public int hashCode() {
        return (source.hashCode() * 31 + destination.hashCode()) * 31 + sourcePort * 65_537 + destinationPort;
    }
}
