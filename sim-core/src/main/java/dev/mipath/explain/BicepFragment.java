package dev.mipath.explain;

import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.SecurityRule;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An edit that adds or replaces a rule or route, as the Bicep resource that holds it; null for other edits. */
final class BicepFragment {
    private BicepFragment() {}

    static @Nullable String of(Change change) {
        if (change instanceof Change.AddRule add) return rule(add.group(), add.rule());
        if (change instanceof Change.ReplaceRule replace) return rule(replace.group(), replace.rule());
        if (change instanceof Change.AddRoute add) return route(add.table(), add.route());
        if (change instanceof Change.ReplaceRoute replace) return route(replace.table(), replace.route());
        return null;
    }

    private static String rule(ResourceId group, SecurityRule rule) {
        SecurityRule.Match match = rule.match();
        return """
                resource %s 'Microsoft.Network/networkSecurityGroups/securityRules@2023-11-01' = {
                  name: %s
                  properties: {
                    priority: %d
                    direction: '%s'
                    access: '%s'
                    protocol: '%s'
                    %s
                    sourcePortRange: '*'
                    %s
                    %s
                  }
                }
                """.formatted(
                        symbol(rule.name()),
                        quoted(group.name() + "/" + rule.name()),
                        rule.priority().orElse(0),
                        rule.direction().orElse(Direction.INBOUND).azureName(),
                        rule.access().orElse(Access.ALLOW).azureName(),
                        match.protocol().orElse(Protocol.ANY).azureName(),
                        terms("sourceAddressPrefix", "es", match.source()),
                        terms("destinationAddressPrefix", "es", match.destination()),
                        ports(match.destinationPorts()));
    }

    private static String terms(String member, String plural, List<?> entries) {
        if (entries.size() == 1) return member + ": " + quoted(entries.get(0).toString());
        return member + plural + ": ["
                + entries.stream().map(each -> quoted(each.toString())).collect(Collectors.joining(", ")) + "]";
    }

    private static String ports(List<Given<PortRange>> ports) {
        return terms("destinationPortRange", "s", ports);
    }

    private static String route(ResourceId table, Route route) {
        String address = route.nextHopIpAddress() == null
                ? ""
                : "\n    nextHopIpAddress: " + quoted(route.nextHopIpAddress().toString());
        return """
                resource %s 'Microsoft.Network/routeTables/routes@2023-11-01' = {
                  name: %s
                  properties: {
                    addressPrefix: %s
                    nextHopType: '%s'%s
                  }
                }
                """.formatted(
                        symbol(route.name()),
                        quoted(table.name() + "/" + route.name()),
                        quoted(route.destination().toString()),
                        route.nextHopType().orElse(NextHopType.NONE).azureName(),
                        address);
    }

    private static String symbol(String name) {
        StringBuilder symbol = new StringBuilder("r_");
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            boolean plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
            symbol.append(plain ? c : '_');
        }
        return symbol.toString();
    }

    private static String quoted(String text) {
        return "'" + Safe.text(text).replace("\\", "\\\\").replace("'", "\\'").replace("${", "\\${") + "'";
    }
}
