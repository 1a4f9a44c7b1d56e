package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Packet;
import dev.mipath.net.PortRange;
import dev.mipath.trace.Conversation.Finding.PortDepends;
import org.jspecify.annotations.Nullable;

/**
 * Whether a rule would do otherwise if a node served redirected clients on another port than the assumed one (contract:
 * Sources, caveat {@code PORT_DEPENDS}). The ports of the rules cut the range into stretches inside of which all ports are
 * treated alike; the same element is asked about one of each.
 */
final class PortDoubt {
    private final Network network;
    private final Estate estate;
    private final TraceRequest request;

    PortDoubt(Network network, Estate estate, TraceRequest request) {
        this.network = network;
        this.estate = estate;
        this.request = request;
    }

    /** What makes the step's decision doubtful, or null when it holds for every port. */
    @Nullable
    PortDepends about(Step step) {
        Packet packet = step.arrived();
        // A port that whoever asks has given is assumed no more.
        if (packet.destinationPort() == request.target().port()) return null;
        for (VirtualCluster cluster : estate.clusters()) {
            for (Hosted instance : cluster.instances()) {
                for (Node node : instance.nodes()) {
                    boolean its = node.port() == packet.destinationPort()
                            && node.address().equals(packet.destination());
                    if (its) return about(step, instance, node.possiblePorts());
                }
            }
        }
        return null;
    }

    private @Nullable PortDepends about(Step step, Hosted instance, PortRange ports) {
        ImmutableSortedSet<Integer> stretches = network.stretches(step.element(), ports);
        if (stretches.size() < 2 || !(step.why() instanceof Evidence.RuleMatched)) return null;
        boolean passes = Decision.forwards(step.decision());
        ImmutableList.Builder<PortRange> others = ImmutableList.builder();
        @Nullable Evidence rule = null;
        int since = -1;
        for (int port : stretches) {
            Header header = header(step.arrived(), port);
            long other = network.decide(step.element(), header, FlowMemory.NONE, 0);
            boolean differs = Decision.forwards(other) != passes;
            if (differs && since < 0) since = port;
            if (differs && rule == null) rule = network.evidence(step.element(), header(step.arrived(), port), other);
            if (!differs && since >= 0) {
                others.add(new PortRange(since, port - 1));
                since = -1;
            }
        }
        if (since >= 0) others.add(new PortRange(since, ports.last()));
        return rule == null
                ? null
                : new PortDepends(instance.name(), step.arrived().destinationPort(), others.build(), passes, rule);
    }

    private static Header header(Packet packet, int port) {
        return new Header()
                .set(new Packet(packet.source(), packet.sourcePort(), packet.destination(), port, packet.protocol()));
    }
}
