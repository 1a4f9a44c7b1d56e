package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.primitives.ImmutableIntArray;
import dev.mipath.azure.LoadBalancer;
import dev.mipath.azure.LoadBalancer.Backend;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.BuiltInFirewall;
import dev.mipath.instance.ClusterExit;
import dev.mipath.instance.ClusterMachine;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.HostName;
import dev.mipath.instance.ManagementEndpoint;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Builds the load balancer, gateways and nodes of a virtual cluster into its subnet. */
final class ClusterWiring {
    private final Wiring wiring;
    private final VirtualCluster cluster;
    private final ExternalServices external;
    private final int balancer;
    private final int publicBalancer;
    private final int wayBack;
    private final BuiltInFirewall firewall;

    /** {@code routeChoice} is what stands behind the way back of the load balancer. */
    ClusterWiring(Wiring wiring, VirtualCluster cluster, ExternalServices external, int routeChoice) {
        this.wiring = wiring;
        this.cluster = cluster;
        this.external = external;
        this.firewall = firewall();
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
            int machine = machine("gateway " + gateway, gateway, ports, BuiltInFirewall.NONE);
            owners.put(Prefix.host(gateway), machine);
            backends.add(new Backend(machine, gateway, Wiring.NOWHERE));
            wiring.addProbe(new Network.HealthProbe(balancer, machine, gateway, Gateway.PORT, entry));
            if (publicBalancer != Wiring.NOWHERE) {
                wiring.addProbe(new Network.HealthProbe(publicBalancer, machine, gateway, Gateway.PORT, entry));
            }
        }
        ImmutableList.Builder<Backend> nodes = ImmutableList.builder();
        for (Hosted instance : cluster.instances()) {
            for (Node node : instance.nodes()) {
                int machine = machine(
                        "node " + node.address() + " of " + instance.name(),
                        node.address(),
                        ImmutableSet.of(node.port()),
                        firewall);
                nodes.add(new Backend(machine, node.address(), Wiring.NOWHERE));
                owners.put(Prefix.host(node.address()), machine);
            }
        }
        ImmutableMap<Integer, Ending> refusals = ImmutableMap.of(ClusterMachine.RDP, Ending.NO_CUSTOMER_ACCESS);
        String inside = "internal load balancer " + cluster.loadBalancer();
        wiring.set(balancer, frontend(inside, Gateway.PORT, backends.build(), refusals, balancer, entry));
        vnetEntries.put(Prefix.host(cluster.loadBalancer()), balancer);
        if (cluster.management() != null) buildManagement(cluster.management(), nodes.build(), entry);
        @Nullable Address outside = cluster.publicAddress();
        if (outside == null) return;
        String name = "load balancer " + outside + " of the public endpoint";
        wiring.set(
                publicBalancer,
                frontend(name, HostName.PUBLIC_PORT, backends.build(), ImmutableMap.of(), publicBalancer, entry));
        wiring.publicFrontends.put(Prefix.host(outside), publicBalancer);
    }

    private LoadBalancer frontend(
            String name,
            int port,
            ImmutableList<Backend> backends,
            ImmutableMap<Integer, Ending> refusals,
            int self,
            int entry) {
        LoadBalancer.Rule only = new LoadBalancer.Rule(
                null,
                Protocol.TCP,
                port,
                port,
                LoadBalancer.Distribution.FIVE_TUPLE,
                LoadBalancer.Mode.TRANSLATE,
                backends);
        LoadBalancer.Frontend frontend = new LoadBalancer.Frontend(name, cluster.subnet(), Place.PLATFORM);
        return new LoadBalancer(frontend, ImmutableList.of(only), refusals, null, self, entry);
    }

    private int machine(String name, Address address, ImmutableSet<Integer> ports, BuiltInFirewall guard) {
        return wiring.add(new ClusterMachine(name, cluster.subnet(), address, ImmutableIntArray.copyOf(ports), guard));
    }

    /** One load balancing rule a port; what the cluster sends to the Internet leaves by the same address. */
    private void buildManagement(VirtualCluster.Management management, ImmutableList<Backend> nodes, int entry) {
        if (nodes.isEmpty()) return;
        String name = "external load balancer " + management.address();
        ImmutableMap.Builder<Integer, Integer> doors = ImmutableMap.builder();
        for (int port : management.plane().ports()) {
            int door = wiring.reserve();
            wiring.set(door, frontend(name, port, nodes, ImmutableMap.of(), door, entry));
            doors.put(port, door);
        }
        ImmutableMap<Integer, Integer> byPort = doors.buildOrThrow();
        int exit = wiring.reserve();
        wiring.set(
                exit,
                new ClusterExit(
                        Meaning.ofPrefixes(
                                        wiring.view(cluster.subnet()).subnet().prefixes())
                                .certain(),
                        management.address(),
                        management.assumed(),
                        ownRegion(),
                        byPort.values().asList(),
                        exit,
                        wiring.internet));
        wiring.exitBy(cluster.subnet(), exit);
        wiring.publicFrontends.put(
                Prefix.host(management.address()),
                wiring.add(new ManagementEndpoint(
                        "management endpoint " + management.address(), cluster.subnet(), byPort, exit, entry)));
    }

    /** Microsoft's ranges, and the cluster's own machines, which talk to each other on every port. */
    private BuiltInFirewall firewall() {
        VirtualCluster.@Nullable Management management = cluster.management();
        if (management == null) return BuiltInFirewall.NONE;
        SubnetView view = wiring.view(cluster.subnet());
        List<Meaning> ranges = new ArrayList<>();
        for (ManagementPlane.Caller caller : management.plane().callers()) {
            ranges.add(view.of(new AddressTerm.Tag(caller.tag())));
        }
        ranges.add(Meaning.ofPrefixes(view.subnet().prefixes()));
        Meaning allowed = Meaning.unionOf(ranges);
        return new BuiltInFirewall(
                ImmutableIntArray.copyOf(management.plane().ports()),
                allowed.certain(),
                allowed.possible(),
                allowed.missing());
    }

    /** The addresses of Azure in the cluster's region, as far as the tags and the declared services tell. */
    private AddressSet ownRegion() {
        SubnetView view = wiring.view(cluster.subnet());
        Given<String> region = view.reach().vnet().location();
        if (region.isUnknown()) return AddressSet.empty();
        String name = region.orElse("");
        return view.of(new AddressTerm.Tag("AzureCloud." + RegionPairs.spelling(name)))
                .certain()
                .minus(external.addresses(name, false))
                .union(external.addresses(name, true));
    }
}
