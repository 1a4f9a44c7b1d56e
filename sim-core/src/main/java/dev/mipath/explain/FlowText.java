package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.FlowVerdict.Access;
import dev.mipath.explain.Ink.Tone;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Explains to a person which rule decides a flow, and why the others do not. */
public final class FlowText {
    private static final String INDENT = "         ";

    private final FlowReport report;
    private final Context context;
    private final Ink ink;
    private final boolean all;
    private final StringBuilder out = new StringBuilder();

    private FlowText(FlowReport report, Context context, Ink ink, boolean all) {
        this.report = report;
        this.context = context;
        this.ink = ink;
        this.all = all;
    }

    /**
     * The whole answer.
     *
     * @param all whether to show every rule and remark instead of those that matter
     */
    public static String tell(FlowReport report, Context context, Ink ink, boolean all) {
        return new FlowText(report, context, ink, all).tell();
    }

    private String tell() {
        headline();
        Remarks remarks = new Remarks(context, ink, all);
        for (Step step : report.steps()) {
            layer(step);
            if (step.why() instanceof Evidence.RuleMatched matched) {
                for (Notice caveat : matched.caveats()) remarks.add(caveat);
            }
        }
        Edge edge = report.edge();
        if (edge != null) unasked(edge);
        else Places.declared(context, out);
        remarks.about(edge);
        remarks.print(out);
        return out.toString();
    }

    private void headline() {
        FlowVerdict verdict = report.verdict();
        Packet packet = report.packet();
        boolean inbound = report.direction() == Direction.INBOUND;
        String word = verdict.access().word().toUpperCase(java.util.Locale.ROOT);
        out.append(ink.paint(word, tone(verdict.access())));
        for (int pad = INDENT.length() - word.length(); pad > 0; pad--) out.append(' ');
        out.append(packet.protocol().name()).append(' ');
        out.append(Words.end(packet.source(), packet.sourcePort())).append(" → ");
        out.append(Words.end(packet.destination(), packet.destinationPort()));
        out.append(inbound ? ", inbound" : ", outbound");
        Edge edge = report.edge();
        if (edge != null) out.append(" at ").append(Places.named(edge));
        out.append('\n');
        reason(verdict);
    }

    private void reason(FlowVerdict verdict) {
        if (!verdict.missing().isEmpty()) {
            RuleFact maybe = verdict.rule();
            if (maybe != null)
                line("it depends on " + named(maybe), Words.place(maybe.rule().place(), all));
            for (String missing : verdict.missing()) line("missing: " + Safe.text(missing), "");
            return;
        }
        if (report.steps().isEmpty()) {
            boolean ruled = report.edge() != null
                    && context.compilation().adminLayer(report.edge().subnet()) != null;
            line(
                    (ruled ? "no admin rule matches, and " : "")
                            + "no security group is attached, so everything passes",
                    "");
            return;
        }
        Evidence why = report.steps().get(report.steps().size() - 1).why();
        if (why instanceof Evidence.PlatformAddress) {
            line(
                    "an address of the platform itself passes every security group, unless a rule names"
                            + " AzurePlatformDNS, AzurePlatformIMDS or AzurePlatformLKM",
                    "");
        }
        RuleFact rule = verdict.rule();
        if (rule == null) return;
        String verb = verdict.access() == Access.DENY ? " denies it" : allows(rule);
        line(named(rule) + verb, Words.place(rule.rule().place(), all));
        if (why instanceof Evidence.RuleMatched matched && verdict.access() == Access.DENY) {
            @Nullable String near = NearMiss.of(matched, verdict.access(), report.packet());
            if (near != null) line(near, "");
        }
    }

    private static String allows(RuleFact rule) {
        return rule.kind() == RuleFact.Kind.ALWAYS_ALLOW ? " allows it, whatever security groups say" : " allows it";
    }

    private static String named(RuleFact rule) {
        if (Words.isPlaceholder(rule.rule().name())) {
            return "the rules of " + Safe.text(rule.group().name()) + ", which the input does not hold";
        }
        String kind = rule.isDefault() ? "default rule " : rule.isAdmin() ? "admin rule " : "rule ";
        return kind + Safe.text(rule.rule().name()) + " ("
                + Words.brief(rule.rule().priority()) + ") of "
                + Safe.text(rule.group().name());
    }

    private void line(String text, String place) {
        out.append(INDENT).append(text);
        if (!place.isEmpty()) out.append("  ").append(ink.paint(place, Tone.FAINT));
        out.append('\n');
    }

    private void layer(Step step) {
        FlowVerdict verdict = FlowVerdict.of(step.decision(), step.why());
        out.append('\n').append(ink.paint(Safe.text(step.at()), Tone.STRONG)).append(": ");
        out.append(ink.paint(verdict.access().word(), tone(verdict.access()))).append('\n');
        @Nullable RuleGrid grid = RuleGrid.of(step.why(), all);
        if (grid == null) throw new IllegalArgumentException("a filter does not decide by " + step.why());
        grid.print(ink, out);
        if (step.why() instanceof Evidence.RuleUndetermined open) otherwise(open.certain());
    }

    private void otherwise(@Nullable RuleFact certain) {
        if (certain == null) return;
        out.append("    if it does not match, ").append(named(certain)).append(" decides: ");
        out.append(Words.access(certain)).append('\n');
    }

    /** The layers that had no say, so that nobody has to wonder about them. */
    private void unasked(Edge edge) {
        Compilation compilation = context.compilation();
        boolean inbound = report.direction() == Direction.INBOUND;
        List<Integer> filters = inbound ? edge.inboundFilters() : edge.outboundFilters();
        int asked = filters.size();
        if (!report.steps().isEmpty()) {
            Step last = report.steps().get(report.steps().size() - 1);
            asked = filters.indexOf(last.element()) + 1;
        }
        StringBuilder text = new StringBuilder();
        if (compilation.layer(edge.subnet()) == null) {
            text.append("subnet ")
                    .append(Safe.text(edge.subnet().qualifiedName()))
                    .append(" has no security group\n");
        }
        @Nullable ResourceId nic = edge.networkInterface();
        if (nic == null) {
            text.append("no NIC with the address ").append(report.local());
            text.append(" is declared; a security group on one would be asked as well\n");
        } else if (compilation.layer(nic) == null) {
            text.append("NIC ").append(Safe.text(nic.name())).append(" has no security group\n");
        }
        for (int i = asked; i < filters.size(); i++) {
            text.append("not asked any more: ");
            text.append(Safe.text(compilation.network().name(filters.get(i)))).append('\n');
        }
        if (text.length() > 0) out.append('\n').append(text);
    }

    private static Tone tone(Access access) {
        return switch (access) {
            case ALLOW -> Tone.GOOD;
            case DENY -> Tone.BAD;
            case UNKNOWN -> Tone.UNSURE;
        };
    }
}
