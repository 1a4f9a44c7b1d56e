package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import java.util.Optional;

/**
 * All virtual clusters of a network, and the public DNS zone that knows their names.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": the host name resolves to
 * a private IP address, although it's registered in a public DNS zone (read 2026-11-22).
 *
 * @param clusters the clusters
 */
public record Estate(ImmutableList<VirtualCluster> clusters) {
    /** What public DNS answers for a name: the load balancer of an instance, or a node. */
    public Optional<Address> resolve(String name) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted instance : cluster.instances()) {
                if (instance.hostName().equalsIgnoreCase(name)) return Optional.of(cluster.loadBalancer());
                for (Node node : instance.nodes()) {
                    if (node.hostName().equalsIgnoreCase(name)) return Optional.of(node.address());
                }
            }
        }
        return Optional.empty();
    }

    /** The cluster whose load balancer has this address. */
    public Optional<VirtualCluster> clusterAt(Address loadBalancer) {
        return clusters.stream()
                .filter(cluster -> cluster.loadBalancer().equals(loadBalancer))
                .findFirst();
    }

    /** All instances, cluster by cluster. */
    public ImmutableList<Hosted> instances() {
        return clusters.stream()
                .flatMap(cluster -> cluster.instances().stream())
                .collect(ImmutableList.toImmutableList());
    }
}
