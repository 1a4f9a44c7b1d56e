package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** Random changes of a topology that are undone again: rules, routes, peerings, connection types, instances that come and go. */
final class DrawnChanges {
    private static final Place PLACE = new Place("swarm", 0, "");

    private final Draws draws;
    private final Topology topology;
    private final Networks networks;
    private int drawn;

    DrawnChanges(Draws draws, Topology topology, Networks networks) {
        this.draws = draws;
        this.topology = topology;
        this.networks = networks;
    }

    /** Draws one; nothing where the topology has nothing to change, or what is drawn does not go with the rest. */
    Optional<Fault> draw(long from, long to) {
        drawn++;
        return switch (draws.below(5)) {
            case 0, 1 -> rule(from, to);
            case 2 -> draws.oneIn(2) ? route(from, to) : type(from, to);
            case 3 -> peering(from, to);
            default -> instance(from, to);
        };
    }

    private Optional<Fault> made(long from, long to, String kind, String where, UnaryOperator<Topology> change) {
        return networks.add(from, to, change) ? Optional.of(new Fault(from, to, kind, where)) : Optional.empty();
    }

    private Optional<Fault> rule(long from, long to) {
        if (topology.networkSecurityGroups().isEmpty()) return Optional.empty();
        NetworkSecurityGroup group = draws.of(topology.networkSecurityGroups());
        Direction direction = draws.of(Direction.values());
        PortRange ports = draws.of(
                PortRange.ANY,
                new PortRange(1433, 1433),
                new PortRange(11_000, 11_999),
                new PortRange(53, 53),
                new PortRange(443, 443),
                new PortRange(3342, 3342));
        SecurityRule rule = new SecurityRule(
                "swarm-" + drawn,
                PLACE,
                Given.of(100 + draws.below(900)),
                Given.of(direction),
                Given.of(Access.DENY),
                new SecurityRule.Match(
                        Given.of(Protocol.ANY),
                        ImmutableList.of(new AddressTerm.Any()),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(new AddressTerm.Any()),
                        ImmutableList.of(Given.of(ports))));
        String where = group.id().name() + ", " + (direction == Direction.INBOUND ? "inbound " : "outbound ") + ports;
        return made(from, to, "deny rule", where, before -> before.with(new Change.AddRule(group.id(), rule)));
    }

    private Optional<Fault> route(long from, long to) {
        if (topology.routeTables().isEmpty()) return Optional.empty();
        RouteTable table = draws.of(topology.routeTables());
        Prefix prefix = Prefix.parse(draws.of("10.0.0.0/8", "10.0.3.0/24", "10.1.0.0/16", "0.0.0.0/0", "10.0.1.0/24"));
        Route route = new Route(
                "swarm-" + drawn,
                PLACE,
                Given.of(new RouteDestination.Block(prefix)),
                Given.of(NextHopType.NONE),
                null,
                false,
                Given.of(true));
        String where = table.id().name() + ", " + prefix;
        return made(from, to, "route to nowhere", where, before -> before.with(new Change.AddRoute(table.id(), route)));
    }

    private Optional<Fault> peering(long from, long to) {
        List<Peering> all = new ArrayList<>();
        for (Vnet vnet : topology.vnets()) all.addAll(vnet.peerings());
        if (all.isEmpty()) return Optional.empty();
        Peering link = draws.of(all);
        return made(
                from,
                to,
                "disconnect",
                "peering " + link.id().qualifiedName(),
                before -> before.with(new Change.SetPeeringState(link.id(), Peering.State.DISCONNECTED)));
    }

    private Optional<Fault> type(long from, long to) {
        if (topology.managedInstances().isEmpty()) return Optional.empty();
        ManagedInstance instance = draws.of(topology.managedInstances());
        String type = draws.of("Proxy", "Redirect");
        return made(
                from,
                to,
                "connection type " + type,
                instance.id().name(),
                before -> before.with(new Change.SetConnectionType(instance.id(), type)));
    }

    /** One of several instances is deleted, and made again. */
    private Optional<Fault> instance(long from, long to) {
        if (topology.managedInstances().size() < 2) return Optional.empty();
        ManagedInstance gone =
                topology.managedInstances().get(topology.managedInstances().size() - 1);
        return made(from, to, "delete", "instance " + gone.id().name(), before -> {
            List<ManagedInstance> left = new ArrayList<>(before.managedInstances());
            left.removeIf(one -> one.id().equals(gone.id()));
            return before.toBuilder().managedInstances(left).build();
        });
    }
}
