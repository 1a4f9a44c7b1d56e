package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.explain.FlowsPage.Section;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.requirements.CarriedFlow;
import dev.mipath.requirements.ClientFlow;
import dev.mipath.requirements.MandatoryFlow;
import dev.mipath.requirements.PeerWay;
import dev.mipath.topology.Given;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The page of flows as JSON; {@code mipath schema flows} describes it. */
public final class FlowsJson {
    private FlowsJson() {}

    /** The document. */
    public static Map<String, @Nullable Object> of(List<Section> sections, Era era) {
        Map<String, @Nullable Object> document = new LinkedHashMap<>();
        document.put("schema", "mipath.flows/1");
        document.put("profile", era.name());
        document.put("subnets", sections.stream().map(FlowsJson::subnet).toList());
        return document;
    }

    private static Map<String, @Nullable Object> subnet(Section section) {
        Map<String, @Nullable Object> subnet = new LinkedHashMap<>();
        subnet.put("subnet", section.subnet().id().qualifiedName());
        subnet.put("flows", section.flows().stream().map(FlowsJson::flow).toList());
        subnet.put("clients", section.clients().stream().map(FlowsJson::client).toList());
        return subnet;
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
        members.put("state", Ascii.toLowerCase(carried.state().name()));
        members.put("carriedBy", names(carried.carriers()));
        members.put("denied", carried.denied().stream().map(DoctorJson::flow).toList());
        members.put(
                "doubtful", carried.doubtful().stream().map(DoctorJson::flow).toList());
        members.put("ways", carried.ways().stream().map(FlowsJson::way).toList());
        return members;
    }

    private static List<String> names(List<RuleFact> rules) {
        return rules.stream().map(rule -> rule.rule().name()).toList();
    }

    private static Map<String, @Nullable Object> way(PeerWay way) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        boolean led = way.certain() && !way.routes().isEmpty();
        @Nullable RouteFact route = led ? way.routes().get(0) : null;
        @Nullable Given<?> address = route == null ? null : route.hop().address();
        members.put("nextHopType", route == null ? (way.certain() ? "None" : "Unknown") : RouteWords.type(route));
        members.put(
                "nextHopIpAddress",
                address == null ? null : address.value().map(Object::toString).orElse(null));
        members.put(
                "routes",
                way.routes().stream()
                        .map(each -> each.origin().name())
                        .filter(Objects::nonNull)
                        .toList());
        members.put(
                "destinations",
                way.destinations().prefixes().stream().map(Object::toString).toList());
        return members;
    }

    private static Map<String, @Nullable Object> client(ClientFlow client) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("purpose", Ascii.toLowerCase(client.purpose().name()).replace('_', '-'));
        members.put("protocol", "TCP");
        members.put("ports", client.purpose().ports().toString());
        members.put("filtered", client.filtered());
        members.put("letInBy", names(client.carriers()));
        members.put(
                "sources",
                client.sources().prefixes().stream().map(Object::toString).toList());
        return members;
    }
}
