package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;

/**
 * A product of fields: the packets of these protocols from any of these sources to any of these destinations. Protocols
 * that have no ports are in it whatever the ports say, as rules read them.
 *
 * @param protocols the protocols; empty for all
 * @param source the source addresses
 * @param sourcePorts the source ports
 * @param destination the destination addresses
 * @param destinationPorts the destination ports
 */
public record FlowBox(
        ImmutableSet<Protocol> protocols,
        AddressSet source,
        ImmutableList<PortRange> sourcePorts,
        AddressSet destination,
        ImmutableList<PortRange> destinationPorts) {
    private static final ImmutableList<PortRange> ANY_PORT = ImmutableList.of(PortRange.ANY);

    /** Packets of one protocol, or of all, to these ports. */
    public static FlowBox of(
            Protocol protocol, AddressSet source, AddressSet destination, ImmutableList<PortRange> destinationPorts) {
        return new FlowBox(
                protocol == Protocol.ANY ? ImmutableSet.of() : ImmutableSet.of(protocol),
                source,
                ANY_PORT,
                destination,
                destinationPorts.isEmpty() ? ANY_PORT : destinationPorts);
    }
}
