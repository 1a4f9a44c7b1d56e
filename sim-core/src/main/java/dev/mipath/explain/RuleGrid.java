package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.lookup.RuleTable;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rules of one layer against one flow, a row each, with a tick or cross per field. */
final class RuleGrid {
    /** More losers than these are left out unless asked for; the nearest stay. */
    private static final int LOSERS_MAX = 10;

    private static final int NOT_REACHED_MAX = 3;

    private final boolean all;
    private final Grid grid = new Grid();
    private int leftOut;
    private boolean open;

    /**
     * The rows of one list.
     *
     * @param trials the other rules
     * @param winner the rule that decides, or would if no rule before it matched, or null
     * @param maybe a rule before it that may decide otherwise, or null
     * @param all whether to show every rule
     */
    private RuleGrid(
            ImmutableList<RuleTrial> trials, @Nullable RuleFact winner, @Nullable RuleFact maybe, boolean all) {
        this.all = all;
        heading();
        boolean passed = false;
        int least = fewestFields(trials);
        int notReached = 0;
        for (RuleTrial trial : trials) {
            if (!passed && trial.afterWinner() && winner != null) {
                marked("→", new RuleTrial(winner, RuleTable.ALL, RuleTable.ALL, false), "decides");
                passed = true;
            }
            boolean after = passed || trial.afterWinner();
            if (trial.rule().equals(maybe)) {
                marked("?", trial, "may decide");
            } else if (trial.rule().equals(winner)) {
                marked("", trial, "decides otherwise");
                passed = true;
            } else if (!after && (all || near(trial, least))) {
                row(trial, false);
            } else if (after && (all || wouldMatch(trial) && notReached++ < NOT_REACHED_MAX)) {
                row(trial, true);
            } else {
                leftOut++;
            }
        }
        if (!passed && winner != null)
            marked("→", new RuleTrial(winner, RuleTable.ALL, RuleTable.ALL, false), "decides");
    }

    /** The rows behind a filter's verdict, or null when no list was asked. */
    static @Nullable RuleGrid of(Evidence why, boolean all) {
        if (why instanceof Evidence.RuleMatched matched) {
            return new RuleGrid(matched.trials(), matched.rule(), null, all);
        }
        if (why instanceof Evidence.RuleUndetermined open) {
            return new RuleGrid(open.trials(), open.certain(), open.maybe(), all);
        }
        if (why instanceof Evidence.PlatformAddress platform) return new RuleGrid(platform.trials(), null, null, all);
        return null;
    }

    private static boolean wouldMatch(RuleTrial trial) {
        return trial.fields() == RuleTable.ALL && !trial.rule().isDefault();
    }

    private void heading() {
        for (String title :
                new String[] {"", "prio", "rule", "", "protocol", "source", "src port", "destination", "dst port"}) {
            grid.cell(title, Tone.FAINT);
        }
        grid.end();
    }

    /** How many fields a loser must match to be among the nearest. */
    private static int fewestFields(List<RuleTrial> trials) {
        int[] byFields = new int[6];
        for (RuleTrial trial : trials) if (!trial.afterWinner()) byFields[Integer.bitCount(trial.possible())]++;
        int shown = 0;
        for (int fields = 5; fields > 0; fields--) {
            shown += byFields[fields];
            if (shown > LOSERS_MAX) return shown == byFields[fields] ? fields : fields + 1;
        }
        return 0;
    }

    private int nearShown;

    private boolean near(RuleTrial trial, int least) {
        return Integer.bitCount(trial.possible()) >= least && nearShown++ < LOSERS_MAX;
    }

    private void marked(String mark, RuleTrial trial, String remark) {
        grid.cell(mark, Tone.STRONG);
        name(trial.rule(), Tone.STRONG);
        fields(trial.rule(), trial.fields(), trial.possible(), Tone.STRONG);
        end(trial.rule(), remark, Tone.STRONG);
    }

    private void row(RuleTrial trial, boolean after) {
        Tone tone = after ? Tone.FAINT : Tone.PLAIN;
        grid.cell("");
        name(trial.rule(), tone);
        fields(trial.rule(), trial.fields(), trial.possible(), tone);
        String remark =
                trial.possible() == RuleTable.ALL ? "may match" : sparesPlatform(trial) ? "spares platform" : "";
        end(trial.rule(), after ? "not reached" : remark, tone);
    }

    /** A deny for every address that misses the destination: only the platform's own escape it (fact 1.27). */
    private static boolean sparesPlatform(RuleTrial trial) {
        if ((trial.possible() & RuleTable.DESTINATION) != 0) return false;
        for (AddressTerm term : trial.rule().rule().match().destination()) {
            if (term instanceof AddressTerm.Any) return true;
        }
        return false;
    }

    private void end(RuleFact rule, String remark, Tone tone) {
        grid.cell(remark, tone)
                .cell(Words.lastPart(rule.rule().place(), all), Tone.FAINT)
                .end();
    }

    private void name(RuleFact fact, Tone tone) {
        SecurityRule rule = fact.rule();
        String priority =
                rule.priority().value().isEmpty() ? "?" : rule.priority().toString();
        grid.cell(priority, tone).cell(Words.inTable(rule.name()), tone);
        boolean allows = rule.access().is(Access.ALLOW);
        Tone action = rule.access().isUnknown() ? Tone.UNSURE : allows ? Tone.GOOD : Tone.BAD;
        grid.cell(Words.access(fact), tone == Tone.FAINT ? tone : action);
    }

    private void fields(RuleFact fact, int fields, int possible, Tone tone) {
        SecurityRule.Match match = fact.rule().match();
        int most = all ? 3 : 1;
        mark(fields, possible, RuleTable.PROTOCOL, open(match.protocol()), Words.protocol(match.protocol()), tone);
        mark(fields, possible, RuleTable.SOURCE, open(match.source()), Words.list(match.source(), most), tone);
        mark(
                fields,
                possible,
                RuleTable.SOURCE_PORT,
                openPorts(match.sourcePorts()),
                Words.list(match.sourcePorts(), most),
                tone);
        mark(
                fields,
                possible,
                RuleTable.DESTINATION,
                open(match.destination()),
                Words.list(match.destination(), most),
                tone);
        mark(
                fields,
                possible,
                RuleTable.DESTINATION_PORT,
                openPorts(match.destinationPorts()),
                Words.list(match.destinationPorts(), most),
                tone);
    }

    private void mark(int fields, int possible, int bit, boolean unknown, String value, Tone tone) {
        boolean matches = (fields & bit) != 0 && !unknown;
        boolean may = (possible & bit) != 0;
        open |= may && !matches;
        String mark = matches ? "✓ " : may ? "? " : "✗ ";
        Tone look = tone == Tone.FAINT ? tone : matches ? Tone.GOOD : may ? Tone.UNSURE : Tone.BAD;
        grid.cell(mark + value, look);
    }

    private static boolean open(Given<?> given) {
        return given.isUnknown();
    }

    private static boolean open(List<AddressTerm> terms) {
        for (AddressTerm term : terms) if (!(term instanceof AddressTerm.Unknown)) return false;
        return true;
    }

    private static boolean openPorts(List<? extends Given<?>> ports) {
        for (Given<?> port : ports) if (!port.isUnknown()) return false;
        return true;
    }

    void print(Ink ink, StringBuilder out) {
        grid.print("  ", ink, out);
        List<String> notes = new ArrayList<>();
        if (leftOut > 0) notes.add(Words.count(leftOut, "more rule") + " with --verbose");
        notes.add("✓ matches, ✗ does not" + (open ? ", ? depends on what the input does not say" : ""));
        out.append("    ")
                .append(ink.paint(String.join("; ", notes), Tone.FAINT))
                .append('\n');
    }
}
