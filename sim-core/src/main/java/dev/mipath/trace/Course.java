package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.ProbeRound;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.net.Packet;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.PhaseOutcome;
import dev.mipath.trace.Conversation.Problem;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The course of one conversation so far: its phases and problems, and what elements remember of its packets. Whoever leads
 * a conversation sends through it and tells it what came of that.
 */
final class Course {
    private final Network network;
    private final Estate estate;
    private final TraceRequest request;
    private final Edge from;
    private final FlowTable memory;
    private final Doubt doubt;
    /** Whose probes are in doubt, so that they count as up. */
    private final List<ProbeRound.Found> doubted = new ArrayList<>(0);

    private final List<Phase> phases = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();

    Course(Network network, Estate estate, TraceRequest request, Edge from) {
        this.network = network;
        this.estate = estate;
        this.request = request;
        this.from = from;
        this.memory = network.probeRound().memory();
        this.doubt = new Doubt(network, estate, request);
    }

    Network network() {
        return network;
    }

    Estate estate() {
        return estate;
    }

    TraceRequest request() {
        return request;
    }

    /** Where the client meets the network. */
    Edge from() {
        return from;
    }

    /** How many problems there are; what follows the first is judged as if that were not there. */
    int problems() {
        return problems.size();
    }

    /** The number of the first problem of a phase, or -1. */
    int firstProblemOf(State state) {
        for (int i = 0; i < problems.size(); i++) if (problems.get(i).state() == state) return i;
        return -1;
    }

    void add(@Nullable Problem problem) {
        if (problem != null) problems.add(problem);
    }

    /** Adds a problem that no element of the network has to do with. */
    void add(Ending ending, State state, Finding finding) {
        problems.add(new Problem(ending, state, null, null, false, !problems.isEmpty(), finding));
    }

    void add(Phase phase) {
        phases.add(phase);
    }

    /** What has been told, as an answer. */
    Conversation told(boolean misrouted) {
        return new Conversation(
                request, outcome(problems, misrouted), ImmutableList.copyOf(phases), ImmutableList.copyOf(problems));
    }

    /** Where a machine really is may decide about its probe: then that is told, and the machine counts as up. */
    void probe() {
        for (ProbeRound.Found found : network.probeRound().all()) {
            if (!isDoubtful(found)) continue;
            doubted.add(found);
            memory.setDown(found.probe().machine(), false);
        }
    }

    private boolean isDoubtful(ProbeRound.Found found) {
        if (!found.down() || network.alternatives(found.probe().address()).isEmpty()) return false;
        for (Step step : found.steps()) {
            @Nullable Finding depends = doubt.about(step);
            if (depends == null) continue;
            problems.add(new Problem(Ending.UNDETERMINED, State.CONNECT, step, null, false, false, depends));
            return true;
        }
        return false;
    }

    /** A packet and its answer, from somebody else than the client where the gateway serves it. */
    Exchange send(Edge sender, Packet packet, ImmutableList<Edge> meant) {
        return Exchange.of(network, sender, packet, meant, memory, doubt);
    }

    /** The client opens a connection, which is a phase of its own. */
    Exchange open(State state, Packet packet, ImmutableList<Edge> meant, int connection) {
        int before = problems.size();
        Exchange exchange = send(from, packet, meant);
        note(exchange, state);
        close(state, connection, exchange.forward(), exchange.back(), null, before);
        return exchange;
    }

    /** Notes what stopped an exchange. */
    void note(Exchange exchange, State state) {
        for (Exchange.Stop stop : exchange.stops()) {
            @Nullable Step cause = stop.ending() == Ending.NO_HEALTHY_BACKEND ? failedProbe(stop.step()) : stop.route();
            // A service refuses what it has taken the connection of.
            State where = stop.ending() == Ending.SERVICE_FIREWALL ? State.LOGIN : state;
            boolean assumed = !problems.isEmpty();
            problems.add(new Problem(stop.ending(), where, stop.step(), cause, stop.onReturn(), assumed, fault(stop)));
        }
    }

    /** A name that resolves may still not fit the port. */
    private @Nullable Finding fault(Exchange.Stop stop) {
        String host = request.target().host();
        if (stop.ending() != Ending.NO_LISTENER && stop.ending() != Ending.NO_LOAD_BALANCING_RULE)
            return stop.finding();
        return estate.fault(host, request.target().port())
                .map(fault -> new Finding.NameFault(host, fault))
                .orElse(null);
    }

    /** The probe that fails at the first backend of the load balancer that has none left. */
    private @Nullable Step failedProbe(Step balancer) {
        for (ProbeRound.Found found : network.probeRound().all()) {
            boolean its = found.probe().balancer() == balancer.element();
            if (its && found.down() && !doubted.contains(found)) return found.last();
        }
        return null;
    }

    /** Ends a phase; what became of it the problems since {@code problemsBefore} say. */
    void close(
            State state,
            int connection,
            ImmutableList<Step> forward,
            ImmutableList<Step> back,
            @Nullable Finding finding,
            int problemsBefore) {
        boolean failed = false;
        boolean clear = problemsBefore == 0;
        for (Problem problem : problems.subList(problemsBefore, problems.size())) {
            if (problem.state() != state) continue;
            failed |= problem.ending() != Ending.UNDETERMINED;
            clear = false;
        }
        PhaseOutcome outcome = failed ? PhaseOutcome.FAILED : clear ? PhaseOutcome.OK : PhaseOutcome.ASSUMED;
        phases.add(new Phase(state, outcome, connection, forward, back, finding));
    }

    /** Ends a phase that sent nothing of its own. */
    void close(State state, int connection, @Nullable Finding finding, int problemsBefore) {
        close(state, connection, ImmutableList.of(), ImmutableList.of(), finding, problemsBefore);
    }

    /** How a conversation with these problems ends. */
    static Outcome outcome(List<Problem> problems, boolean misrouted) {
        if (problems.isEmpty()) return misrouted ? Outcome.MISROUTED : Outcome.CONNECTED;
        @Nullable Problem felt = firstCertain(problems);
        if (felt == null) return Outcome.UNDETERMINED;
        for (Problem before : problems.subList(0, problems.indexOf(felt))) {
            // An unknown filter can only stop what a later blocker stops anyway; an unknown route could lead past it.
            if (!isFilter(before)) return Outcome.UNDETERMINED;
        }
        if (felt.finding() instanceof Finding.Astray && !felt.onReturn() && felt.state() != State.DNS) {
            return Outcome.MISROUTED;
        }
        return felt.ending().refuses() ? Outcome.REFUSED : Outcome.BLOCKED;
    }

    private static @Nullable Problem firstCertain(List<Problem> problems) {
        for (Problem problem : problems) if (problem.ending() != Ending.UNDETERMINED) return problem;
        return null;
    }

    private static boolean isFilter(Problem problem) {
        @Nullable Step step = problem.step();
        if (step == null) return false;
        return step.why() instanceof Evidence.RuleUndetermined
                || step.why() instanceof Evidence.RuleMatched
                || step.why() instanceof Evidence.SourceFirewall;
    }
}
