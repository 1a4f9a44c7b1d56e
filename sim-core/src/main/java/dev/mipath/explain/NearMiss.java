package dev.mipath.explain;

import dev.mipath.explain.FlowVerdict.Access;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.lookup.RuleTable;
import dev.mipath.net.Packet;
import dev.mipath.net.PortRange;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rule that would have turned the verdict, had one more of its fields matched. */
final class NearMiss {
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
            boolean near = Integer.bitCount(trial.fields()) == 4 && trial.possible() != RuleTable.ALL;
            if (!near || trial.afterWinner() || !trial.rule().rule().access().is(opposite)) continue;
            // A rule for these very hosts that stops at the port is more likely meant than one for others.
            int hosts = Integer.bitCount(trial.fields() & (RuleTable.SOURCE | RuleTable.DESTINATION));
            // So is a rule that names a port.
            boolean anyPort = trial.rule().rule().match().destinationPorts().contains(Given.of(PortRange.ANY));
            int score = hosts * 2 + (anyPort ? 0 : 1);
            if (score > best) {
                nearest = trial;
                best = score;
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
        return switch (RuleTable.ALL & ~trial.fields()) {
            case RuleTable.PROTOCOL ->
                missed(
                        "protocol",
                        Words.protocol(match.protocol()),
                        packet.protocol().azureName());
            case RuleTable.SOURCE ->
                missed("source", Words.list(match.source(), 3), packet.source().toString());
            case RuleTable.SOURCE_PORT ->
                missed("source port", Words.list(match.sourcePorts(), 3), String.valueOf(packet.sourcePort()));
            case RuleTable.DESTINATION ->
                missed(
                        "destination",
                        Words.list(match.destination(), 3),
                        packet.destination().toString());
            default ->
                missed(
                        "destination port",
                        Words.list(match.destinationPorts(), 3),
                        String.valueOf(packet.destinationPort()));
        };
    }

    private static String missed(String field, String wanted, String is) {
        return "the " + field + ": it names " + wanted + ", the flow has " + is;
    }
}
