package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Everything the input declares, immutable. Two topologies are equal when they declare the same facts at
 * the same places; {@link SameFacts} compares them places aside.
 */
public final class Topology {
    private final @Nullable String name;
    private final @Nullable String profile;
    private final ImmutableList<Vnet> vnets;
    private final ImmutableList<NetworkSecurityGroup> networkSecurityGroups;
    private final ImmutableList<RouteTable> routeTables;
    private final ImmutableList<NetworkInterface> networkInterfaces;
    private final ImmutableList<VirtualMachine> virtualMachines;
    private final ImmutableList<ApplicationSecurityGroup> applicationSecurityGroups;
    private final ImmutableList<ManagedInstance> managedInstances;
    private final ImmutableList<VirtualNetworkGateway> virtualNetworkGateways;
    private final ImmutableList<LocalNetworkGateway> localNetworkGateways;
    private final ImmutableList<GatewayConnection> gatewayConnections;
    private final ImmutableList<PrivateEndpoint> privateEndpoints;
    private final ImmutableList<LoadBalancer> loadBalancers;
    private final ImmutableList<NetworkService> services;
    private final ImmutableList<Client> clients;
    private final ImmutableList<EffectiveSecurityRules> effectiveSecurityRules;
    private final ImmutableList<EffectiveRouteTable> effectiveRouteTables;
    private final ImmutableList<Notice> notices;
    private final ById<Vnet> vnetById;
    private final ById<Subnet> subnetById;
    private final ById<NetworkSecurityGroup> groupById;
    private final ById<RouteTable> tableById;
    private final ById<NetworkInterface> interfaceById;

    private Topology(Builder builder) {
        name = builder.name;
        profile = builder.profile;
        vnets = ImmutableList.copyOf(builder.vnets);
        networkSecurityGroups = ImmutableList.copyOf(builder.networkSecurityGroups);
        routeTables = ImmutableList.copyOf(builder.routeTables);
        networkInterfaces = ImmutableList.copyOf(builder.networkInterfaces);
        virtualMachines = ImmutableList.copyOf(builder.virtualMachines);
        applicationSecurityGroups = ImmutableList.copyOf(builder.applicationSecurityGroups);
        managedInstances = ImmutableList.copyOf(builder.managedInstances);
        virtualNetworkGateways = ImmutableList.copyOf(builder.virtualNetworkGateways);
        localNetworkGateways = ImmutableList.copyOf(builder.localNetworkGateways);
        gatewayConnections = ImmutableList.copyOf(builder.gatewayConnections);
        privateEndpoints = ImmutableList.copyOf(builder.privateEndpoints);
        loadBalancers = ImmutableList.copyOf(builder.loadBalancers);
        services = ImmutableList.copyOf(builder.services);
        clients = ImmutableList.copyOf(builder.clients);
        effectiveSecurityRules = ImmutableList.copyOf(builder.effectiveSecurityRules);
        effectiveRouteTables = ImmutableList.copyOf(builder.effectiveRouteTables);
        notices = ImmutableList.copyOf(builder.notices);
        ImmutableList.Builder<Subnet> subnets = ImmutableList.builder();
        for (Vnet vnet : vnets) subnets.addAll(vnet.subnets());
        vnetById = new ById<>(vnets);
        subnetById = new ById<>(subnets.build());
        groupById = new ById<>(networkSecurityGroups);
        tableById = new ById<>(routeTables);
        interfaceById = new ById<>(networkInterfaces);
    }

    /** A name for people, or null. */
    public @Nullable String name() {
        return name;
    }

    /** The era of the managed instance's own rules that the input names, or null. */
    public @Nullable String profile() {
        return profile;
    }

    public ImmutableList<Vnet> vnets() {
        return vnets;
    }

    public ImmutableList<NetworkSecurityGroup> networkSecurityGroups() {
        return networkSecurityGroups;
    }

    public ImmutableList<RouteTable> routeTables() {
        return routeTables;
    }

    public ImmutableList<NetworkInterface> networkInterfaces() {
        return networkInterfaces;
    }

    public ImmutableList<VirtualMachine> virtualMachines() {
        return virtualMachines;
    }

    public ImmutableList<ApplicationSecurityGroup> applicationSecurityGroups() {
        return applicationSecurityGroups;
    }

    public ImmutableList<ManagedInstance> managedInstances() {
        return managedInstances;
    }

    public ImmutableList<VirtualNetworkGateway> virtualNetworkGateways() {
        return virtualNetworkGateways;
    }

    public ImmutableList<LocalNetworkGateway> localNetworkGateways() {
        return localNetworkGateways;
    }

    public ImmutableList<GatewayConnection> gatewayConnections() {
        return gatewayConnections;
    }

    public ImmutableList<PrivateEndpoint> privateEndpoints() {
        return privateEndpoints;
    }

    public ImmutableList<LoadBalancer> loadBalancers() {
        return loadBalancers;
    }

    /** Public addresses, NAT gateways, private zones, DNS servers, locks and the like. */
    public ImmutableList<NetworkService> services() {
        return services;
    }

    /** The services of one kind. */
    public <T extends NetworkService> ImmutableList<T> services(Class<T> kind) {
        ImmutableList.Builder<T> found = ImmutableList.builder();
        for (NetworkService service : services) if (kind.isInstance(service)) found.add(kind.cast(service));
        return found.build();
    }

    /** Clients that are not machines of their own. */
    public ImmutableList<Client> clients() {
        return clients;
    }

    /** Recorded answers about security rules; they win over what is derived (contract: Sources). */
    public ImmutableList<EffectiveSecurityRules> effectiveSecurityRules() {
        return effectiveSecurityRules;
    }

    /** Recorded answers about routes; they win over what is derived (contract: Sources). */
    public ImmutableList<EffectiveRouteTable> effectiveRouteTables() {
        return effectiveRouteTables;
    }

    /** Caveats and assumptions that arose while the input was read. */
    public ImmutableList<Notice> notices() {
        return notices;
    }

    public Optional<Vnet> vnet(ResourceId id) {
        return vnetById.find(id);
    }

    public Optional<NetworkSecurityGroup> networkSecurityGroup(ResourceId id) {
        return groupById.find(id);
    }

    public Optional<RouteTable> routeTable(ResourceId id) {
        return tableById.find(id);
    }

    public Optional<NetworkInterface> networkInterface(ResourceId id) {
        return interfaceById.find(id);
    }

    public Optional<Subnet> subnet(ResourceId id) {
        return subnetById.find(id);
    }

    /**
     * This topology after one edit.
     *
     * @throws IllegalArgumentException when the edit names something that is not there; the message says what
     */
    public Topology with(Change change) {
        return change.fold(new Editor(this));
    }

    /** This topology without an instance. */
    public Topology without(ManagedInstance instance) {
        List<ManagedInstance> others = new ArrayList<>(managedInstances);
        others.remove(instance);
        return toBuilder().managedInstances(others).build();
    }

    /** A builder that holds everything this topology holds. */
    public Builder toBuilder() {
        Builder builder = EveryResource.builder(this::own);
        builder.name = name;
        builder.profile = profile;
        builder.clients.addAll(clients);
        builder.effectiveSecurityRules.addAll(effectiveSecurityRules);
        builder.effectiveRouteTables.addAll(effectiveRouteTables);
        builder.notices.addAll(notices);
        return builder;
    }

    private <T> List<T> own(Function<Topology, ImmutableList<T>> list) {
        return list.apply(this);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Topology topology && everything().equals(topology.everything());
    }

    @Override
    public int hashCode() {
        return everything().hashCode();
    }

    @Override
    public String toString() {
        return "topology " + Objects.requireNonNullElse(name, "without a name") + " of " + vnets.size() + " VNets";
    }

    /** All that a topology declares, notices aside, in one fixed order: services kind by kind, however files mix them. */
    List<Object> everything() {
        Comparator<NetworkService> byKind =
                Comparator.comparing(service -> service.getClass().getName());
        return List.of(
                Objects.requireNonNullElse(name, ""),
                Objects.requireNonNullElse(profile, ""),
                vnets,
                networkSecurityGroups,
                routeTables,
                networkInterfaces,
                virtualMachines,
                applicationSecurityGroups,
                managedInstances,
                virtualNetworkGateways,
                localNetworkGateways,
                gatewayConnections,
                privateEndpoints,
                loadBalancers,
                ImmutableList.sortedCopyOf(byKind, services),
                clients,
                effectiveSecurityRules,
                effectiveRouteTables);
    }

    /** Collects resources in document order; a resource is added once, merging is the importer's. */
    public static final class Builder {
        private @Nullable String name;
        private @Nullable String profile;
        private final List<Vnet> vnets = new ArrayList<>();
        private final List<NetworkSecurityGroup> networkSecurityGroups = new ArrayList<>();
        private final List<RouteTable> routeTables = new ArrayList<>();
        private final List<NetworkInterface> networkInterfaces = new ArrayList<>();
        private final List<VirtualMachine> virtualMachines = new ArrayList<>();
        private final List<ApplicationSecurityGroup> applicationSecurityGroups = new ArrayList<>();
        private final List<ManagedInstance> managedInstances = new ArrayList<>();
        private final List<VirtualNetworkGateway> virtualNetworkGateways = new ArrayList<>();
        private final List<LocalNetworkGateway> localNetworkGateways = new ArrayList<>();
        private final List<GatewayConnection> gatewayConnections = new ArrayList<>();
        private final List<PrivateEndpoint> privateEndpoints = new ArrayList<>();
        private final List<LoadBalancer> loadBalancers = new ArrayList<>();
        private final List<NetworkService> services = new ArrayList<>();
        private final List<Client> clients = new ArrayList<>();
        private final List<EffectiveSecurityRules> effectiveSecurityRules = new ArrayList<>();
        private final List<EffectiveRouteTable> effectiveRouteTables = new ArrayList<>();
        private final List<Notice> notices = new ArrayList<>();

        @CanIgnoreReturnValue
        public Builder name(@Nullable String newName) {
            name = newName;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder profile(@Nullable String newProfile) {
            profile = newProfile;
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(Vnet vnet) {
            vnets.add(vnet);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(NetworkSecurityGroup group) {
            networkSecurityGroups.add(group);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(RouteTable table) {
            routeTables.add(table);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(NetworkInterface networkInterface) {
            networkInterfaces.add(networkInterface);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(VirtualMachine machine) {
            virtualMachines.add(machine);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(ApplicationSecurityGroup group) {
            applicationSecurityGroups.add(group);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(ManagedInstance instance) {
            managedInstances.add(instance);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(VirtualNetworkGateway gateway) {
            virtualNetworkGateways.add(gateway);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(LocalNetworkGateway gateway) {
            localNetworkGateways.add(gateway);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(GatewayConnection connection) {
            gatewayConnections.add(connection);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(PrivateEndpoint endpoint) {
            privateEndpoints.add(endpoint);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(LoadBalancer balancer) {
            loadBalancers.add(balancer);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(NetworkService service) {
            services.add(service);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(Client client) {
            clients.add(client);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(EffectiveSecurityRules answer) {
            effectiveSecurityRules.add(answer);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(EffectiveRouteTable answer) {
            effectiveRouteTables.add(answer);
            return this;
        }

        @CanIgnoreReturnValue
        public Builder add(Notice notice) {
            notices.add(notice);
            return this;
        }

        @CanIgnoreReturnValue
        Builder vnets(List<Vnet> newVnets) {
            return replace(vnets, newVnets);
        }

        @CanIgnoreReturnValue
        Builder networkSecurityGroups(List<NetworkSecurityGroup> groups) {
            return replace(networkSecurityGroups, groups);
        }

        @CanIgnoreReturnValue
        Builder routeTables(List<RouteTable> tables) {
            return replace(routeTables, tables);
        }

        @CanIgnoreReturnValue
        Builder networkInterfaces(List<NetworkInterface> interfaces) {
            return replace(networkInterfaces, interfaces);
        }

        @CanIgnoreReturnValue
        Builder services(List<NetworkService> newServices) {
            return replace(services, newServices);
        }

        /** Puts these instances in the place of all others. */
        @CanIgnoreReturnValue
        public Builder managedInstances(List<ManagedInstance> instances) {
            return replace(managedInstances, instances);
        }

        @CanIgnoreReturnValue
        private <T> Builder replace(List<T> old, List<T> replacement) {
            old.clear();
            old.addAll(replacement);
            return this;
        }

        public Topology build() {
            return new Topology(this);
        }
    }
}
