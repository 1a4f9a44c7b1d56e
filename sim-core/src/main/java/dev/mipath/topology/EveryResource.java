package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;

/** The lists of a topology, one for each kind of resource, for whoever treats all kinds alike: here alone they are enumerated. */
public final class EveryResource {
    private EveryResource() {}

    /** Makes the list of one kind. */
    public interface Lists {
        /**
         * The resources of a kind.
         *
         * @param of the list of that kind in a topology
         */
        <T extends Identified> List<T> of(Function<Topology, ImmutableList<T>> of);
    }

    /** A topology of these resources; it has no name, no clients, no recorded answers and no notices. */
    public static Topology.Builder builder(Lists lists) {
        Topology.Builder all = new Topology.Builder();
        lists.of(Topology::vnets).forEach(all::add);
        lists.of(Topology::networkSecurityGroups).forEach(all::add);
        lists.of(Topology::routeTables).forEach(all::add);
        lists.of(Topology::networkInterfaces).forEach(all::add);
        lists.of(Topology::virtualMachines).forEach(all::add);
        lists.of(Topology::applicationSecurityGroups).forEach(all::add);
        lists.of(Topology::managedInstances).forEach(all::add);
        lists.of(Topology::virtualNetworkGateways).forEach(all::add);
        lists.of(Topology::localNetworkGateways).forEach(all::add);
        lists.of(Topology::gatewayConnections).forEach(all::add);
        lists.of(Topology::privateEndpoints).forEach(all::add);
        lists.of(Topology::loadBalancers).forEach(all::add);
        lists.of(Topology::services).forEach(all::add);
        return all;
    }

    /** All resources of a topology, kind by kind. */
    public static ImmutableList<Identified> in(Topology topology) {
        ImmutableList.Builder<Identified> all = ImmutableList.builder();
        builder(new Lists() {
            @Override
            public <T extends Identified> List<T> of(Function<Topology, ImmutableList<T>> of) {
                all.addAll(of.apply(topology));
                return ImmutableList.of();
            }
        });
        return all.build();
    }
}
