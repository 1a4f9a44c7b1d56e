package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;

/**
 * A private DNS zone: in the VNets it is linked to it answers for all names under its own, also for those it does not
 * know (fact 4.3).
 *
 * @param id the identity; its last part is the zone's name
 * @param place where it begins
 * @param links the VNets whose resolver asks it
 * @param records its address records
 */
public record PrivateDnsZone(ResourceId id, Place place, ImmutableList<Link> links, ImmutableList<Entry> records)
        implements NetworkService {
    /**
     * A link to a VNet.
     *
     * @param vnet the VNet
     */
    public record Link(Given<ResourceId> vnet) {}

    /**
     * An address record.
     *
     * @param name the name before the zone's, {@code @} for the zone itself; a whole name in a server's own list
     * @param addresses what it resolves to
     */
    public record Entry(String name, ImmutableList<Given<Address>> addresses) {}
}
