package dev.mipath.importer;

import static dev.mipath.importer.TerraformParts.ASSOCIATION;
import static dev.mipath.importer.TerraformParts.GROUP;
import static dev.mipath.importer.TerraformParts.NETWORK;
import static dev.mipath.importer.TerraformParts.SCOPE;
import static dev.mipath.importer.TerraformParts.SUBNET;
import static dev.mipath.importer.TerraformParts.VNET;
import static dev.mipath.importer.TerraformParts.group;
import static dev.mipath.importer.TerraformParts.only;
import static dev.mipath.importer.TerraformParts.ports;
import static dev.mipath.importer.TerraformParts.rule;
import static dev.mipath.importer.TerraformParts.separate;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What is there, of what a plan or a state says twice, takes away or leaves open. */
@DisplayName("What terraform show prints")
class TerraformPresenceTest {
    @Test
    @DisplayName(
            "of a state lists a rule twice, in its group as it was before and by itself: the rule by itself counts")
    void staleRules() {
        Topology state = Imports.topology(new TerraformPlans()
                .keeps("azurerm_network_security_group.n", group(rule("old", 100, "22"), rule("other", 110, "23")))
                .keeps("azurerm_network_security_rule.old", separate("old", 120, "3389"))
                .state());
        assertThat(ports(state)).containsExactlyInAnyOrder("old 3389", "other 23");
        assertThat(state.notices()).isEmpty();
    }

    @Test
    @DisplayName("of a plan no longer holds what the plan deletes, wherever else it is listed, and says so")
    void deletions() {
        Topology plan = new TerraformPlans()
                .keeps(
                        "azurerm_virtual_network.v",
                        VNET + ", 'subnet': [{'name': 's', 'id': '" + NETWORK
                                + "/subnets/s', 'address_prefixes': ['10.0.0.0/24'], 'security_group': '" + GROUP
                                + "'}]")
                .keeps("azurerm_subnet.s", SUBNET)
                .keeps("azurerm_network_security_group.n", group(rule("gone", 100, "22")))
                .changes(
                        "azurerm_network_security_rule.gone",
                        "'actions': ['delete'], 'before': {" + separate("gone", 100, "22") + "}")
                .changes(
                        ASSOCIATION + "s",
                        "'actions': ['delete'], 'before': {'id': '" + NETWORK
                                + "/subnets/s', 'subnet_id': '" + NETWORK
                                + "/subnets/s', 'network_security_group_id': '"
                                + GROUP + "'}")
                .topology();
        assertThat(ports(plan)).isEmpty();
        assertThat(only(plan).attached()).isEqualTo(Subnet.Attached.NOTHING);
        assertThat(Imports.codes(plan)).containsExactly(Notices.DELETED_BY_PLAN, Notices.DELETED_BY_PLAN);
        assertThat(plan.notices().get(0).text())
                .isEqualTo(
                        "the plan deletes `azurerm_network_security_rule.gone`; answers are of the network without it");
    }

    @Test
    @DisplayName(
            "of a plan that replaces or forgets still holds the thing: replaced it is made anew, forgotten it stays")
    void replacedAndForgotten() {
        Topology plan = new TerraformPlans()
                .keeps("azurerm_network_security_group.n", group(rule("kept", 100, "22")))
                .keeps("azurerm_application_security_group.a", "'name': 'a', 'resource_group_name': 'g'")
                .changes(
                        "azurerm_application_security_group.a",
                        "'actions': ['delete', 'create'], 'before': {'name': 'a'}, 'after_unknown': {'id': true}")
                .changes(
                        "azurerm_network_security_rule.left",
                        "'actions': ['forget'], 'before': {" + separate("left", 110, "23") + "}")
                .topology();
        assertThat(ports(plan)).containsExactly("kept 22", "left 23");
        assertThat(plan.applicationSecurityGroups()).hasSize(1);
        assertThat(plan.notices()).isEmpty();
    }

    @Test
    @DisplayName("of a plan that still has to remove a replaced object holds its successor")
    void deposed() {
        String plan = new TerraformPlans()
                .keeps("azurerm_network_security_group.n", group(rule("r", 100, "22")))
                .changes(
                        "azurerm_network_security_group.n",
                        "'actions': ['delete'], 'before': {" + group(rule("r", 100, "21")) + "}")
                .plan();
        int last = plan.lastIndexOf("\"change\":");
        Topology read = Imports.topology(plan.substring(0, last) + "\"deposed\": \"0a1b\", " + plan.substring(last));
        assertThat(ports(read)).containsExactly("r 22");
        assertThat(read.notices()).isEmpty();
    }

    @Test
    @DisplayName("of a VNet tells the group of a subnet that something else than this Terraform attached")
    void attachedOutside() {
        Topology state = Imports.topology(new TerraformPlans()
                .keeps(
                        "azurerm_virtual_network.v",
                        VNET + ", 'subnet': [{'name': 's', 'id': '" + NETWORK
                                + "/subnets/s', 'address_prefixes': ['10.0.0.0/24'], 'security_group': '" + GROUP
                                + "'}]")
                .keeps("azurerm_subnet.s", SUBNET)
                .keeps("azurerm_network_security_group.n", group(rule("r", 100, "22")))
                .state());
        assertThat(only(state).attached().networkSecurityGroup()).isEqualTo(Given.of(new ResourceId(GROUP)));
    }

    @Test
    @DisplayName("leaves a list open that the plan leaves open and no configuration explains")
    void openLists() {
        String plan = new TerraformPlans()
                .creates(
                        "azurerm_network_security_group.n",
                        "'name': 'n', 'resource_group_name': 'g'",
                        "'id': true, 'security_rule': true",
                        "'security_rule': {'references': ['var.rules']}")
                .plan();
        for (String text : List.of(plan, plan.replace("\"configuration\"", "\"elsewhere\""))) {
            assertThat(Imports.topology(text).networkSecurityGroups().get(0).rules())
                    .singleElement()
                    .satisfies(rule -> assertThat(rule.present())
                            .hasToString("unknown: azurerm_network_security_group.n.security_rule"));
        }
        NetworkSecurityGroup empty = Imports.topology(plan.replace("{\"security_rule\": {", "{\"other\": {"))
                .networkSecurityGroups()
                .get(0);
        assertThat(empty.rules()).isEmpty();
    }

    @Test
    @DisplayName("of data sources is what is there, unless the plan makes it anew")
    void dataSources() {
        Topology plan = new TerraformPlans()
                .found(
                        "data.azurerm_virtual_network.v",
                        VNET + ", 'subnets': ['s'], 'vnet_peerings': {'out': '" + SCOPE + "virtualNetworks/w'}")
                .found("data.azurerm_subnet.s", SUBNET + ", 'network_security_group_id': '" + GROUP + "'")
                .found("data.azurerm_network_security_group.n", group(rule("r", 100, "22"), rule("stays", 110, "23")))
                .keeps("azurerm_network_security_rule.r", separate("r", 100, "24"))
                .topology();
        assertThat(ports(plan)).containsExactlyInAnyOrder("stays 23", "r 24");
        assertThat(only(plan).attached().networkSecurityGroup()).isEqualTo(Given.of(new ResourceId(GROUP)));
        assertThat(plan.vnets().get(0).peerings()).singleElement().satisfies(peering -> {
            assertThat(peering.remoteVnet()).isEqualTo(Given.of(new ResourceId(SCOPE + "virtualNetworks/w")));
            assertThat(peering.flags().allowForwardedTraffic().isUnknown()).isTrue();
        });
    }

    @Test
    @DisplayName("attaches to a subnet of another file, which is then known by that alone")
    void subnetsElsewhere() {
        Topology plan = new TerraformPlans()
                .keeps("azurerm_network_security_group.n", group(rule("r", 100, "22")))
                .keeps(
                        ASSOCIATION + "s",
                        "'subnet_id': '" + NETWORK + "/subnets/S1', 'network_security_group_id': '" + GROUP + "'")
                .topology();
        assertThat(only(plan).id().qualifiedName()).isEqualTo("v/S1");
        assertThat(only(plan).attached().networkSecurityGroup()).isEqualTo(Given.of(new ResourceId(GROUP)));
        assertThat(only(plan).prefixes())
                .singleElement()
                .satisfies(prefix -> assertThat(prefix.isUnknown()).isTrue());
        assertThat(Imports.codes(plan)).contains("REFERENCE_NOT_IN_INPUT");
    }
}
