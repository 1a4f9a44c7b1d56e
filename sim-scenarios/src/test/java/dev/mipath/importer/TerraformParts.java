package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.List;

/** The attributes of what the Terraform of these tests declares, and what is looked at in the result. */
final class TerraformParts {
    static final String SCOPE = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";
    static final String NETWORK = SCOPE + "virtualNetworks/v";
    static final String GROUP = SCOPE + "networkSecurityGroups/n";
    static final String VNET = "'id': '" + NETWORK + "', 'name': 'v', 'resource_group_name': 'g',"
            + " 'location': 'westeurope', 'address_space': ['10.0.0.0/16']";
    static final String SUBNET = "'id': '" + NETWORK + "/subnets/s', 'name': 's', 'virtual_network_name': 'v',"
            + " 'resource_group_name': 'g', 'address_prefixes': ['10.0.0.0/24']";
    static final String ASSOCIATION = "azurerm_subnet_network_security_group_association.";

    static String rule(String name, int priority, String port) {
        return "'name': '" + name + "', 'priority': " + priority + ", 'direction': 'Inbound', 'access': 'Allow',"
                + " 'protocol': 'Tcp', 'source_address_prefix': '*', 'source_port_range': '*',"
                + " 'destination_address_prefix': '*', 'destination_port_range': '" + port + "'";
    }

    static String separate(String name, int priority, String port) {
        return rule(name, priority, port) + ", 'id': '" + GROUP + "/securityRules/" + name
                + "', 'resource_group_name': 'g', 'network_security_group_name': 'n'";
    }

    static String group(String... rules) {
        return "'id': '" + GROUP + "', 'name': 'n', 'resource_group_name': 'g', 'security_rule': [{"
                + String.join("}, {", rules) + "}]";
    }

    static List<String> ports(Topology topology) {
        return topology.networkSecurityGroups().get(0).rules().stream()
                .map(rule -> rule.name() + " " + rule.match().destinationPorts().get(0))
                .toList();
    }

    static Subnet only(Topology topology) {
        assertThat(topology.vnets()).flatMap(vnet -> vnet.subnets()).hasSize(1);
        return topology.vnets().get(0).subnets().get(0);
    }

    private TerraformParts() {}
}
