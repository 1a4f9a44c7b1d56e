package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Population;
import dev.mipath.engine.Settings;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.TimedAction;
import dev.mipath.engine.Upkeep;
import dev.mipath.explain.Context;
import dev.mipath.format.InputException;
import dev.mipath.format.Problems;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TimeScript.Happening;
import dev.mipath.format.TimeScript.Workload;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Era;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes the plan of a run from what the sources declare: networks are compiled, names become addresses. */
final class SimulationPlans {
    /** How long a run takes where nobody says. */
    private static final long USUAL_NANOS = 60_000_000_000L;

    private final Sources.Read read;
    private final TimeScript script;
    private final CompileOptions options;
    private final Problems problems = new Problems();
    private final List<Compilation> compiled = new ArrayList<>();

    private SimulationPlans(Sources.Read read, TimeScript script, CompileOptions options) {
        this.read = read;
        this.script = script;
        this.options = options;
    }

    /**
     * The plan of what was read.
     *
     * @param until when the run ends where the command says so, or null
     * @throws InputException with every name that means nothing
     */
    static SimulationPlan of(Sources.Read read, CompileOptions options, @Nullable Long until) {
        TimeScript script = read.time();
        if (script == null || script.workload().isEmpty()) {
            throw new UsageException("the input says nothing of who connects over time (write `workload:` into a"
                    + " topology file, or take a scenario: `mipath scenarios list` names them)");
        }
        return new SimulationPlans(read, script, options).plan(until);
    }

    private SimulationPlan plan(@Nullable Long given) {
        NetworkTimeline networks = networks();
        Compilation first = compiled.get(0);
        Where where = new Where(new Context(first, options.serviceTags()), read.ask());
        ImmutableList.Builder<Population> populations = ImmutableList.builder();
        for (Workload workload : script.workload()) {
            Population population = population(workload, where);
            if (population != null) populations.add(population);
        }
        ImmutableList.Builder<TimedAction> actions = ImmutableList.builder();
        TimelineNames names = new TimelineNames(compiled, problems);
        for (Happening happening : script.timeline()) {
            TimedAction.@Nullable Action action = happening.action();
            if (action == null) continue;
            names.check(action, happening.place());
            actions.add(new TimedAction(happening.at(), action));
        }
        problems.throwIfAny();
        Settings settings = Settings.STANDARD;
        for (TimeScript.Changed changed : script.settings()) {
            settings = settings.with(changed.setting(), changed.value());
        }
        @Nullable Long written = script.until();
        long until = given != null ? given : written != null ? written : USUAL_NANOS;
        return new SimulationPlan(networks, populations.build(), upkeep(first), actions.build(), settings, until);
    }

    /** One network for each time at which the topology is edited; edits of one time come into force together. */
    private NetworkTimeline networks() {
        List<Happening> edits = new ArrayList<>(script.timeline());
        edits.removeIf(happening -> happening.changes().isEmpty());
        edits.sort(Comparator.comparingLong(Happening::at));
        ImmutableList.Builder<Epoch> epochs = ImmutableList.builder();
        Topology topology = read.topology();
        long from = 0;
        for (Happening edit : edits) {
            if (edit.at() > from) {
                epochs.add(epoch(topology, from));
                from = edit.at();
            }
            for (Change change : edit.changes()) topology = topology.with(change);
        }
        epochs.add(epoch(topology, from));
        return new NetworkTimeline(epochs.build());
    }

    private Epoch epoch(Topology topology, long from) {
        Compilation compilation = NetworkCompiler.compile(topology, options);
        compiled.add(compilation);
        return new Epoch(from, compilation.network().withVersion(compiled.size()), compilation.estate());
    }

    private @Nullable Population population(Workload workload, Where where) {
        try {
            TraceRequest.Client client = where.client(workload.from());
            TraceRequest.Target target = where.target(workload.to(), Protocol.TCP);
            @Nullable Address pinned = target.address();
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

    /** The calls of the management plane, and what every instance depends on, where addresses are known. */
    private ImmutableList<Upkeep> upkeep(Compilation first) {
        ImmutableList.Builder<Upkeep> upkeep = ImmutableList.builder();
        @Nullable Era era = first.era();
        if (era == null) return upkeep.build();
        ServiceTags tags = options.serviceTags();
        for (Hosted instance : first.estate().instances()) {
            for (ManagementPlane.Caller caller :
                    ManagementPlane.of(era).map(ManagementPlane::callers).orElse(ImmutableList.of())) {
                address(tags, caller.tag())
                        .ifPresent(address -> upkeep.add(new Upkeep(
                                instance.name(), caller.tag(), Upkeep.Direction.MANAGEMENT, address, caller.ports())));
            }
            for (Dependency dependency : Dependency.of(era)) {
                if (!dependency.always()) continue;
                address(tags, dependency.tagIn(Optional.empty()))
                        .ifPresent(address -> upkeep.add(new Upkeep(
                                instance.name(),
                                dependency.name(),
                                Upkeep.Direction.DEPENDENCY,
                                address,
                                dependency.ports())));
            }
        }
        return upkeep.build();
    }

    private static Optional<Address> address(ServiceTags tags, String tag) {
        return Where.firstOf(tags, tag);
    }
}
