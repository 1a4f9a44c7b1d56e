package dev.mipath.explain;

import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.requirements.CarriedFlow;
import dev.mipath.requirements.MandatoryFlow;
import dev.mipath.space.FlowLine;
import dev.mipath.topology.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** One page for the network team: every flow an instance's subnet needs, who begins it, and what carries it. */
public final class FlowsPage {
    private FlowsPage() {}

    /**
     * A subnet's flows.
     *
     * @param subnet the subnet
     * @param flows its flows
     */
    public record Section(Subnet subnet, List<CarriedFlow> flows) {}

    /** The cells of one line: direction, protocol, ports, source, destination, who begins, what carries it. */
    private static List<String> cells(CarriedFlow carried, Subnet subnet) {
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
                carrier(carried));
    }

    private static String carrier(CarriedFlow carried) {
        if (!carried.filtered()) return "no security group filters it";
        if (!carried.denied().isEmpty()) {
            return "MISSING: denied are "
                    + carried.denied().stream()
                            .map(FlowLine::toString)
                            .map(Safe::text)
                            .collect(Collectors.joining("; "));
        }
        String rules = carried.carriers().stream()
                .map(rule -> Safe.text(rule.rule().name()) + " ("
                        + rule.rule().priority().map(String::valueOf).orElse("?") + ")")
                .collect(Collectors.joining(", "));
        return rules.isEmpty() ? "not known: the input does not hold all rules" : rules;
    }

    private static final List<String> HEADS =
            List.of("direction", "protocol", "ports", "source", "destination", "begun by", "carried by");

    private static String clients(Era era) {
        return "Your own clients: TCP 1433 to the whole subnet"
                + (era.redirectRange()
                        ? ", and 11000-11999 as well when they are redirected"
                        : " (redirected ones too)")
                + "; allow the subnet's range, never single addresses: they change.";
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
            for (String head : HEADS) grid.cell(head, Ink.Tone.STRONG);
            grid.end();
            for (CarriedFlow flow : section.flows()) {
                for (String cell : cells(flow, section.subnet())) grid.cell(cell);
                grid.end();
            }
            grid.print("  ", Ink.PLAIN, out);
        }
        return out.append('\n')
                .append(clients(era))
                .append('\n')
                .append("Source: ")
                .append(era.source())
                .append('\n')
                .toString();
    }

    /** The page as Markdown. */
    public static String markdown(List<Section> sections, Era era) {
        StringBuilder out = new StringBuilder("# Flows that managed instances need (profile " + era.name() + ")\n");
        for (Section section : sections) {
            out.append("\n## Subnet ")
                    .append(escaped(section.subnet().id().qualifiedName()))
                    .append("\n\n");
            row(HEADS, out);
            row(HEADS.stream().map(head -> "---").toList(), out);
            for (CarriedFlow flow : section.flows()) row(cells(flow, section.subnet()), out);
        }
        return out.append('\n')
                .append(clients(era))
                .append("\n\nSource: ")
                .append(era.source())
                .append('\n')
                .toString();
    }

    private static void row(List<String> cells, StringBuilder out) {
        for (String cell : cells) out.append("| ").append(escaped(cell)).append(' ');
        out.append("|\n");
    }

    private static String escaped(String cell) {
        return Safe.text(cell).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*");
    }

    /** The page as JSON. */
    public static Map<String, @Nullable Object> json(List<Section> sections, Era era) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.flows/1");
        document.put("profile", era.name());
        List<Object> subnets = new ArrayList<>();
        for (Section section : sections) {
            Map<String, @Nullable Object> subnet = new LinkedHashMap<>();
            subnet.put("subnet", section.subnet().id().qualifiedName());
            subnet.put("flows", section.flows().stream().map(FlowsPage::flow).toList());
            subnets.add(subnet);
        }
        document.put("subnets", subnets);
        return document;
    }

    private static Map<String, @Nullable Object> flow(CarriedFlow carried) {
        MandatoryFlow flow = carried.flow();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("requirement", flow.requirement().id());
        members.put("direction", flow.inbound() ? "in" : "out");
        members.put(
                "protocol",
                flow.protocol() == Protocol.ANY ? "*" : flow.protocol().toString());
        members.put("ports", flow.ports().stream().map(PortRange::toString).toList());
        members.put("peer", flow.peer().toString());
        members.put("initiator", flow.inbound() ? "peer" : "instance");
        members.put(
                "carriedBy",
                carried.carriers().stream().map(rule -> rule.rule().name()).toList());
        members.put("denied", carried.denied().stream().map(DoctorJson::flow).toList());
        return members;
    }
}
