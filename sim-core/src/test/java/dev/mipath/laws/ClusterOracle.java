package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The machines of the instances: from the fifth address of their subnet one load balancer, two gateways, then the nodes,
 * one of a General Purpose instance and four of a Business Critical one (contract: Sources).
 */
final class ClusterOracle {
    private final Era era;
    private final List<Cluster> clusters = new ArrayList<>();

    /** The machines of one subnet. */
    record Cluster(Vnet vnet, Subnet subnet, Address balancer, List<Address> gateways, List<Instance> instances) {}

    /** One instance and the node that serves it. */
    record Instance(String host, boolean redirects, Address node, int port) {}

    ClusterOracle(Topology topology, Era era) {
        this.era = era;
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                List<ManagedInstance> here = topology.managedInstances().stream()
                        .filter(instance -> known(instance.subnet()).equals(subnet.id()))
                        .toList();
                if (!here.isEmpty()) clusters.add(cluster(vnet, subnet, here));
            }
        }
    }

    private Cluster cluster(Vnet vnet, Subnet subnet, List<ManagedInstance> here) {
        int first = known(subnet.prefixes().get(0)).network().bits() + 4;
        List<Instance> instances = new ArrayList<>();
        int node = 0;
        for (ManagedInstance instance : here) {
            Address address = Address.v4(first + 3 + node);
            // Facts 4.7, 4.8: what an unstated type means and where redirected clients go depends on the time.
            int port = era.equals(Era.CURRENT) ? 1433 : 11_000 + node;
            instances.add(new Instance(
                    PlainFacts.stated(instance.fullyQualifiedDomainName()), redirects(instance), address, port));
            boolean critical = instance.tier() != null && known(instance.tier()).equals("BusinessCritical");
            node += critical ? 4 : 1;
        }
        List<Address> gateways = List.of(Address.v4(first + 1), Address.v4(first + 2));
        return new Cluster(vnet, subnet, Address.v4(first), gateways, instances);
    }

    private boolean redirects(ManagedInstance instance) {
        Given<String> type = instance.proxyOverride();
        String stated = type == null ? "Default" : known(type);
        return stated.equals("Default") ? era.equals(Era.CURRENT) : stated.equals("Redirect");
    }

    /** Fact 3.7: whether the frontends are Basic, out of reach over global peering. */
    boolean basic() {
        return !era.equals(Era.CURRENT);
    }

    Optional<Cluster> balancedAt(Vnet vnet, Address address) {
        return clusters.stream()
                .filter(cluster -> cluster.vnet.id().equals(vnet.id()) && cluster.balancer.equals(address))
                .findFirst();
    }

    List<Cluster> all() {
        return clusters;
    }

    Optional<Cluster> of(String host) {
        return clusters.stream()
                .filter(cluster -> cluster.instances.stream().anyMatch(instance -> instance.host.equals(host)))
                .findFirst();
    }

    Optional<Cluster> in(Subnet subnet) {
        return clusters.stream()
                .filter(cluster -> cluster.subnet.id().equals(subnet.id()))
                .findFirst();
    }

    /** Whether somebody listens: a gateway on 1433, a node on its own port, anybody else on everything. */
    boolean serves(Subnet subnet, Packet packet) {
        for (Cluster cluster : clusters) {
            if (!cluster.subnet.id().equals(subnet.id())) continue;
            boolean tcp = packet.protocol() == Protocol.TCP;
            if (cluster.gateways.contains(packet.destination())) return tcp && packet.destinationPort() == 1433;
            for (Instance instance : cluster.instances) {
                if (instance.node.equals(packet.destination())) return tcp && packet.destinationPort() == instance.port;
            }
        }
        return true;
    }
}
