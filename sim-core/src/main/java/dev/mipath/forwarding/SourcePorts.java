package dev.mipath.forwarding;

import dev.mipath.forwarding.FlowMemory.PortPool;

/**
 * The source ports that a translator has for flows to one destination.
 *
 * @param pool who shares them
 * @param stated how many the network itself says; 0 where it is the platform's to say
 * @param addresses how many public addresses multiply what the platform says
 */
public record SourcePorts(PortPool pool, int stated, int addresses) {
    /** Ports of which the network says nothing. */
    public static SourcePorts of(PortPool pool) {
        return new SourcePorts(pool, 0, 1);
    }

    /** How many there are, where the platform gives {@code usual} for an address. */
    public long count(long usual) {
        return stated > 0 ? stated : usual * addresses;
    }
}
