package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives what leaves a subnet for the Internet a public source address, and remembers whose it was.
 *
 * <p>Models: outbound connectivity, facts 3.14 to 3.18 (read 2026-11-22): a NAT gateway goes before the machine's own
 * public address, which goes before a load balancer's, which goes before default outbound access.
 *
 * <p>Leaves out: which port the flow gets; it keeps its own. Whether there is one left the driver's memory says.
 */
public final class SourceTranslation implements Element {
    private final String name;
    private final LpmTable sources;
    private final ImmutableList<OutboundWay> ways;
    private final LpmTable frontends;
    private final int[] appliances;
    private final int[] applianceWays;
    private final ImmutableList<Door> doors;
    private final int self;
    private final int next;

    /**
     * A machine of the subnet that forwards what is not its own; that leaves as what the machine itself sends.
     *
     * @param host the machine's element, which remembers what it forwarded
     * @param arrival the first element of what the machine receives
     * @param way the number of its way out
     */
    public record Forwarder(int host, int arrival, int way) {}

    /**
     * A public address by which flows come in; their answers leave with it.
     *
     * @param element the {@link Return} that remembers what came in
     * @param way the number of the way out with its public address
     */
    public record Door(int element, int way) {}

    /**
     * A translation.
     *
     * @param name the element's name
     * @param sources from a private source to the number of its way out
     * @param frontends what has a public source already: the answers of load balancers
     * @param ways the ways out; the last one is for every other source
     * @param forwarders the machines of the subnet that forward
     * @param doors the public addresses of machines
     * @param self this element's number
     * @param next the element behind
     */
    public SourceTranslation(
            String name,
            LpmTable sources,
            LpmTable frontends,
            ImmutableList<OutboundWay> ways,
            List<Forwarder> forwarders,
            ImmutableList<Door> doors,
            int self,
            int next) {
        this.name = name;
        this.sources = sources;
        this.frontends = frontends;
        this.ways = ways;
        this.doors = doors;
        this.appliances = Ints.toArray(forwarders.stream().map(Forwarder::host).toList());
        this.applianceWays =
                Ints.toArray(forwarders.stream().map(Forwarder::way).toList());
        this.self = self;
        this.next = next;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        // IPv6 needs no translation: the machine's address is public.
        boolean isPublic = header.v6() || frontends.match((int) header.sourceLow()) != LpmTable.NONE;
        if (isPublic) return Decision.forward(next, Decision.LIMIT);
        int index = wayOf(header, memory);
        OutboundWay way = ways.get(index);
        for (int steps = 0; !way.takes(header) && steps < ways.size(); steps++) {
            index = way.otherwise() < 0 ? ways.size() - 1 : way.otherwise();
            way = ways.get(index);
        }
        if (way.by().missing() != null) return Decision.end(Ending.UNDETERMINED, index);
        @Nullable Address address = way.address();
        if (address == null) return Decision.end(Ending.NO_OUTBOUND_ACCESS, index);
        if (!memory.reserve(self, way.ports(), header)) return Decision.end(Ending.SNAT_EXHAUSTED, index);
        long original = header.sourceLow();
        header.rewriteSource(address);
        memory.keep(self, header, original);
        return Decision.forward(next, index);
    }

    private int wayOf(Header header, FlowMemory memory) {
        for (int i = 0; i < doors.size(); i++) {
            if (memory.knowsReply(doors.get(i).element, header)) return doors.get(i).way;
        }
        int own = sources.match((int) header.sourceLow());
        if (own != LpmTable.NONE) return own;
        for (int i = 0; i < appliances.length; i++) {
            if (memory.knows(appliances[i], header) || memory.knowsReply(appliances[i], header))
                return applianceWays[i];
        }
        return ways.size() - 1;
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        return next;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        int reason = Decision.reason(decision);
        if (reason == Decision.LIMIT) return new Evidence.At(name, null);
        OutboundWay way = ways.get(reason);
        return new Evidence.Translated(
                name, way.address(), way.by(), way.ports().stated(), way.assumed());
    }

    /**
     * The way back: what comes for a public address goes to whoever opened the flow, or to the one machine that has the
     * address.
     *
     * @param name the element's name
     * @param owner the NAT gateway, the NIC or the subnet
     * @param translation the translation's element
     * @param inside the private address that has the public one for itself, or null
     * @param forwarders the machines of the subnet that forward
     * @param otherwise the element for what answers no flow, or below 0 when nobody takes that
     * @param self this element's number
     * @param next the element in front of the subnet
     */
    public record Return(
            String name,
            ResourceId owner,
            int translation,
            @Nullable Address inside,
            ImmutableList<Forwarder> forwarders,
            int otherwise,
            int self,
            int next)
            implements Element {
        @Override
        public long decide(Header header, FlowMemory memory, long nowNanos) {
            long original = memory.keptReply(translation, header);
            if (original == FlowMemory.NOTHING) {
                if (otherwise >= 0) return Decision.forward(otherwise, 0);
                // Fact 3.13: a translator answers a flow it does not know with a reset.
                if (inside == null) return Decision.end(Ending.NO_LISTENER, 0);
                header.rewriteDestination(inside);
                memory.remember(self, header);
                return Decision.forward(next, 0);
            }
            header.rewriteDestination(Address.v4((int) original));
            for (int i = 0; i < forwarders.size(); i++) {
                Forwarder forwarder = forwarders.get(i);
                boolean passed = memory.knowsReply(forwarder.host, header) || memory.knows(forwarder.host, header);
                if (passed) return Decision.forward(forwarder.arrival, 0);
            }
            return Decision.forward(next, 0);
        }

        @Override
        public Evidence evidence(Header arrived, long decision) {
            return new Evidence.At(name, owner);
        }
    }
}
