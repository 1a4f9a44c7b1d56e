package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Candidate edits for findings; the doctor tries them before it offers them. */
final class Remedies {
    private static final int FIRST_PRIORITY = 100;
    private static final int LAST_PRIORITY = 4096;
    private static final Place PLACE = Place.assumed("remedy");

    private Remedies() {}

    /** An allow for a mandatory flow before the rules that deny it. */
    static ImmutableList<Change> allow(SubnetCase of, MandatoryFlow flow, List<RuleFact> denying) {
        AddressTerm own = new AddressTerm.Block(of.prefix().orElseThrow());
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        if (flow.ports().isEmpty()) ports.add(Given.of(PortRange.ANY));
        flow.ports().forEach(port -> ports.add(Given.of(port)));
        SecurityRule.Match match = new SecurityRule.Match(
                Given.of(flow.protocol()),
                ImmutableList.of(flow.inbound() ? flow.peer() : own),
                ImmutableList.of(Given.of(PortRange.ANY)),
                ImmutableList.of(flow.inbound() ? own : flow.peer()),
                ports.build());
        String name = "allow_" + flow.requirement().id().replace('-', '_');
        return before(of, name, flow.inbound() ? Direction.INBOUND : Direction.OUTBOUND, match, denying);
    }

    /** The redirect ports for whoever the rules of port 1433 let in, before the rules that deny them. */
    static ImmutableList<Change> redirect(SubnetCase of, List<RuleFact> opening, List<RuleFact> denying) {
        Set<AddressTerm> sources = new LinkedHashSet<>();
        for (RuleFact rule : opening) sources.addAll(rule.rule().match().source());
        if (sources.isEmpty()) return ImmutableList.of();
        AddressTerm any = new AddressTerm.Any();
        SecurityRule.Match match = new SecurityRule.Match(
                Given.of(Protocol.TCP),
                sources.contains(any) ? ImmutableList.of(any) : ImmutableList.copyOf(sources),
                ImmutableList.of(Given.of(PortRange.ANY)),
                ImmutableList.of(new AddressTerm.Block(of.prefix().orElseThrow())),
                ImmutableList.of(Given.of(new PortRange(11_000, 11_999))));
        return before(of, "allow_redirect_inbound", Direction.INBOUND, match, denying);
    }

    private static ImmutableList<Change> before(
            SubnetCase of, String wanted, Direction direction, SecurityRule.Match match, List<RuleFact> denying) {
        Optional<NetworkSecurityGroup> group = of.group();
        if (group.isEmpty()) return ImmutableList.of();
        String name = unused(wanted, group.get());
        Set<Integer> taken = taken(of, group.get(), direction);
        int bound = LAST_PRIORITY + 1;
        @Nullable RuleFact first = null;
        for (RuleFact rule : denying) {
            int priority = rule.rule().priority().orElse(bound);
            if (priority < bound && !rule.isDefault()) {
                bound = priority;
                first = rule;
            }
        }
        int free = of.manual() ? lowest(taken) : bound - 1;
        while (free >= FIRST_PRIORITY && taken.contains(free)) free--;
        if (free >= FIRST_PRIORITY && free < bound) {
            return ImmutableList.of(new Change.AddRule(group.get().id(), rule(name, direction, match, free)));
        }
        if (first == null) return ImmutableList.of();
        // No number is free before it: the denying rule gives its own up and takes the next free one.
        int next = bound + 1;
        while (taken.contains(next)) next++;
        SecurityRule moved = withPriority(first.rule(), next);
        return ImmutableList.of(
                new Change.ReplaceRule(group.get().id(), moved),
                new Change.AddRule(group.get().id(), rule(name, direction, match, bound)));
    }

    /** The deprecated mode wants the mandatory rules before all others. */
    private static int lowest(Set<Integer> taken) {
        int free = FIRST_PRIORITY;
        while (taken.contains(free)) free++;
        return free;
    }

    private static SecurityRule rule(String name, Direction direction, SecurityRule.Match match, int priority) {
        return new SecurityRule(name, PLACE, Given.of(priority), Given.of(direction), Given.of(Access.ALLOW), match);
    }

    private static SecurityRule withPriority(SecurityRule rule, int priority) {
        return new SecurityRule(
                rule.name(),
                rule.place(),
                Given.of(priority),
                rule.direction(),
                rule.access(),
                rule.match(),
                rule.present());
    }

    /** The numbers that rules have, those that the service has added by itself among them. */
    private static Set<Integer> taken(SubnetCase of, NetworkSecurityGroup group, Direction direction) {
        Set<Integer> taken = new HashSet<>();
        for (SecurityRule rule : group.rules()) {
            if (rule.direction().mayBe(direction)) taken.add(rule.priority().orElse(0));
        }
        for (RuleList.Entry entry :
                SubnetFilter.of(of.tables(), direction == Direction.INBOUND).entries()) {
            if (entry.kind() == RuleList.Kind.PLATFORM_ADDRESS) continue;
            taken.add(entry.rule().rule().priority().orElse(0));
        }
        return taken;
    }

    /** The name, or with a number behind it when a rule is called so already. */
    private static String unused(String name, NetworkSecurityGroup group) {
        String unused = name;
        for (int number = 2; isTaken(unused, group); number++) unused = name + "_" + number;
        return unused;
    }

    private static boolean isTaken(String name, NetworkSecurityGroup group) {
        return group.rules().stream().anyMatch(rule -> rule.name().equalsIgnoreCase(name));
    }

    /** One rule for the whole set of ports instead of several. */
    static ImmutableList<Change> oneRule(SubnetCase of, MandatoryFlow flow, List<RuleFact> allowing) {
        Optional<NetworkSecurityGroup> group = of.group();
        if (group.isEmpty() || allowing.stream().anyMatch(RuleFact::isDefault)) return ImmutableList.of();
        SecurityRule first = allowing.get(0).rule();
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        SecurityRule.Match match = first.match();
        ImmutableList.Builder<Given<PortRange>> ports = ImmutableList.builder();
        flow.ports().forEach(port -> ports.add(Given.of(port)));
        changes.add(new Change.ReplaceRule(
                group.get().id(),
                new SecurityRule(
                        first.name(),
                        first.place(),
                        first.priority(),
                        first.direction(),
                        first.access(),
                        new SecurityRule.Match(
                                match.protocol(),
                                match.source(),
                                match.sourcePorts(),
                                match.destination(),
                                ports.build()))));
        for (RuleFact rule : allowing.subList(1, allowing.size())) {
            changes.add(new Change.RemoveRule(group.get().id(), rule.rule().name()));
        }
        return changes.build();
    }

    /** Rules that stand before the mandatory ones are put behind them. */
    static ImmutableList<Change> behind(SubnetCase of, List<RuleFact> early, int last) {
        Optional<NetworkSecurityGroup> group = of.group();
        if (group.isEmpty()) return ImmutableList.of();
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        Set<Integer> taken = new HashSet<>();
        for (RuleFact rule : early) {
            taken.addAll(taken(of, group.get(), rule.rule().direction().orElse(Direction.INBOUND)));
            int next = last + 1;
            while (taken.contains(next)) next++;
            taken.add(next);
            changes.add(new Change.ReplaceRule(group.get().id(), withPriority(rule.rule(), next)));
        }
        return changes.build();
    }

    static ImmutableList<Change> remove(SubnetCase of, List<RuleFact> rules) {
        Optional<NetworkSecurityGroup> group = of.group();
        if (group.isEmpty()) return ImmutableList.of();
        return rules.stream()
                .filter(rule -> !rule.isDefault())
                .map(rule -> new Change.RemoveRule(group.get().id(), rule.rule().name()))
                .collect(ImmutableList.toImmutableList());
    }

    /** Removes the rule or route of this name. */
    static ImmutableList<Change> removeNamed(SubnetCase of, String name) {
        for (NetworkSecurityGroup group : of.group().stream().toList()) {
            for (SecurityRule rule : group.rules()) {
                if (rule.name().equals(name)) return ImmutableList.of(new Change.RemoveRule(group.id(), name));
            }
        }
        for (RouteTable table : of.table().stream().toList()) {
            for (Route route : table.routes()) {
                if (route.name().equals(name)) return ImmutableList.of(new Change.RemoveRoute(table.id(), name));
            }
        }
        return ImmutableList.of();
    }

    /** The routes that lead astray go, or else the lost prefixes get routes of their own. */
    static ImmutableList<Change> route(SubnetCase of, List<RouteFact> stealing, AddressSet lost, NextHopType wanted) {
        Optional<RouteTable> table = of.table();
        if (table.isEmpty()) return ImmutableList.of();
        boolean narrow = !of.manual()
                && !stealing.isEmpty()
                && stealing.stream()
                        .allMatch(route -> route.origin().source() == RouteFact.Source.USER
                                && !route.prefixes().contains(Prefix.ALL_V4));
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        if (narrow) {
            for (RouteFact route : stealing) {
                changes.add(new Change.RemoveRoute(
                        table.get().id(), String.valueOf(route.origin().name())));
            }
            return changes.build();
        }
        if (wanted == NextHopType.INTERNET) addMandatory(of, table.get(), lost, changes);
        else for (Prefix prefix : lost.prefixes()) add(table.get(), "subnet_to_vnetlocal", prefix, wanted, changes);
        return changes.build();
    }

    /** The documented routes that hold what is lost. */
    private static void addMandatory(
            SubnetCase of, RouteTable table, AddressSet lost, ImmutableList.Builder<Change> changes) {
        Era era = of.manual() ? Era.Y2020 : of.era();
        for (Era.ServiceRoute route : era.routes()) {
            @Nullable Prefix prefix = route.prefix();
            if (prefix != null && lost.intersects(AddressSet.of(prefix))) {
                add(table, route.name(), prefix, NextHopType.INTERNET, changes);
            }
        }
    }

    private static void add(
            RouteTable table, String name, Prefix prefix, NextHopType hop, ImmutableList.Builder<Change> changes) {
        Given<RouteDestination> destination = Given.of(new RouteDestination.Block(prefix));
        for (Route route : table.routes()) {
            if (route.destination().equals(destination)) {
                changes.add(new Change.ReplaceRoute(table.id(), route(route.name(), destination, hop)));
                return;
            }
        }
        changes.add(new Change.AddRoute(table.id(), route(name, destination, hop)));
    }

    private static Route route(String name, Given<RouteDestination> destination, NextHopType hop) {
        return new Route(name, PLACE, destination, Given.of(hop), null, false, Given.of(true));
    }
}
