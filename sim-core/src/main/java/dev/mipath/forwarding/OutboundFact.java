package dev.mipath.forwarding;

import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What gives flows a public source address, or leaves them without one.
 *
 * @param resource the NAT gateway, public address or load balancer; null for default outbound access
 * @param rule the load balancer's outbound or load-balancing rule, or null
 * @param place where it was declared
 * @param missing what would have to be known to say what it does, or null
 */
public record OutboundFact(
        @Nullable ResourceId resource,
        @Nullable String rule,
        Place place,
        @Nullable String missing) {
    /** Default outbound access (fact 3.18), or none of it. */
    public static final OutboundFact DEFAULT = new OutboundFact(null, null, Place.PLATFORM, null);

    /** A resource that gives all flows alike an address. */
    public static OutboundFact of(ResourceId resource, Place place) {
        return new OutboundFact(resource, null, place, null);
    }
}
