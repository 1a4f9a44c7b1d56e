package dev.mipath.recordings;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSortedSet;
import dev.mipath.azure.RuleList;
import dev.mipath.azure.RuleList.Kind;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;

/**
 * A rule as an effective answer lists it, recorded or ours, in one spelling: {@code All} for every protocol, {@code
 * 0-65535} for every port, {@code 22-22} for one, {@code 0.0.0.0/0} for everywhere. Azure lists what is everywhere twice
 * since 2020; here a value stands once.
 */
record RuleRow(
        String direction,
        int priority,
        String name,
        String access,
        String protocol,
        ImmutableSortedSet<String> source,
        ImmutableSortedSet<String> sourcePorts,
        ImmutableSortedSet<String> destination,
        ImmutableSortedSet<String> destinationPorts) {

    /** A row of {@code effectiveSecurityRules}, or the properties of a declared rule under this name. */
    static RuleRow recorded(String name, Recorded rule) {
        return new RuleRow(
                rule.text("direction"),
                Integer.parseInt(rule.text("priority")),
                name,
                rule.text("access"),
                protocol(Protocol.parse(rule.text("protocol"))),
                prefixes(values(rule, "sourceAddressPrefix", "sourceAddressPrefixes")),
                ports(values(rule, "sourcePortRange", "sourcePortRanges")),
                prefixes(values(rule, "destinationAddressPrefix", "destinationAddressPrefixes")),
                ports(values(rule, "destinationPortRange", "destinationPortRanges")));
    }

    private static List<String> values(Recorded rule, String one, String several) {
        return rule.texts(several).isEmpty() ? rule.texts(one) : rule.texts(several);
    }

    /** The rules of a layer in the order of an effective answer: inbound, outbound, each by priority. */
    static List<RuleRow> ours(Compilation.Layer layer) {
        List<RuleRow> rows = new ArrayList<>(ours(layer.inbound()));
        rows.addAll(ours(layer.outbound()));
        return rows;
    }

    private static List<RuleRow> ours(RuleList rules) {
        return rules.entries().stream()
                .filter(entry -> entry.kind() != Kind.PLATFORM_ADDRESS)
                .map(entry -> ours(entry.rule()))
                .distinct()
                .toList();
    }

    private static RuleRow ours(RuleFact fact) {
        SecurityRule rule = fact.rule();
        return new RuleRow(
                rule.direction().is(Direction.INBOUND) ? "Inbound" : "Outbound",
                rule.priority().value().orElseThrow(),
                fact.qualifiedName(),
                rule.access().is(Access.ALLOW) ? "Allow" : "Deny",
                protocol(rule.match().protocol().value().orElseThrow()),
                prefixes(strings(rule.match().source())),
                ports(strings(rule.match().sourcePorts())),
                prefixes(strings(rule.match().destination())),
                ports(strings(rule.match().destinationPorts())));
    }

    /** Groups spell it {@code Tcp}, {@code TCP} and {@code tcp} (fact 1.9); effective answers {@code Tcp}. */
    private static String protocol(Protocol protocol) {
        return protocol == Protocol.ANY ? "All" : protocol.azureName();
    }

    private static List<String> strings(Collection<?> values) {
        return values.stream().map(Object::toString).toList();
    }

    private static ImmutableSortedSet<String> prefixes(List<String> values) {
        return sorted(values.stream().map(value -> value.equals("*") ? "0.0.0.0/0" : value));
    }

    private static ImmutableSortedSet<String> ports(List<String> values) {
        return sorted(values.stream().map(PortRange::parse).map(range -> range.first() + "-" + range.last()));
    }

    private static ImmutableSortedSet<String> sorted(Stream<String> values) {
        return values.collect(ImmutableSortedSet.toImmutableSortedSet(String::compareTo));
    }

    /** The rule that a customer declared to get this row. */
    SecurityRule declared() {
        return new SecurityRule(
                name.substring(name.indexOf('/') + 1),
                Rebuilt.PLACE,
                Given.of(priority),
                Given.of(direction.equals("Inbound") ? Direction.INBOUND : Direction.OUTBOUND),
                Given.of(access.equals("Allow") ? Access.ALLOW : Access.DENY),
                new SecurityRule.Match(
                        Given.of(Protocol.parse(protocol)),
                        terms(source),
                        ranges(sourcePorts),
                        terms(destination),
                        ranges(destinationPorts)));
    }

    private static ImmutableList<AddressTerm> terms(Collection<String> texts) {
        return texts.stream().map(RuleRow::term).collect(ImmutableList.toImmutableList());
    }

    private static AddressTerm term(String text) {
        if (text.equals("0.0.0.0/0")) return new AddressTerm.Any();
        return text.contains("/") ? new AddressTerm.Block(Prefix.parse(text)) : new AddressTerm.Tag(text);
    }

    private static ImmutableList<Given<PortRange>> ranges(Collection<String> texts) {
        return texts.stream().map(PortRange::parse).map(Given::of).collect(ImmutableList.toImmutableList());
    }

    boolean isCustomers() {
        return name.startsWith("securityRules/");
    }
}
