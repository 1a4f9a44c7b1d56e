package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.Population;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.profile.Driver.Redirect;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Holds the engine to the tracer: one client, no load and no faults. */
public final class OneTruth {
    /** A hop as both tell it. */
    private record Hop(String at, Packet arrived, long decision) {}

    private OneTruth() {}

    /** Compares what a client feels in the engine with what the tracer tells of it. */
    public static void compare(Conversation told, Compilation compiled, String what) {
        List<Hop> felt = felt(told);
        List<Hop> lived = new ArrayList<>();
        SimulationPlan plan = plan(told.request(), compiled);
        MiWorld world = new MiWorld(plan, new RandomStreams(1));
        world.tellSteps((connection, network, element, arrived, decision) -> {
            // The tracer lists no answers of name servers.
            if (connection == 0 && arrived.sourcePort() != 53)
                lived.add(new Hop(network.name(element), arrived, decision));
        });
        Simulation simulation = new Simulation(world);
        simulation.runUntil(plan.until());
        RunReport report = world.report(simulation);
        List<Hop> once = once(lived);
        // Past the first that stops it a client may still send again, or somewhere else.
        int common = told.problems().isEmpty() ? once.size() : Math.min(once.size(), felt.size());
        int first = 0;
        while (first < common && first < felt.size() && once.get(first).equals(felt.get(first))) first++;
        assertThat(once.subList(first, common))
                .as("%s, %d hops alike", what, first)
                .isEqualTo(felt.subList(first, felt.size()));
        boolean open = told.problems().stream().anyMatch(problem -> problem.ending() == Ending.UNDETERMINED);
        if (!open) {
            assertThat(report.outcomes())
                    .as(what)
                    .containsOnlyKeys(Ascii.toLowerCase(told.outcome().name()));
        }
    }

    /** The same packet at the same place again was sent again, or goes in circles. */
    private static List<Hop> once(List<Hop> hops) {
        Map<List<Object>, Hop> first = new LinkedHashMap<>();
        for (Hop hop : hops) first.putIfAbsent(List.of(hop.at(), hop.arrived()), hop);
        return ImmutableList.copyOf(first.values());
    }

    private static SimulationPlan plan(TraceRequest request, Compilation compiled) {
        TraceRequest.Target target = request.target();
        TraceRequest.Behaviour behaviour = request.behaviour();
        ClientProfile client = ClientProfile.SQL_CLIENT
                .with(ClientProfile.SQL_CLIENT.loginTimeout(), 0, 0)
                .with(behaviour.followsRedirect() ? Redirect.FOLLOWS : Redirect.PROXIED);
        Population one = new Population(
                request.client().name(),
                new Population.Source(
                        request.client().address(), 1, request.client().vnet(), behaviour.port()),
                1,
                new Population.Arrivals.AtOnce(),
                new Population.Target(
                        target.host(), target.port(), behaviour.resolved().get(target.host())),
                client,
                new Population.Session(0, 0, false, 0));
        return new SimulationPlan(
                NetworkTimeline.of(compiled.network(), compiled.estate()),
                ImmutableList.of(one),
                ImmutableList.of(),
                ImmutableList.of(),
                Settings.STANDARD,
                60_000_000_000L);
    }

    /** What the client feels of a trace: each way up to where it is stopped, until one is. */
    private static List<Hop> felt(Conversation told) {
        List<Hop> felt = new ArrayList<>();
        Set<Address> silent = new HashSet<>();
        for (Phase phase : told.phases()) {
            boolean names = phase.connection() == 0;
            for (ImmutableList<Step> way : ways(phase)) {
                // What lies behind a silent name server the tracer has seen already, and the client never does.
                if (names && silent.contains(way.get(0).arrived().destination())) continue;
                boolean passes = follow(way, told, felt);
                if (!passes && !names) return once(felt);
                if (!passes) silent.add(way.get(0).arrived().destination());
            }
            if (phase.outcome() == Conversation.PhaseOutcome.FAILED) return once(felt);
        }
        return once(felt);
    }

    /** Adds the steps of a way up to where it is stopped; whether it is not. */
    private static boolean follow(ImmutableList<Step> way, Conversation told, List<Hop> felt) {
        Set<List<Object>> met = new HashSet<>();
        for (Step step : way) {
            felt.add(new Hop(step.at(), step.arrived(), step.decision()));
            boolean circle = !met.add(List.of(step.element(), step.arrived()));
            boolean ends = !Decision.forwards(step.decision()) && Decision.ending(step.decision()) != Ending.DELIVERED;
            boolean blames = told.problems().stream().anyMatch(problem -> step.equals(problem.step()));
            if (circle || ends || blames) return false;
        }
        return true;
    }

    /** The ways out and back; the questions to several name servers stand in one list. */
    private static List<ImmutableList<Step>> ways(Phase phase) {
        if (phase.connection() != 0) return List.of(phase.forward(), phase.back());
        Map<Address, List<Step>> byServer = new LinkedHashMap<>();
        for (Step step : phase.forward()) {
            byServer.computeIfAbsent(step.arrived().destination(), server -> new ArrayList<>())
                    .add(step);
        }
        return byServer.values().stream().map(ImmutableList::copyOf).toList();
    }
}
