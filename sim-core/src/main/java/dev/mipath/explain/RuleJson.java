package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Rules as Azure's effective answers write them: {@code All}, {@code 0-65535}, {@code 22-22}, {@code 0.0.0.0/0}. */
final class RuleJson {
    private static final String UNKNOWN = "Unknown";

    private final Compilation compilation;
    private final Compilation.Layer layer;
    private final Map<String, List<Object>> tagMap = new LinkedHashMap<>();

    RuleJson(Compilation compilation, Compilation.Layer layer) {
        this.compilation = compilation;
        this.layer = layer;
    }

    /** The whole answer about one group; asked last, when every tag has been met. */
    Map<String, @Nullable Object> group(List<Object> rules, boolean onSubnet) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("networkSecurityGroup", Map.of("id", layer.group().text()));
        members.put(
                "association",
                Map.of(
                        onSubnet ? "subnet" : "networkInterface",
                        Map.of("id", layer.target().text())));
        members.put("effectiveSecurityRules", rules);
        members.put("tagMap", tagMap);
        return members;
    }

    /** The whole answer about admin rules, which the service gives as of a network manager. */
    Map<String, @Nullable Object> admin(List<Object> rules) {
        String collection = layer.group().text();
        int configuration = collection.toLowerCase(Locale.ROOT).indexOf("/securityadminconfigurations/");
        String manager = configuration < 0 ? collection : collection.substring(0, configuration);
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("association", Map.of("networkManager", Map.of("id", manager)));
        members.put("effectiveSecurityRules", rules);
        members.put("tagMap", tagMap);
        return members;
    }

    Map<String, @Nullable Object> rule(RuleFact fact, Direction direction, List<String> missing) {
        SecurityRule rule = fact.rule();
        SecurityRule.Match match = rule.match();
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", fact.qualifiedName());
        Protocol protocol = match.protocol().orElse(Protocol.ANY);
        members.put(
                "protocol",
                match.protocol().isUnknown() ? UNKNOWN : protocol == Protocol.ANY ? "All" : protocol.azureName());
        List<Object> sourcePorts = ports(match.sourcePorts());
        List<Object> destinationPorts = ports(match.destinationPorts());
        members.put("sourcePortRange", sourcePorts.get(0));
        members.put("destinationPortRange", destinationPorts.get(0));
        members.put("sourcePortRanges", sourcePorts);
        members.put("destinationPortRanges", destinationPorts);
        List<Object> source = terms(match.source());
        List<Object> destination = terms(match.destination());
        members.put("sourceAddressPrefix", source.get(0));
        members.put("destinationAddressPrefix", destination.get(0));
        members.put("sourceAddressPrefixes", source);
        members.put("destinationAddressPrefixes", destination);
        expanded("expandedSourceAddressPrefix", match.source(), members);
        expanded("expandedDestinationAddressPrefix", match.destination(), members);
        members.put("access", rule.access().isUnknown() ? UNKNOWN : Words.access(fact));
        members.put("priority", rule.priority().value().orElse(null));
        members.put("direction", direction == Direction.INBOUND ? "Inbound" : "Outbound");
        members.put("location", Locations.of(rule.place()));
        if (!missing.isEmpty()) members.put("missing", missing);
        return members;
    }

    Map<String, @Nullable Object> loser(RuleFact fact, RuleFact shadow, String explanation) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("name", fact.qualifiedName());
        members.put(
                fact.isAdmin() ? "adminRuleCollection" : "networkSecurityGroup",
                fact.group().name());
        members.put("priority", fact.rule().priority().value().orElse(null));
        members.put("why", "SHADOWED");
        members.put("by", shadow.qualifiedName());
        members.put("explanation", "never decides: " + explanation);
        members.put("location", Locations.of(fact.rule().place()));
        return members;
    }

    private static List<Object> ports(List<Given<PortRange>> ports) {
        List<Object> list = new ArrayList<>();
        for (Given<PortRange> port : ports) {
            PortRange range = port.orElse(PortRange.ANY);
            list.add(port.isUnknown() ? UNKNOWN : range.first() + "-" + range.last());
        }
        if (list.isEmpty()) list.add(UNKNOWN);
        return list;
    }

    private static List<Object> terms(List<AddressTerm> terms) {
        List<Object> list = new ArrayList<>();
        for (AddressTerm term : terms) {
            if (term instanceof AddressTerm.Any) list.add("0.0.0.0/0");
            else if (term instanceof AddressTerm.Unknown) list.add(UNKNOWN);
            else if (term instanceof AddressTerm.Group group)
                list.add(group.id().text());
            else list.add(term.toString());
        }
        if (list.isEmpty()) list.add(UNKNOWN);
        return list;
    }

    private void expanded(String name, List<AddressTerm> terms, Map<String, @Nullable Object> members) {
        List<Object> all = new ArrayList<>();
        boolean expands = false;
        for (AddressTerm term : terms) {
            if (!(term instanceof AddressTerm.Tag) && !(term instanceof AddressTerm.Group)) continue;
            expands = true;
            List<Object> prefixes = new ArrayList<>();
            for (Prefix prefix : compilation.expansion(layer.subnet(), term)) prefixes.add(prefix.toString());
            all.addAll(prefixes);
            if (term instanceof AddressTerm.Tag tag) tagMap.put(tag.name(), prefixes);
        }
        if (expands) members.put(name, all);
    }
}
