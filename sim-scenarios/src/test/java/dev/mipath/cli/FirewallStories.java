package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A firewall with rules on the way")
class FirewallStories {
    private static final String TO_FIREWALL =
            "name: by-firewall, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.4.4";
    private static final String BACK =
            "name: back, addressPrefix: 10.1.0.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.4.4";
    private static final String GATEWAY =
            "name: sql, protocol: Tcp, source: 10.1.0.0/16, destination: 10.0.1.0/24," + " destinationPorts: 1433";
    private static final String NODES = "name: sql, protocol: Tcp, source: 10.1.0.0/16, destination: 10.0.1.0/24,"
            + " destinationPorts: [1433, 11000-11999]";

    /** Both directions lead through an Azure firewall in the hub, which has these rules. */
    private static World firewall(String... rules) {
        return both("{name: azfw, subnet: AzureFirewallSubnet, privateIpAddress: 10.0.4.4, rules: [" + listed(rules)
                + "]}");
    }

    private static World both(String firewall) {
        return World.usual()
                .redirect()
                .instanceRules("name: allow_all, priority: 100, direction: Inbound, access: Allow")
                .with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}\n      - {name: AzureFirewallSubnet, addressPrefix:"
                                + " 10.0.4.0/26}")
                .with("managedInstances:\n", "firewalls: [" + firewall + "]\nmanagedInstances:\n")
                .clientRoutes(TO_FIREWALL)
                .instanceRoutes(BACK);
    }

    private static String listed(String... rules) {
        StringBuilder text = new StringBuilder();
        for (String rule : rules)
            text.append(text.length() == 0 ? "{" : ", {").append(rule).append("}");
        return text.toString();
    }

    @Test
    @DisplayName("lets pass what its rules allow, and the answers")
    void allows() {
        assertThat(outcome(json(firewall(NODES)))).isEqualTo("connected");
        assertThat(text(firewall(NODES), "--verbose").out()).contains("rules of firewall azfw", "sql (1) Allow");
    }

    @Test
    @DisplayName("that opens only 1433 stops the redirect, and says which rule nearly allowed it, with its place")
    void redirectRange() {
        Traced traced = json(firewall(GATEWAY));
        assertThat(traced.blockers()).containsExactly("FIREWALL_DENY");
        assertThat(symptom(traced)).isEqualTo("timeout 10060");
        assertThat(text(blocker(traced, 1), "phase")).isEqualTo("redirect-connect");
        assertThat(text(firewall(GATEWAY)).out())
                .contains(
                        "FIREWALL_DENY",
                        "default deny",
                        "sql (1) would allow it but for the destination port: it names 1433, the flow has 11000",
                        "11000-11999 pass in a network rule of the firewall");
    }

    @Test
    @DisplayName("asks its rules in their order")
    void order() {
        String deny = "name: no_sql, access: Deny, protocol: Tcp, destinationPorts: 1433";
        assertThat(json(firewall(deny, NODES)).blockers()).contains("FIREWALL_DENY");
        assertThat(outcome(json(firewall(NODES, deny)))).isEqualTo("connected");
    }

    @Test
    @DisplayName("whose rule matches by names leaves the answer open")
    void byName() {
        String named = "name: web, protocol: Tcp, destination: {unknown: addresses of *.database.windows.net},"
                + " destinationPorts: [1433, 11000-11999]";
        Traced traced = json(firewall(named));
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(traced.out()).contains("addresses of *.database.windows.net");
    }

    @Test
    @DisplayName("that only one direction leads through drops the answers")
    void asymmetric() {
        World oneWay = firewall(NODES)
                .with("{" + TO_FIREWALL + "}", "{name: x, addressPrefix: 10.77.0.0/16, nextHopType: None}");
        assertThat(json(oneWay).blockers()).contains("ASYMMETRIC_RETURN");
    }

    @Test
    @DisplayName("may be an appliance whose NIC is declared")
    void appliance() {
        World rules = both("{name: fortigate, privateIpAddress: 10.0.4.4, rules: [{" + GATEWAY + "}]}")
                .with(
                        "networkInterfaces:\n",
                        "networkInterfaces:\n  - {name: nic-fg, subnet: AzureFirewallSubnet, privateIpAddress: 10.0.4.4,"
                                + " enableIpForwarding: true}\n");
        assertThat(json(rules).blockers()).containsExactly("FIREWALL_DENY");
        assertThat(text(rules).out()).contains("fortigate");
    }

    @Test
    @DisplayName("without rules lets nothing pass; a route to an address that is none is another matter")
    void withoutRules() {
        assertThat(json(firewall()).blockers()).contains("FIREWALL_DENY");
        World elsewhere = firewall(NODES).with("privateIpAddress: 10.0.4.4", "privateIpAddress: 10.0.4.5");
        assertThat(json(elsewhere).blockers()).contains("APPLIANCE_UNKNOWN");
    }
}
