package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A topology with all that the service adds to the subnets of managed instances written into it, as facts 4.21 to 4.23,
 * 4.29, 8.12 to 8.14 and the contract's "Sources" say.
 */
final class ServiceOracle {
    private static final String SUBNET = "*subnet*";
    private static final String OWN = "Microsoft.Sql-managedInstances_UseOnly_mi-";

    private static final List<Wanted> OF_2020 = List.of(
            in("sqlmgmt-in", Protocol.TCP, "SqlManagement", 9000, 9003, 1438, 1440, 1452),
            in("corpsaw-in", Protocol.TCP, "CorpNetSaw", 9000, 9003),
            in("corppublic-in", Protocol.TCP, "CorpNetPublic", 9000, 9003),
            in("healthprobe-in", Protocol.ANY, "AzureLoadBalancer"),
            in("internal-in", Protocol.ANY, SUBNET),
            out("services-out", Protocol.TCP, "AzureCloud", 443, 12_000),
            out("internal-out", Protocol.ANY, SUBNET));
    private static final List<Wanted> OF_TODAY = List.of(
            in("healthprobe-in", Protocol.ANY, "AzureLoadBalancer"),
            in("internal-in", Protocol.ANY, SUBNET),
            out("optional-azure-out", Protocol.TCP, "AzureCloud", 443),
            out("internal-out", Protocol.ANY, SUBNET));

    /** A rule the service needs; no ports are all ports. */
    private record Wanted(
            String stem,
            Direction direction,
            Protocol protocol,
            String source,
            String destination,
            ImmutableList<Integer> ports) {}

    private static Wanted in(String stem, Protocol protocol, String source, Integer... ports) {
        return new Wanted(stem, Direction.INBOUND, protocol, source, SUBNET, ImmutableList.copyOf(ports));
    }

    private static Wanted out(String stem, Protocol protocol, String destination, Integer... ports) {
        return new Wanted(stem, Direction.OUTBOUND, protocol, SUBNET, destination, ImmutableList.copyOf(ports));
    }

    private final Era era;
    private final List<NetworkSecurityGroup> groups = new ArrayList<>();
    private final List<RouteTable> tables = new ArrayList<>();

    private ServiceOracle(HubWorld hubs) {
        this.era = hubs.era();
        // The deprecated mode of 2020 leaves all to the customer.
        boolean provides = !era.equals(Era.MANUAL_2020);
        groups.addAll(hubs.world().topology().networkSecurityGroups());
        tables.addAll(hubs.world().topology().routeTables());
        for (Vnet vnet : hubs.world().topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) if (!subnet.delegations().isEmpty() && provides) provision(subnet);
        }
    }

    /** The world as the service has left it. */
    static World provisioned(HubWorld hubs) {
        ServiceOracle service = new ServiceOracle(hubs);
        Topology old = hubs.world().topology();
        Topology.Builder all = new Topology.Builder();
        old.vnets().forEach(all::add);
        old.networkInterfaces().forEach(all::add);
        old.managedInstances().forEach(all::add);
        old.virtualNetworkGateways().forEach(all::add);
        old.localNetworkGateways().forEach(all::add);
        old.gatewayConnections().forEach(all::add);
        old.loadBalancers().forEach(all::add);
        old.privateEndpoints().forEach(all::add);
        old.services().forEach(all::add);
        service.groups.forEach(all::add);
        service.tables.forEach(all::add);
        return hubs.world().with(all.build());
    }

    private void provision(Subnet subnet) {
        @Nullable Given<ResourceId> group = subnet.attached().networkSecurityGroup();
        groups.replaceAll(old -> group != null && old.id().equals(known(group)) ? withRules(old, subnet) : old);
        @Nullable Given<ResourceId> table = subnet.attached().routeTable();
        tables.replaceAll(old -> table != null && old.id().equals(known(table)) ? withRoutes(old, subnet) : old);
    }

    private NetworkSecurityGroup withRules(NetworkSecurityGroup group, Subnet subnet) {
        Prefix range = known(subnet.prefixes().get(0));
        List<SecurityRule> rules = new ArrayList<>(group.rules());
        for (Wanted wanted : era.equals(Era.CURRENT) ? OF_TODAY : OF_2020) {
            // Fact 8.13: an equal rule of the customer's does not keep the service's own away.
            rules.add(new SecurityRule(
                    OWN + wanted.stem + "-" + range.network().toString().replace('.', '-') + "-" + range.length(),
                    subnet.place(),
                    Given.of(lowestFree(rules, wanted.direction)),
                    Given.of(wanted.direction),
                    Given.of(Access.ALLOW),
                    match(wanted, range)));
        }
        return group.withRules(ImmutableList.copyOf(rules));
    }

    static int lowestFree(List<SecurityRule> rules, Direction direction) {
        Set<Integer> taken = new TreeSet<>();
        for (SecurityRule rule : rules) if (known(rule.direction()) == direction) taken.add(known(rule.priority()));
        int priority = 100;
        while (taken.contains(priority)) priority++;
        return priority;
    }

    private static SecurityRule.Match match(Wanted wanted, Prefix range) {
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        for (int port : wanted.ports) ports.add(Given.of(new PortRange(port, port)));
        return new SecurityRule.Match(
                Given.of(wanted.protocol),
                ImmutableList.of(term(wanted.source, range)),
                SecurityRule.Match.ANY.sourcePorts(),
                ImmutableList.of(term(wanted.destination, range)),
                wanted.ports.isEmpty() ? SecurityRule.Match.ANY.destinationPorts() : ports.build());
    }

    private static AddressTerm term(String text, Prefix range) {
        return text.equals(SUBNET) ? new AddressTerm.Block(range) : new AddressTerm.Tag(text);
    }

    /** A prefix that the customer has routed is left alone: a table holds a prefix once (fact 8.14). */
    private RouteTable withRoutes(RouteTable table, Subnet subnet) {
        Prefix range = known(subnet.prefixes().get(0));
        List<Route> routes = new ArrayList<>(table.routes());
        addRoute(routes, "own-subnet", range, NextHopType.VNET_LOCAL, subnet.place());
        if (era.equals(Era.Y2020)) {
            for (Era.ServiceRoute wanted : Era.Y2020.routes()) {
                addRoute(
                        routes,
                        wanted.name(),
                        PlainFacts.stated(wanted.prefix()),
                        NextHopType.INTERNET,
                        subnet.place());
            }
        }
        return table.withRoutes(ImmutableList.copyOf(routes));
    }

    private static void addRoute(List<Route> routes, String name, Prefix prefix, NextHopType hop, Place place) {
        RouteDestination destination = new RouteDestination.Block(prefix);
        for (Route route : routes) if (known(route.destination()).equals(destination)) return;
        routes.add(new Route(name, place, Given.of(destination), Given.of(hop), null, false, Given.of(true)));
    }
}
