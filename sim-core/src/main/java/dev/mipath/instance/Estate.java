package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import java.util.Optional;

/**
 * All virtual clusters of a network, and the public DNS zone that knows their names.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": the host name resolves to
 * a private IP address, although it's registered in a public DNS zone (read 2026-11-22).
 *
 * @param clusters the clusters
 * @param unplaced the instances of which the input does not give the subnet
 */
public record Estate(ImmutableList<VirtualCluster> clusters, ImmutableList<Unplaced> unplaced) {
    /** No instance at all. */
    public static final Estate EMPTY = new Estate(ImmutableList.of(), ImmutableList.of());

    /**
     * An instance that is somewhere, so that its name is known and its address is not.
     *
     * @param id the instance
     * @param hostName its VNet-local host name
     * @param missing what would have to be known
     */
    public record Unplaced(ResourceId id, String hostName, String missing) {}

    /** What public DNS answers for a name: the load balancer of an instance, or a node. */
    public Optional<Address> resolve(String name) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted instance : cluster.instances()) {
                if (instance.hostName().equalsIgnoreCase(name)) return Optional.of(cluster.loadBalancer());
                if (instance.isPublicName(name)) return Optional.ofNullable(cluster.publicAddress());
                for (Node node : instance.nodes()) {
                    if (node.hostName().equalsIgnoreCase(name)) return Optional.of(node.address());
                }
            }
        }
        return Optional.empty();
    }

    /** The instance of this name of which the input does not give the subnet. */
    public Optional<Unplaced> unplaced(String name) {
        for (Unplaced instance : unplaced) if (instance.hostName.equalsIgnoreCase(name)) return Optional.of(instance);
        return Optional.empty();
    }

    /** What is wrong with a name, with the right form as far as the instances here give it. */
    public Optional<HostName.Fault> fault(String name, int port) {
        Optional<HostName.Fault> fault = HostName.fault(name, port);
        boolean noZone = fault.isPresent() && fault.get().kind() == HostName.FaultKind.NO_ZONE;
        if (fault.isPresent() && !noZone || !HostName.isKnownSuffix(name) || name.contains(".public.")) return fault;
        for (Hosted instance : instances()) {
            String right = instance.hostName();
            if (right.equalsIgnoreCase(name) || !label(right).equalsIgnoreCase(label(name))) continue;
            HostName.FaultKind kind = noZone ? HostName.FaultKind.NO_ZONE : HostName.FaultKind.WRONG_ZONE;
            return Optional.of(new HostName.Fault(kind, right));
        }
        return fault;
    }

    /** The instance whose public endpoint has this name. */
    public Optional<Hosted> publicEndpoint(String name) {
        for (Hosted instance : instances()) {
            if (HostName.publicName(instance.hostName()).equalsIgnoreCase(name)) return Optional.of(instance);
        }
        return Optional.empty();
    }

    private static String label(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? name : name.substring(0, dot);
    }

    /** The cluster that hosts the instance of this name. */
    public Optional<VirtualCluster> clusterOf(String name) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted instance : cluster.instances()) {
                boolean here = instance.hostName().equalsIgnoreCase(name) || instance.isPublicName(name);
                if (here) return Optional.of(cluster);
            }
        }
        return Optional.empty();
    }

    /** The cluster in this subnet, if this is the address of one of its gateways. */
    public Optional<VirtualCluster> clusterWithGateway(ResourceId subnet, Address address) {
        for (VirtualCluster cluster : clusters) {
            boolean here = cluster.subnet().equals(subnet) && cluster.gateways().contains(address);
            if (here) return Optional.of(cluster);
        }
        return Optional.empty();
    }

    /** All instances, cluster by cluster. */
    public ImmutableList<Hosted> instances() {
        ImmutableList.Builder<Hosted> all = ImmutableList.builder();
        for (VirtualCluster cluster : clusters) all.addAll(cluster.instances());
        return all.build();
    }
}
