package dev.mipath.forwarding;

import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/**
 * The mutable register that holds the 5-tuple of the packet on its way, owned by the driver. Elements read
 * it and may rewrite it; nothing is allocated for a hop.
 */
public final class Header {
    private boolean v6;
    private long sourceHigh;
    private long sourceLow;
    private int sourcePort;
    private long destinationHigh;
    private long destinationLow;
    private int destinationPort;
    private int protocol;
    private boolean opens = true;
    /** The packet as a value, while the register still holds just that. */
    private @Nullable Packet packet;

    /** Loads a packet. */
    @CanIgnoreReturnValue
    public Header set(Packet newPacket) {
        packet = newPacket;
        v6 = packet.source().v6();
        sourceHigh = packet.source().high();
        sourceLow = packet.source().low();
        sourcePort = packet.sourcePort();
        destinationHigh = packet.destination().high();
        destinationLow = packet.destination().low();
        destinationPort = packet.destinationPort();
        protocol = packet.protocol().number();
        opens = true;
        return this;
    }

    /** Loads a packet that answers one that was seen before; a stateful element expects to know its flow. */
    @CanIgnoreReturnValue
    public Header setReply(Packet newPacket) {
        set(newPacket);
        opens = false;
        return this;
    }

    /** Whether the packet opens a flow; false for an answer. */
    public boolean opens() {
        return opens;
    }

    /** Rewrites the source address, as the load balancer does on the way back. */
    public void rewriteSource(Address address) {
        packet = null;
        sourceHigh = address.high();
        sourceLow = address.low();
    }

    /** Rewrites the destination address, as the load balancer does on the way in. */
    public void rewriteDestination(Address address) {
        packet = null;
        destinationHigh = address.high();
        destinationLow = address.low();
    }

    /** Rewrites the destination port, as a load balancer whose backends serve another port. */
    public void rewriteDestinationPort(int port) {
        packet = null;
        destinationPort = port;
    }

    /** Rewrites the source port, as that load balancer does on the way back. */
    public void rewriteSourcePort(int port) {
        packet = null;
        sourcePort = port;
    }

    /** Loads an IPv4 packet; the addresses are their 32 bits, the protocol is its IANA number. */
    public void setV4(int source, int newSourcePort, int destination, int newDestinationPort, int newProtocol) {
        packet = null;
        v6 = false;
        sourceHigh = 0;
        sourceLow = source & 0xFFFF_FFFFL;
        sourcePort = newSourcePort;
        destinationHigh = 0;
        destinationLow = destination & 0xFFFF_FFFFL;
        destinationPort = newDestinationPort;
        protocol = newProtocol;
        opens = true;
    }

    /**
     * Loads a packet field by field, which allocates nothing.
     *
     * @param newOpens whether it opens a flow; otherwise a stateful element expects to know its flow
     */
    @CanIgnoreReturnValue
    public Header load(
            Address source,
            int newSourcePort,
            Address destination,
            int newDestinationPort,
            int newProtocol,
            boolean newOpens) {
        packet = null;
        v6 = source.v6();
        sourceHigh = source.high();
        sourceLow = source.low();
        sourcePort = newSourcePort;
        destinationHigh = destination.high();
        destinationLow = destination.low();
        destinationPort = newDestinationPort;
        protocol = newProtocol;
        opens = newOpens;
        return this;
    }

    /** The packet as it stands now. */
    public Packet packet() {
        if (packet == null) {
            packet = new Packet(source(), sourcePort, destination(), destinationPort, Protocol.numbered(protocol));
        }
        return packet;
    }

    /** Whether the packet is IPv6. */
    public boolean v6() {
        return v6;
    }

    /** The upper half of the source; 0 for IPv4. */
    public long sourceHigh() {
        return sourceHigh;
    }

    /** The lower half of the source; the address bits, unsigned, for IPv4. */
    public long sourceLow() {
        return sourceLow;
    }

    /** The source port. */
    public int sourcePort() {
        return sourcePort;
    }

    /** The upper half of the destination; 0 for IPv4. */
    public long destinationHigh() {
        return destinationHigh;
    }

    /** The lower half of the destination; the address bits, unsigned, for IPv4. */
    public long destinationLow() {
        return destinationLow;
    }

    /** The destination port. */
    public int destinationPort() {
        return destinationPort;
    }

    /** The protocol's IANA number. */
    public int protocol() {
        return protocol;
    }

    /** Whether the source is one of these addresses. */
    public boolean sourceIn(AddressSet addresses) {
        return addresses.contains(v6, sourceHigh, sourceLow);
    }

    /** Whether the destination is one of these addresses. */
    public boolean destinationIn(AddressSet addresses) {
        return addresses.contains(v6, destinationHigh, destinationLow);
    }

    /** The source as a value. */
    public Address source() {
        return new Address(v6, sourceHigh, sourceLow);
    }

    /** The destination as a value. */
    public Address destination() {
        return new Address(v6, destinationHigh, destinationLow);
    }
}
