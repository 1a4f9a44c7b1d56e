package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.SubnetTables;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the judges of one subnet look at.
 *
 * @param topology what there is
 * @param tables the subnet's rules and routes
 * @param era whose requirements count
 * @param tags what service tags stand for in the tables
 * @param vnet the subnet's VNet
 * @param subnet the subnet
 * @param instances the instances in it
 */
record SubnetCase(
        Topology topology,
        SubnetTables tables,
        Era era,
        ServiceTags tags,
        Vnet vnet,
        Subnet subnet,
        ImmutableList<ManagedInstance> instances) {
    boolean manual() {
        return era.equals(Era.MANUAL_2020);
    }

    /** Whether the era is the specification's, in either of its modes. */
    boolean of2020() {
        return manual() || era.equals(Era.Y2020);
    }

    /** The subnet's IPv4 prefix, when it is known. */
    Optional<Prefix> prefix() {
        for (Given<Prefix> prefix : subnet.prefixes()) {
            Optional<Prefix> known = prefix.value().filter(block -> !block.v6());
            if (known.isPresent()) return known;
        }
        return Optional.empty();
    }

    AddressSet addresses() {
        return prefix().map(AddressSet::of).orElse(AddressSet.empty());
    }

    Optional<NetworkSecurityGroup> group() {
        @Nullable Given<ResourceId> id = subnet.attached().networkSecurityGroup();
        return id == null ? Optional.empty() : id.value().flatMap(topology::networkSecurityGroup);
    }

    Optional<RouteTable> table() {
        @Nullable Given<ResourceId> id = subnet.attached().routeTable();
        return id == null ? Optional.empty() : id.value().flatMap(topology::routeTable);
    }
}
