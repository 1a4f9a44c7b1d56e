package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.InputException;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.format.Problem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a file holds, the answer is a topology or problems with places; never another exception. */
@DisplayName("Hostile input")
class HostileInputTest {
    private static final String SCOPE = "/subscriptions/s/resourceGroups/g/providers/";

    /** One resource of every kind that is read, with every member that is read. */
    private static final String EVERYTHING = Imports.json("""
            [
             {'id': '#Microsoft.Network/virtualNetworks/v', 'name': 'v', 'location': 'l', 'properties': {
               'addressSpace': {'addressPrefixes': ['10.0.0.0/16']}, 'dhcpOptions': {'dnsServers': ['10.0.0.4']},
               'subnets': [{'name': 's', 'properties': {'addressPrefix': '10.0.0.0/24', 'routeTable': {'id': 'x'},
                 'delegations': [{'properties': {'serviceName': 'd'}}], 'serviceEndpoints': [{'service': 'e'}]}}],
               'virtualNetworkPeerings': [{'name': 'p', 'properties': {'remoteVirtualNetwork': {'id': 'x'},
                 'peeringState': 'Connected', 'useRemoteGateways': true, 'remoteAddressSpace': {'addressPrefixes': ['10.1.0.0/16']}}}]}},
             {'id': '#Microsoft.Network/networkSecurityGroups/n', 'name': 'n', 'properties': {'securityRules': [{'name': 'r', 'properties': {
               'priority': 100, 'direction': 'Inbound', 'access': 'Allow', 'protocol': 'Tcp', 'sourcePortRange': '*',
               'destinationPortRanges': ['1433'], 'sourceAddressPrefixes': ['10.0.0.0/8'],
               'destinationApplicationSecurityGroups': [{'id': 'a'}]}}]}},
             {'id': '#Microsoft.Network/routeTables/t', 'name': 't', 'properties': {'disableBgpRoutePropagation': true,
               'routes': [{'name': 'r', 'properties': {'addressPrefix': '0.0.0.0/0', 'nextHopType': 'VirtualAppliance', 'nextHopIpAddress': '10.0.0.4'}}]}},
             {'id': '#Microsoft.Network/networkInterfaces/i', 'name': 'i', 'properties': {'enableIPForwarding': true, 'ipConfigurations':
               [{'name': 'c', 'properties': {'primary': true, 'privateIPAddress': '10.0.0.5', 'subnet': {'id': 'x'}, 'applicationSecurityGroups': [{'id': 'a'}]}}]}},
             {'id': '#Microsoft.Compute/virtualMachines/m', 'name': 'm', 'properties': {'networkProfile': {'networkInterfaces': [{'id': 'x'}]}}},
             {'id': '#Microsoft.Sql/managedInstances/q', 'name': 'q', 'sku': {'name': 'GP_Gen5'}, 'properties': {'subnetId': 'x',
               'dnsZone': 'z', 'proxyOverride': 'Proxy', 'publicDataEndpointEnabled': false}},
             {'id': '#Microsoft.Sql/virtualClusters/c', 'name': 'c', 'properties': {'subnetId': 'x', 'childResources': ['y']}},
             {'id': '#Microsoft.Network/loadBalancers/b', 'name': 'b', 'sku': {'name': 'Basic'}, 'properties': {'frontendIPConfigurations':
               [{'name': 'f', 'properties': {'privateIPAddress': '10.0.0.6', 'subnet': {'id': 'x'}}}]}},
             {'id': '#Microsoft.Network/virtualNetworkGateways/g', 'name': 'g', 'properties': {'gatewayType': 'Vpn', 'ipConfigurations': [{'properties': {'subnet': {'id': 'x'}}}]}},
             {'id': '#Microsoft.Network/localNetworkGateways/o', 'name': 'o', 'properties': {'localNetworkAddressSpace': {'addressPrefixes': ['192.168.0.0/16']}}},
             {'id': '#Microsoft.Network/connections/k', 'name': 'k', 'properties': {'virtualNetworkGateway1': {'id': 'x'}, 'localNetworkGateway2': {'id': 'x'}}},
             {'id': '#Microsoft.Network/privateEndpoints/e', 'name': 'e', 'properties': {'subnet': {'id': 'x'}, 'customDnsConfigs': [{'ipAddresses': ['10.0.0.7']}]}},
             {'networkSecurityGroup': {'id': 'x'}, 'association': {'subnet': {'id': 'x'}}, 'effectiveSecurityRules': [{'name': 'securityRules/r',
               'priority': 100, 'direction': 'Inbound', 'access': 'Allow', 'protocol': 'All', 'sourcePortRange': '0-65535', 'destinationPortRange': '1-2',
               'sourceAddressPrefix': 'VirtualNetwork', 'destinationAddressPrefix': '0.0.0.0/0'}], 'tagMap': {'VirtualNetwork': ['10.0.0.0/16']}},
             {'source': 'Default', 'state': 'Active', 'addressPrefix': ['10.0.0.0/8'], 'nextHopType': 'None', 'nextHopIpAddress': []}
            ]
            """).replace("#", SCOPE);

    private static final String TEMPLATE = Imports.template("""
            'parameters': {'p': {'type': 'string', 'defaultValue': 'x'}},
            'variables': {'v': '[parameters("p")]', 'copy': [{'name': 'c', 'count': 2, 'input': '[copyIndex("c")]'}]},
            'resources': [{'type': 'Microsoft.Network/routeTables', 'name': '[variables("v")]', 'condition': '[equals(1, 1)]',
              'copy': {'name': 'l', 'count': 1}, 'properties': {'routes': [{'name': 'r', 'properties':
              {'addressPrefix': '10.0.0.0/8', 'nextHopType': 'None'}}]}}]
            """);

    private static List<Problem> importOf(String text) {
        try {
            Imports.read(text);
            return List.of();
        } catch (InputException e) {
            for (Problem problem : e.problems()) {
                assertThat(problem.place().file()).isEqualTo("-");
                assertThat(problem.toString()).doesNotContain("Exception", "java.", "dev.mipath");
                assertThat(problem.remedy()).isNotBlank();
            }
            return e.problems();
        }
    }

    @Test
    @DisplayName("the samples of this test are good to begin with")
    void samples() {
        assertThat(importOf(EVERYTHING)).isEmpty();
        assertThat(importOf(TEMPLATE)).isEmpty();
    }

    static IntStream cuts() {
        return IntStream.range(0, 60);
    }

    @ParameterizedTest(name = "cut after {0} sixtieths")
    @MethodSource("cuts")
    @DisplayName("that is cut short is refused with the line where it ends")
    void truncated(int sixtieths) {
        for (String text : List.of(EVERYTHING, TEMPLATE)) {
            assertThat(importOf(text.substring(0, text.length() * sixtieths / 60)))
                    .isNotEmpty();
        }
    }

    static List<String> wrongValues() {
        return List.of(
                "null",
                "true",
                "-1",
                "1e400",
                "\"\"",
                "\"‹x›\"",
                "\"\\u0000\\u001b[31m\"",
                "[]",
                "{}",
                "[[1]]",
                "{\"id\":5}");
    }

    @ParameterizedTest(name = "{0} in every place")
    @MethodSource("wrongValues")
    @DisplayName("that has a value of another type anywhere is read or refused with its place")
    void wrongTyped(String wrong) {
        for (String text : List.of(EVERYTHING, TEMPLATE)) {
            for (int[] span : values(text)) importOf(text.substring(0, span[0]) + wrong + text.substring(span[1]));
        }
    }

    /** The spans of all texts, numbers and words that stand as values. */
    private static List<int[]> values(String text) {
        List<int[]> spans = new ArrayList<>();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '"' && !Character.isLetterOrDigit(c)) continue;
            int end = i + 1;
            if (c == '"') end = text.indexOf('"', i + 1) + 1;
            else while (Character.isLetterOrDigit(text.charAt(end))) end++;
            int next = end;
            while (next < text.length() && Character.isWhitespace(text.charAt(next))) next++;
            if (next < text.length() && text.charAt(next) != ':') spans.add(new int[] {i, end});
            i = end - 1;
        }
        return spans;
    }

    @Test
    @DisplayName("that nests without end, in brackets or in an expression, is refused")
    void nested() {
        assertThat(importOf("{\"value\":" + "[".repeat(5_000)))
                .singleElement()
                .asString()
                .contains("nested deeper than 200");
        String deep = "concat(".repeat(500) + "'a'" + ")".repeat(500);
        assertThat(importOf(Imports.template("'resources': [{'type': 'Microsoft.Network/routeTables', 'name': 'NAME'}]")
                        .replace("NAME", "[" + deep + "]")))
                .anySatisfy(problem -> assertThat(problem.problem()).contains("the expression is nested too deeply"));
    }

    @Test
    @DisplayName("that names a member twice is refused with both lines")
    void duplicate() {
        assertThat(importOf("{\"name\":\"rt\",\n\"routes\":[],\n\"routes\":[]}"))
                .singleElement()
                .hasToString(
                        "-:3 at /routes: `routes` stands twice in one object, first in line 2 and again in line 3 (keep one of them)");
    }

    @Test
    @DisplayName("that colours the terminal is printed escaped")
    void escapes() {
        String name = "\\u001b[31mred\\u202e";
        List<Problem> problems = importOf("{\"name\":\"" + name + "\",\"routes\":[{\"name\":\"" + name
                + "\",\"addressPrefix\":\"" + name + "\",\"nextHopType\":\"VirtualAppliance\"}]}");
        assertThat(problems)
                .isNotEmpty()
                .allSatisfy(problem -> assertThat(problem.toString()).doesNotContain("\u001b", "\u202e"));
    }

    @Test
    @DisplayName("that is wrong in many places is told of all of them")
    void allProblems() {
        List<Problem> problems =
                importOf(Imports.json("{'name': 'n', 'securityRules': [{'name': 'r', 'priority': 99, 'direction':"
                        + " 'Up', 'access': 'Perhaps', 'protocol': 'Sctp', 'sourcePortRange': '70000', 'destinationPortRange': '9-1',"
                        + " 'sourceAddressPrefix': '10.0.0.300', 'destinationAddressPrefix': '10.0.0.0/40'}]}"));
        assertThat(problems).hasSize(8);
        assertThat(problems.get(0))
                .hasToString(
                        "-:1 at /securityRules/0/priority: priority 99 is below 100 (give a number from 100 to 4096)");
    }

    @Test
    @DisplayName("reads back every place as a line of the text")
    void places() {
        Node root = JsonReader.read("-", EVERYTHING.getBytes(StandardCharsets.UTF_8));
        assertThat(root.place().line()).isEqualTo(1);
        assertThat(Imports.topology(EVERYTHING)
                        .managedInstances()
                        .get(0)
                        .place()
                        .pointer())
                .isEqualTo("/5");
    }
}
