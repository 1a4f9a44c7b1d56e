package dev.mipath.explain;

import dev.mipath.explain.Comparison.Row;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Two clients side by side, for people: where their ways part. */
public final class VersusText {
    private final Versus versus;
    private final Ink ink;
    private final StringBuilder out = new StringBuilder();

    private VersusText(Versus versus, Ink ink) {
        this.versus = versus;
        this.ink = ink;
    }

    /** Tells both answers and the first decision that differs. */
    public static String tell(Versus versus, Ink ink) {
        VersusText text = new VersusText(versus, ink);
        text.headlines();
        text.rows();
        text.difference();
        return text.out.toString();
    }

    private void headlines() {
        for (TraceReport report : List.of(versus.here(), versus.there())) {
            Conversation conversation = report.conversation();
            out.append(ink.paint(conversation.outcome().name(), TraceText.tone(conversation.outcome())));
            out.append("   ").append(TraceText.ends(conversation)).append("   profile ");
            out.append(report.profile()).append('\n');
        }
        out.append('\n');
    }

    private void rows() {
        Grid grid = new Grid();
        grid.cell("").cell("").cell(name(versus.here()), Tone.STRONG);
        grid.cell(name(versus.there()), Tone.STRONG).end();
        for (Row row : versus.rows().rows()) {
            Tone tone = row.differs() ? Tone.STRONG : Tone.PLAIN;
            grid.cell(row.differs() ? "≠" : "", Tone.UNSURE).cell(row.title(), Tone.FAINT);
            grid.cell(row.here(), tone).cell(row.there(), tone).end();
        }
        grid.print("", ink, out);
    }

    private static String name(TraceReport report) {
        return Safe.text(report.conversation().request().client().name());
    }

    private void difference() {
        Versus.@Nullable Difference difference = versus.first().orElse(null);
        out.append('\n');
        if (difference == null) {
            alike();
            return;
        }
        out.append(ink.paint("first different decision", Tone.STRONG)).append("  in phase ");
        out.append(difference.phase()).append('\n');
        Grid grid = new Grid();
        step(name(versus.here()), difference.here(), grid);
        step(name(versus.there()), difference.there(), grid);
        grid.print("  ", ink, out);
        @Nullable Blocker blocker = difference.blocker();
        if (blocker == null) return;
        TraceReport of = difference.ofThere() ? versus.there() : versus.here();
        out.append("  ").append(blocker.explanation()).append('\n');
        out.append("  fix: ")
                .append(RemedyWords.summary(blocker, of.conversation()))
                .append('\n');
    }

    /** A network that treats both alike is not what parts them. */
    private void alike() {
        boolean connects = versus.here().conversation().outcome() == Outcome.CONNECTED;
        out.append(
                connects
                        ? "no decision differs: the network lets both through alike. If only one of them works, look"
                                + " at what its own resolver answers (--resolve), at its library (--driver) and at its"
                                + " login.\n"
                        : "no decision differs: both end alike.\n");
    }

    private void step(String client, @Nullable Step step, Grid grid) {
        grid.cell(client, Tone.FAINT);
        if (step == null) {
            grid.cell("").cell("see the phase above").cell("").end();
            return;
        }
        boolean passes = Decision.forwards(step.decision()) || Decision.ending(step.decision()) == Ending.DELIVERED;
        grid.cell(passes ? "passes" : "stops", passes ? Tone.GOOD : Tone.BAD);
        grid.cell(Safe.text(step.at())).cell(HopWords.of(step), Tone.FAINT).end();
    }
}
