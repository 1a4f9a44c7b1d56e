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
 * @param service what it leads to, such as a managed instance; null when the input does not say
 */
public record PrivateEndpoint(
        ResourceId id,
        Place place,
        Given<ResourceId> subnet,
        @Nullable Given<Address> privateIpAddress,
        @Nullable Given<ResourceId> service)
        implements Identified {
    /** An endpoint of which nobody says what it leads to. */
    public PrivateEndpoint(
            ResourceId id, Place place, Given<ResourceId> subnet, @Nullable Given<Address> privateIpAddress) {
        this(id, place, subnet, privateIpAddress, null);
    }
}
