package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.Population;
import dev.mipath.engine.Settings;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.TimedAction;
import dev.mipath.explain.Context;
import dev.mipath.explain.RunBasis;
import dev.mipath.format.Durations;
import dev.mipath.format.InputException;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TimeScript.Happening;
import dev.mipath.format.TimeScript.Workload;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.swarm.SwarmScene;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.trace.TraceRequest;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a run from what the sources declare: networks are compiled, names become addresses. */
final class SimulationPlans {
    /** How long a run takes where nobody says. */
    private static final long USUAL_NANOS = 60_000_000_000L;

    private final Sources.Read read;
    private final TimeScript script;
    private final CompileOptions options;
    private final Problems problems = new Problems();
    private final Set<Notice> notices = new LinkedHashSet<>();

    private SimulationPlans(Sources.Read read, TimeScript script, CompileOptions options) {
        this.read = read;
        this.script = script;
        this.options = options;
    }

    /**
     * What is to be played.
     *
     * @param plan the plan
     * @param basis what it rests on
     */
    record Planned(SimulationPlan plan, RunBasis basis) {}

    /**
     * The plan of what was read.
     *
     * @param until when the run ends where the command says so, or null
     * @throws InputException with every name that means nothing
     */
    static Planned of(Sources.Read read, CompileOptions options, @Nullable Long until) {
        TimeScript script = read.time();
        if (script == null || !isPlayed(script)) {
            throw new UsageException("the input says nothing of who connects over time (write `workload:` into a"
                    + " topology file, or take a scenario: `mipath scenarios list` names them)");
        }
        return new SimulationPlans(read, script, options).plan(until);
    }

    /**
     * What faults are drawn for: the clients, edits and numbers that the input gives. Where it gives no clients they are drawn
     * from its machines. What its timeline does to machines and links is left out, as other faults take its place.
     */
    static SwarmScene scene(Sources.Read read, CompileOptions options, @Nullable Long until) {
        @Nullable TimeScript script = read.time();
        CompileOptions holds = options.with(CompileOptions.AssumedAddress.HOLDS);
        if (script != null && !script.workload().isEmpty()) {
            SimulationPlan plan =
                    new SimulationPlans(read, script, holds).plan(until).plan();
            ImmutableList.Builder<SwarmScene.Edit> edits = ImmutableList.builder();
            script.timeline().stream()
                    .filter(happening -> !happening.changes().isEmpty() && happening.at() <= plan.until())
                    .sorted(Comparator.comparingLong(Happening::at))
                    .forEach(happening -> edits.add(new SwarmScene.Edit(happening.at(), happening.changes())));
            return new SwarmScene(
                    read.topology(),
                    holds,
                    edits.build(),
                    plan.populations(),
                    plan.upkeep(),
                    plan.settings(),
                    plan.until());
        }
        TimeScript none = new TimeScript(
                ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), null, false, ImmutableList.of());
        Compilation compiled = NetworkCompiler.compile(read.topology(), holds);
        SwarmScene scene = new SwarmScene(
                read.topology(),
                holds,
                ImmutableList.of(),
                ImmutableList.of(),
                AzureControlPlane.of(none, read.topology(), compiled, holds, new Problems())
                        .upkeep(),
                Settings.STANDARD,
                until != null ? until : USUAL_NANOS);
        if (compiled.estate().instances().isEmpty()
                || read.topology().networkInterfaces().isEmpty()) {
            throw new UsageException(
                    "the input has no machine that could connect, or no instance (write `workload:` into a"
                            + " topology file, or leave the source out for random networks)");
        }
        return scene;
    }

    /** Whether there is anything to play: clients, or requests to Azure. */
    static boolean isPlayed(TimeScript script) {
        return !script.workload().isEmpty()
                || script.timeline().stream().anyMatch(happening -> happening.operation() != null);
    }

    private Planned plan(@Nullable Long given) {
        Compilation first = NetworkCompiler.compile(read.topology(), options);
        AzureControlPlane plane = AzureControlPlane.of(script, read.topology(), first, options, problems);
        Where where = new Where(new Context(first, options.serviceTags()), read.ask());
        ImmutableList.Builder<Population> populations = ImmutableList.builder();
        long clientsSoFar = 0;
        for (Workload workload : script.workload()) {
            Population population = population(workload, where, first.network());
            if (population != null) populations.add(population);
            clientsSoFar += workload.clients();
            if (clientsSoFar <= SimulationPlan.MOST_CLIENTS
                    || clientsSoFar - workload.clients() > SimulationPlan.MOST_CLIENTS) continue;
            problems.add(
                    workload.place(),
                    "with these there are " + clientsSoFar + " clients, over " + SimulationPlan.MOST_CLIENTS,
                    "lower `clients`");
        }
        ImmutableList<Population> clients = populations.build();
        @Nullable Long written = script.until();
        ImmutableList.Builder<TimedAction> actions = ImmutableList.builder();
        TimelineNames names = new TimelineNames(plane.possible(), clients, plane.requests(), problems);
        for (Happening happening : script.timeline()) {
            inTime(happening, written == null ? USUAL_NANOS : written);
            TimedAction.@Nullable Action action = happening.action();
            if (action == null) continue;
            names.check(action, happening.place());
            actions.add(new TimedAction(happening.at(), action));
        }
        for (TimeScript.Figure figure : script.expect()) names.check(figure);
        problems.throwIfAny();
        Settings settings = Settings.STANDARD;
        for (TimeScript.Changed changed : script.settings()) {
            settings = settings.with(changed.setting(), changed.value());
        }
        long until = given != null ? given : written != null ? written : USUAL_NANOS;
        for (Compilation each : plane.possible()) notices.addAll(each.notices());
        SimulationPlan plan = new SimulationPlan(
                NetworkTimeline.of(first.network().withVersion(1), first.estate()),
                clients,
                plane.upkeep(),
                actions.build(),
                plane.requests(),
                settings,
                until);
        tellWhatIsNotPlayed(plane.notPlayed());
        return new Planned(plan, basis(first, clients));
    }

    private void tellWhatIsNotPlayed(Map<String, String> notPlayed) {
        if (notPlayed.isEmpty()) return;
        String tag = notPlayed.keySet().iterator().next();
        notices.add(new Notice(
                "TRAFFIC_NOT_PLAYED",
                "no address of service tag " + String.join(", ", notPlayed.keySet()) + " is known, so "
                        + String.join(", ", notPlayed.values())
                        + " are not played, and harm to them goes unseen (load addresses with --service-tags FILE, or give"
                        + " them as --tag " + tag + "=PREFIX)",
                Place.PLATFORM));
    }

    private RunBasis basis(Compilation first, List<Population> clients) {
        Set<Edge> edges = new LinkedHashSet<>();
        for (Population population : clients) {
            edges.addAll(first.network().edges(population.source().first()));
        }
        Set<ResourceId> subnets = new LinkedHashSet<>();
        first.estate().clusters().forEach(cluster -> subnets.add(cluster.subnet()));
        return new RunBasis(
                new Context(first, options.serviceTags()),
                ImmutableList.copyOf(edges),
                ImmutableList.copyOf(subnets),
                ImmutableList.copyOf(notices),
                script.timeline().stream()
                        .sorted(Comparator.comparingLong(Happening::at))
                        .map(happening -> new RunBasis.Mark(happening.at(), happening.words()))
                        .collect(ImmutableList.toImmutableList()));
    }

    /** What happens after the end that the file itself gives would never happen. */
    private void inTime(Happening happening, long end) {
        if (happening.at() <= end) return;
        problems.add(
                happening.place(),
                "this happens at " + Durations.print(happening.at()) + ", and the run ends at " + Durations.print(end),
                "let it happen earlier, or write a longer `until` under `settings`");
    }

    private @Nullable Population population(Workload workload, Where where, Network network) {
        try {
            TraceRequest.Client client = where.client(workload.from());
            TraceRequest.Target target = where.target(workload.to(), Protocol.TCP);
            @Nullable Address pinned = target.address();
            mustHave(workload, client, network);
            return new Population(
                    workload.name(),
                    new Population.Source(client.address(), workload.addresses(), client.vnet(), workload.firstPort()),
                    workload.clients(),
                    workload.arrivals(),
                    new Population.Target(pinned == null ? target.host() : pinned.toString(), target.port(), null),
                    workload.profile(),
                    workload.session());
        } catch (UsageException e) {
            problems.add(workload.place(), e.getMessage(), "correct `from` or `to`");
            return null;
        }
    }

    /** Clients that share addresses of a subnet must find all of them in it. */
    private void mustHave(Workload workload, TraceRequest.Client client, Network network) {
        if (workload.addresses() == 1) return;
        Address last = Population.Source.of(client.address()).address(workload.addresses() - 1);
        for (Edge edge : network.edges(client.address())) {
            if (client.vnet() != null && !edge.vnetName().equalsIgnoreCase(client.vnet())) continue;
            boolean holds = network.edges(last).stream()
                    .anyMatch(other ->
                            other.vnet().equals(edge.vnet()) && other.subnet().equals(edge.subnet()));
            if (holds) return;
            problems.add(
                    workload.place(),
                    workload.addresses() + " addresses from " + client.address() + " on end at " + last + ", outside "
                            + Printable.quoted(edge.subnet().qualifiedName()),
                    "lower `addresses`, or let `from` be an earlier address");
        }
    }
}
