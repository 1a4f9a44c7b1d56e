package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * Where an application really runs when it is not a machine of its own: an App Service, a pod, an integration runtime, a
 * laptop on a point-to-site VPN (fact 7.10).
 *
 * @param id the identity
 * @param place where it begins
 * @param kind the kind, one of those the profile knows
 * @param origin where its packets come from
 * @param own what it has of its own beside the network
 */
public record Client(ResourceId id, Place place, String kind, Origin origin, Own own) {
    /**
     * Where a client's packets come from; which of these counts depends on the kind.
     *
     * @param subnet the subnet it is integrated with or runs in, or null
     * @param virtualNetworkGateway the gateway it dials in to, or null
     * @param serviceTag the service tag of the addresses it leaves from, or null for that of the kind
     */
    public record Origin(
            @Nullable Given<ResourceId> subnet,
            @Nullable Given<ResourceId> virtualNetworkGateway,
            @Nullable String serviceTag) {}

    /**
     * What a client has of its own.
     *
     * @param privateIpAddress the address the network sees it by, or null when the input does not say
     * @param addressPrefixes the range its address is from: the gateway's pool, or the pods' own behind their node
     * @param routes the destinations that its own route list sends into the network; null when the input does not say
     * @param vnetRouteAllEnabled whether an App Service sends public destinations into the VNet as well
     * @param preventDataExfiltration whether a managed network lets out nothing but its approved private endpoints
     */
    public record Own(
            @Nullable Given<Address> privateIpAddress,
            ImmutableList<Given<Prefix>> addressPrefixes,
            @Nullable ImmutableList<Given<Prefix>> routes,
            Given<Boolean> vnetRouteAllEnabled,
            Given<Boolean> preventDataExfiltration) {}
}
