package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;

/**
 * A virtual network gateway and what it has learnt.
 *
 * @param id the identity
 * @param place where it begins
 * @param subnet its GatewaySubnet
 * @param type {@code Vpn} or {@code ExpressRoute}
 * @param learnedPrefixes prefixes it learnt by BGP, as the input declares them
 */
public record VirtualNetworkGateway(
        ResourceId id,
        Place place,
        Given<ResourceId> subnet,
        Given<String> type,
        ImmutableList<Given<Prefix>> learnedPrefixes)
        implements Identified {}
