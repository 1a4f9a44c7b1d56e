package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import java.util.List;

/**
 * The machine that the Network Watcher recordings of September 2020 ask about. A Network Watcher topology recorded with
 * them says what it consists of, with names and no values: one NIC with the group {@code nsg1}, one subnet without a
 * group, no route table, no peering, no gateway.
 */
final class MachineOf2020 {
    private MachineOf2020() {}

    static Rebuilt vnet(String range) {
        return Rebuilt.vnet(range).nicAddress("10.0.0.9");
    }

    /** The NIC's group, after everything that the topology says was compared with what {@link Rebuilt} builds. */
    static ResourceId group() {
        List<Recorded> resources =
                Recorded.in("recordings/cli-nw-topology-32.response.json").items("resources");
        assertThat(resources)
                .extracting(resource -> resource.text("name"))
                .containsExactly("vm1", "vm1VMNic", "nsg1", "vm1PublicIP", "vm1VNET", "vm1Subnet");
        assertThat(resources.get(1).items("associations"))
                .extracting(association -> association.text("name"))
                .containsExactly("vm1", "nsg1", "vm1Subnet", "vm1PublicIP");
        assertThat(resources.get(5).items("associations")).isEmpty();
        return new ResourceId(resources.get(2).text("id"));
    }

    /** The group of the same name, recorded by the same test of the Azure CLI a year before, with its rule. */
    static NetworkSecurityGroup groupOf2019() {
        List<NetworkSecurityGroup> groups = Importer.read(ImportRequest.of(
                        SharedData.require("azure/recordings-mi/effective/2019-10-14-security-group-view.json")
                                .toString()))
                .topology()
                .networkSecurityGroups();
        assertThat(groups).hasSize(1);
        assertThat(groups.get(0).id()).isEqualTo(group());
        return groups.get(0);
    }
}
