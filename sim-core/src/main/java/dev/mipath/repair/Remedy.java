package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Change;
import dev.mipath.topology.SecurityRule;
import java.util.List;
import java.util.stream.Collectors;

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
        /** No priority before the denying rule is free, so it is moved behind what is to be allowed. */
        MOVE_DENY,
        /** A user route that leads astray is removed. */
        REMOVE_ROUTE,
        /** A route table lets the gateway's routes in again (fact 2.17). */
        PROPAGATE_GATEWAY_ROUTES,
        /** What a service tag stands for gets a route of its own, away from the user route that leads astray. */
        ROUTE_TAG,
        /** The appliance's NIC is allowed to forward. */
        ENABLE_FORWARDING,
        /** The missing half of a peering is made, or both halves are connected. */
        CONNECT_PEERING,
        /** A switch of a peering is put on. */
        SET_PEERING_FLAG,
        /** The gateway's half of a peering allows transit, and the other uses it (fact 3.5). */
        LEND_GATEWAY,
        /** VNets that are no peers of each other exchange packets through an appliance in one that both are peered with. */
        ROUTE_BY_APPLIANCE,
        /** VNets that only have a peer in common are peered; tried like every edit, but theirs to decide who own them. */
        PEER_DIRECTLY,
        /** The client has to use the instance's own host name. */
        USE_HOST_NAME,
        /** The client's resolver has to know the names of the zone, not the gateway's alone. */
        RESOLVE_NODES,
        /** Another region's VNet reaches the instance only after its subnet is moved to the newer load balancer. */
        NO_GLOBAL_PEERING,
        /** Another machine than a backend has to ask, or the backend has to see the frontend's address (fact 3.12). */
        NO_HAIRPIN,
        /** A client on the Internet reaches the public endpoint only (fact 4.2). */
        USE_PUBLIC_ENDPOINT,
        /** Nobody has to be let in: what stops the packet is there to stop it. */
        KEEP_CLOSED,
        /** The instance serves clients by proxy, which needs no second connection. */
        SWITCH_TO_PROXY,
        /** The client looks for no other name in a certificate than that of the host it connects to. */
        DROP_CERTIFICATE_NAME,
        /** The client has to run elsewhere, or be set up otherwise; no edit of the network helps. */
        CHANGE_CLIENT,
        /** The service has to let the subnet in by a service endpoint, or the address by which it comes. */
        ADMIT_AT_SERVICE,
        /** A rule of the firewall on the way has to let the flow pass; whoever runs it makes it. */
        ALLOW_AT_FIREWALL,
        /** The security admin rules have to let the flow pass; security groups are asked too late (fact 1.30). */
        ALLOW_IN_ADMIN_RULES,
        /** The other side has to learn TLS 1.2. */
        UPDATE_TLS,
        /** Nothing known mends it. */
        NONE
    }

    /**
     * A set of flows; the source ports are any.
     *
     * @param match the flows, as a rule that allows them would match them
     */
    public record Opening(SecurityRule.Match match) {
        /** {@code TCP 10.1.0.4/32 → 10.0.1.0/24 : 11000-11999}, as the contract writes it. */
        @Override
        public String toString() {
            return match.protocol().orElse(Protocol.ANY) + " " + list(match.source()) + " → "
                    + list(match.destination()) + " : " + list(match.destinationPorts());
        }

        private static String list(List<?> entries) {
            return entries.stream().map(Object::toString).collect(Collectors.joining(","));
        }
    }

    /** Whether the edits may be offered, once they have been tried; who else has to decide gets the commands alone. */
    public boolean offerable() {
        return kind != Kind.PEER_DIRECTLY && !changes.isEmpty();
    }

    static Remedy advice(Kind kind) {
        return new Remedy(kind, ImmutableList.of(), ImmutableList.of());
    }
}
