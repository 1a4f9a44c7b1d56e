package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
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
 * @param leaving the instances that are being deleted, by name, until nothing is left of them
 */
record ControlState(Topology declared, Topology guarded, ImmutableSet<String> leaving) {
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
        return new ControlState(one, other, leaving);
    }

    ControlState plus(ManagedInstance instance) {
        return new ControlState(
                declared.toBuilder().add(instance).build(),
                guarded.toBuilder().add(instance).build(),
                leaving);
    }

    /** The instance is gone, and its virtual cluster is not. */
    ControlState withoutInstance(String name) {
        return new ControlState(without(declared, name), guarded, leaving);
    }

    /** Nothing is left of the instance. */
    ControlState without(String name) {
        return new ControlState(without(declared, name), without(guarded, name), leaving);
    }

    /** The deletion of the instance has begun. */
    ControlState leaving(String name) {
        return new ControlState(
                declared,
                guarded,
                ImmutableSet.<String>builder().addAll(leaving).add(name).build());
    }

    /** The deletion of the instance is over, or failed. */
    ControlState notLeaving(String name) {
        return new ControlState(
                declared,
                guarded,
                leaving.stream().filter(other -> !other.equals(name)).collect(ImmutableSet.toImmutableSet()));
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
