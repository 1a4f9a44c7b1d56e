package dev.mipath.compile;

import dev.mipath.compile.Compilation.Layer;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/**
 * The rules and routes of one subnet: those that the compiled network has there, for whoever asks about one subnet of many
 * and needs no network.
 *
 * @param admin the security admin rules in front of the group, or null when none hold here
 * @param layer the security group layer at the subnet, or null when no group is attached
 * @param routes the routes of the subnet
 */
public record SubnetTables(
        @Nullable AdminLayer admin, @Nullable Layer layer, EffectiveRoutes routes) {
    /**
     * The tables of a subnet.
     *
     * @throws IllegalArgumentException when the topology has no such subnet
     */
    public static SubnetTables of(Topology declared, CompileOptions options, ResourceId subnet) {
        Topology topology = TableBuilder.complete(declared);
        for (Vnet vnet : topology.vnets()) {
            for (Subnet each : vnet.subnets()) {
                if (each.id().equals(subnet)) return of(topology, options, vnet, each);
            }
        }
        throw new IllegalArgumentException("there is no subnet `" + subnet.qualifiedName() + "`");
    }

    private static SubnetTables of(Topology topology, CompileOptions options, Vnet vnet, Subnet subnet) {
        CompileNotices unheard = new CompileNotices(topology, options.era() != null);
        TableBuilder tables = new TableBuilder(topology, options, unheard, AssumedAddresses.of(topology));
        SubnetView view = tables.view(subnet, VnetReach.of(vnet, topology));
        @Nullable Given<ResourceId> group = subnet.attached().networkSecurityGroup();
        return new SubnetTables(
                AdminLayer.of(topology, view, unheard),
                group == null ? null : tables.layer(group, subnet.id(), view),
                tables.routes(view));
    }
}
