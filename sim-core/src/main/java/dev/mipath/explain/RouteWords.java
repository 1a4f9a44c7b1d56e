package dev.mipath.explain;

import dev.mipath.forwarding.Evidence.Loss;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RouteFact.Source;
import dev.mipath.forwarding.RouteFact.Standing;
import dev.mipath.net.Address;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Words for rows of route tables. */
final class RouteWords {
    private RouteWords() {}

    /** {@code VirtualAppliance 10.0.0.4}. */
    static String hop(RouteFact route) {
        @Nullable Given<Address> address = route.hop().address();
        return address == null ? type(route) : type(route) + " " + Words.brief(address);
    }

    /** Azure's word for the kind of next hop, {@code ?} when the input does not give it. */
    static String type(RouteFact route) {
        return route.hop().type().isUnknown()
                ? "?"
                : route.hop().type().orElse(NextHopType.NONE).azureName();
    }

    /** The row as a sentence names it. */
    static String named(RouteFact route) {
        @Nullable String name = route.origin().name();
        @Nullable ResourceId table = route.origin().table();
        if (name != null && Words.isPlaceholder(name)) {
            return Safe.text(name.substring(1, name.length() - 1)) + ", which the input does not hold";
        }
        if (name != null) {
            return "route " + Safe.text(name) + (table == null ? "" : " of " + Safe.text(table.name()));
        }
        return switch (route.origin().source()) {
            case USER -> "a user route";
            case VIRTUAL_NETWORK_GATEWAY -> "a route learnt through the gateway";
            case DEFAULT -> "a system route";
        };
    }

    static String loss(Loss why, RouteFact route) {
        return switch (why) {
            case LONGER_PREFIX -> "shorter prefix";
            case USER_FIRST -> "same prefix, but user routes go first";
            case GATEWAY_BEFORE_SYSTEM -> "same prefix, but gateway routes go before system routes";
            case SYSTEM_BEFORE_GATEWAY ->
                "routes to the VNet, a peer or an endpoint go before gateway routes, longer or not";
            case SERVICE_ENDPOINT_FIRST -> "the routes of a service endpoint cannot be overridden";
            case PRIVATE_ENDPOINT_FIRST -> "the private endpoint's route goes first";
            case BGP_OVERRIDE -> "the winner is marked to override BGP";
            case TAG_ORDER -> "same prefix, but a more specific service tag, or none, goes first";
            case LISTED_LATER ->
                route.origin().source() == Source.VIRTUAL_NETWORK_GATEWAY
                        ? "equal cost: it carries a share of the traffic too"
                        : "an equal route is listed before it";
            case NOT_ACTIVE -> "not active: " + standing(route.standing());
            case PLATFORM_ADDRESS -> "no table moves the platform's own addresses";
        };
    }

    static String standing(Standing standing) {
        return switch (standing) {
            case ACTIVE -> "";
            case USER_ROUTE_HAS_PREFIX -> "a user route has the same prefix";
            case GATEWAY_ROUTE_HAS_PREFIX -> "a gateway route has the same prefix";
            case USER_ROUTE_COVERS_ENDPOINT ->
                "a user route covers the private endpoint, whose subnet lets routes apply";
            case RESERVED_RANGE_IN_VNET -> "the VNet's own range holds this reserved range";
            case DEFAULT_ROUTE_FORWARDS -> "0.0.0.0/0 leads to an appliance or a gateway";
            case RESERVED_RANGE_OVERRIDDEN -> "a user route has the prefix of this reserved range";
            case PROPAGATION_DISABLED -> "the route table keeps gateway routes out";
        };
    }
}
