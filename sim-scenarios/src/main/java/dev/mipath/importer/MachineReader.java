package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.net.Address;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.VirtualMachine;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has an address in a subnet: NICs with their machines, private endpoints. */
final class MachineReader {
    static final String ADDRESS = "an address such as `10.0.1.4`";

    private MachineReader() {}

    static NetworkInterface networkInterface(ResourceId id, Fields fields) {
        List<NetworkInterface.IpConfiguration> configurations = new ArrayList<>();
        for (Node item : fields.items("ipConfigurations")) {
            Fields entry = NetworkReader.child(item, "an IP configuration", fields);
            if (entry == null) continue;
            boolean primary = entry.flag("primary", false).is(true);
            configurations.add(primary ? 0 : configurations.size(), configuration(entry));
        }
        return new NetworkInterface(
                id,
                fields.place(),
                ImmutableList.copyOf(configurations),
                fields.reference("networkSecurityGroup"),
                fields.flag("enableIPForwarding", false),
                known(fields.reference("virtualMachine")));
    }

    /** The inbound NAT rules that a NIC names as leading to it. */
    static List<Drafts.OfNatTarget> natTargets(ResourceId nic, Fields fields) {
        List<Drafts.OfNatTarget> targets = new ArrayList<>();
        for (Node item : fields.items("ipConfigurations")) {
            Fields entry = NetworkReader.child(item, "an IP configuration", fields);
            if (entry == null) continue;
            for (ResourceId rule : entry.references("loadBalancerInboundNatRules")) {
                targets.add(new Drafts.OfNatTarget(rule, entry.place(), nic));
            }
        }
        return targets;
    }

    private static NetworkInterface.IpConfiguration configuration(Fields entry) {
        return new NetworkInterface.IpConfiguration(
                entry.name(),
                entry.place(),
                subnet(entry),
                entry.given("privateIPAddress", ADDRESS, Address::parse),
                known(entry.reference("publicIPAddress")),
                entry.references("applicationSecurityGroups"),
                entry.references("loadBalancerBackendAddressPools"));
    }

    static Given<ResourceId> subnet(Fields fields) {
        Given<ResourceId> subnet = fields.reference("subnet");
        return subnet == null ? Given.unknown("subnet of `" + fields.name() + "`", fields.place()) : subnet;
    }

    static @Nullable ResourceId known(@Nullable Given<ResourceId> reference) {
        return reference == null ? null : reference.value().orElse(null);
    }

    static VirtualMachine machine(ResourceId id, Fields fields) {
        return new VirtualMachine(
                id, fields.place(), fields.nested("networkProfile").references("networkInterfaces"));
    }

    /** Azure does not print the address with the endpoint; the name it registers for the service leads to it. */
    static PrivateEndpoint privateEndpoint(ResourceId id, Fields fields) {
        Given<Address> address = null;
        for (Node item : fields.items("ipConfigurations")) {
            Fields entry = NetworkReader.child(item, "an IP configuration", fields);
            if (entry != null && address == null) address = entry.given("privateIPAddress", ADDRESS, Address::parse);
        }
        for (Node item : fields.items("customDnsConfigs")) {
            Fields entry = NetworkReader.child(item, "a DNS configuration", fields);
            if (entry == null || address != null) continue;
            address = entry.givens("ipAddresses", ADDRESS, Address::parse).stream()
                    .findFirst()
                    .orElse(null);
        }
        return new PrivateEndpoint(id, fields.place(), subnet(fields), address, service(fields));
    }

    /** What the endpoint leads to, whoever had to approve the connection. */
    private static @Nullable Given<ResourceId> service(Fields fields) {
        for (String list : List.of("privateLinkServiceConnections", "manualPrivateLinkServiceConnections")) {
            for (Node item : fields.items(list)) {
                Fields connection = NetworkReader.child(item, "a connection", fields);
                Given<ResourceId> service = connection == null ? null : connection.reference("privateLinkServiceId");
                if (service != null) return service;
            }
        }
        return null;
    }
}
