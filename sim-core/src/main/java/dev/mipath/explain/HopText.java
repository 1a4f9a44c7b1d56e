package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.topology.NextHopType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains to a person which route takes a packet, and why the others do not. */
public final class HopText {
    private static final String INDENT = "  ";

    private final HopReport report;
    private final Context context;
    private final Ink ink;
    private final boolean all;
    private final StringBuilder out = new StringBuilder();

    private HopText(HopReport report, Context context, Ink ink, boolean all) {
        this.report = report;
        this.context = context;
        this.ink = ink;
        this.all = all;
    }

    /**
     * The whole answer.
     *
     * @param all whether to show every remark instead of those that matter
     */
    public static String tell(HopReport report, Context context, Ink ink, boolean all) {
        return new HopText(report, context, ink, all).tell();
    }

    private String tell() {
        HopVerdict verdict = report.verdict();
        headline(verdict);
        @Nullable Evidence why = report.why();
        if (why instanceof Evidence.RouteChosen chosen) {
            line(
                    "by " + RouteWords.named(chosen.route()) + ": " + chosen.prefix() + ", source "
                            + chosen.route().origin().source().azureName(),
                    chosen.route());
            if (chosen.route().hop().type().is(NextHopType.NONE)) line("the packet is dropped without a word", null);
            out.append('\n');
            RouteGrid.of(chosen, all).print(ink, out);
        } else if (why instanceof Evidence.RouteUndetermined open) {
            undetermined(open);
        } else if (why instanceof Evidence.NoRoute none) {
            line("no route covers the destination: the packet is dropped", null);
            out.append('\n');
            RouteGrid.of(none, all).print(ink, out);
        } else {
            missing(verdict.missing());
            Places.declared(context, out);
        }
        Remarks remarks = new Remarks(context, ink, all);
        remarks.about(report.edge());
        remarks.print(out);
        return out.toString();
    }

    private void headline(HopVerdict verdict) {
        RouteFact route = verdict.route();
        String hop = verdict.known() && route != null ? RouteWords.hop(route) : verdict.nextHopType();
        boolean drops = hop.equals(NextHopType.NONE.azureName());
        out.append(ink.paint(hop, !verdict.known() ? Tone.UNSURE : drops ? Tone.BAD : Tone.GOOD));
        out.append("   ").append(report.source()).append(" → ").append(report.destination());
        @Nullable Edge edge = report.edge();
        if (edge != null) out.append(", leaving ").append(Places.named(edge));
        out.append('\n');
    }

    private void undetermined(Evidence.RouteUndetermined open) {
        boolean hopKnown = !open.maybe().hop().type().isUnknown();
        line(
                "it depends on " + RouteWords.named(open.maybe())
                        + (hopKnown ? " → " + RouteWords.hop(open.maybe()) : ""),
                open.maybe());
        missing(open.missing());
        @Nullable RouteFact certain = open.certain();
        if (certain == null) return;
        line(
                "without it " + RouteWords.named(certain) + " (" + Words.prefixes(certain.prefixes(), 1)
                        + ") would send it to " + RouteWords.hop(certain),
                certain);
    }

    private void missing(List<String> missing) {
        for (String each : missing) line("missing: " + Safe.text(each), null);
    }

    private void line(String text, @Nullable RouteFact route) {
        out.append(INDENT).append(text);
        String place = route == null ? "" : Words.place(route.origin().place(), all);
        if (!place.isEmpty()) out.append("  ").append(ink.paint(place, Tone.FAINT));
        out.append('\n');
    }
}
