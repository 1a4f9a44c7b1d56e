package dev.mipath.topology;

import com.google.common.collect.ImmutableList;

/**
 * An ExpressRoute circuit.
 *
 * @param id the identity
 * @param place where it begins
 * @param microsoftPeering whether Microsoft peering is on, which breaks managed instances behind its gateways (fact 3.24)
 * @param connections the gateways it is connected to
 */
public record ExpressRouteCircuit(
        ResourceId id, Place place, Given<Boolean> microsoftPeering, ImmutableList<Connection> connections)
        implements NetworkService {
    /**
     * A connection to a virtual network gateway.
     *
     * @param gateway the gateway
     */
    public record Connection(Given<ResourceId> gateway) {}

    /** Whether Microsoft peering is on, where the input does not tell the circuit's peerings. */
    public static Given<Boolean> peeringNotGiven(Place place) {
        return Given.unknown("the peerings of the ExpressRoute circuit", place);
    }
}
