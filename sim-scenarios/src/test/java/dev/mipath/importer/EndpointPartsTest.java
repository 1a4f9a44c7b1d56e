package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Parts that decide for others: zone groups, inbound NAT rules, circuits")
class EndpointPartsTest {
    private static final String ZONE = "privatelink.0a1b2c3d4e5f.database.windows.net";
    private static final String ENDPOINT = """
            {'type': 'Microsoft.Network/privateDnsZones', 'apiVersion': '2020-06-01', 'name': 'ZONE'},
            {'type': 'Microsoft.Network/privateEndpoints', 'apiVersion': '2023-04-01', 'name': 'pe', 'properties': {
              ADDRESS'subnet': {'id': '/x/providers/Microsoft.Network/virtualNetworks/v/subnets/s'},
              'privateLinkServiceConnections': [{'name': 'c', 'properties': {'privateLinkServiceId':
                '/x/providers/Microsoft.Sql/managedInstances/mi-prod'}}]}},
            {'type': 'Microsoft.Network/privateEndpoints/privateDnsZoneGroups', 'apiVersion': '2023-04-01',
             'name': 'pe/default', 'properties': {'privateDnsZoneConfigs': [{'name': 'z', 'properties': {
               'privateDnsZoneId': '[resourceId("Microsoft.Network/privateDnsZones", "ZONE")]'}}]}}
            """.replace("ZONE", ZONE);
    private static final String ADDRESS =
            "'ipConfigurations': [{'name': 'i', 'properties': {'privateIPAddress': '10.1.9.5'}}],";

    private static Topology topology(String resources) {
        return Imports.topology(Imports.template("'resources': [" + resources + "]"));
    }

    @Test
    @DisplayName("a zone group registers the endpoint's address under the service's name")
    void zoneGroup() {
        PrivateDnsZone zone = topology(ENDPOINT.replace("ADDRESS", ADDRESS))
                .services(PrivateDnsZone.class)
                .get(0);
        assertThat(zone.id().name()).isEqualTo(ZONE);
        assertThat(zone.records()).hasSize(1);
        assertThat(zone.records().get(0).name()).isEqualTo("mi-prod");
        assertThat(zone.records().get(0).addresses().get(0).toString()).contains("10.1.9.5");
        assertThat(topology(ENDPOINT.replace("ADDRESS", ""))
                        .services(PrivateDnsZone.class)
                        .get(0)
                        .records())
                .isEmpty();
    }

    @Test
    @DisplayName("outbound rules and rules without SNAT are read; an inbound NAT rule gives no way out")
    void outboundRules() {
        LoadBalancer balancer = topology("""
                        {'type': 'Microsoft.Network/loadBalancers', 'apiVersion': '2023-04-01', 'name': 'lb',
                         'sku': {'name': 'Standard'}, 'properties': {
                          'loadBalancingRules': [{'name': 'web', 'properties': {'protocol': 'Tcp', 'frontendPort': 443,
                            'backendPort': 443, 'disableOutboundSnat': true,
                            'frontendIPConfiguration': {'id': '/x/lb/frontendIPConfigurations/front'}}}],
                          'inboundNatRules': [{'name': 'sql', 'properties': {'protocol': 'Tcp', 'frontendPort': 50001,
                            'backendPort': 1433, 'frontendIPConfiguration': {'id': '/x/lb/frontendIPConfigurations/front'}}}],
                          'outboundRules': [
                            {'name': 'out', 'properties': {'protocol': 'All', 'allocatedOutboundPorts': 10000,
                              'idleTimeoutInMinutes': 15, 'enableTcpReset': true,
                              'frontendIPConfigurations': [{'id': '/x/lb/frontendIPConfigurations/one'},
                                {'id': '/x/lb/frontendIPConfigurations/two'}],
                              'backendAddressPool': {'id': '/x/lb/backendAddressPools/all'}}},
                            {'name': 'plain', 'properties': {'protocol': 'Tcp',
                              'frontendIPConfigurations': [{'id': '/x/lb/frontendIPConfigurations/one'}],
                              'backendAddressPool': {'id': '/x/lb/backendAddressPools/all'}}}]}}
                        """).loadBalancers().get(0);
        assertThat(balancer.rules())
                .extracting(LoadBalancer.Rule::disableOutboundSnat)
                .containsExactly(Given.of(true), Given.of(true));
        LoadBalancer.OutboundRule out = balancer.outboundRules().get(0);
        assertThat(out.frontends()).containsExactly("one", "two");
        assertThat(out.pool()).isEqualTo("all");
        assertThat(out.protocol()).isEqualTo(Given.of(Protocol.ANY));
        assertThat(out.allocatedOutboundPorts()).isEqualTo(Given.of(10_000));
        assertThat(out.idleTimeoutInMinutes()).isEqualTo(Given.of(15));
        assertThat(out.enableTcpReset()).isEqualTo(Given.of(true));
        LoadBalancer.OutboundRule plain = balancer.outboundRules().get(1);
        assertThat(plain.allocatedOutboundPorts()).isEqualTo(Given.of(0));
        assertThat(plain.idleTimeoutInMinutes()).isEqualTo(Given.of(4));
    }

    private static final String BALANCER = """
            {'type': 'Microsoft.Network/loadBalancers', 'apiVersion': '2023-04-01', 'name': 'lb', 'properties': {
              'frontendIPConfigurations': [{'name': 'front', 'properties': {'privateIPAddress': '10.0.2.9',
                'subnet': {'id': '/x/providers/Microsoft.Network/virtualNetworks/v/subnets/s'}}}],
              'inboundNatRules': [{'name': 'sql', 'properties': {'protocol': 'Tcp', 'frontendPort': 50001,
                'backendPort': 1433, 'frontendIPConfiguration': {'id': '/x/lb/frontendIPConfigurations/front'}}}]}},
            {'type': 'Microsoft.Network/networkInterfaces', 'apiVersion': '2023-04-01', 'name': 'nic', 'properties': {
              'ipConfigurations': [{'name': 'ip', 'properties': {
                'subnet': {'id': '/x/providers/Microsoft.Network/virtualNetworks/v/subnets/s'},
                'loadBalancerInboundNatRules': [
                  {'id': '[resourceId("Microsoft.Network/loadBalancers/inboundNatRules", "lb", "sql")]'}]}}]}}
            """;

    @Test
    @DisplayName("an inbound NAT rule leads one port to the NIC that names it")
    void inboundNat() {
        LoadBalancer balancer = topology(BALANCER).loadBalancers().get(0);
        LoadBalancer.Rule rule = balancer.rules().get(0);
        assertThat(rule.name()).isEqualTo("sql");
        assertThat(rule.frontend()).isEqualTo("front");
        assertThat(rule.frontendPort().is(50_001)).isTrue();
        assertThat(rule.backendPort().is(1433)).isTrue();
        assertThat(balancer.pools().get(0).name()).isEqualTo(rule.pool());
        assertThat(balancer.pools().get(0).networkInterfaces())
                .extracting(nic -> nic.name())
                .containsExactly("nic");
    }

    @Test
    @DisplayName(
            "an inbound NAT rule may be a resource of its own, and count once where its load balancer lists it too")
    void ownInboundNat() {
        String own = """
                {'type': 'Microsoft.Network/loadBalancers/inboundNatRules', 'apiVersion': '2023-04-01', 'name': 'lb/NAME',
                 'properties': {'protocol': 'Tcp', 'frontendPort': 50002, 'backendPort': 3389, 'frontendIPConfiguration':
                   {'id': '/x/lb/frontendIPConfigurations/front'}}},
                """;
        LoadBalancer balancer = topology(own.replace("NAME", "rdp")
                        + BALANCER.replace(
                                "'loadBalancerInboundNatRules': [",
                                "'loadBalancerInboundNatRules': [{'id':"
                                        + " '[resourceId(\"Microsoft.Network/loadBalancers/inboundNatRules\", \"lb\","
                                        + " \"rdp\")]'}, "))
                .loadBalancers()
                .get(0);
        assertThat(balancer.rules()).extracting(LoadBalancer.Rule::name).containsExactly("sql", "rdp");
        assertThat(balancer.rules().get(1).frontendPort().is(50_002)).isTrue();
        assertThat(balancer.pools())
                .allSatisfy(pool -> assertThat(pool.networkInterfaces())
                        .extracting(nic -> nic.name())
                        .containsExactly("nic"));
        assertThat(topology(own.replace("NAME", "sql") + BALANCER)
                        .loadBalancers()
                        .get(0)
                        .rules())
                .extracting(LoadBalancer.Rule::name)
                .containsExactly("sql");
    }

    @Test
    @DisplayName("Microsoft peering of a circuit is told, private peering is not")
    void microsoftPeering() {
        String circuit = "{'type': 'Microsoft.Network/expressRouteCircuits', 'apiVersion': '2023-04-01', 'name': 'er',"
                + " 'properties': {'peerings': [{'name': 'p', 'properties': {'peeringType': 'TYPE'}}]}}";
        assertThat(Imports.codes(topology(circuit.replace("TYPE", "MicrosoftPeering"))))
                .contains("MICROSOFT_PEERING");
        assertThat(Imports.codes(topology(circuit.replace("TYPE", "AzurePrivatePeering"))))
                .doesNotContain("MICROSOFT_PEERING");
        String part = "{'type': 'Microsoft.Network/expressRouteCircuits/peerings', 'apiVersion': '2023-04-01', 'name':"
                + " 'er/MicrosoftPeering', 'properties': {'peeringType': 'MicrosoftPeering'}}";
        assertThat(Imports.codes(topology(part))).contains("MICROSOFT_PEERING");
    }
}
