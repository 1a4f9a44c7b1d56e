package dev.mipath.instance;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.topology.DnsServer;
import dev.mipath.topology.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The private side of name resolution: zones linked to VNets, and servers of the customer's own.
 *
 * <p>Models: private DNS zones, facts 4.3, 4.57, 4.58 (read 2026-11-22): a linked zone answers for every name under its
 * own, and what it does not know does not exist.
 *
 * <p>Leaves out: forwarding rules by name, time to live.
 *
 * @param zones the zones
 * @param servers the servers
 */
public record PrivateNames(ImmutableList<Zone> zones, ImmutableList<Server> servers) {
    /** No zone and no server. */
    public static final PrivateNames NONE = new PrivateNames(ImmutableList.of(), ImmutableList.of());

    /**
     * A private zone.
     *
     * @param id the zone
     * @param name its name in lower case
     * @param vnets the VNets it is linked to
     * @param records its addresses, by whole name in lower case
     */
    public record Zone(
            ResourceId id, String name, ImmutableList<ResourceId> vnets, ImmutableMap<String, Address> records) {
        private boolean holds(String lower) {
            return lower.equals(name) || lower.endsWith("." + name);
        }
    }

    /**
     * A server.
     *
     * @param id the server
     * @param address its address
     * @param vnet the VNet it stands in, or null when it is elsewhere
     * @param forwardsTo where it asks for other names
     * @param records its own answers, by whole name in lower case
     */
    public record Server(
            ResourceId id,
            Address address,
            @Nullable ResourceId vnet,
            DnsServer.Forwarding forwardsTo,
            ImmutableMap<String, Address> records) {}

    /**
     * An answer of the private side.
     *
     * @param address the address, or null when the name does not exist
     * @param by the zone or server that answers
     */
    public record Answer(@Nullable Address address, ResourceId by) {}

    /** The server at this address, if the input describes it. */
    public Optional<Server> server(Address address) {
        for (Server server : servers) if (server.address.equals(address)) return Optional.of(server);
        return Optional.empty();
    }

    /** What the zones linked to a VNet answer; nothing when none of them holds the name. */
    public Optional<Answer> resolve(ResourceId vnet, String name) {
        String lower = Ascii.toLowerCase(name);
        @Nullable Zone best = null;
        for (Zone zone : zones) {
            boolean asked = zone.holds(lower) && zone.vnets.contains(vnet);
            if (asked && (best == null || zone.name.length() > best.name.length())) best = zone;
        }
        return best == null ? Optional.empty() : Optional.of(new Answer(best.records.get(lower), best.id));
    }
}
