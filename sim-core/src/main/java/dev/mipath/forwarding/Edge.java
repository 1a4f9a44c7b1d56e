package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * Where a host meets the network: the filters and the route choice its packets pass, in order.
 *
 * @param vnet the VNet
 * @param subnet the subnet
 * @param networkInterface the NIC, or null for an address of the subnet that no declared NIC has
 * @param owner what a packet for the address arrives at: the NIC, the client, the subnet where neither has
 *     it, or the site
 * @param outboundFilters the elements that filter what leaves: NIC, then subnet (fact 1.5)
 * @param routes the element that chooses the route of what leaves
 * @param inboundFilters the elements that filter what arrives: subnet, then NIC (fact 1.5)
 * @param start the first element of a packet that leaves
 * @param arrival the first element of a packet that arrives
 * @param dnsServers the VNet's own DNS servers; empty means Azure's
 * @param ofSite whether it is a site's, behind a gateway, or the Internet's; both have a resolver of their own
 */
public record Edge(
        ResourceId vnet,
        ResourceId subnet,
        @Nullable ResourceId networkInterface,
        ResourceId owner,
        ImmutableList<Integer> outboundFilters,
        int routes,
        ImmutableList<Integer> inboundFilters,
        int start,
        int arrival,
        ImmutableList<Address> dnsServers,
        boolean ofSite) {
    /** The VNet's name. */
    public String vnetName() {
        return vnet.name();
    }

    /** The subnet's name. */
    public String subnetName() {
        return subnet.name();
    }

    /** The name of what a packet for the address arrives at. */
    public String ownerName() {
        return owner.name();
    }
}
