package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.topology.ManagementLock;
import dev.mipath.topology.ManagementLock.Level;
import dev.mipath.topology.ResourceId;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A lock")
class LockImportTest {
    private static final String RG = "/subscriptions/s/resourceGroups/g";
    private static final String VNET = RG + "/providers/Microsoft.Network/virtualNetworks/v";
    private static final String LOCK = "/providers/Microsoft.Authorization/locks/keep";

    private static ManagementLock only(String text) {
        List<ManagementLock> locks = Imports.topology(text).services(ManagementLock.class);
        assertThat(locks).hasSize(1);
        return locks.get(0);
    }

    private static void holds(ManagementLock lock, Level level, String scope) {
        assertThat(lock.level().is(level)).isTrue();
        assertThat(lock.scope().value()).contains(new ResourceId(scope));
    }

    @Test
    @DisplayName("of `az lock list` and of the REST answer is on what its id begins with")
    void answers() {
        String flat =
                "[{'id': '" + VNET + LOCK + "', 'level': 'ReadOnly', 'name': 'keep', 'notes': null, 'owners': null,"
                        + " 'resourceGroup': 'g', 'type': 'Microsoft.Authorization/locks'}]";
        holds(only(Imports.json(flat)), Level.READ_ONLY, VNET);
        String rest = "{'value': [{'properties': {'level': 'CanNotDelete'}, 'id': '" + RG + LOCK
                + "', 'type': 'Microsoft.Authorization/locks', 'name': 'keep'}]}";
        holds(only(Imports.json(rest)), Level.CAN_NOT_DELETE, RG);
        String whole = "{'properties': {'level': 'canNotDelete'}, 'id': '/subscriptions/s" + LOCK
                + "', 'type': 'Microsoft.Authorization/locks', 'name': 'keep'}";
        ManagementLock lock = only(Imports.json(whole));
        holds(lock, Level.CAN_NOT_DELETE, "/subscriptions/s");
        assertThat(lock.covers(new ResourceId(VNET))).isTrue();
        assertThat(lock.covers(new ResourceId("/subscriptions/s2/resourceGroups/g")))
                .isFalse();
    }

    @Test
    @DisplayName("of PowerShell's Get-AzResourceLock is read alike")
    void powerShell() {
        String text = "[{'Name': 'keep', 'ResourceId': '" + VNET + LOCK + "', 'ResourceName': 'v', 'ResourceType':"
                + " 'Microsoft.Network/virtualNetworks', 'ExtensionResourceName': 'keep', 'ExtensionResourceType':"
                + " 'Microsoft.Authorization/locks', 'ResourceGroupName': 'g', 'SubscriptionId': 's', 'Properties':"
                + " {'level': 'ReadOnly'}, 'LockId': '" + VNET + LOCK + "'}]";
        holds(only(Imports.json(text)), Level.READ_ONLY, VNET);
    }

    private static ManagementLock declared(String members) {
        return only(Imports.template("'resources': [{" + members + ", 'properties': {'level': 'ReadOnly'}}]"));
    }

    @Test
    @DisplayName("of a template is on its scope, on its parent, or without either on the resource group")
    void templates() {
        String group = Imports.GROUP.substring(0, Imports.GROUP.indexOf("/providers/"));
        String network = Imports.GROUP + "Microsoft.Network/virtualNetworks/v";
        String type = "'type': 'Microsoft.Authorization/locks', 'name': 'keep'";
        holds(declared(type), Level.READ_ONLY, group);
        holds(declared(type + ", 'scope': 'Microsoft.Network/virtualNetworks/v'"), Level.READ_ONLY, network);
        holds(
                declared(type + ", 'scope': '[resourceId(\"Microsoft.Network/virtualNetworks\", \"v\")]'"),
                Level.READ_ONLY,
                network);
        String old = "'type': 'Microsoft.Network/virtualNetworks/providers/locks', 'name':"
                + " 'v/Microsoft.Authorization/keep'";
        holds(declared(old), Level.READ_ONLY, network);
    }

    @Test
    @DisplayName(
            "of a plan is on what its configuration refers to; of what is only known after apply nothing is guessed")
    void plans() {
        TerraformPlans plan = new TerraformPlans()
                .creates(
                        "azurerm_virtual_network.v",
                        "'name': 'v', 'resource_group_name': 'g', 'address_space': ['10.0.0.0/16']",
                        "'id': true",
                        "")
                .creates(
                        "azurerm_management_lock.k",
                        "'name': 'keep', 'lock_level': 'ReadOnly'",
                        "'id': true, 'scope': true",
                        "'scope': {'references': ['azurerm_virtual_network.v.id', 'azurerm_virtual_network.v']}");
        ManagementLock lock = plan.topology().services(ManagementLock.class).get(0);
        assertThat(lock.covers(plan.topology().vnets().get(0).id())).isTrue();
        assertThat(lock.covers(new ResourceId(VNET)))
                .as("whose subscription the plan does not say")
                .isTrue();
        assertThat(lock.covers(new ResourceId(VNET + "2"))).isFalse();
        ManagementLock open = new TerraformPlans()
                .creates(
                        "azurerm_management_lock.k",
                        "'name': 'keep', 'lock_level': 'CanNotDelete'",
                        "'id': true, 'scope': true",
                        "'scope': {'references': ['module.other.id']}")
                .topology()
                .services(ManagementLock.class)
                .get(0);
        assertThat(open.scope().isUnknown()).isTrue();
        assertThat(open.covers(new ResourceId(RG))).isFalse();
    }

    @Test
    @DisplayName("with a level that Azure does not have is an input error with its place")
    void level() {
        String text = "[{'id': '" + VNET + LOCK + "', 'name': 'keep', 'level': 'Delete'}]";
        assertThat(Imports.problems(Imports.json(text)))
                .singleElement()
                .asString()
                .contains("at /0/level", "`level` is `Delete`", "give `CanNotDelete` or `ReadOnly`");
    }
}
