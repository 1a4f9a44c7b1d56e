package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A way that the drawing of a network suggests and that Azure does not give: no route leads there, and this is why (facts
 * 3.1, 3.2, 3.5).
 */
public sealed interface MissingWay {
    /** The peering link by which the way would begin, or where it is cut. */
    ResourceId link();

    /** Where that link was declared. */
    Place place();

    /** How a packet ends that needs the way. */
    Ending ending();

    /**
     * A link to the VNet exists, but the peering does not work, so that it brings no route (fact 3.1).
     *
     * @param link the link of the VNet that sends, or that of the other VNet where this one has none
     * @param place where it was declared
     * @param otherLink the other half, or null when there is none
     */
    record PeeringDown(
            ResourceId link, Place place, @Nullable ResourceId otherLink) implements MissingWay {
        @Override
        public Ending ending() {
            return Ending.PEERING_NOT_CONNECTED;
        }
    }

    /**
     * Only peers of a peer know the address, and peering is not transitive (fact 3.2).
     *
     * @param link the link to the first peer on the way
     * @param place where it was declared
     * @param vnets the VNets on the way: the one that sends first, the one that has the address last
     */
    record PeerOfPeer(ResourceId link, Place place, ImmutableList<ResourceId> vnets) implements MissingWay {
        @Override
        public Ending ending() {
            return Ending.PEERING_NOT_TRANSITIVE;
        }
    }

    /**
     * The gateway of a peer knows the address, and the peering does not lend it: both switches have to be on (fact 3.5).
     *
     * @param link the first half that has its switch off: the user's, then the lender's
     * @param place where it was declared
     * @param otherLink the other half
     * @param gateway the gateway
     * @param uses whether the sending VNet's half uses remote gateways
     * @param allows whether the gateway's half allows transit
     */
    record NoTransit(
            ResourceId link, Place place, ResourceId otherLink, ResourceId gateway, boolean uses, boolean allows)
            implements MissingWay {
        @Override
        public Ending ending() {
            return Ending.GATEWAY_TRANSIT_MISMATCH;
        }
    }
}
