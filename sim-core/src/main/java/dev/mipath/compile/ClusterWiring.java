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
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Builds the load balancer, gateways and nodes of a virtual cluster into its subnet. */
final class ClusterWiring {
    private final Wiring wiring;
    private final VirtualCluster cluster;
    private final int balancer;
    private final int publicBalancer;
    private final int wayBack;

    /** {@code routeChoice} is what stands behind the way back of the load balancer. */
    ClusterWiring(Wiring wiring, VirtualCluster cluster, int routeChoice) {
        this.wiring = wiring;
        this.cluster = cluster;
        this.balancer = wiring.reserve();
        this.publicBalancer = cluster.publicAddress() == null ? Wiring.NOWHERE : wiring.reserve();
        @Nullable Address outside = cluster.publicAddress();
        int exit = outside == null
                ? routeChoice
                : wiring.add(new LoadBalancer.Return(publicBalancer, outside, routeChoice));
        this.wayBack = wiring.add(new LoadBalancer.Return(balancer, cluster.loadBalancer(), exit));
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
            ImmutableSet<Integer> ports = cluster.publicAddress() == null
                    ? ImmutableSet.of(Gateway.PORT)
                    : ImmutableSet.of(Gateway.PORT, HostName.PUBLIC_PORT);
            int machine = machine("gateway " + gateway, gateway, ports);
            owners.put(Prefix.host(gateway), machine);
            backends.add(new Backend(machine, gateway));
            wiring.addProbe(new Network.HealthProbe(balancer, machine, gateway, Gateway.PORT, entry));
            if (publicBalancer != Wiring.NOWHERE) {
                wiring.addProbe(new Network.HealthProbe(publicBalancer, machine, gateway, Gateway.PORT, entry));
            }
        }
        for (Hosted instance : cluster.instances()) {
            for (Node node : instance.nodes()) {
                int machine = machine(
                        "node " + node.address() + " of " + instance.name(),
                        node.address(),
                        ImmutableSet.of(node.port()));
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
        @Nullable Address outside = cluster.publicAddress();
        if (outside == null) return;
        LoadBalancer.Frontend publicFrontend = new LoadBalancer.Frontend(
                "load balancer " + outside + " of the public endpoint",
                cluster.subnet(),
                outside,
                HostName.PUBLIC_PORT);
        wiring.set(
                publicBalancer,
                new LoadBalancer(publicFrontend, backends.build(), ImmutableMap.of(), publicBalancer, entry));
        wiring.publicFrontends.put(Prefix.host(outside), publicBalancer);
    }

    private int machine(String name, Address address, ImmutableSet<Integer> ports) {
        return wiring.add(new ClusterMachine(name, cluster.subnet(), address, ports));
    }
}
