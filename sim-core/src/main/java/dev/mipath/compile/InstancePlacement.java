package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions.AssumedAddress;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Estate.Unplaced;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Management;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.instance.VirtualCluster.PublicEndpoint;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.profile.Era;
import dev.mipath.profile.ManagementPlane;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Places the machines of the managed instances at the addresses Azure would probably give them (contract: Sources):
 * per cluster one load balancer and two gateways, then each instance's nodes.
 */
final class InstancePlacement {
    private static final int GATEWAYS = 2;
    private static final int BUSINESS_CRITICAL_NODES = 4;
    /** Which of them a node serves redirected clients on is Azure's own affair (fact 4.8). */
    private static final PortRange REDIRECT = new PortRange(11_000, 11_999);

    private static final int DIRECT_PORT = 1433;

    private final Topology topology;
    private final Era era;
    private final AssumedAddresses addresses;
    private final PublicAddresses publicAddresses;
    private final CompileNotices notices;
    private final ImmutableMap<String, Address> resolved;
    private final AssumedAddress holds;
    private final GroupListeners listeners;

    /** {@code resolved} is what a resolver is known to answer, by lower-case host name. */
    InstancePlacement(
            Topology topology,
            Era era,
            AssumedAddresses addresses,
            PublicAddresses publicAddresses,
            CompileNotices notices,
            ImmutableMap<String, Address> resolved,
            AssumedAddress holds) {
        this.resolved = resolved;
        this.holds = holds;
        this.topology = topology;
        this.era = era;
        this.addresses = addresses;
        this.publicAddresses = publicAddresses;
        this.notices = notices;
        this.listeners = new GroupListeners(topology, notices);
    }

    Estate place() {
        ImmutableList.Builder<VirtualCluster> clusters = ImmutableList.builder();
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                List<ManagedInstance> instances = new ArrayList<>();
                for (ManagedInstance instance : topology.managedInstances()) {
                    if (instance.subnet().is(subnet.id())) instances.add(instance);
                }
                if (!instances.isEmpty()) place(subnet, instances).ifPresent(clusters::add);
            }
        }
        ImmutableList<VirtualCluster> placed = clusters.build();
        ImmutableList.Builder<Unplaced> unplaced = ImmutableList.builder();
        for (ManagedInstance instance : topology.managedInstances()) {
            if (!isIn(placed, instance)) unplaced.add(unplaced(instance));
        }
        unplaced.addAll(listeners.withoutInstance(placed));
        listeners.tellZones(placed);
        NameZones names = new NameZones(topology, notices);
        return new Estate(placed, unplaced.build(), names.endpoints(), names.names(placed));
    }

    private static boolean isIn(List<VirtualCluster> clusters, ManagedInstance instance) {
        for (VirtualCluster cluster : clusters) {
            for (Hosted hosted : cluster.instances()) if (hosted.id().equals(instance.id())) return true;
        }
        return false;
    }

    private Unplaced unplaced(ManagedInstance instance) {
        String missing;
        if (instance.subnet() instanceof Given.Unknown<ResourceId> unknown) {
            missing = "the subnet of instance " + instance.id().name() + ": " + unknown.what();
        } else {
            ResourceId subnet = instance.subnet().value().orElseThrow();
            missing = topology.subnet(subnet).isPresent()
                    ? "room in subnet " + subnet.qualifiedName() + " for the machines of "
                            + instance.id().name()
                    : "subnet " + subnet.qualifiedName() + ", in which instance "
                            + instance.id().name() + " is";
        }
        ResourceId zoned = instance.subnet().value().orElse(instance.id());
        return new Unplaced(instance.id(), hostName(instance, HostName.zoneOf(zoned)), missing);
    }

    private Optional<VirtualCluster> place(Subnet subnet, List<ManagedInstance> instances) {
        String zone = zone(subnet.id(), instances);
        @Nullable Address stated = statedLoadBalancer(subnet, zone, instances);
        Optional<Address> loadBalancer = stated != null ? Optional.of(stated) : addresses.nextFree(subnet);
        List<Address> gateways = new ArrayList<>();
        for (int i = 0; i < GATEWAYS; i++) addresses.nextFree(subnet).ifPresent(gateways::add);
        if (loadBalancer.isEmpty() || gateways.size() < GATEWAYS) {
            notices.add(
                    "SUBNET_TOO_SMALL",
                    "subnet " + subnet.id().qualifiedName() + " has no room for the machines of its instances",
                    subnet.place());
            return Optional.empty();
        }
        ImmutableList.Builder<Hosted> hosted = ImmutableList.builder();
        int nodeIndex = 0;
        for (ManagedInstance instance : instances) {
            List<Node> nodes = new ArrayList<>();
            int wanted = isBusinessCritical(instance) ? BUSINESS_CRITICAL_NODES : 1;
            for (int i = 0; i < wanted; i++, nodeIndex++) {
                int port = era.redirectRange() ? REDIRECT.first() + nodeIndex : DIRECT_PORT;
                boolean assumed = era.redirectRange() && holds == AssumedAddress.MAY_DIFFER;
                PortRange ports = assumed ? REDIRECT : new PortRange(port, port);
                String name = "node" + nodeIndex + ".worker." + zone + HostName.SUFFIX;
                addresses.nextFree(subnet).ifPresent(address -> nodes.add(new Node(name, address, port, ports)));
            }
            if (nodes.size() < wanted) {
                notices.add(
                        "SUBNET_TOO_SMALL",
                        "subnet " + subnet.id().qualifiedName() + " has room for " + nodes.size() + " of the " + wanted
                                + " nodes of " + instance.id().name(),
                        subnet.place());
            }
            if (nodes.isEmpty()) continue;
            hosted.add(new Hosted(
                    instance.id(),
                    instance.place(),
                    hostName(instance, zone),
                    publicEndpoint(instance.publicDataEndpointEnabled()),
                    connectionType(instance),
                    ImmutableList.copyOf(nodes),
                    listeners.of(instance.id(), hostName(instance, zone))));
        }
        notices.add(
                "INSTANCE_ADDRESSES_ASSUMED",
                "the machines of the instances in subnet " + subnet.id().name() + " are assumed at the lowest free"
                        + " addresses: load balancer " + loadBalancer.get()
                        + (stated == null ? "" : " (as the resolver answers)") + ", gateways " + gateways.get(0)
                        + " and "
                        + gateways.get(1) + ", then the nodes",
                subnet.place());
        ImmutableList<Hosted> all = hosted.build();
        boolean isPublic = all.stream().anyMatch(instance -> instance.publicEndpoint() == PublicEndpoint.ON);
        return Optional.of(new VirtualCluster(
                subnet.id(),
                zone,
                loadBalancer.get(),
                isPublic ? publicAddress(all) : null,
                ImmutableList.copyOf(gateways),
                all,
                management(instances)));
    }

    /** The address that an instance of the cluster states; without one, one that surely nobody else has. */
    private @Nullable Management management(List<ManagedInstance> instances) {
        Optional<ManagementPlane> plane = ManagementPlane.of(era);
        if (plane.isEmpty()) return null;
        for (ManagedInstance instance : instances) {
            if (instance.managementIpAddress() instanceof Given.Known<Address> stated) {
                return new Management(stated.known(), false, plane.get());
            }
        }
        return new Management(publicAddresses.nextOfManagement(), true, plane.get());
    }

    /** Where the input does not place the load balancer, a resolver's answer from within the subnet does. */
    private @Nullable Address statedLoadBalancer(Subnet subnet, String zone, List<ManagedInstance> instances) {
        for (ManagedInstance instance : instances) {
            @Nullable Address answer = resolved.get(Ascii.toLowerCase(hostName(instance, zone)));
            if (answer != null && addresses.state(subnet, answer)) return answer;
        }
        return null;
    }

    /** What a resolver answers for a public endpoint is its address; without an answer, one that nobody has. */
    private Address publicAddress(List<Hosted> instances) {
        for (Hosted instance : instances) {
            @Nullable Address answer = resolved.get(Ascii.toLowerCase(HostName.publicName(instance.hostName())));
            if (answer != null && PlatformRanges.PUBLIC_SPACE.contains(answer)) return answer;
        }
        return publicAddresses.next();
    }

    private static PublicEndpoint publicEndpoint(Given<Boolean> enabled) {
        if (enabled.isUnknown()) return PublicEndpoint.UNKNOWN;
        return enabled.is(true) ? PublicEndpoint.ON : PublicEndpoint.OFF;
    }

    private static boolean isBusinessCritical(ManagedInstance instance) {
        return instance.tier() != null && instance.tier().is("BusinessCritical");
    }

    /** The first stated zone holds for the cluster (fact 4.52); without one a stable one is made. */
    private String zone(ResourceId subnet, List<ManagedInstance> instances) {
        for (ManagedInstance instance : instances) if (instance.dnsZone() != null) return instance.dnsZone();
        for (ManagedInstance instance : instances) {
            Optional<String> shared = listeners.sharedZone(instance);
            if (shared.isPresent()) return shared.get();
        }
        return HostName.zoneOf(subnet);
    }

    private static String hostName(ManagedInstance instance, String zone) {
        String stated = instance.fullyQualifiedDomainName();
        if (stated != null) return stated;
        return instance.id().name() + "." + (instance.dnsZone() != null ? instance.dnsZone() : zone) + HostName.SUFFIX;
    }

    /** A type set to Default before October 2025 stays Proxy (fact 4.7), which is what the era's default says. */
    private String connectionType(ManagedInstance instance) {
        String stated = instance.proxyOverride() == null
                ? "Default"
                : instance.proxyOverride().orElse("Default");
        if (stated.equalsIgnoreCase("Redirect")) return "Redirect";
        return stated.equalsIgnoreCase("Proxy") ? "Proxy" : era.defaultConnectionType();
    }
}
