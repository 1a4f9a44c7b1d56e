package dev.mipath.importer;

import static dev.mipath.importer.TerraformParts.ASSOCIATION;
import static dev.mipath.importer.TerraformParts.GROUP;
import static dev.mipath.importer.TerraformParts.NETWORK;
import static dev.mipath.importer.TerraformParts.SCOPE;
import static dev.mipath.importer.TerraformParts.SUBNET;
import static dev.mipath.importer.TerraformParts.VNET;
import static dev.mipath.importer.TerraformParts.group;
import static dev.mipath.importer.TerraformParts.only;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("What terraform show prints")
class TerraformReadingTest {
    @Test
    @DisplayName("names an unknown by its address")
    void unknownsHaveAddresses() {
        Topology plan = new TerraformPlans()
                .creates(
                        "azurerm_network_security_group.n", "'name': 'n', 'resource_group_name': 'g'", "'id': true", "")
                .creates(
                        "azurerm_network_security_rule.r",
                        "'name': 'r', 'resource_group_name': 'g',"
                                + " 'network_security_group_name': 'n', 'priority': 100, 'direction': 'Inbound',"
                                + " 'access': 'Allow', 'protocol': 'Tcp', 'source_port_range': '*',"
                                + " 'destination_port_range': '1433', 'destination_address_prefix': '*'",
                        "'id': true, 'source_address_prefix': true",
                        "")
                .creates(
                        "azurerm_network_interface.i[\"a\"]",
                        "'name': 'i', 'resource_group_name': 'g',"
                                + " 'ip_configuration': [{'name': 'c', 'private_ip_address_allocation': 'Static'}]",
                        "'id': true, 'ip_configuration': [{'private_ip_address': true, 'subnet_id': true}]",
                        "")
                .topology();
        assertThat(plan.networkSecurityGroups().get(0).rules().get(0).match().source())
                .singleElement()
                .isInstanceOfSatisfying(
                        AddressTerm.Unknown.class,
                        term -> assertThat(term.what())
                                .isEqualTo("azurerm_network_security_rule.r.source_address_prefix"));
        assertThat(plan.networkInterfaces().get(0).ipConfigurations().get(0).privateIpAddress())
                .hasToString("unknown: azurerm_network_interface.i[\"a\"].ip_configuration[0].private_ip_address");
        assertThat(plan.networkInterfaces().get(0).ipConfigurations().get(0).subnet())
                .hasToString("unknown: azurerm_network_interface.i[\"a\"].ip_configuration[0].subnet_id");
    }

    @ParameterizedTest(name = "{0} gives {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            'azurerm_network_security_group.a.id', 'azurerm_network_security_group.a' | a
            'var.choose', 'azurerm_network_security_group.a.id', 'azurerm_network_security_group.a' | a
            'azurerm_network_security_group.a.id', 'azurerm_network_security_group.b.id' | unknown: azurerm_subnet_network_security_group_association.s.network_security_group_id
            'local.groups', 'azurerm_network_security_group.a.id' | unknown: azurerm_subnet_network_security_group_association.s.network_security_group_id
            'module.other' | unknown: azurerm_subnet_network_security_group_association.s.network_security_group_id
            'azurerm_route_table.t.id' | unknown: azurerm_subnet_network_security_group_association.s.network_security_group_id
            'data.azurerm_network_security_group.a.id' | unknown: azurerm_subnet_network_security_group_association.s.network_security_group_id
            """)
    @DisplayName("joins a reference that leaves no doubt and no other:")
    void joins(String references, String expected) {
        String named = "'resource_group_name': 'g'";
        Topology plan = new TerraformPlans()
                .keeps("azurerm_virtual_network.v", VNET)
                .keeps("azurerm_subnet.s", SUBNET)
                .creates("azurerm_network_security_group.a", "'name': 'a', " + named, "'id': true", "")
                .creates("azurerm_network_security_group.b", "'name': 'b', " + named, "'id': true", "")
                .creates("azurerm_route_table.t", "'name': 't', " + named, "'id': true", "")
                .creates(
                        ASSOCIATION + "s",
                        "'subnet_id': '" + NETWORK + "/subnets/s'",
                        "'network_security_group_id': true",
                        "'network_security_group_id': {'references': [" + references + "]}")
                .topology();
        Given<ResourceId> group = only(plan).attached().networkSecurityGroup();
        assertThat(group).isNotNull();
        assertThat(group.value().map(ResourceId::name).orElse(group.toString())).isEqualTo(expected);
    }

    @Test
    @DisplayName("attaches to some subnet that nobody can name: then any subnet may have the group")
    void attachedSomewhere() {
        Topology plan = new TerraformPlans()
                .keeps("azurerm_virtual_network.v", VNET)
                .keeps("azurerm_subnet.s", SUBNET)
                .creates(
                        "azurerm_network_security_group.a", "'name': 'a', 'resource_group_name': 'g'", "'id': true", "")
                .creates(
                        ASSOCIATION + "s",
                        "",
                        "'network_security_group_id': true, 'subnet_id': true",
                        "'subnet_id': {'references': ['local.subnet']}, 'network_security_group_id':"
                                + " {'references': ['azurerm_network_security_group.a.id']}")
                .topology();
        assertThat(only(plan).attached().networkSecurityGroup())
                .hasToString("unknown: " + ASSOCIATION + "s.network_security_group_id");
    }

    @Test
    @DisplayName("reads old and new names of attributes alike")
    void oldNames() {
        Topology state = Imports.topology(new TerraformPlans()
                .keeps("azurerm_virtual_network.v", VNET)
                .keeps(
                        "azurerm_subnet.s",
                        SUBNET.replace(
                                        "'address_prefixes': ['10.0.0.0/24']",
                                        "'address_prefix': '10.0.0.0/24', 'network_security_group_id': '" + GROUP + "'")
                                + ", 'private_endpoint_network_policies_enabled': true")
                .keeps(
                        "azurerm_route_table.t",
                        "'name': 't', 'resource_group_name': 'g',"
                                + " 'disable_bgp_route_propagation': true, 'route': [{'name': 'r', 'address_prefix': '0.0.0.0/0',"
                                + " 'next_hop_type': 'VirtualAppliance', 'next_hop_in_ip_address': '10.0.0.4'}]")
                .keeps(
                        "azurerm_network_interface.i",
                        "'name': 'i', 'resource_group_name': 'g',"
                                + " 'enable_ip_forwarding': true, 'ip_configuration': []")
                .keeps(
                        "azurerm_sql_managed_instance.m",
                        "'name': 'm', 'resource_group_name': 'g', 'subnet_id': '" + NETWORK
                                + "/subnets/s', 'fqdn': 'm.0a.database.windows.net', 'sku_name': 'BC_Gen5'")
                .state());
        assertThat(only(state).prefixes()).extracting(Object::toString).containsExactly("10.0.0.0/24");
        assertThat(only(state).attached().networkSecurityGroup()).isEqualTo(Given.of(new ResourceId(GROUP)));
        assertThat(only(state).privateEndpointNetworkPolicies()).isEqualTo("Enabled");
        assertThat(state.routeTables().get(0).disableBgpRoutePropagation()).isEqualTo(Given.of(true));
        assertThat(state.routeTables().get(0).routes()).extracting(Route::name).containsExactly("r");
        assertThat(state.networkInterfaces().get(0).enableIpForwarding()).isEqualTo(Given.of(true));
        assertThat(state.managedInstances().get(0).fullyQualifiedDomainName()).isEqualTo("m.0a.database.windows.net");
        assertThat(state.managedInstances().get(0).tier()).isEqualTo(Given.of("BusinessCritical"));
    }

    @Test
    @DisplayName("of gateways, balancers, endpoints and NAT is read")
    void otherResources() {
        String named = "'resource_group_name': 'g', 'name': ";
        String inSubnet = "'subnet_id': '" + NETWORK + "/subnets/s'";
        Topology state = Imports.topology(new TerraformPlans()
                .keeps("azurerm_virtual_network.v", VNET)
                .keeps("azurerm_subnet.s", SUBNET)
                .keeps(
                        "azurerm_subnet_nat_gateway_association.s",
                        inSubnet + ", 'nat_gateway_id': '" + SCOPE + "natGateways/nat'")
                .keeps(
                        "azurerm_virtual_network_gateway.g",
                        named + "'gw', 'type': 'Vpn', 'ip_configuration': [{" + inSubnet + "}]")
                .keeps("azurerm_local_network_gateway.l", named + "'site', 'address_space': ['192.168.0.0/16']")
                .keeps(
                        "azurerm_virtual_network_gateway_connection.c",
                        named + "'link', 'virtual_network_gateway_id': '"
                                + SCOPE + "virtualNetworkGateways/gw', 'local_network_gateway_id': '" + SCOPE
                                + "localNetworkGateways/site'")
                .keeps(
                        "azurerm_lb.l",
                        named + "'lb', 'sku': 'Standard', 'frontend_ip_configuration': [{'name': 'f', " + inSubnet
                                + ", 'private_ip_address': '10.0.0.9'}]")
                .keeps(
                        "azurerm_private_endpoint.p",
                        named + "'pe', " + inSubnet
                                + ", 'private_service_connection': [{'private_ip_address': '10.0.0.8'}]")
                .keeps(
                        "azurerm_virtual_network_peering.p",
                        named + "'p', 'virtual_network_name': 'v',"
                                + " 'remote_virtual_network_id': '" + SCOPE + "virtualNetworks/w',"
                                + " 'peer_complete_virtual_networks_enabled': false")
                .keeps("azurerm_route_server.f", named + "'f'")
                .keeps("azurerm_key_vault.k", named + "'k'")
                .state());
        assertThat(only(state).attached().natGateway()).isEqualTo(Given.of(new ResourceId(SCOPE + "natGateways/nat")));
        assertThat(state.virtualNetworkGateways().get(0).subnet())
                .isEqualTo(Given.of(new ResourceId(NETWORK + "/subnets/s")));
        assertThat(state.localNetworkGateways().get(0).addressPrefixes()).hasToString("[192.168.0.0/16]");
        assertThat(state.gatewayConnections().get(0).localNetworkGateway())
                .hasToString(SCOPE + "localNetworkGateways/site");
        assertThat(state.loadBalancers().get(0).frontends().get(0).privateIpAddress())
                .hasToString("10.0.0.9");
        assertThat(state.loadBalancers().get(0).sku()).isEqualTo("Standard");
        assertThat(state.privateEndpoints().get(0).privateIpAddress()).hasToString("10.0.0.8");
        assertThat(Imports.codes(state))
                .filteredOn(code -> code.equals(Notices.NOT_MODELLED))
                .as("the route server and the peering of some subnets")
                .hasSize(2);
    }

    @Test
    @DisplayName("is read with a placeholder where a name is known after apply only")
    void unknownNames() {
        Topology plan = new TerraformPlans()
                .creates("azurerm_resource_group.g", "'location': 'westeurope'", "'id': true, 'name': true", "")
                .creates(
                        "azurerm_virtual_network.v",
                        "'address_space': ['10.0.0.0/16']",
                        "'id': true, 'name': true, 'resource_group_name': true",
                        "'resource_group_name': {'references': ['azurerm_resource_group.g.name']}")
                .creates(
                        "azurerm_subnet.s",
                        "'name': 's', 'address_prefixes': ['10.0.0.0/24']",
                        "'id': true, 'virtual_network_name': true, 'resource_group_name': true",
                        "'virtual_network_name': {'references': ['azurerm_virtual_network.v.name']}")
                .topology();
        assertThat(plan.vnets()).hasSize(1);
        assertThat(only(plan).id().text())
                .isEqualTo("/subscriptions/‹subscription›/resourceGroups/‹azurerm_resource_group.g.name›"
                        + "/providers/Microsoft.Network/virtualNetworks/‹azurerm_virtual_network.v.name›/subnets/s");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {'format_version': '2.0', 'values': {}} | -:1 at /format_version: Terraform's format `2.0` is not known (use a Terraform that writes format 1)
            {'format_version': '1.0', 'values': {'root_module': {'resources': 7}}} | -:1 at /values/root_module/resources: `resources` is a number, not a list (save the answer of `terraform show -json` again)
            {'format_version': '1.0', 'values': {'root_module': {'resources': [7]}}} | -:1 at /values/root_module/resources/0: a resource has no `values` (save the answer again)
            {'format_version': '1.0', 'values': {'root_module': {'resources': [{'values': {}}]}}} | -:1 at /values/root_module/resources/0: a resource has no `address`, `type` or `name` (save the answer again)
            {'format_version': '1.0', 'values': {'root_module': {'child_modules': [{}]}}} | -:1 at /values/root_module/child_modules/0: a module has no `address` (save the answer again)
            {'format_version': '1.0', 'resource_changes': [{}]} | -:1 at /resource_changes/0: this is no change of a resource (save the answer again)
            {'version': 4, 'terraform_version': '1.9.8', 'lineage': 'x', 'resources': []} | -:1: this is Terraform's own state file, whose form changes between versions (give what `terraform show -json` prints)
            {'@level': 'info', '@message': 'Terraform 1.9.8'} | -:1: this is the log of a Terraform run (save the plan (`terraform plan -out FILE`) and give what `terraform show -json FILE` prints)
            """)
    @DisplayName("and is broken is an error at its place:")
    void broken(String text, String told) {
        assertThat(Imports.problems(Imports.json(text))).containsExactly(told);
    }

    @ParameterizedTest(name = "{0}: {1}")
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            azurerm_virtual_network | 'address_space': '10.0.0.0/16' | /values/address_space: `addressPrefixes` is a text, not a list (write it in brackets)
            azurerm_virtual_network | 'address_space': [], 'subnet': [7] | /values/subnet/0: a subnet is a number, not an object (write it in braces)
            azurerm_network_security_group | 'security_rule': [{'name': 'r'}] | /values/security_rule/0: `priority` is missing (give a number from 100 to 4096)
            azurerm_route_table | 'route': [{'name': 'r', 'address_prefix': 'x!', 'next_hop_type': 'None'}] | /values/route/0/address_prefix:
            """)
    @DisplayName("with a value of the wrong kind is an error at that value:")
    void wrongValues(String type, String values, String told) {
        String text = new TerraformPlans()
                .keeps(type + ".x", "'name': 'x', 'resource_group_name': 'g', " + values)
                .state();
        assertThat(Imports.problems(text).get(0)).contains("at /values/root_module/resources/0" + told);
    }

    @Test
    @DisplayName("may go round in circles or name itself: then nothing is joined")
    void circles() {
        String circle = "'subnet_id': {'references': ['module.m.out']}";
        String plan = new TerraformPlans()
                .creates(
                        "azurerm_mssql_managed_instance.x",
                        "'name': 'x', 'resource_group_name': 'g'",
                        "'subnet_id': true",
                        circle)
                .plan()
                .replace(
                        "\"resources\": [\n{\"address\": \"azurerm_mssql_managed_instance.x\", \"expressions\"",
                        Imports.json(
                                        "'module_calls': {'m': {'expressions': {'in': {'references': ['module.m.out']}},"
                                                + " 'module': {'outputs': {'out': {'expression': {'references': ['var.in']}}}}}},")
                                + "\"resources\": [\n{\"address\": \"azurerm_mssql_managed_instance.x\", \"expressions\"")
                .replace(
                        "\"planned_values\": {\"root_module\": {",
                        Imports.json("'planned_values': {'root_module': {'child_modules': [{'address': 'module.m',"
                                + " 'resources': [{'address': 'module.m.null_resource.n', 'type': 'null_resource',"
                                + " 'name': 'n', 'values': {}}]}],"));
        assertThat(Imports.topology(plan).managedInstances().get(0).subnet())
                .hasToString("unknown: azurerm_mssql_managed_instance.x.subnet_id");
    }

    @Test
    @DisplayName("shows no name raw")
    void names() {
        Topology state = Imports.topology(new TerraformPlans()
                .keeps("azurerm_route_server.\\u001bred", "'name': 'f'")
                .state());
        assertThat(state.notices())
                .singleElement()
                .satisfies(notice -> assertThat(notice.text())
                        .doesNotContain("\u001b")
                        .contains("is of a type that is not modelled"));
    }
}
