package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.LoadBalancer;
import dev.mipath.azure.LoadBalancer.Backend;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.ClusterMachine;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.SortedMap;

/** Builds the load balancer, gateways and nodes of a virtual cluster into its subnet. */
final class ClusterWiring {
    private final Wiring wiring;
    private final VirtualCluster cluster;
    private final int balancer;
    private final int wayBack;

    /** {@code routeChoice} is what stands behind the way back of the load balancer. */
    ClusterWiring(Wiring wiring, VirtualCluster cluster, int routeChoice) {
        this.wiring = wiring;
        this.cluster = cluster;
        this.balancer = wiring.reserve();
        this.wayBack = wiring.add(new LoadBalancer.Return(balancer, cluster.loadBalancer(), routeChoice));
    }

    /** What the subnet's packets pass on their way out: answers leave with the frontend's address (fact 1.19). */
    int wayBack() {
        return wayBack;
    }

    /**
     * Builds the machines.
     *
     * @param entry the first element of what enters the subnet
     * @param owners who owns which address of the subnet
     * @param vnetEntries where the VNet hands packets to: the frontend stands before the subnet's filter
     */
    void build(int entry, SortedMap<Prefix, Integer> owners, SortedMap<Prefix, Integer> vnetEntries) {
        ImmutableList.Builder<Backend> backends = ImmutableList.builder();
        for (Address gateway : cluster.gateways()) {
            int machine = machine("gateway " + gateway, gateway, Gateway.PORT);
            owners.put(Prefix.host(gateway), machine);
            backends.add(new Backend(machine, gateway));
            wiring.addProbe(new Network.HealthProbe(balancer, machine, gateway, Gateway.PORT, entry));
        }
        for (Hosted instance : cluster.instances()) {
            for (Node node : instance.nodes()) {
                int machine = machine("node " + node.address() + " of " + instance.name(), node.address(), node.port());
                owners.put(Prefix.host(node.address()), machine);
            }
        }
        LoadBalancer.Frontend frontend = new LoadBalancer.Frontend(
                "internal load balancer " + cluster.loadBalancer(),
                cluster.subnet(),
                cluster.loadBalancer(),
                Gateway.PORT);
        ImmutableMap<Integer, Ending> refusals = ImmutableMap.of(ClusterMachine.RDP, Ending.NO_CUSTOMER_ACCESS);
        wiring.set(balancer, new LoadBalancer(frontend, backends.build(), refusals, balancer, entry));
        vnetEntries.put(Prefix.host(cluster.loadBalancer()), balancer);
    }

    private int machine(String name, Address address, int port) {
        return wiring.add(new ClusterMachine(name, cluster.subnet(), address, ImmutableSet.of(port)));
    }
}
