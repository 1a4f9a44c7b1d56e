package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.Internet;
import dev.mipath.azure.SourceTranslation;
import dev.mipath.azure.SourceTranslation.Door;
import dev.mipath.azure.SourceTranslation.Forwarder;
import dev.mipath.azure.SourceTranslation.Outside;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.Edge;
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
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds what lies between the subnets and the Internet: the translation of what leaves, the public addresses. */
final class InternetWiring {
    private static final ResourceId INTERNET = new ResourceId(Internet.NAME);

    private final Topology topology;
    private final Wiring wiring;
    private final AssumedAddresses addresses;
    /** The public frontends of load balancers, whose answers have a public source already. */
    private LpmTable balanced = new LpmTable.Builder().build();

    InternetWiring(Topology topology, Wiring wiring, AssumedAddresses addresses) {
        this.topology = topology;
        this.wiring = wiring;
        this.addresses = addresses;
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

    /** Fact 3.16: what a NAT gateway serves leaves by it; else a machine's own address goes first. */
    private void translate(SubnetView view) {
        Subnet subnet = view.subnet();
        @Nullable Given<ResourceId> nat = subnet.attached().natGateway();
        List<Outside> outsides = new ArrayList<>();
        SortedMap<Prefix, Integer> sources = new TreeMap<>();
        List<Forwarder> machines = new ArrayList<>();
        List<Inside> insides = new ArrayList<>();
        for (Assignment assignment : addresses.in(subnet.id())) {
            @Nullable Address own = assignment.address();
            if (own == null) continue;
            NetworkInterface nic = assignment.networkInterface();
            @Nullable ResourceId publicAddress = assignment.configuration().publicIpAddress();
            int outside = -1;
            if (publicAddress != null) {
                outside = outsides.size();
                Address address = wiring.publicAddress(topology, publicAddress);
                outsides.add(new Outside(address, publicAddress, wiring.isAssumed(publicAddress)));
                insides.add(new Inside(own, nic.id(), wiring.reserve()));
                if (nat == null) sources.put(Prefix.host(own), outside);
            }
            if (mayForward(nic)) {
                machines.add(
                        new Forwarder(wiring.host(nic), wiring.wayTo(assignment, view), nat == null ? outside : -1));
            }
        }
        int last = outsides.size();
        outsides.add(nat == null ? withoutNat(subnet) : byNat(nat));
        ImmutableList<Forwarder> forwarders = machines.stream()
                .map(machine ->
                        machine.outside() >= 0 ? machine : new Forwarder(machine.host(), machine.arrival(), last))
                .collect(ImmutableList.toImmutableList());
        ImmutableList.Builder<Door> doors = ImmutableList.builder();
        for (int i = 0; i < insides.size(); i++) doors.add(new Door(insides.get(i).door, i));
        int translation = wiring.translation(subnet.id());
        wiring.set(
                translation,
                new SourceTranslation(
                        "translation of subnet " + subnet.id().qualifiedName(),
                        PrefixSweep.longest(sources),
                        balanced,
                        ImmutableList.copyOf(outsides),
                        forwarders,
                        doors.build(),
                        translation,
                        wiring.internet));
        for (int i = 0; i < insides.size(); i++) {
            addReturn(view, outsides.get(i), insides.get(i), forwarders);
        }
        addReturn(view, outsides.get(last), new Inside(null, subnet.id(), wiring.reserve()), forwarders);
    }

    private Outside withoutNat(Subnet subnet) {
        boolean none = subnet.defaultOutboundAccess().is(false);
        return new Outside(none ? null : wiring.publicAddresses.next(), null, true);
    }

    /** The first of a NAT gateway's addresses; which of them a flow gets is the gateway's to choose. */
    private Outside byNat(Given<ResourceId> nat) {
        @Nullable ResourceId id = nat.value().orElse(null);
        for (NatGateway gateway : topology.services(NatGateway.class)) {
            if (!gateway.id().equals(id) || gateway.publicIpAddresses().isEmpty()) continue;
            ResourceId address = gateway.publicIpAddresses().get(0);
            Address outside = wiring.publicAddress(topology, address);
            return new Outside(outside, id, wiring.isAssumed(address));
        }
        return new Outside(wiring.publicAddresses.next(), id, true);
    }

    /** Who is behind a public address: a machine that has it for itself, or nobody in particular. */
    private record Inside(@Nullable Address address, ResourceId owner, int door) {}

    private void addReturn(SubnetView view, Outside outside, Inside inside, ImmutableList<Forwarder> forwarders) {
        String name = outside.address() == null ? "no public address" : "public address " + outside.address();
        wiring.set(
                inside.door,
                new SourceTranslation.Return(
                        name,
                        inside.owner,
                        wiring.translation(view.subnet().id()),
                        inside.address,
                        forwarders,
                        inside.door,
                        wiring.vnetSwitch(view.reach().vnet().id())));
        if (outside.address() != null) wiring.publicFrontends.put(Prefix.host(outside.address()), inside.door);
    }

    private static boolean mayForward(NetworkInterface nic) {
        return nic.enableIpForwarding().mayBe(true);
    }
}
