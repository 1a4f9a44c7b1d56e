package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.topology.Place;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The connect story a page at a time, for whoever wants to follow the packet: a page for each recorded hop, one for
 * each phase that sends no packet of its own, and the verdict last. Nothing is decided anew.
 */
public final class HopPages {
    private final TraceReport report;
    private final Ink ink;
    private final boolean all;
    private final ImmutableList<Page> pages;
    private final int hops;

    /** One page; {@code number} is the hop's from 1, or that of the hop before; {@code past} a blocker or not. */
    private record Page(Phase phase, @Nullable RecordedHop hop, int number, boolean past) {}

    private HopPages(TraceReport report, Ink ink, boolean all) {
        this.report = report;
        this.ink = ink;
        this.all = all;
        List<Page> found = new ArrayList<>();
        int number = 0;
        boolean past = false;
        for (Phase phase : report.conversation().phases()) {
            if (phase.forward().isEmpty()) found.add(new Page(phase, null, number, past));
            for (boolean onReturn : new boolean[] {false, true}) {
                for (RecordedHop hop : RecordedHop.of(phase, onReturn)) {
                    found.add(new Page(phase, hop, ++number, past));
                    past |= blocker(hop) > 0;
                }
            }
        }
        this.pages = ImmutableList.copyOf(found);
        this.hops = number;
    }

    /**
     * The pages of a story.
     *
     * @param all whether to show every rule and full places
     */
    public static HopPages of(TraceReport report, Ink ink, boolean all) {
        return new HopPages(report, ink, all);
    }

    /** How many pages there are; at least one. */
    public int size() {
        return pages.size() + 1;
    }

    /**
     * The text of a page, which ends with a line break.
     *
     * @param index which page, from 0
     */
    public String page(int index) {
        StringBuilder out = new StringBuilder();
        if (index == pages.size()) {
            verdict(out);
            return out.toString();
        }
        Page page = pages.get(index);
        @Nullable RecordedHop hop = page.hop();
        if (hop == null) {
            between(page, out);
        } else {
            header("hop " + page.number() + " of " + hops, page, hop.onReturn() ? ", back" : ", out", out);
            hop(page, hop, out);
        }
        return out.toString();
    }

    private void header(String which, Page page, String direction, StringBuilder out) {
        int phase = report.conversation().phases().indexOf(page.phase()) + 1;
        out.append(ink.paint(which, Tone.STRONG)).append("   ");
        out.append(page.phase().state().phase()).append(direction);
        out.append(ink.paint(
                "   phase " + phase + " of " + report.conversation().phases().size()
                        + (page.phase().connection() == 0
                                ? ""
                                : ", connection " + page.phase().connection())
                        + (page.past() ? ", as if the blocker before had let it pass" : ""),
                Tone.FAINT));
        out.append('\n');
    }

    private void between(Page page, StringBuilder out) {
        header("after hop " + page.number() + " of " + hops, page, "", out);
        String about = PhaseWords.about(page.phase());
        out.append("  ").append(ink.paint(PhaseWords.result(page.phase()), PhaseWords.tone(page.phase())));
        out.append(about.isEmpty() ? ", on the way already shown" : "   " + about)
                .append('\n');
    }

    private void hop(Page page, RecordedHop hop, StringBuilder out) {
        Step step = hop.step();
        Packet in = step.arrived();
        Grid grid = new Grid();
        grid.cell("at", Tone.FAINT).cell(Safe.text(step.at()), Tone.STRONG).end();
        grid.cell("packet in", Tone.FAINT).cell(packet(in)).end();
        boolean arrives = hop.decision().equals("deliver");
        grid.cell("packet out", Tone.FAINT)
                .cell(hop.goesOn() ? out(hop) : arrives ? "none, it has arrived" : "none")
                .end();
        int blocker = blocker(hop);
        Tone tone = hop.goesOn() || arrives ? Tone.GOOD : hop.decision().equals("unknown") ? Tone.UNSURE : Tone.BAD;
        grid.cell("decision", Tone.FAINT).cell(hop.decision(), tone).end();
        String because = because(hop);
        if (!because.isEmpty()) grid.cell("because", Tone.FAINT).cell(because).end();
        @Nullable Place place = EvidenceFacts.place(step.why());
        String where = place == null ? "" : Words.place(place, all);
        if (!where.isEmpty()) grid.cell("declared", Tone.FAINT).cell(where).end();
        if (blocker > 0) blocker(report.blockers().get(blocker - 1), blocker, grid);
        if (hop.decision().equals("unknown")) {
            for (String missing : MissingFacts.of(step.why())) {
                grid.cell("needs", Tone.FAINT).cell(Safe.text(missing)).end();
            }
        }
        grid.print("  ", ink, out);
        evidence(page, step, out);
    }

    private void blocker(Blocker blocker, int number, Grid grid) {
        grid.cell("blocker " + number, Tone.FAINT)
                .cell(blocker.problem().ending().name(), Tone.BAD)
                .end();
        grid.cell("").cell(blocker.explanation()).end();
    }

    /** Every rule or route that was weighed, as the two questions about a single element show them. */
    private void evidence(Page page, Step step, StringBuilder out) {
        @Nullable RuleGrid rules = RuleGrid.of(step.why(), all);
        if (rules != null) {
            out.append('\n');
            rules.print(ink, out);
        } else if (step.why() instanceof Evidence.RouteChosen chosen && !HopWords.isMovedByNoTable(step)) {
            out.append('\n');
            RouteGrid.of(chosen, all).print(ink, out);
        } else if (step.why() instanceof Evidence.NoRoute none && !none.losers().isEmpty()) {
            out.append('\n');
            RouteGrid.of(none, all).print(ink, out);
        }
        String about = tellsPhase(page.phase(), step) ? PhaseWords.about(page.phase()) : "";
        if (!about.isEmpty()) out.append('\n').append("  ").append(about).append('\n');
    }

    /** An answer is told where it is given, a second flow where it begins. */
    @SuppressWarnings("ReferenceEquality") // An equal step may be passed again in a loop.
    private static boolean tellsPhase(Phase phase, Step step) {
        List<Step> forward = phase.forward();
        @Nullable Finding finding = phase.finding();
        if (finding == null || forward.isEmpty()) return false;
        return step == forward.get(finding instanceof Finding.Proxied ? 0 : forward.size() - 1);
    }

    private static String packet(Packet packet) {
        return packet.protocol() + " " + Words.end(packet.source(), packet.sourcePort()) + " → "
                + Words.end(packet.destination(), packet.destinationPort());
    }

    private static String out(RecordedHop hop) {
        if (!hop.translates()) return "the same";
        boolean source = !hop.out().source().equals(hop.step().arrived().source());
        return packet(hop.out()) + "   (" + (source ? "source" : "destination") + " rewritten)";
    }

    /** What decided; for places without rules or routes, what such a place does. */
    private static String because(RecordedHop hop) {
        String words = HopWords.of(hop.step());
        if (!words.isEmpty() || !hop.goesOn()) return words;
        return switch (hop.kind()) {
            case "vnet" -> "hands it to the subnet that holds the destination";
            case "subnet" -> "hands it to the machine that has the destination";
            case "load-balancer" ->
                !hop.step().at().endsWith("way back")
                        ? "picks a healthy backend by the hash of the 5-tuple"
                        : hop.translates()
                                ? "answers of its backends leave with its own address"
                                : "no answer of its own";
            case "host" -> "forwards what is not its own";
            default -> "";
        };
    }

    /** The number of the blocker that this hop is, from 1, or 0. */
    @SuppressWarnings("ReferenceEquality") // An equal step may be passed again on the way past the blocker.
    private int blocker(RecordedHop hop) {
        ImmutableList<Conversation.Problem> problems = report.conversation().blockers();
        for (int i = 0; i < problems.size(); i++) {
            Conversation.Problem problem = problems.get(i);
            if (problem.step() == hop.step() && problem.onReturn() == hop.onReturn()) return i + 1;
        }
        return 0;
    }

    private void verdict(StringBuilder out) {
        TraceText.headline(report, ink, out);
        ImmutableList<Blocker> blockers = report.blockers();
        for (int i = 0; i < blockers.size(); i++) {
            Blocker blocker = blockers.get(i);
            out.append("  blocker ").append(i + 1).append("  ");
            out.append(ink.paint(blocker.problem().ending().name(), Tone.BAD)).append("  ");
            out.append(TraceText.decider(blocker, ink, all)).append('\n');
        }
    }
}
