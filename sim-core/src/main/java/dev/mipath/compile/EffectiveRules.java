package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RuleList;
import dev.mipath.azure.RuleList.Entry;
import dev.mipath.azure.RuleList.Kind;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;

/**
 * The rules of one group in one direction as one subnet sees them: ordered, defaults added, tags resolved,
 * and what is unknown turned into entries that only may match.
 */
final class EffectiveRules {
    private final ResourceId group;
    private final Direction direction;
    private final SubnetView view;
    private final List<Entry> entries = new ArrayList<>();
    private final RuleTable.Builder table = new RuleTable.Builder();

    private EffectiveRules(ResourceId group, Direction direction, SubnetView view) {
        this.group = group;
        this.direction = direction;
        this.view = view;
    }

    /** The list of a group that the input holds. */
    static RuleList of(NetworkSecurityGroup group, Direction direction, SubnetView view) {
        return new EffectiveRules(group.id(), direction, view).compile(group.rules());
    }

    /** The list of a group that the input does not hold: any rule may stand in it. */
    static RuleList ofMissing(ResourceId group, Place place, Direction direction, SubnetView view) {
        String what = "network security group " + group.name();
        SecurityRule anything = new SecurityRule(
                "‹rules of " + group.name() + "›",
                place,
                Given.unknown(what, place),
                Given.of(direction),
                Given.unknown(what, place),
                SecurityRule.Match.ANY);
        return new EffectiveRules(group, direction, view).compile(ImmutableList.of(anything));
    }

    /** The rules of a firewall in the order in which it asks them, and its deny of everything else. */
    static RuleList ofFirewall(Firewall firewall, SubnetView view) {
        EffectiveRules rules = new EffectiveRules(firewall.id(), Direction.INBOUND, view);
        for (SecurityRule rule : firewall.rules()) rules.add(rule, false);
        SecurityRule rest = new SecurityRule(
                "default deny",
                firewall.place(),
                Given.of(DefaultRules.FIRST_PRIORITY),
                Given.of(Direction.INBOUND),
                Given.of(Access.DENY),
                SecurityRule.Match.ANY);
        rules.add(rest, true);
        return rules.listed();
    }

    /** Rules of several collections in the order of their priorities, without any default. */
    static RuleList ofAdmin(ResourceId group, List<RuleFact> ordered, Direction direction, SubnetView view) {
        EffectiveRules rules = new EffectiveRules(group, direction, view);
        for (RuleFact fact : ordered) rules.add(fact);
        return rules.listed();
    }

    private RuleList listed() {
        return new RuleList(group, direction, ImmutableList.copyOf(entries), table.build(), AddressSet.empty());
    }

    private RuleList compile(List<SecurityRule> declared) {
        List<SecurityRule> ordered = new ArrayList<>();
        for (SecurityRule rule : declared) if (rule.direction().mayBe(direction)) ordered.add(rule);
        ordered.sort((one, other) ->
                Integer.compare(one.priority().orElse(0), other.priority().orElse(0)));
        for (SecurityRule rule : ordered) add(rule, false);
        boolean inbound = direction == Direction.INBOUND;
        for (SecurityRule rule : inbound ? DefaultRules.INBOUND : DefaultRules.OUTBOUND) add(rule, true);
        if (!inbound) addPlatformAddresses();
        return new RuleList(group, direction, ImmutableList.copyOf(entries), table.build(), view.grownByRoutes());
    }

    private void add(SecurityRule rule, boolean isDefault) {
        add(new RuleFact(group, rule, isDefault ? RuleFact.Kind.DEFAULT : RuleFact.Kind.CUSTOMERS));
    }

    private void add(RuleFact fact) {
        SecurityRule rule = fact.rule();
        Meaning source = union(rule.match().source());
        Meaning destination = stoppable(rule, union(rule.match().destination()));
        List<String> missingMatch = new ArrayList<>();
        missingMatch.addAll(source.missing());
        missingMatch.addAll(destination.missing());
        for (Given<PortRange> port : rule.match().sourcePorts()) note(port, missingMatch);
        for (Given<PortRange> port : rule.match().destinationPorts()) note(port, missingMatch);
        List<String> missingRule = new ArrayList<>();
        note(rule.priority(), missingRule);
        note(rule.direction(), missingRule);
        note(rule.access(), missingRule);
        note(rule.present(), missingRule);
        note(rule.match().protocol(), missingRule);

        if (missingRule.isEmpty()) {
            addEntry(fact, Kind.CERTAIN, ImmutableSet.of(), source.certain(), destination.certain());
        }
        if (!missingRule.isEmpty() || !missingMatch.isEmpty()) {
            ImmutableSet<String> missing = ImmutableSet.<String>builder()
                    .addAll(missingRule)
                    .addAll(missingMatch)
                    .build();
            addEntry(fact, Kind.MAYBE, missing, source.possible(), destination.possible());
        }
    }

    private static void note(Given<?> given, List<String> missing) {
        if (given instanceof Given.Unknown<?> unknown) missing.add(unknown.what());
    }

    private Meaning union(List<AddressTerm> terms) {
        Meaning all = Meaning.NOTHING;
        for (AddressTerm term : terms) all = all.union(view.of(term));
        return all;
    }

    /** Fact 1.27: outbound, only a rule that names a platform tag stops the platform's own addresses. */
    private Meaning stoppable(SecurityRule rule, Meaning destination) {
        // A rule of unknown action may still be one that lets these addresses pass.
        if (direction == Direction.INBOUND || rule.access().mayBe(Access.ALLOW)) return destination;
        List<AddressTerm> terms = rule.match().destination();
        boolean mayName = false;
        for (AddressTerm term : terms) {
            if (isPlatformTag(term)) return destination;
            mayName |= term instanceof AddressTerm.Unknown;
        }
        Meaning spared = destination.minus(Meaning.of(PlatformRanges.HOST_VIRTUAL));
        return mayName ? new Meaning(spared.certain(), destination.possible(), destination.missing()) : spared;
    }

    private static boolean isPlatformTag(AddressTerm term) {
        String common = "AzurePlatform";
        return term instanceof AddressTerm.Tag tag && tag.name().regionMatches(true, 0, common, 0, common.length());
    }

    private void addPlatformAddresses() {
        RuleFact last = entries.get(entries.size() - 1).rule();
        entries.add(new Entry(
                last, Kind.PLATFORM_ADDRESS, ImmutableList.of(), AddressSet.any(), PlatformRanges.HOST_VIRTUAL));
        table.rule(Protocol.ANY.number()).anySource().sourcePorts(0, 65_535).destinationPorts(0, 65_535);
        destinations(PlatformRanges.HOST_VIRTUAL);
    }

    private void addEntry(
            RuleFact fact, Kind kind, ImmutableSet<String> missing, AddressSet source, AddressSet destination) {
        SecurityRule.Match match = fact.rule().match();
        entries.add(new Entry(fact, kind, missing.asList(), source, destination));
        table.rule(match.protocol().orElse(Protocol.ANY).number());
        sources(source);
        destinations(destination);
        for (PortRange ports : possible(match.sourcePorts(), kind)) table.sourcePorts(ports.first(), ports.last());
        for (PortRange ports : possible(match.destinationPorts(), kind)) {
            table.destinationPorts(ports.first(), ports.last());
        }
    }

    private static List<PortRange> possible(List<Given<PortRange>> ports, Kind kind) {
        List<PortRange> possible = new ArrayList<>();
        for (Given<PortRange> port : ports) {
            if (port instanceof Given.Known<PortRange> known) possible.add(known.known());
            else if (kind == Kind.MAYBE) possible.add(PortRange.ANY);
        }
        return possible;
    }

    private void sources(AddressSet set) {
        for (AddressRange range : set.ranges()) {
            Address first = range.first();
            Address last = range.last();
            if (first.v6()) table.source(first.high(), first.low(), last.high(), last.low());
            else table.source(first.bits(), last.bits());
        }
    }

    private void destinations(AddressSet set) {
        for (AddressRange range : set.ranges()) {
            Address first = range.first();
            Address last = range.last();
            if (first.v6()) table.destination(first.high(), first.low(), last.high(), last.low());
            else table.destination(first.bits(), last.bits());
        }
    }
}
