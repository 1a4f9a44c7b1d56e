package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * References to resources that the input does not hold, each told once with the command that fetches the resource.
 *
 * <p>Left out: what is of no consequence beyond its presence (NAT gateways, public addresses), and a NIC's machine.
 */
public final class MissingReferences {
    /** The code of these notices. */
    public static final String CODE = "REFERENCE_NOT_IN_INPUT";

    private final References references;
    private final Set<String> told = new HashSet<>();
    private final List<Notice> missing = new ArrayList<>();

    private MissingReferences(Topology topology) {
        references = References.of(topology);
    }

    /** The references of this topology that lead nowhere. */
    public static ImmutableList<Notice> in(Topology topology) {
        MissingReferences search = new MissingReferences(topology);
        topology.vnets().forEach(search::vnet);
        topology.networkSecurityGroups().forEach(group -> group.rules().forEach(search::rule));
        topology.networkInterfaces().forEach(search::networkInterface);
        search.others(topology);
        return ImmutableList.copyOf(search.missing);
    }

    /** A resource of which the input holds no more than this mention, in words, with the command that fetches it. */
    public static String notInInput(ResourceId id) {
        ResourceKind kind = ResourceKind.of(id);
        String name = kind != null && kind.inVnet() ? id.qualifiedName() : id.name();
        String command = kind == null ? "az resource show --ids " + id : kind.showCommand(id);
        return (kind == null ? "resource" : kind.word()) + " `" + name + "`, which is not in the input; `" + command
                + "` fetches it";
    }

    private void vnet(Vnet vnet) {
        for (Subnet subnet : vnet.subnets()) {
            String owner = "subnet `" + subnet.id().qualifiedName() + "`";
            check(
                    owner,
                    subnet.place(),
                    ResourceKind.NETWORK_SECURITY_GROUP,
                    subnet.attached().networkSecurityGroup());
            check(
                    owner,
                    subnet.place(),
                    ResourceKind.ROUTE_TABLE,
                    subnet.attached().routeTable());
        }
        vnet.peerings()
                .forEach(peering -> check(
                        "peering `" + peering.id().qualifiedName() + "`",
                        peering.place(),
                        ResourceKind.VNET,
                        peering.remoteVnet()));
    }

    private void rule(SecurityRule rule) {
        String owner = "rule `" + rule.name() + "`";
        for (List<AddressTerm> terms :
                List.of(rule.match().source(), rule.match().destination())) {
            for (AddressTerm term : terms) {
                if (term instanceof AddressTerm.Group group) {
                    check(owner, rule.place(), ResourceKind.APPLICATION_SECURITY_GROUP, Given.of(group.id()));
                }
            }
        }
    }

    private void networkInterface(NetworkInterface nic) {
        String owner = "NIC `" + nic.id().name() + "`";
        check(owner, nic.place(), ResourceKind.NETWORK_SECURITY_GROUP, nic.networkSecurityGroup());
        for (IpConfiguration address : nic.ipConfigurations()) {
            check(owner, address.place(), ResourceKind.SUBNET, address.subnet());
            for (ResourceId group : address.applicationSecurityGroups()) {
                check(owner, address.place(), ResourceKind.APPLICATION_SECURITY_GROUP, Given.of(group));
            }
        }
    }

    private void others(Topology topology) {
        topology.virtualMachines()
                .forEach(machine -> machine.networkInterfaces()
                        .forEach(nic -> check(
                                "virtual machine `" + machine.id().name() + "`",
                                machine.place(),
                                ResourceKind.NETWORK_INTERFACE,
                                Given.of(nic))));
        topology.managedInstances()
                .forEach(instance -> inSubnet("managed instance", instance.id(), instance.place(), instance.subnet()));
        topology.privateEndpoints()
                .forEach(endpoint -> inSubnet("private endpoint", endpoint.id(), endpoint.place(), endpoint.subnet()));
        topology.virtualNetworkGateways()
                .forEach(gateway -> inSubnet("gateway", gateway.id(), gateway.place(), gateway.subnet()));
        topology.loadBalancers()
                .forEach(balancer -> balancer.frontends()
                        .forEach(frontend -> check(
                                "load balancer `" + balancer.id().name() + "`",
                                balancer.place(),
                                ResourceKind.SUBNET,
                                frontend.subnet())));
        topology.clients().forEach(client -> {
            String owner = "client `" + client.id().name() + "`";
            check(owner, client.place(), ResourceKind.SUBNET, client.origin().subnet());
            check(
                    owner,
                    client.place(),
                    ResourceKind.VIRTUAL_NETWORK_GATEWAY,
                    client.origin().virtualNetworkGateway());
        });
        for (FailoverGroup group : topology.services(FailoverGroup.class)) {
            String owner = "failover group `" + group.id().name() + "`";
            check(owner, group.place(), ResourceKind.MANAGED_INSTANCE, group.primary());
            check(owner, group.place(), ResourceKind.MANAGED_INSTANCE, group.secondary());
        }
        for (ExternalService service : topology.services(ExternalService.class)) {
            ExternalService.@Nullable Firewall firewall = service.firewall();
            if (firewall == null) continue;
            String owner = "external service `" + service.id().name() + "`";
            for (ResourceId subnet : firewall.allowedSubnets()) {
                check(owner, service.place(), ResourceKind.SUBNET, Given.of(subnet));
            }
        }
        topology.gatewayConnections().forEach(connection -> {
            String owner = "gateway connection `" + connection.id().name() + "`";
            check(owner, connection.place(), ResourceKind.VIRTUAL_NETWORK_GATEWAY, connection.virtualNetworkGateway());
            check(owner, connection.place(), ResourceKind.LOCAL_NETWORK_GATEWAY, connection.localNetworkGateway());
        });
    }

    private void inSubnet(String what, ResourceId id, Place place, Given<ResourceId> subnet) {
        check(what + " `" + id.name() + "`", place, ResourceKind.SUBNET, subnet);
    }

    private void check(String owner, Place place, ResourceKind kind, @Nullable Given<ResourceId> reference) {
        if (reference == null || reference.isUnknown()) return;
        ResourceId id = reference.orElse(new ResourceId(""));
        if (references.has(kind, id) || !told.add(kind + " " + id.hashCode() + " " + id)) return;
        String name = kind.inVnet() ? id.qualifiedName() : id.name();
        missing.add(new Notice(
                CODE,
                owner + " names " + kind.word() + " `" + name + "`, which is not in the input; `" + kind.showCommand(id)
                        + "` fetches it",
                place));
    }
}
