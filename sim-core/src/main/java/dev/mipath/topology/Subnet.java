package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import org.jspecify.annotations.Nullable;

/**
 * A subnet of a virtual network.
 *
 * @param id the identity; without an Azure id it is {@code vnet/subnet}
 * @param place where it begins
 * @param prefixes its address prefixes, usually one
 * @param attached what is attached to it
 * @param delegations the services it is delegated to, such as {@code Microsoft.Sql/managedInstances}
 * @param serviceEndpoints the services with a service endpoint here, such as {@code Microsoft.Storage}
 * @param privateEndpointNetworkPolicies Azure's word (fact 3.21), or null when the input does not say
 * @param defaultOutboundAccess whether its machines reach the Internet without anything else (fact 3.18); on unless
 *     switched off
 */
public record Subnet(
        ResourceId id,
        Place place,
        ImmutableList<Given<Prefix>> prefixes,
        Attached attached,
        ImmutableList<String> delegations,
        ImmutableList<String> serviceEndpoints,
        @Nullable String privateEndpointNetworkPolicies,
        Given<Boolean> defaultOutboundAccess)
        implements Identified {
    /** A subnet with default outbound access. */
    public Subnet(
            ResourceId id,
            Place place,
            ImmutableList<Given<Prefix>> prefixes,
            Attached attached,
            ImmutableList<String> delegations,
            ImmutableList<String> serviceEndpoints,
            @Nullable String privateEndpointNetworkPolicies) {
        this(
                id,
                place,
                prefixes,
                attached,
                delegations,
                serviceEndpoints,
                privateEndpointNetworkPolicies,
                Given.of(true));
    }

    /**
     * What is attached to a subnet; null where nothing is. An attached resource may be missing from the input.
     *
     * @param networkSecurityGroup the group that filters the subnet
     * @param routeTable the table that steers what leaves the subnet
     * @param natGateway the NAT gateway of the subnet
     */
    public record Attached(
            @Nullable Given<ResourceId> networkSecurityGroup,
            @Nullable Given<ResourceId> routeTable,
            @Nullable Given<ResourceId> natGateway) {
        /** Nothing attached. */
        public static final Attached NOTHING = new Attached(null, null, null);
    }

    /** The same subnet with other attachments. */
    public Subnet with(Attached newAttached) {
        return new Subnet(
                id,
                place,
                prefixes,
                newAttached,
                delegations,
                serviceEndpoints,
                privateEndpointNetworkPolicies,
                defaultOutboundAccess);
    }
}
