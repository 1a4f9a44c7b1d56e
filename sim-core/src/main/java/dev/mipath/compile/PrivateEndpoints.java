package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.RouteRows.PrivateEndpointAddress;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the private endpoints whose /32 a VNet has: its own and its peers' (facts 3.20, 8.5). */
final class PrivateEndpoints {
    private PrivateEndpoints() {}

    static ImmutableList<PrivateEndpointAddress> within(VnetReach reach, Topology topology) {
        ImmutableList.Builder<PrivateEndpointAddress> all = ImmutableList.builder();
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            List<Given<?>> conditions = List.of(endpoint.subnet());
            add(reach.vnet(), endpoint, conditions, all);
            for (VnetReach.Peer peer : reach.peers()) {
                if (!peer.state().mayBe(Peering.State.CONNECTED)) continue;
                if (peer.remote() != null) {
                    add(peer.remote(), endpoint, List.of(endpoint.subnet(), peer.state()), all);
                } else if (endpoint.subnet().value().flatMap(topology::subnet).isEmpty()) {
                    all.add(somewhereBehind(peer, endpoint));
                }
            }
        }
        return all.build();
    }

    private static void add(
            Vnet vnet,
            PrivateEndpoint endpoint,
            List<Given<?>> conditions,
            ImmutableList.Builder<PrivateEndpointAddress> all) {
        for (Subnet subnet : vnet.subnets()) {
            if (!endpoint.subnet().mayBe(subnet.id())) continue;
            Optional<Address> address = addressOf(endpoint);
            if (address.isEmpty()) {
                List<Given<?>> more = new ArrayList<>(conditions);
                more.add(unknownAddress(endpoint));
                all.add(new PrivateEndpointAddress(
                        Meaning.ofPrefixes(subnet.prefixes()).possible(),
                        null,
                        routesApply(subnet),
                        missing(more),
                        endpoint.place()));
                continue;
            }
            for (Given<Prefix> range : vnet.addressPrefixes()) {
                if (range.value()
                        .filter(known -> !known.contains(address.get()))
                        .isPresent()) continue;
                List<Given<?>> more = new ArrayList<>(conditions);
                more.add(range);
                all.add(new PrivateEndpointAddress(
                        AddressSet.of(Prefix.host(address.get())),
                        range.value().orElse(null),
                        routesApply(subnet),
                        missing(more),
                        endpoint.place()));
            }
        }
    }

    /** An endpoint whose subnet the input does not hold may stand in a peer that it does not hold. */
    private static PrivateEndpointAddress somewhereBehind(VnetReach.Peer peer, PrivateEndpoint endpoint) {
        AddressSet possible = addressOf(endpoint)
                .map(address -> AddressSet.of(Prefix.host(address)))
                .orElseGet(() -> Meaning.ofPrefixes(peer.ranges()).possible());
        String what = "the VNet of private endpoint " + endpoint.id().name();
        return new PrivateEndpointAddress(possible, null, false, ImmutableList.of(what), endpoint.place());
    }

    private static Optional<Address> addressOf(PrivateEndpoint endpoint) {
        @Nullable Given<Address> given = endpoint.privateIpAddress();
        return given == null ? Optional.empty() : given.value();
    }

    private static Given<Address> unknownAddress(PrivateEndpoint endpoint) {
        return Given.unknown(
                "the private address of private endpoint " + endpoint.id().name(), endpoint.place());
    }

    private static ImmutableList<String> missing(List<Given<?>> conditions) {
        ImmutableList.Builder<String> missing = ImmutableList.builder();
        for (Given<?> condition : conditions) {
            if (condition instanceof Given.Unknown<?> unknown) missing.add(unknown.what());
        }
        return missing.build();
    }

    /** Whether security groups of the subnet filter what comes to its endpoints (fact 3.21). */
    static boolean groupsApply(Subnet subnet) {
        @Nullable String policies = subnet.privateEndpointNetworkPolicies();
        if (policies == null) return false;
        String word = Ascii.toLowerCase(policies);
        return word.equals("enabled") || word.equals("networksecuritygroupenabled");
    }

    private static boolean routesApply(Subnet subnet) {
        @Nullable String policies = subnet.privateEndpointNetworkPolicies();
        if (policies == null) return false;
        String word = Ascii.toLowerCase(policies);
        return word.equals("enabled") || word.equals("routetableenabled");
    }
}
