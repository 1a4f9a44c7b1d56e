package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A change that somebody proposes")
class ChangeStories {
    private static final String WORKS = "scenario:hub-spoke-redirect-works";
    private static final String GROUP =
            "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/nsg-mi";
    private static final String HEAD = "{'id': '" + GROUP
            + "', 'name': 'nsg-mi', 'type': 'Microsoft.Network/networkSecurityGroups', 'properties': {'securityRules': [";
    private static final String TDS = "{'name': 'allow_tds', 'properties': {'priority': 1000, 'direction': 'Inbound',"
            + " 'access': 'Allow', 'protocol': 'Tcp', 'sourceAddressPrefix': 'VirtualNetwork', 'sourcePortRange': '*',"
            + " 'destinationAddressPrefix': '10.0.1.0/24', 'destinationPortRange': '1433'}}";
    private static final String PROBE = "{'name': 'no_probe', 'properties': {'priority': 100, 'direction': 'Inbound',"
            + " 'access': 'Deny', 'protocol': '*', 'sourceAddressPrefix': 'AzureLoadBalancer', 'sourcePortRange': '*',"
            + " 'destinationAddressPrefix': '*', 'destinationPortRange': '*'}}";

    @TempDir
    Path folder;

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private String json(String name, String content) throws IOException {
        return file(name, content.replace('\'', '"'));
    }

    private String whatIf(String before, String after) throws IOException {
        return json(
                "whatif.json",
                "{'status': 'Succeeded', 'error': null, 'changes': [\n"
                        + "{'changeType': 'Modify', 'resourceId': '" + GROUP + "', 'before': " + HEAD + before
                        + "]}},\n"
                        + " 'after': " + HEAD + after + "]}}},\n"
                        + "{'changeType': 'Delete', 'resourceId': '/subscriptions/0/resourceGroups/rg/providers/"
                        + "Microsoft.Network/networkIntentPolicies/mi_default_1', 'before': {}},\n"
                        + "{'changeType': 'Ignore', 'resourceId': '/subscriptions/0/resourceGroups/rg/providers/"
                        + "Microsoft.Network/routeTables/rt-mi'}]}");
    }

    @Test
    @DisplayName("by ARM's what-if: refused, with what breaks, the flows that change and what is only noise")
    void whatIf() throws IOException {
        String file = whatIf(TDS, TDS + ", " + PROBE);
        CommandRun run = CommandRun.of("change", WORKS, "--apply", file).exits(ExitCode.NO);
        assertThat(run.out())
                .startsWith("Refused with ConflictWithNetworkIntentPolicy")
                .contains("  added nsg-mi/no_probe\n", "rule no_probe denies mandatory packets")
                .contains("Flows, were it made: 2 of 13 asked change", "168.63.129.16:50000 → 10.0.1.7:1433")
                .doesNotContain("removed", "judged no more");
        assertThat(run.err()).contains("mi_default_1", "platform's own and stays, which is harmless");
    }

    @Test
    @DisplayName("takes away only what the foreseen state lacks and the state before had")
    void whatIfRemoves() throws IOException {
        CommandRun run =
                CommandRun.of("change", WORKS, "--apply", whatIf(TDS, "")).exits(ExitCode.NO);
        assertThat(run.out())
                .startsWith("Allowed: the network intent policy has nothing against it.\n  removed nsg-mi/allow_tds\n")
                .contains("expected as before");
        CommandRun none =
                CommandRun.of("change", WORKS, "--apply", whatIf(TDS, TDS)).exits(ExitCode.YES);
        assertThat(none.out()).contains("Flows: 0 of 13 asked change.");
        assertThat(none.err()).contains("changes nothing that the sources hold");
    }

    @Test
    @DisplayName("is refused as input when the answer holds no payloads, with the option that gives them")
    void withoutPayloads() throws IOException {
        String file = json("short.json", "{'changes': [{'changeType': 'Deploy', 'resourceId': '" + GROUP + "'}]}");
        CommandRun run = CommandRun.of("change", WORKS, "--apply", file).exits(ExitCode.USAGE);
        assertThat(run.err()).contains("short.json:1 at /changes/0", "FullResourcePayloads");
    }

    private static final String NETWORK = Hub.of(2020) + """
                  - {name: app, addressPrefix: 10.0.2.0/24}
            networkSecurityGroups: [{name: nsg, rules: []}]
            routeTables: [{name: rt, routes: []}]
            managedInstances: [{name: mi1, subnet: mi, fullyQualifiedDomainName: mi1.0123abcd.database.windows.net}]
            ask: {from: 10.0.2.4, to: mi1}
            expect:
              - {trace: {}, answer: {outcome: connected}}
            """;

    private CommandRun edited(String edit, int exit) throws IOException {
        return CommandRun.of("change", file("n.yaml", NETWORK), "--apply", file("c.yaml", edit))
                .exits(exit);
    }

    @Test
    @DisplayName("tells the first different decision of a connection that changes")
    void firstDecision() throws IOException {
        CommandRun run = edited(
                "- addRule: {networkSecurityGroup: nsg, name: no_sql, priority: 4000, direction: Inbound, access: Deny,"
                        + " protocol: Tcp, destinationPorts: 1433, source: 10.0.2.0/24}",
                ExitCode.NO);
        assertThat(run.out())
                .startsWith("Allowed: the network intent policy has nothing against it.")
                .contains("Flows: 1 of 1 asked changes", "trace 10.0.2.4 → mi1   expected as before")
                .contains("first different decision, in phase connect")
                .containsPattern("before .*mi, inbound: AllowVnetInBound \\(65000\\) Allow")
                .containsPattern("after  .*mi, inbound: no_sql \\(4000\\) Deny");
        // The service's rules move out of the way of a customer's; that is no different decision.
        CommandRun moved = edited(
                "- addRule: {networkSecurityGroup: nsg, name: other, priority: 101, direction: Inbound, access: Deny,"
                        + " protocol: Tcp, destinationPorts: 9999, source: 10.0.9.0/24}",
                ExitCode.YES);
        assertThat(moved.out()).contains("Flows: 0 of 1 asked change.");
    }

    @Test
    @DisplayName("may take away what the service has added by itself, which it then puts back")
    void undeclared() throws IOException {
        String rule = "Microsoft.Sql-managedInstances_UseOnly_mi-healthprobe-in-10-0-1-0-24";
        assertThat(edited("- removeRule: {networkSecurityGroup: nsg, name: " + rule + "}", ExitCode.YES)
                        .out())
                .startsWith("Corrected");
        assertThat(edited("- removeRoute: {routeTable: rt, name: mi-13-64-11-nexthop-internet}", ExitCode.YES)
                        .out())
                .startsWith("Corrected");
        String again = "- removeRule: {networkSecurityGroup: nsg, name: " + rule
                + "}\n- addRule: {networkSecurityGroup: nsg, name: " + rule
                + ", priority: 300, direction: Inbound, access: Allow, source: AzureLoadBalancer}";
        assertThat(edited(again, ExitCode.YES).out()).startsWith("Allowed");
        assertThat(edited("- removeRule: {networkSecurityGroup: nsg, name: nobody}", ExitCode.USAGE)
                        .err())
                .contains("there is no rule `nobody`");
    }

    @Test
    @DisplayName("is asked of the flows of a file, whichever command reads them, and says which line is none")
    void flowsOfFile() throws IOException {
        String edits = file("c.yaml", """
                - addRoute: {routeTable: rt, name: away, addressPrefix: 10.9.0.0/16, nextHopType: None}
                """);
        String flows = json(
                "flows.jsonl",
                "{'direction':'Inbound','protocol':'TCP','localIPAddress':'10.0.1.4','localPort':'1433',"
                        + "'remoteIPAddress':'10.0.2.4','remotePort':'50123'}\n"
                        + "{'sourceIPAddress':'10.0.1.4','destinationIPAddress':'10.9.0.4'}\n");
        String network =
                file("n.yaml", NETWORK.replace("expect:\n  - {trace: {}, answer: {outcome: connected}}\n", ""));
        CommandRun run = CommandRun.of("change", network, "--apply", edits, "--flows", flows)
                .exits(ExitCode.YES);
        assertThat(run.out())
                .contains("Flows: 1 of 2 asked changes", "\"destinationIPAddress\":\"10.9.0.4\"")
                .contains("after  {\"nextHopType\":\"None\"", "\"routeName\":\"away\"");
        String broken = file("broken.jsonl", "{\"direction\":\"Inbound\"}\n");
        CommandRun refused = CommandRun.of("change", network, "--apply", edits, "--flows", broken)
                .exits(ExitCode.USAGE);
        assertThat(refused.err()).contains("broken.jsonl:1: missing `protocol`");
    }

    private static final String STATE =
            "'format_version': '1.0', 'values': {'root_module': {'resources': [RESOURCES]}}";
    private static final String PLAN = "{'format_version': '1.2', 'planned_values': {'root_module': {'resources':"
            + " [PLANNED]}},\n 'resource_changes': [CHANGES],\n 'prior_state': {" + STATE + "}}";

    private static String terraform(String type, String values) {
        return "{'address': 'TYPE.x', 'mode': 'managed', 'type': 'TYPE', 'name': 'x', 'values': VALUES}"
                .replace("TYPE", type)
                .replace("VALUES", values);
    }

    private static String deletes(String type, String before) {
        return "{'address': 'TYPE.x', 'mode': 'managed', 'type': 'TYPE', 'name': 'x', 'change': {'actions': ['delete'],"
                        .replace("TYPE", type)
                + " 'before': " + before + ", 'after': null, 'after_unknown': {}}}";
    }

    @Test
    @DisplayName("by a Terraform plan: what it deletes and what it leaves, on the network that Azure shows")
    void plan() throws IOException {
        String base = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/";
        String subnet = "'" + base + "virtualNetworks/hub/subnets/mi'";
        String table =
                "{'id': '" + base + "routeTables/rt', 'name': 'rt', 'resource_group_name': 'rg', 'route': [ROUTES]}";
        String association =
                "{'id': " + subnet + ", 'subnet_id': " + subnet + ", 'route_table_id': '" + base + "routeTables/rt'}";
        String away = "{'name': 'away', 'address_prefix': '10.9.0.0/16', 'next_hop_type': 'None'}";
        String tables = terraform("azurerm_route_table", table.replace("ROUTES", away));
        String kind = "azurerm_subnet_route_table_association";
        // Detaching the table from the subnet.
        String detaches = json(
                "detaches.json",
                PLAN.replace("PLANNED", tables)
                        .replace("RESOURCES", tables + "," + terraform(kind, association))
                        .replace("CHANGES", deletes(kind, association)));
        String network = file("n.yaml", NETWORK);
        CommandRun refused =
                CommandRun.of("change", network, "--apply", detaches).exits(ExitCode.NO);
        assertThat(refused.out())
                .startsWith("Refused with ConflictWithNetworkIntentPolicy")
                .contains("  changed hub/mi\n", "route-table-present: subnet mi has no route table");
        // A route goes; the table's other routes, which Terraform does not know, stay.
        String owned = NETWORK.replace(
                "routes: []",
                "routes: [{name: away, addressPrefix: 10.9.0.0/16, nextHopType: None},"
                        + " {name: other, addressPrefix: 10.8.0.0/16, nextHopType: None}]");
        String removes = json(
                "removes.json",
                PLAN.replace("PLANNED", terraform("azurerm_route_table", table.replace("ROUTES", "")))
                        .replace("RESOURCES", tables)
                        .replace("CHANGES", ""));
        CommandRun allowed = CommandRun.of("change", file("owned.yaml", owned), "--apply", removes)
                .exits(ExitCode.YES);
        assertThat(allowed.out())
                .startsWith("Allowed")
                .contains("  removed rt/away\n")
                .doesNotContain("rt/other");
        String state = json("state.json", "{" + STATE.replace("RESOURCES", tables) + "}");
        CommandRun none = CommandRun.of("change", network, "--apply", state).exits(ExitCode.USAGE);
        assertThat(none.err()).contains("this is a state of Terraform, which changes nothing");
        CommandRun alone = CommandRun.of("change", "--apply", removes).exits(ExitCode.UNDETERMINED);
        assertThat(alone.out())
                .startsWith("No subnet of the input holds managed instances")
                .contains("removed rt/away");
    }

    @Test
    @DisplayName("that deletes the subnet of an instance that stays is refused")
    void subnetInUse() throws IOException {
        String id = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/hub/subnets/mi";
        String file = json(
                "gone.json",
                "{'changes': [{'changeType': 'Delete', 'resourceId': '" + id + "', 'before': {'id': '" + id
                        + "', 'name': 'mi', 'properties': {'addressPrefix': '10.0.1.0/24'}}}]}");
        CommandRun run = CommandRun.of("change", file("n.yaml", NETWORK), "--apply", file)
                .exits(ExitCode.NO);
        assertThat(run.out())
                .startsWith("Refused with InUseSubnetCannotBeDeleted")
                .contains("removed hub/mi", "nothing can be judged any more of subnet hub/mi (mi1)");
    }

    private static final String CASE = "../docs/examples/case";
    private static final String CASE_GROUP =
            "/subscriptions/11111111-2222-3333-4444-555555555555/resourceGroups/rg-data"
                    + "/providers/Microsoft.Network/networkSecurityGroups/nsg-mi";
    private static final String NAMING = "'resource_group_name': 'rg-data', 'network_security_group_name': 'nsg-mi',"
            + " 'priority': 900, 'direction': 'Inbound', 'access': 'ACCESS', 'protocol': 'Tcp', 'source_port_range': '*',"
            + " 'destination_port_range': '1433', 'source_address_prefix': '10.30.0.0/16',"
            + " 'destination_address_prefix': '*'";

    private static String planned(String type, String values) {
        return "{'address': '" + type + ".x', 'mode': 'managed', 'type': '" + type + "', 'name': 'x', 'values': {"
                + values + "}}";
    }

    private static String change(String type, String action, String before, String after) {
        return "{'address': '" + type + ".x', 'mode': 'managed', 'type': '" + type + "', 'name': 'x', 'change': {"
                + "'actions': ['" + action + "'], 'before': " + before + ", 'after': " + after
                + ", 'after_unknown': {'id': true}}}";
    }

    private String planOf(String prior, String planned, String changes) throws IOException {
        return json(
                "plan.json",
                "{'format_version': '1.2', 'terraform_version': '1.9.0', 'prior_state': {'format_version': '1.0',"
                        + " 'values': {'root_module': {'resources': [" + prior + "]}}},"
                        + " 'planned_values': {'root_module': {'resources': [" + planned + "]}},"
                        + " 'resource_changes': [" + changes + "]}");
    }

    private String flow() throws IOException {
        return json(
                "flows.jsonl",
                "{'direction':'Inbound','protocol':'TCP','localIPAddress':'10.20.1.7','localPort':1433,"
                        + "'remoteIPAddress':'10.30.1.4','remotePort':'50123'}\n");
    }

    private static final String RULE = "azurerm_network_security_rule";

    private String deny(String group) {
        return "'name': 'deny_app', " + NAMING.replace("ACCESS", "Deny").replace("'nsg-mi'", "'" + group + "'");
    }

    @Test
    @DisplayName("by a plan that names a group only means the one that the sources hold")
    void namedGroup() throws IOException {
        String creates =
                planOf("", planned(RULE, deny("nsg-mi")), change(RULE, "create", "null", "{" + deny("nsg-mi") + "}"));
        CommandRun run = CommandRun.of("change", CASE, "--apply", creates, "--flows", flow())
                .exits(ExitCode.YES);
        assertThat(run.out())
                .startsWith("Allowed")
                .contains("\n  added nsg-mi/deny_app\n", "1 of 1 asked changes", "after  {\"access\":\"Deny\"")
                .doesNotContain("added nsg-mi\n", "‹");
        // The same rule again, as Terraform's state knows it.
        String had = "'id': '" + CASE_GROUP + "/securityRules/deny_app', "
                + deny("nsg-mi").replace("Deny", "Allow");
        String updates = planOf(
                planned(RULE, had),
                planned(RULE, deny("nsg-mi")),
                change(RULE, "update", "{" + had + "}", "{" + deny("nsg-mi") + "}"));
        CommandRun updated = CommandRun.of("change", CASE, "--apply", updates, "--flows", flow())
                .exits(ExitCode.YES);
        assertThat(updated.out())
                .contains(" nsg-mi/deny_app\n", "1 of 1 asked changes", "after  {\"access\":\"Deny\"")
                .doesNotContain("added nsg-mi\n");
        String known = "'id': '" + CASE_GROUP + "/securityRules/allow_sql_from_app', 'name': 'allow_sql_from_app', "
                + NAMING.replace("ACCESS", "Allow").replace("900", "1000");
        String turned = known.replace("Allow", "Deny");
        String turns = planOf(
                planned(RULE, known),
                planned(RULE, turned),
                change(RULE, "update", "{" + known + "}", "{" + turned + "}"));
        assertThat(CommandRun.of("change", CASE, "--apply", turns, "--flows", flow())
                        .exits(ExitCode.YES)
                        .out())
                .contains("\n  changed nsg-mi/allow_sql_from_app\n", "1 of 1 asked changes");
    }

    @Test
    @DisplayName("leaves a group alone that its plan leaves alone")
    void noOperation() throws IOException {
        String type = "azurerm_network_security_group";
        String group = "'id': '" + CASE_GROUP + "', 'name': 'nsg-mi', 'resource_group_name': 'rg-data'";
        String plan = planOf(
                planned(type, group),
                planned(type, group) + ", " + planned(RULE, deny("nsg-mi")),
                change(type, "no-op", "{" + group + "}", "{" + group + "}") + ", "
                        + change(RULE, "create", "null", "{" + deny("nsg-mi") + "}"));
        CommandRun run = CommandRun.of("change", CASE, "--apply", plan, "--flows", flow())
                .exits(ExitCode.YES);
        assertThat(run.out())
                .contains("\n  added nsg-mi/deny_app\n", "1 of 1 asked changes")
                .doesNotContain("removed", "added nsg-mi\n", "judged no more");
    }

    @Test
    @DisplayName("of a part of something that the sources do not hold, or hold twice, is not known")
    void nowhere() throws IOException {
        String strange =
                planOf("", planned(RULE, deny("nsg-x")), change(RULE, "create", "null", "{" + deny("nsg-x") + "}"));
        CommandRun run = CommandRun.of("change", CASE, "--apply", strange).exits(ExitCode.UNDETERMINED);
        assertThat(run.out())
                .startsWith("Not known: ")
                .contains("nsg-x`, which the sources do not hold")
                .doesNotContain("Allowed");
        String twin = json(
                "twin.json",
                "[{'id': '" + CASE_GROUP.replace("1111-2222", "9999-2222")
                        + "', 'name': 'nsg-mi', 'location': 'westeurope', 'securityRules': [],"
                        + " 'defaultSecurityRules': [], 'type': 'Microsoft.Network/networkSecurityGroups'}]");
        String named =
                planOf("", planned(RULE, deny("nsg-mi")), change(RULE, "create", "null", "{" + deny("nsg-mi") + "}"));
        CommandRun twice = CommandRun.of("change", CASE, twin, "--apply", named).exits(ExitCode.UNDETERMINED);
        assertThat(twice.out()).startsWith("Not known: ").contains("in several subscriptions");
        String route = "azurerm_route";
        String away = "'name': 'away', 'resource_group_name': 'rg-data', 'route_table_name': 'rt-x',"
                + " 'address_prefix': '10.9.0.0/16', 'next_hop_type': 'None'";
        String routes = planOf("", planned(route, away), change(route, "create", "null", "{" + away + "}"));
        CommandRun table = CommandRun.of("change", CASE, "--apply", routes).exits(ExitCode.UNDETERMINED);
        assertThat(table.out()).startsWith("Not known: ").contains("rt-x`, which the sources do not hold");
    }

    @Test
    @DisplayName("that deletes a group or table which a subnet has is refused")
    void inUse() throws IOException {
        String file = json(
                "gone.json",
                "{'changes': [{'changeType': 'Delete', 'resourceId': '" + CASE_GROUP + "', 'before': {'id': '"
                        + CASE_GROUP + "', 'name': 'nsg-mi', 'properties': {'securityRules': []}}}]}");
        CommandRun run = CommandRun.of("change", CASE, "--apply", file).exits(ExitCode.NO);
        assertThat(run.out())
                .startsWith("Refused with InUseNetworkSecurityGroupCannotBeDeleted")
                .doesNotContain("  mended");
        String table = GROUP.replace("networkSecurityGroups/nsg-mi", "routeTables/rt");
        String tables = json(
                "table.json",
                "{'changes': [{'changeType': 'Delete', 'resourceId': '" + table + "', 'before': {'id': '" + table
                        + "', 'name': 'rt', 'properties': {'routes': []}}}]}");
        assertThat(CommandRun.of("change", file("n.yaml", NETWORK), "--apply", tables)
                        .exits(ExitCode.NO)
                        .out())
                .startsWith("Refused with InUseRouteTableCannotBeDeleted");
    }

    @Test
    @DisplayName("that is not foreseen is not known, and its reason is told as print")
    void unsupported() throws IOException {
        String file = json(
                "unsupported.json",
                "{'changes': [{'changeType': 'Unsupported', 'resourceId': '" + CASE_GROUP
                        + "', 'unsupportedReason': '\\u001b[31mbecause'}]}");
        CommandRun run = CommandRun.of("change", CASE, "--apply", file).exits(ExitCode.UNDETERMINED);
        assertThat(run.out())
                .startsWith("Not known: ")
                .contains("nsg-mi` is not foreseen (unsupported: ", "because")
                .doesNotContain("\u001b");
    }

    @Test
    @DisplayName("tells a bad line of its flows as print")
    void hostileFlow() throws IOException {
        String flows = json("bad.jsonl", "{'direction':'Inb\\u001b[31mound'}\n{'protocol':'\\u001b[31m'}\n");
        String plan =
                planOf("", planned(RULE, deny("nsg-mi")), change(RULE, "create", "null", "{" + deny("nsg-mi") + "}"));
        CommandRun run =
                CommandRun.of("change", CASE, "--apply", plan, "--flows", flows).exits(ExitCode.USAGE);
        assertThat(run.err())
                .contains("bad.jsonl:1: direction `Inb", "is not one of")
                .doesNotContain("\u001b");
    }

    @Test
    @DisplayName("counts more changed flows than it lists")
    void manyFlows() throws IOException {
        String shut = file("shut.yaml", "- removeRule: {networkSecurityGroup: nsg-mi, name: allow_sql_from_app}\n");
        String flows = file("many.jsonl", Files.readString(Path.of(flow())).repeat(1_100));
        assertThat(CommandRun.of("change", CASE, "--apply", shut, "--flows", flows)
                        .out())
                .contains("Flows: 1100 of 1100 asked change:", "\n  … and 100 more\n");
    }

    private CommandRun rejected(String document) throws IOException {
        return CommandRun.of("change", CASE, "--apply", json("bad.json", document))
                .exits(ExitCode.USAGE);
    }

    @Test
    @DisplayName("in a document that contradicts itself, failed or is cut off is an input error with its place")
    void unsound() throws IOException {
        String plan = planOf(
                "", planned(RULE, deny("nsg-mi")), change(RULE, "frobnicate", "null", "{" + deny("nsg-mi") + "}"));
        CommandRun action = CommandRun.of("change", CASE, "--apply", plan).exits(ExitCode.USAGE);
        assertThat(action.err())
                .contains("at /resource_changes/0/change/actions/0: ", "frobnicate", "is no action of Terraform");
        String other = CASE_GROUP.replace("nsg-mi", "nsg-other");
        String body = "{'id': '" + CASE_GROUP + "', 'name': 'nsg-mi', 'properties': {'securityRules': []}}";
        assertThat(rejected("{'changes': [{'changeType': 'Modify', 'resourceId': '" + CASE_GROUP + "', 'before': "
                                + body + ", 'after': " + body.replace(CASE_GROUP, other) + "}]}")
                        .err())
                .contains("at /changes/0/after/id: ", "nsg-other`, but the change is of");
        assertThat(rejected("{'status': 'Failed', 'changes': null, 'error': {'code': 'InvalidTemplate',"
                                + " 'message': '\\u001b[31mbad'}}")
                        .err())
                .contains("this what-if failed: InvalidTemplate: ")
                .doesNotContain("\u001b");
        assertThat(rejected("{'format_version': '1.2', 'planned_values': {'root_mod")
                        .err())
                .contains("at /planned_values: the document ends in the middle of a value (the file is cut short")
                .doesNotContain("YAML");
    }

    @Test
    @DisplayName("that lets nobody in any more mends nothing of how those were sent on who got in")
    void nobodyIsSentOn() throws IOException {
        String shut = file("shut.yaml", "- removeRule: {networkSecurityGroup: nsg-mi, name: allow_sql_from_app}\n");
        assertThat(CommandRun.of("doctor", CASE).out()).contains("warning redirect-ports");
        CommandRun run = CommandRun.of("change", CASE, "--apply", shut).exits(ExitCode.YES);
        assertThat(run.out()).startsWith("Allowed").doesNotContain("mended");
        String open = file(
                "open.yaml",
                "- addRule: {networkSecurityGroup: nsg-mi, name: allow_redirect, priority: 1100,"
                        + " direction: Inbound, access: Allow, protocol: Tcp, source: 10.30.0.0/16, destinationPorts: 11000-11999}\n");
        assertThat(CommandRun.of("change", CASE, "--apply", open).out()).contains("mended redirect-ports");
    }

    @Test
    @DisplayName("with network resources that are not modelled says so")
    void unmodelled() throws IOException {
        String type = "azurerm_virtual_hub";
        String plan = planOf("", planned(type, "'name': 'x'"), change(type, "create", "null", "{'name': 'x'}"));
        CommandRun run = CommandRun.of("change", CASE, "--apply", plan).exits(ExitCode.YES);
        assertThat(run.err()).contains("azurerm_virtual_hub.x` is of a type that is not modelled");
    }

    @Test
    @DisplayName("is answered in JSON as its schema says")
    void schema() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Schemas.text("change-answer"));
        String refused = CommandRun.of("change", WORKS, "--apply", whatIf(TDS, PROBE), "--format", "json")
                .exits(ExitCode.NO)
                .out();
        assertThat(schema.validate(refused, InputFormat.JSON)).isEmpty();
        String edit = file("c.yaml", "- setSecurityGroup: {subnet: hub/app, networkSecurityGroup: nsg}");
        String parted = CommandRun.of("change", file("n.yaml", NETWORK), "--apply", edit, "--format", "json")
                .exits(ExitCode.YES)
                .out();
        assertThat(schema.validate(parted, InputFormat.JSON)).isEmpty();
        assertThat(parted).contains("\"firstDifference\" : {");
        assertThat(schema.validate(refused.replace("\"refused\"", "\"no\""), InputFormat.JSON))
                .isNotEmpty();
    }
}
