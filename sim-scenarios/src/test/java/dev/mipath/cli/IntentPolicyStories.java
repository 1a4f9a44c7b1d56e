package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("The network intent policy")
class IntentPolicyStories {
    private static final String WORKS = "scenario:hub-spoke-redirect-works";

    private static final String MANAGEMENT = "Microsoft.Sql-managedInstances_UseOnly_mi-sqlmgmt-in-10-0-1-0-24";

    @TempDir
    Path folder;

    private CommandRun change(String edits, String... more) throws IOException {
        Path file = Files.writeString(folder.resolve("change.yaml"), edits);
        String[] line = new String[4 + more.length];
        System.arraycopy(new String[] {"change", WORKS, "--apply", file.toString()}, 0, line, 0, 4);
        System.arraycopy(more, 0, line, 4, more.length);
        return CommandRun.of(line);
    }

    @Test
    @DisplayName("refuses a rule that silences the health probes, with the platform's code, and nothing is lost")
    void refusesRule() throws IOException {
        String edit = "- removeRule: {networkSecurityGroup: nsg-mi, name: " + MANAGEMENT
                + "}\n- addRule: {networkSecurityGroup: nsg-mi, name: block, priority: 100, direction: Inbound,"
                + " access: Deny, protocol: Tcp, source: AzureLoadBalancer, destinationPorts: 80}";
        CommandRun run = change(edit).exits(1);
        assertThat(run.out())
                .startsWith("Refused with ConflictWithNetworkIntentPolicy: nothing is changed, nothing is lost.")
                .contains("health-probe-in", "packets: TCP 168.63.129.16/32 → 10.0.1.0/24 : 80");
        String json = change(edit, "--format", "json").exits(1).out();
        assertThat(json)
                .contains("\"answer\" : \"refused\"", "\"code\" : \"ConflictWithNetworkIntentPolicy\"")
                .contains("\"generalPurposeInstances\" : 124");
    }

    @Test
    @DisplayName("refuses to take the security group or the route table away while an instance is there")
    void refusesDetaching() throws IOException {
        CommandRun group = change("- setSecurityGroup: {subnet: vnet-hub/snet-mi, networkSecurityGroup: null}")
                .exits(1);
        assertThat(group.out()).startsWith("Refused with NetworkSecurityGroupCannotBeRemovedDueToNipOnSubnet");
        CommandRun table = change("- setRouteTable: {subnet: vnet-hub/snet-mi, routeTable: null}")
                .exits(1);
        assertThat(table.out()).startsWith("Refused with ConflictWithNetworkIntentPolicy");
    }

    @Test
    @DisplayName("puts back what the service keeps current by itself")
    void corrects() throws IOException {
        CommandRun run = change("- removeRule: {networkSecurityGroup: nsg-mi, name: " + MANAGEMENT + "}")
                .exits(0);
        assertThat(run.out()).startsWith("Corrected");
    }

    @Test
    @DisplayName("does not put back what only looks like the service's own")
    void putsBackItsOwnAlone() throws IOException {
        CommandRun rule = change("- addRule: {networkSecurityGroup: nsg-mi, name: "
                        + "Microsoft.Sql-managedInstances_UseOnly_mi-bogus, priority: 3000, direction: Inbound, access: Allow}\n"
                        + "- removeRule: {networkSecurityGroup: nsg-mi, name:"
                        + " Microsoft.Sql-managedInstances_UseOnly_mi-bogus}")
                .exits(0);
        assertThat(rule.out()).startsWith("Allowed: the network intent policy has nothing against it.\n");
        CommandRun route = change("- removeRoute: {routeTable: rt-mi, name: mi-13-64-11-nexthop-internet}")
                .exits(0);
        assertThat(route.out()).startsWith("Corrected");
    }

    @Test
    @DisplayName("does not guard name resolution, and the answer says what the instance loses")
    void allowsHarm() throws IOException {
        CommandRun run = change("- addRule: {networkSecurityGroup: nsg-mi, name: no_dns, priority: 2000,"
                        + " direction: Outbound, access: Deny, destination: AzurePlatformDNS}")
                .exits(1);
        assertThat(run.out())
                .startsWith("Allowed: the network intent policy has nothing against it, but it breaks")
                .contains("platform-dns");
    }

    @Test
    @DisplayName("leaves data traffic to the customer, and says how many more instances fit")
    void allowsTheCustomersOwn() throws IOException {
        // The policy allows it; that the file expects the clients to connect is another matter.
        CommandRun run = change("- removeRule: {networkSecurityGroup: nsg-mi, name: allow_tds}")
                .exits(1);
        assertThat(run.out())
                .startsWith("Allowed: the network intent policy has nothing against it.\n")
                .contains("2 of 13 asked change", "10.1.0.4:50000 → 10.0.1.4:1433   expected as before")
                .contains("room for 124 more General Purpose instances");
    }

    @Test
    @DisplayName("refuses a route that steals one address of a mandatory prefix")
    void refusesRoute() throws IOException {
        CommandRun run = change("- addRoute: {routeTable: rt-mi, name: steal, addressPrefix: 13.64.9.9/32,"
                        + " nextHopType: None}")
                .exits(1);
        assertThat(run.out()).startsWith("Refused").contains("routes-to-azure", "→ 13.64.9.9/32 : *");
    }

    @ParameterizedTest(name = "{1}")
    @CsvSource(delimiter = '|', textBlock = """
            '- setRouteTable: {subnet: hub/mi, routeTable: null}'                       | VnetConfigHasNoUdr
            '- setSecurityGroup: {subnet: hub/mi, networkSecurityGroup: null}'          | VnetSubnetConflictWithIntendedPolicy
            '- addRoute: {routeTable: rt, name: r, addressPrefix: 13.64.9.9/32, nextHopType: None}' | VnetConfigHasInvalidUdr
            """)
    @DisplayName("is not yet there before the first instance; the answer then says how its creation would fail")
    void noInstanceYet(String edit, String code) throws IOException {
        Path network = Files.writeString(folder.resolve("empty.yaml"), Hub.of(2020) + """
                networkSecurityGroups: [{name: nsg, rules: []}]
                routeTables: [{name: rt, routes: []}]
                """);
        Path file = Files.writeString(folder.resolve("change.yaml"), edit);
        CommandRun run = CommandRun.of("change", network.toString(), "--apply", file.toString())
                .exits(0);
        assertThat(run.out())
                .startsWith("Allowed")
                .contains("no instance is there yet; creating one would fail with " + code);
    }
}
