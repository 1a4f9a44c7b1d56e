package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("A list of changes")
class ChangeYamlTest {
    private static final Topology TOPOLOGY =
            Documents.topology(TopologyYamlTest.HUB_AND_SPOKE).topology();

    private static ImmutableList<Change> read(String text) {
        return ChangeYaml.read("c.yaml", Documents.bytes(text), TOPOLOGY);
    }

    private static List<String> problems(String text) {
        Problems problems = new Problems();
        ChangeYaml.read(YamlReader.read("c.yaml", Documents.bytes(text)), TOPOLOGY, problems);
        return problems.list().stream().map(Problem::toString).toList();
    }

    @Test
    @DisplayName("opens what was closed")
    void addRule() {
        String text = """
                - addRule: {networkSecurityGroup: nsg-mi, name: allow_redirect, priority: 1100, direction: Inbound,
                    access: Allow, protocol: Tcp, source: 10.1.0.4, destinationPorts: 11000-11999}
                - setConnectionType: {managedInstance: mi1, proxyOverride: Proxy}
                """;
        Topology changed = TOPOLOGY;
        for (Change change : read(text)) changed = changed.with(change);
        assertThat(changed.networkSecurityGroups().get(0).rules()).hasSize(3);
        assertThat(changed.managedInstances().get(0).proxyOverride()).isEqualTo(Given.of("Proxy"));
        assertThat(Documents.againstChangeSchema(text)).isEmpty();
    }

    @Test
    @DisplayName("may be JSON, and one change alone")
    void json() {
        assertThat(read("{\"removeRoute\": {\"routeTable\": \"rt-mi\", \"name\": \"nva\"}}"))
                .containsExactly(new Change.RemoveRoute(new ResourceId("rt-mi"), "nva"));
    }

    @Test
    @DisplayName("detaches with null")
    void detach() {
        assertThat(read("- setRouteTable: {subnet: mi, routeTable: null}\n"
                        + "- setSecurityGroup: {networkInterface: nic1, networkSecurityGroup: nsg-mi}"))
                .containsExactly(
                        new Change.SetRouteTable(new ResourceId("hub/mi"), null),
                        new Change.SetSecurityGroup(new ResourceId("nic1"), new ResourceId("nsg-mi")));
    }

    @Test
    @DisplayName("leaves the switches of a peering that it does not name")
    void flags() {
        Change.SetPeeringFlags change =
                (Change.SetPeeringFlags) read("- setPeeringFlags: {peering: to-hub, useRemoteGateways: true}")
                        .get(0);
        assertThat(change.flags())
                .isEqualTo(new Peering.Flags(Given.of(true), Given.of(true), Given.of(false), Given.of(true)));
    }

    @Test
    @DisplayName("may build on what it did before")
    void inOrder() {
        assertThat(read("- addPeering: {vnet: hub, name: second, remoteVnet: spoke}\n"
                        + "- setPeeringState: {peering: hub/second, state: Connected}"))
                .hasSize(2);
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                arguments(
                        "- addRul: {}",
                        true,
                        "c.yaml:1 at /0/addRul: `addRul` is no kind of change (did you mean `addRule`?)"),
                arguments("- addRule", true, "a change is one key that says what is done"),
                arguments(
                        "- removeRule: {networkSecurityGroup: nsg-mj, name: tds}",
                        false,
                        "there is no security group `nsg-mj` (did you mean `nsg-mi`?)"),
                arguments(
                        "- removeRule: {networkSecurityGroup: nsg-mi, name: tdx}",
                        false,
                        "there is no rule `tdx` to change"),
                arguments(
                        "- addRule: {networkSecurityGroup: nsg-mi, name: x, priority: 1000, direction: Inbound, access: Deny}",
                        false,
                        "priority 1000 is taken by rule `tds` of security group `nsg-mi`"),
                arguments(
                        "- addRule: {networkSecurityGroup: nsg-mi, name: x, priority: 5000, direction: Inbound, access: Deny}",
                        false,
                        "priority 5000 of rule `x` is not in 100..4096"),
                arguments(
                        "- addRule: {networkSecurityGroup: nsg-mi, name: x, prio: 1, direction: Inbound, access: Deny}",
                        true,
                        "the change `addRule` lacks `priority`"),
                arguments("- setSecurityGroup: {networkSecurityGroup: nsg-mi}", true, "is about one subnet or one NIC"),
                arguments("- setRouteTable: {subnet: mi}", true, "lacks `routeTable`"),
                arguments(
                        "- setConnectionType: {managedInstance: mi1, proxyOverride: Redirekt}",
                        true,
                        "did you mean `Redirect`?"),
                arguments(
                        "- setIpForwarding: {networkInterface: nic1, enableIpForwarding: on}",
                        true,
                        "here stands text"),
                arguments(
                        "- addPeering: {vnet: hub, name: to-spoke, remoteVnet: spoke}",
                        false,
                        "there is a peering `hub/to-spoke` already"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refused")
    @DisplayName("is refused with place and remedy")
    void refused(String text, boolean bySchemaToo, String said) {
        assertThat(String.join("\n", problems(text))).contains(said);
        if (bySchemaToo) assertThat(Documents.againstChangeSchema(text)).isNotEmpty();
    }
}
