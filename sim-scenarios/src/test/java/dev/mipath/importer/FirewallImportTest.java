package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Azure Firewall, its policies, and security admin rules")
class FirewallImportTest {
    private static final String FIREWALL =
            """
            {'type': 'Microsoft.Network/azureFirewalls', 'apiVersion': '2023-04-01', 'name': 'azfw', 'properties': {
              'ipConfigurations': [{'name': 'one', 'properties': {'privateIPAddress': '10.0.4.4',
                'subnet': {'id': "resourceId("Microsoft.Network/virtualNetworks/subnets", "hub", "AzureFirewallSubnet")"}}}],
              'firewallPolicy': {'id': '[resourceId("Microsoft.Network/firewallPolicies", "POLICY")]'}}}
            """.replace("\"resourceId", "'[resourceId").replace("\")\"}", "\")]'}");
    private static final String PARENT = """
            {'type': 'Microsoft.Network/firewallPolicies', 'apiVersion': '2023-04-01', 'name': 'parent', 'properties': {}},
            {'type': 'Microsoft.Network/firewallPolicies/ruleCollectionGroups', 'apiVersion': '2023-04-01',
             'name': 'parent/base', 'properties': {'priority': 900, 'ruleCollections': [
               {'ruleCollectionType': 'FirewallPolicyFilterRuleCollection', 'name': 'must', 'priority': 100,
                'action': {'type': 'Deny'}, 'rules': [
                 {'ruleType': 'NetworkRule', 'name': 'no-telnet', 'ipProtocols': ['TCP'], 'sourceAddresses': ['*'],
                  'destinationAddresses': ['*'], 'destinationPorts': ['23']}]}]}},
            """;
    private static final String CHILD = """
            {'type': 'Microsoft.Network/firewallPolicies', 'apiVersion': '2023-04-01', 'name': 'child',
             'properties': {'basePolicy': {'id': '[resourceId("Microsoft.Network/firewallPolicies", "parent")]'}}},
            {'type': 'Microsoft.Network/firewallPolicies/ruleCollectionGroups', 'apiVersion': '2023-04-01',
             'name': 'child/late', 'properties': {'priority': 300, 'ruleCollections': [
               {'ruleCollectionType': 'FirewallPolicyFilterRuleCollection', 'name': 'sql', 'priority': 200,
                'action': {'type': 'Allow'}, 'rules': [
                 {'ruleType': 'NetworkRule', 'name': 'redirect', 'ipProtocols': ['TCP', 'UDP'],
                  'sourceAddresses': ['10.1.0.0/16'], 'destinationAddresses': ['10.0.1.0/24', 'Sql.WestEurope'],
                  'destinationPorts': ['1433', '11000-11999']}]}]}},
            {'type': 'Microsoft.Network/firewallPolicies/ruleCollectionGroups', 'apiVersion': '2023-04-01',
             'name': 'child/early', 'properties': {'priority': 100, 'ruleCollections': [
               {'ruleCollectionType': 'FirewallPolicyFilterRuleCollection', 'name': 'web', 'priority': 100,
                'action': {'type': 'Allow'}, 'rules': [
                 {'ruleType': 'ApplicationRule', 'name': 'updates', 'sourceAddresses': ['10.1.0.0/16'],
                  'protocols': [{'protocolType': 'Https', 'port': 443}], 'targetFqdns': ['*.update.microsoft.com']}]},
               {'ruleCollectionType': 'FirewallPolicyNatRuleCollection', 'name': 'in', 'priority': 110,
                'action': {'type': 'DNAT'}, 'rules': [{'ruleType': 'NatRule', 'name': 'rdp'}]}]}},
            """;

    private static Topology topology(String resources) {
        return Imports.topology(Imports.template("'resources': [" + resources + "]"));
    }

    private static Firewall firewall(Topology topology) {
        return topology.services(Firewall.class).get(0);
    }

    private static List<String> names(Firewall firewall) {
        return firewall.rules().stream().map(SecurityRule::name).toList();
    }

    @Test
    @DisplayName("the parent's rules come first, network rules before application rules, groups by their numbers")
    void orderOfRules() {
        Topology topology = topology(PARENT + CHILD + FIREWALL.replace("POLICY", "child"));
        Firewall firewall = firewall(topology);
        assertThat(names(firewall)).containsExactly("must/no-telnet", "sql/redirect", "sql/redirect", "web/updates");
        assertThat(firewall.rules().get(0).access().is(Access.DENY)).isTrue();
        assertThat(firewall.rules().get(1).match().destinationPorts()).hasSize(2);
        assertThat(firewall.rules().get(1).match().destination().get(1))
                .isEqualTo(new AddressTerm.Tag("Sql.WestEurope"));
        assertThat(firewall.rules().get(3).match().destination().get(0).toString())
                .contains("*.update.microsoft.com");
        assertThat(firewall.privateIpAddress()).isNotNull().asString().contains("10.0.4.4");
        assertThat(firewall.subnet()).isNotNull().asString().contains("AzureFirewallSubnet");
        assertThat(Imports.codes(topology)).contains("NOT_MODELLED");
    }

    @Test
    @DisplayName("a policy that the input does not hold may have any rule")
    void policyMissing() {
        Firewall firewall = firewall(topology(FIREWALL.replace("POLICY", "elsewhere")));
        assertThat(firewall.rules()).hasSize(1);
        assertThat(firewall.rules().get(0).access().isUnknown()).isTrue();
        assertThat(firewall.rules().get(0).name()).contains("elsewhere");
    }

    @Test
    @DisplayName("a firewall may have rules of its own")
    void classicRules() {
        Firewall firewall = firewall(topology("""
                {'type': 'Microsoft.Network/azureFirewalls', 'apiVersion': '2020-05-01', 'name': 'azfw', 'properties': {
                  'networkRuleCollections': [
                    {'name': 'late', 'properties': {'priority': 300, 'action': {'type': 'Deny'}, 'rules': [
                      {'name': 'rest', 'protocols': ['Any'], 'sourceAddresses': ['*'], 'destinationAddresses': ['*'],
                       'destinationPorts': ['*']}]}},
                    {'name': 'early', 'properties': {'priority': 200, 'action': {'type': 'Allow'}, 'rules': [
                      {'name': 'sql', 'protocols': ['TCP'], 'sourceIpGroups': ['/x/ipGroups/clients'],
                       'destinationAddresses': ['10.0.1.0/24'], 'destinationPorts': ['1433']}]}}]}}
                """));
        assertThat(names(firewall)).containsExactly("early/sql", "late/rest");
        assertThat(firewall.rules().get(0).match().source().get(0)).isInstanceOf(AddressTerm.Unknown.class);
    }

    private static final String MANAGER = "Microsoft.Network/networkManagers";
    private static final String ADMIN = """
            {'type': 'MANAGER/networkGroups/staticMembers', 'apiVersion': '2023-04-01', 'name': 'nm/all/hub',
             'properties': {'resourceId': '[resourceId("Microsoft.Network/virtualNetworks", "hub")]'}},
            {'type': 'MANAGER/securityAdminConfigurations', 'apiVersion': '2023-04-01', 'name': 'nm/base',
             'properties': {'applyOnNetworkIntentPolicyBasedServices': ['AllowRulesOnly']}},
            {'type': 'MANAGER/securityAdminConfigurations/ruleCollections', 'apiVersion': '2023-04-01',
             'name': 'nm/base/company', 'properties': {'appliesToGroups': [
               {'networkGroupId': '[resourceId("MANAGER/networkGroups", "nm", "all")]'}]}},
            {'type': 'MANAGER/securityAdminConfigurations/ruleCollections/rules', 'apiVersion': '2023-04-01',
             'name': 'nm/base/company/no_sql', 'kind': 'Custom', 'properties': {'priority': 20, 'direction': 'Outbound',
               'access': 'Deny', 'protocol': 'Tcp', 'destinationPortRanges': ['1433'],
               'sources': [{'addressPrefix': '10.1.0.0/16', 'addressPrefixType': 'IPPrefix'}]}},
            {'type': 'MANAGER/securityAdminConfigurations/ruleCollections/rules', 'apiVersion': '2023-04-01',
             'name': 'nm/base/company/probes', 'kind': 'Custom', 'properties': {'priority': 5, 'direction': 'Inbound',
               'access': 'AlwaysAllow', 'protocol': 'Any', 'sources': [
                 {'addressPrefix': 'AzureLoadBalancer', 'addressPrefixType': 'ServiceTag'}]}}
            """.replace("MANAGER", MANAGER);

    @Test
    @DisplayName("admin rules are put together with the members of their groups")
    void adminRules() {
        AdminRules rules = topology(ADMIN).services(AdminRules.class).get(0);
        assertThat(rules.id().name()).isEqualTo("company");
        assertThat(rules.onInstances()).isEqualTo(AdminRules.Reach.ALLOW_RULES_ONLY);
        assertThat(rules.vnets()).hasSize(1);
        assertThat(rules.vnets().get(0).toString()).contains("hub");
        assertThat(rules.rules())
                .extracting(rule -> rule.rule().name() + " " + rule.always())
                .containsExactly("no_sql false", "probes true");
        assertThat(rules.rules().get(0).rule().match().destination()).containsExactly(new AddressTerm.Any());
    }

    @Test
    @DisplayName("members by condition, and a group of which the input holds none, are open")
    void openMembers() {
        String conditional =
                "{'type': '" + MANAGER + "/networkGroups', 'apiVersion': '2021-05-01-preview', 'name': 'nm/all',"
                        + " 'properties': {'conditionalMembership': '{}'}}, ";
        AdminRules some =
                topology(conditional + ADMIN).services(AdminRules.class).get(0);
        assertThat(some.vnets()).hasSize(2);
        assertThat(some.vnets().get(1).isUnknown()).isTrue();
        AdminRules none = topology(ADMIN.substring(ADMIN.indexOf("},\n") + 2))
                .services(AdminRules.class)
                .get(0);
        assertThat(none.vnets()).hasSize(1);
        assertThat(none.vnets().get(0).isUnknown()).isTrue();
    }
}
