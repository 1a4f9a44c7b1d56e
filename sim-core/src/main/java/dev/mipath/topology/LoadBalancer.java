package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A customer's load balancer.
 *
 * @param id the identity
 * @param place where it begins
 * @param sku {@code Basic} or {@code Standard}; null when the input does not say
 * @param frontends its private frontends; a public one has no subnet and is left out
 */
public record LoadBalancer(
        ResourceId id, Place place, @Nullable String sku, ImmutableList<Frontend> frontends) {
    /**
     * A private frontend.
     *
     * @param name the bare name
     * @param subnet the subnet it takes its address from
     * @param privateIpAddress its address, or null when Azure assigns it later
     */
    public record Frontend(
            String name, Given<ResourceId> subnet, @Nullable Given<Address> privateIpAddress) {}
}
