package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Printable;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds resources that the input names and does not hold. The fact that names one keeps the id; the rest is unknown. */
final class References {
    /** What people call a type, and the command that prints one. */
    private record Kind(String words, String command) {}

    private static final ImmutableMap<String, Kind> KINDS = ImmutableMap.<String, Kind>builder()
            .put("virtualnetworks", new Kind("virtual network", "network vnet show"))
            .put("virtualnetworks/subnets", new Kind("subnet", "network vnet subnet show"))
            .put("networksecuritygroups", new Kind("network security group", "network nsg show"))
            .put("routetables", new Kind("route table", "network route-table show"))
            .put("networkinterfaces", new Kind("network interface", "network nic show"))
            .put("virtualnetworkgateways", new Kind("virtual network gateway", "network vnet-gateway show"))
            .put("localnetworkgateways", new Kind("local network gateway", "network local-gateway show"))
            .buildOrThrow();

    private final Notices notices;
    private final Set<ResourceId> held = new HashSet<>();
    private final Set<ResourceId> told = new HashSet<>();

    private References(Topology topology, Notices notices) {
        this.notices = notices;
        for (Vnet vnet : topology.vnets()) {
            held.add(vnet.id());
            for (Subnet subnet : vnet.subnets()) held.add(subnet.id());
        }
        for (NetworkSecurityGroup it : topology.networkSecurityGroups()) held.add(it.id());
        for (RouteTable it : topology.routeTables()) held.add(it.id());
        for (NetworkInterface it : topology.networkInterfaces()) held.add(it.id());
        for (VirtualNetworkGateway it : topology.virtualNetworkGateways()) held.add(it.id());
        for (ApplicationSecurityGroup it : topology.applicationSecurityGroups()) held.add(it.id());
        topology.localNetworkGateways().forEach(it -> held.add(it.id()));
    }

    /** Notices every resource that is named and missing, once, where it is named first. */
    static void notice(Topology topology, Notices notices) {
        References references = new References(topology, notices);
        for (Vnet vnet : topology.vnets()) references.network(vnet);
        for (NetworkInterface nic : topology.networkInterfaces()) references.nic(nic);
        for (VirtualMachine machine : topology.virtualMachines()) {
            for (ResourceId nic : machine.networkInterfaces()) references.check(nic, machine.place());
        }
        for (ManagedInstance it : topology.managedInstances()) references.check(it.subnet(), it.place());
        for (VirtualNetworkGateway it : topology.virtualNetworkGateways()) references.check(it.subnet(), it.place());
        for (PrivateEndpoint it : topology.privateEndpoints()) references.check(it.subnet(), it.place());
        for (LoadBalancer balancer : topology.loadBalancers()) {
            for (LoadBalancer.Frontend frontend : balancer.frontends()) {
                references.check(frontend.subnet(), balancer.place());
            }
        }
        for (GatewayConnection it : topology.gatewayConnections()) {
            references.check(it.virtualNetworkGateway(), it.place());
            references.check(it.localNetworkGateway(), it.place());
        }
    }

    private void network(Vnet vnet) {
        for (Subnet subnet : vnet.subnets()) {
            check(subnet.attached().networkSecurityGroup(), subnet.place());
            check(subnet.attached().routeTable(), subnet.place());
        }
        for (Peering peering : vnet.peerings()) check(peering.remoteVnet(), peering.place());
    }

    private void nic(NetworkInterface nic) {
        check(nic.networkSecurityGroup(), nic.place());
        for (NetworkInterface.IpConfiguration configuration : nic.ipConfigurations()) {
            check(configuration.subnet(), configuration.place());
        }
    }

    private void check(@Nullable Given<ResourceId> reference, Place place) {
        if (reference != null) reference.value().ifPresent(id -> check(id, place));
    }

    private void check(ResourceId id, Place place) {
        if (held.contains(id) || !told.add(id)) return;
        notices.add(
                Notices.REFERENCE_NOT_IN_INPUT,
                place,
                capital(named(id)) + " is named here and not in the input; " + remedy(id) + ".");
    }

    private static String capital(String text) {
        return Character.toUpperCase(text.charAt(0)) + text.substring(1);
    }

    /** The resource in words: {@code network security group `nsg1`}. */
    static String named(ResourceId id) {
        Kind kind = kind(id);
        return (kind == null ? "resource" : kind.words()) + " " + Printable.quoted(id.qualifiedName());
    }

    /** How to get it. */
    static String remedy(ResourceId id) {
        Kind kind = kind(id);
        String command = kind == null ? "resource show" : kind.command();
        String which = Opaque.isOpen(id.text()) || !id.text().startsWith("/") ? byName(id) : "--ids " + id.text();
        return "get it with `" + Printable.text("az " + command + " " + which + " -o json") + "`";
    }

    private static String byName(ResourceId id) {
        String parent = id.parentName();
        boolean subnet = parent != null;
        return "-g RESOURCE-GROUP " + (subnet ? "--vnet-name " + parent + " " : "") + "-n " + id.name();
    }

    private static @Nullable Kind kind(ResourceId id) {
        String type = ResourceTypes.typeOf(id.text());
        if (type == null) return null;
        String lower = Ascii.toLowerCase(type);
        return KINDS.get(lower.substring(lower.indexOf('/') + 1));
    }
}
