package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * The machines of one subnet that together host its managed instances.
 *
 * <p>Models: "Connectivity architecture", sections "High-level connectivity architecture" and "Virtual cluster
 * connectivity architecture" (read 2026-11-22).
 *
 * <p>Leaves out: growing and shrinking, VM groups by hardware and maintenance window (fact 4.38).
 *
 * @param subnet the subnet it lives in
 * @param dnsZone the zone id all its host names share
 * @param loadBalancer the private address of its internal load balancer
 * @param publicAddress the address of its public endpoints, or null when no instance has one
 * @param gateways the addresses of its gateways
 * @param instances the instances it hosts
 * @param management its management endpoint, or null in an era that has none
 */
public record VirtualCluster(
        ResourceId subnet,
        String dnsZone,
        Address loadBalancer,
        @Nullable Address publicAddress,
        ImmutableList<Address> gateways,
        ImmutableList<Hosted> instances,
        @Nullable Management management) {

    /**
     * The management endpoint (fact 4.32).
     *
     * @param address its public address
     * @param assumed whether the input does not give the address
     * @param plane who calls it
     */
    public record Management(Address address, boolean assumed, ManagementPlane plane) {}

    /** Whether an instance has its public endpoint switched on, as far as the input says (fact 4.2). */
    public enum PublicEndpoint {
        ON,
        OFF,
        UNKNOWN
    }

    /**
     * One instance of the cluster.
     *
     * @param id the instance
     * @param place where it was declared
     * @param hostName its VNet-local host name
     * @param publicEndpoint whether its public endpoint is switched on (fact 4.2)
     * @param connectionType {@code Proxy} or {@code Redirect}, settled
     * @param nodes its nodes, the primary first
     * @param listeners the names of failover groups that lead to it (fact 4.51)
     */
    public record Hosted(
            ResourceId id,
            Place place,
            String hostName,
            PublicEndpoint publicEndpoint,
            String connectionType,
            ImmutableList<Node> nodes,
            ImmutableList<String> listeners) {
        /** Whether this is its VNet-local host name, or a failover group's that leads to it. */
        public boolean isNamed(String name) {
            if (hostName.equalsIgnoreCase(name)) return true;
            for (String listener : listeners) if (listener.equalsIgnoreCase(name)) return true;
            return false;
        }

        /** Whether clients that can are sent on to a node. */
        public boolean redirects() {
            return connectionType.equals("Redirect");
        }

        /** Whether this is the name of its public endpoint, and that is on. */
        public boolean isPublicName(String name) {
            return publicEndpoint == PublicEndpoint.ON
                    && HostName.publicName(hostName).equalsIgnoreCase(name);
        }

        /** The node that serves clients. */
        public Node primary() {
            return nodes.get(0);
        }

        /** The instance's own name. */
        public String name() {
            return id.name();
        }
    }

    /** Whether a gateway or node has this address; the load balancer is no machine. */
    public boolean hasMachine(Address address) {
        boolean machine = gateways.contains(address);
        for (Hosted instance : instances) {
            for (Node node : instance.nodes()) machine |= node.address().equals(address);
        }
        return machine;
    }

    /** The name of the subnet it lives in. */
    public String subnetName() {
        return subnet.name();
    }

    /**
     * A SQL engine node.
     *
     * @param hostName the name a redirected client is given
     * @param address its address
     * @param port the port it serves clients on
     * @param possiblePorts the ports it may serve clients on as well; the port alone where nothing is assumed
     */
    public record Node(String hostName, Address address, int port, PortRange possiblePorts) {}
}
