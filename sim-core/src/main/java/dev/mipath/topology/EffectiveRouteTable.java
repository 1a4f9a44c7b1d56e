package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * A recorded answer of Azure: the routes one NIC really has. Azure's own answer does not name its NIC (facts §6).
 *
 * @param place where the answer begins
 * @param networkInterface the NIC that was asked, or null when nobody says
 * @param routes the rows as answered
 */
public record EffectiveRouteTable(Place place, @Nullable ResourceId networkInterface, ImmutableList<Row> routes) {
    /**
     * One row of the answer.
     *
     * @param place where the row begins
     * @param name the user route's name, or null for others
     * @param source {@code Default}, {@code User} or {@code VirtualNetworkGateway}
     * @param active whether the row's state is {@code Active}
     * @param prefixes what the row covers
     * @param nextHopType where it sends
     * @param nextHopIpAddresses the addresses it sends to; empty for most types
     */
    public record Row(
            Place place,
            @Nullable String name,
            String source,
            boolean active,
            ImmutableList<Prefix> prefixes,
            NextHopType nextHopType,
            ImmutableList<Address> nextHopIpAddresses) {}

    /** The same answer as the one of this NIC. */
    public EffectiveRouteTable of(ResourceId asked) {
        return new EffectiveRouteTable(place, asked, routes);
    }
}
