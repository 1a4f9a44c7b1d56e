package dev.mipath.compile;

import dev.mipath.profile.Era;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What the service has put into groups and tables by itself, declared as if the input had said it. */
public final class Provisioned {
    private Provisioned() {}

    /** The topology with those of the service's own rules and routes, not declared yet, whose names are wanted. */
    public static Topology declared(Topology topology, Era era, Predicate<String> wanted) {
        Topology declared = topology;
        CompileNotices unheard = new CompileNotices(topology, true);
        for (Vnet vnet : topology.vnets()) {
            ServiceAided service = new ServiceAided(era, vnet, unheard);
            for (Subnet subnet : vnet.subnets()) {
                if (!ServiceAided.applies(era, subnet, topology)) continue;
                declared = rules(declared, service, subnet, wanted);
                declared = routes(declared, service, subnet, wanted);
            }
        }
        return declared;
    }

    private static Topology rules(Topology topology, ServiceAided service, Subnet subnet, Predicate<String> wanted) {
        Topology declared = topology;
        Optional<NetworkSecurityGroup> group =
                attached(subnet.attached().networkSecurityGroup()).flatMap(topology::networkSecurityGroup);
        if (group.isEmpty()) return topology;
        for (SecurityRule rule : service.provision(group.get(), subnet).rules()) {
            boolean added = !group.get().rules().contains(rule);
            if (added && wanted.test(rule.name())) {
                declared = declared.with(new Change.AddRule(group.get().id(), rule));
            }
        }
        return declared;
    }

    private static Topology routes(Topology topology, ServiceAided service, Subnet subnet, Predicate<String> wanted) {
        Topology declared = topology;
        Optional<RouteTable> table = attached(subnet.attached().routeTable()).flatMap(topology::routeTable);
        if (table.isEmpty()) return topology;
        for (Route route : service.provision(table.get(), subnet).routes()) {
            boolean added = !table.get().routes().contains(route);
            if (added && wanted.test(route.name())) {
                declared = declared.with(new Change.AddRoute(table.get().id(), route));
            }
        }
        return declared;
    }

    private static Optional<ResourceId> attached(@Nullable Given<ResourceId> id) {
        return id == null ? Optional.empty() : id.value();
    }
}
