package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * One row of a subnet's effective routes.
 *
 * @param origin where the row comes from
 * @param prefixes what it covers; empty when that is unknown
 * @param hop where it sends
 * @param standing whether it takes part, and if not, why
 * @param missing what would have to be known to be sure of the row; empty for a certain row
 */
public record RouteFact(
        Origin origin, ImmutableList<Prefix> prefixes, Hop hop, Standing standing, ImmutableList<String> missing) {

    /** Who installs a route; the order is the order of preference at equal prefixes (fact 2.1). */
    public enum Source {
        USER("User"),
        VIRTUAL_NETWORK_GATEWAY("VirtualNetworkGateway"),
        DEFAULT("Default");

        private final String azureName;

        Source(String azureName) {
            this.azureName = azureName;
        }

        /** The spelling of effective answers. */
        public String azureName() {
            return azureName;
        }
    }

    /**
     * Where a row comes from.
     *
     * @param source who installs it
     * @param name a user route's name, or null
     * @param table a user route's table, or null for a system route
     * @param tag the service tag a user route names, or null
     * @param overridesBgp whether it beats overlapping gateway routes regardless of length (fact 2.18)
     * @param place where it was declared
     */
    public record Origin(
            Source source,
            @Nullable String name,
            @Nullable ResourceId table,
            @Nullable String tag,
            boolean overridesBgp,
            Place place) {}

    /**
     * Where a row sends.
     *
     * @param type the kind of next hop
     * @param address the appliance's address, or null
     */
    public record Hop(Given<NextHopType> type, @Nullable Given<Address> address) {
        /** The appliance's address if the input gives it, or null. */
        public @Nullable Address knownAddress() {
            return address == null ? null : address.value().orElse(null);
        }
    }

    /** Whether a row takes part in the choice, and if not, what keeps it out. */
    public enum Standing {
        /** It takes part. */
        ACTIVE("Active"),
        /** A user route has the same prefix (fact 2.20); the row stays listed. */
        USER_ROUTE_HAS_PREFIX("Invalid"),
        /** A gateway route has the same prefix; the row stays listed. */
        GATEWAY_ROUTE_HAS_PREFIX("Invalid"),
        /** A user route with network policies on covers the private endpoint (facts 3.20, 8.5). */
        USER_ROUTE_COVERS_ENDPOINT("Invalid"),
        /** The VNet's own range equals or contains the reserved range (fact 2.3). */
        RESERVED_RANGE_IN_VNET(null),
        /** 0.0.0.0/0 leads to an appliance or a gateway (fact 2.3a). */
        DEFAULT_ROUTE_FORWARDS(null),
        /** A user route has the prefix of a reserved range, which then disappears (fact 8.2). */
        RESERVED_RANGE_OVERRIDDEN(null),
        /** The route table keeps gateway routes out (fact 2.17). */
        PROPAGATION_DISABLED(null);

        private final @Nullable String state;

        Standing(@Nullable String state) {
            this.state = state;
        }

        /** {@code Active} or {@code Invalid}, or null when Azure does not list the row at all. */
        public @Nullable String state() {
            return state;
        }
    }

    /** Whether the row certainly stands as it says. */
    public boolean certain() {
        return missing.isEmpty();
    }

    /** Whether both rows lead to the same place for sure. */
    public boolean sameHop(RouteFact other) {
        return !hop.type().isUnknown()
                && hop.type().equals(other.hop.type())
                && (hop.address() == null
                        ? other.hop.address() == null
                        : hop.address().equals(other.hop.address()))
                && (hop.address() == null || !hop.address().isUnknown());
    }

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        if (this == other) return true;
        return other instanceof RouteFact that
                && prefixes.equals(that.prefixes)
                && origin.equals(that.origin)
                && hop.equals(that.hop)
                && standing == that.standing
                && missing.equals(that.missing);
    }

    @Override
    public int hashCode() {
        return prefixes.hashCode() * 31 + origin.source().azureName().hashCode();
    }
}
