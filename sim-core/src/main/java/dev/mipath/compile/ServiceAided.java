package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.Era.ServiceRoute;
import dev.mipath.profile.Era.ServiceRule;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The rules and routes that the service provisions by itself in a subnet of managed instances, where the input does not
 * show them already (contract: Sources; facts 8.13, 8.14).
 *
 * <p>Models: "Connectivity architecture", section "Service-aided subnet configuration" (read 2026-11-22).
 */
final class ServiceAided {
    /** What the names of provisioned rules and routes begin with (fact 4.30). */
    static final String PREFIX = "Microsoft.Sql-managedInstances_UseOnly_";

    private static final String DELEGATION = "Microsoft.Sql/managedInstances";
    private static final int FIRST_PRIORITY = 100;

    private final Era era;
    private final CompileNotices notices;

    ServiceAided(Era era, CompileNotices notices) {
        this.era = era;
        this.notices = notices;
    }

    static boolean applies(Subnet subnet, Topology topology) {
        for (String delegation : subnet.delegations()) if (DELEGATION.equalsIgnoreCase(delegation)) return true;
        for (ManagedInstance instance : topology.managedInstances()) {
            if (instance.subnet().is(subnet.id())) return true;
        }
        return false;
    }

    NetworkSecurityGroup provision(NetworkSecurityGroup group, Subnet subnet) {
        Optional<Prefix> range = range(subnet);
        if (range.isEmpty()) return group;
        List<SecurityRule> rules = new ArrayList<>(group.rules());
        List<String> added = new ArrayList<>();
        for (ServiceRule wanted : era.rules()) {
            if (stands(group.rules(), wanted, range.get())) continue;
            SecurityRule rule = rule(wanted, range.get(), subnet.place(), rules);
            rules.add(rule);
            added.add(rule.name() + " (" + rule.priority() + ")");
        }
        if (!added.isEmpty()) {
            notices.add(
                    "SERVICE_AIDED_RULES_ASSUMED",
                    "the input does not hold the rules that the service adds to "
                            + group.id().name() + " under profile " + era.name() + "; assumed: "
                            + String.join(", ", added),
                    group.place());
        }
        return group.withRules(ImmutableList.copyOf(rules));
    }

    private static boolean stands(List<SecurityRule> rules, ServiceRule wanted, Prefix range) {
        for (SecurityRule rule : rules) if (stands(rule, wanted, range)) return true;
        return false;
    }

    /** Under its own name, or under a customer's name with the same words as the document's table. */
    private static boolean stands(SecurityRule rule, ServiceRule wanted, Prefix range) {
        if (rule.name().regionMatches(true, 0, PREFIX, 0, PREFIX.length())) {
            return rule.name().contains("mi-" + wanted.stem());
        }
        Direction direction = wanted.inbound() ? Direction.INBOUND : Direction.OUTBOUND;
        SecurityRule.Match match = rule.match();
        return rule.access().is(Access.ALLOW)
                && rule.direction().is(direction)
                && match.protocol().is(Protocol.parse(wanted.protocol()))
                && names(match.source(), wanted.from(), range)
                && names(match.destination(), wanted.to(), range)
                && match.sourcePorts().equals(ImmutableList.of(Given.of(PortRange.ANY)))
                && covers(match.destinationPorts(), wanted);
    }

    private static boolean names(List<AddressTerm> terms, String word, Prefix range) {
        AddressTerm wanted = term(word, range);
        for (AddressTerm term : terms) {
            boolean same = term instanceof AddressTerm.Tag tag && wanted instanceof AddressTerm.Tag other
                    ? tag.name().equalsIgnoreCase(other.name())
                    : term.equals(wanted);
            if (same || term instanceof AddressTerm.Any) return true;
        }
        return false;
    }

    private static boolean covers(List<Given<PortRange>> ports, ServiceRule wanted) {
        if (wanted.ports().isEmpty()) return ports.contains(Given.of(PortRange.ANY));
        for (int port : wanted.ports()) if (!covers(ports, port)) return false;
        return true;
    }

    private static boolean covers(List<Given<PortRange>> ranges, int port) {
        for (Given<PortRange> range : ranges) {
            if (range instanceof Given.Known<PortRange> known && known.known().contains(port)) return true;
        }
        return false;
    }

    private SecurityRule rule(ServiceRule wanted, Prefix range, Place place, List<SecurityRule> taken) {
        Given<Direction> direction = Given.of(wanted.inbound() ? Direction.INBOUND : Direction.OUTBOUND);
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        if (wanted.ports().isEmpty()) ports.add(Given.of(PortRange.ANY));
        for (int port : wanted.ports()) ports.add(Given.of(new PortRange(port, port)));
        return new SecurityRule(
                PREFIX + "mi-" + wanted.stem() + "-" + dashed(range),
                place,
                Given.of(lowestFree(taken, direction)),
                direction,
                Given.of(Access.ALLOW),
                new SecurityRule.Match(
                        Given.of(Protocol.parse(wanted.protocol())),
                        ImmutableList.of(term(wanted.from(), range)),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(term(wanted.to(), range)),
                        ports.build()));
    }

    private static AddressTerm term(String word, Prefix range) {
        return word.equals(Era.SUBNET) ? new AddressTerm.Block(range) : new AddressTerm.Tag(word);
    }

    private static int lowestFree(List<SecurityRule> rules, Given<Direction> direction) {
        Set<Integer> taken = new HashSet<>();
        for (SecurityRule rule : rules) {
            boolean sameList =
                    rule.direction().equals(direction) || rule.direction().isUnknown();
            if (sameList && rule.priority() instanceof Given.Known<Integer> priority) taken.add(priority.known());
        }
        int priority = FIRST_PRIORITY;
        while (taken.contains(priority)) priority++;
        return priority;
    }

    RouteTable provision(RouteTable table, Subnet subnet) {
        Optional<Prefix> range = range(subnet);
        if (range.isEmpty()) return table;
        List<Route> routes = new ArrayList<>(table.routes());
        Set<Given<RouteDestination>> routed = new HashSet<>();
        for (Route route : table.routes()) routed.add(route.destination());
        String local = PREFIX + "subnet-" + dashed(range.get()) + "-to-vnetlocal";
        Route own = route(local, range.get(), NextHopType.VNET_LOCAL, subnet);
        // Fact 8.14: a prefix the customer has routed already is left alone.
        if (routed.add(own.destination())) routes.add(own);
        for (ServiceRoute wanted : era.routes()) {
            Route route = route(wanted.name(), wanted.prefix(), NextHopType.INTERNET, subnet);
            if (routed.add(route.destination())) routes.add(route);
        }
        int added = routes.size() - table.routes().size();
        if (added > 0) {
            notices.add(
                    "SERVICE_AIDED_ROUTES_ASSUMED",
                    "the input does not hold " + added + " of the routes that the service adds to "
                            + table.id().name() + " under profile " + era.name() + "; they are assumed",
                    table.place());
        }
        return table.withRoutes(ImmutableList.copyOf(routes));
    }

    private static Route route(String name, Prefix prefix, NextHopType hop, Subnet subnet) {
        Given<RouteDestination> destination = Given.of(new RouteDestination.Block(prefix));
        return new Route(name, subnet.place(), destination, Given.of(hop), null, false, Given.of(true));
    }

    private static Optional<Prefix> range(Subnet subnet) {
        for (Given<Prefix> prefix : subnet.prefixes()) if (!prefix.isUnknown()) return prefix.value();
        return Optional.empty();
    }

    private static String dashed(Prefix prefix) {
        return prefix.network().toString().replace('.', '-') + "-" + prefix.length();
    }
}
