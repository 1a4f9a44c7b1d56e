package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The quickstart template of an instance with a jumpbox")
class JumpboxTemplateTest {
    private static final String FILE = "azure/arm-quickstart/201-sqlmi-new-vnet-w-jumpbox.azuredeploy.json";

    private static Topology read(ImmutableMap<String, String> parameters) {
        return Importer.read(
                        ImportRequest.of(SharedData.require(FILE).toString()).withParameters(parameters))
                .topology();
    }

    private static ResourceId id(String rest) {
        return new ResourceId(Imports.GROUP + rest);
    }

    @Test
    @DisplayName("keeps a parameter without value as a placeholder in names")
    void placeholders() {
        Topology topology = read(ImmutableMap.of());
        assertThat(topology.networkSecurityGroups())
                .extracting(group -> group.id().name())
                .containsExactly("SQLMI-‹managedInstanceName›-NSG", "SQLMI-‹managedInstanceName›-JB-NSG");
        assertThat(topology.managedInstances())
                .extracting(instance -> instance.id().name())
                .containsExactly("‹managedInstanceName›");
        assertThat(topology.virtualMachines())
                .extracting(machine -> machine.id().name())
                .containsExactly("‹take(managedInstanceName, 13)›JB");
        assertThat(topology.notices()).isEmpty();
    }

    @Test
    @DisplayName("takes the parameters file beside it and values from the command line, the latter first")
    void parameters() {
        Topology topology = Importer.read(ImportRequest.of(
                                SharedData.require(FILE).toString(),
                                SharedData.require(FILE.replace(".json", ".parameters.json"))
                                        .toString())
                        .withParameters(ImmutableMap.of("subnetPrefix", "10.0.7.0/24")))
                .topology();
        assertThat(topology.managedInstances())
                .extracting(instance -> instance.id().name())
                .containsExactly("GEN-UNIQUE");
        assertThat(topology.vnets().get(0).subnets().get(0).prefixes())
                .containsExactly(Given.of(Prefix.parse("10.0.7.0/24")));
    }

    @Test
    @DisplayName("has the VNet with both subnets, attached and delegated as declared")
    void network() {
        Vnet vnet = read(ImmutableMap.of()).vnets().get(0);
        assertThat(vnet.id()).isEqualTo(id("Microsoft.Network/virtualNetworks/SQLMI-VNET"));
        assertThat(vnet.addressPrefixes()).containsExactly(Given.of(Prefix.parse("10.0.0.0/16")));
        assertThat(vnet.location()).isInstanceOf(Given.Unknown.class).hasToString("unknown: resourceGroup().location");
        Subnet instances = vnet.subnets().get(0);
        assertThat(instances.id().qualifiedName()).isEqualTo("SQLMI-VNET/ManagedInstance");
        assertThat(instances.attached().networkSecurityGroup())
                .isEqualTo(Given.of(id("Microsoft.Network/networkSecurityGroups/SQLMI-‹managedInstanceName›-NSG")));
        assertThat(instances.attached().routeTable())
                .isEqualTo(Given.of(id("Microsoft.Network/routeTables/SQLMI-‹managedInstanceName›-Route-Table")));
        assertThat(instances.delegations()).containsExactly("Microsoft.Sql/managedInstances");
        Subnet management = vnet.subnets().get(1);
        assertThat(management.attached()).isEqualTo(Subnet.Attached.NOTHING);
        assertThat(management.prefixes()).containsExactly(Given.of(Prefix.parse("10.0.1.0/24")));
    }

    @Test
    @DisplayName("has the rules with their places")
    void rules() {
        NetworkSecurityGroup group =
                read(ImmutableMap.of()).networkSecurityGroups().get(0);
        SecurityRule redirect = group.rules().get(1);
        assertThat(redirect.name()).isEqualTo("allow_redirect_inbound");
        assertThat(redirect.priority()).isEqualTo(Given.of(1100));
        assertThat(redirect.match().protocol()).isEqualTo(Given.of(Protocol.TCP));
        assertThat(redirect.match().source()).containsExactly(new AddressTerm.Tag("VirtualNetwork"));
        assertThat(redirect.match().destination()).containsExactly(new AddressTerm.Any());
        assertThat(redirect.match().destinationPorts()).hasToString("[11000-11999]");
        assertThat(redirect.place().line()).isEqualTo(172);
        assertThat(redirect.place().pointer()).isEqualTo("/resources/0/properties/securityRules/1");
    }

    @Test
    @DisplayName("has the instance and the machine with its NIC")
    void machines() {
        Topology topology = read(ImmutableMap.of());
        ManagedInstance instance = topology.managedInstances().get(0);
        assertThat(instance.subnet())
                .isEqualTo(Given.of(id("Microsoft.Network/virtualNetworks/SQLMI-VNET/subnets/ManagedInstance")));
        assertThat(instance.tier()).isEqualTo(Given.of("GeneralPurpose"));
        assertThat(instance.publicDataEndpointEnabled()).isEqualTo(Given.of(false));
        assertThat(instance.proxyOverride()).isNull();
        NetworkInterface nic = topology.networkInterfaces().get(0);
        assertThat(nic.virtualMachine())
                .isEqualTo(topology.virtualMachines().get(0).id());
        assertThat(nic.ipConfigurations()).singleElement().satisfies(address -> {
            assertThat(address.privateIpAddress()).isNull();
            assertThat(address.subnet())
                    .isEqualTo(Given.of(id("Microsoft.Network/virtualNetworks/SQLMI-VNET/subnets/Management")));
        });
    }
}
