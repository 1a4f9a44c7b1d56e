package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.ControlPlane;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Requests;
import dev.mipath.engine.Upkeep;
import dev.mipath.format.Durations;
import dev.mipath.format.InstanceOperation;
import dev.mipath.format.Problems;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TimeScript.Happening;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Azure's control plane for the requests of a time script: edits pass the network intent policy, operations the deployment
 * checks, and what comes of either is compiled. Every answer is kept, as runs of one plan ask the same again.
 */
final class AzureControlPlane implements ControlPlane {
    /** Edits, or an operation. */
    private record Wish(
            ImmutableList<Change> changes, @Nullable InstanceOperation operation) {}

    private record Given(Answer answer, ControlState state) {}

    private final CompileOptions options;
    private final OperationRules rules;
    private final Compilation first;
    private final ControlState start;
    private final List<Request> requests = new ArrayList<>();
    private final List<Wish> wishes = new ArrayList<>();
    private final List<Compilation> possible = new ArrayList<>();
    private final Map<ImmutableList<Moment>, Given> given = new ConcurrentHashMap<>();

    private AzureControlPlane(CompileOptions options, OperationRules rules, Compilation first, ControlState start) {
        this.options = options;
        this.rules = rules;
        this.first = first;
        this.start = start;
    }

    /** The control plane of a script; operations on instances that there never are become problems. */
    static AzureControlPlane of(
            TimeScript script, Topology topology, Compilation first, CompileOptions options, Problems problems) {
        OperationRules rules = new OperationRules(options, first.era(), !script.policyOff());
        AzureControlPlane plane =
                new AzureControlPlane(options, rules, first, new ControlState(topology, topology, ImmutableSet.of()));
        plane.ask(script, topology, problems);
        plane.imagine(script, topology);
        return plane;
    }

    /** Edits of one time are one request, and come before operations of that time. */
    private void ask(TimeScript script, Topology topology, Problems problems) {
        Set<String> known = new LinkedHashSet<>();
        for (ManagedInstance instance : topology.managedInstances())
            known.add(instance.id().name());
        for (Happening happening : script.timeline()) {
            if (happening.operation() instanceof InstanceOperation.Create create) known.add(create.on());
        }
        Map<Long, List<Happening>> byTime = new TreeMap<>();
        for (Happening happening : script.timeline()) {
            byTime.computeIfAbsent(happening.at(), at -> new ArrayList<>()).add(happening);
        }
        Map<String, Integer> times = new HashMap<>();
        byTime.forEach((at, happenings) -> {
            ImmutableList<Change> changes = happenings.stream()
                    .flatMap(happening -> happening.changes().stream())
                    .collect(ImmutableList.toImmutableList());
            if (!changes.isEmpty()) {
                requests.add(new Request(at, "change " + Durations.print(at), Kind.CHANGE, null));
                wishes.add(new Wish(changes, null));
            }
            for (Happening happening : happenings) {
                @Nullable InstanceOperation operation = happening.operation();
                if (operation == null) continue;
                TimelineNames.check(operation.on(), known, "managed instance", happening.place(), problems);
                int time = times.merge(operation.title(), 1, Integer::sum);
                String name = operation.title() + (time == 1 ? "" : " #" + time);
                requests.add(new Request(at, name, OperationRules.kind(operation), operation.on()));
                wishes.add(new Wish(ImmutableList.of(), operation));
            }
        });
    }

    /** The networks there would be if nothing were refused: what may be named at all. */
    private void imagine(TimeScript script, Topology topology) {
        possible.add(first);
        Topology changed = topology;
        List<Happening> inTime = new ArrayList<>(script.timeline());
        inTime.sort(Comparator.comparingLong(Happening::at));
        for (Happening happening : inTime) {
            for (Change change : happening.changes()) changed = changed.with(change);
            boolean creates = happening.operation() instanceof InstanceOperation.Create;
            if (happening.operation() instanceof InstanceOperation.Create create) {
                changed = changed.toBuilder().add(create.instance()).build();
            }
            if (creates || !happening.changes().isEmpty()) possible.add(NetworkCompiler.compile(changed, options));
        }
    }

    /** The networks there may be. */
    List<Compilation> possible() {
        return possible;
    }

    Requests requests() {
        return requests.isEmpty() ? Requests.NONE : new Requests(ImmutableList.copyOf(requests), this);
    }

    /** What keeps all instances well that there may be; what is not there is not tried. */
    ImmutableList<Upkeep> upkeep() {
        return calls().known();
    }

    /** By service tag of which no address is known, what is not played. */
    Map<String, String> notPlayed() {
        return calls().notPlayed();
    }

    private UpkeepCalls calls() {
        UpkeepCalls calls = new UpkeepCalls(first.era(), options.serviceTags());
        Set<String> names = new LinkedHashSet<>();
        for (Hosted instance : first.estate().instances()) names.add(instance.name());
        for (Wish wish : wishes) {
            if (wish.operation instanceof InstanceOperation.Create create) names.add(create.on());
        }
        names.forEach(calls::all);
        return calls;
    }

    @Override
    public Answer answer(ImmutableList<Moment> past, Moment moment) {
        return given(past, moment).answer;
    }

    private Given given(ImmutableList<Moment> past, Moment moment) {
        ImmutableList<Moment> key =
                ImmutableList.<Moment>builder().addAll(past).add(moment).build();
        @Nullable Given known = given.get(key);
        if (known != null) return known;
        int last = past.size() - 1;
        ControlState state = past.isEmpty() ? start : given(past.subList(0, last), past.get(last)).state;
        Given made = make(state, moment);
        given.put(key, made);
        return made;
    }

    private Given make(ControlState state, Moment moment) {
        Wish wish = wishes.get(moment.request());
        OperationRules.Ruling ruling = wish.operation == null
                ? rules.change(state, wish.changes)
                : rules.operate(state, wish.operation, moment.mark());
        if (ruling.verdict() == Verdict.REFUSED) {
            return new Given(Answer.refused(ruling.code(), ruling.reason()), state);
        }
        ControlState after = ruling.state();
        boolean same = after.declared().equals(state.declared());
        @Nullable Epoch network = same ? null : compiled(after.declared());
        return new Given(
                new Answer(ruling.verdict(), null, "", network, ruling.phases(), after.policyNotes(state)), after);
    }

    private Epoch compiled(Topology topology) {
        Compilation compilation = NetworkCompiler.compile(topology, options);
        return new Epoch(0, compilation.network(), compilation.estate());
    }
}
