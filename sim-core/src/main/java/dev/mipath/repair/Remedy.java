package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Change;

/**
 * What mends one blocker.
 *
 * @param kind what is done, for renderers to word
 * @param changes the edits, in the order in which they have to be made; empty where no edit of the network helps
 * @param opens the flows that the edits let through and that were stopped before
 */
public record Remedy(Kind kind, ImmutableList<Change> changes, ImmutableList<Opening> opens) {
    /** What is done. */
    public enum Kind {
        /** An allow is put before the rule that denies. */
        ALLOW_BEFORE_DENY,
        /** The denying rule stands at the first priority, so it is moved behind what is to be allowed. */
        MOVE_DENY,
        /** A user route that leads astray is removed. */
        REMOVE_ROUTE,
        /** The appliance's NIC is allowed to forward. */
        ENABLE_FORWARDING,
        /** The missing half of a peering is made, or both halves are connected. */
        CONNECT_PEERING,
        /** A switch of a peering is put on. */
        SET_PEERING_FLAG,
        /** The client has to use the instance's own host name. */
        USE_HOST_NAME,
        /** Another region's VNet reaches the instance only after its subnet is moved to the newer load balancer. */
        NO_GLOBAL_PEERING,
        /** Nothing known mends it. */
        NONE
    }

    /**
     * A set of flows.
     *
     * @param protocol the protocol
     * @param source the sources
     * @param destination the destinations
     * @param ports the destination ports
     */
    public record Opening(Protocol protocol, Prefix source, Prefix destination, PortRange ports) {
        /** {@code TCP 10.1.0.4/32 → 10.0.1.0/24 : 11000-11999}, as the contract writes it. */
        @Override
        public String toString() {
            return protocol + " " + source + " → " + destination + " : " + ports;
        }
    }

    static Remedy advice(Kind kind) {
        return new Remedy(kind, ImmutableList.of(), ImmutableList.of());
    }
}
