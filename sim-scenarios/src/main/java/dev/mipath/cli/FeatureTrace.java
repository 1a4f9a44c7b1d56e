package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.explain.Context;
import dev.mipath.explain.FeatureJson;
import dev.mipath.explain.FeatureReport;
import dev.mipath.explain.FeatureReport.Part;
import dev.mipath.explain.FeatureReport.Walked;
import dev.mipath.explain.FeatureText;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import dev.mipath.explain.TraceReport;
import dev.mipath.format.ChangeYaml;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.net.PortRange;
import dev.mipath.profile.Feature;
import dev.mipath.profile.Feature.Flow;
import dev.mipath.profile.Feature.PeerKind;
import dev.mipath.repair.Repair;
import dev.mipath.requirements.Preconditions;
import dev.mipath.requirements.Preconditions.State;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.trace.FeatureWalk;
import dev.mipath.trace.FeatureWalk.End;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code mipath trace --feature}: what a feature needs before any packet, and all its flows in both directions. */
final class FeatureTrace {
    private final Context context;
    private final Compilation compiled;
    private final CompileOptions options;
    private final Where where;
    private final FeatureWalk walk;

    FeatureTrace(Context context, CompileOptions options, Where where) {
        this.context = context;
        this.compiled = context.compilation();
        this.options = options;
        this.where = where;
        this.walk = new FeatureWalk(compiled.network(), compiled.estate(), cuts());
    }

    /** Asks, prints, and gives the exit code. */
    static int run(Arguments arguments, Context context, CompileOptions options, Where where, Terminal terminal) {
        FeatureReport report = new FeatureTrace(context, options, where).report(arguments);
        switch (arguments.get("--format")) {
            case "text" -> terminal.out().print(FeatureText.tell(report, terminal.ink()));
            case "json" -> terminal.out().println(JsonText.page(FeatureJson.document(report)));
            default -> throw new UsageException("--feature is told as text or json only");
        }
        return switch (report.state()) {
            case MET -> ExitCode.YES;
            case BROKEN -> ExitCode.NO;
            case UNKNOWN -> ExitCode.UNDETERMINED;
        };
    }

    private FeatureReport report(Arguments arguments) {
        Feature feature = Feature.named(arguments.get("--feature")).orElseThrow();
        Hosted instance = instance(arguments.find("--from"));
        @Nullable String named = arguments.find("--peer");
        if (named == null && feature.peer() == PeerKind.ANYBODY) {
            throw new UsageException("missing --peer WHERE (whom the instance works with)");
        }
        Optional<Hosted> other = named == null ? Optional.empty() : hosted(named);
        if (other.filter(peer -> peer.id().equals(instance.id())).isPresent()) {
            throw new UsageException("--peer " + Safe.text(String.valueOf(named)) + " is the instance itself");
        }
        if (feature == Feature.FAILOVER_GROUP && other.isEmpty()) {
            throw new UsageException("--peer " + Safe.text(String.valueOf(named))
                    + " is no managed instance of the input (a failover group is made of two)");
        }
        End here = end(instance);
        boolean service = feature.peer() == PeerKind.SERVICE;
        @Nullable
        End there =
                named == null || service ? null : other.map(FeatureTrace::end).orElseGet(() -> end(named));
        FeatureFlows flows = new FeatureFlows(compiled, where, walk, instance, here, there, service ? named : null);
        ImmutableList.Builder<Walked> walked = ImmutableList.builder();
        for (Flow flow : feature.flows()) {
            if (flows.takesPart(flow)) walked.add(told(flow, flows));
        }
        @Nullable String peerName = there == null ? named : there.name();
        Preconditions needs = new Preconditions(
                compiled.topology(),
                declared(instance),
                new Preconditions.Peer(
                        peerName == null ? "" : peerName,
                        other.map(this::declared).orElse(null),
                        there == null ? null : flows.vnetOf(there)));
        return new FeatureReport(context, era(), feature, here.name(), peerName, needs.of(feature), walked.build());
    }

    private Walked told(Flow flow, FeatureFlows flows) {
        try {
            FeatureFlows.Followed followed = flows.follow(flow);
            ImmutableList.Builder<Part> parts = ImmutableList.builder();
            for (FeatureWalk.Part part : followed.parts()) parts.add(part(part));
            return new Walked(flow, flows.name(flow.from()), followed.to(), parts.build(), null);
        } catch (UsageException e) {
            return new Walked(
                    flow,
                    flows.name(flow.from()),
                    flows.name(flow.to()),
                    ImmutableList.of(),
                    String.valueOf(e.getMessage()));
        }
    }

    private String era() {
        return compiled.era() == null ? "" : compiled.era().name();
    }

    private Hosted instance(@Nullable String name) {
        List<Hosted> all = compiled.estate().instances();
        if (name == null && all.size() == 1) return all.get(0);
        if (name == null) {
            throw new UsageException("missing --from INSTANCE (the input holds "
                    + (all.isEmpty() ? "no managed instance with its subnet" : all.size() + " managed instances")
                    + ")");
        }
        return hosted(name)
                .orElseThrow(() -> Named.unknown(
                        "managed instance", name, all.stream().map(Hosted::id).toList()));
    }

    private Optional<Hosted> hosted(String name) {
        for (Hosted instance : compiled.estate().instances()) {
            if (Named.is(instance.id(), name) || instance.hostName().equalsIgnoreCase(name))
                return Optional.of(instance);
        }
        return Optional.empty();
    }

    private ManagedInstance declared(Hosted hosted) {
        for (ManagedInstance instance : compiled.topology().managedInstances()) {
            if (instance.id().equals(hosted.id())) return instance;
        }
        throw new IllegalStateException("an instance that nobody declared");
    }

    private static End end(Hosted instance) {
        return new End(
                instance.name(),
                instance.primary().address(),
                null,
                instance.hostName(),
                instance.primary().port());
    }

    private End end(String name) {
        TraceRequest.Client client = where.client(name);
        return new End(client.name(), client.address(), client.vnet(), null, 0);
    }

    private Part part(FeatureWalk.Part part) {
        State state = part.isOpen() ? State.MET : part.isUnknown() ? State.UNKNOWN : State.BROKEN;
        Repair repair = state == State.BROKEN
                ? Repair.of(compiled, options, part.conversation())
                : new Repair(ImmutableList.of(), Repair.Trial.NONE);
        TraceReport report = new TraceReport(context, era(), part.conversation(), repair, null, ChangeYaml::plain);
        return new Part(part.firstPort(), part.lastPort(), state, report);
    }

    /** The ports at which some rule begins or ends, and those that machines listen on. */
    private ImmutableSortedSet<Integer> cuts() {
        List<Integer> cuts = new ArrayList<>();
        for (PortRange range : compiled.destinationPorts()) cut(range, cuts);
        for (Hosted instance : compiled.estate().instances()) {
            instance.nodes().forEach(node -> cut(new PortRange(node.port(), node.port()), cuts));
        }
        cut(new PortRange(Gateway.PORT, Gateway.PORT), cuts);
        return ImmutableSortedSet.copyOf(cuts);
    }

    private static void cut(PortRange range, List<Integer> cuts) {
        cuts.add(range.first());
        cuts.add(range.last() + 1);
    }
}
