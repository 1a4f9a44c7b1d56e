package dev.mipath.explain;

import dev.mipath.explain.FlowVerdict.Access;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Packet;
import dev.mipath.topology.SecurityRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule that would have turned the verdict, had one or two of its fields matched. */
final class NearMiss {
    private static final int MISSED_MAX = 2;

    private NearMiss() {}

    /** One sentence, or null when no rule comes near. */
    static @Nullable String of(Evidence.RuleMatched why, Access verdict, Packet packet) {
        dev.mipath.topology.Access opposite =
                verdict == Access.DENY ? dev.mipath.topology.Access.ALLOW : dev.mipath.topology.Access.DENY;
        String would = verdict == Access.DENY ? " would allow it" : " would deny it";
        @Nullable RuleTrial nearest = nearest(why.trials(), opposite);
        if (nearest != null) {
            return named(nearest) + would + " but for " + missed(nearest, packet);
        }
        for (RuleTrial trial : why.trials()) {
            boolean wouldTurn = trial.afterWinner()
                    && trial.fields() == RuleTable.ALL
                    && !trial.rule().isDefault();
            if (wouldTurn && trial.rule().rule().access().is(opposite)) {
                return named(trial) + would + " but is not reached";
            }
        }
        return null;
    }

    private static @Nullable RuleTrial nearest(List<RuleTrial> trials, dev.mipath.topology.Access opposite) {
        @Nullable RuleTrial nearest = null;
        int best = 0;
        for (RuleTrial trial : trials) {
            int matched = Integer.bitCount(trial.fields());
            // What misses nothing stands after the winner, or is a maybe that is told elsewhere.
            boolean near = matched >= 5 - MISSED_MAX && trial.possible() != RuleTable.ALL;
            if (!near || trial.afterWinner() || !trial.rule().rule().access().is(opposite)) continue;
            // A rule for these very hosts that stops at the port is more likely meant than one for others.
            int hosts = Integer.bitCount(trial.fields() & (RuleTable.SOURCE | RuleTable.DESTINATION));
            if (matched * 3 + hosts > best) {
                nearest = trial;
                best = matched * 3 + hosts;
            }
        }
        return nearest;
    }

    private static String named(RuleTrial trial) {
        SecurityRule rule = trial.rule().rule();
        return Safe.text(rule.name()) + " (" + rule.priority() + ")";
    }

    private static String missed(RuleTrial trial, Packet packet) {
        SecurityRule.Match match = trial.rule().rule().match();
        int matched = trial.fields();
        StringBuilder text = new StringBuilder();
        if ((matched & RuleTable.PROTOCOL) == 0) {
            add(
                    "the protocol",
                    Words.protocol(match.protocol()),
                    packet.protocol().azureName(),
                    text);
        }
        if ((matched & RuleTable.SOURCE) == 0) {
            add("the source", Words.list(match.source(), 3), packet.source().toString(), text);
        }
        if ((matched & RuleTable.SOURCE_PORT) == 0) {
            add("the source port", Words.list(match.sourcePorts(), 3), String.valueOf(packet.sourcePort()), text);
        }
        if ((matched & RuleTable.DESTINATION) == 0) {
            add(
                    "the destination",
                    Words.list(match.destination(), 3),
                    packet.destination().toString(),
                    text);
        }
        if ((matched & RuleTable.DESTINATION_PORT) == 0) {
            String port = String.valueOf(packet.destinationPort());
            add("the destination port", Words.list(match.destinationPorts(), 3), port, text);
        }
        return text.toString();
    }

    private static void add(String field, String wanted, String is, StringBuilder text) {
        if (text.length() > 0) text.append(" and ");
        text.append(field)
                .append(": it names ")
                .append(wanted)
                .append(", the flow has ")
                .append(is);
    }
}
