package dev.mipath.importer;

import static dev.mipath.importer.TerraformParts.NETWORK;
import static dev.mipath.importer.TerraformParts.SCOPE;
import static dev.mipath.importer.TerraformParts.SUBNET;
import static dev.mipath.importer.TerraformParts.VNET;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What Terraform has in several resources and Azure in one")
class TerraformServicesTest {
    private static final String IN_GROUP = "'resource_group_name': 'g'";

    private static TerraformPlans network() {
        return new TerraformPlans().keeps("azurerm_virtual_network.v", VNET).keeps("azurerm_subnet.s", SUBNET);
    }

    private static String refers(String attribute, String to) {
        return "'" + attribute + "': {'references': ['" + to + ".id', '" + to + "']}";
    }

    /** A load balancer that the plan makes, with everything that belongs to it. */
    private static TerraformPlans balanced() {
        return network()
                .creates(
                        "azurerm_lb.lb",
                        "'name': 'lb', 'sku': 'Standard', " + IN_GROUP
                                + ", 'frontend_ip_configuration': [{'name': 'fe', 'private_ip_address': '10.0.0.9',"
                                + " 'private_ip_address_allocation': 'Static', 'subnet_id': '" + NETWORK
                                + "/subnets/s'}]",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_lb_backend_address_pool.p",
                        "'name': 'all'",
                        "'id': true, 'loadbalancer_id': true",
                        refers("loadbalancer_id", "azurerm_lb.lb"))
                .creates(
                        "azurerm_lb_probe.h",
                        "'name': 'up', 'protocol': 'Tcp', 'port': 8080",
                        "'id': true, 'loadbalancer_id': true",
                        refers("loadbalancer_id", "azurerm_lb.lb"))
                .creates(
                        "azurerm_lb_rule.r",
                        "'name': 'sql', 'protocol': 'Tcp', 'frontend_port': 1433, 'backend_port': 14330,"
                                + " 'frontend_ip_configuration_name': 'fe', 'enable_floating_ip': true,"
                                + " 'disable_outbound_snat': true",
                        "'id': true, 'loadbalancer_id': true, 'probe_id': true, 'backend_address_pool_ids': true",
                        refers("loadbalancer_id", "azurerm_lb.lb") + ", " + refers("probe_id", "azurerm_lb_probe.h")
                                + ", " + refers("backend_address_pool_ids", "azurerm_lb_backend_address_pool.p"))
                .creates(
                        "azurerm_lb_outbound_rule.o",
                        "'name': 'out', 'protocol': 'All', 'allocated_outbound_ports': 512,"
                                + " 'idle_timeout_in_minutes': 15, 'enable_tcp_reset': true,"
                                + " 'frontend_ip_configuration': [{'name': 'fe'}]",
                        "'id': true, 'loadbalancer_id': true, 'backend_address_pool_id': true",
                        refers("loadbalancer_id", "azurerm_lb.lb") + ", "
                                + refers("backend_address_pool_id", "azurerm_lb_backend_address_pool.p"))
                .creates(
                        "azurerm_network_interface.n",
                        "'name': 'n', " + IN_GROUP + ", 'ip_configuration': [{'name': 'c', 'private_ip_address':"
                                + " '10.0.0.4', 'private_ip_address_allocation': 'Static', 'subnet_id': '" + NETWORK
                                + "/subnets/s'}]",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_network_interface_backend_address_pool_association.a",
                        "'ip_configuration_name': 'c'",
                        "'network_interface_id': true, 'backend_address_pool_id': true",
                        refers("network_interface_id", "azurerm_network_interface.n") + ", "
                                + refers("backend_address_pool_id", "azurerm_lb_backend_address_pool.p"));
    }

    @Test
    @DisplayName("a load balancer has its pools, probes, rules and members, all of them only planned")
    void loadBalancer() {
        Topology plan = balanced().topology();
        LoadBalancer balancer = plan.loadBalancers().get(0);
        assertThat(balancer.frontends().get(0).privateIpAddress()).isEqualTo(Given.of(Address.parse("10.0.0.9")));
        assertThat(balancer.probes())
                .singleElement()
                .satisfies(probe -> assertThat(probe.port()).isEqualTo(Given.of(8080)));
        assertThat(balancer.pools())
                .singleElement()
                .satisfies(pool -> assertThat(pool.networkInterfaces())
                        .extracting(ResourceId::name)
                        .containsExactly("n"));
        assertThat(balancer.outboundRules()).singleElement().satisfies(rule -> {
            assertThat(rule.frontends()).containsExactly("fe");
            assertThat(rule.pool()).isEqualTo("all");
            assertThat(rule.protocol()).isEqualTo(Given.of(Protocol.ANY));
            assertThat(rule.allocatedOutboundPorts()).isEqualTo(Given.of(512));
            assertThat(rule.idleTimeoutInMinutes()).isEqualTo(Given.of(15));
            assertThat(rule.enableTcpReset()).isEqualTo(Given.of(true));
        });
        assertThat(balancer.rules()).singleElement().satisfies(rule -> {
            assertThat(rule.frontend()).isEqualTo("fe");
            assertThat(rule.pool()).isEqualTo("all");
            assertThat(rule.probe()).isEqualTo("up");
            assertThat(rule.backendPort()).isEqualTo(Given.of(14_330));
            assertThat(rule.enableFloatingIp()).isEqualTo(Given.of(true));
            assertThat(rule.disableOutboundSnat()).isEqualTo(Given.of(true));
        });
    }

    @Test
    @DisplayName("NAT gateways have their addresses, private zones their links and records, endpoints their service")
    void services() {
        Topology state = Imports.topology(network()
                .keeps(
                        "azurerm_public_ip.i",
                        "'id': '" + SCOPE + "publicIPAddresses/i', 'name': 'i', 'ip_address': '20.50.7.7', " + IN_GROUP)
                .keeps("azurerm_nat_gateway.n", "'id': '" + SCOPE + "natGateways/n', 'name': 'n', " + IN_GROUP)
                .keeps(
                        "azurerm_nat_gateway_public_ip_association.a",
                        "'nat_gateway_id': '" + SCOPE + "natGateways/n', 'public_ip_address_id': '" + SCOPE
                                + "publicIPAddresses/i'")
                .keeps("azurerm_private_dns_zone.z", "'name': 'privatelink.0a.database.windows.net', " + IN_GROUP)
                .keeps(
                        "azurerm_private_dns_zone_virtual_network_link.l",
                        "'name': 'l', 'private_dns_zone_name': 'privatelink.0a.database.windows.net',"
                                + " 'virtual_network_id': '" + NETWORK + "', " + IN_GROUP)
                .keeps(
                        "azurerm_private_dns_a_record.r",
                        "'name': 'mi', 'zone_name': 'privatelink.0a.database.windows.net', 'records': ['10.0.0.8'], "
                                + IN_GROUP)
                .keeps(
                        "azurerm_private_endpoint.e",
                        "'name': 'e', 'subnet_id': '" + NETWORK + "/subnets/s', " + IN_GROUP
                                + ", 'private_service_connection': [{'name': 'c', 'private_ip_address': '10.0.0.8',"
                                + " 'private_connection_resource_id': '/subscriptions/s/resourceGroups/g/providers/"
                                + "Microsoft.Sql/managedInstances/mi'}]")
                .state());
        assertThat(state.services(PublicIpAddress.class).get(0).ipAddress())
                .isEqualTo(Given.of(Address.parse("20.50.7.7")));
        assertThat(state.services(NatGateway.class).get(0).publicIpAddresses())
                .extracting(ResourceId::name)
                .containsExactly("i");
        assertThat(state.services(PrivateDnsZone.class)).singleElement().satisfies(zone -> {
            assertThat(zone.links()).hasSize(1);
            assertThat(zone.records()).singleElement().satisfies(record -> {
                assertThat(record.name()).isEqualTo("mi");
                assertThat(record.addresses()).containsExactly(Given.of(Address.parse("10.0.0.8")));
            });
        });
        assertThat(state.privateEndpoints().get(0).service()).isNotNull();
        assertThat(Imports.codes(state)).doesNotContain("NOT_MODELLED");
    }

    @Test
    @DisplayName("failover groups name both instances, and the secondary its partner's zone")
    void failoverGroup() {
        String instance = "'subnet_id': '" + NETWORK + "/subnets/s', 'sku_name': 'GP_Gen5', " + IN_GROUP;
        Topology plan = network()
                .creates("azurerm_mssql_managed_instance.a", "'name': 'one', " + instance, "'id': true", "")
                .creates(
                        "azurerm_mssql_managed_instance.b",
                        "'name': 'two', " + instance,
                        "'id': true, 'dns_zone_partner_id': true",
                        refers("dns_zone_partner_id", "azurerm_mssql_managed_instance.a"))
                .creates(
                        "azurerm_mssql_managed_instance_failover_group.f",
                        "'name': 'fog', 'location': 'westeurope'",
                        "'id': true, 'managed_instance_id': true, 'partner_managed_instance_id': true",
                        refers("managed_instance_id", "azurerm_mssql_managed_instance.a") + ", "
                                + refers("partner_managed_instance_id", "azurerm_mssql_managed_instance.b"))
                .topology();
        assertThat(plan.services(FailoverGroup.class)).singleElement().satisfies(group -> {
            assertThat(group.id().name()).isEqualTo("fog");
            assertThat(group.primary().value().orElseThrow().name()).isEqualTo("one");
            assertThat(group.secondary()).isNotNull();
            assertThat(group.secondary().value().orElseThrow().name()).isEqualTo("two");
        });
        assertThat(plan.managedInstances().get(1).dnsZonePartner()).isNotNull();
    }

    @Test
    @DisplayName("azapi has resources in Azure's own words, as an object or as a text, in a group or in a parent")
    void azapi() {
        String group = "/subscriptions/s/resourceGroups/g";
        Topology plan = new TerraformPlans()
                .creates(
                        "azapi_resource.v",
                        "'type': 'Microsoft.Network/virtualNetworks@2023-11-01', 'name': 'v', 'parent_id': '" + group
                                + "', 'location': 'westeurope', 'body': {'properties': {'addressSpace':"
                                + " {'addressPrefixes': ['10.0.0.0/16']}}}",
                        "'id': true",
                        "")
                .creates(
                        "azapi_resource.s",
                        "'type': 'Microsoft.Network/virtualNetworks/subnets@2023-11-01', 'name': 's', 'body':"
                                + " {'properties': {'addressPrefix': '10.0.1.0/24'}}",
                        "'id': true, 'parent_id': true",
                        refers("parent_id", "azapi_resource.v"))
                .creates(
                        "azapi_resource.t",
                        "'type': 'Microsoft.Network/routeTables@2023-11-01', 'name': 't', 'parent_id': '" + group
                                + "', 'body': '{\\'properties\\': {\\'routes\\': [{\\'name\\': \\'r\\',"
                                + " \\'properties\\': {\\'addressPrefix\\': \\'10.9.0.0/16\\',"
                                + " \\'nextHopType\\': \\'None\\'}}]}}'",
                        "'id': true",
                        "")
                .creates(
                        "azapi_resource.f",
                        "'type': 'Microsoft.Network/virtualHubs@2023-11-01', 'name': 'f', 'parent_id': '" + group
                                + "', 'body': {}",
                        "'id': true",
                        "")
                .topology();
        assertThat(plan.vnets()).singleElement().satisfies(vnet -> {
            assertThat(vnet.id().text()).isEqualTo(group + "/providers/Microsoft.Network/virtualNetworks/v");
            assertThat(vnet.subnets())
                    .singleElement()
                    .satisfies(subnet -> assertThat(subnet.prefixes().get(0)).hasToString("10.0.1.0/24"));
        });
        assertThat(plan.routeTables())
                .singleElement()
                .satisfies(
                        table -> assertThat(table.routes().get(0).destination()).hasToString("10.9.0.0/16"));
        // What it cannot see is told, as of a template.
        assertThat(plan.notices())
                .anySatisfy(notice -> assertThat(notice.text()).contains("virtualHubs", "not modelled"));
    }
}
