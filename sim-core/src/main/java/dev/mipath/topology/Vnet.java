package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;

/**
 * A virtual network.
 *
 * @param id the identity
 * @param place where it begins
 * @param location the region; equal unknowns are the same region
 * @param addressPrefixes the address ranges
 * @param dnsServers its own DNS servers; empty means Azure's
 * @param subnets the subnets in document order
 * @param peerings this VNet's peering links
 */
public record Vnet(
        ResourceId id,
        Place place,
        Given<String> location,
        ImmutableList<Given<Prefix>> addressPrefixes,
        ImmutableList<Given<Address>> dnsServers,
        ImmutableList<Subnet> subnets,
        ImmutableList<Peering> peerings)
        implements Identified {
    /** The same VNet with other subnets. */
    public Vnet withSubnets(ImmutableList<Subnet> newSubnets) {
        return new Vnet(id, place, location, addressPrefixes, dnsServers, newSubnets, peerings);
    }

    /** The same VNet with other peering links. */
    public Vnet withPeerings(ImmutableList<Peering> newPeerings) {
        return new Vnet(id, place, location, addressPrefixes, dnsServers, subnets, newPeerings);
    }

    /** The same VNet with other DNS servers. */
    public Vnet withDnsServers(ImmutableList<Given<Address>> newDnsServers) {
        return new Vnet(id, place, location, addressPrefixes, newDnsServers, subnets, peerings);
    }
}
