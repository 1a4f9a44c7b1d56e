package dev.mipath.topology;

import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A private endpoint: an address in a VNet that leads to a service.
 *
 * @param id the identity
 * @param place where it begins
 * @param subnet the subnet it takes its address from
 * @param privateIpAddress its address, or null when Azure assigns it later
 */
public record PrivateEndpoint(
        ResourceId id,
        Place place,
        Given<ResourceId> subnet,
        @Nullable Given<Address> privateIpAddress) {}
