package dev.mipath.azure;

import dev.mipath.forwarding.FlowMemory.PortPool;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.OutboundFact;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A way by which flows leave for the Internet, or the fact that there is none.
 *
 * @param address the public address that flows get, or null when nothing gives them one
 * @param assumed whether the address is not in the input
 * @param by what gives it
 * @param ports the source ports it has
 * @param protocol which flows it takes: null for all, any for TCP and UDP
 * @param otherwise the number of the way of flows that it does not take, or below 0 for the last way of all
 */
public record OutboundWay(
        @Nullable Address address,
        boolean assumed,
        OutboundFact by,
        SourcePorts ports,
        @Nullable Protocol protocol,
        int otherwise) {
    /** A way for all flows. */
    public static OutboundWay ofAll(@Nullable Address address, boolean assumed, OutboundFact by, SourcePorts ports) {
        return new OutboundWay(address, assumed, by, ports, null, -1);
    }

    /** A resource's own way, of which the input does not give the address. */
    public static OutboundWay assumed(Address address, ResourceId by) {
        return ofAll(address, true, OutboundFact.of(by, Place.PLATFORM), SourcePorts.of(PortPool.SHARED));
    }

    boolean takes(Header header) {
        if (protocol == null) return true;
        int number = header.protocol();
        if (protocol != Protocol.ANY) return protocol.number() == number;
        return number == Protocol.TCP.number() || number == Protocol.UDP.number();
    }
}
