package dev.mipath.compile;

import dev.mipath.topology.Given;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** User routes to a virtual network gateway, which are for VPN gateways only (fact 2.9, trap 34). */
final class GatewayRoutes {
    private final Topology topology;

    GatewayRoutes(Topology topology) {
        this.topology = topology;
    }

    /** Tells of a route that leads to an ExpressRoute gateway in some VNet. */
    void tell(RouteTable table, Route route, Set<Notice> all) {
        for (Vnet vnet : topology.vnets()) {
            if (!uses(vnet, table)) continue;
            for (VirtualNetworkGateway gateway : topology.virtualNetworkGateways()) {
                boolean express = gateway.type()
                        .value()
                        .filter("ExpressRoute"::equalsIgnoreCase)
                        .isPresent();
                if (!express || !isWithin(gateway, vnet)) continue;
                all.add(new Notice(
                        "GATEWAY_ROUTE_NOT_VPN",
                        "route " + route.name() + " of " + table.id().name()
                                + " leads to the virtual network gateway, and "
                                + gateway.id().name() + " is of type ExpressRoute; Azure supports such routes for VPN"
                                + " gateways only, what it does with the packets is not certain",
                        route.place()));
            }
        }
    }

    private static boolean uses(Vnet vnet, RouteTable table) {
        for (Subnet subnet : vnet.subnets()) {
            @Nullable Given<ResourceId> attached = subnet.attached().routeTable();
            if (attached != null && attached.is(table.id())) return true;
        }
        return false;
    }

    /** Whether a gateway stands in a VNet, or in one whose gateway the VNet uses. */
    private boolean isWithin(VirtualNetworkGateway gateway, Vnet vnet) {
        if (stands(gateway, vnet)) return true;
        for (Peering peering : vnet.peerings()) {
            if (!peering.flags().useRemoteGateways().is(true)) continue;
            for (Vnet remote : topology.vnets()) {
                if (peering.remoteVnet().is(remote.id()) && stands(gateway, remote)) return true;
            }
        }
        return false;
    }

    private static boolean stands(VirtualNetworkGateway gateway, Vnet vnet) {
        for (Subnet subnet : vnet.subnets()) if (gateway.subnet().is(subnet.id())) return true;
        return false;
    }
}
