package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Schemas;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.apache.maven.plugin.surefire.log.api.NullConsoleLogger;
import org.apache.maven.plugins.surefire.report.ReportTestCase;
import org.apache.maven.plugins.surefire.report.ReportTestSuite;
import org.apache.maven.plugins.surefire.report.TestSuiteXmlParser;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The doctor")
class DoctorStories {
    private static final String HARMED = """
            mipath: topology/1
            name: harmed <&> network
            vnets:
              - name: vnet-mi
                location: westeurope
                addressPrefixes: [10.0.0.0/16]
                subnets:
                  - name: snet-mi
                    addressPrefix: 10.0.1.0/27
                    delegations: [Microsoft.Sql/managedInstances]
                    networkSecurityGroup: nsg-mi
                    routeTable: rt-mi
            networkSecurityGroups:
              - name: nsg-mi
                rules:
                  - {name: deny_probe, priority: 100, direction: Inbound, access: Deny, protocol: Tcp, source: AzureLoadBalancer, destinationPorts: 80}
                  - {name: allow_tds, priority: 200, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433}
            routeTables:
              - name: rt-mi
                routes:
                  - {name: to_nva, addressPrefix: 13.64.9.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.9.4}
            managedInstances:
              - {name: mi1, subnet: vnet-mi/snet-mi}
            """;

    @TempDir
    Path folder;

    private String file(String name, String yaml) throws IOException {
        return Files.writeString(folder.resolve(name), yaml).toString();
    }

    @Test
    @DisplayName("tells a manager in the first line how things stand")
    void summary() {
        CommandRun run =
                CommandRun.line("doctor scenario:hub-spoke-redirect-works").exits(0);
        assertThat(run.out()).startsWith("Healthy: 1 instance subnet, 0 errors, 0 warnings under profile 2020.");
    }

    @Test
    @DisplayName("does not call healthy what it could not see")
    void nothingToJudge() throws IOException {
        CommandRun run = CommandRun.of("doctor", file("none.yaml", "mipath: topology/1\nname: empty\n"))
                .exits(3);
        assertThat(run.out()).startsWith("No subnet of the input holds managed instances");
    }

    @Test
    @DisplayName("judges the security admin rules that stand before the group, which no rule of a group can overrule")
    void adminRules() throws IOException {
        String yaml = Hub.of(2020) + """
                networkSecurityGroups: [{name: nsg, rules: []}]
                routeTables: [{name: rt, routes: []}]
                managedInstances: [{name: mi1, subnet: mi}]
                adminRules:
                  - name: corp
                    vnets: [hub]
                    onInstances: All
                    rules: [{name: no-sql, priority: 10, direction: Inbound, access: Deny}]
                """;
        CommandRun run = CommandRun.of("doctor", file("admin.yaml", yaml)).exits(ExitCode.NO);
        assertThat(run.out())
                .startsWith("Not healthy")
                .contains(
                        "cannot get in: security admin rule no-sql denies mandatory packets",
                        "admin.yaml:17 at /adminRules/0/rules/0",
                        "put an allow with a lower number into the security admin rules");
        // What is always allowed is not asked of the group any more; what is merely allowed is.
        String allowed = yaml.replace(
                        "[{name: no-sql, priority: 10, direction: Inbound, access: Deny}]",
                        "[{name: yes, priority: 9, direction: Inbound, access: Allow, protocol: Any},"
                                + " {name: no-sql, priority: 10, direction: Inbound, access: Deny}]")
                .replace(
                        "{name: nsg, rules: []}",
                        "{name: nsg, rules: [{name: no-probe, priority: 100, direction: Inbound, access: Deny,"
                                + " source: AzureLoadBalancer}]}");
        CommandRun asked =
                CommandRun.of("doctor", file("allowed.yaml", allowed)).exits(ExitCode.NO);
        assertThat(asked.out())
                .contains("rule no-probe denies mandatory packets")
                .doesNotContain("admin rule");
        CommandRun always = CommandRun.of(
                        "doctor", file("always.yaml", allowed.replace("access: Allow,", "access: AlwaysAllow,")))
                .exits(ExitCode.YES);
        assertThat(always.out()).startsWith("Healthy");
        CommandRun spared = CommandRun.of("doctor", file("spared.yaml", yaml.replace("All", "None")))
                .exits(ExitCode.YES);
        assertThat(spared.out()).doesNotContain("admin rules");
    }

    @Test
    @DisplayName(
            "finds the zone of the instance's private endpoints, the server that asks nobody, and name resolution that is denied")
    void names() throws IOException {
        String yaml = """
                mipath: topology/1
                profile: current
                vnets:
                  - name: hub
                    addressPrefixes: 10.0.0.0/16
                    dnsServers: 10.0.9.4
                    subnets:
                      - {name: mi, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg, routeTable: rt,
                         delegations: Microsoft.Sql/managedInstances}
                networkSecurityGroups:
                  - name: nsg
                    rules:
                      - {name: dns, priority: 2000, direction: Outbound, access: Deny, protocol: PROTOCOL,
                         destination: AzurePlatformDNS}
                routeTables: [{name: rt, routes: []}]
                managedInstances:
                  - {name: mi1, subnet: mi, fullyQualifiedDomainName: mi1.0123abcd.database.windows.net}
                dnsServers: [{name: lonely, address: 10.0.9.4, forwardsTo: Nothing}]
                privateDnsZones:
                  - {name: privatelink.0123abcd.database.windows.net, links: hub}
                """;
        CommandRun run = CommandRun.of("doctor", file("names.yaml", yaml.replace("PROTOCOL", "Udp")))
                .exits(ExitCode.NO);
        assertThat(run.out())
                .contains("reserved-zones", "custom-dns", "platform-dns")
                .contains("DNS server lonely asks nobody else");
        CommandRun icmp = CommandRun.of("doctor", file("icmp.yaml", yaml.replace("PROTOCOL", "Icmp")))
                .exits(ExitCode.NO);
        assertThat(icmp.out()).doesNotContain("platform-dns");
    }

    @Test
    @DisplayName(
            "does not call a change harmless that takes the instance's subnet, or its security group, out of sight")
    void outOfSight() throws IOException {
        String there = Hub.of(2020) + """
                networkSecurityGroups: [{name: nsg, rules: []}]
                routeTables: [{name: rt, routes: []}]
                managedInstances: [{name: mi1, subnet: mi}]
                """;
        String gone = """
                mipath: topology/1
                vnets:
                  - {name: hub, addressPrefixes: 10.0.0.0/16, subnets: [{name: other, addressPrefix: 10.0.2.0/24}]}
                """;
        String before = file("there.yaml", there);
        CommandRun taken = CommandRun.of("doctor", "--before", before, "--after", file("gone.yaml", gone))
                .exits(ExitCode.UNDETERMINED);
        assertThat(taken.out())
                .startsWith("The change breaks nothing that could be judged, but ")
                .contains(
                        "but 1 subnet with instances is gone",
                        "removed subnet hub/mi (mi1): nothing of it can be judged");
        String unknown = there.replace("networkSecurityGroup: nsg,", "networkSecurityGroup: {unknown: group},");
        CommandRun hidden = CommandRun.of("doctor", "--before", before, "--after", file("hidden.yaml", unknown))
                .exits(ExitCode.UNDETERMINED);
        assertThat(hidden.out()).contains("can be judged no more", "health-probe-in");
        CommandRun same =
                CommandRun.of("doctor", "--before", before, "--after", before).exits(ExitCode.YES);
        assertThat(same.out()).startsWith("The change breaks nothing.");
    }

    @Test
    @DisplayName("says of a change without any instance that nothing was judged, not that it breaks nothing")
    void nothingInSight() throws IOException {
        String plain = file("plain.yaml", """
                mipath: topology/1
                vnets:
                  - {name: hub, addressPrefixes: 10.0.0.0/16, subnets: [{name: other, addressPrefix: 10.0.2.0/24}]}
                """);
        CommandRun run =
                CommandRun.of("doctor", "--before", plain, "--after", plain).exits(ExitCode.UNDETERMINED);
        assertThat(run.out()).startsWith("Nothing was judged: ").doesNotContain("breaks nothing");
        CommandRun.of("doctor", "--before", plain, "--after", plain, "--format", "json")
                .exits(ExitCode.UNDETERMINED);
        String there = file("come.yaml", Hub.of(2020) + """
                networkSecurityGroups: [{name: nsg, rules: []}]
                routeTables: [{name: rt, routes: []}]
                managedInstances: [{name: mi1, subnet: mi}]
                """);
        assertThat(CommandRun.of("doctor", "--before", plain, "--after", there).out())
                .startsWith("The change breaks ");
    }

    @Test
    @DisplayName("names the stolen packets, the customer's line and a remedy that was tried")
    void findings() throws IOException {
        String file = file("harmed.yaml", HARMED);
        CommandRun run = CommandRun.of("doctor", file, "--profile", "2020").exits(1);
        assertThat(run.out())
                .startsWith("Not healthy: 1 instance subnet, 2 errors")
                .contains(
                        "error health-probe-in: the load balancer's health probes cannot get in: rule deny_probe denies",
                        "harmed.yaml:16 at /networkSecurityGroups/0/rules/0",
                        "packets: TCP 168.63.129.16/32 → 10.0.1.0/27 : 80",
                        "\"Mandatory inbound security rules with service-aided subnet configuration\"",
                        "error routes-to-azure: route to_nva leads part of the mandatory prefixes away",
                        "→ 13.64.9.0/24 : *",
                        "az network route-table route delete -g RESOURCE_GROUP --route-table-name rt-mi -n to_nva");
    }

    @Test
    @DisplayName("fails from the severity on that is asked for")
    void failOn() throws IOException {
        String file = file("harmed.yaml", HARMED);
        CommandRun.of("doctor", file, "--profile", "2020", "--fail-on", "never").exits(0);
        String mended = HARMED.replace("Deny, protocol", "Allow, protocol").replace("13.64.9.0/24", "10.77.0.0/24");
        String closed = file(
                "closed.yaml",
                mended.replace("subnet: vnet-mi/snet-mi", "subnet: vnet-mi/snet-mi, proxyOverride: Redirect"));
        // Ports 11000-11999 are open by AllowVnetInBound; a deny behind 1433 closes them.
        CommandRun.of("doctor", closed, "--profile", "2020").exits(0);
        CommandRun.of("doctor", closed, "--profile", "2020", "--fail-on", "warning")
                .exits(0);
        String denied = Files.readString(Path.of(closed))
                .replace(
                        "rules:\n",
                        "rules:\n      - {name: deny_rest, priority: 4000, direction: Inbound, access: Deny}\n");
        String warned = file("warned.yaml", denied);
        CommandRun.of("doctor", warned, "--profile", "2020").exits(0);
        CommandRun run = CommandRun.of("doctor", warned, "--profile", "2020", "--fail-on", "warning")
                .exits(1);
        assertThat(run.out()).contains("warning redirect-ports", "11000-11999");
    }

    @Test
    @DisplayName("says what a change breaks and what it mends")
    void beforeAndAfter() throws IOException {
        String before = file("before.yaml", HARMED);
        String after = file(
                "after.yaml",
                HARMED.replace("name: deny_probe, priority: 100", "name: deny_probe, priority: 300")
                        .replace(
                                "Deny, protocol: Tcp, source: AzureLoadBalancer",
                                "Deny, protocol: Tcp, source: 10.0.1.0/27"));
        CommandRun run = CommandRun.of("doctor", "--before", before, "--after", after, "--profile", "2020")
                .exits(0);
        assertThat(run.out())
                .startsWith("The change breaks nothing and mends 1.")
                .contains("mended health-probe-in");
        CommandRun back = CommandRun.of("doctor", "--before", after, "--after", before, "--profile", "2020")
                .exits(1);
        assertThat(back.out())
                .startsWith("The change breaks 1 requirement.")
                .contains("health-probe-in")
                .doesNotContain("routes-to-azure");
        CommandRun.of("doctor", before, "--before", before).exits(2);
    }

    @Test
    @DisplayName("writes JSON as its schema says")
    void json() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Schemas.text("doctor"));
        String file = file("harmed.yaml", HARMED);
        String out = CommandRun.of("doctor", file, "--format", "json", "--profile", "2020-manual")
                .exits(1)
                .out();
        assertThat(schema.validate(out, InputFormat.JSON)).isEmpty();
        String change = CommandRun.of("doctor", "--before", file, "--after", file, "--format", "json")
                .exits(0)
                .out();
        assertThat(schema.validate(change, InputFormat.JSON)).isEmpty();
        assertThat(schema.validate(out.replace("\"findings\"", "\"finding\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    @DisplayName("writes SARIF 2.1.0 that holds against the published schema")
    void sarif() throws IOException {
        String text;
        try (InputStream in = DoctorStories.class.getResourceAsStream("/schema/sarif-schema-2.1.0.json")) {
            text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
        }
        Schema schema =
                SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_7).getSchema(text);
        String file = file("harmed with blank.yaml", HARMED);
        String out = CommandRun.of("doctor", file, "--format", "sarif", "--profile", "2020")
                .exits(1)
                .out();
        assertThat(schema.validate(out, InputFormat.JSON)).isEmpty();
        assertThat(out)
                .contains("\"startLine\" : 16", "harmed%20with%20blank.yaml", "\"ruleId\" : \"health-probe-in\"");
        assertThat(schema.validate(out.replace("\"level\" : \"error\"", "\"level\" : \"bad\""), InputFormat.JSON))
                .isNotEmpty();
    }

    @Test
    @DisplayName("writes a JUnit report that Surefire's own reader opens")
    void junit() throws Exception {
        String file = file("harmed.yaml", HARMED + "managementLocks: [{name: keep, level: ReadOnly, scope: rt-mi}]\n");
        String out = CommandRun.of("doctor", file, "--format", "junit", "--profile", "2020")
                .exits(1)
                .out();
        List<ReportTestSuite> suites = new TestSuiteXmlParser(new NullConsoleLogger())
                .parse(new InputStreamReader(
                        new ByteArrayInputStream(out.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8));
        assertThat(suites).hasSize(1);
        ReportTestSuite suite = suites.get(0);
        assertThat(suite.getNumberOfFailures()).isEqualTo(2);
        assertThat(suite.getNumberOfSkipped()).isEqualTo(2);
        assertThat(suite.getTestCases())
                .filteredOn(ReportTestCase::hasFailure)
                .extracting(ReportTestCase::getFailureType)
                .containsExactly("health-probe-in", "routes-to-azure");
        assertThat(suite.getTestCases())
                .as("viewers fold what passed cases print")
                .extracting(ReportTestCase::getName)
                .anyMatch(name -> name != null && name.startsWith("warning: locks-and-policies: "));
    }

    @Test
    @DisplayName("tells once what is not known, with all that it leaves open")
    void oneDoubtForMany() throws IOException {
        String unknown = PLAIN.replace(
                "rules: [RULES]",
                "rules: [{name: some, priority: 100, direction: Inbound,"
                        + " access: Deny, protocol: {unknown: the protocol}}]");
        String out =
                CommandRun.of("doctor", file("open.yaml", unknown)).exits(3).out();
        assertThat(out.lines().filter(line -> line.contains("needs all of rule some")))
                .hasSize(1);
        assertThat(out).containsPattern("management-in,.* health-probe-in, subnet-in: needs all of rule some");
    }

    private static final String PLAIN = Hub.of(2020) + """
            networkSecurityGroups: [{name: nsg, rules: [RULES]}]
            routeTables: [{name: rt, routes: []}]
            managedInstances: [{name: mi1, subnet: mi, proxyOverride: Redirect}]
            """;

    private CommandRun plain(String name, String rules, String more, int exit) throws IOException {
        return CommandRun.of("doctor", file(name, PLAIN.replace("RULES", rules) + more), "--fail-on", "warning")
                .exits(exit);
    }

    @Test
    @DisplayName("offers a tried remedy for redirect ports, whoever opened 1433 and however early the deny stands")
    void redirectRemedy() throws IOException {
        String deny = "{name: no, priority: PRIORITY, direction: Inbound, access: Deny, destinationPorts: 11000-11999}";
        String tds = ", {name: tds, priority: 500, direction: Inbound, access: Allow, protocol: Tcp, SOURCE,"
                + " destinationPorts: 1433}";
        for (String priority : new String[] {"100", "200", "4000"}) {
            for (String source : new String[] {"", "source: 10.1.0.0/16", "source: VirtualNetwork"}) {
                String rules =
                        deny.replace("PRIORITY", priority) + (source.isEmpty() ? "" : tds.replace("SOURCE", source));
                CommandRun run = plain("redirect.yaml", rules, "", ExitCode.NO);
                assertThat(run.out())
                        .as(rules)
                        .contains("warning redirect-ports", "-n allow_redirect_inbound --priority");
            }
        }
        // The service has 100 to 104 already, whether the input shows it or not.
        CommandRun first = plain("first.yaml", deny.replace("PRIORITY", "100"), "", ExitCode.NO);
        assertThat(first.out())
                .contains(
                        "-n no --priority 106", "-n allow_redirect_inbound --priority 100", "prefixes VirtualNetwork");
    }

    @Test
    @DisplayName("does not offer a remedy that brings a finding to another subnet of the same group")
    void remedyElsewhere() throws IOException {
        String both = PLAIN.replace(
                        "      - {name: mi,",
                        "      - {name: other, addressPrefix: 10.0.2.0/24, networkSecurityGroup: nsg, routeTable: rt2,\n"
                                + "         delegations: Microsoft.Sql/managedInstances}\n      - {name: mi,")
                .replace("routeTables: [", "routeTables: [{name: rt2, routes: []}, ")
                .replace("proxyOverride: Redirect}", "publicDataEndpointEnabled: true}, {name: mi2, subnet: other}");
        String rules = "{name: no, priority: 100, direction: Inbound, access: Deny},"
                + " {name: public, priority: 101, direction: Inbound, access: Allow, protocol: Tcp, destinationPorts: 3342}";
        CommandRun shared = CommandRun.of("doctor", file("shared.yaml", both.replace("RULES", rules)))
                .exits(ExitCode.NO);
        assertThat(shared.out())
                .contains("health-probe-in", "none known that was tried")
                .doesNotContain("(tried");
        CommandRun alone = CommandRun.of(
                        "doctor",
                        file("alone.yaml", both.replace("RULES", rules).replace(", {name: mi2, subnet: other}", "")))
                .exits(ExitCode.NO);
        assertThat(alone.out()).contains("(tried");
    }

    @Test
    @DisplayName("judges TLS where the input tells what a server speaks")
    void tls() throws IOException {
        String server = "externalServices: [{name: old, address: 10.9.0.4, tlsVersion: \"1.0\"}]\n";
        CommandRun old = plain("old.yaml", "", server, ExitCode.NO);
        assertThat(old.out()).contains("tls-1-2: server old speaks no TLS newer than 1.0", "apply the TLS 1.2 updates");
        CommandRun fresh = plain("new.yaml", "", server.replace("1.0", "1.2"), ExitCode.YES);
        assertThat(fresh.out()).startsWith("Healthy").doesNotContain("tls-1-2");
    }

    @Test
    @DisplayName("names a peering's route as such, and few of many instances")
    void namesOfMany() throws IOException {
        StringBuilder many = new StringBuilder();
        for (int i = 2; i <= 3_000; i++) many.append(", {name: mi").append(i).append(", subnet: mi}");
        String peered = PLAIN.replace("RULES", "")
                .replace("Redirect}", "Redirect}" + many)
                .replace(
                        "networkSecurityGroups:",
                        "  - {name: far, location: westeurope, addressPrefixes: 13.64.9.0/24,"
                                + " peerings: [{name: back, remoteVnet: hub}]}\nnetworkSecurityGroups:")
                .replace("    subnets:", "    peerings: [{name: away, remoteVnet: far}]\n    subnets:");
        CommandRun run = CommandRun.of("doctor", file("peered.yaml", peered)).exits(ExitCode.NO);
        assertThat(run.out())
                .contains("route for 13.64.9.0/24 of a peering leads part of the mandatory prefixes away")
                .contains("Subnet hub/mi (mi1, mi2, mi3, mi4, mi5, mi6 +2994)");
        assertThat(run.out().lines()).allMatch(line -> line.length() < 400);
    }

    @Test
    @DisplayName("gives a JUnit report of a change a case for everything that still holds, and never an empty suite")
    void junitOfChange() throws IOException {
        String file = file("same.yaml", PLAIN.replace("RULES", ""));
        String same = CommandRun.of("doctor", "--before", file, "--after", file, "--format", "junit")
                .exits(ExitCode.YES)
                .out();
        assertThat(same).contains("failures=\"0\"", "name=\"health-probe-in: ").doesNotContain("tests=\"0\"");
        String none = CommandRun.of("doctor", file("none.yaml", "mipath: topology/1\n"), "--format", "junit")
                .exits(ExitCode.UNDETERMINED)
                .out();
        assertThat(none).contains("tests=\"1\"", "no subnet holds managed instances");
        String gone = CommandRun.of(
                        "doctor",
                        "--before",
                        file,
                        "--after",
                        file("gone.yaml", "mipath: topology/1\n"),
                        "--format",
                        "junit")
                .exits(ExitCode.UNDETERMINED)
                .out();
        assertThat(gone).contains("needs the subnet, which the change takes away");
    }

    @Test
    @DisplayName("judges Microsoft peering by the circuits at the gateways of the instance's network")
    void microsoftPeering() throws IOException {
        String hub = PLAIN.replace("RULES", "")
                .replace(
                        "networkSecurityGroups:",
                        "      - {name: GatewaySubnet, addressPrefix: 10.0.9.0/27}\nnetworkSecurityGroups:");
        String gateway = "virtualNetworkGateways: [{name: vgw, subnet: hub/GatewaySubnet, type: ExpressRoute}]\n";
        CommandRun open =
                CommandRun.of("doctor", file("open.yaml", hub + gateway)).exits(ExitCode.YES);
        assertThat(open.out()).contains("microsoft-peering: needs the ExpressRoute circuits of gateway vgw");
        String circuit = "expressRouteCircuits: [{name: erc, microsoftPeering: true, virtualNetworkGateways: [vgw]}]\n";
        CommandRun on = CommandRun.of("doctor", file("on.yaml", hub + gateway + circuit))
                .exits(ExitCode.NO);
        assertThat(on.out())
                .contains(
                        "circuit erc at gateway vgw has Microsoft peering on",
                        "--circuit-name erc -n MicrosoftPeering");
        CommandRun off = CommandRun.of("doctor", file("off.yaml", hub + gateway + circuit.replace("true", "false")))
                .exits(ExitCode.YES);
        assertThat(off.out()).doesNotContain("microsoft-peering");
    }
}
