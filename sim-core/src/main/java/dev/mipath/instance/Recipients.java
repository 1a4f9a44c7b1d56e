package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whom the packets of a client's conversation are for. A packet that arrives elsewhere was led astray.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": the name resolves to the
 * load balancer, the load balancer picks a gateway, the gateway finds the node (read 2026-11-22).
 */
public final class Recipients {
    private Recipients() {}

    /** Who may take the first packet; empty for whoever has the address, as behind a load balancer. */
    public static ImmutableList<Edge> ofFirst(Network network, Estate estate, String host, Address address) {
        if (estate.endpoint(address).isPresent() || network.isFrontend(address)) return ImmutableList.of();
        return estate.clusterOf(host)
                .filter(cluster -> cluster.loadBalancer().equals(address))
                .map(cluster -> ofMachine(network, cluster, address))
                .orElseGet(() -> network.edges(address));
    }

    /** The machine of a cluster that has this address. */
    public static ImmutableList<Edge> ofMachine(Network network, VirtualCluster cluster, Address address) {
        return network.holder(address, cluster.subnet()).map(ImmutableList::of).orElse(ImmutableList.of());
    }

    /** Who may take the packet to a node: its machine, or whoever has the address that its name led to. */
    public static ImmutableList<Edge> ofNode(Network network, VirtualCluster cluster, Address address) {
        ImmutableList<Edge> machine = ofMachine(network, cluster, address);
        return machine.isEmpty() ? network.edges(address) : machine;
    }

    /** Whether a packet that anybody may take came to somebody at all who has its address. */
    public static boolean accept(Network network, ImmutableList<Edge> meant, Step last) {
        return !meant.isEmpty() || !network.isLost(last);
    }

    /**
     * Whether the packet arrived where it should. What a site has learnt by a default route belongs to others as well, so
     * such an address may be outside.
     *
     * @param meant who may take it; empty for anybody
     * @param there where it arrived; null for the Internet and the platform
     * @param onReturn whether it is an answer
     */
    public static boolean accept(Network network, ImmutableList<Edge> meant, @Nullable Edge there, boolean onReturn) {
        boolean onlySites = true;
        for (Edge edge : meant) {
            if (edge.equals(there)) return true;
            onlySites &= edge.ofSite();
        }
        if (onReturn && there == null && network.isOutside(meant.get(0))) return true;
        return meant.isEmpty() || (onlySites && there == null && !onReturn);
    }

    /**
     * The cluster whose gateway a first packet reached.
     *
     * @param asked the address the client sent to
     * @param there where the packet arrived; null for the Internet and the platform
     * @param arrived the address it arrived with
     */
    public static Optional<VirtualCluster> reached(
            Estate estate, Address asked, @Nullable Edge there, Address arrived) {
        if (there != null) return estate.clusterWithGateway(there.subnet(), arrived);
        return estate.endpoint(asked).flatMap(estate::behind);
    }
}
