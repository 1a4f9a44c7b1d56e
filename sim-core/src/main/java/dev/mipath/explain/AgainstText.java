package dev.mipath.explain;

import dev.mipath.explain.Comparison.Row;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.topology.Notice;
import java.util.List;

/** Two eras side by side, for people. */
public final class AgainstText {
    private AgainstText() {}

    /** Tells both answers; what differs is marked. */
    public static String tell(Comparison comparison, Ink ink) {
        StringBuilder out = new StringBuilder();
        String here = "profile " + comparison.here().profile();
        String there = "profile " + comparison.there().profile();
        out.append(TraceText.ends(comparison.here().conversation())).append("\n\n");
        Grid grid = new Grid();
        grid.cell("").cell("").cell(here, Tone.STRONG).cell(there, Tone.STRONG).end();
        for (Row row : comparison.rows()) {
            Tone tone = row.differs() ? Tone.STRONG : Tone.PLAIN;
            grid.cell(row.differs() ? "≠" : "", Tone.UNSURE).cell(row.title(), Tone.FAINT);
            grid.cell(row.here(), tone).cell(row.there(), tone).end();
        }
        grid.print("", ink, out);
        out.append('\n');
        for (TraceReport report : List.of(comparison.here(), comparison.there())) story(report, ink, out);
        only("only under " + here, comparison.here(), comparison.onlyHere(), ink, out);
        only("only under " + there, comparison.there(), comparison.onlyThere(), ink, out);
        return out.toString();
    }

    private static void story(TraceReport report, Ink ink, StringBuilder out) {
        out.append(ink.paint("profile " + report.profile(), Tone.STRONG)).append("  ");
        out.append(Symptom.of(report.conversation()).message()).append('\n');
        List<Blocker> blockers = report.blockers();
        if (!blockers.isEmpty())
            out.append("  ").append(blockers.get(0).explanation()).append('\n');
        if (blockers.size() > 1) {
            out.append("  ").append(Words.count(blockers.size() - 1, "more blocker"));
            out.append(" (mipath trace --profile ").append(report.profile()).append(")\n");
        }
        for (String missing : MissingFacts.of(report.conversation())) {
            out.append("  needs ").append(Safe.text(missing)).append('\n');
        }
    }

    private static void only(String title, TraceReport report, List<Notice> notices, Ink ink, StringBuilder out) {
        if (notices.isEmpty()) return;
        Remarks remarks = new Remarks(report.context(), ink, false);
        notices.forEach(remarks::add);
        out.append('\n').append(ink.paint(title, Tone.STRONG)).append('\n');
        remarks.printNotices(out);
    }
}
