package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ClientKind;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * What a client runs on, before any network sees its packets: the routes it has of its own, and what its kind never does.
 *
 * <p>Models: facts 7.10 and 5c, needs gap 1 (read 2026-11-23).
 *
 * <p>Leaves out: network policies of a cluster, the system's own firewall.
 */
public final class ClientPlatform implements Element {
    private static final int DNS_PORT = 53;

    private final Who who;
    private final Reach reach;
    private final @Nullable Bar bar;
    private final int next;

    /**
     * Whose platform it is.
     *
     * @param id the client
     * @param place where it was declared
     * @param kind what it runs on
     */
    public record Who(ResourceId id, Place place, ClientKind kind) {}

    /**
     * Where its platform sends.
     *
     * @param certain the destinations that surely go into the network
     * @param possible those that may
     * @param outside whether it runs outside every VNet of the customer
     * @param missing what would have to be known of the others
     */
    public record Reach(AddressSet certain, AddressSet possible, boolean outside, ImmutableList<String> missing) {}

    /**
     * What the kind never does and this client would have to.
     *
     * @param limit what
     * @param missing what would have to be known; empty when it surely stands in the way
     */
    public record Bar(ClientKind.Limit limit, ImmutableList<String> missing) {}

    /**
     * A platform.
     *
     * @param who whose it is
     * @param reach where it sends
     * @param bar what stands in its way whatever the destination, or null
     * @param next the first element of the network behind it
     */
    public ClientPlatform(Who who, Reach reach, @Nullable Bar bar, int next) {
        this.who = who;
        this.reach = reach;
        this.bar = bar;
        this.next = next;
    }

    @Override
    public String name() {
        return "client " + who.id.name();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        boolean leads = leads(reach.certain, header);
        if (!leads && reach.outside) return Decision.end(Ending.CLIENT_OUTSIDE_VNET, 0);
        if (bar != null && !asksForName(header)) {
            return Decision.end(bar.missing.isEmpty() ? Ending.CLIENT_KIND_CANNOT : Ending.UNDETERMINED, 0);
        }
        if (leads) return Decision.forward(next, 0);
        return Decision.end(leads(reach.possible, header) ? Ending.UNDETERMINED : Ending.CLIENT_ROUTE_MISSING, 0);
    }

    /** What cannot be set up has no packets; a name is looked up by whatever stands there instead. */
    private static boolean asksForName(Header header) {
        return header.protocol() == Protocol.UDP.number() && header.destinationPort() == DNS_PORT;
    }

    private static boolean leads(AddressSet routes, Header header) {
        return routes.contains(header.destination()) || PlatformRanges.HOST_VIRTUAL.contains(header.destination());
    }

    /** Past its own routes the packet would be in the network; past being outside of it there is no way on. */
    @Override
    public int onward(Header header, FlowMemory memory) {
        return reach.outside ? -1 : next;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        boolean open = !Decision.forwards(decision) && Decision.ending(decision) == Ending.UNDETERMINED;
        ClientKind.@Nullable Limit limit =
                !Decision.forwards(decision) && Decision.ending(decision) == Ending.CLIENT_KIND_CANNOT && bar != null
                        ? bar.limit
                        : null;
        ImmutableList<String> missing = bar == null ? reach.missing : bar.missing;
        return new Evidence.ClientSends(
                who.id, who.place, who.kind, reach.certain.prefixes(), limit, open ? missing : ImmutableList.of());
    }
}
