package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Gateway;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Feature;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest.Behaviour;
import dev.mipath.trace.TraceRequest.Client;
import dev.mipath.trace.TraceRequest.Target;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Walks every flow of a feature through the network, every class of its ports once. */
public final class FeatureWalk {
    private static final int PORT_LAST = 65_535;

    private final Network network;
    private final Estate estate;
    private final ImmutableSortedSet<Integer> cuts;

    /**
     * Walks in a network.
     *
     * @param network the network
     * @param estate the virtual clusters in it
     * @param cuts the ports at which any rule may begin to decide otherwise
     */
    public FeatureWalk(Network network, Estate estate, ImmutableSortedSet<Integer> cuts) {
        this.network = network;
        this.estate = estate;
        this.cuts = cuts;
    }

    /**
     * One who takes part.
     *
     * @param name its name
     * @param address its address
     * @param vnet the VNet that holds the address where that is in doubt, or null
     * @param hostName the name it is connected to by on the port of logins, or null
     * @param listens a port that it surely listens on, or 0 where it listens on all
     */
    public record End(
            String name,
            Address address,
            @Nullable String vnet,
            @Nullable String hostName,
            int listens) {}

    /**
     * Ports of a flow that end alike.
     *
     * @param firstPort the first
     * @param lastPort the last
     * @param conversation what became of the first
     */
    public record Part(int firstPort, int lastPort, Conversation conversation) {
        /** Whether the way there and back is open, whether or not anybody listens at its end. */
        public boolean isOpen() {
            return conversation.outcome() == Outcome.CONNECTED || ends(conversation);
        }

        /** Whether the input does not say enough. */
        public boolean isUnknown() {
            return !isOpen() && conversation.outcome() == Outcome.UNDETERMINED;
        }

        /** A machine that answers with a reset was reached, and a feature that is not set up does not listen yet. */
        private static boolean ends(Conversation conversation) {
            for (Problem problem : conversation.problems()) if (problem.ending() != Ending.NO_LISTENER) return false;
            return !conversation.problems().isEmpty();
        }

        private boolean sameAs(Part other) {
            return isOpen() == other.isOpen()
                    && isUnknown() == other.isUnknown()
                    && felt(conversation).equals(felt(other.conversation));
        }

        private static String felt(Conversation conversation) {
            StringBuilder felt = new StringBuilder();
            for (Problem problem : conversation.problems()) {
                if (problem.ending() == Ending.NO_LISTENER) continue;
                felt.append(problem.ending()).append(' ');
                if (problem.step() != null) felt.append(problem.step().at()).append(' ');
            }
            return felt.toString();
        }
    }

    /**
     * Follows one flow.
     *
     * @param flow the flow
     * @param from who opens it
     * @param to whom it is for
     * @return its parts, in the order of their ports
     */
    public ImmutableList<Part> follow(Feature.Flow flow, End from, End to) {
        List<Part> parts = new ArrayList<>();
        for (int port = flow.firstPort(); port <= flow.lastPort(); ) {
            int last = lastAlike(port, flow.lastPort());
            Part part = new Part(port, last, conversation(flow, from, to, port));
            @Nullable Part before = parts.isEmpty() ? null : parts.get(parts.size() - 1);
            if (before != null && before.sameAs(part)) {
                parts.set(parts.size() - 1, new Part(before.firstPort(), last, before.conversation()));
            } else {
                parts.add(part);
            }
            port = last + 1;
        }
        return ImmutableList.copyOf(parts);
    }

    /** Follows one connection that is asked in full. */
    public Part follow(TraceRequest request) {
        int port = request.target().port();
        return new Part(port, port, ConversationTracer.trace(network, estate, request));
    }

    private int lastAlike(int port, int last) {
        @Nullable Integer next = port == PORT_LAST ? null : cuts.higher(port);
        return next == null ? last : Math.min(last, next - 1);
    }

    private Conversation conversation(Feature.Flow flow, End from, End to, int port) {
        @Nullable String host = to.hostName();
        boolean login = flow.firstPort() == Gateway.PORT && flow.lastPort() == Gateway.PORT;
        Target target = login && host != null
                ? new Target(host, null, port, Protocol.TCP)
                : new Target(to.name(), to.address(), port, Protocol.TCP);
        Client client = new Client(from.name(), from.address(), from.vnet(), false);
        Conversation there = trace(client, target);
        if (to.listens() == 0 || !Part.ends(there)) return there;
        // Nobody listens there yet, so no answer was sent. An answer's way does not depend on the port.
        Target listening = new Target(target.host(), to.address(), to.listens(), Protocol.TCP);
        ImmutableList<Problem> onReturn = trace(client, listening).problems().stream()
                .filter(Problem::onReturn)
                .collect(ImmutableList.toImmutableList());
        if (onReturn.isEmpty()) return there;
        Outcome outcome = Course.outcome(onReturn, false);
        return new Conversation(there.request(), outcome, there.phases(), onReturn);
    }

    private Conversation trace(Client client, Target target) {
        return ConversationTracer.trace(network, estate, new TraceRequest(client, target, Behaviour.DEFAULT));
    }
}
