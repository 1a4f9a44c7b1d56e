package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * How things stand with Azure's control plane.
 *
 * @param declared what there is
 * @param guarded the same, and instances that are gone whose virtual cluster, and with it the network intent policy of their
 *     subnet, is still there (fact 4.36)
 */
record ControlState(Topology declared, Topology guarded) {
    Optional<ManagedInstance> instance(String name) {
        return find(declared, name);
    }

    private static Optional<ManagedInstance> find(Topology topology, String name) {
        return topology.managedInstances().stream()
                .filter(instance -> instance.id().name().equals(name))
                .findFirst();
    }

    /** After edits; an edit of what is not there is an {@link IllegalArgumentException}. */
    ControlState with(List<Change> changes) {
        Topology one = declared;
        Topology other = guarded;
        for (Change change : changes) {
            one = one.with(change);
            other = other.with(change);
        }
        return new ControlState(one, other);
    }

    ControlState plus(ManagedInstance instance) {
        return new ControlState(
                declared.toBuilder().add(instance).build(),
                guarded.toBuilder().add(instance).build());
    }

    /** The instance is gone, and its virtual cluster is not. */
    ControlState withoutInstance(String name) {
        return new ControlState(without(declared, name), guarded);
    }

    /** Nothing is left of the instance. */
    ControlState without(String name) {
        return new ControlState(without(declared, name), without(guarded, name));
    }

    private static Topology without(Topology topology, String name) {
        return find(topology, name).map(topology::without).orElse(topology);
    }

    /** What became of the network intent policies since. */
    ImmutableList<String> policyNotes(ControlState before) {
        Set<String> old = subnets(before.guarded);
        Set<String> now = subnets(guarded);
        ImmutableList.Builder<String> notes = ImmutableList.builder();
        for (String subnet : now) {
            if (!old.contains(subnet)) notes.add("network intent policy of " + subnet + " applied");
        }
        for (String subnet : old) {
            if (!now.contains(subnet)) notes.add("network intent policy of " + subnet + " removed");
        }
        return notes.build();
    }

    private static Set<String> subnets(Topology topology) {
        Set<String> subnets = new LinkedHashSet<>();
        for (ManagedInstance instance : topology.managedInstances()) {
            instance.subnet().value().map(ResourceId::qualifiedName).ifPresent(subnets::add);
        }
        return subnets;
    }
}
