package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Identified;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells resources of one topology by the names another has for them: where that one gives bare names instead of ids, an id
 * that ends in the name means the same resource.
 */
final class IdTranslation {
    private final Map<String, ResourceId> bare = new HashMap<>();

    private IdTranslation() {}

    static IdTranslation to(Topology topology) {
        IdTranslation translation = new IdTranslation();
        Set<String> twice = new HashSet<>();
        for (Identified resource : identified(topology)) translation.learn(resource.id(), twice);
        for (Vnet vnet : topology.vnets()) {
            vnet.subnets().forEach(subnet -> translation.learn(subnet.id(), twice));
            vnet.peerings().forEach(peering -> translation.learn(peering.id(), twice));
        }
        twice.forEach(translation.bare::remove);
        return translation;
    }

    private static List<Identified> identified(Topology topology) {
        ImmutableList.Builder<Identified> all = ImmutableList.builder();
        all.addAll(topology.vnets()).addAll(topology.networkSecurityGroups()).addAll(topology.routeTables());
        all.addAll(topology.networkInterfaces()).addAll(topology.services());
        for (var instance : topology.managedInstances()) all.add(instance::id);
        for (var gateway : topology.virtualNetworkGateways()) all.add(gateway::id);
        return all.build();
    }

    private void learn(ResourceId id, Set<String> twice) {
        if (id.text().startsWith("/")) return;
        String name = Ascii.toLowerCase(id.qualifiedName());
        if (bare.putIfAbsent(name, id) != null) twice.add(name);
    }

    Topology apply(Topology topology) {
        if (bare.isEmpty()) return topology;
        Topology.Builder all = new Topology.Builder().name(topology.name()).profile(topology.profile());
        topology.vnets().forEach(it -> all.add(renamed(it)));
        topology.networkSecurityGroups().forEach(it -> all.add(renamed(it)));
        topology.routeTables().forEach(it -> all.add(renamed(it)));
        topology.networkInterfaces().forEach(it -> all.add(renamed(it)));
        topology.virtualMachines().forEach(it -> all.add(renamed(it)));
        topology.applicationSecurityGroups().forEach(it -> all.add(renamed(it)));
        topology.managedInstances().forEach(it -> all.add(renamed(it)));
        topology.virtualNetworkGateways().forEach(it -> all.add(renamed(it)));
        topology.localNetworkGateways().forEach(it -> all.add(renamed(it)));
        topology.gatewayConnections().forEach(it -> all.add(renamed(it)));
        topology.privateEndpoints().forEach(it -> all.add(renamed(it)));
        topology.loadBalancers().forEach(it -> all.add(renamed(it)));
        topology.services().forEach(it -> all.add(renamed(it)));
        return all.build();
    }

    @SuppressWarnings("unchecked")
    private <T> T renamed(T fact) {
        return (T) item(fact);
    }

    private @Nullable Object deep(@Nullable Object value) {
        if (value instanceof ResourceId id) {
            @Nullable
            ResourceId own = id.text().startsWith("/") ? bare.get(Ascii.toLowerCase(id.qualifiedName())) : null;
            return own == null ? id : own;
        }
        if (value instanceof ImmutableList<?> list) {
            return list.stream().map(this::item).collect(ImmutableList.toImmutableList());
        }
        if (!(value instanceof Record fact) || value instanceof Place) return value;
        if (!fact.getClass().getName().startsWith(ResourceId.class.getPackageName() + ".")) return value;
        return Components.rebuilt(fact, component -> deep(Components.value(component, fact)));
    }

    private Object item(Object item) {
        @Nullable Object renamed = deep(item);
        return renamed == null ? item : renamed;
    }
}
