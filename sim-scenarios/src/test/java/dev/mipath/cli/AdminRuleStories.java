package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Security admin rules (fact 1.30)")
class AdminRuleStories {
    private static final String OUT = "direction: Outbound, protocol: Tcp, destinationPorts: 1433";
    private static final String IN = "direction: Inbound, protocol: Tcp, destinationPorts: 1433";
    private static final String DENIED_BY_GROUP =
            "name: no_sql, priority: 100, direction: Outbound, access: Deny, protocol: Tcp, destinationPorts: 1433";

    private static World admin(World world, String vnets, String more, String... rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules)
            text.append(text.length() == 0 ? "{" : ", {").append(rule).append("}");
        return world.with(
                "managedInstances:\n",
                "adminRules: [{name: company, vnets: " + vnets + more + ", rules: [" + text
                        + "]}]\nmanagedInstances:\n");
    }

    private static World ofClient(String... rules) {
        return admin(World.usual(), "vnet-spoke", "", rules);
    }

    @Test
    @DisplayName("a deny stops what every security group lets pass")
    void deny() {
        World denied = ofClient("name: no_sql, priority: 10, access: Deny, " + OUT);
        assertThat(json(denied).blockers()).containsExactly("ADMIN_RULE_DENY");
        assertThat(text(denied).out())
                .contains("ADMIN_RULE_DENY", "no_sql", "company", "no security group can let pass what they deny");
        assertThat(outcome(json(ofClient("name: no_web, priority: 10, access: Deny, direction: Outbound, protocol: Tcp,"
                        + " destinationPorts: 443"))))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("the lower number goes first; an allow leaves it to the security groups, an always-allow does not")
    void actions() {
        String deny = "name: deny, priority: 20, access: Deny, " + OUT;
        String allow = "name: allow, priority: 10, access: Allow, " + OUT;
        String always = "name: always, priority: 10, access: AlwaysAllow, " + OUT;
        assertThat(outcome(json(ofClient(deny, allow)))).isEqualTo("connected");
        World grouped = World.usual().clientRules(DENIED_BY_GROUP);
        assertThat(json(admin(grouped, "vnet-spoke", "", deny, allow)).blockers())
                .containsExactly("NSG_DENY_OUTBOUND");
        assertThat(outcome(json(admin(grouped, "vnet-spoke", "", deny, always))))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("VNets with managed instances are spared unless the configuration says otherwise")
    void instances() {
        String deny = "name: deny, priority: 20, access: Deny, " + IN;
        World spared = admin(World.usual(), "vnet-hub", "", deny);
        assertThat(outcome(json(spared))).isEqualTo("connected");
        assertThat(json(spared).out()).contains("ADMIN_RULES_SPARE_INSTANCES");
        assertThat(outcome(json(admin(World.usual(), "vnet-hub", ", onInstances: AllowRulesOnly", deny))))
                .isEqualTo("connected");
        assertThat(json(admin(World.usual(), "vnet-hub", ", onInstances: All", deny))
                        .blockers())
                .contains("ADMIN_RULE_DENY");
    }

    @Test
    @DisplayName("meet what an appliance forwards; Azure's own firewalls and gateways are spared")
    void appliances() {
        String deny = "name: no_sql, priority: 10, access: Deny, " + IN;
        String way =
                "name: by-nva, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.2.0.4";
        World nva = World.usual()
                .withFarSpoke("")
                .with(", routeTable: rt-far}", "}")
                .with("- {name: far-to-hub, remoteVnet: vnet-hub, state: Connected}", """
                        - {name: far-to-hub, remoteVnet: vnet-hub, state: Connected, allowForwardedTraffic: true}
                              - {name: far-to-spoke, remoteVnet: vnet-spoke, state: Connected, allowForwardedTraffic: true}
                        """.stripTrailing())
                .with("- {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}", """
                        - {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}
                              - {name: spoke-to-far, remoteVnet: vnet-far, state: Connected, allowForwardedTraffic: true}
                        """.stripTrailing())
                .with("- {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}", """
                        - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}
                              - {name: hub-to-far, remoteVnet: vnet-far, state: Connected, allowForwardedTraffic: true}
                        """.stripTrailing())
                .with("subnet: snet-nva, privateIpAddress: 10.0.2.4", "subnet: snet-far, privateIpAddress: 10.2.0.4")
                .clientRoutes(way)
                .instanceRoutes(way.replace("10.0.1.0/24", "10.1.0.0/24"))
                .instanceRules("name: sql, priority: 100, direction: Inbound, access: Allow, source: 10.1.0.0/16,"
                        + " destinationPorts: 1433");
        assertThat(json(nva).blockers()).isEmpty();
        Traced denied = json(admin(nva, "vnet-far", "", deny));
        assertThat(denied.blockers()).containsExactly("ADMIN_RULE_DENY");
        World spared = new World(nva.yaml().replace("snet-far", "AzureFirewallSubnet"));
        assertThat(json(admin(spared, "vnet-far", "", deny)).blockers()).isEmpty();
    }

    @Test
    @DisplayName("decide what test-ip-flow asks, before any group")
    void atOnePlace() {
        String ask = " --direction Outbound --protocol TCP --local 10.1.0.4:50000 --remote 10.0.1.4:1433";
        World grouped = World.usual().clientRules(DENIED_BY_GROUP);
        Path denied = Traced.scratch(
                ofClient("name: no_sql, priority: 10, access: Deny, " + OUT).yaml());
        Path always =
                Traced.scratch(admin(grouped, "vnet-spoke", "", "name: sql, priority: 10, access: AlwaysAllow, " + OUT)
                        .yaml());
        Path allowed = Traced.scratch(admin(grouped, "vnet-spoke", "", "name: sql, priority: 10, access: Allow, " + OUT)
                .yaml());
        try {
            assertThat(CommandRun.line("test-ip-flow " + denied + ask + " --format json")
                            .exits(ExitCode.NO)
                            .out())
                    .contains("\"access\":\"Deny\"", "\"ruleName\":\"securityAdminRules/no_sql\"")
                    .contains("\"adminRuleCollection\":\"company\"")
                    .doesNotContain("networkSecurityGroup");
            assertThat(CommandRun.line("test-ip-flow " + denied + ask)
                            .exits(ExitCode.NO)
                            .out())
                    .contains("admin rule no_sql (10) of company denies it", "not asked any more: nsg-app");
            assertThat(CommandRun.line("test-ip-flow " + always + ask)
                            .exits(ExitCode.YES)
                            .out())
                    .contains("whatever security groups say", "AlwaysAllow", "not asked any more: nsg-app");
            assertThat(CommandRun.line("test-ip-flow " + allowed + ask)
                            .exits(ExitCode.NO)
                            .out())
                    .contains("rule no_sql (100) of nsg-app denies it");
            assertThat(CommandRun.line("test-ip-flow " + denied + ask.replace(":1433", ":443"))
                            .exits(ExitCode.YES)
                            .out())
                    .doesNotContain("company");
            assertThat(CommandRun.line("test-ip-flow " + denied + ask + " --format azure-nsg-diagnostics")
                            .exits(ExitCode.NO)
                            .out())
                    .contains("\"networkSecurityGroupId\" : \"company\"", "\"appliedTo\" : \"vnet-spoke\"");
            String rules = "effective-rules " + always + " --subnet snet-app";
            assertThat(CommandRun.line(rules).exits(ExitCode.YES).out())
                    .contains("admin rules of VNet vnet-spoke, before any security group", "AlwaysAllow");
            assertThat(CommandRun.line(rules + " --format json")
                            .exits(ExitCode.YES)
                            .out())
                    .contains("networkManager", "securityAdminRules/sql", "\"access\" : \"AlwaysAllow\"");
        } finally {
            Traced.delete(denied);
            Traced.delete(always);
            Traced.delete(allowed);
        }
    }

    @Test
    @DisplayName("what a group's conditions decide is open")
    void conditionalMembership() {
        World open = admin(
                World.usual(), "{unknown: members by condition}", "", "name: deny, priority: 20, access: Deny, " + OUT);
        Traced traced = json(open);
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(traced.out()).contains("members by condition");
    }

    @Test
    @DisplayName("an answer to what was always allowed needs no security group either")
    void answers() {
        World in = admin(
                World.usual().instanceRules("name: deny_in, priority: 200, direction: Inbound, access: Deny"),
                "vnet-hub",
                ", onInstances: AllowRulesOnly",
                "name: sql, priority: 5, access: AlwaysAllow, " + IN,
                "name: probe, priority: 6, access: AlwaysAllow, direction: Inbound, source: 168.63.129.16",
                "name: own, priority: 7, access: AlwaysAllow, direction: Inbound, source: 10.0.1.0/24");
        assertThat(outcome(json(in))).isEqualTo("connected");
    }
}
