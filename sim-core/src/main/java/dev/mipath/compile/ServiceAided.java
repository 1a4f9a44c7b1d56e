package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.profile.Era.ServiceRoute;
import dev.mipath.profile.Era.ServiceRule;
import dev.mipath.profile.RegionPairs;
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
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

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
    private final Vnet vnet;
    private final Place assumed;
    private final CompileNotices notices;

    /** {@code vnet} holds the subnets, and its region narrows tags. */
    ServiceAided(Era era, Vnet vnet, CompileNotices notices) {
        this.era = era;
        this.vnet = vnet;
        this.assumed = Place.assumed("assumed by profile " + era.name());
        this.notices = notices;
    }

    /** Whether the subnet is delegated to managed instances, so that the service may add to it. */
    static boolean isDelegated(Subnet subnet) {
        for (String delegation : subnet.delegations()) if (DELEGATION.equalsIgnoreCase(delegation)) return true;
        return false;
    }

    static boolean applies(Era era, Subnet subnet, Topology topology) {
        if (!era.provisions()) return false;
        if (isDelegated(subnet)) return true;
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
            @Nullable String tag = narrowed(wanted.to(), vnet);
            if (tag == null || stands(group.rules(), wanted)) continue;
            SecurityRule rule = rule(wanted, tag, range.get(), rules);
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

    /** Whether the service's own rule is there; an equal rule of the customer's does not keep it away (fact 8.13). */
    private static boolean stands(List<SecurityRule> rules, ServiceRule wanted) {
        for (SecurityRule rule : rules) {
            boolean own = rule.name().regionMatches(true, 0, PREFIX, 0, PREFIX.length());
            if (own && rule.name().contains("mi-" + wanted.stem())) return true;
        }
        return false;
    }

    private SecurityRule rule(ServiceRule wanted, String to, Prefix range, List<SecurityRule> taken) {
        boolean optional = wanted.stem().startsWith("optional-");
        Given<Direction> direction = Given.of(wanted.inbound() ? Direction.INBOUND : Direction.OUTBOUND);
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        if (wanted.ports().isEmpty()) ports.add(Given.of(PortRange.ANY));
        for (int port : wanted.ports()) ports.add(Given.of(new PortRange(port, port)));
        return new SecurityRule(
                PREFIX + "mi-" + wanted.stem() + "-" + dashed(range) + (optional ? "" : era.version()),
                assumed,
                Given.of(lowestFree(taken, direction)),
                direction,
                Given.of(Access.ALLOW),
                new SecurityRule.Match(
                        Given.of(Protocol.parse(wanted.protocol())),
                        ImmutableList.of(term(wanted.from(), range)),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(term(to, range)),
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
        Route own = route(local, new RouteDestination.Block(range.get()), NextHopType.VNET_LOCAL);
        // Fact 8.14: a prefix the customer has routed already is left alone.
        if (routed.add(own.destination())) routes.add(own);
        for (ServiceRoute wanted : era.routes()) {
            @Nullable Route route = route(wanted);
            if (route != null && routed.add(route.destination())) routes.add(route);
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

    private @Nullable Route route(ServiceRoute wanted) {
        @Nullable Prefix prefix = wanted.prefix();
        if (prefix != null) return route(wanted.name(), new RouteDestination.Block(prefix), NextHopType.INTERNET);
        @Nullable String tag = wanted.tag() == null ? null : narrowed(wanted.tag(), vnet);
        return tag == null ? null : route(PREFIX + "mi-" + tag, new RouteDestination.Tag(tag), NextHopType.INTERNET);
    }

    private Route route(String name, RouteDestination destination, NextHopType hop) {
        return new Route(name, assumed, Given.of(destination), Given.of(hop), null, false, Given.of(true));
    }

    /** The tag narrowed to the VNet's region or to the one paired with it; null when its region has no pair. */
    static @Nullable String narrowed(String tag, Vnet vnet) {
        boolean paired = tag.endsWith(Era.PAIRED_REGION);
        if (!paired && !tag.endsWith(Era.REGION)) return tag;
        String stem = tag.substring(0, tag.length() - (paired ? Era.PAIRED_REGION : Era.REGION).length());
        if (vnet.location().isUnknown()) {
            return stem + (paired ? ".‹paired region of " : ".‹region of ")
                    + vnet.id().name() + "›";
        }
        String region = vnet.location().orElse("");
        if (!paired) return stem + "." + RegionPairs.spelling(region);
        return RegionPairs.pairedWith(region).map(pair -> stem + "." + pair).orElse(null);
    }

    private static Optional<Prefix> range(Subnet subnet) {
        for (Given<Prefix> prefix : subnet.prefixes()) if (!prefix.isUnknown()) return prefix.value();
        return Optional.empty();
    }

    private static String dashed(Prefix prefix) {
        return prefix.network().toString().replace('.', '-') + "-" + prefix.length();
    }
}
