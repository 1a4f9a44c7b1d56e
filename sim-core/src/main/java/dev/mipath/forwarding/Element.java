package dev.mipath.forwarding;

import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import org.jspecify.annotations.Nullable;

/**
 * One place a packet passes. An element is immutable, and decides from the header and the driver's memory
 * alone.
 */
public interface Element {
    /** A stable name for people, such as {@code nsg-mi on subnet mi, inbound}. */
    String name();

    /**
     * Decides about the packet in the register. Allocates nothing.
     *
     * @param header the packet; an element that translates rewrites it
     * @param memory what elements remember
     * @param nowNanos virtual time in nanoseconds, for what expires
     * @return a {@link Decision}, not yet stamped with the network's version
     */
    long decide(Header header, FlowMemory memory, long nowNanos);

    /**
     * Turns a decision of this element back into facts.
     *
     * @param arrived the packet as it arrived
     * @param decision what {@link #decide} returned for it
     */
    Evidence evidence(Header arrived, long decision);

    /**
     * Lets a packet pass that this element stopped, so that what lies behind a blocker can be judged too.
     *
     * @param header the packet as it arrived, rewritten as far as the element rewrote it
     * @param memory is told what it would have been told had the packet passed
     * @return the element that would have been next, or below 0 when the owner of the destination is to be asked instead
     */
    default int onward(Header header, FlowMemory memory) {
        return -1;
    }

    /** The address of the next hop that a decision of this element leads to; null where it names none. */
    default @Nullable Address nextHop(long decision) {
        return null;
    }

    /**
     * The first ports of the stretches of a range inside of which all destination ports are treated alike; empty where
     * this element does not look at ports.
     */
    default ImmutableSortedSet<Integer> stretches(PortRange ports) {
        return ImmutableSortedSet.of();
    }

    /** What it means for the filters behind this one that it lets a packet pass. */
    default Passing passing(long decision) {
        return Passing.ON;
    }

    /** How a filter lets a packet pass. */
    enum Passing {
        /** The filters behind it decide as well. */
        ON,
        /** The filters behind it are not asked. */
        PAST,
        /** It has nothing to say about the packet. */
        UNSAID
    }
}
