package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Finds the place of a local address: the subnet, and the NIC where one is declared. */
final class EdgeFinder {
    private static final int MEMO_BITS = 10;

    private final Topology topology;
    private final Network network;
    private final @Nullable ResourceId vnet;
    private final @Nullable Edge[] memo = new @Nullable Edge[1 << MEMO_BITS];
    private final int[] memoBits = new int[1 << MEMO_BITS];

    /**
     * A finder.
     *
     * @param vnetName the VNet that decides where an address is in several, or null
     */
    EdgeFinder(Topology topology, Network network, @Nullable String vnetName) {
        this.topology = topology;
        this.network = network;
        this.vnet = vnetName == null ? null : vnet(vnetName);
    }

    private ResourceId vnet(String name) {
        List<ResourceId> vnets = topology.vnets().stream().map(Vnet::id).toList();
        for (ResourceId vnet : vnets) if (Named.is(vnet, name)) return vnet;
        throw Named.unknown("VNet", name, vnets);
    }

    /** As below; an IPv4 address that was asked about before is found at once. */
    @Nullable
    Edge find(FlowEnd end, @Nullable String target) {
        if (end.v6() || target != null) return find(end.address(), target);
        int slot = (end.bits() * 0x9E37_79B9) >>> (32 - MEMO_BITS);
        Edge known = memo[slot];
        if (known != null && memoBits[slot] == end.bits()) return known;
        Edge found = find(end.address(), null);
        memo[slot] = found;
        memoBits[slot] = end.bits();
        return found;
    }

    /**
     * The place of an address.
     *
     * @param target the id or name of the NIC or VM that is meant, or null
     * @return the place, or null when no declared subnet holds the address
     * @throws UsageException when several places hold it and nothing says which is meant, or when no NIC or VM is the
     *     one that is meant
     */
    @Nullable
    Edge find(Address address, @Nullable String target) {
        List<NetworkInterface> meant = target == null ? List.of() : networkInterfaces(target);
        List<Edge> edges = new ArrayList<>();
        for (Edge edge : network.edges(address)) if (vnet == null || edge.vnet().equals(vnet)) edges.add(edge);
        if (edges.isEmpty()) return null;
        if (!meant.isEmpty()) return among(edges, meant, address, String.valueOf(target));
        if (edges.size() == 1) return edges.get(0);
        StringBuilder places = new StringBuilder();
        for (Edge edge : edges) {
            if (places.length() > 0) places.append(" and ");
            places.append(Safe.text(edge.subnet().qualifiedName()));
        }
        throw new UsageException(address + " is in " + places
                + " (say which with --vnet NAME, or with --vm NAME, `targetResourceId` in a batch)");
    }

    private List<NetworkInterface> networkInterfaces(String target) {
        Set<ResourceId> wanted = new HashSet<>();
        boolean known = false;
        for (VirtualMachine machine : topology.virtualMachines()) {
            if (!Named.is(machine.id(), target)) continue;
            known = true;
            wanted.addAll(machine.networkInterfaces());
        }
        List<NetworkInterface> found = new ArrayList<>();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            @Nullable ResourceId machine = nic.virtualMachine();
            boolean meant = wanted.contains(nic.id())
                    || Named.is(nic.id(), target)
                    || machine != null && Named.is(machine, target);
            if (meant) found.add(nic);
        }
        // Of a machine whose NICs are not in the input the address alone has to tell the place.
        if (found.isEmpty() && !known) throw Named.unknown("VM or NIC", target, machinesAndInterfaces());
        return found;
    }

    private List<ResourceId> machinesAndInterfaces() {
        List<ResourceId> ids = new ArrayList<>();
        topology.virtualMachines().forEach(machine -> ids.add(machine.id()));
        topology.networkInterfaces().forEach(nic -> ids.add(nic.id()));
        return ids;
    }

    private static Edge among(List<Edge> edges, List<NetworkInterface> meant, Address address, String target) {
        for (Edge edge : edges) {
            for (NetworkInterface nic : meant) if (nic.id().equals(edge.networkInterface())) return edge;
        }
        // A NIC whose address the input does not give may well have this one.
        for (Edge edge : edges) {
            for (NetworkInterface nic : meant) {
                for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) {
                    boolean known = ip.privateIpAddress() != null
                            && !ip.privateIpAddress().isUnknown();
                    if (!known && ip.subnet().mayBe(edge.subnet())) return edge;
                }
            }
        }
        StringBuilder has = new StringBuilder();
        for (NetworkInterface nic : meant) {
            for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) {
                if (ip.privateIpAddress() == null) continue;
                has.append(has.length() == 0 ? "it has " : ", ")
                        .append(Safe.text(ip.privateIpAddress().toString()));
            }
        }
        throw new UsageException("`" + Safe.text(target) + "` does not have the address " + address
                + (has.length() == 0 ? "" : " (" + has + ")"));
    }
}
