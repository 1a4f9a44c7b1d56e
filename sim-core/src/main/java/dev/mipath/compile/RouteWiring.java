package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.AddressSwitch;
import dev.mipath.azure.EndpointDoor;
import dev.mipath.azure.RouteChoice;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.azure.UnknownAppliance;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the route choice of a subnet and what its next hops lead to. */
final class RouteWiring {
    private final Topology topology;
    private final Wiring wiring;
    private final AssumedAddresses addresses;
    private final BalancerWiring balancers;
    private final List<VirtualCluster> basicBalancers;
    private final Map<String, Integer> applianceWays = new HashMap<>();
    private final Map<List<Object>, Ways> gatewayWays = new HashMap<>();

    /** {@code basicBalancers} are the clusters that global peering does not reach. */
    RouteWiring(
            Topology topology,
            Wiring wiring,
            AssumedAddresses addresses,
            BalancerWiring balancers,
            List<VirtualCluster> basicBalancers) {
        this.topology = topology;
        this.wiring = wiring;
        this.balancers = balancers;
        this.addresses = addresses;
        this.basicBalancers = basicBalancers;
    }

    void build(SubnetView view, EffectiveRoutes routes) {
        ImmutableList.Builder<Integer> targets = ImmutableList.builder();
        Map<RouteFact, Integer> known = new HashMap<>();
        int hostServices =
                routes.table().match(PlatformRanges.HOST_SERVICES.network().bits());
        int instanceMetadata =
                routes.table().match(PlatformRanges.INSTANCE_METADATA.network().bits());
        for (int i = 0; i < routes.choices().size(); i++) {
            Choice choice = routes.choices().get(i);
            @Nullable Candidate winner = choice.winner();
            if (i == hostServices || i == instanceMetadata) {
                targets.add(wiring.platform);
                continue;
            }
            if (winner == null || choice.contrary() != null) {
                targets.add(Wiring.NOWHERE);
                continue;
            }
            @Nullable Integer target = known.get(winner.route());
            if (target == null) {
                target = target(view, routes, winner.route());
                known.put(winner.route(), target);
            }
            targets.add(target);
        }
        wiring.set(
                wiring.routeChoice(view.subnet().id()),
                new RouteChoice(
                        "routes of subnet " + view.subnet().id().qualifiedName(),
                        routes.facts(),
                        routes.table(),
                        routes.choices(),
                        targets.build(),
                        wiring.missingWays.of(view.reach())));
    }

    private int target(SubnetView view, EffectiveRoutes routes, RouteFact route) {
        NextHopType type = route.hop().type().value().orElse(NextHopType.NONE);
        return switch (type) {
            // Fact 3.19: by a service endpoint the service sees the private address.
            case VIRTUAL_NETWORK_SERVICE_ENDPOINT -> wiring.services;
            case INTERNET ->
                view.isGatewaySubnet()
                        ? wiring.internet
                        : wiring.exit(view.subnet().id());
            case VNET_LOCAL -> wiring.vnetSwitch(view.reach().vnet().id());
            case VNET_PEERING, VNET_GLOBAL_PEERING -> peering(view, routes, route);
            case VIRTUAL_NETWORK_GATEWAY -> gateway(view);
            case VIRTUAL_APPLIANCE -> appliance(view, route);
            case INTERFACE_ENDPOINT -> endpoint(route);
            case NONE -> Wiring.NOWHERE;
        };
    }

    private int endpoint(RouteFact route) {
        Address address = route.prefixes().get(0).network();
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            @Nullable Given<Address> declared = endpoint.privateIpAddress();
            boolean meant = declared != null
                    && declared.is(address)
                    && endpoint.place().equals(route.origin().place());
            if (meant) return endpoint(endpoint, address);
        }
        // A recorded table shows endpoints that the input does not declare.
        return wiring.add(
                new EndpointDoor("private endpoint " + address, new ResourceId("private endpoint " + address), 0));
    }

    /** Fact 3.21: the endpoint's subnet filters only where its network policies say so. */
    private int endpoint(PrivateEndpoint endpoint, Address address) {
        boolean instance = topology.managedInstances().stream()
                .anyMatch(candidate ->
                        endpoint.service() != null && endpoint.service().is(candidate.id()));
        int door = wiring.add(new EndpointDoor(
                "private endpoint " + endpoint.id().name() + " " + address,
                endpoint.id(),
                instance ? Gateway.PORT : 0));
        @Nullable
        SubnetView there = endpoint.subnet().value().map(wiring.views::get).orElse(null);
        return there != null && PrivateEndpoints.groupsApply(there.subnet()) ? wiring.filtered(there, door) : door;
    }

    private int peering(SubnetView view, EffectiveRoutes routes, RouteFact route) {
        for (EffectiveRoutes.Row row : routes.rows()) {
            if (!row.route().equals(route) || row.link() == null) continue;
            for (VnetReach.Peer peer : view.reach().peers()) {
                if (!peer.link().id().equals(row.link().id())) continue;
                // Without the other VNet the gate stays shut: its link back is not known.
                int next = peer.remote() == null
                        ? Wiring.NOWHERE
                        : wiring.vnetSwitch(peer.remote().id());
                return wiring.gate(view, peer, outOfReach(peer), next);
            }
        }
        return Wiring.NOWHERE;
    }

    /** Fact 3.7: over global peering a Basic load balancer's frontend is out of reach, machines are not. */
    private AddressSet outOfReach(VnetReach.Peer peer) {
        @Nullable Vnet remote = peer.remote();
        if (!peer.isGlobal() || remote == null) return AddressSet.empty();
        ImmutableList.Builder<Prefix> frontends = ImmutableList.builder();
        for (VirtualCluster cluster : basicBalancers) {
            for (Subnet subnet : remote.subnets()) {
                if (cluster.subnet().equals(subnet.id())) frontends.add(Prefix.host(cluster.loadBalancer()));
            }
        }
        for (LoadBalancer balancer : topology.loadBalancers()) {
            if (!"Basic".equalsIgnoreCase(balancer.sku())) continue;
            for (Address frontend : balancers.privateFrontends(balancer, remote)) frontends.add(Prefix.host(frontend));
        }
        return AddressSet.of(frontends.build());
    }

    /** The VNet's own gateway, or the one it uses of a peer, which is reached through the peering (facts 3.3, 3.5). */
    private int gateway(SubnetView view) {
        int gateway = learntAndKnown(view);
        for (VnetReach.Learnt learnt : view.reach().learnt()) {
            for (VnetReach.Peer peer : view.reach().peers()) {
                if (peer.remote() != null && MissingWayFinder.stands(learnt.gateway(), peer.remote())) {
                    return wiring.gate(view, peer, AddressSet.empty(), gateway);
                }
            }
        }
        return gateway;
    }

    /**
     * The sites behind a gateway, and the VNets it knows: it forwards between them by the routes of its own subnet (fact
     * 3.4).
     */
    private int learntAndKnown(SubnetView view) {
        SortedMap<Prefix, Integer> sites = new TreeMap<>();
        Set<ResourceId> gateways = new HashSet<>();
        @Nullable VirtualNetworkGateway gateway = null;
        boolean complete = true;
        boolean reached = false;
        for (VnetReach.Learnt learnt : view.reach().learnt()) {
            gateway = learnt.gateway();
            reached |= learnt.missing().isEmpty()
                    || MissingWayFinder.stands(gateway, view.reach().vnet());
            gateways.add(gateway.id());
            @Nullable Prefix prefix = learnt.prefix().value().orElse(null);
            boolean certain = prefix != null && learnt.missing().isEmpty();
            complete &= certain;
            if (prefix != null && certain) sites.put(prefix, wiring.siteHost(learnt));
            if (prefix != null && !certain) sites.putIfAbsent(prefix, PrefixSweep.OPEN);
        }
        if (gateway == null) return Wiring.NOWHERE;
        // Which of several gateways takes the packets, or whether one does, is as open as what they have learnt.
        Ways ways = !reached || !complete && gateways.size() > 1
                ? Ways.UNKNOWN
                : view.isGatewaySubnet()
                        ? new Ways(PrefixSweep.longest(sites), complete)
                        : withVnets(gateway, sites, complete);
        return wiring.add(
                new AddressSwitch("gateway " + gateway.id().name(), gateway.id(), ways.table(), ways.complete()));
    }

    /** Where a gateway sends, and whether that is all. */
    private record Ways(LpmTable table, boolean complete) {
        static final Ways UNKNOWN = new Ways(new LpmTable.Builder().build(), false);
    }

    /** One table for all subnets that send to a gateway and know the same sites behind it; a hub has hundreds. */
    private Ways withVnets(VirtualNetworkGateway gateway, SortedMap<Prefix, Integer> sites, boolean complete) {
        @Nullable
        SubnetView own = gateway.subnet().value().map(wiring.views::get).orElse(null);
        if (own == null) return Ways.UNKNOWN;
        List<Object> key = List.of(gateway.id(), new TreeMap<>(sites));
        @Nullable Ways known = gatewayWays.get(key);
        if (known == null) {
            known = addVnets(own, sites)
                    ? new Ways(PrefixSweep.longest(sites), complete)
                    : new Ways(PrefixSweep.longest(sites), false);
            gatewayWays.put(key, known);
        }
        return known;
    }

    /**
     * Puts the VNets that a gateway knows over what its sites announce: inside a VNet's range that does not count (fact
     * 2.7). Returns whether it is known which ranges those are; where it is not, the table is left open.
     */
    private boolean addVnets(SubnetView own, SortedMap<Prefix, Integer> ways) {
        List<Prefix> certain = new ArrayList<>();
        List<Prefix> possible = new ArrayList<>();
        boolean complete = add(own.reach().vnet().addressPrefixes(), certain);
        for (VnetReach.Peer peer : own.reach().peers()) {
            if (!peer.state().mayBe(Peering.State.CONNECTED)) continue;
            boolean connected = peer.state().is(Peering.State.CONNECTED);
            complete &= add(peer.ranges(), connected ? certain : possible);
        }
        if (!complete) ways.clear();
        for (Prefix range : possible) {
            if (certain.stream().anyMatch(other -> other.contains(range))) continue;
            complete = false;
            ways.keySet().removeIf(range::contains);
            ways.put(range, PrefixSweep.OPEN);
        }
        for (Prefix range : certain) ways.keySet().removeIf(range::contains);
        for (Prefix range : certain)
            ways.put(range, wiring.routeChoice(own.subnet().id()));
        return complete;
    }

    private static boolean add(List<Given<Prefix>> ranges, List<Prefix> all) {
        boolean complete = true;
        for (Given<Prefix> range : ranges) {
            complete &= !range.isUnknown();
            range.value().ifPresent(all::add);
        }
        return complete;
    }

    private int appliance(SubnetView view, RouteFact route) {
        @Nullable Given<Address> hop = route.hop().address();
        @Nullable Address address = hop == null ? null : hop.value().orElse(null);
        if (address == null) return Wiring.NOWHERE;
        String key = (view.isGatewaySubnet() ? "gateway of " : "")
                + view.reach().vnet().id() + " " + address;
        @Nullable Integer known = applianceWays.get(key);
        if (known != null) return known;
        int way = wayToAppliance(view, address);
        applianceWays.put(key, way);
        return way;
    }

    /** An appliance has to be in the VNet or in one peered with it (fact 2.10). */
    private int wayToAppliance(SubnetView view, Address address) {
        for (Assignment assignment : addresses.assignments()) {
            @Nullable SubnetView there = wiring.views.get(assignment.subnet());
            if (!address.equals(assignment.address()) || there == null) continue;
            if (there.reach().vnet().id().equals(view.reach().vnet().id())) return wiring.wayTo(assignment, there);
            for (VnetReach.Peer peer : view.reach().peers()) {
                if (peer.remote() != null
                        && peer.remote().id().equals(there.reach().vnet().id())) {
                    return wiring.gate(view, peer, AddressSet.empty(), wiring.wayTo(assignment, there));
                }
            }
        }
        return wayToBalanced(view, address);
    }

    /** Appliances behind an internal load balancer's frontend. */
    private int wayToBalanced(SubnetView view, Address address) {
        @Nullable Integer own = balancers.wayToAppliances(address, view.reach().vnet());
        if (own != null) return own;
        for (VnetReach.Peer peer : view.reach().peers()) {
            @Nullable Integer theirs = peer.remote() == null ? null : balancers.wayToAppliances(address, peer.remote());
            if (theirs != null) return wiring.gate(view, peer, AddressSet.empty(), theirs);
        }
        return wiring.add(new UnknownAppliance(address));
    }
}
