package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.explain.FeatureReport.Part;
import dev.mipath.explain.FeatureReport.Walked;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.net.PortRange;
import dev.mipath.requirements.Preconditions.Judged;
import dev.mipath.requirements.Preconditions.State;
import dev.mipath.topology.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** An answer about a feature, for people. */
public final class FeatureText {
    private final FeatureReport report;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    private FeatureText(FeatureReport report, Ink ink) {
        this.report = report;
        this.ink = ink;
    }

    /** Tells what has to hold, every flow with its verdict, and what stops those that do not pass. */
    public static String tell(FeatureReport report, Ink ink) {
        FeatureText text = new FeatureText(report, ink);
        text.headline();
        text.grids();
        text.blockers();
        text.unknowns();
        return text.out.toString();
    }

    private void headline() {
        State state = report.state();
        out.append(ink.paint(Ascii.toUpperCase(FeatureWords.outcome(state)), tone(state)));
        out.append("   ").append(report.feature().word()).append(": ").append(Safe.text(report.instance()));
        if (report.peer() != null) out.append(" and ").append(Safe.text(report.peer()));
        out.append("   profile ").append(report.profile());
        out.append('\n');
    }

    private static Tone tone(State state) {
        return switch (state) {
            case MET -> Tone.GOOD;
            case BROKEN -> Tone.BAD;
            case UNKNOWN -> Tone.UNSURE;
        };
    }

    private static String word(State state) {
        return switch (state) {
            case MET -> "ok";
            case BROKEN -> "FAILED";
            case UNKNOWN -> "unknown";
        };
    }

    private void grids() {
        if (!report.needs().isEmpty()) out.append("\nbefore any packet\n");
        Grid needs = new Grid();
        for (Judged need : report.needs()) {
            needs.cell(word(need.state()), tone(need.state())).cell(FeatureWords.told(need));
            needs.cell(need.need().source(), Tone.FAINT).end();
        }
        needs.print("  ", ink, out);
        out.append("\nflows\n");
        Grid flows = new Grid();
        for (Walked walked : report.flows()) {
            State state = walked.state();
            flows.cell(word(state), tone(state)).cell(Safe.text(walked.from()) + " → " + Safe.text(walked.to()));
            flows.cell("TCP " + walked.flow().ports()).cell(failing(walked));
            flows.cell(walked.flow().source(), Tone.FAINT).end();
        }
        flows.print("  ", ink, out);
    }

    /** Which of the ports do not pass, where that is not all of them; neighbours in one range, whatever stops each. */
    private static String failing(Walked walked) {
        if (walked.parts().size() == 1) return "";
        List<PortRange> closed = new ArrayList<>();
        for (Part part : walked.parts()) {
            if (part.state() == State.MET) continue;
            int last = closed.size() - 1;
            boolean adjoins = last >= 0 && closed.get(last).last() + 1 == part.firstPort();
            PortRange range = new PortRange(adjoins ? closed.get(last).first() : part.firstPort(), part.lastPort());
            if (adjoins) closed.set(last, range);
            else closed.add(range);
        }
        boolean all = closed.size() == 1
                && closed.get(0).toString().equals(walked.flow().ports());
        if (closed.isEmpty() || all) return "";
        return "not " + closed.stream().map(PortRange::toString).collect(Collectors.joining(", "));
    }

    private void blockers() {
        int number = 0;
        Set<String> told = new LinkedHashSet<>();
        for (Walked walked : report.flows()) {
            for (Part part : walked.parts()) {
                if (part.state() != State.BROKEN) continue;
                Blocker blocker = part.report().blockers().get(0);
                String decider = TraceText.decider(blocker, ink, false);
                if (!told.add(blocker.problem().ending()
                        + decider
                        + walked.from()
                        + walked.flow().ports())) continue;
                out.append('\n')
                        .append(ink.paint("blocker " + ++number, Tone.STRONG))
                        .append("  ");
                out.append(ink.paint(blocker.problem().ending().name(), Tone.BAD))
                        .append("  ")
                        .append(decider);
                out.append('\n');
                tell(Safe.text(walked.from()) + " → " + Safe.text(walked.to()) + ", TCP " + part.ports() + ": "
                        + blocker.explanation()
                        + (blocker.problem().onReturn() ? " This is the answer on its way back." : ""));
                tell("fix: " + RemedyWords.summary(blocker, part.report().conversation()));
                for (Change change : blocker.remedy().changes()) tell("  " + AzCommand.of(change));
            }
        }
    }

    private void unknowns() {
        Set<String> missing = new LinkedHashSet<>();
        for (Walked walked : report.flows()) {
            if (walked.missing() != null) missing.add(walked.missing());
            for (Part part : walked.parts()) {
                if (part.state() == State.UNKNOWN)
                    missing.addAll(MissingFacts.of(part.report().conversation()));
            }
        }
        if (missing.isEmpty()) return;
        out.append('\n').append(ink.paint("not known", Tone.UNSURE)).append('\n');
        for (String fact : List.copyOf(missing)) tell("needs " + Safe.text(fact));
    }

    private void tell(String sentence) {
        out.append("           ").append(sentence).append('\n');
    }
}
