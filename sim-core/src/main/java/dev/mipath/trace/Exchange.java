package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Recipients;
import dev.mipath.net.Packet;
import dev.mipath.trace.Conversation.Finding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A first packet and its answer, each followed to the end past whatever stops it.
 *
 * @param forward the steps of the packet
 * @param back the steps of the answer; empty when the packet reached nobody
 * @param stops the steps that stopped either, in order
 * @param arrival where the packet arrived, or null when it reached nobody
 */
record Exchange(
        ImmutableList<Step> forward,
        ImmutableList<Step> back,
        ImmutableList<Stop> stops,
        @Nullable Arrival arrival) {

    /**
     * A step that stopped a packet.
     *
     * @param ending how
     * @param step the step
     * @param route the step that chose the route there, or null where the route has no part in it
     * @param onReturn whether the packet was an answer
     * @param finding what explains it further, or null
     */
    record Stop(
            Ending ending,
            Step step,
            @Nullable Step route,
            boolean onReturn,
            @Nullable Finding finding) {}

    /**
     * The end of a way.
     *
     * @param packet the packet as it arrived
     * @param edge where it arrived; null for the Internet and the platform, which answer on the way the packet came
     */
    record Arrival(Packet packet, @Nullable Edge edge) {}

    /**
     * Sends a packet and its answer.
     *
     * @param network the network
     * @param from who sends
     * @param packet the packet
     * @param meant whom it may be for; empty for whoever has the address
     * @param memory what elements remember; the packets add to it
     * @param doubt what depends on assumed addresses
     */
    static Exchange of(
            Network network, Edge from, Packet packet, ImmutableList<Edge> meant, FlowMemory memory, Doubt doubt) {
        List<Stop> stops = new ArrayList<>();
        Way out = new Way(network, memory, doubt, meant, stops, false);
        @Nullable Arrival arrival = out.follow(from.start(), new Header().set(packet));
        ImmutableList<Step> back = ImmutableList.of();
        @Nullable Edge answering = arrival == null ? null : arrival.edge();
        if (arrival != null && answering != null) {
            Way home = new Way(network, memory, doubt, ImmutableList.of(from), stops, true);
            home.follow(
                    answering.start(), new Header().setReply(arrival.packet().reversed()));
            back = ImmutableList.copyOf(home.steps);
        }
        return new Exchange(ImmutableList.copyOf(out.steps), back, ImmutableList.copyOf(stops), arrival);
    }

    /** One packet on its way. */
    private static final class Way {
        /** Most ways are shorter, and none has to be copied into a longer list then. */
        private static final int USUAL_STEPS = 16;

        private final Network network;
        private final FlowMemory memory;
        private final Doubt doubt;
        private final ImmutableList<Edge> meant;
        private final List<Stop> stops;
        private final boolean onReturn;
        private final List<Step> steps = new ArrayList<>(USUAL_STEPS);
        /** Where the steps begin that can be part of a circle. */
        private int since;

        private boolean put;

        Way(
                Network network,
                FlowMemory memory,
                Doubt doubt,
                ImmutableList<Edge> meant,
                List<Stop> stops,
                boolean onReturn) {
            this.network = network;
            this.memory = memory;
            this.doubt = doubt;
            this.meant = meant;
            this.stops = stops;
            this.onReturn = onReturn;
        }

        @Nullable
        Arrival follow(int start, Header header) {
            int element = start;
            while (element >= 0) {
                Packet arrived = header.packet();
                boolean again = met(element, arrived);
                Step step = new Step(network, element, arrived, network.decide(element, header, memory, 0));
                steps.add(step);
                @Nullable Finding depends = again ? null : doubt.about(step);
                if (depends != null) stops.add(new Stop(Ending.UNDETERMINED, step, null, onReturn, depends));
                if (!again && Decision.forwards(step.decision())) {
                    element = Decision.next(step.decision());
                    continue;
                }
                Ending ending = again ? Ending.ROUTE_LOOP : Decision.ending(step.decision());
                if (ending == Ending.DELIVERED) {
                    @Nullable Edge there = network.arrivedAt(step).orElse(null);
                    boolean right = Recipients.accept(network, meant, there, onReturn)
                            && Recipients.accept(network, meant, step);
                    if (right) return new Arrival(arrived, there);
                    Finding astray = new Finding.Astray(step.at());
                    stops.add(new Stop(Ending.ROUTE_NO_PATH, step, route(), onReturn, astray));
                    element = whereItBelongs();
                    continue;
                }
                if (step.why() instanceof Evidence.SourceFirewall firewall && firewall.owner() != null) {
                    // Behind the firewall is nothing but the machine it stands on.
                    stops.add(new Stop(ending, step, null, onReturn, null));
                    return new Arrival(
                            arrived,
                            network.holder(arrived.destination(), firewall.owner())
                                    .orElse(null));
                }
                if (depends == null) {
                    stops.add(new Stop(ending, step, RouteBehind.of(ending, steps), onReturn, null));
                }
                // From the Internet nothing leads to a private address, whatever stands before it.
                boolean outside = start == network.outside().start() && ending == Ending.ROUTE_NO_PATH;
                if (isOver(ending) || outside) return null;
                int next = again ? -1 : network.onward(element, header, memory);
                element = next >= 0 ? next : whereItBelongs();
            }
            return null;
        }

        /** Whether nothing lies behind: the machine itself said no, or the packet never was in the network. */
        private static boolean isOver(Ending ending) {
            return switch (ending) {
                case NO_LISTENER,
                        NO_LOAD_BALANCING_RULE,
                        NO_CUSTOMER_ACCESS,
                        LOAD_BALANCER_HAIRPIN,
                        PRIVATE_ENDPOINT_PORT,
                        CLIENT_OUTSIDE_VNET,
                        CLIENT_KIND_CANNOT -> true;
                default -> false;
            };
        }

        /** Whether this packet was at this element already, which means that it goes in circles. */
        private boolean met(int element, Packet packet) {
            for (int i = since; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step.element() == element && step.arrived().equals(packet)) return true;
            }
            return false;
        }

        /** The step that chose the last route so far. */
        private @Nullable Step route() {
            return RouteBehind.last(steps);
        }

        /** The first element of whomever the packet is for, once; below 0 when that is not known or did not help. */
        private int whereItBelongs() {
            if (put || meant.size() != 1) return -1;
            put = true;
            since = steps.size();
            return meant.get(0).arrival();
        }
    }
}
