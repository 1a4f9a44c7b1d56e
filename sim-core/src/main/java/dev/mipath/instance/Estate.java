package dev.mipath.instance;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.topology.ResourceId;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * All virtual clusters of a network, and the public DNS zone that knows their names.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": the host name resolves to
 * a private IP address, although it's registered in a public DNS zone (read 2026-11-22).
 *
 * @param clusters the clusters
 * @param unplaced the instances of which the input does not give the subnet
 * @param endpoints the private endpoints with a known address
 * @param names the private side of name resolution
 */
public record Estate(
        ImmutableList<VirtualCluster> clusters,
        ImmutableList<Unplaced> unplaced,
        ImmutableList<Endpoint> endpoints,
        PrivateNames names) {
    /** No instance at all. */
    public static final Estate EMPTY =
            new Estate(ImmutableList.of(), ImmutableList.of(), ImmutableList.of(), PrivateNames.NONE);

    /** The label of the names that private endpoints have. */
    private static final String PRIVATE_LINK = ".privatelink.";

    /**
     * A private endpoint.
     *
     * @param id the endpoint
     * @param address its address
     * @param service what it leads to, or null when the input does not say
     */
    public record Endpoint(
            ResourceId id, Address address, @Nullable ResourceId service) {}

    /** The private endpoint that has this address. */
    public Optional<Endpoint> endpoint(Address address) {
        for (Endpoint endpoint : endpoints) if (endpoint.address.equals(address)) return Optional.of(endpoint);
        return Optional.empty();
    }

    /** The private endpoint that a packet ended at; VNets that do not know each other may have two of one address. */
    public Optional<Endpoint> endpoint(Step last) {
        if (!(last.why() instanceof Evidence.At at)) return Optional.empty();
        for (Endpoint endpoint : endpoints) if (endpoint.id.equals(at.owner())) return Optional.of(endpoint);
        return Optional.empty();
    }

    /** The cluster whose instance a private endpoint leads to. */
    public Optional<VirtualCluster> behind(Endpoint endpoint) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted instance : cluster.instances()) {
                if (instance.id().equals(endpoint.service)) return Optional.of(cluster);
            }
        }
        return Optional.empty();
    }

    /**
     * What the resolver that a client asks answers.
     *
     * @param name the name
     * @param vnet the client's VNet, or null outside of all
     * @param server the client's own DNS server, or null for Azure's
     * @return the private side's answer, or public DNS's where that side has none
     */
    public Lookup lookUp(String name, @Nullable ResourceId vnet, @Nullable Address server) {
        Optional<PrivateNames.Server> own = server == null ? Optional.empty() : names.server(server);
        if (own.isPresent()) {
            Address stated = own.get().records().get(Ascii.toLowerCase(name));
            if (stated != null) return new Lookup(stated, null, null);
            return switch (own.get().forwardsTo()) {
                case AZURE -> inVnet(name, own.get().vnet());
                case PUBLIC -> new Lookup(resolve(name).orElse(null), null, null);
                case NOTHING -> new Lookup(null, own.get().id().name(), null);
            };
        }
        // Nobody says how the server answers; it is taken to ask public DNS.
        return inVnet(name, server == null ? vnet : null);
    }

    private Lookup inVnet(String name, @Nullable ResourceId vnet) {
        if (vnet == null) return new Lookup(resolve(name).orElse(null), null, null);
        Optional<PrivateNames.Answer> told = names.resolve(vnet, name);
        @Nullable String alias = null;
        if (told.isEmpty()) {
            alias = alias(name).orElse(null);
            if (alias != null) told = names.resolve(vnet, alias);
        }
        if (told.isEmpty()) return new Lookup(resolve(name).orElse(null), null, null);
        boolean denied = told.get().address() == null;
        return new Lookup(told.get().address(), denied ? told.get().by().name() : null, alias);
    }

    /**
     * An instance with a private endpoint is registered under the privatelink name (fact 4.3), and a failover group's name is
     * an alias of its instance's (fact 4.51).
     */
    private Optional<String> alias(String name) {
        for (Hosted instance : instances()) {
            if (!instance.isNamed(name)) continue;
            for (Endpoint endpoint : endpoints) {
                if (!instance.id().equals(endpoint.service)) continue;
                String own = instance.hostName();
                int dot = own.indexOf('.');
                return Optional.of(own.substring(0, dot) + PRIVATE_LINK + own.substring(dot + 1));
            }
        }
        return Optional.empty();
    }

    /**
     * The answer to a name.
     *
     * @param address the address, or null when there is none
     * @param deniedBy the name of the private zone or server that says the name does not exist, or null
     * @param alias the name that a private zone was asked instead, because the other is an alias of it, or null
     */
    public record Lookup(
            @Nullable Address address,
            @Nullable String deniedBy,
            @Nullable String alias) {}

    /**
     * An instance that is somewhere, so that its name is known and its address is not.
     *
     * @param id the instance
     * @param hostName its VNet-local host name; {@code *} for a zone that is not known
     * @param missing what would have to be known
     */
    public record Unplaced(ResourceId id, String hostName, String missing) {
        private boolean isNamed(String name) {
            int any = hostName.indexOf('*');
            if (any < 0) return hostName.equalsIgnoreCase(name);
            String lower = Ascii.toLowerCase(name);
            return lower.startsWith(Ascii.toLowerCase(hostName.substring(0, any)))
                    && lower.endsWith(hostName.substring(any + 1));
        }
    }

    /** What public DNS answers for a name: the load balancer of an instance, or a node. */
    public Optional<Address> resolve(String name) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted instance : cluster.instances()) {
                if (instance.isNamed(name)) return Optional.of(cluster.loadBalancer());
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
        for (Unplaced instance : unplaced) if (instance.isNamed(name)) return Optional.of(instance);
        return Optional.empty();
    }

    /** What is wrong with a name, with the right form as far as the instances here give it. */
    public Optional<HostName.Fault> fault(String name, int port) {
        Optional<HostName.Fault> fault = HostName.fault(name, port);
        boolean noZone = fault.isPresent() && fault.get().kind() == HostName.FaultKind.NO_ZONE;
        if ((fault.isPresent() && !noZone) || !HostName.isKnownSuffix(name) || name.contains(".public.")) return fault;
        for (Hosted instance : instances()) {
            Optional<String> right = rightForm(instance, name);
            if (right.isEmpty()) continue;
            HostName.FaultKind kind = noZone ? HostName.FaultKind.NO_ZONE : HostName.FaultKind.WRONG_ZONE;
            return Optional.of(new HostName.Fault(kind, right.get()));
        }
        return fault;
    }

    /** The name of an instance, or of a failover group that leads to it, that a name begins like. */
    private static Optional<String> rightForm(Hosted instance, String name) {
        if (instance.isNamed(name)) return Optional.empty();
        boolean readOnly = name.contains(HostName.SECONDARY + ".");
        if (label(instance.hostName()).equalsIgnoreCase(label(name))) return Optional.of(instance.hostName());
        for (String listener : instance.listeners()) {
            boolean alike = listener.contains(HostName.SECONDARY + ".") == readOnly;
            if (alike && label(listener).equalsIgnoreCase(label(name))) return Optional.of(listener);
        }
        return Optional.empty();
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
                boolean here = instance.isNamed(name) || instance.isPublicName(name);
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
