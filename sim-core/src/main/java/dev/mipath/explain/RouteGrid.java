package dev.mipath.explain;

import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.LosingRoute;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Prefix;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of a subnet that cover one destination: the winner, and why the others lost. */
final class RouteGrid {
    private static final String INDENT = "  ";

    private final boolean all;
    private final Grid grid = new Grid();

    private RouteGrid(boolean all) {
        this.all = all;
        for (String title : new String[] {"", "prefix", "source", "next hop", "route", "why"}) {
            grid.cell(title, Tone.FAINT);
        }
        grid.end();
    }

    /** The rows behind a choice; {@code all} shows full places. */
    static RouteGrid of(Evidence.RouteChosen chosen, boolean all) {
        RouteGrid rows = new RouteGrid(all);
        List<LosingRoute> losers = chosen.losers();
        String why = losers.isEmpty() ? "the only route that covers it" : "wins";
        rows.row("→", chosen.prefix(), chosen.route(), why, Tone.STRONG);
        rows.lose(losers);
        return rows;
    }

    /** The rows that would cover the destination but take no part. */
    static RouteGrid of(Evidence.NoRoute none, boolean all) {
        RouteGrid rows = new RouteGrid(all);
        rows.lose(none.losers());
        return rows;
    }

    private void lose(List<LosingRoute> losers) {
        for (LosingRoute loser : losers) {
            row("", loser.prefix(), loser.route(), RouteWords.loss(loser.why(), loser.route()), Tone.PLAIN);
        }
    }

    private void row(String mark, Prefix prefix, RouteFact route, String why, Tone tone) {
        @Nullable String name = route.origin().name();
        @Nullable String tag = route.origin().tag();
        grid.cell(mark, tone).cell(prefix + (tag == null ? "" : " in " + Safe.text(tag)), tone);
        grid.cell(route.origin().source().azureName(), tone).cell(RouteWords.hop(route), tone);
        grid.cell(name == null ? "" : Words.inTable(name), tone).cell(why, tone);
        grid.cell(Words.lastPart(route.origin().place(), all), Tone.FAINT).end();
    }

    void print(Ink ink, StringBuilder out) {
        grid.print(INDENT, ink, out);
    }
}
