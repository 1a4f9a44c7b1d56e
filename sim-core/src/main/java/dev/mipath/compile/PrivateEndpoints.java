package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.compile.RouteRows.PrivateEndpointAddress;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/** Finds the private endpoints whose /32 a VNet has: its own and its peers' (facts 3.20, 8.5). */
final class PrivateEndpoints {
    private PrivateEndpoints() {}

    static ImmutableList<PrivateEndpointAddress> within(VnetReach reach, Topology topology) {
        ImmutableList.Builder<PrivateEndpointAddress> all = ImmutableList.builder();
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            @Nullable Given<Address> given = endpoint.privateIpAddress();
            @Nullable Address address = given == null ? null : given.value().orElse(null);
            if (address == null) continue;
            add(reach.vnet(), endpoint, address, all);
            for (VnetReach.Peer peer : reach.peers()) {
                boolean connected = peer.state().is(Peering.State.CONNECTED);
                if (peer.remote() != null && connected) add(peer.remote(), endpoint, address, all);
            }
        }
        return all.build();
    }

    private static void add(
            Vnet vnet, PrivateEndpoint endpoint, Address address, ImmutableList.Builder<PrivateEndpointAddress> all) {
        for (Subnet subnet : vnet.subnets()) {
            if (!endpoint.subnet().is(subnet.id())) continue;
            for (Given<Prefix> given : vnet.addressPrefixes()) {
                given.value()
                        .filter(range -> range.contains(address))
                        .ifPresent(range -> all.add(new PrivateEndpointAddress(
                                Prefix.host(address), range, routesApply(subnet), endpoint.place())));
            }
        }
    }

    private static boolean routesApply(Subnet subnet) {
        @Nullable String policies = subnet.privateEndpointNetworkPolicies();
        if (policies == null) return false;
        String word = Ascii.toLowerCase(policies);
        return word.equals("enabled") || word.equals("routetableenabled");
    }
}
