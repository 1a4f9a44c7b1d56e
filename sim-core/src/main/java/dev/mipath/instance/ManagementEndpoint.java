package dev.mipath.instance;

import com.google.common.collect.ImmutableMap;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * The public frontend of a virtual cluster's management endpoint: an external load balancer that passes on nothing but
 * the ports of the management plane.
 *
 * <p>Models: "Connectivity architecture", sections "Virtual cluster connectivity architecture" and "Management endpoint":
 * traffic is routed to the nodes only if it's received on a predefined set of ports (read 2026-11-23); facts 4.31, 4.32.
 *
 * <p>Leaves out: how the load balancer learns which node is up.
 *
 * @param name the element's name
 * @param subnet the subnet of the cluster
 * @param doors for each port the element that picks the node
 * @param exit the element by which the cluster's own flows leave, which knows whose answers come back here
 * @param entry the element in front of the subnet
 */
public record ManagementEndpoint(
        String name, ResourceId subnet, ImmutableMap<Integer, Integer> doors, int exit, int entry) implements Element {
    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        long opener = memory.keptReply(exit, header);
        if (opener != FlowMemory.NOTHING) {
            header.rewriteDestination(Address.v4((int) opener));
            return Decision.forward(entry, 0);
        }
        @Nullable
        Integer door = header.protocol() == Protocol.TCP.number() ? doors.get(header.destinationPort()) : null;
        return door == null ? Decision.end(Ending.NO_LOAD_BALANCING_RULE, 0) : Decision.forward(door, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(name, subnet);
    }
}
