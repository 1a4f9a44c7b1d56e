package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.RunObserver;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.instance.Recipients;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * {@link Law#PASSAGE}: whenever somebody takes a packet, the network must pass it to that element, as it was when the packet
 * was sent or as it is when it is taken, and no fault may stop it.
 */
final class Passage implements RunObserver {
    /** Nothing is under way for longer: a packet, and the work on its answer. */
    private static final long FLIGHT = 30_000_000_000L;

    private final Walker walker;
    private final Violations violations;
    private final Map<Integer, Map<Leg, Flow>> live = new HashMap<>();
    /** The connections whose packet, about to be told as sent, found no source port. */
    private final Set<Integer> withoutPort = new HashSet<>();

    private long taken;

    /**
     * A packet that opens a flow may be lost anywhere, and with it what the elements behind would have remembered; so until one
     * is taken, every such packet begins one more memory, and any of them may be the true one.
     */
    private static final class Guess {
        private final FlowMemory memory;
        /** The last ways out and back on which something passed. */
        private Walker.@Nullable Way out;

        private Walker.@Nullable Way back;

        Guess(FlowMemory memory) {
            this.memory = memory;
        }
    }

    /** The packets of one connection one way: the last that was sent, and what may be remembered of the flow. */
    private static final class Flow {
        private Edge from;
        private Packet packet;
        private boolean opens;
        private final List<Guess> guesses = new ArrayList<>();
        private boolean isSure;

        Flow(Edge from, Packet packet) {
            this.from = from;
            this.packet = packet;
        }
    }

    Passage(Walker walker, Violations violations) {
        this.walker = walker;
        this.violations = violations;
    }

    /** How many packets were taken. */
    long taken() {
        return taken;
    }

    @Override
    public void begun(long time, int connection, int population, Address client) {
        live.put(connection, new EnumMap<>(Leg.class));
    }

    @Override
    public void gone(long time, int connection) {
        live.remove(connection);
    }

    private @Nullable Flow flow(int connection, Leg leg) {
        Map<Leg, Flow> legs = live.get(connection);
        return legs == null ? null : legs.get(leg);
    }

    @Override
    public void portRefused(long time, int connection, int pool, SourcePorts ports) {
        withoutPort.add(connection);
    }

    @Override
    public void sent(long time, int connection, Leg leg, Edge from, Packet packet, boolean opens) {
        boolean hasPort = !withoutPort.remove(connection);
        Map<Leg, Flow> legs = live.get(connection);
        // Machines may still work for clients that have given up.
        if (legs == null) return;
        Flow flow = legs.get(leg);
        if (flow == null || !flow.packet.equals(packet)) {
            flow = new Flow(from, packet);
            legs.put(leg, flow);
        }
        flow.from = from;
        flow.opens = opens;
        if (!flow.isSure) flow.guesses.add(new Guess(walker.memory()));
        for (Guess guess : flow.guesses) out(time, flow, guess, hasPort);
    }

    private Walker.Way out(long time, Flow flow, Guess guess, boolean hasPort) {
        Edge from = walker.present(flow.from, flow.packet.source());
        if (from == null) return nowhere(time, flow.packet);
        Walker.Way way = walker.walk(time, from, flow.packet, flow.opens, guess.memory, hasPort);
        if (way.passes()) guess.out = way;
        return way;
    }

    private static Walker.Way nowhere(long time, Packet packet) {
        return new Walker.Way(time, packet.source().toString(), "NOT_SENT", false, false, packet, null);
    }

    @Override
    public void answered(long time, int connection, Leg leg) {
        @Nullable Flow flow = flow(connection, leg);
        if (flow == null) return;
        for (Guess guess : flow.guesses) back(time, flow, guess);
    }

    private Walker.Way back(long time, Flow flow, Guess guess) {
        Walker.@Nullable Way out = guess.out;
        if (out == null) return nowhere(time, flow.packet);
        if (out.edge() == null) {
            // The platform and the Internet answer on the way the packet came.
            guess.back = new Walker.Way(time, out.at(), "", false, false, out.last(), null);
            return guess.back;
        }
        Packet answer = out.last().reversed();
        Edge from = walker.present(out.edge(), answer.source());
        Edge home = walker.present(flow.from, flow.packet.source());
        if (from == null || home == null) return nowhere(time, answer);
        Walker.Way way = walker.walk(time, from, answer, false, guess.memory);
        if (!way.passes()) return way;
        if (!Recipients.accept(walker.network(), ImmutableList.of(home), way.edge(), true)) {
            return new Walker.Way(time, way.at(), "ASTRAY", false, way.lossy(), way.last(), way.edge());
        }
        guess.back = way;
        return way;
    }

    @Override
    public void arrived(long time, int connection, Leg leg, boolean isAnswer, String at) {
        if (!live.containsKey(connection)) return;
        taken++;
        @Nullable Flow flow = flow(connection, leg);
        if (flow == null) {
            String what = isAnswer ? "an answer" : "a packet";
            broken(time, connection, leg, what + " arrives and nobody sent anything", "packets that were sent");
            return;
        }
        for (Guess guess : flow.guesses) {
            Walker.@Nullable Way before = isAnswer ? guess.back : guess.out;
            boolean recent = before != null && time - before.time() <= FLIGHT;
            if (recent && before != null && fits(before, isAnswer, at)) {
                settle(flow, guess);
                return;
            }
        }
        Walker.@Nullable Way now = null;
        for (Guess guess : flow.guesses) {
            now = isAnswer ? back(time, flow, guess) : out(time, flow, guess, true);
            if (!fits(now, isAnswer, at)) continue;
            settle(flow, guess);
            return;
        }
        String what = (isAnswer ? "the answer to " : "") + flow.packet;
        String said = now == null ? "nothing was sent" : now.said();
        broken(time, connection, leg, what + (isAnswer ? " arrives" : " arrives at " + at), said);
    }

    private static boolean fits(Walker.Way way, boolean isAnswer, String at) {
        return way.passes() && (isAnswer || way.at().equals(at));
    }

    /** Somebody took a packet, so this is what is remembered. */
    private static void settle(Flow flow, Guess guess) {
        if (flow.isSure) return;
        flow.isSure = true;
        flow.guesses.clear();
        flow.guesses.add(guess);
    }

    private void broken(long time, int connection, Leg leg, String found, String wanted) {
        violations.add(Law.PASSAGE, time, "connection " + connection + ", " + said(leg), found, wanted);
    }

    private static String said(Leg leg) {
        return switch (leg) {
            case NAME -> "name lookup";
            case GATEWAY -> "to the gateway";
            case NODE -> "to the node";
            case INSIDE -> "gateway to node";
        };
    }
}
