package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;

/**
 * The way of one packet through a network.
 *
 * @param steps what every element on the way did, in order
 * @param ending how the way ended
 */
public record PathWalk(ImmutableList<Step> steps, Ending ending) {
    /** A packet that meets this many elements goes in circles. */
    public static final int HOP_LIMIT = 128;

    /**
     * Follows a packet.
     *
     * @param network the network
     * @param start the first element, such as an edge's start
     * @param packet the packet as it leaves
     * @param memory what elements remember; the walk adds to it
     */
    public static PathWalk follow(Network network, int start, Packet packet, FlowMemory memory) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        Header header = new Header().set(packet);
        int element = start;
        for (int hop = 0; hop < HOP_LIMIT; hop++) {
            Packet arrived = header.packet();
            long decision = network.decide(element, header, memory, 0);
            steps.add(new Step(network, element, arrived, decision));
            if (!Decision.forwards(decision)) return new PathWalk(steps.build(), Decision.ending(decision));
            element = Decision.next(decision);
        }
        return new PathWalk(steps.build(), Ending.ROUTE_LOOP);
    }
}
