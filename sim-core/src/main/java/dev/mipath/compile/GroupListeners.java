package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.instance.Estate.Unplaced;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The names of failover groups, and the DNS zone that the instances of a group share.
 *
 * <p>Models: facts 4.50 to 4.52 (read 2026-11-26): {@code group.zone} leads to the primary, {@code group.secondary.zone}
 * to the secondary, and the zone is the one the primary has; a secondary is made with its partner's zone.
 */
final class GroupListeners {
    private final Topology topology;
    private final CompileNotices notices;
    private final ImmutableList<FailoverGroup> groups;

    GroupListeners(Topology topology, CompileNotices notices) {
        this.topology = topology;
        this.notices = notices;
        this.groups = topology.services(FailoverGroup.class);
    }

    /** The names that lead to an instance beside its own. */
    ImmutableList<String> of(ResourceId instance, String hostName) {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (FailoverGroup group : groups) {
            String name = group.id().name();
            if (group.primary().is(instance)) names.add(HostName.listener(name, hostName));
            @Nullable Given<ResourceId> secondary = group.secondary();
            if (secondary != null && secondary.is(instance)) {
                names.add(HostName.readOnlyListener(name, primaryName(group).orElse(hostName)));
            }
        }
        return names.build();
    }

    /** The host name of the primary, as far as its zone is known from what is declared. */
    private Optional<String> primaryName(FailoverGroup group) {
        return declared(group.primary()).flatMap(primary -> {
            @Nullable String whole = primary.fullyQualifiedDomainName();
            if (whole != null) return Optional.of(whole);
            return statedOrShared(primary).map(zone -> primary.id().name() + "." + zone + HostName.SUFFIX);
        });
    }

    private Optional<ManagedInstance> declared(Given<ResourceId> id) {
        for (ManagedInstance instance : topology.managedInstances()) {
            if (id.is(instance.id())) return Optional.of(instance);
        }
        return Optional.empty();
    }

    private Optional<String> statedOrShared(ManagedInstance instance) {
        return instance.dnsZone() != null ? Optional.of(instance.dnsZone()) : sharedZone(instance);
    }

    /** The zone of an instance that states none: its partner's, by its own word or by a failover group. */
    Optional<String> sharedZone(ManagedInstance instance) {
        @Nullable Given<ResourceId> named = instance.dnsZonePartner();
        if (named != null) return declared(named).flatMap(GroupListeners::ownZone);
        for (FailoverGroup group : groups) {
            @Nullable Given<ResourceId> secondary = group.secondary();
            if (secondary != null && secondary.is(instance.id())) {
                return declared(group.primary()).flatMap(GroupListeners::ownZone);
            }
        }
        return Optional.empty();
    }

    /** What an instance states; else the zone that its subnet gives it here, which is the same on every run. */
    private static Optional<String> ownZone(ManagedInstance partner) {
        if (partner.dnsZone() != null) return Optional.of(partner.dnsZone());
        @Nullable String whole = partner.fullyQualifiedDomainName();
        if (whole != null) {
            int first = whole.indexOf('.');
            int second = whole.indexOf('.', first + 1);
            if (first > 0 && second > 0) return Optional.of(whole.substring(first + 1, second));
        }
        return partner.subnet().value().map(HostName::zoneOf);
    }

    /** Names of groups whose instance is nowhere, so that they are known and their address is not. */
    ImmutableList<Unplaced> withoutInstance(List<VirtualCluster> placed) {
        ImmutableList.Builder<Unplaced> unplaced = ImmutableList.builder();
        for (FailoverGroup group : groups) {
            @Nullable Given<ResourceId> secondary = group.secondary();
            String name = group.id().name();
            if (hosted(placed, group.primary()).isEmpty()) {
                unplaced.add(new Unplaced(group.id(), name + ".*" + HostName.SUFFIX, missing(group, group.primary())));
            }
            if (secondary != null && hosted(placed, secondary).isEmpty()) {
                String any = HostName.readOnlyListener(name, name + ".*" + HostName.SUFFIX);
                unplaced.add(new Unplaced(group.id(), any, missing(group, secondary)));
            }
        }
        return unplaced.build();
    }

    private static String missing(FailoverGroup group, Given<ResourceId> instance) {
        return "instance "
                + instance.value().map(ResourceId::name).orElse("(not known)")
                + " of failover group " + group.id().name() + ", with its subnet";
    }

    private static Optional<VirtualCluster> hosted(List<VirtualCluster> placed, Given<ResourceId> id) {
        for (VirtualCluster cluster : placed) {
            for (Hosted instance : cluster.instances()) if (id.is(instance.id())) return Optional.of(cluster);
        }
        return Optional.empty();
    }

    /** Trap 23: with two zones, the certificate of one side never fits the listener after a failover. */
    void tellZones(List<VirtualCluster> placed) {
        for (FailoverGroup group : groups) {
            Optional<VirtualCluster> one = hosted(placed, group.primary());
            Optional<VirtualCluster> other =
                    group.secondary() == null ? Optional.empty() : hosted(placed, group.secondary());
            if (one.isEmpty() || other.isEmpty()) continue;
            if (one.get().dnsZone().equalsIgnoreCase(other.get().dnsZone())) continue;
            notices.add(
                    "FAILOVER_GROUP_ZONES",
                    "the instances of failover group " + group.id().name() + " have DNS zones "
                            + one.get().dnsZone() + " and " + other.get().dnsZone()
                            + "; the listeners are in the first, and the certificate of the other does not fit them (the"
                            + " zone is set when an instance is made, as its DNS zone partner)",
                    group.place());
        }
    }
}
