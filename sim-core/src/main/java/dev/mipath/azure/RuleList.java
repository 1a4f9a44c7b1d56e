package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rules of one group in one direction as one subnet sees them, in order of evaluation.
 *
 * @param group the security group
 * @param direction the direction
 * @param entries the entries; a rule that is partly unknown has a certain entry and a maybe entry after it
 * @param table the entries compiled, index by index
 * @param grownByRoutes what the tag VirtualNetwork holds only because of the subnet's own routes (fact 1.20a)
 */
public record RuleList(
        ResourceId group,
        Direction direction,
        ImmutableList<Entry> entries,
        RuleTable table,
        AddressSet grownByRoutes) {

    /**
     * One entry of the list.
     *
     * @param rule the rule it stands for
     * @param kind what a match means
     * @param missing what would have to be known; empty unless the kind is {@link Kind#MAYBE}
     * @param source the sources it matches; of a maybe entry those that it may match
     * @param destination the destinations it matches; of a maybe entry those that it may match
     */
    public record Entry(
            RuleFact rule, Kind kind, ImmutableList<String> missing, AddressSet source, AddressSet destination) {}

    /** What a match of an entry means. */
    public enum Kind {
        /** The rule matches. */
        CERTAIN,
        /** The rule may match, or may not exist, or its action is unknown. */
        MAYBE,
        /** No rule: the platform's own addresses pass (fact 1.27). */
        PLATFORM_ADDRESS
    }

    int nextMatch(int from, Header header) {
        if (header.v6()) {
            return table.nextMatch(
                    from,
                    header.sourceHigh(),
                    header.sourceLow(),
                    header.sourcePort(),
                    header.destinationHigh(),
                    header.destinationLow(),
                    header.destinationPort(),
                    header.protocol());
        }
        return table.nextMatch(
                from,
                (int) header.sourceLow(),
                header.sourcePort(),
                (int) header.destinationLow(),
                header.destinationPort(),
                header.protocol());
    }

    int firstMatch(Header header) {
        if (header.v6()) {
            return table.match(
                    header.sourceHigh(),
                    header.sourceLow(),
                    header.sourcePort(),
                    header.destinationHigh(),
                    header.destinationLow(),
                    header.destinationPort(),
                    header.protocol());
        }
        return table.match(
                (int) header.sourceLow(),
                header.sourcePort(),
                (int) header.destinationLow(),
                header.destinationPort(),
                header.protocol());
    }

    /** The first ports of the stretches of a range inside of which no rule treats destination ports differently. */
    ImmutableSortedSet<Integer> stretches(PortRange ports) {
        ImmutableSortedSet.Builder<Integer> starts = ImmutableSortedSet.naturalOrder();
        starts.add(ports.first());
        for (Entry entry : entries) {
            for (Given<PortRange> given : entry.rule().rule().match().destinationPorts()) {
                if (!(given instanceof Given.Known<PortRange> named)) continue;
                PortRange range = named.known();
                if (ports.contains(range.first())) starts.add(range.first());
                if (ports.contains(range.last() + 1)) starts.add(range.last() + 1);
            }
        }
        return starts.build();
    }

    /** Every rule but the deciding one, in order, with the fields of it that match the packet. */
    ImmutableList<RuleTrial> trials(Header header, int deciding) {
        boolean byRule = deciding >= 0 && entries.get(deciding).kind() != Kind.PLATFORM_ADDRESS;
        @Nullable RuleFact decided = byRule ? entries.get(deciding).rule() : null;
        List<RuleTrial> trials = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            Entry entry = entries.get(i);
            if (entry.kind() == Kind.PLATFORM_ADDRESS || entry.rule().equals(decided)) continue;
            int fields = fields(i, header);
            int last = trials.size() - 1;
            @Nullable RuleTrial before = last < 0 ? null : trials.get(last);
            if (before != null && before.rule().equals(entry.rule())) {
                // The maybe entry of a rule that is partly unknown stands behind the certain one and widens it.
                trials.set(
                        last,
                        new RuleTrial(
                                before.rule(), before.fields(), before.possible() | fields, before.afterWinner()));
            } else {
                trials.add(new RuleTrial(entry.rule(), fields, fields, deciding >= 0 && i > deciding));
            }
        }
        return ImmutableList.copyOf(trials);
    }

    private int fields(int entry, Header header) {
        if (header.v6()) {
            return table.fields(
                    entry,
                    header.sourceHigh(),
                    header.sourceLow(),
                    header.sourcePort(),
                    header.destinationHigh(),
                    header.destinationLow(),
                    header.destinationPort(),
                    header.protocol());
        }
        return table.fields(
                entry,
                (int) header.sourceLow(),
                header.sourcePort(),
                (int) header.destinationLow(),
                header.destinationPort(),
                header.protocol());
    }
}
