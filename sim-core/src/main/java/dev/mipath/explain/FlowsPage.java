package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.requirements.CarriedFlow;
import dev.mipath.requirements.ClientFlow;
import dev.mipath.requirements.MandatoryFlow;
import dev.mipath.requirements.PeerWay;
import dev.mipath.space.FlowLine;
import dev.mipath.topology.Subnet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * One page for the network team: every flow an instance's subnet needs, who begins it, what carries it, and where the
 * routes send it; and whom of the customer's own clients the rules let in.
 */
public final class FlowsPage {
    private static final int ROUTES_MAX = 2;
    private static final int RULES_MAX = 4;
    private static final int LINES_MAX = 3;

    private static final List<String> HEADS =
            List.of("", "protocol", "ports", "source", "destination", "begun by", "carried by", "way to the peer");
    private static final List<String> CLIENT_HEADS = List.of("your clients", "ports", "let in by", "from");

    private FlowsPage() {}

    /**
     * A subnet's flows.
     *
     * @param subnet the subnet
     * @param flows its flows
     * @param clients the ports that clients use
     */
    public record Section(Subnet subnet, ImmutableList<CarriedFlow> flows, ImmutableList<ClientFlow> clients) {}

    private static List<String> cells(CarriedFlow carried, Subnet subnet, UnaryOperator<String> names) {
        MandatoryFlow flow = carried.flow();
        String own = Words.list(subnet.prefixes(), 2);
        String peer = flow.peer().toString().equals(own)
                ? "the subnet itself"
                : Safe.text(flow.peer().toString());
        return List.of(
                flow.inbound() ? "in" : "out",
                flow.protocol() == Protocol.ANY ? "any" : flow.protocol().toString(),
                flow.ports().isEmpty()
                        ? "any"
                        : flow.ports().stream().map(PortRange::toString).collect(Collectors.joining(", ")),
                flow.inbound() ? peer : own,
                flow.inbound() ? own : peer,
                flow.inbound() ? "the peer" : "the instance",
                carrier(carried, names),
                carried.ways().isEmpty()
                        ? "the platform itself"
                        : carried.ways().stream().map(way -> way(way, names)).collect(Collectors.joining("; ")));
    }

    private static String carrier(CarriedFlow carried, UnaryOperator<String> names) {
        String rules = rules(carried.carriers(), names);
        return switch (carried.state()) {
            case UNFILTERED -> "no security group filters it";
            case DENIED -> "MISSING: denied are " + lines(carried.denied());
            case CARRIED -> rules.isEmpty() ? "the platform itself" : rules;
            case UNKNOWN ->
                rules.isEmpty()
                        ? "NOT KNOWN: the input does not hold all rules"
                        : rules + "; NOT KNOWN of " + lines(carried.doubtful());
        };
    }

    private static String rules(List<RuleFact> rules, UnaryOperator<String> names) {
        String shown = rules.stream()
                .limit(RULES_MAX)
                .map(rule -> names.apply(rule.rule().name()) + " ("
                        + rule.rule().priority().map(String::valueOf).orElse("?") + ")")
                .collect(Collectors.joining(", "));
        return rules.size() <= RULES_MAX ? shown : shown + " +" + (rules.size() - RULES_MAX);
    }

    private static String lines(List<FlowLine> lines) {
        String shown = lines.stream()
                .limit(LINES_MAX)
                .map(FlowLine::toString)
                .map(Safe::text)
                .collect(Collectors.joining("; "));
        return lines.size() <= LINES_MAX ? shown : shown + " +" + (lines.size() - LINES_MAX);
    }

    private static String way(PeerWay way, UnaryOperator<String> names) {
        if (!way.certain()) return "not known";
        if (way.routes().isEmpty()) return "no route";
        String routes = way.routes().stream()
                .limit(ROUTES_MAX)
                .map(route -> routeName(route, names))
                .distinct()
                .collect(Collectors.joining(", "));
        int more = way.routes().size() - ROUTES_MAX;
        return RouteWords.hop(way.routes().get(0)) + " by " + routes + (more > 0 ? " +" + more : "");
    }

    private static String routeName(RouteFact route, UnaryOperator<String> names) {
        String name = route.origin().name();
        return name == null ? RouteWords.named(route) : names.apply(name);
    }

    private static List<String> cells(ClientFlow client, UnaryOperator<String> names) {
        boolean nobody = client.filtered() && client.sources().isEmpty();
        return List.of(
                purpose(client.purpose()),
                client.purpose().ports().toString(),
                !client.filtered()
                        ? "no security group filters it"
                        : nobody ? "nobody, as far as the input tells" : rules(client.carriers(), names),
                nobody ? "" : sources(client));
    }

    /** The addresses, or the words of the rules where they say it shorter. */
    private static String sources(ClientFlow client) {
        List<?> prefixes = client.sources().prefixes();
        if (prefixes.size() <= RULES_MAX || client.carriers().isEmpty()) return Words.list(prefixes, RULES_MAX);
        List<Object> terms = new ArrayList<>();
        for (RuleFact rule : client.carriers()) {
            for (Object term : rule.rule().match().source()) if (!terms.contains(term)) terms.add(term);
        }
        return Words.list(terms, RULES_MAX);
    }

    private static String purpose(ClientFlow.Purpose purpose) {
        return switch (purpose) {
            case LOGIN -> "to log in";
            case REDIRECT -> "to follow a redirect";
            case PUBLIC_ENDPOINT -> "to the public endpoint";
        };
    }

    private static String advice(Era era) {
        return "Let your clients in to the whole subnet on TCP 1433"
                + (era.redirectRange() ? ", and on 11000-11999 when they are redirected" : " (redirected ones too)")
                + ", never to single addresses: they change.";
    }

    /** The page as text. */
    public static String text(List<Section> sections, Era era) {
        StringBuilder out = new StringBuilder();
        out.append("Flows that managed instances need, profile ")
                .append(era.name())
                .append('\n');
        for (Section section : sections) {
            out.append('\n')
                    .append("Subnet ")
                    .append(Safe.text(section.subnet().id().qualifiedName()))
                    .append('\n');
            Grid grid = new Grid();
            row(HEADS, grid, true);
            for (CarriedFlow flow : section.flows()) row(cells(flow, section.subnet(), Words::inTable), grid, false);
            grid.print("  ", Ink.PLAIN, out);
            if (section.clients().isEmpty()) continue;
            out.append('\n');
            Grid clients = new Grid();
            row(CLIENT_HEADS, clients, true);
            for (ClientFlow client : section.clients()) row(cells(client, Words::inTable), clients, false);
            clients.print("  ", Ink.PLAIN, out);
        }
        return out.append('\n')
                .append(advice(era))
                .append('\n')
                .append("Source: ")
                .append(era.source())
                .append('\n')
                .toString();
    }

    private static void row(List<String> cells, Grid grid, boolean head) {
        for (String cell : cells) grid.cell(cell, head ? Ink.Tone.STRONG : Ink.Tone.PLAIN);
        grid.end();
    }

    /** The page as Markdown. */
    public static String markdown(List<Section> sections, Era era) {
        StringBuilder out = new StringBuilder("# Flows that managed instances need (profile " + era.name() + ")\n");
        for (Section section : sections) {
            out.append("\n## Subnet ")
                    .append(escaped(section.subnet().id().qualifiedName()))
                    .append("\n\n");
            List<List<String>> flows = new ArrayList<>();
            for (CarriedFlow flow : section.flows()) flows.add(cells(flow, section.subnet(), Safe::text));
            table(HEADS, flows, out);
            if (section.clients().isEmpty()) continue;
            out.append('\n');
            table(
                    CLIENT_HEADS,
                    section.clients().stream()
                            .map(client -> cells(client, Safe::text))
                            .toList(),
                    out);
        }
        return out.append('\n')
                .append(advice(era))
                .append("\n\nSource: ")
                .append(era.source())
                .append('\n')
                .toString();
    }

    private static void table(List<String> heads, List<List<String>> rows, StringBuilder out) {
        row(heads, out);
        row(heads.stream().map(head -> "---").toList(), out);
        for (List<String> row : rows) row(row, out);
    }

    private static void row(List<String> cells, StringBuilder out) {
        for (String cell : cells) out.append("| ").append(escaped(cell)).append(' ');
        out.append("|\n");
    }

    private static String escaped(String cell) {
        return Safe.text(cell).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }
}
