package dev.mipath.topology;

import org.jspecify.annotations.Nullable;

/**
 * A connection of a virtual network gateway to a site.
 *
 * @param id the identity
 * @param place where it begins
 * @param virtualNetworkGateway the Azure end
 * @param localNetworkGateway the site's end, or null for a circuit or another VNet's gateway
 */
public record GatewayConnection(
        ResourceId id,
        Place place,
        Given<ResourceId> virtualNetworkGateway,
        @Nullable Given<ResourceId> localNetworkGateway)
        implements Identified {}
