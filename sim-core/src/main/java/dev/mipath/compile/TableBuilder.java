package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.profile.Era;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/** Makes the rules and routes of one subnet from the topology; nothing that is wired together matters to them. */
final class TableBuilder {
    /** With a site for every pool of clients that dial in and an interface for every firewall. */
    private final Topology topology;

    private final CompileOptions options;
    private final CompileNotices notices;
    private final ImmutableMap<ResourceId, Meaning> groupMembers;

    TableBuilder(Topology topology, CompileOptions options, CompileNotices notices, AssumedAddresses addresses) {
        this.topology = topology;
        this.options = options;
        this.notices = notices;
        this.groupMembers = addresses.groupMembers(topology);
    }

    /** The topology with what clients and firewalls bring into it. */
    static Topology complete(Topology declared) {
        return FirewallWiring.withInterfaces(ClientWiring.withPools(declared));
    }

    SubnetView view(Subnet subnet, VnetReach reach) {
        @Nullable Era era = options.era();
        return SubnetView.of(
                subnet,
                reach,
                topology,
                groupMembers,
                table -> era != null && ServiceAided.applies(era, subnet, topology)
                        ? new ServiceAided(era, reach.vnet(), notices).provision(table, subnet)
                        : table,
                options);
    }

    Layer layer(Given<ResourceId> attached, ResourceId target, SubnetView view) {
        return new RuleLayers(topology, notices, options.era()).of(attached, target, view);
    }

    EffectiveRoutes routes(SubnetView view) {
        ImmutableList<RouteRows.PrivateEndpointAddress> endpoints = PrivateEndpoints.within(view.reach(), topology);
        EffectiveRoutes derived = EffectiveRoutes.of(RouteRows.of(view, endpoints));
        return new RecordedRoutes(topology, notices).orElse(view, derived);
    }
}
