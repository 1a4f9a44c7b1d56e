package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.TopologyYaml;
import dev.mipath.net.Address;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A plan that makes everything anew, so that no id is known: what belongs together is told by the configuration. */
@DisplayName("A Terraform plan in which no id is known yet")
class TerraformPlanTest {
    private static final String FILE = "src/test/resources/cases/plan.tf.json";

    private final Topology plan = Importer.read(ImportRequest.of(FILE)).topology();

    private static @Nullable String name(@Nullable Given<ResourceId> reference) {
        return reference == null ? null : reference.value().orElseThrow().qualifiedName();
    }

    private Subnet subnet(String vnet, String name) {
        return TerraformPlans.vnet(plan, vnet).subnets().stream()
                .filter(subnet -> subnet.id().name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    @DisplayName("holds what a person counts in it")
    void counts() {
        assertThat(plan.vnets()).hasSize(2);
        assertThat(plan.vnets()).flatMap(vnet -> vnet.subnets()).hasSize(3);
        assertThat(plan.vnets()).flatMap(vnet -> vnet.peerings()).hasSize(2);
        assertThat(plan.networkSecurityGroups()).flatMap(group -> group.rules()).hasSize(3);
        assertThat(plan.routeTables()).flatMap(table -> table.routes()).hasSize(1);
        assertThat(plan.networkInterfaces()).hasSize(2);
        assertThat(plan.virtualMachines()).hasSize(2);
        assertThat(plan.applicationSecurityGroups()).hasSize(1);
        assertThat(plan.managedInstances()).hasSize(1);
        assertThat(plan.services(Firewall.class)).singleElement().satisfies(firewall -> {
            assertThat(firewall.subnet()).isNotNull();
            assertThat(firewall.rules()).isEmpty();
        });
        assertThat(Imports.codes(plan)).containsExactly(Notices.PLAN_LIST_ASSUMED_EMPTY);
    }

    @Test
    @DisplayName("joins groups and tables to the subnet that for_each made, through associations in a module")
    void associations() {
        Subnet.Attached mi = subnet("vnet-hub", "snet-mi").attached();
        assertThat(name(mi.networkSecurityGroup())).isEqualTo("nsg-mi");
        assertThat(name(mi.routeTable())).isEqualTo("rt-mi");
        assertThat(subnet("vnet-hub", "snet-tools").attached()).isEqualTo(Subnet.Attached.NOTHING);
        assertThat(name(subnet("vnet-spoke", "snet-app").attached().networkSecurityGroup()))
                .isEqualTo("nsg-app");
        assertThat(subnet("vnet-hub", "snet-mi").delegations()).containsExactly("Microsoft.Sql/managedInstances");
        assertThat(subnet("vnet-spoke", "snet-app").serviceEndpoints()).containsExactly("Microsoft.Storage");
    }

    @Test
    @DisplayName("joins peerings and instances through the outputs of a module")
    void outputs() {
        assertThat(name(TerraformPlans.vnet(plan, "vnet-spoke")
                        .peerings()
                        .get(0)
                        .remoteVnet()))
                .isEqualTo("vnet-hub");
        assertThat(name(TerraformPlans.vnet(plan, "vnet-hub").peerings().get(0).remoteVnet()))
                .isEqualTo("vnet-spoke");
        assertThat(name(plan.managedInstances().get(0).subnet())).isEqualTo("vnet-hub/snet-mi");
        assertThat(plan.managedInstances().get(0).proxyOverride()).isEqualTo(Given.of("Redirect"));
        assertThat(plan.managedInstances().get(0).fullyQualifiedDomainName()).isNull();
    }

    @Test
    @DisplayName("joins each NIC to its machine by count.index, and only the associated one to its group")
    void counted() {
        List<NetworkInterface> nics = plan.networkInterfaces();
        assertThat(nics)
                .extracting(nic ->
                        nic.virtualMachine() == null ? "" : nic.virtualMachine().name())
                .containsExactly("app-vm-0", "app-vm-1");
        assertThat(nics)
                .extracting(nic -> name(nic.ipConfigurations().get(0).subnet()))
                .containsOnly("vnet-spoke/snet-app");
        assertThat(nics.get(0).ipConfigurations().get(0).applicationSecurityGroups())
                .extracting(ResourceId::name)
                .containsExactly("asg-app");
        assertThat(nics.get(1).ipConfigurations().get(0).applicationSecurityGroups())
                .isEmpty();
        assertThat(nics.get(0).ipConfigurations().get(0).privateIpAddress())
                .isEqualTo(Given.of(Address.parse("10.1.0.4")));
        assertThat(nics.get(1).ipConfigurations().get(0).privateIpAddress()).isNull();
        assertThat(nics)
                .extracting(NetworkInterface::enableIpForwarding)
                .containsExactly(Given.of(false), Given.of(true));
    }

    @Test
    @DisplayName("names the plan's own lines")
    void places() {
        NetworkSecurityGroup group = plan.networkSecurityGroups().stream()
                .filter(nsg -> nsg.id().name().equals("nsg-mi"))
                .findFirst()
                .orElseThrow();
        SecurityRule deny = group.rules().get(1);
        assertThat(deny.name()).isEqualTo("deny_all_inbound");
        assertThat(deny.place())
                .isEqualTo(new Place(FILE, 455, "/planned_values/root_module/child_modules/0/resources/5"));
    }

    @Test
    @DisplayName("written as a topology of our own and read again gives the same facts")
    void roundTrip() {
        String written = TopologyYaml.write(plan);
        Topology again = TopologyYaml.read("again.yaml", written.getBytes(StandardCharsets.UTF_8))
                .topology();
        assertThat(SameFacts.in(plan, again)).as(written).isTrue();
    }
}
