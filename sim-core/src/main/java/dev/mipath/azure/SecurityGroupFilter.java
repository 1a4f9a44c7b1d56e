package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.azure.RuleList.Entry;
import dev.mipath.azure.RuleList.Kind;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.PortRange;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Notice;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One security group at one layer (subnet or NIC) in one direction.
 *
 * <p>Models: network security groups, facts 1.1 to 1.10, 1.27 and 1.28 (read 2026-11-22).
 *
 * <p>Leaves out: flow timeouts (fact 1.12). Admin rules run before this element, in {@link AdminRuleFilter}.
 */
public final class SecurityGroupFilter implements Element {
    /** The reason of a decision that rests on an earlier packet of the flow. */
    private static final int REMEMBERED = Decision.LIMIT;

    private final String name;
    private final RuleList rules;
    private final Links links;
    private final Ending denial;

    /**
     * How a filter is wired.
     *
     * @param self this filter's number
     * @param opposite the number of the filter of the other direction at the same layer, which knows the flows whose
     *     replies pass here
     * @param next the element behind it
     */
    public record Links(int self, int opposite, int next) {}

    /** A filter that applies these rules. */
    public SecurityGroupFilter(String name, RuleList rules, Links links) {
        this(
                name,
                rules,
                links,
                rules.direction() == Direction.INBOUND ? Ending.NSG_DENY_INBOUND : Ending.NSG_DENY_OUTBOUND);
    }

    private SecurityGroupFilter(String name, RuleList rules, Links links, Ending denial) {
        this.name = name;
        this.rules = rules;
        this.links = links;
        this.denial = denial;
    }

    /**
     * The rules of a stateful firewall on the way, which end with a deny of everything. It filters as a security group
     * does, and knows the flows of both directions itself.
     *
     * @param name the element's name
     * @param rules its rules
     * @param self its number
     * @param next the element behind it
     */
    public static SecurityGroupFilter ofFirewall(String name, RuleList rules, int self, int next) {
        return new SecurityGroupFilter(name, rules, new Links(self, self, next), Ending.FIREWALL_DENY);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        if (memory.knows(links.self, header) || memory.knowsReply(links.opposite, header)) {
            return Decision.forward(links.next, REMEMBERED);
        }
        int entry = rules.firstMatch(header);
        if (entry != RuleTable.NONE && rules.entries().get(entry).kind() == Kind.MAYBE) {
            int certain = firstCertain(entry, header);
            int maybe = firstContrary(entry, certain, header);
            if (maybe != RuleTable.NONE) return Decision.end(Ending.UNDETERMINED, maybe);
            entry = certain;
        }
        if (entry == RuleTable.NONE) throw new IllegalStateException("the default rules match every packet");
        if (allows(rules.entries().get(entry))) {
            memory.remember(links.self, header);
            return Decision.forward(links.next, entry);
        }
        return Decision.end(denial, entry);
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        memory.remember(links.self, header);
        return links.next;
    }

    private int firstCertain(int from, Header header) {
        int entry = from;
        while (entry != RuleTable.NONE && rules.entries().get(entry).kind() == Kind.MAYBE) {
            entry = rules.nextMatch(entry + 1, header);
        }
        return entry;
    }

    /** The first maybe before the certain match that would not do the same, or none. */
    private int firstContrary(int from, int certain, Header header) {
        for (int entry = from; entry != certain; entry = rules.nextMatch(entry + 1, header)) {
            RuleFact rule = rules.entries().get(entry).rule();
            if (certain == RuleTable.NONE || !rule.rule().access().is(accessOf(certain))) return entry;
        }
        return RuleTable.NONE;
    }

    private Access accessOf(int certain) {
        return allows(rules.entries().get(certain)) ? Access.ALLOW : Access.DENY;
    }

    private static boolean allows(Entry certain) {
        return certain.kind() == Kind.PLATFORM_ADDRESS
                || certain.rule().rule().access().is(Access.ALLOW);
    }

    @Override
    public ImmutableSortedSet<Integer> stretches(PortRange ports) {
        return rules.stretches(ports);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        int reason = Decision.reason(decision);
        if (reason == REMEMBERED) return new Evidence.FlowRemembered(rules.group());
        Entry entry = rules.entries().get(reason);
        if (entry.kind() == Kind.PLATFORM_ADDRESS) {
            return new Evidence.PlatformAddress(rules.group(), rules.trials(arrived, reason));
        }
        if (entry.kind() == Kind.MAYBE) {
            int certain = firstCertain(reason, arrived);
            @Nullable
            RuleFact fallback = certain == RuleTable.NONE
                    ? null
                    : rules.entries().get(certain).rule();
            return new Evidence.RuleUndetermined(
                    rules.group(), entry.rule(), fallback, entry.missing(), rules.trials(arrived, RuleTable.NONE));
        }
        List<RuleFact> maybes = new ArrayList<>();
        for (int i = rules.firstMatch(arrived); i != reason; i = rules.nextMatch(i + 1, arrived)) {
            RuleFact maybe = rules.entries().get(i).rule();
            if (!maybe.equals(entry.rule())) maybes.add(maybe);
        }
        return new Evidence.RuleMatched(
                entry.rule(),
                rules.trials(arrived, reason),
                ImmutableList.copyOf(maybes),
                grownTagCaveat(entry.rule().rule(), arrived));
    }

    /** Fact 1.20a: whether the subnet's routes really widen the tag is confirmed for appliances only. */
    private ImmutableList<Notice> grownTagCaveat(SecurityRule rule, Header arrived) {
        boolean source = namesVirtualNetwork(rule.match().source())
                && rules.grownByRoutes().contains(arrived.source());
        boolean destination = namesVirtualNetwork(rule.match().destination())
                && rules.grownByRoutes().contains(arrived.destination());
        if (!source && !destination) return ImmutableList.of();
        String address = (source ? arrived.source() : arrived.destination()).toString();
        return ImmutableList.of(new Notice(
                "TAG_GROWN_BY_ROUTES",
                address + " is in the tag VirtualNetwork only because a route of the subnet covers it",
                rule.place()));
    }

    private static boolean namesVirtualNetwork(List<AddressTerm> terms) {
        return terms.stream()
                .anyMatch(term ->
                        term instanceof AddressTerm.Tag tag && tag.name().equalsIgnoreCase("VirtualNetwork"));
    }
}
