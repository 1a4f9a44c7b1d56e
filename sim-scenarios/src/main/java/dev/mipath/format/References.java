package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.LinkedHashMultimap;
import com.google.common.collect.SetMultimap;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NetworkService;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Which resource a reference means, and the shortest reference that means a resource.
 *
 * <p>Reader and writer ask the same index, so what the writer shortens the reader finds again.
 */
final class References {
    private static final ImmutableList<ResourceKind> LOCKABLE = ImmutableList.of(
            ResourceKind.VNET,
            ResourceKind.SUBNET,
            ResourceKind.NETWORK_SECURITY_GROUP,
            ResourceKind.ROUTE_TABLE,
            ResourceKind.MANAGED_INSTANCE);

    private final Map<ResourceKind, SetMultimap<String, ResourceId>> known = new EnumMap<>(ResourceKind.class);

    /** The index of everything a topology declares. */
    static References of(Topology topology) {
        References references = new References();
        for (Vnet vnet : topology.vnets()) {
            references.add(ResourceKind.VNET, vnet.id());
            references.addAll(ResourceKind.SUBNET, vnet.subnets(), Subnet::id);
            references.addAll(ResourceKind.PEERING, vnet.peerings(), Peering::id);
        }
        references.addAll(
                ResourceKind.NETWORK_SECURITY_GROUP, topology.networkSecurityGroups(), NetworkSecurityGroup::id);
        references.addAll(ResourceKind.ROUTE_TABLE, topology.routeTables(), table -> table.id());
        references.addAll(ResourceKind.NETWORK_INTERFACE, topology.networkInterfaces(), nic -> nic.id());
        references.addAll(ResourceKind.VIRTUAL_MACHINE, topology.virtualMachines(), machine -> machine.id());
        references.addAll(
                ResourceKind.APPLICATION_SECURITY_GROUP, topology.applicationSecurityGroups(), group -> group.id());
        references.addAll(ResourceKind.MANAGED_INSTANCE, topology.managedInstances(), instance -> instance.id());
        references.addAll(
                ResourceKind.VIRTUAL_NETWORK_GATEWAY, topology.virtualNetworkGateways(), gateway -> gateway.id());
        references.addAll(ResourceKind.LOCAL_NETWORK_GATEWAY, topology.localNetworkGateways(), gateway -> gateway.id());
        topology.services().forEach(service -> references.add(kindOf(service), service.id()));
        return references;
    }

    private static ResourceKind kindOf(NetworkService service) {
        if (service instanceof PublicIpAddress) return ResourceKind.PUBLIC_IP_ADDRESS;
        if (service instanceof ExpressRouteCircuit) return ResourceKind.EXPRESS_ROUTE_CIRCUIT;
        if (service instanceof ExternalService) return ResourceKind.EXTERNAL_SERVICE;
        if (service instanceof Firewall) return ResourceKind.FIREWALL;
        if (service instanceof AdminRules) return ResourceKind.ADMIN_RULES;
        if (service instanceof ManagementLock) return ResourceKind.MANAGEMENT_LOCK;
        if (service instanceof FailoverGroup) return ResourceKind.FAILOVER_GROUP;
        if (service instanceof NatGateway) return ResourceKind.NAT_GATEWAY;
        return service instanceof PrivateDnsZone ? ResourceKind.PRIVATE_DNS_ZONE : ResourceKind.DNS_SERVER;
    }

    private <T> void addAll(ResourceKind kind, List<T> resources, Function<T, ResourceId> idOf) {
        for (T resource : resources) add(kind, idOf.apply(resource));
    }

    /** Adds a resource; false when one with this identity is there already. */
    boolean add(ResourceKind kind, ResourceId id) {
        SetMultimap<String, ResourceId> ids = known.computeIfAbsent(kind, k -> LinkedHashMultimap.create());
        boolean first = ids.put(exactly(id.text()), id);
        if (first && !id.name().isEmpty()) {
            ids.put(named(id.name()), id);
            if (kind.inVnet() && id.parentName() != null) ids.put(named(id.qualifiedName()), id);
        }
        return first;
    }

    /** Whether the topology declares it. */
    boolean has(ResourceKind kind, ResourceId id) {
        return ids(kind).containsKey(exactly(id.text()));
    }

    /** The resources a reference may mean: the one with exactly this identity, else all with this name. */
    ImmutableList<ResourceId> meant(ResourceKind kind, String reference) {
        SetMultimap<String, ResourceId> ids = ids(kind);
        if (ids.containsKey(exactly(reference))) return ImmutableList.copyOf(ids.get(exactly(reference)));
        return ImmutableList.copyOf(ids.get(named(reference)));
    }

    /** The resources with this name that locks are put on for the sake of an instance's network. */
    ImmutableSet<ResourceId> lockable(String reference) {
        return LOCKABLE.stream()
                .flatMap(kind -> meant(kind, reference).stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The names by which resources of this kind can be referred to. */
    ImmutableSet<String> names(ResourceKind kind) {
        return ids(kind).values().stream()
                .map(id -> kind.inVnet() ? id.qualifiedName() : id.name())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The shortest text that means this identity, or null when only {@code {id: …}} can say it. */
    @Nullable
    String shortest(ResourceKind kind, ResourceId id) {
        if (has(kind, id)) {
            if (meansOnly(kind, id.name(), id)) return id.name();
            if (kind.inVnet() && meansOnly(kind, id.qualifiedName(), id)) return id.qualifiedName();
            return id.text();
        }
        return meant(kind, id.text()).isEmpty() ? id.text() : null;
    }

    private boolean meansOnly(ResourceKind kind, String reference, ResourceId id) {
        ImmutableList<ResourceId> meant = meant(kind, reference);
        return meant.size() == 1 && meant.get(0).equals(id);
    }

    private SetMultimap<String, ResourceId> ids(ResourceKind kind) {
        SetMultimap<String, ResourceId> ids = known.get(kind);
        return ids == null ? LinkedHashMultimap.create() : ids;
    }

    // Identities and names share the index; the first letter keeps them apart.
    private static String exactly(String text) {
        return "=" + Ascii.toLowerCase(text);
    }

    private static String named(String name) {
        return "~" + Ascii.toLowerCase(name);
    }
}
