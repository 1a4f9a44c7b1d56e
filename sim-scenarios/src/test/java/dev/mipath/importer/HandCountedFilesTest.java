package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What these files hold was counted by people reading them; rules and routes that only may exist do not count. */
@DisplayName("A file counted by hand")
class HandCountedFilesTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
                    file,                                                                   vnets, subnets, nsgs, rules, tables, routes, nics, instances
                    arm-quickstart/101-expressroute-private-peering-vnet.azuredeploy.json,      1,       2,    1,     2,      0,      0,    0,         0
                    arm-quickstart/101-security-group-create.azuredeploy.json,                  1,       1,    1,     1,      0,      0,    0,         0
                    arm-quickstart/101-sql-managed-instance-azure-environment.azuredeploy.json, 1,       2,    1,     8,      1,      0,    0,         0
                    arm-quickstart/101-sqlmi-new-vnet.azuredeploy.json,                         1,       1,    1,     4,      1,      0,    0,         1
                    arm-quickstart/201-application-security-group.azuredeploy.json,             1,       1,    1,     2,      0,      0,    1,         0
                    arm-quickstart/201-sqlmi-new-vnet-w-jumpbox.azuredeploy.json,               1,       2,    2,     5,      1,      0,    1,         1
                    arm-quickstart/azure-sql-managed-instance.azuredeploy.json,                 0,       0,    0,     0,      0,      0,    0,         1
                    arm-quickstart/azure-sql-managed-instance.nestedtemplates.vnet.json,        1,       1,    1,     5,      1,      0,    0,         0
                    arm-samples/attach-jumpbox.azuredeploy.json,                                0,       0,    1,     1,      0,      0,    1,         0
                    arm-samples/avm-sql-managed-instance.main.json,                             0,       0,    0,     0,      0,      0,    0,         1
                    checkov-arm/NSGRulePortAccessRestricted-FAILED.json,                        1,       1,    1,     1,      0,      0,    1,         0
                    checkov-arm/NSGRulePortAccessRestricted-RULE-1Pass-1Fail.json,              1,       1,    1,     2,      0,      0,    0,         0
                    cassettes/NetworkInterfaceTest.test_find_by_name.json,                      0,       0,    0,     0,      0,      0,    6,         0
                    cassettes/NetworkSecurityGroupTest.test_egress_policy_protocols.json,       0,       0,    2,     8,      0,      0,    0,         0
                    cassettes/RouteTableTest.test_find_route_table_by_name.json,                0,       0,    0,     0,      2,      4,    0,         0
                    recordings/cli-nsg-show.json,                                               0,       0,    1,     1,      0,      0,    0,         0
                    recordings/cli-nsg-rule-augmented.json,                                     0,       0,    1,     1,      0,      0,    0,         0
                    recordings/cli-sqlmi-routetable-show.json,                                  0,       0,    0,     0,      1,      2,    0,         0
                    recordings/cli-sqlmi-vnet-show.json,                                        1,       1,    0,     0,      0,      0,    0,         0
                    recordings/cli-sqlmi-subnet-show.json,                                      1,       1,    0,     0,      0,      0,    0,         0
                    recordings/cli-sqlmi-show.json,                                             0,       0,    0,     0,      0,      0,    0,         1
                    recordings/cli-virtual-cluster-show.json,                                   0,       0,    0,     0,      0,      0,    0,         1
                    recordings-mi/nsg-rt/2021-nsg-stgCliTestNsg.json,                           0,       0,    1,    12,      0,      0,    0,         0
                    recordings-mi/nsg-rt/2021-routetable-stgCliTestRouteTable.json,             0,       0,    0,     0,      1,     14,    0,         0
                    recordings-mi/nsg-rt/2020-nsg-fengnsg.json,                                 0,       0,    1,     8,      0,      0,    0,         0
                    recordings-mi/nsg-rt/2020-09-29-nsg-test-vnet-nsg.json,                     0,       0,    1,     0,      0,      0,    0,         0
                    recordings-mi/subnet/2021-01-06-vnet-vnet-what-if-managed-instance.json,    1,       1,    0,     0,      0,      0,    0,         0
                    recordings-mi/vc/2019-04-26-VirtualClusterManagedInstances-17mi.json,       0,       0,    0,     0,      0,      0,    0,        17
                    recordings-mi/effective/2017-04-20-security-group-view.json,                0,       0,    1,     1,      0,      0,    0,         0
                    rest-examples-network/NetworkSecurityGroupListAll.json,                     0,       0,    2,     0,      0,      0,    0,         0
                    terraform/checkov.tfplan_extra_ref.json,                                    0,       0,    2,     1,      0,      0,    0,         0
                    rest-examples-network/RouteTableListAll.json,                               0,       0,    0,     0,      2,      1,    0,         0
                    rest-examples-sql/ManagedInstanceList.json,                                 0,       0,    0,     0,      0,      0,    0,         2
                    rest-examples-sql/VirtualClusterGet.json,                                   0,       0,    0,     0,      0,      0,    0,         2
                    """)
    void holds(
            String file,
            int vnets,
            int subnets,
            int groups,
            int rules,
            int tables,
            int routes,
            int networkInterfaces,
            int instances) {
        Topology read = Importer.read(ImportRequest.of(
                        SharedData.require("azure").resolve(file).toString()))
                .topology();
        assertThat(read.vnets()).as("vnets").hasSize(vnets);
        assertThat(read.vnets()).as("subnets").flatMap(vnet -> vnet.subnets()).hasSize(subnets);
        assertThat(read.networkSecurityGroups()).as("nsgs").hasSize(groups);
        assertThat(read.networkSecurityGroups())
                .as("rules")
                .flatMap(group -> group.rules())
                .filteredOn(rule -> rule.present().is(true))
                .hasSize(rules);
        assertThat(read.routeTables()).as("tables").hasSize(tables);
        assertThat(read.routeTables())
                .as("routes")
                .flatMap(table -> table.routes())
                .filteredOn(route -> route.present().is(true))
                .hasSize(routes);
        assertThat(read.networkInterfaces()).as("nics").hasSize(networkInterfaces);
        assertThat(read.managedInstances()).as("instances").hasSize(instances);
    }
}
