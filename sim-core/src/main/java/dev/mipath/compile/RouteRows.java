package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import dev.mipath.compile.EffectiveRoutes.Row;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RouteFact.Hop;
import dev.mipath.forwarding.RouteFact.Origin;
import dev.mipath.forwarding.RouteFact.Source;
import dev.mipath.forwarding.RouteFact.Standing;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Lists the rows of a subnet and says which of them take part (facts 2.2 to 2.9, 2.14 to 2.18, 8.1 to 8.6). */
final class RouteRows {
    /** The tag that a service endpoint's routes come from, by service; the region is added (fact 8.6). */
    private static final ImmutableMap<String, String> ENDPOINT_TAGS = ImmutableMap.of(
            "microsoft.storage", "Storage",
            "microsoft.sql", "Sql",
            "microsoft.keyvault", "AzureKeyVault",
            "microsoft.azurecosmosdb", "AzureCosmosDB",
            "microsoft.eventhub", "EventHub",
            "microsoft.servicebus", "ServiceBus",
            "microsoft.web", "AppService",
            "microsoft.containerregistry", "AzureContainerRegistry",
            "microsoft.cognitiveservices", "CognitiveServicesManagement");

    private final SubnetView view;
    private final List<Row> userRows = new ArrayList<>();
    private final List<Row> gatewayRows = new ArrayList<>();

    private RouteRows(SubnetView view) {
        this.view = view;
    }

    static ImmutableList<Row> of(SubnetView view, List<PrivateEndpointAddress> endpoints) {
        RouteRows rows = new RouteRows(view);
        rows.listUserRoutes();
        rows.listGatewayRoutes();
        ImmutableList.Builder<Row> all = ImmutableList.builder();
        all.addAll(rows.vnetRoutes()).addAll(rows.peeringRoutes()).addAll(rows.gatewayRows);
        all.addAll(rows.internetRoutes()).addAll(rows.reservedRoutes());
        all.addAll(rows.serviceEndpointRoutes()).addAll(rows.userRows);
        return all.addAll(rows.privateEndpointRoutes(endpoints)).build();
    }

    /**
     * A private endpoint within reach of the subnet.
     *
     * @param addresses its address; every one it may have when that is unknown
     * @param vnetRange the range of its VNet that holds it, or null when that is unknown
     * @param routesApply whether its subnet lets user routes apply to it (fact 3.21)
     * @param missing what would have to be known to be sure that it is within reach
     * @param place where it was declared
     */
    record PrivateEndpointAddress(
            AddressSet addresses,
            @Nullable Prefix vnetRange,
            boolean routesApply,
            ImmutableList<String> missing,
            Place place) {}

    private void listUserRoutes() {
        @Nullable RouteTable table = view.table();
        @Nullable String missingTable = view.missingTable();
        Place place = view.subnet().place();
        if (missingTable != null) {
            Hop unknown = new Hop(Given.unknown(missingTable, place), null);
            Origin origin = new Origin(Source.USER, "‹" + missingTable + "›", null, null, false, place);
            userRows.add(uncertain(origin, AddressSet.any(), unknown, ImmutableList.of(missingTable)));
        }
        if (table == null) return;
        for (Route route : table.routes()) userRows.add(userRow(table, route));
    }

    private Row userRow(RouteTable table, Route route) {
        Hop hop = new Hop(route.nextHopType(), route.nextHopIpAddress());
        ImmutableList.Builder<String> missing = ImmutableList.builder();
        for (Given<?> given : List.<Given<?>>of(route.nextHopType(), route.present())) note(given, missing);
        if (route.nextHopIpAddress() != null) note(route.nextHopIpAddress(), missing);
        @Nullable
        String tag =
                route.destination().value().orElse(null) instanceof RouteDestination.Tag named ? named.name() : null;
        Origin origin = new Origin(Source.USER, route.name(), table.id(), tag, route.hasBgpOverride(), route.place());
        if (route.destination() instanceof Given.Unknown<RouteDestination> unknown) {
            return uncertain(
                    origin, AddressSet.any(), hop, missing.add(unknown.what()).build());
        }
        if (tag == null) {
            Prefix prefix =
                    ((RouteDestination.Block) route.destination().value().orElseThrow()).prefix();
            return row(origin, ImmutableList.of(prefix), hop, Standing.ACTIVE, missing.build());
        }
        return view.options()
                .serviceTags()
                .prefixes(tag)
                .map(prefixes -> row(origin, prefixes, hop, Standing.ACTIVE, missing.build()))
                .orElseGet(() -> uncertain(
                        origin,
                        PlatformRanges.TAG_SPACE,
                        hop,
                        missing.add(SubnetView.missingTag(tag)).build()));
    }

    private void listGatewayRoutes() {
        @Nullable RouteTable table = view.table();
        Given<Boolean> disabled = table == null ? Given.of(false) : table.disableBgpRoutePropagation();
        @Nullable String missingTable = view.missingTable();
        for (VnetReach.Learnt learnt : view.reach().learnt()) {
            ImmutableList.Builder<String> missing =
                    ImmutableList.<String>builder().addAll(learnt.missing());
            note(disabled, missing);
            if (missingTable != null) missing.add(missingTable);
            Origin origin = new Origin(Source.VIRTUAL_NETWORK_GATEWAY, null, null, null, false, learnt.place());
            Hop hop = hop(NextHopType.VIRTUAL_NETWORK_GATEWAY);
            Standing standing = disabled.is(true) ? Standing.PROPAGATION_DISABLED : Standing.ACTIVE;
            if (learnt.prefix() instanceof Given.Unknown<Prefix> unknown) {
                Row row = uncertain(
                        origin,
                        AddressSet.any(),
                        hop,
                        missing.add(unknown.what()).build());
                // A row that surely takes no part needs no reach.
                if (standing == Standing.ACTIVE) gatewayRows.add(row);
            } else {
                Prefix prefix = learnt.prefix().value().orElseThrow();
                boolean beaten = standing == Standing.ACTIVE && userHas(prefix);
                gatewayRows.add(row(
                        origin,
                        ImmutableList.of(prefix),
                        hop,
                        beaten ? Standing.USER_ROUTE_HAS_PREFIX : standing,
                        missing.build()));
            }
        }
    }

    private List<Row> vnetRoutes() {
        List<Row> list = new ArrayList<>();
        for (Given<Prefix> range : view.reach().vnet().addressPrefixes()) {
            list.add(
                    systemRow(range, NextHopType.VNET_LOCAL, view.reach().vnet().place(), ImmutableList.of(), null));
        }
        return list;
    }

    private List<Row> peeringRoutes() {
        List<Row> list = new ArrayList<>();
        for (VnetReach.Peer peer : view.reach().peers()) {
            if (!peer.state().mayBe(Peering.State.CONNECTED)) continue;
            ImmutableList.Builder<String> missing = ImmutableList.builder();
            note(peer.state(), missing);
            NextHopType type = peer.isGlobal() ? NextHopType.VNET_GLOBAL_PEERING : NextHopType.VNET_PEERING;
            for (Given<Prefix> range : peer.ranges()) {
                list.add(systemRow(range, type, peer.link().place(), missing.build(), peer.link()));
            }
        }
        return list;
    }

    private Row systemRow(
            Given<Prefix> range, NextHopType type, Place place, ImmutableList<String> missing, @Nullable Peering link) {
        Origin origin = new Origin(Source.DEFAULT, null, null, null, false, place);
        if (range instanceof Given.Unknown<Prefix> unknown) {
            ImmutableList<String> all = ImmutableList.<String>builder()
                    .addAll(missing)
                    .add(unknown.what())
                    .build();
            RouteFact fact = new RouteFact(origin, ImmutableList.of(), hop(type), Standing.ACTIVE, all);
            return new Row(fact, AddressSet.any(), link);
        }
        Prefix prefix = range.value().orElseThrow();
        Standing standing = userHas(prefix) ? Standing.USER_ROUTE_HAS_PREFIX : Standing.ACTIVE;
        RouteFact fact = new RouteFact(origin, ImmutableList.of(prefix), hop(type), standing, missing);
        return new Row(fact, AddressSet.empty(), link);
    }

    private List<Row> internetRoutes() {
        List<Row> list = new ArrayList<>();
        list.add(internetRoute(Prefix.ALL_V4));
        boolean dualStack = view.reach().vnet().addressPrefixes().stream()
                .anyMatch(range ->
                        range.isUnknown() || range.value().orElseThrow().v6());
        if (dualStack) list.add(internetRoute(Prefix.ALL_V6));
        return list;
    }

    private Row internetRoute(Prefix everything) {
        Standing standing = Standing.ACTIVE;
        if (userHas(everything)) {
            standing = Standing.USER_ROUTE_HAS_PREFIX;
        } else if (hasCertain(gatewayRows, everything)) {
            standing = Standing.GATEWAY_ROUTE_HAS_PREFIX;
        }
        return platformRow(everything, NextHopType.INTERNET, standing, ImmutableList.of());
    }

    private List<Row> reservedRoutes() {
        List<Row> list = new ArrayList<>();
        for (Prefix reserved : PlatformRanges.RESERVED) {
            ImmutableList.Builder<String> missing = ImmutableList.builder();
            list.add(platformRow(reserved, NextHopType.NONE, reservedStanding(reserved, missing), missing.build()));
        }
        return list;
    }

    private Standing reservedStanding(Prefix reserved, ImmutableList.Builder<String> missing) {
        if (userHas(reserved)) return Standing.RESERVED_RANGE_OVERRIDDEN;
        for (Given<Prefix> range : view.reach().vnet().addressPrefixes()) {
            if (range.value().filter(known -> known.contains(reserved)).isPresent()) {
                return Standing.RESERVED_RANGE_IN_VNET;
            }
            note(range, missing);
        }
        boolean userDefault = userHas(Prefix.ALL_V4);
        for (Row row : userRows)
            if (mayCoverAll(row) && mayRemoveReserved(row)) {
                if (row.route().certain()) return Standing.DEFAULT_ROUTE_FORWARDS;
                missing.addAll(row.route().missing());
            }
        for (Row row : gatewayRows)
            if (!userDefault && mayCoverAll(row) && row.route().standing() == Standing.ACTIVE) {
                if (row.route().certain()) return Standing.DEFAULT_ROUTE_FORWARDS;
                missing.addAll(row.route().missing());
            }
        return Standing.ACTIVE;
    }

    private static boolean mayCoverAll(Row row) {
        return row.route().prefixes().contains(Prefix.ALL_V4)
                || row.uncertainReach().containsAll(Prefix.ALL_V4);
    }

    private boolean mayRemoveReserved(Row row) {
        Given<NextHopType> type = row.route().hop().type();
        boolean any = view.options().defaultRouteRemovesReserved() == DefaultRouteRemoves.ANY;
        return type.mayBe(NextHopType.VIRTUAL_APPLIANCE)
                || type.mayBe(NextHopType.VIRTUAL_NETWORK_GATEWAY)
                || any && type.mayBe(NextHopType.INTERNET);
    }

    private List<Row> serviceEndpointRoutes() {
        List<Row> list = new ArrayList<>();
        for (String service : view.subnet().serviceEndpoints()) {
            Origin origin = new Origin(
                    Source.DEFAULT, null, null, null, false, view.subnet().place());
            Hop hop = hop(NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT);
            @Nullable ImmutableList<Prefix> prefixes = endpointPrefixes(service);
            list.add(
                    prefixes != null
                            ? row(origin, prefixes, hop, Standing.ACTIVE, ImmutableList.of())
                            : uncertain(
                                    origin,
                                    PlatformRanges.TAG_SPACE,
                                    hop,
                                    ImmutableList.of("the prefixes behind service endpoint " + service
                                            + " (load the service tags with --service-tags)")));
        }
        return list;
    }

    private @Nullable ImmutableList<Prefix> endpointPrefixes(String service) {
        @Nullable String tag = ENDPOINT_TAGS.get(Ascii.toLowerCase(service));
        Given<String> region = view.reach().vnet().location();
        if (tag == null || region.isUnknown()) return null;
        String regional = tag + "." + RegionPairs.spelling(region.orElse(""));
        return view.options()
                .serviceTags()
                .prefixes(regional)
                .or(() -> view.options().serviceTags().prefixes(tag))
                .orElse(null);
    }

    private List<Row> privateEndpointRoutes(List<PrivateEndpointAddress> endpoints) {
        List<Row> list = new ArrayList<>();
        for (PrivateEndpointAddress endpoint : endpoints) {
            Origin origin = new Origin(Source.DEFAULT, null, null, null, false, endpoint.place());
            Hop hop = hop(NextHopType.INTERFACE_ENDPOINT);
            ImmutableList<Prefix> blocks = endpoint.addresses().prefixes();
            boolean known = blocks.size() == 1
                    && blocks.get(0).equals(Prefix.host(blocks.get(0).network()));
            if (!known) {
                list.add(uncertain(origin, endpoint.addresses(), hop, endpoint.missing()));
                continue;
            }
            ImmutableList.Builder<String> missing =
                    ImmutableList.<String>builder().addAll(endpoint.missing());
            boolean covered = covered(endpoint, blocks.get(0), missing);
            Standing standing = covered ? Standing.USER_ROUTE_COVERS_ENDPOINT : Standing.ACTIVE;
            list.add(row(origin, blocks, hop, standing, missing.build()));
        }
        return list;
    }

    /** Whether a user route surely beats the endpoint's; notes what would have to be known to be sure. */
    private boolean covered(PrivateEndpointAddress endpoint, Prefix address, ImmutableList.Builder<String> missing) {
        if (!endpoint.routesApply()) return false;
        @Nullable Prefix range = endpoint.vnetRange();
        for (Row row : userRows) {
            boolean covers = row.route().prefixes().stream()
                    .anyMatch(
                            prefix -> prefix.contains(address) && (range == null || prefix.length() >= range.length()));
            if (covers && range != null && row.route().certain()) return true;
            if (covers || row.uncertainReach().containsAll(address))
                missing.addAll(row.route().missing());
        }
        return false;
    }

    private boolean userHas(Prefix prefix) {
        return hasCertain(userRows, prefix);
    }

    private static boolean hasCertain(List<Row> rows, Prefix prefix) {
        for (Row row : rows) {
            RouteFact route = row.route();
            if (route.prefixes().contains(prefix) && route.certain() && route.standing() == Standing.ACTIVE) {
                return true;
            }
        }
        return false;
    }

    private static Row platformRow(Prefix prefix, NextHopType type, Standing standing, ImmutableList<String> missing) {
        Origin origin = new Origin(Source.DEFAULT, null, null, null, false, Place.PLATFORM);
        return row(origin, ImmutableList.of(prefix), hop(type), standing, missing);
    }

    private static Row row(
            Origin origin, ImmutableList<Prefix> prefixes, Hop hop, Standing standing, ImmutableList<String> missing) {
        return new Row(new RouteFact(origin, prefixes, hop, standing, missing), AddressSet.empty(), null);
    }

    private static Row uncertain(Origin origin, AddressSet reach, Hop hop, ImmutableList<String> missing) {
        return new Row(new RouteFact(origin, ImmutableList.of(), hop, Standing.ACTIVE, missing), reach, null);
    }

    private static Hop hop(NextHopType type) {
        return new Hop(Given.of(type), null);
    }

    private static void note(Given<?> given, ImmutableList.Builder<String> missing) {
        if (given instanceof Given.Unknown<?> unknown) missing.add(unknown.what());
    }
}
