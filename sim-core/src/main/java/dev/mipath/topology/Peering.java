package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * One VNet's link of a peering; a working peering is two of them (facts 3.1 to 3.5).
 *
 * @param id the identity; without an Azure id it is {@code vnet/peering}
 * @param place where it begins
 * @param remoteVnet the VNet at the other end
 * @param state the recorded state, or null when the input (a template) does not say
 * @param flags the four switches
 * @param remoteAddressPrefixes the other VNet's ranges as this link records them; empty when it does not
 */
public record Peering(
        ResourceId id,
        Place place,
        Given<ResourceId> remoteVnet,
        @Nullable Given<State> state,
        Flags flags,
        ImmutableList<Prefix> remoteAddressPrefixes)
        implements Identified {

    /** The state of one link. */
    public enum State {
        INITIATED("Initiated"),
        CONNECTED("Connected"),
        DISCONNECTED("Disconnected");

        private final String azureName;

        State(String azureName) {
            this.azureName = azureName;
        }

        /** Azure's spelling. */
        public String azureName() {
            return azureName;
        }
    }

    /**
     * The four switches of a link.
     *
     * @param allowVirtualNetworkAccess whether the VNets may talk; on unless switched off
     * @param allowForwardedTraffic whether packets that did not begin in the remote VNet may enter
     * @param allowGatewayTransit whether the remote VNet may use this VNet's gateway
     * @param useRemoteGateways whether this VNet uses the remote VNet's gateway
     */
    public record Flags(
            Given<Boolean> allowVirtualNetworkAccess,
            Given<Boolean> allowForwardedTraffic,
            Given<Boolean> allowGatewayTransit,
            Given<Boolean> useRemoteGateways) {
        /** Azure's defaults. */
        public static final Flags DEFAULTS =
                new Flags(Given.of(true), Given.of(false), Given.of(false), Given.of(false));
    }

    /** The same link with other switches. */
    public Peering with(Flags newFlags) {
        return new Peering(id, place, remoteVnet, state, newFlags, remoteAddressPrefixes);
    }

    /** The same link in another state. */
    public Peering with(State newState) {
        return new Peering(id, place, remoteVnet, Given.of(newState), flags, remoteAddressPrefixes);
    }
}
