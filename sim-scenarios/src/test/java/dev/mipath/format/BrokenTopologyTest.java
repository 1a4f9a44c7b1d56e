package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A topology that cannot be understood")
class BrokenTopologyTest {
    private static final String RULE = "networkSecurityGroups: [{name: n, rules: [{name: r, priority: 100, %s}]}]";

    /** A fragment behind the version line, and what is said of it; the schema refuses it too. */
    static Stream<Arguments> refusedByBoth() {
        return Stream.of(
                arguments("vnet: []", "t.yaml:2 at /vnet: `vnet` is not a key of a topology (did you mean `vnets`?)"),
                arguments("vnets: 5", "t.yaml:2 at /vnets: a VNet is written with keys, but here stands a number"),
                arguments(
                        "vnets: {name: v, addressPrefixes: []}",
                        "a list is expected, but here stands an object (begin each item with `- `"),
                arguments("vnets: [{addressPrefixes: []}]", "at /vnets/0: a VNet lacks `name` (add `name: …`)"),
                arguments("vnets: [{name: v}]", "at /vnets/0: a VNet lacks `addressPrefixes`"),
                arguments("vnets: [{name: a/b, addressPrefixes: []}]", "the name `a/b` holds a `/`"),
                arguments("vnets: [{name: 5, addressPrefixes: []}]", "here stands a number (put it in quotes)"),
                arguments("vnets: [{name: '', addressPrefixes: []}]", "the text is empty"),
                arguments("vnets: [{name: v, addressPrefixes: ten}]", "`ten` is not an IP address"),
                arguments("vnets: [{name: v, addressPrefixes: true}]", "text is expected, but here stands `true` or"),
                arguments(
                        "vnets: [{name: v, addressSpace: {addressPrefixes: []}}]",
                        "`addressSpace` is not a key of a VNet (did you mean `addressPrefixes`?)"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], subnets: [{name: s}]}]",
                        "a subnet lacks `addressPrefix`"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], subnets: "
                                + "[{name: s, addressPrefix: 10.0.0.0/8, addressPrefixes: []}]}]",
                        "both `addressPrefix` and `addressPrefixes`"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], peerings: [{name: p}]}]",
                        "a peering lacks `remoteVnet`"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], peerings: "
                                + "[{name: p, remoteVnet: w, state: Conected}]}]",
                        "`Conected` is none of the words that can stand here (did you mean `Connected`?)"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], peerings: "
                                + "[{name: p, remoteVnet: w, useRemoteGateways: 'yes'}]}]",
                        "`true` or `false` is expected, but here stands text"),
                arguments(
                        RULE.formatted("direction: Inbound"),
                        "at /networkSecurityGroups/0/rules/0: a security rule lacks"),
                arguments(RULE.formatted("direction: In, access: Allow"), "`In` is none of the words"),
                arguments(
                        RULE.formatted("direction: Inbound, access: Allow, sourceAddressPrefix: Any"),
                        "`sourceAddressPrefix` is not a key of a security rule (did you mean `source`?)"),
                arguments(
                        RULE.formatted("direction: Inbound, access: Allow, protocol: Sctp"),
                        "`Sctp` is not a protocol (write `Tcp`, `Udp`, `Icmp`, `Esp`, `Ah` or `Any`)"),
                arguments(
                        RULE.formatted("direction: Inbound, access: Allow, destinationPorts: 70000"),
                        "`70000` is not a port range"),
                arguments(
                        RULE.formatted("direction: Inbound, access: Allow, destinationPorts: http"),
                        "`http` is not a port range"),
                arguments(
                        RULE.formatted("direction: Inbound, access: Allow, source: {group: x}"),
                        "`group` is not a key of an address entry"),
                arguments(
                        "networkSecurityGroups: [{name: n, rules: "
                                + "[{name: r, priority: 99, direction: Inbound, access: Allow}]}]",
                        "priority 99 of rule `r` is not in 100..4096 (choose a free one; lower wins)"),
                arguments(
                        "networkSecurityGroups: [{name: n, rules: "
                                + "[{name: r, priority: 1.5, direction: Inbound, access: Allow}]}]",
                        "`1.5` is no whole number"),
                arguments(
                        "routeTables: [{name: t, routes: [{name: r, addressPrefix: 10.0.0.0/8, nextHopType: VNetPeering}]}]",
                        "only Azure itself installs routes to `VNetPeering`"),
                arguments(
                        "routeTables: [{name: t, routes: [{name: r, addressPrefix: 10.0.0.0/8, nextHopType: Internett}]}]",
                        "did you mean `Internet`?"),
                arguments("networkInterfaces: [{name: n}]", "a network interface lacks `subnet`"),
                arguments(
                        "networkInterfaces: [{name: n, subnet: s, ipConfigurations: []}]",
                        "`subnet` is not a key of a network interface"),
                arguments(
                        "managedInstances: [{name: m, subnet: s, proxyOverride: Redirct}]", "did you mean `Redirect`?"),
                arguments("virtualNetworkGateways: [{name: g, subnet: s}]", "a virtual network gateway lacks `type`"),
                arguments(
                        "effectiveSecurityRules: [{networkSecurityGroup: n, rules: []}]",
                        "belongs to one subnet or one"),
                arguments("profile: 2021", "there is no profile `2021`"),
                arguments("name:", "`name` has no value (give it one, or take the key out)"),
                arguments("ask: {from: a}", "the question `ask` lacks `to`"),
                arguments(
                        "expect: [{trace: {from: a}, answer: {outcome: blocked}}]", "the question `trace` lacks `to`"),
                arguments("ask: {from: a, to: b, port: 99999}", "port 99999 is not in 0..65535"),
                arguments("expect: [{answer: {access: Allow}}]", "an expectation asks one question"),
                arguments(
                        "expect: [{nextHop: {sourceIp: 10.0.0.4, destIp: 10.0.0.5}, answer: {acces: Allow}}]",
                        "`acces` is not a key of an answer"),
                arguments(
                        "expect: [{nextHop: {sourceIp: 10.0.0.4, destIp: 10.0.0.5}, answer: {}}]",
                        "the answer expects nothing"),
                arguments(
                        "expect: [{testIpFlow: {direction: Inbound, protocol: Tcp, local: 10.0.0.4, "
                                + "remote: 10.0.0.5:1}, answer: {access: Allow}}]",
                        "`10.0.0.4` is no address with a port"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByBoth")
    @DisplayName("is refused by reader and schema")
    void refusedByBoth(String fragment, String said) {
        String document = "mipath: topology/1\n" + fragment + "\n";
        assertThat(String.join("\n", Documents.problems(document))).contains(said);
        assertThat(Documents.againstSchema(document)).isNotEmpty();
    }

    /** What a schema cannot say. */
    static Stream<Arguments> refusedByReader() {
        return Stream.of(
                arguments(
                        "vnets: [{name: v, addressPrefixes: 10.0.0.1/16}]",
                        "host bits are set in `10.0.0.1/16`; the block is `10.0.0.0/16`"),
                arguments("vnets: [{name: v, addressPrefixes: 10.0.0.300}]", "`10.0.0.300` is not an IP address"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: []}, {name: V, addressPrefixes: []}]",
                        "the VNet `V` stands twice, first in line 2"),
                arguments(
                        "vnets: [{name: v, addressPrefixes: [], subnets: "
                                + "[{name: s, addressPrefix: 10.0.0.0/8}, {name: s, addressPrefix: 10.0.0.0/8}]}]",
                        "the subnet `v/s` stands twice"),
                arguments(
                        "networkSecurityGroups: [{name: n, rules: [{name: a, priority: 100, direction: Inbound, "
                                + "access: Allow}, {name: A, priority: 101, direction: Inbound, access: Allow}]}]",
                        "the rule `A` stands twice"),
                arguments(
                        "networkSecurityGroups: [{name: n, rules: [{name: a, priority: 100, direction: Inbound, "
                                + "access: Allow}, {name: b, priority: 100, direction: Inbound, access: Allow}]}]",
                        "rules `a` and `b` both have Inbound priority 100"),
                arguments(
                        "routeTables: [{name: t, routes: [{name: r, addressPrefix: Storage, nextHopType: None}, "
                                + "{name: r, addressPrefix: Sql, nextHopType: None}]}]",
                        "the route `r` stands twice"),
                arguments(
                        "networkSecurityGroups: [{id: /a/n}, {id: /b/n}]\n"
                                + "networkInterfaces: [{name: x, subnet: s, networkSecurityGroup: n}]",
                        "`n` may be any of 2: /a/n, /b/n (write the id)"),
                arguments("vnets: [{name: v, id: /a/w, addressPrefixes: []}]", "the name `v` is not the last part"),
                arguments("name: a\nname: b", "`name` stands twice in one object"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedByReader")
    @DisplayName("is refused by the reader where a schema has no words")
    void refusedByReader(String fragment, String said) {
        String document = "mipath: topology/1\n" + fragment + "\n";
        assertThat(String.join("\n", Documents.problems(document))).contains(said);
    }

    @Test
    @DisplayName("is told all at once, each problem with place and remedy")
    void allAtOnce() {
        String document = """
                mipath: topology/1
                vnets:
                  - name: v
                    addressPrefix: 10.0.0.0/16
                    subnets:
                      - {name: s, addressPrefix: 10.0.1.4/24, routetable: rt}
                networkSecurityGroups:
                  - name: n
                    rules:
                      - {name: r, priority: high, direction: Inbound, access: Alow}
                """;
        assertThat(Documents.problems(document))
                .containsExactly(
                        "t.yaml:3 at /vnets/0: a VNet lacks `addressPrefixes` (add `addressPrefixes: …`)",
                        "t.yaml:4 at /vnets/0/addressPrefix: `addressPrefix` is not a key of a VNet"
                                + " (did you mean `addressPrefixes`?)",
                        "t.yaml:6 at /vnets/0/subnets/0/addressPrefix: host bits are set in `10.0.1.4/24`; the block is"
                                + " `10.0.1.0/24` (write a block such as `10.0.1.0/24`)",
                        "t.yaml:6 at /vnets/0/subnets/0/routetable: `routetable` is not a key of a subnet"
                                + " (did you mean `routeTable`?)",
                        "t.yaml:10 at /networkSecurityGroups/0/rules/0/priority: a number is expected, but here stands"
                                + " text (write digits only)",
                        "t.yaml:10 at /networkSecurityGroups/0/rules/0/access: `Alow` is none of the words that can"
                                + " stand here (did you mean `Allow`?)");
    }

    @Test
    @DisplayName("of another version says which version it must be")
    void version() {
        assertThat(Documents.problems("mipath: topology/2\n"))
                .containsExactly("t.yaml:1 at /mipath: this is no version of the format that can be read here"
                        + " (write `mipath: topology/1`)");
        assertThat(Documents.problems("name: x\n").get(0)).contains("a topology lacks `mipath`");
        assertThat(Documents.againstSchema("mipath: topology/2\n")).isNotEmpty();
    }
}
