package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.FORBIDDEN;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.EveryResource;
import dev.mipath.topology.Given;
import dev.mipath.topology.Identified;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What locks hinder: the service in the instance's subnet (fact 4.33), and whoever wants to change what is locked. */
final class Locks {
    private Locks() {}

    /** Judges the locks on the network that the service keeps: virtual network, subnet, security group, route table. */
    static void judge(SubnetCase of, Verdicts verdicts) {
        boolean told = false;
        for (ManagementLock lock : of.topology().services(ManagementLock.class)) {
            told = true;
            @Nullable ResourceId locked = lockedOf(of, lock);
            if (lock.scope().isUnknown()) {
                verdicts.unknown(
                        Requirement.LOCKS_AND_POLICIES, "what lock " + lock.id().name() + " is on");
            } else if (locked != null) {
                verdicts.add(Finding.of(
                                Requirement.LOCKS_AND_POLICIES,
                                FORBIDDEN,
                                lock.place(),
                                lock.id().name(),
                                lock.level().map(Level::azureName).toString(),
                                lock.scope().orElse(locked).name())
                        .with(List.of(new Change.RemoveLock(lock.id()))));
            }
        }
        verdicts.unknown(
                Requirement.LOCKS_AND_POLICIES,
                told
                        ? "the policies assigned, which could deny what the service does there"
                        : "the locks on the virtual network and the policies assigned");
    }

    /** What of the subnet's network a lock holds for, or null. */
    private static @Nullable ResourceId lockedOf(SubnetCase of, ManagementLock lock) {
        List<ResourceId> network =
                new ArrayList<>(List.of(of.vnet().id(), of.subnet().id()));
        for (Given<ResourceId> attached : attached(of)) attached.value().ifPresent(network::add);
        return network.stream().filter(lock::covers).findFirst().orElse(null);
    }

    private static List<Given<ResourceId>> attached(SubnetCase of) {
        List<Given<ResourceId>> attached = new ArrayList<>();
        @Nullable Given<ResourceId> group = of.subnet().attached().networkSecurityGroup();
        @Nullable Given<ResourceId> table = of.subnet().attached().routeTable();
        if (group != null) attached.add(group);
        if (table != null) attached.add(table);
        return attached;
    }

    /**
     * The first lock that forbids to make of one topology the other: it is in both, and something under it goes, or, where
     * it lets nothing be changed, comes or becomes another. A difference does not say how a rule or route goes; written
     * with the group or table that holds it, it is not deleted.
     */
    static Optional<ManagementLock> refusing(Topology before, Topology after) {
        ImmutableList<ManagementLock> locks = staying(before, after);
        if (locks.isEmpty()) return Optional.empty();
        Map<Object, Identified> old = byIdentity(before);
        Map<Object, Identified> now = byIdentity(after);
        return locks.stream().filter(lock -> refuses(lock, old, now)).findFirst();
    }

    /** The same of edits, of which the removal of a rule or route is a request to delete it. */
    static Optional<ManagementLock> refusing(Topology before, Topology after, List<? extends Change> changes) {
        for (Change change : changes) {
            @Nullable
            ResourceId from = change instanceof Change.RemoveRule rule
                    ? rule.group()
                    : change instanceof Change.RemoveRoute route ? route.table() : null;
            if (from == null) continue;
            for (ManagementLock lock : staying(before, after)) if (lock.covers(from)) return Optional.of(lock);
        }
        return refusing(before, after);
    }

    /** The locks in both; one that goes in the same request is taken away first. */
    private static ImmutableList<ManagementLock> staying(Topology before, Topology after) {
        return before.services(ManagementLock.class).stream()
                .filter(lock -> after.services(ManagementLock.class).stream()
                        .anyMatch(other -> other.id().equals(lock.id())))
                .collect(ImmutableList.toImmutableList());
    }

    private static boolean refuses(ManagementLock lock, Map<Object, Identified> old, Map<Object, Identified> now) {
        boolean goes = old.entrySet().stream()
                .anyMatch(entry -> lock.covers(entry.getValue().id()) && !now.containsKey(entry.getKey()));
        if (goes || !lock.level().is(Level.READ_ONLY)) return goes;
        return now.entrySet().stream()
                .filter(entry -> lock.covers(entry.getValue().id()))
                .anyMatch(entry -> !SameFacts.of(old.get(entry.getKey()), entry.getValue()));
    }

    /** All that can be locked, by kind and identity: names alone are unique only within their kind. */
    private static Map<Object, Identified> byIdentity(Topology topology) {
        Map<Object, Identified> all = new LinkedHashMap<>();
        for (Identified resource : EveryResource.in(topology)) {
            if (resource instanceof ManagementLock) continue;
            put(resource, all);
            if (resource instanceof Vnet vnet) {
                vnet.subnets().forEach(subnet -> put(subnet, all));
                vnet.peerings().forEach(peering -> put(peering, all));
            }
        }
        return all;
    }

    private static void put(Identified resource, Map<Object, Identified> all) {
        all.put(List.of(resource.getClass(), resource.id()), resource);
    }
}
