package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.topology.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A compiled, frozen network. {@link #decide} is the only decider; whoever wants to know why asks {@link
 * #evidence} with the decision.
 */
public final class Network {
    private final int version;
    private final Element[] elements;
    private final Directory directory;
    private final Edge outside;
    private final ImmutableList<HealthProbe> probes;
    /** Every thread that finds none makes an equal one. */
    private volatile @Nullable ProbeRound probeRound;

    /**
     * A network of these elements.
     *
     * @param version tells the networks of one timeline apart, so that a decision is never explained by another of them;
     *     0..255
     * @param elements the elements, numbered by position
     * @param directory who owns which address
     * @param outside where clients on the Internet meet the network
     * @param probes how load balancers learn whether a machine is up
     */
    public Network(
            int version,
            ImmutableList<Element> elements,
            Directory directory,
            Edge outside,
            ImmutableList<HealthProbe> probes) {
        if (elements.size() > Decision.LIMIT) throw new IllegalArgumentException("too many elements");
        this.version = version & 0xFF;
        this.elements = elements.toArray(new Element[0]);
        this.directory = directory;
        this.outside = outside;
        this.probes = probes;
    }

    /** The same network under another version, as a timeline of networks needs it. */
    public Network withVersion(int other) {
        return new Network(other, ImmutableList.copyOf(elements), directory, outside, probes);
    }

    /**
     * What the element does with the packet in the register.
     *
     * @return a {@link Decision} stamped with this network's version
     */
    public long decide(int element, Header header, FlowMemory memory, long nowNanos) {
        return Decision.stamped(elements[element].decide(header, memory, nowNanos), version);
    }

    /**
     * Why a decision fell as it did.
     *
     * @param arrived the packet as it arrived at the element
     * @throws IllegalArgumentException when another version of the network decided
     */
    public Evidence evidence(int element, Header arrived, long decision) {
        if (Decision.version(decision) != version) {
            throw new IllegalArgumentException("another version of the network made this decision");
        }
        return elements[element].evidence(arrived, decision);
    }

    /**
     * Where a packet goes on that was stopped, as if it had not been.
     *
     * @return the number of the element behind the one that stopped it, or below 0 when there is none
     */
    public int onward(int element, Header header, FlowMemory memory) {
        return elements[element].onward(header, memory);
    }

    /** The address of the next hop that a decision leads to; null where it names none. */
    public @Nullable Address nextHop(int element, long decision) {
        return elements[element].nextHop(decision);
    }

    /** The first ports of the stretches of a range that an element treats alike; empty where it does not look at ports. */
    public ImmutableSortedSet<Integer> stretches(int element, PortRange ports) {
        return elements[element].stretches(ports);
    }

    /** What it means for the filters behind a filter that it decided to let a packet pass. */
    public Element.Passing passing(int element, long decision) {
        return elements[element].passing(decision);
    }

    /** The health probes of all load balancers; the driver sends them and tells its memory what it found. */
    public ImmutableList<HealthProbe> probes() {
        return probes;
    }

    /** What the health probes find; sent when first asked for. */
    public ProbeRound probeRound() {
        @Nullable ProbeRound found = probeRound;
        if (found == null) {
            found = ProbeRound.of(this);
            probeRound = found;
        }
        return found;
    }

    /** The name of an element. */
    public String name(int element) {
        return elements[element].name();
    }

    /** How many elements there are. */
    public int size() {
        return elements.length;
    }

    /** The edges at which this address may send and receive, one a VNet that holds it; usually one. */
    public ImmutableList<Edge> edges(Address address) {
        return directory.edges(address);
    }

    /** Whether a load balancer answers for the address, so that a packet for it arrives at a machine of another. */
    public boolean isFrontend(Address address) {
        return directory.isFrontend(address);
    }

    /** The edge of every client on the Internet, whatever public address it has. */
    public Edge outside() {
        return outside;
    }

    /** Whether the edge is outside every VNet and site, where the Internet answers. */
    public boolean isOutside(Edge edge) {
        return edge.arrival() == outside.arrival();
    }

    /** Every edge that has this address: {@link #edges}, and those of sites whose ranges hold it too. */
    public ImmutableList<Edge> holders(Address address) {
        return directory.holders(address);
    }

    /**
     * What an address that is only assumed could be instead, one for each way rules and routes may treat it; empty for
     * an address that is known, and for one whose whole subnet is treated alike.
     */
    public ImmutableList<Address> alternatives(Address address) {
        return directory.alternatives(address);
    }

    /** The edge at which the last step of a packet's way delivered it; none for the Internet and the platform. */
    public Optional<Edge> arrivedAt(Step last) {
        if (!(last.why() instanceof Evidence.At at) || at.owner() == null) return Optional.empty();
        return holder(last.arrived().destination(), at.owner());
    }

    /** Whether a packet went out to the Internet although a subnet or site of the input holds the address that it is for. */
    public boolean isLost(Step last) {
        return last.element() == outside.arrival()
                && !edges(last.arrived().destination()).isEmpty();
    }

    /** The edge of this address that packets to this owner arrive at. */
    public Optional<Edge> holder(Address address, ResourceId owner) {
        for (Edge edge : holders(address)) if (edge.owner().equals(owner)) return Optional.of(edge);
        return Optional.empty();
    }

    /**
     * A health probe (facts 1.28, 3.10).
     *
     * @param balancer the element of the load balancer that needs the machine
     * @param machine the number under which the driver's memory keeps what it finds
     * @param address the machine's address
     * @param port the port it tries
     * @param entry the first element it meets
     */
    public record HealthProbe(int balancer, int machine, Address address, int port, int entry) {}

    /** Tells which edges an address belongs to. */
    public interface Directory {
        /** The edges of the address, one a VNet; where no subnet holds it, that of the site that does, if any. */
        ImmutableList<Edge> edges(Address address);

        /** Whether a load balancer answers for the address. */
        boolean isFrontend(Address address);

        /** The edges of the address in every VNet and at every site. */
        ImmutableList<Edge> holders(Address address);

        /** What an assumed address could be instead. */
        ImmutableList<Address> alternatives(Address address);
    }
}
