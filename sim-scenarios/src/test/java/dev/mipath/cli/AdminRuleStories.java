package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

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
