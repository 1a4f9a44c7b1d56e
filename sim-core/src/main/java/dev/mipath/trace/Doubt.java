package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Finding.AddressDepends;
import dev.mipath.trace.Conversation.Finding.Holder;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rule or route would do otherwise if an address that is only assumed were another (contract: Sources, caveat
 * {@code ADDRESS_DEPENDS}). The same elements are asked about the same packet with that address instead.
 */
final class Doubt {
    private final Network network;
    private final Estate estate;
    private final TraceRequest request;
    private final ImmutableSet<Address> stated;
    private final PortDoubt ports;

    /** What whoever asks has given is assumed no more. */
    Doubt(Network network, Estate estate, TraceRequest request) {
        this.network = network;
        this.estate = estate;
        this.request = request;
        this.ports = new PortDoubt(network, estate, request);
        ImmutableSet.Builder<Address> given = ImmutableSet.builder();
        if (request.client().stated()) given.add(request.client().address());
        @Nullable Address target = request.target().address();
        if (target != null && request.target().stated()) given.add(target);
        this.stated = given.addAll(request.behaviour().resolved().values()).build();
    }

    /** What makes the step's decision doubtful, or null when it holds wherever the assumed addresses really are. */
    @Nullable
    Finding about(Step step) {
        @Nullable Finding address = aboutAddress(step);
        return address != null ? address : ports.about(step);
    }

    private @Nullable AddressDepends aboutAddress(Step step) {
        // Whoever really has another address than the one that a route sends to is not met there.
        @Nullable Address hop = network.nextHop(step.element(), step.decision());
        if (hop != null && !others(hop).isEmpty()) return doubt(hop, others(hop).get(0));
        Packet packet = step.arrived();
        ImmutableList<Address> sources = others(packet.source());
        ImmutableList<Address> destinations = others(packet.destination());
        if (sources.isEmpty() && destinations.isEmpty()) return null;
        Evidence why = step.why();
        if (!(why instanceof Evidence.RuleMatched) && !(why instanceof Evidence.RouteChosen)) return null;
        for (Address source : sources) {
            if (differs(step, source, packet.destination())) return doubt(packet.source(), source);
        }
        for (Address destination : destinations) {
            if (differs(step, packet.source(), destination)) return doubt(packet.destination(), destination);
        }
        return null;
    }

    private AddressDepends doubt(Address assumed, Address other) {
        for (VirtualCluster cluster : estate.clusters()) {
            String subnet = cluster.subnetName();
            if (cluster.loadBalancer().equals(assumed)) {
                return new AddressDepends(Holder.LOAD_BALANCER, subnet, assumed, other);
            }
            if (cluster.hasMachine(assumed)) return new AddressDepends(Holder.MACHINE, subnet, assumed, other);
        }
        Edge edge = network.edges(assumed).get(0);
        if (network.isFrontend(assumed)) return new AddressDepends(Holder.FRONTEND, edge.subnetName(), assumed, other);
        if (edge.networkInterface() != null) {
            return new AddressDepends(Holder.INTERFACE, edge.ownerName(), assumed, other);
        }
        boolean asks = assumed.equals(request.client().address());
        return new AddressDepends(Holder.OTHER, asks ? request.client().name() : edge.ownerName(), assumed, other);
    }

    private ImmutableList<Address> others(Address address) {
        ImmutableList<Address> others = network.alternatives(address);
        return others.isEmpty() || stated.contains(address) ? ImmutableList.of() : others;
    }

    private boolean differs(Step step, Address source, Address destination) {
        Packet packet = step.arrived();
        Header header = new Header()
                .set(new Packet(source, packet.sourcePort(), destination, packet.destinationPort(), packet.protocol()));
        long other = network.decide(step.element(), header, FlowMemory.NONE, 0);
        long decided = step.decision();
        if (Decision.forwards(other) != Decision.forwards(decided)) return true;
        return Decision.forwards(decided)
                ? Decision.next(other) != Decision.next(decided)
                : Decision.ending(other) != Decision.ending(decided);
    }
}
