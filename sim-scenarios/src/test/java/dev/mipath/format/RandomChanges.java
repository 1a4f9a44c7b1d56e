package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Edits that can be applied to a topology one after the other, of every kind that it gives occasion for. */
final class RandomChanges {
    private static final int TRIED = 40;

    private final RandomTopologies parts;

    private RandomChanges(int seed) {
        parts = new RandomTopologies(-1 - seed);
    }

    static ImmutableList<Change> of(int seed, Topology topology) {
        RandomChanges random = new RandomChanges(seed);
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        Topology changed = topology;
        for (int i = 0; i < TRIED; i++) {
            Change change = random.change(changed);
            Topology after = change == null ? null : applied(changed, change);
            if (change == null || after == null) continue;
            changes.add(change);
            changed = after;
        }
        return changes.build();
    }

    private static @Nullable Topology applied(Topology topology, Change change) {
        try {
            return topology.with(change);
        } catch (IllegalArgumentException e) {
            // A name or a priority is taken.
            return null;
        }
    }

    private @Nullable Change change(Topology now) {
        NetworkSecurityGroup group = parts.one(now.networkSecurityGroups());
        RouteTable table = parts.one(now.routeTables());
        Vnet vnet = parts.one(now.vnets());
        NetworkInterface nic = parts.one(now.networkInterfaces());
        return switch (parts.random.nextInt(16)) {
            case 0 -> new Change.AddRule(group.id(), parts.rule(100 + parts.random.nextInt(3997)));
            case 1 -> group.rules().isEmpty() ? null : new Change.ReplaceRule(group.id(), parts.one(group.rules()));
            case 2 ->
                group.rules().isEmpty()
                        ? null
                        : new Change.RemoveRule(
                                group.id(), parts.one(group.rules()).name());
            case 3 ->
                parts.routes().stream()
                        .findFirst()
                        .map(route -> new Change.AddRoute(table.id(), route))
                        .orElse(null);
            case 4 -> table.routes().isEmpty() ? null : new Change.ReplaceRoute(table.id(), parts.one(table.routes()));
            case 5 ->
                table.routes().isEmpty()
                        ? null
                        : new Change.RemoveRoute(
                                table.id(), parts.one(table.routes()).name());
            case 6 ->
                new Change.SetSecurityGroup(
                        parts.chance(2) ? nic.id() : parts.one(vnet.subnets()).id(),
                        parts.chance(2) ? null : group.id());
            case 7 -> new Change.SetRouteTable(parts.one(vnet.subnets()).id(), parts.chance(2) ? null : table.id());
            case 8 -> new Change.SetBgpPropagationDisabled(table.id(), parts.random.nextBoolean());
            case 9 ->
                vnet.peerings().isEmpty()
                        ? null
                        : new Change.SetPeeringFlags(parts.one(vnet.peerings()).id(), flags());
            case 10 ->
                vnet.peerings().isEmpty()
                        ? null
                        : new Change.SetPeeringState(
                                parts.one(vnet.peerings()).id(), parts.one(List.of(Peering.State.values())));
            case 11 -> addPeering(vnet, parts.one(now.vnets()));
            case 12 -> new Change.SetIpForwarding(nic.id(), parts.random.nextBoolean());
            case 13 -> new Change.SetDnsServers(vnet.id(), parts.some(parts::address));
            case 14 ->
                now.services(ManagementLock.class).isEmpty()
                        ? null
                        : new Change.RemoveLock(
                                now.services(ManagementLock.class).get(0).id());
            default ->
                new Change.SetConnectionType(
                        parts.one(now.managedInstances()).id(), parts.one(List.of("Proxy", "Redirect", "Default")));
        };
    }

    private Change addPeering(Vnet vnet, Vnet remote) {
        String name = "added" + parts.random.nextInt(1_000_000);
        ResourceId id = ResourceKind.PEERING.identity(vnet.id(), name);
        Peering peering = new Peering(
                id,
                RandomTopologies.place(),
                Given.of(remote.id()),
                parts.orNull(() -> Given.of(Peering.State.INITIATED)),
                flags(),
                parts.some(parts::prefix));
        return new Change.AddPeering(vnet.id(), peering);
    }

    private Peering.Flags flags() {
        return new Peering.Flags(parts.truth(), parts.truth(), parts.truth(), parts.truth());
    }
}
