package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where a subnet's routes send a packet; a projection of what the route choice decided.
 *
 * @param route the row that decided or may decide, or null
 * @param prefix the row's prefix that covers the destination, or null when it is not known
 * @param missing what would have to be known; empty for a certain verdict
 */
public record HopVerdict(
        @Nullable RouteFact route, @Nullable Prefix prefix, ImmutableList<String> missing) {
    /** What stands where Azure's own routes decide. */
    static final String SYSTEM_ROUTE = "System Route";

    /** No declared subnet holds the address. */
    public static HopVerdict nowhere(Address address) {
        return new HopVerdict(null, null, ImmutableList.of("a subnet that holds " + address));
    }

    /** The verdict of a route choice. */
    public static HopVerdict of(Evidence why) {
        if (why instanceof Evidence.RouteChosen chosen) {
            return new HopVerdict(chosen.route(), chosen.prefix(), ImmutableList.of());
        }
        if (why instanceof Evidence.RouteUndetermined open) return new HopVerdict(open.maybe(), null, open.missing());
        if (why instanceof Evidence.NoRoute) return new HopVerdict(null, null, ImmutableList.of());
        throw new IllegalArgumentException("a route choice does not decide by " + why);
    }

    /** Whether the input says enough. */
    public boolean known() {
        return missing.isEmpty();
    }

    /** Azure's word for the next hop, {@code Unknown} when the input does not say enough. */
    public String nextHopType() {
        if (!known()) return "Unknown";
        // A destination that no route covers is dropped, as by a route to None.
        NextHopType none = NextHopType.NONE;
        return (route == null ? none : route.hop().type().orElse(none)).azureName();
    }

    /** The members of the JSON answer, in order. */
    public Map<String, @Nullable Object> members() {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("nextHopType", nextHopType());
        if (!known()) {
            members.put("missing", missing);
            if (route != null) {
                @Nullable String name = route.origin().name();
                if (name == null || !Words.isPlaceholder(name)) members.put("possibleRoute", name);
                @Nullable String table = tableId(route.origin());
                if (table != null) members.put("routeTableId", table);
            }
            return members;
        }
        @Nullable Given<Address> address = route == null ? null : route.hop().address();
        members.put("nextHopIpAddress", address == null ? null : address.toString());
        members.put("routeTableId", route == null ? null : tableId(route.origin()));
        members.put("routeName", route == null ? null : route.origin().name());
        members.put("addressPrefix", prefix == null ? null : prefix.toString());
        members.put("source", route == null ? null : route.origin().source().azureName());
        return members;
    }

    /** The table's id; null for a user route whose table the input does not name. */
    private static @Nullable String tableId(RouteFact.Origin origin) {
        @Nullable ResourceId table = origin.table();
        if (table != null) return table.text();
        return origin.source() == RouteFact.Source.USER ? null : SYSTEM_ROUTE;
    }
}
