package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A first packet and its answer, each followed to the end past whatever stops it.
 *
 * @param forward the steps of the packet
 * @param back the steps of the answer; empty when the packet reached nobody
 * @param stops the steps that stopped either, in order
 * @param delivered the packet as it arrived, or null when it reached nobody
 */
record Exchange(
        ImmutableList<Step> forward,
        ImmutableList<Step> back,
        ImmutableList<Stop> stops,
        @Nullable Packet delivered) {

    /**
     * A step that stopped a packet.
     *
     * @param ending how
     * @param step the step
     * @param onReturn whether the packet was an answer
     */
    record Stop(Ending ending, Step step, boolean onReturn) {}

    /** A packet at an element; meeting the same again means going in circles. */
    private record Visit(int element, Packet packet) {
        // Written out for the cold start, as the packet's own are.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Visit that && element == that.element && packet.equals(that.packet);
        }

        @Override
        public int hashCode() {
            return packet.hashCode() * 31 + element;
        }
    }

    static Exchange of(Network network, Edge from, Packet packet, FlowMemory memory) {
        List<Stop> stops = new ArrayList<>();
        Way out = follow(network, from.start(), new Header().set(packet), memory, stops, false);
        @Nullable Packet delivered = out.delivered;
        if (delivered == null) {
            return new Exchange(out.steps, ImmutableList.of(), ImmutableList.copyOf(stops), null);
        }
        ImmutableList<Edge> answering = network.edges(delivered.destination());
        ImmutableList<Step> back = ImmutableList.of();
        // The Internet and the platform answer on the way the packet came; nothing of theirs is modelled.
        if (answering.size() == 1) {
            Header reply = new Header().setReply(delivered.reversed());
            back = follow(network, answering.get(0).start(), reply, memory, stops, true).steps;
        }
        return new Exchange(out.steps, back, ImmutableList.copyOf(stops), delivered);
    }

    private record Way(ImmutableList<Step> steps, @Nullable Packet delivered) {}

    private static Way follow(
            Network network, int start, Header header, FlowMemory memory, List<Stop> stops, boolean onReturn) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        Set<Visit> visited = new HashSet<>();
        boolean looped = false;
        int element = start;
        while (true) {
            Packet arrived = header.packet();
            Step step = step(network, element, header, memory);
            steps.add(step);
            boolean again = !visited.add(new Visit(element, arrived));
            if (!again && Decision.forwards(step.decision())) {
                element = Decision.next(step.decision());
                continue;
            }
            if (again && looped) return new Way(steps.build(), null);
            Ending ending = again ? Ending.ROUTE_LOOP : Decision.ending(step.decision());
            if (ending == Ending.DELIVERED) return new Way(steps.build(), arrived);
            stops.add(new Stop(ending, step, onReturn));
            looped |= again;
            boolean atMachine = ending == Ending.NO_LISTENER
                    || ending == Ending.NO_LOAD_BALANCING_RULE
                    || ending == Ending.NO_CUSTOMER_ACCESS;
            int next = atMachine ? -1 : again ? network.ownerOf(header) : network.onward(element, header, memory);
            if (next < 0) return new Way(steps.build(), null);
            if (again) visited.clear();
            element = next;
        }
    }

    private static Step step(Network network, int element, Header header, FlowMemory memory) {
        Packet arrived = header.packet();
        long decision = network.decide(element, header, memory, 0);
        Header asArrived = new Header().set(arrived);
        return new Step(
                element, network.name(element), arrived, decision, network.evidence(element, asArrived, decision));
    }
}
