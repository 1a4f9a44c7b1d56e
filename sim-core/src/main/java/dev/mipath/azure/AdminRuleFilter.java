package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
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
import org.jspecify.annotations.Nullable;

/**
 * The security admin rules of a VNet in one direction, in front of the security groups.
 *
 * <p>Models: fact 1.30 and "Security admin rules in Azure Virtual Network Manager" (read 2026-11-26): a deny is final, an
 * allow goes on to the security groups, an always-allow goes past them; what no rule matches goes on.
 */
public final class AdminRuleFilter implements Element {
    private static final int REMEMBERED = Decision.LIMIT;
    private static final int NO_RULE = Decision.LIMIT - 1;
    private static final long GOES_ON = 0;
    private static final long GOES_PAST = 1;

    private final String name;
    private final RuleList rules;
    private final Links links;

    /**
     * How a filter is wired.
     *
     * @param memory the number under which flows of this direction are kept; all filters of a subnet share it
     * @param opposite the number under which flows of the other direction are kept
     * @param next the element behind it, of a security group or what stands for none
     * @param past the element behind all security groups
     */
    public record Links(int memory, int opposite, int next, int past) {}

    /** What a packet meets. */
    private enum Outcome {
        ON,
        PAST,
        STOP
    }

    /** A filter; what an always-allow rule lets pass goes past the security groups. */
    public AdminRuleFilter(String name, RuleList rules, Links links) {
        this.name = name;
        this.rules = rules;
        this.links = links;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        long known = memory.keptReply(links.opposite, header);
        if (known != FlowMemory.NOTHING) {
            return Decision.forward(known == GOES_PAST ? links.past : links.next, REMEMBERED);
        }
        int certain = certain(header);
        Outcome outcome = outcome(certain);
        for (int maybe = rules.firstMatch(header); maybe != certain; maybe = rules.nextMatch(maybe + 1, header)) {
            boolean open = rules.entries().get(maybe).rule().rule().access().isUnknown();
            if (open || outcome(maybe) != outcome) return Decision.end(Ending.UNDETERMINED, maybe);
        }
        int reason = certain == RuleTable.NONE ? NO_RULE : certain;
        if (outcome == Outcome.STOP) return Decision.end(Ending.ADMIN_RULE_DENY, reason);
        memory.keep(links.memory, header, outcome == Outcome.PAST ? GOES_PAST : GOES_ON);
        return Decision.forward(outcome == Outcome.PAST ? links.past : links.next, reason);
    }

    private int certain(Header header) {
        int entry = rules.firstMatch(header);
        while (entry != RuleTable.NONE && rules.entries().get(entry).kind() == Kind.MAYBE) {
            entry = rules.nextMatch(entry + 1, header);
        }
        return entry;
    }

    private Outcome outcome(int entry) {
        if (entry == RuleTable.NONE) return Outcome.ON;
        RuleFact rule = rules.entries().get(entry).rule();
        if (rule.rule().access().is(Access.DENY)) return Outcome.STOP;
        return rule.kind() == RuleFact.Kind.ALWAYS_ALLOW ? Outcome.PAST : Outcome.ON;
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        memory.keep(links.memory, header, GOES_ON);
        return links.next;
    }

    @Override
    public Passing passing(long decision) {
        int reason = Decision.reason(decision);
        if (reason == NO_RULE) return Passing.UNSAID;
        return reason != REMEMBERED && outcome(reason) == Outcome.PAST ? Passing.PAST : Passing.ON;
    }

    @Override
    public ImmutableSortedSet<Integer> stretches(PortRange ports) {
        return rules.stretches(ports);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        int reason = Decision.reason(decision);
        if (reason == REMEMBERED) return new Evidence.FlowRemembered(rules.group());
        if (reason == NO_RULE) return new Evidence.At(name, null);
        RuleList.Entry entry = rules.entries().get(reason);
        if (entry.kind() == Kind.MAYBE) {
            int certain = certain(arrived);
            @Nullable
            RuleFact fallback = certain == RuleTable.NONE
                    ? null
                    : rules.entries().get(certain).rule();
            return new Evidence.RuleUndetermined(
                    entry.rule().group(),
                    entry.rule(),
                    fallback,
                    entry.missing(),
                    rules.trials(arrived, RuleTable.NONE));
        }
        return new Evidence.RuleMatched(
                entry.rule(), rules.trials(arrived, reason), ImmutableList.of(), ImmutableList.of());
    }
}
