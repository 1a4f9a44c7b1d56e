package dev.mipath.topology;

import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A user-defined route as declared (facts 2.9, 2.14).
 *
 * @param name the bare name
 * @param place where the route begins
 * @param destination what it covers
 * @param nextHopType where it sends
 * @param nextHopIpAddress the appliance's address, or null when the route names none
 * @param hasBgpOverride whether it beats overlapping BGP routes regardless of length (fact 2.18)
 * @param present true, or unknown when a condition decides whether the route exists at all
 */
public record Route(
        String name,
        Place place,
        Given<RouteDestination> destination,
        Given<NextHopType> nextHopType,
        @Nullable Given<Address> nextHopIpAddress,
        boolean hasBgpOverride,
        Given<Boolean> present) {}
