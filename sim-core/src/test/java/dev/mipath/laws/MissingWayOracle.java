package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import dev.mipath.net.Address;
import dev.mipath.topology.Peering;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Why no route of a VNet leads to an address that the drawing has, by facts 3.1, 3.2 and 3.5. */
final class MissingWayOracle {
    private final PlainFacts facts;

    MissingWayOracle(PlainFacts facts) {
        this.facts = facts;
    }

    /** What a system route's None really means here. */
    String whyNone(Vnet from, Address destination) {
        if (isBroken(from, destination)) return "PEERING_NOT_CONNECTED";
        if (isBehindPeers(from, destination)) return "PEERING_NOT_TRANSITIVE";
        return isNotLent(from, destination) ? "GATEWAY_TRANSIT_MISMATCH" : "ROUTE_NONE";
    }

    private List<Vnet> all() {
        return facts.world.topology().vnets();
    }

    private static boolean has(Vnet vnet, Address address) {
        return PlainFacts.anyHolds(PlainFacts.ranges(vnet), address);
    }

    private static List<Peering> links(Vnet from, Vnet to) {
        return from.peerings().stream()
                .filter(link -> known(link.remoteVnet()).equals(to.id()))
                .toList();
    }

    private boolean isBroken(Vnet from, Address destination) {
        for (Vnet other : all()) {
            if (!has(other, destination)) continue;
            List<Peering> there = links(from, other);
            if (there.stream().anyMatch(link -> !facts.connected(from, link))) return true;
            if (there.isEmpty() && !links(other, from).isEmpty()) return true;
        }
        return false;
    }

    private boolean areJoined(Vnet one, Vnet other) {
        return links(one, other).stream().anyMatch(link -> facts.connected(one, link))
                && links(other, one).stream().anyMatch(link -> facts.connected(other, link));
    }

    /** Whoever joins somebody who is in already is in, until nobody comes any more. */
    private boolean isBehindPeers(Vnet from, Address destination) {
        List<Vnet> in = new ArrayList<>(List.of(from));
        boolean grows = true;
        while (grows) {
            List<Vnet> more = all().stream()
                    .filter(vnet -> !in.contains(vnet) && in.stream().anyMatch(member -> areJoined(member, vnet)))
                    .toList();
            in.addAll(more);
            grows = !more.isEmpty();
        }
        return in.stream().anyMatch(vnet -> !vnet.id().equals(from.id()) && has(vnet, destination));
    }

    /** Whether what a route to a gateway lacks is a peer's gateway, and not a way to a VNet that has the address itself. */
    boolean isNotLentFor(Vnet from, Address destination) {
        return whyNone(from, destination).equals("GATEWAY_TRANSIT_MISMATCH");
    }

    /** Whether the gateway of a peer knows the address and could be lent, but is not. */
    private boolean isNotLent(Vnet from, Address destination) {
        boolean ownGateway = facts.world.topology().virtualNetworkGateways().stream()
                .anyMatch(gateway ->
                        stands(gateway, from) && !facts.behind(gateway).isEmpty());
        if (ownGateway) return false;
        for (VirtualNetworkGateway gateway : facts.world.topology().virtualNetworkGateways()) {
            Optional<Vnet> owner =
                    all().stream().filter(vnet -> stands(gateway, vnet)).findFirst();
            if (owner.isEmpty() || !areJoined(from, owner.get())) continue;
            Peering own = links(from, owner.get()).get(0);
            Peering back = links(owner.get(), from).get(0);
            boolean usesAnother = from.peerings().stream()
                    .anyMatch(link -> !link.equals(own) && known(link.flags().useRemoteGateways()));
            boolean lent =
                    known(own.flags().useRemoteGateways()) && known(back.flags().allowGatewayTransit());
            boolean knows =
                    facts.behind(gateway).stream().anyMatch(range -> range.length() > 0 && range.contains(destination));
            if (!usesAnother && !lent && knows) return true;
        }
        return false;
    }

    private static boolean stands(VirtualNetworkGateway gateway, Vnet vnet) {
        return vnet.subnets().stream().anyMatch(subnet -> subnet.id().equals(known(gateway.subnet())));
    }
}
