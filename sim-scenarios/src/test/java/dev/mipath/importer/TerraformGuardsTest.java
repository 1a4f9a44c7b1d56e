package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Firewalls and admin rules of Terraform")
class TerraformGuardsTest {
    private static final String IN_GROUP = "'resource_group_name': 'g'";
    private static final String OPEN = "'id': true";

    private static String refers(String attribute, String to) {
        return "'" + attribute + "': {'references': ['" + to + ".id', '" + to + "']}";
    }

    private static TerraformPlans network() {
        return new TerraformPlans()
                .keeps("azurerm_virtual_network.v", TerraformParts.VNET)
                .keeps("azurerm_subnet.s", TerraformParts.SUBNET);
    }

    /** A firewall, its policy and the policy's rules, all of them only planned. */
    private static TerraformPlans guarded() {
        return network()
                .creates("azurerm_firewall_policy.p", "'name': 'rules', " + IN_GROUP, OPEN, "")
                .creates(
                        "azurerm_firewall.f",
                        "'name': 'fw', " + IN_GROUP + ", 'ip_configuration': [{'name': 'c', 'subnet_id': '"
                                + TerraformParts.NETWORK + "/subnets/s'}]",
                        OPEN + ", 'firewall_policy_id': true, 'ip_configuration': [{'private_ip_address': true}]",
                        refers("firewall_policy_id", "azurerm_firewall_policy.p"))
                .creates(
                        "azurerm_firewall_policy_rule_collection_group.g",
                        "'name': 'group', 'priority': 500, 'network_rule_collection': [{'name': 'sql', 'priority': 200,"
                                + " 'action': 'Allow', 'rule': [{'name': 'tds', 'protocols': ['TCP'],"
                                + " 'source_addresses': ['10.1.0.0/16'], 'destination_addresses': ['10.0.1.0/24'],"
                                + " 'destination_ports': ['1433', '11000-11999']}]}], 'application_rule_collection':"
                                + " [{'name': 'web', 'priority': 100, 'action': 'Deny', 'rule': [{'name': 'mail',"
                                + " 'protocols': [{'type': 'Https', 'port': 443}], 'source_addresses': ['*'],"
                                + " 'destination_fqdns': ['*.example.com']}]}]",
                        OPEN + ", 'firewall_policy_id': true",
                        refers("firewall_policy_id", "azurerm_firewall_policy.p"));
    }

    @Test
    @DisplayName("a firewall has the rules of the policy that the plan makes with it, network rules first")
    void policy() {
        Topology topology = guarded().topology();
        Firewall firewall = topology.services(Firewall.class).get(0);
        assertThat(firewall.id().name()).isEqualTo("fw");
        assertThat(firewall.subnet()).isNotNull().asString().contains("subnets/s");
        assertThat(firewall.privateIpAddress()).isNull();
        assertThat(firewall.rules()).extracting(rule -> rule.name()).containsExactly("sql/tds", "web/mail");
        assertThat(firewall.rules().get(0).match().destinationPorts()).hasSize(2);
        assertThat(firewall.rules().get(0).place().toString()).contains("network_rule_collection/0/rule/0");
        assertThat(Imports.codes(topology)).doesNotContain("NOT_MODELLED");
    }

    @Test
    @DisplayName("a firewall without a policy has the collections that name it, in its own resource group")
    void ownRules() {
        String rule = "'priority': 200, 'action': 'Allow', 'rule': [{'name': 'r', 'protocols': ['TCP'],"
                + " 'source_addresses': ['*'], 'destination_addresses': ['*'], 'destination_ports': ['1433']}]";
        Topology topology = network()
                .creates(
                        "azurerm_firewall.f",
                        "'name': 'fw', " + IN_GROUP + ", 'ip_configuration': [{'name': 'c', 'private_ip_address':"
                                + " '10.0.0.4', 'subnet_id': '" + TerraformParts.NETWORK + "/subnets/s'}]",
                        OPEN,
                        "")
                .creates(
                        "azurerm_firewall_network_rule_collection.c",
                        "'name': 'own', 'azure_firewall_name': 'fw', " + IN_GROUP + ", " + rule,
                        OPEN,
                        "")
                .creates(
                        "azurerm_firewall_network_rule_collection.d",
                        "'name': 'other', 'azure_firewall_name': 'fw', 'resource_group_name': 'h', " + rule,
                        OPEN,
                        "")
                .creates(
                        "azurerm_firewall_application_rule_collection.a",
                        "'name': 'names', 'azure_firewall_name': 'fw', " + IN_GROUP
                                + ", 'priority': 100, 'action': 'Allow', 'rule': [{'name': 'w', 'source_addresses': ['*'],"
                                + " 'target_fqdns': ['*.example.com'], 'protocol': [{'port': 443, 'type': 'Https'}]}]",
                        OPEN,
                        "")
                .topology();
        Firewall firewall = topology.services(Firewall.class).get(0);
        assertThat(firewall.rules()).extracting(each -> each.name()).containsExactly("own/r", "names/w");
        assertThat(firewall.privateIpAddress()).isNotNull().asString().contains("10.0.0.4");
    }

    private static TerraformPlans managed(String member) {
        return network()
                .creates("azurerm_network_manager.m", "'name': 'manager', " + IN_GROUP, OPEN, "")
                .creates(
                        "azurerm_network_manager_network_group.g",
                        "'name': 'all'",
                        OPEN + ", 'network_manager_id': true",
                        refers("network_manager_id", "azurerm_network_manager.m"))
                .creates(
                        "azurerm_network_manager_static_member.s",
                        "'name': 'one'" + member,
                        OPEN + ", 'network_group_id': true"
                                + (member.isEmpty() ? ", 'target_virtual_network_id': true" : ""),
                        refers("network_group_id", "azurerm_network_manager_network_group.g"))
                .creates(
                        "azurerm_network_manager_security_admin_configuration.c",
                        "'name': 'base', 'apply_on_network_intent_policy_based_services': ['All']",
                        OPEN + ", 'network_manager_id': true",
                        refers("network_manager_id", "azurerm_network_manager.m"))
                .creates(
                        "azurerm_network_manager_admin_rule_collection.k",
                        "'name': 'company'",
                        OPEN + ", 'security_admin_configuration_id': true, 'network_group_ids': [true]",
                        refers(
                                        "security_admin_configuration_id",
                                        "azurerm_network_manager_security_admin_configuration.c")
                                + ", " + refers("network_group_ids", "azurerm_network_manager_network_group.g"))
                .creates(
                        "azurerm_network_manager_admin_rule.r",
                        "'name': 'no_sql', 'action': 'Deny', 'direction': 'Inbound', 'priority': 10, 'protocol': 'Tcp',"
                                + " 'source': [{'address_prefix_type': 'ServiceTag', 'address_prefix': 'Internet'}],"
                                + " 'destination_port_ranges': ['1433']",
                        OPEN + ", 'admin_rule_collection_id': true",
                        refers("admin_rule_collection_id", "azurerm_network_manager_admin_rule_collection.k"))
                .creates("azurerm_network_manager_deployment.d", "'location': 'westeurope'", OPEN, "");
    }

    @Test
    @DisplayName("admin rules are put together through the references of the plan")
    void adminRules() {
        Topology topology = managed(", 'target_virtual_network_id': '" + TerraformParts.NETWORK + "'")
                .topology();
        AdminRules rules = topology.services(AdminRules.class).get(0);
        assertThat(rules.id().name()).isEqualTo("company");
        assertThat(rules.onInstances()).isEqualTo(AdminRules.Reach.ALL);
        assertThat(rules.vnets())
                .singleElement()
                .satisfies(vnet -> assertThat(vnet.is(new ResourceId(TerraformParts.NETWORK)))
                        .isTrue());
        assertThat(rules.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.rule().name()).isEqualTo("no_sql");
            assertThat(rule.rule().match().source()).hasToString("[Internet]");
            assertThat(rule.rule().match().destinationPorts()).hasToString("[1433]");
        });
        assertThat(Imports.codes(topology)).doesNotContain("NOT_MODELLED");
    }

    @Test
    @DisplayName("a member that is known after apply is open")
    void openMember() {
        AdminRules rules = managed("").topology().services(AdminRules.class).get(0);
        assertThat(rules.vnets())
                .singleElement()
                .satisfies(vnet -> assertThat(vnet.isUnknown()).isTrue());
    }
}
