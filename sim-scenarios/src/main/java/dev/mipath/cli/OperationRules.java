package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.ControlPlane.Kind;
import dev.mipath.engine.ControlPlane.Mark;
import dev.mipath.engine.ControlPlane.Phase;
import dev.mipath.engine.ControlPlane.Verdict;
import dev.mipath.engine.Setting;
import dev.mipath.explain.PolicyText;
import dev.mipath.format.InstanceOperation;
import dev.mipath.profile.Dependency.Purpose;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Diagnosis;
import dev.mipath.requirements.Diagnosis.SubnetReport;
import dev.mipath.requirements.Doctor;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.NetworkIntentPolicy;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What Azure does with a request: whether it is refused, what it makes of how things stand, and by which parts.
 *
 * <p>Models: the deployment checks (facts 4.35, 8.17, 8.19), the virtual cluster that comes with the first instance of a
 * subnet and goes after the last (fact 4.38), and the network intent policy with it (facts 4.33 to 4.36).
 */
final class OperationRules {
    private static final Set<Purpose> OF_INSTANCE = Set.of(Purpose.BACKUPS, Purpose.AUTHENTICATION, Purpose.ENCRYPTION);
    private static final Set<Purpose> OF_DATABASE = Set.of(Purpose.BACKUPS, Purpose.ENCRYPTION);

    private final CompileOptions options;
    private final @Nullable Era era;
    private final boolean guards;

    /** A ruling; the state is the old one where it was refused. */
    record Ruling(
            Verdict verdict, @Nullable String code, String reason, ControlState state, ImmutableList<Phase> phases) {}

    OperationRules(CompileOptions options, @Nullable Era era, boolean guards) {
        this.options = options;
        this.era = era;
        this.guards = guards;
    }

    static Kind kind(InstanceOperation operation) {
        if (operation instanceof InstanceOperation.Create) return Kind.CREATE;
        if (operation instanceof InstanceOperation.Delete) return Kind.DELETE;
        return operation instanceof InstanceOperation.Scale ? Kind.SCALE : Kind.DATABASE;
    }

    private static Ruling refused(ControlState state, @Nullable String code, String reason) {
        return new Ruling(Verdict.REFUSED, code, reason, state, ImmutableList.of());
    }

    private static Ruling accepted(ControlState after, Phase... phases) {
        return new Ruling(Verdict.ACCEPTED, null, "", after, ImmutableList.copyOf(phases));
    }

    /** Edits of the network. */
    Ruling change(ControlState state, List<Change> changes) {
        ControlState after;
        try {
            after = state.with(changes);
        } catch (IllegalArgumentException e) {
            return refused(state, null, String.valueOf(e.getMessage()));
        }
        if (!guards || era == null || state.guarded().managedInstances().isEmpty()) return accepted(after);
        NetworkIntentPolicy.Verdict verdict = NetworkIntentPolicy.judge(state.guarded(), changes, options, era);
        return switch (verdict.answer()) {
            case REFUSED -> refused(state, verdict.code(), PolicyText.reason(verdict));
            case CORRECTED -> new Ruling(Verdict.CORRECTED, null, "", after, ImmutableList.of());
            case ALLOWED -> accepted(after);
        };
    }

    /** A moment of an operation. */
    Ruling operate(ControlState state, InstanceOperation operation, Mark mark) {
        String name = operation.on();
        if (mark == Mark.ASKED && state.leaving().contains(name)) {
            return refused(state, null, "instance " + name + " is being deleted");
        }
        if (operation instanceof InstanceOperation.Create create) {
            return mark == Mark.UNDONE ? accepted(state.without(name)) : create(state, create.instance());
        }
        Optional<ManagedInstance> found = state.instance(name);
        if (mark == Mark.ASKED && found.isEmpty()) return refused(state, null, "there is no instance " + name);
        if (operation instanceof InstanceOperation.Delete) return delete(state, name, mark);
        if (operation instanceof InstanceOperation.Scale scale && found.isPresent()) {
            return scale(state, found.get(), scale.tier(), mark);
        }
        if (mark != Mark.ASKED) return accepted(state);
        UpkeepCalls calls = calls().deployment(name).services(name, OF_DATABASE);
        return accepted(state, phase("database creation", Setting.DATABASE_CREATION, null, calls));
    }

    private Ruling create(ControlState state, ManagedInstance instance) {
        String name = instance.id().name();
        if (state.instance(name).isPresent()) return refused(state, null, "there is an instance " + name + " already");
        @Nullable ResourceId subnet = instance.subnet().value().orElse(null);
        if (subnet == null || state.declared().subnet(subnet).isEmpty()) {
            return refused(state, "InvalidSubnetResourceId", "there is no subnet " + instance.subnet());
        }
        ControlState after = state.plus(instance);
        Optional<Ruling> against = against(state, after.guarded(), subnet);
        if (against.isPresent()) return against.get();
        boolean isFirst = !isIn(state.guarded(), subnet);
        return accepted(
                after,
                phase(
                        isFirst ? "virtual cluster creation" : "virtual cluster growth",
                        isFirst ? Setting.CLUSTER_CREATION : Setting.CLUSTER_RESIZING,
                        null,
                        calls().all(name)),
                phase(
                        "instance start",
                        Setting.INSTANCE_START,
                        null,
                        calls().deployment(name).services(name, OF_INSTANCE)));
    }

    /** The first documented reason for which the deployment would fail as things would stand. */
    private Optional<Ruling> against(ControlState state, Topology then, ResourceId subnet) {
        if (era == null) return Optional.empty();
        Diagnosis diagnosis = Doctor.examine(NetworkCompiler.compile(then, options), options, era);
        for (SubnetReport report : diagnosis.subnets()) {
            if (!report.id().equals(subnet)) continue;
            for (Finding finding : report.findings()) {
                @Nullable String code = NetworkIntentPolicy.creationCode(finding);
                if (finding.because() == null && code != null)
                    return Optional.of(refused(state, code, PolicyText.reason(finding, report)));
            }
        }
        return Optional.empty();
    }

    private static boolean isIn(Topology topology, ResourceId subnet) {
        return topology.managedInstances().stream()
                .anyMatch(instance -> instance.subnet().is(subnet));
    }

    private Ruling delete(ControlState state, String name, Mark mark) {
        if (mark == Mark.EFFECT) return accepted(state.withoutInstance(name));
        if (mark == Mark.END) return accepted(state.without(name).notLeaving(name));
        if (mark == Mark.UNDONE) return accepted(state.notLeaving(name));
        @Nullable
        ResourceId subnet = state.instance(name)
                .flatMap(instance -> instance.subnet().value())
                .orElse(null);
        boolean isLast = subnet != null && !isIn(state.without(name).declared(), subnet);
        return accepted(
                state.leaving(name),
                phase("instance removal", Setting.INSTANCE_REMOVAL, Mark.EFFECT, calls().deployment(name)),
                phase(
                        isLast ? "virtual cluster removal" : "virtual cluster shrinking",
                        isLast ? Setting.CLUSTER_REMOVAL : Setting.CLUSTER_RESIZING,
                        Mark.END,
                        calls()));
    }

    private Ruling scale(ControlState state, ManagedInstance instance, String tier, Mark mark) {
        if (mark == Mark.UNDONE || mark == Mark.END) return accepted(state);
        String name = instance.id().name();
        ControlState after = state.without(name).plus(instance.withTier(tier));
        if (mark == Mark.EFFECT) return accepted(after);
        @Nullable ResourceId subnet = instance.subnet().value().orElse(null);
        Optional<Ruling> against = subnet == null ? Optional.empty() : against(state, after.guarded(), subnet);
        if (against.isPresent()) return against.get();
        return accepted(
                state, phase("virtual cluster resizing", Setting.CLUSTER_RESIZING, Mark.EFFECT, calls().all(name)));
    }

    private UpkeepCalls calls() {
        return new UpkeepCalls(era, options.serviceTags());
    }

    private static Phase phase(String name, Setting time, @Nullable Mark mark, UpkeepCalls calls) {
        return new Phase(name, time, mark, calls.known(), calls.unknown());
    }
}
