package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces on files that nobody wrote for them; every sentence was checked against the files by hand. */
@DisplayName("Files of real instances, traced")
class RecordedInstanceStories {
    private static final String INSTANCE = "clitestmi000001.dbd83b138df7.database.windows.net";

    @TempDir
    Path folder;

    private void take(String... files) throws IOException {
        for (String file : files) {
            Path from = SharedData.require("azure/" + file);
            Files.copy(from, folder.resolve(from.getFileName()));
        }
    }

    private CommandRun trace(String... more) {
        String[] line = new String[more.length + 2];
        line[0] = "trace";
        line[1] = folder.toString();
        System.arraycopy(more, 0, line, 2, more.length);
        return CommandRun.of(line);
    }

    @Test
    @DisplayName("a subnet and its VNet recorded at different times are refused, naming both")
    void contradiction() throws IOException {
        take("recordings/cli-sqlmi-show.json", "recordings/cli-sqlmi-vnet-show.json");
        take("recordings/cli-sqlmi-subnet-show.json");
        assertThat(trace("--from", "10.0.0.99").exits(2).err())
                .contains(
                        "cli-sqlmi-subnet-show.json:1",
                        "`vcCliTestFailoverRouteTable3`",
                        "cli-sqlmi-vnet-show.json:20 at /properties/subnets/0",
                        "`rtManagedInstance421`");
    }

    @Test
    @DisplayName("an instance without its subnet: what is missing, and the command that fetches it")
    void instanceAlone() throws IOException {
        take("recordings/cli-sqlmi-show.json", "recordings/cli-sqlmi-vnet-show.json");
        CommandRun run = trace("--from", "10.0.0.99").exits(3);
        assertThat(run.out())
                .startsWith("UNDETERMINED   10.0.0.99 → " + INSTANCE + " : 1433")
                .contains("needs subnet vcCliTestVnet1/vcCliTestSubnet1, in which instance clitestmi000001 is\n")
                .contains("needs network security group rg-cleanupservice-nsg6\n");
        assertThat(run.out().replaceAll("\\s+", " "))
                .contains("`az network vnet subnet show --ids /subscriptions/00000000-0000-0000-0000-000000000000"
                        + "/resourceGroups/toki/providers/Microsoft.Network/virtualNetworks/vcCliTestVnet1"
                        + "/subnets/vcCliTestSubnet1` fetches it")
                .contains("`az network nsg show --ids");
    }

    @Test
    @DisplayName("the instance as the only thing asked from: it has no address to ask from")
    void fromTheInstance() throws IOException {
        take("recordings/cli-sqlmi-show.json", "recordings/cli-sqlmi-vnet-show.json");
        assertThat(trace("--from", "clitestmi000001", "--to", "10.0.0.4")
                        .exits(2)
                        .err())
                .contains("the input gives no address of clitestmi000001");
    }

    @Test
    @DisplayName("with its own VNet the path is walked to the end, and two missing files are all it needs")
    void withItsVnet() throws IOException {
        take("recordings/cli-sqlmi-show.json", "recordings-mi/subnet/2020-09-11-vnet-vcCliTestVnet1.json");
        CommandRun run = trace("--from", "10.0.0.99").exits(3);
        assertThat(run.out())
                .contains("1  dns       assumed  " + INSTANCE + " → 10.0.0.4\n")
                .contains("connection type Proxy: the gateway speaks to node 10.0.0.7:11000")
                .containsOnlyOnce("needs network security group nsgManagedInstance572\n")
                .containsOnlyOnce("needs route table vcCliTestRouteTable1\n");
    }

    @Test
    @DisplayName("the quickstart instance: a client beside it connects by proxy, one outside is asked about")
    void quickstart() throws IOException {
        take("arm-quickstart/101-sqlmi-new-vnet.azuredeploy.json");
        assertThat(trace("--from", "10.0.0.99").exits(0).out())
                .startsWith("CONNECTED   10.0.0.99 → ‹managedInstanceName›.")
                .contains("5  login     ok      connection type Proxy: the gateway speaks to node 10.0.0.7:11000")
                .contains("the input does not hold 167 of the routes that the service adds to\n");
        assertThat(trace("--from", "10.0.200.9").exits(3).out())
                .contains("needs the VNet or site that holds 10.0.200.9\n");
    }

    @Test
    @DisplayName("the quickstart instance with a jump box: the template's own redirect rule lets the range in")
    void jumpBox() throws IOException {
        take("arm-quickstart/201-sqlmi-new-vnet-w-jumpbox.azuredeploy.json");
        assertThat(trace().exits(0).out())
                .startsWith("CONNECTED   ‹take(managedInstanceName, 13)›JB (10.0.1.4) → ‹managedInstanceName›.")
                .contains("2  connect   ok      ")
                .contains("connection type Proxy")
                .contains(
                        "ADDRESS_ASSUMED",
                        "INSTANCE_ADDRESSES_ASSUMED",
                        "SERVICE_AIDED_ROUTES_ASSUMED",
                        "SERVICE_AIDED_RULES_ASSUMED");
        // The template denies everything outbound: without the service's own rule the gateway cannot reach the node.
        assertThat(trace("--profile", "2020-manual").exits(1).out())
                .contains(
                        "blocker 1  NSG_DENY_OUTBOUND  SQLMI-‹managedInstanceName›-NSG / deny_all_outbound (4096)",
                        "TCP 10.0.0.5 → 10.0.0.7:11000 matches no allow before it.");
    }

    @Test
    @DisplayName("a template that leaves its network to another one: the nested template is named")
    void nested() throws IOException {
        take("arm-quickstart/azure-sql-managed-instance.azuredeploy.json");
        assertThat(trace("--from", "10.0.0.9").exits(3).out())
                .contains("NESTED_TEMPLATE", "azure-sql-managed-instance.azuredeploy.json:342");
    }
}
