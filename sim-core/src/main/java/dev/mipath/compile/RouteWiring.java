package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.AddressSwitch;
import dev.mipath.azure.Host;
import dev.mipath.azure.RouteChoice;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.azure.UnknownAppliance;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.VirtualNetworkGateway;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Builds the route choice of a subnet and what its next hops lead to. */
final class RouteWiring {
    private final Wiring wiring;
    private final AssumedAddresses addresses;
    private final List<VirtualCluster> basicBalancers;
    private final Map<String, Integer> applianceWays = new HashMap<>();

    /** {@code basicBalancers} are the clusters that global peering does not reach. */
    RouteWiring(Wiring wiring, AssumedAddresses addresses, List<VirtualCluster> basicBalancers) {
        this.wiring = wiring;
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
                        targets.build()));
    }

    private int target(SubnetView view, EffectiveRoutes routes, RouteFact route) {
        NextHopType type = route.hop().type().value().orElse(NextHopType.NONE);
        return switch (type) {
            case INTERNET, VIRTUAL_NETWORK_SERVICE_ENDPOINT -> wiring.internet;
            case VNET_LOCAL -> wiring.vnetSwitch(view.reach().vnet().id());
            case VNET_PEERING, VNET_GLOBAL_PEERING -> peering(view, routes, route);
            case VIRTUAL_NETWORK_GATEWAY -> gateway(view.reach());
            case VIRTUAL_APPLIANCE -> appliance(view, route);
            case INTERFACE_ENDPOINT -> endpoint(route);
            case NONE -> Wiring.NOWHERE;
        };
    }

    private int endpoint(RouteFact route) {
        Address address = route.prefixes().get(0).network();
        return wiring.add(Host.ofAll(new Host.Owner("private endpoint " + address, null)));
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
                return wiring.gate(view.reach(), peer, basicBalancers, next);
            }
        }
        return Wiring.NOWHERE;
    }

    /** The sites behind the VNet's gateway, or behind the one it uses of a peer. */
    private int gateway(VnetReach reach) {
        SortedMap<Prefix, Integer> sites = new TreeMap<>();
        @Nullable VirtualNetworkGateway gateway = null;
        boolean complete = true;
        for (VnetReach.Learnt learnt : reach.learnt()) {
            gateway = learnt.gateway();
            @Nullable Prefix prefix = learnt.prefix().value().orElse(null);
            boolean certain = prefix != null && learnt.missing().isEmpty();
            complete &= certain;
            if (prefix != null && certain) sites.put(prefix, wiring.siteHost(learnt));
        }
        if (gateway == null) return Wiring.NOWHERE;
        return wiring.add(new AddressSwitch(
                "gateway " + gateway.id().name(), gateway.id(), PrefixSweep.longest(sites), complete));
    }

    private int appliance(SubnetView view, RouteFact route) {
        @Nullable Given<Address> hop = route.hop().address();
        @Nullable Address address = hop == null ? null : hop.value().orElse(null);
        if (address == null) return Wiring.NOWHERE;
        String key = view.reach().vnet().id() + " " + address;
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
                    return wiring.gate(view.reach(), peer, basicBalancers, wiring.wayTo(assignment, there));
                }
            }
        }
        return wiring.add(new UnknownAppliance(address));
    }
}
