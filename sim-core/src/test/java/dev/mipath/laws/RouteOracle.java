package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;
import static dev.mipath.topology.NextHopType.INTERFACE_ENDPOINT;
import static dev.mipath.topology.NextHopType.INTERNET;
import static dev.mipath.topology.NextHopType.NONE;
import static dev.mipath.topology.NextHopType.VIRTUAL_APPLIANCE;
import static dev.mipath.topology.NextHopType.VIRTUAL_NETWORK_GATEWAY;
import static dev.mipath.topology.NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT;
import static dev.mipath.topology.NextHopType.VNET_GLOBAL_PEERING;
import static dev.mipath.topology.NextHopType.VNET_LOCAL;
import static dev.mipath.topology.NextHopType.VNET_PEERING;

import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Which route a packet takes, worked out from every row that could exist, as the facts word it. */
final class RouteOracle {
    private final PlainFacts facts;

    RouteOracle(PlainFacts facts) {
        this.facts = facts;
    }

    /** Who installs a row, in the order of preference at equal prefixes (fact 2.1). */
    enum From {
        USER,
        GATEWAY,
        SYSTEM
    }

    /** One prefix of one row. */
    record Row(
            From from,
            Prefix prefix,
            NextHopType hop,
            @Nullable Address address,
            @Nullable ResourceId table,
            @Nullable String name,
            @Nullable String tag,
            boolean overridesBgp,
            boolean active) {
        Row inactive() {
            return new Row(from, prefix, hop, address, table, name, tag, overridesBgp, false);
        }
    }

    /** The row that takes the packet, or null when none covers the destination. */
    @Nullable
    Row ask(List<Row> all, Address destination) {
        List<Row> covering = covering(all, destination);
        boolean platform = FlowOracle.isPlatform(destination);
        // Fact 2.22: no table moves the platform's own addresses.
        List<Row> taking = covering.stream()
                .filter(row -> platform ? row.from == From.SYSTEM : row.active)
                .toList();
        for (NextHopType endpoint : List.of(VIRTUAL_NETWORK_SERVICE_ENDPOINT, INTERFACE_ENDPOINT)) {
            List<Row> special =
                    taking.stream().filter(row -> row.hop == endpoint).toList();
            if (!special.isEmpty()) return longest(special);
        }
        boolean noGatewayRoutes = taking.stream().anyMatch(RouteOracle::keepsGatewayRoutesOut);
        return longest(taking.stream()
                .filter(row -> !(noGatewayRoutes && row.from == From.GATEWAY))
                .toList());
    }

    static List<Row> covering(List<Row> all, Address destination) {
        List<Row> covering = new ArrayList<>();
        for (Row row : all) if (row.prefix.contains(destination)) covering.add(row);
        return covering;
    }

    /** Facts 2.7 and 2.18. */
    static boolean keepsGatewayRoutesOut(Row row) {
        boolean vnetOrPeer = row.hop == VNET_LOCAL || row.hop == VNET_PEERING || row.hop == VNET_GLOBAL_PEERING;
        return row.overridesBgp || row.from == From.SYSTEM && vnetOrPeer;
    }

    private static @Nullable Row longest(List<Row> rows) {
        return rows.stream()
                .min(Comparator.comparingInt((Row row) -> -row.prefix.length())
                        .thenComparing(Row::from)
                        .thenComparing(row -> tagRank(row.tag)))
                .orElse(null);
    }

    /** Fact 2.14. */
    static int tagRank(@Nullable String tag) {
        if (tag == null) return 0;
        String name = tag.toLowerCase(Locale.ROOT);
        boolean cloud = name.equals("azurecloud") || name.startsWith("azurecloud.");
        boolean regional = name.contains(".");
        return (cloud ? 3 : 1) + (regional ? 0 : 1);
    }

    /** Every row of a subnet, those that take no part included. */
    List<Row> rows(Vnet vnet, Subnet subnet) {
        List<Row> user = userRows(subnet);
        List<Row> all = new ArrayList<>();
        for (Row row : systemRows(vnet, subnet)) {
            boolean vnetOrPeer = row.hop == VNET_LOCAL || row.hop == VNET_PEERING || row.hop == VNET_GLOBAL_PEERING;
            boolean beaten = vnetOrPeer && has(user, row.prefix);
            all.add(beaten ? row.inactive() : row);
        }
        boolean propagates = propagates(subnet);
        List<Row> gateway = new ArrayList<>();
        for (Prefix prefix : facts.learnt(vnet)) {
            boolean active = propagates && !has(user, prefix);
            Row row = new Row(From.GATEWAY, prefix, VIRTUAL_NETWORK_GATEWAY, null, null, null, null, false, active);
            gateway.add(row);
        }
        all.addAll(gateway);
        boolean gatewayDefault =
                gateway.stream().anyMatch(row -> row.active && row.prefix.length() == 0 && !row.prefix.v6());
        for (Prefix reserved : RandomTopologies.RESERVED) {
            boolean inVnet = PlainFacts.ranges(vnet).stream().anyMatch(range -> range.contains(reserved));
            boolean gone = has(user, reserved) || inVnet || defaultForwards(user, gatewayDefault);
            Row row = system(reserved, NONE);
            all.add(gone ? row.inactive() : row);
        }
        all.add(beatenBy(user, gateway, system(Prefix.ALL_V4, INTERNET)));
        if (PlainFacts.ranges(vnet).stream().anyMatch(Prefix::v6)) {
            all.add(beatenBy(user, gateway, system(Prefix.ALL_V6, INTERNET)));
        }
        all.addAll(user);
        all.addAll(privateEndpoints(vnet, user));
        return all;
    }

    private static Row beatenBy(List<Row> user, List<Row> gateway, Row row) {
        boolean learnt = gateway.stream().anyMatch(other -> other.active && other.prefix.equals(row.prefix));
        return learnt || has(user, row.prefix) ? row.inactive() : row;
    }

    private static boolean has(List<Row> rows, Prefix prefix) {
        return rows.stream().anyMatch(row -> row.prefix.equals(prefix));
    }

    /** Fact 2.3a. */
    private boolean defaultForwards(List<Row> user, boolean gatewayDefault) {
        for (Row row : user) {
            if (!row.prefix.equals(Prefix.ALL_V4)) continue;
            return row.hop == VIRTUAL_APPLIANCE
                    || row.hop == VIRTUAL_NETWORK_GATEWAY
                    || row.hop == INTERNET && facts.world.defaultRemoves() == DefaultRouteRemoves.ANY;
        }
        return gatewayDefault;
    }

    private @Nullable RouteTable table(Subnet subnet) {
        Given<ResourceId> id = subnet.attached().routeTable();
        return id == null ? null : facts.world.topology().routeTable(known(id)).orElseThrow();
    }

    /** Fact 2.17. */
    private boolean propagates(Subnet subnet) {
        RouteTable table = table(subnet);
        return table == null || !known(table.disableBgpRoutePropagation());
    }

    /** Facts 2.9, 2.15: a tag is expanded first. */
    private List<Row> userRows(Subnet subnet) {
        RouteTable table = table(subnet);
        List<Row> rows = new ArrayList<>();
        if (table == null) return rows;
        for (Route route : table.routes()) {
            RouteDestination destination = known(route.destination());
            String tag = destination instanceof RouteDestination.Tag named ? named.name() : null;
            List<Prefix> prefixes =
                    tag == null ? List.of(((RouteDestination.Block) destination).prefix()) : facts.tag(tag);
            for (Prefix prefix : prefixes) {
                rows.add(new Row(
                        From.USER,
                        prefix,
                        known(route.nextHopType()),
                        route.nextHopIpAddress() == null ? null : known(route.nextHopIpAddress()),
                        table.id(),
                        route.name(),
                        tag,
                        route.hasBgpOverride(),
                        true));
            }
        }
        return rows;
    }

    private static Row system(Prefix prefix, NextHopType hop) {
        return new Row(From.SYSTEM, prefix, hop, null, null, null, null, false, true);
    }

    /** Facts 2.2, 2.5, 2.6. */
    private List<Row> systemRows(Vnet vnet, Subnet subnet) {
        List<Row> rows = new ArrayList<>();
        PlainFacts.ranges(vnet).forEach(range -> rows.add(system(range, VNET_LOCAL)));
        for (Peering link : vnet.peerings()) {
            if (!facts.connected(vnet, link)) continue;
            NextHopType hop = facts.isGlobal(vnet, link) ? VNET_GLOBAL_PEERING : VNET_PEERING;
            facts.ranges(link).forEach(range -> rows.add(system(range, hop)));
        }
        for (String service : subnet.serviceEndpoints()) {
            String tag = service.substring("Microsoft.".length());
            List<Prefix> prefixes =
                    PlainFacts.region(vnet).equals("westeurope") ? facts.tag(tag + ".westeurope") : facts.tag(tag);
            prefixes.forEach(prefix -> rows.add(system(prefix, VIRTUAL_NETWORK_SERVICE_ENDPOINT)));
        }
        return rows;
    }

    /** Facts 3.20, 3.21. */
    private List<Row> privateEndpoints(Vnet vnet, List<Row> user) {
        List<Row> rows = new ArrayList<>();
        List<Vnet> within = new ArrayList<>(List.of(vnet));
        for (Peering link : vnet.peerings()) {
            if (facts.connected(vnet, link)) facts.remote(link).ifPresent(within::add);
        }
        for (PrivateEndpoint endpoint : facts.world.topology().privateEndpoints()) {
            Address address = known(endpoint.privateIpAddress());
            for (Vnet there : within) {
                for (Subnet subnet : there.subnets()) {
                    if (!subnet.id().equals(known(endpoint.subnet()))) continue;
                    Row row = system(Prefix.host(address), INTERFACE_ENDPOINT);
                    rows.add(yields(there, subnet, address, user) ? row.inactive() : row);
                }
            }
        }
        return rows;
    }

    private static boolean yields(Vnet there, Subnet subnet, Address address, List<Row> user) {
        String policies = subnet.privateEndpointNetworkPolicies();
        if (policies == null || !List.of("Enabled", "RouteTableEnabled").contains(policies)) return false;
        for (Prefix range : PlainFacts.ranges(there)) {
            if (!range.contains(address)) continue;
            return user.stream().anyMatch(row -> row.prefix.contains(address) && row.prefix.length() >= range.length());
        }
        return false;
    }
}
