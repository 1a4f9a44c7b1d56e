package dev.mipath.explain;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.repair.Remedy;
import dev.mipath.topology.Change;
import dev.mipath.topology.Notice;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.Problem;
import dev.mipath.trace.TraceRequest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The connect story as text, in three levels of detail. */
public final class TraceText {
    /** How much is told. */
    public enum Detail {
        /** The headline, and each blocker in a line. */
        BRIEF,
        /** Phases, blockers with their fixes, assumptions. */
        NORMAL,
        /** Every hop of both directions too. */
        FULL
    }

    private final TraceReport report;
    private final Ink ink;
    private final Detail detail;
    private final StringBuilder out = new StringBuilder();

    private TraceText(TraceReport report, Ink ink, Detail detail) {
        this.report = report;
        this.ink = ink;
        this.detail = detail;
    }

    /** Tells the story. */
    public static String tell(TraceReport report, Ink ink, Detail detail) {
        TraceText text = new TraceText(report, ink, detail);
        text.headline();
        if (detail != Detail.BRIEF) text.phases();
        text.blockers();
        text.unknowns();
        new TagWays(report).tell(ink, detail == Detail.FULL, text.out);
        if (detail != Detail.BRIEF) text.remarks();
        return text.out.toString();
    }

    private Conversation conversation() {
        return report.conversation();
    }

    private void headline() {
        headline(report, ink, out);
    }

    /** The outcome, the ends and the era in one line, what the client sees in the next. */
    static void headline(TraceReport report, Ink ink, StringBuilder out) {
        Conversation conversation = report.conversation();
        out.append(ink.paint(conversation.outcome().name(), tone(conversation.outcome())))
                .append("   ")
                .append(ends(conversation));
        out.append("   profile ")
                .append(report.profile())
                .append(underOther(report))
                .append('\n');
        out.append("          ").append(Symptom.of(conversation).message()).append('\n');
    }

    static Tone tone(Outcome outcome) {
        return switch (outcome) {
            case CONNECTED -> Tone.GOOD;
            case UNDETERMINED -> Tone.UNSURE;
            case BLOCKED, REFUSED, MISROUTED -> Tone.BAD;
        };
    }

    static String ends(Conversation conversation) {
        var client = conversation.request().client();
        var target = conversation.request().target();
        String named = client.name().equals(client.address().toString())
                ? client.name()
                : Safe.text(client.name()) + " (" + client.address() + ")";
        boolean told = target.address() == null
                || target.host().equals(target.address().toString());
        if (conversation.request().flow() instanceof TraceRequest.Flow.Management call) {
            return named + " → " + ManagementWords.target(target, call);
        }
        if (conversation.request().flow() instanceof TraceRequest.Flow.Outbound outbound) {
            return named + " → " + OutboundWords.target(target, outbound);
        }
        String to = Safe.text(target.host()) + (told ? "" : " (" + target.address() + ")");
        return named + " → " + to + " : " + target.port() + redirect(conversation);
    }

    private static String redirect(Conversation conversation) {
        for (Phase phase : conversation.phases()) {
            if (phase.finding() instanceof Finding.Redirected redirected) return ", then redirect " + redirected.port();
        }
        return "";
    }

    private static String underOther(TraceReport report) {
        TraceReport.@Nullable OtherProfile other = report.otherProfile();
        if (other == null) return "";
        return " (under " + other.profile() + ": " + word(other.conversation().outcome()) + ", PROFILE_DECIDES)";
    }

    static String word(Outcome outcome) {
        return Ascii.toLowerCase(outcome.name());
    }

    private void phases() {
        Grid grid = new Grid();
        grid.cell(" #").cell("phase", Tone.FAINT).cell("result", Tone.FAINT).cell("");
        grid.end();
        int number = 0;
        for (Phase phase : conversation().phases()) {
            grid.cell((++number < 10 ? " " : "") + number).cell(phase.state().phase());
            grid.cell(PhaseWords.result(phase), PhaseWords.tone(phase))
                    .cell(PhaseWords.about(phase))
                    .end();
            if (detail == Detail.FULL) hops(phase, grid);
        }
        out.append('\n');
        grid.print("", ink, out);
    }

    private void hops(Phase phase, Grid grid) {
        for (Step step : phase.forward()) hop("→", step, grid);
        for (Step step : phase.back()) hop("←", step, grid);
    }

    private void hop(String arrow, Step step, Grid grid) {
        boolean passes = Decision.forwards(step.decision()) || Decision.ending(step.decision()) == Ending.DELIVERED;
        grid.cell("").cell(" " + arrow, Tone.FAINT);
        grid.cell(passes ? "passes" : "stops", passes ? Tone.FAINT : Tone.BAD);
        grid.cell(Safe.text(step.at()) + "   " + ink.paint(HopWords.of(step), Tone.FAINT))
                .end();
    }

    private void blockers() {
        ImmutableList<Blocker> blockers = report.blockers();
        for (int i = 0; i < blockers.size(); i++) {
            Blocker blocker = blockers.get(i);
            out.append('\n')
                    .append(ink.paint("blocker " + (i + 1), Tone.STRONG))
                    .append("  ");
            out.append(ink.paint(blocker.problem().ending().name(), Tone.BAD))
                    .append("  ")
                    .append(decider(blocker, ink, detail == Detail.FULL));
            out.append('\n');
            if (detail == Detail.BRIEF) continue;
            tell(blocker.explanation() + direction(blocker.problem()));
            if (blocker.causedBy() != null) {
                tell("vanishes with the repair of blocker " + blocker.causedBy());
            } else {
                fix(blocker);
            }
        }
    }

    private static String direction(Problem problem) {
        return (problem.onReturn() ? " This is the answer on its way back." : "")
                + (problem.assumed() ? " (reached past an earlier blocker)" : "");
    }

    /** The rule or route that decides, and its place. */
    static String decider(Blocker blocker, Ink ink, boolean whole) {
        StringBuilder text = new StringBuilder();
        if (blocker.resource() != null) text.append(Safe.text(blocker.resource().name()));
        if (blocker.rule() != null) {
            if (text.length() > 0) text.append(" / ");
            text.append(Safe.text(blocker.rule()));
        }
        if (blocker.priority() != null)
            text.append(" (").append(blocker.priority()).append(')');
        if (blocker.place() != null) {
            text.append("   ").append(ink.paint(Words.place(blocker.place(), whole), Tone.FAINT));
        }
        return text.toString();
    }

    private void fix(Blocker blocker) {
        String advice = RemedyWords.summary(blocker, conversation());
        if (blocker.remedy().changes().isEmpty()) {
            tell("fix: " + advice);
            return;
        }
        tell("fix: " + advice);
        for (Change change : blocker.remedy().changes()) tell("  " + AzCommand.of(change));
        String tried = RemedyWords.tried(blocker, report.repair(), independent());
        StringBuilder opens = new StringBuilder();
        for (Remedy.Opening opening : blocker.remedy().opens())
            opens.append("; opens ").append(Safe.text(opening.toString()));
        tell("  (" + tried + opens + ")");
    }

    private long independent() {
        return report.repair().mends().stream()
                .filter(mend -> mend.causedBy() == null)
                .count();
    }

    private void tell(String sentence) {
        out.append("           ").append(sentence).append('\n');
    }

    /** One fact that is missing often stops several packets; it is told once, with where it was first met. */
    private void unknowns() {
        Map<List<String>, Set<String>> placesByMissing = new LinkedHashMap<>();
        for (Problem problem : conversation().problems()) {
            if (problem.ending() != Ending.UNDETERMINED) continue;
            @Nullable Step step = problem.step();
            String at = step == null ? problem.state().phase() : step.at();
            placesByMissing
                    .computeIfAbsent(MissingFacts.of(problem), missing -> new LinkedHashSet<>())
                    .add(Safe.text(at));
        }
        placesByMissing.forEach((missing, places) -> {
            out.append('\n').append(ink.paint("not known", Tone.UNSURE));
            out.append("  at ").append(String.join(" and ", places)).append('\n');
            for (String fact : missing) tell("needs " + Safe.text(fact));
        });
    }

    private void remarks() {
        Remarks remarks = new Remarks(report.context(), ink, true);
        List<Notice> all = report.context().compilation().notices();
        OnTheWay way =
                new OnTheWay(conversation(), report.context().compilation().topology(), all);
        for (Notice notice : all) {
            if (detail == Detail.FULL || way.tells(notice)) remarks.add(notice);
            else remarks.leaveOut();
        }
        List<Notice> own = TraceNotices.of(report);
        own.forEach(remarks::add);
        remarks.print(out);
    }
}
