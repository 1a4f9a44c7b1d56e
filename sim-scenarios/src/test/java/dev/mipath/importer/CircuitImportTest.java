package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.Topology;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CircuitImportTest {
    private static final String BASE = "/subscriptions/0/resourceGroups/rg/providers/Microsoft.Network/";

    private static String circuit(String properties) {
        return "{'id': '" + BASE + "expressRouteCircuits/erc', 'name': 'erc', 'type':"
                + " 'Microsoft.Network/expressRouteCircuits', 'properties': {" + properties + "}}";
    }

    private static String connection(String name, String gateway) {
        return "{'id': '" + BASE + "connections/" + name + "', 'name': '" + name
                + "', 'type': 'Microsoft.Network/connections', 'properties': {'connectionType': 'ExpressRoute',"
                + " 'virtualNetworkGateway1': {'id': '" + BASE + "virtualNetworkGateways/" + gateway
                + "'}, 'peer': {'id': '"
                + BASE + "expressRouteCircuits/erc'}}}";
    }

    private static ExpressRouteCircuit read(String... resources) {
        Topology topology = Imports.topology(Imports.json("[" + String.join(",", resources) + "]"));
        assertThat(topology.services(ExpressRouteCircuit.class)).hasSize(1);
        return topology.services(ExpressRouteCircuit.class).get(0);
    }

    @Test
    void aCircuitTellsItsPeeringsAndConnectionsTheirGateways() {
        String microsoft = "'peerings': [{'name': 'AzurePrivatePeering', 'properties': {'peeringType':"
                + " 'AzurePrivatePeering'}}, {'name': 'MicrosoftPeering', 'properties': {'peeringType':"
                + " 'MicrosoftPeering', 'state': 'Enabled'}}]";
        ExpressRouteCircuit both = read(circuit(microsoft), connection("c1", "one"), connection("c2", "two"));
        assertThat(both.microsoftPeering().is(true)).isTrue();
        assertThat(both.connections())
                .extracting(
                        connection -> connection.gateway().value().orElseThrow().name())
                .containsExactly("one", "two");
        assertThat(read(circuit(microsoft.replace("Enabled", "Disabled")))
                        .microsoftPeering()
                        .is(false))
                .isTrue();
        assertThat(read(circuit("'peerings': []")).microsoftPeering().is(false)).isTrue();
    }

    @Test
    void aPlanTellsACircuitItsPeeringsAndItsGateway() {
        TerraformPlans plan = new TerraformPlans()
                .creates(
                        "azurerm_express_route_circuit.c",
                        "'name': 'erc', 'resource_group_name': 'rg'",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_express_route_circuit_peering.m",
                        "'peering_type': 'MicrosoftPeering', 'express_route_circuit_name': 'erc', 'resource_group_name':"
                                + " 'rg'",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_virtual_network_gateway.g",
                        "'name': 'gw', 'resource_group_name': 'rg', 'type': 'ExpressRoute'",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_virtual_network_gateway_connection.x",
                        "'name': 'x', 'resource_group_name': 'rg', 'type': 'ExpressRoute'",
                        "'id': true, 'virtual_network_gateway_id': true, 'express_route_circuit_id': true",
                        "'virtual_network_gateway_id': {'references': ['azurerm_virtual_network_gateway.g.id',"
                                + " 'azurerm_virtual_network_gateway.g']}, 'express_route_circuit_id': {'references':"
                                + " ['azurerm_express_route_circuit.c.id', 'azurerm_express_route_circuit.c']}");
        Topology topology = plan.topology();
        ExpressRouteCircuit circuit =
                topology.services(ExpressRouteCircuit.class).get(0);
        assertThat(topology.services(ExpressRouteCircuit.class)).hasSize(1);
        assertThat(circuit.microsoftPeering().is(true)).isTrue();
        assertThat(circuit.connections())
                .extracting(connection -> connection.gateway().value())
                .containsExactly(
                        Optional.of(topology.virtualNetworkGateways().get(0).id()));
    }

    @Test
    void whatNobodySaysOfPeeringsIsNotKnown() {
        assertThat(read(circuit("")).microsoftPeering().isUnknown()).isTrue();
        assertThat(read(connection("c1", "one")).microsoftPeering().isUnknown()).isTrue();
        String child = "{'id': '" + BASE + "expressRouteCircuits/erc/peerings/MicrosoftPeering', 'name':"
                + " 'MicrosoftPeering', 'type': 'Microsoft.Network/expressRouteCircuits/peerings', 'properties':"
                + " {'peeringType': 'MicrosoftPeering'}}";
        assertThat(read(circuit(""), child).microsoftPeering().is(true)).isTrue();
    }
}
