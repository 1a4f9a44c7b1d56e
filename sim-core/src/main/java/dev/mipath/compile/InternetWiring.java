package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.Internet;
import dev.mipath.azure.OutboundWay;
import dev.mipath.azure.SourceTranslation;
import dev.mipath.azure.SourceTranslation.Door;
import dev.mipath.azure.SourceTranslation.Forwarder;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.FlowMemory.PortPool;
import dev.mipath.forwarding.OutboundFact;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds what lies between the subnets and the Internet: the translation of what leaves, the public addresses. */
final class InternetWiring {
    private static final ResourceId INTERNET = new ResourceId(Internet.NAME);

    private final Topology topology;
    private final Wiring wiring;
    private final AssumedAddresses addresses;
    private final BalancerOutbound outbound;
    /** The public frontends of load balancers, whose answers have a public source already. */
    private LpmTable balanced = new LpmTable.Builder().build();

    InternetWiring(Topology topology, Wiring wiring, AssumedAddresses addresses) {
        this.topology = topology;
        this.wiring = wiring;
        this.addresses = addresses;
        this.outbound = new BalancerOutbound(topology, wiring, addresses);
    }

    /** Builds the translation of every subnet, then the Internet itself, which knows all public addresses. */
    void build() {
        balanced = PrefixSweep.longest(wiring.publicFrontends);
        for (SubnetView view : wiring.views.values()) {
            if (!view.isGatewaySubnet()) translate(view);
        }
        wiring.set(wiring.internet, new Internet(PrefixSweep.longest(wiring.publicFrontends)));
    }

    /** Where a client outside meets the network. */
    Edge outside() {
        return new Edge(
                INTERNET,
                INTERNET,
                null,
                INTERNET,
                ImmutableList.of(),
                wiring.internet,
                ImmutableList.of(),
                wiring.internet,
                wiring.internet,
                ImmutableList.of(),
                true);
    }

    /**
     * Fact 3.16: what a NAT gateway serves leaves by it; else a machine's own address goes first, then its load
     * balancer's.
     */
    private void translate(SubnetView view) {
        Subnet subnet = view.subnet();
        @Nullable Given<ResourceId> nat = subnet.attached().natGateway();
        Ways ways = new Ways(nat == null);
        for (Assignment assignment : addresses.in(subnet.id())) addMachine(assignment, view, ways);
        int last = ways.all.size();
        ways.all.add(nat == null ? withoutNat(subnet) : byNat(nat, subnet));
        ImmutableList<Forwarder> forwarders = ways.machines.stream()
                .map(machine -> machine.way() >= 0 ? machine : new Forwarder(machine.host(), machine.arrival(), last))
                .collect(ImmutableList.toImmutableList());
        ImmutableList.Builder<Door> doors = ImmutableList.builder();
        for (Inside inside : ways.insides) doors.add(new Door(inside.door, inside.way));
        int translation = wiring.translation(subnet.id());
        wiring.set(
                translation,
                new SourceTranslation(
                        "translation of subnet " + subnet.id().qualifiedName(),
                        PrefixSweep.longest(ways.sources),
                        balanced,
                        ImmutableList.copyOf(ways.all),
                        forwarders,
                        doors.build(),
                        translation,
                        wiring.internet));
        for (Inside inside : ways.insides) addReturn(view, ways.all.get(inside.way), inside, forwarders);
        for (Inside inside : ways.frontends.values()) {
            addReturn(view, ways.all.get(inside.way), inside, forwarders);
        }
        addReturn(view, ways.all.get(last), new Inside(null, subnet.id(), wiring.reserve(), last), forwarders);
    }

    /** The ways out of a subnet while they are found. */
    private static final class Ways {
        /** Whether machines have ways of their own: no NAT gateway goes before them. */
        private final boolean own;

        private final List<OutboundWay> all = new ArrayList<>();
        private final SortedMap<Prefix, Integer> sources = new TreeMap<>();
        private final List<Forwarder> machines = new ArrayList<>();
        private final List<Inside> insides = new ArrayList<>();
        /** The frontends of load balancers by which machines of this subnet leave. */
        private final Map<Address, Inside> frontends = new LinkedHashMap<>();

        Ways(boolean own) {
            this.own = own;
        }
    }

    private void addMachine(Assignment assignment, SubnetView view, Ways ways) {
        @Nullable Address address = assignment.address();
        if (address == null) return;
        NetworkInterface nic = assignment.networkInterface();
        @Nullable ResourceId publicAddress = assignment.configuration().publicIpAddress();
        int way = -1;
        if (publicAddress != null) {
            int number = ways.all.size();
            Address outside = wiring.publicAddress(topology, publicAddress);
            OutboundFact by =
                    OutboundFact.of(publicAddress, assignment.configuration().place());
            ways.all.add(OutboundWay.ofAll(outside, wiring.isAssumed(publicAddress), by, SourcePorts.of(PortPool.OWN)));
            ways.insides.add(new Inside(address, nic.id(), wiring.reserve(), number));
            if (ways.own) way = number;
        } else if (ways.own) {
            way = addBalanced(assignment, ways);
        }
        if (way >= 0) ways.sources.put(Prefix.host(address), way);
        if (mayForward(nic)) ways.machines.add(new Forwarder(wiring.host(nic), wiring.wayTo(assignment, view), way));
    }

    /** The number of the first way that load balancers give a machine, or below 0. */
    private int addBalanced(Assignment assignment, Ways ways) {
        int first = ways.all.size();
        List<OutboundWay> given = outbound.of(assignment, first);
        ways.all.addAll(given);
        for (int i = 0; i < given.size(); i++) {
            @Nullable Address frontend = given.get(i).address();
            @Nullable ResourceId balancer = given.get(i).by().resource();
            if (frontend == null || balancer == null || ways.frontends.containsKey(frontend)) continue;
            ways.frontends.put(frontend, new Inside(null, balancer, wiring.reserve(), first + i));
        }
        return given.isEmpty() ? -1 : first;
    }

    private OutboundWay withoutNat(Subnet subnet) {
        boolean none = subnet.defaultOutboundAccess().is(false);
        return OutboundWay.ofAll(
                none ? null : wiring.publicAddresses.next(),
                true,
                OutboundFact.DEFAULT,
                SourcePorts.of(PortPool.PREALLOCATED));
    }

    /** The first of a NAT gateway's addresses; which of them a flow gets is the gateway's to choose. */
    private OutboundWay byNat(Given<ResourceId> nat, Subnet subnet) {
        @Nullable ResourceId id = nat.value().orElse(null);
        for (NatGateway gateway : topology.services(NatGateway.class)) {
            if (!gateway.id().equals(id) || gateway.publicIpAddresses().isEmpty()) continue;
            ResourceId address = gateway.publicIpAddresses().get(0);
            Address outside = wiring.publicAddress(topology, address);
            SourcePorts ports = new SourcePorts(
                    PortPool.SHARED, 0, gateway.publicIpAddresses().size());
            return OutboundWay.ofAll(
                    outside, wiring.isAssumed(address), OutboundFact.of(gateway.id(), gateway.place()), ports);
        }
        OutboundFact by = new OutboundFact(id, null, subnet.place(), null);
        return OutboundWay.ofAll(wiring.publicAddresses.next(), true, by, SourcePorts.of(PortPool.SHARED));
    }

    /**
     * Who is behind a public address: a machine that has it for itself, or nobody in particular.
     *
     * @param door the element that takes what comes for it
     * @param way the number of the way out with this address
     */
    private record Inside(@Nullable Address address, ResourceId owner, int door, int way) {}

    private void addReturn(SubnetView view, OutboundWay outside, Inside inside, ImmutableList<Forwarder> forwarders) {
        String name = outside.address() == null ? "no public address" : "public address " + outside.address();
        @Nullable
        Integer behind = outside.address() == null ? null : wiring.publicFrontends.get(Prefix.host(outside.address()));
        wiring.set(
                inside.door,
                new SourceTranslation.Return(
                        name,
                        inside.owner,
                        wiring.translation(view.subnet().id()),
                        inside.address,
                        forwarders,
                        behind == null || inside.address != null ? Wiring.NOWHERE : behind,
                        inside.door,
                        wiring.vnetSwitch(view.reach().vnet().id())));
        if (outside.address() != null) wiring.publicFrontends.put(Prefix.host(outside.address()), inside.door);
    }

    private static boolean mayForward(NetworkInterface nic) {
        return nic.enableIpForwarding().mayBe(true);
    }
}
