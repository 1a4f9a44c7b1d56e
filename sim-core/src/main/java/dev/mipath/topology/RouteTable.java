package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * A route table.
 *
 * @param id the identity
 * @param place where it begins
 * @param disableBgpRoutePropagation whether routes learnt through a gateway stay out (fact 2.17)
 * @param routes the user-defined routes in document order
 */
public record RouteTable(
        ResourceId id, Place place, Given<Boolean> disableBgpRoutePropagation, ImmutableList<Route> routes)
        implements Identified {
    /** The same table with other routes. */
    public RouteTable withRoutes(ImmutableList<Route> newRoutes) {
        return new RouteTable(id, place, disableBgpRoutePropagation, newRoutes);
    }
}
