package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one packet and of its answer, hop by hop as the facts word it: NIC and subnet group out, route,
 * peering or gateway or appliance, load balancer, subnet and NIC group in. It stops at the first thing that stops it.
 */
final class PacketOracle {
    /** Nothing real passes so many subnets. */
    private static final int CIRCLES = 40;

    /** The packet came to somebody whom it was not for. */
    static final String ASTRAY = "astray";

    private final PlainFacts facts;
    private final FlowOracle flows;
    private final RouteOracle routes;
    private final ClusterOracle clusters;
    private final MissingWayOracle missing;
    private final Map<ResourceId, List<RouteOracle.Row>> tables = new HashMap<>();
    /** Who has let which packet pass, in which direction. */
    private final Set<String> passed = new HashSet<>();
    /** Packets that a load balancer addressed to a machine, as they came to it. */
    private final Map<Packet, Packet> balanced = new HashMap<>();

    private final BalancerOracle balancers;

    PacketOracle(PlainFacts facts, ClusterOracle clusters) {
        this(facts, clusters, 0);
    }

    /** {@code choices} says which machines the customer's load balancers choose. */
    PacketOracle(PlainFacts facts, ClusterOracle clusters, int choices) {
        this.facts = facts;
        this.flows = new FlowOracle(facts);
        this.routes = new RouteOracle(facts);
        this.clusters = clusters;
        this.missing = new MissingWayOracle(facts);
        this.balancers = new BalancerOracle(facts, flows, choices);
    }

    /** Where packets begin and end. */
    sealed interface Place {
        /** In a subnet of a VNet. */
        record In(PlainFacts.Site site) implements Place {}

        /** Behind a gateway, which stands in this site's subnet. */
        record Behind(PlainFacts.Site gatewaySubnet, ResourceId gateway) implements Place {}

        record Internet() implements Place {}

        record Platform() implements Place {}

        /** Behind a private endpoint, from which the platform brings answers back by itself. */
        record Door(PrivateEndpoint endpoint) implements Place {}

        /** Whether two are the same machine, given that both have the same address. */
        default boolean is(Place other) {
            if (this instanceof In one && other instanceof In two) {
                return one.site.subnet().id().equals(two.site.subnet().id());
            }
            return this instanceof Behind one && other instanceof Behind two
                    ? one.gateway.equals(two.gateway)
                    : getClass().equals(other.getClass());
        }
    }

    /**
     * What stops a packet.
     *
     * @param code the contract's code
     * @param onReturn whether it stops an answer
     * @param by the rule, route, link or NIC
     */
    record Stop(String code, boolean onReturn, String by) {}

    /**
     * The end of a way.
     *
     * @param place where the packet came to, or null when it was stopped
     * @param packet as it came
     * @param by the route that led there last
     * @param stop what stopped it, or null
     */
    record End(
            @Nullable Place place,
            Packet packet,
            String by,
            @Nullable Stop stop) {}

    /** A first packet, for one of these subnets if any are given, and its answer: where it came to, or what stopped either. */
    End exchange(Place from, Packet packet, List<ResourceId> meant) {
        End there = follow(from, packet, false);
        Place place = there.place;
        if (place == null) return there;
        boolean right = meant.isEmpty()
                || place instanceof Place.In in
                        && meant.contains(in.site.subnet().id());
        boolean outside = place instanceof Place.Internet
                && !facts.sites(there.packet.destination()).isEmpty();
        if (!right || outside) return stopped(there.packet, ASTRAY, false, there.by);
        if (!(place instanceof Place.In || place instanceof Place.Behind)) return there;
        End back = follow(place, there.packet.reversed(), true);
        if (back.stop != null) return back;
        if (back.place != null && back.place.is(from)) return there;
        return stopped(back.packet, "ROUTE_NO_PATH", true, back.by);
    }

    /**
     * A call of the management endpoint: a node gets it behind the subnet's group and the firewall on the nodes, and its
     * answer has to find out to the Internet (facts 1.18, 4.31).
     */
    End call(ClusterOracle.Cluster cluster, Packet packet, boolean letIn) {
        PlainFacts.Site site = new PlainFacts.Site(cluster.vnet(), cluster.subnet(), null);
        Address node = cluster.instances().get(0).node();
        Packet inside =
                new Packet(packet.source(), packet.sourcePort(), node, packet.destinationPort(), packet.protocol());
        Stop stop = filter(site, Direction.INBOUND, inside, false);
        if (stop != null) return new End(null, inside, "", stop);
        if (!letIn)
            return stopped(
                    inside, "BUILT_IN_FIREWALL", false, cluster.subnet().id().text());
        End back = follow(new Place.In(site), inside.reversed(), true);
        if (back.stop != null) return back;
        return back.place instanceof Place.Internet
                ? new End(new Place.In(site), inside, "", null)
                : stopped(back.packet, "ROUTE_NO_PATH", true, back.by);
    }

    /** Whether what leaves a subnet for an address goes straight to the Internet. */
    boolean leavesStraight(PlainFacts.Site site, Address destination) {
        RouteOracle.Row row = routes.ask(routes.rows(site.vnet(), site.subnet()), destination);
        return row != null && row.hop() == dev.mipath.topology.NextHopType.INTERNET;
    }

    private static End stopped(Packet packet, String code, boolean onReturn, String by) {
        return new End(null, packet, by, new Stop(code, onReturn, by));
    }

    private End follow(Place start, Packet first, boolean answer) {
        Packet packet = first;
        Place place = start;
        for (int circle = 0; circle < CIRCLES; circle++) {
            PlainFacts.Site site =
                    place instanceof Place.Behind behind ? behind.gatewaySubnet : ((Place.In) place).site;
            boolean fromSite = circle == 0 && place instanceof Place.Behind;
            if (fromSite && facts.isElsewhere(site, packet.destination())) {
                return new End(new Place.Internet(), packet, "", null);
            }
            if (place instanceof Place.In) {
                Stop stop = filter(site, Direction.OUTBOUND, packet, answer);
                if (stop != null) return new End(null, packet, "", stop);
            }
            packet = unbalanced(packet);
            List<RouteOracle.Row> rows =
                    tables.computeIfAbsent(site.subnet().id(), id -> routes.rows(site.vnet(), site.subnet()));
            RouteOracle.Row row = routes.ask(rows, packet.destination());
            if (FlowOracle.isPlatform(packet.destination())) return new End(new Place.Platform(), packet, "", null);
            if (row == null) return stopped(packet, "ROUTE_NO_PATH", answer, "no route");
            String by = name(row);
            switch (row.hop()) {
                case NONE -> {
                    String why =
                            row.table() == null ? missing.whyNone(site.vnet(), packet.destination()) : "ROUTE_NONE";
                    return stopped(packet, why, answer, by);
                }
                case INTERNET -> {
                    if (PlainFacts.anyHolds(PlainFacts.PRIVATE, packet.destination()))
                        return stopped(packet, "ROUTE_NO_PATH", answer, by);
                    return new End(new Place.Internet(), packet, by, null);
                }
                case INTERFACE_ENDPOINT -> {
                    return toEndpoint(site.vnet(), packet, answer, by);
                }
                case VNET_LOCAL -> {
                    return arrive(site.vnet(), packet, answer, by);
                }
                case VNET_PEERING, VNET_GLOBAL_PEERING -> {
                    Peering link = linkOf(site.vnet(), packet.destination());
                    boolean viaGateway = place instanceof Place.Behind;
                    Stop stop = gate(site.vnet(), link, packet, answer, viaGateway, true);
                    if (stop != null) return new End(null, packet, by, stop);
                    return arrive(facts.remote(link).orElseThrow(), packet, answer, by);
                }
                case VIRTUAL_NETWORK_GATEWAY -> {
                    boolean arrives = !(place instanceof Place.Behind);
                    End there = toGateway(site.vnet(), packet, answer, by, arrives);
                    if (!(there.place instanceof Place.Behind behind) || !arrives) return there;
                    if (!facts.handsOn(behind.gatewaySubnet, packet.destination())) return there;
                    place = behind;
                }
                case VIRTUAL_APPLIANCE -> {
                    End there = toAppliance(site.vnet(), row, packet, answer, by, place instanceof Place.Behind);
                    if (there.stop != null || there.place == null) return there;
                    PlainFacts.Site at = ((Place.In) there.place).site;
                    NetworkInterface nic = at.nic();
                    if (nic == null || holds(nic, packet.destination())) return there;
                    if (!known(nic.enableIpForwarding()))
                        return stopped(
                                packet,
                                "APPLIANCE_NOT_FORWARDING",
                                answer,
                                nic.id().text());
                    boolean seen = passed.contains(key(nic.id(), "through", packet))
                            || passed.contains(key(nic.id(), "through", packet.reversed()));
                    if (answer && !seen) return stopped(packet, "ASYMMETRIC_RETURN", true, by);
                    passed.add(key(nic.id(), "through", packet));
                    Stop wall = wall(nic.id(), at, packet, answer);
                    if (wall != null) return new End(null, packet, by, wall);
                    place = there.place;
                }
                default -> throw new IllegalStateException("no such hop in these worlds: " + row);
            }
        }
        return stopped(packet, "ROUTE_LOOP", answer, "");
    }

    private static String name(RouteOracle.Row row) {
        return row.table() == null ? row.prefix().toString() : row.table() + " " + row.name();
    }

    private static String key(ResourceId at, String direction, Packet packet) {
        return at + " " + direction + " " + packet;
    }

    /** Both layers in their order; a reply needs no rule where its flow has passed (facts 1.5, 1.10). */
    private @Nullable Stop filter(PlainFacts.Site site, Direction direction, Packet packet, boolean answer) {
        boolean inbound = direction == Direction.INBOUND;
        List<Layer> layers = new ArrayList<>();
        Given<ResourceId> subnet = site.subnet().attached().networkSecurityGroup();
        if (subnet != null) layers.add(new Layer(site.subnet().id(), known(subnet)));
        NetworkInterface nic = site.nic();
        if (nic != null && nic.networkSecurityGroup() != null) {
            layers.add(inbound ? layers.size() : 0, new Layer(nic.id(), known(nic.networkSecurityGroup())));
        }
        for (Layer layer : layers) {
            String opposite = inbound ? "OUTBOUND" : "INBOUND";
            boolean seen = passed.contains(key(layer.at, direction.name(), packet))
                    || passed.contains(key(layer.at, opposite, packet.reversed()));
            if (seen) continue;
            FlowOracle.Answer told = flows.ask(layer.group, site, direction, packet);
            if (told.access() == Access.DENY) {
                return new Stop("NSG_DENY_" + direction.name(), answer, told.group() + " " + told.rule());
            }
            passed.add(key(layer.at, direction.name(), packet));
        }
        return null;
    }

    private record Layer(ResourceId at, ResourceId group) {}

    /** A backend's answer leaves with the frontend's address (facts 1.19, 3.9). */
    private Packet unbalanced(Packet packet) {
        Packet asked = balanced.get(packet.reversed());
        return asked == null ? packet : asked.reversed();
    }

    /** A firewall's rules, for flows that it has not let pass yet. */
    private @Nullable Stop wall(ResourceId machine, PlainFacts.Site site, Packet packet, boolean answer) {
        Optional<Firewall> firewall = facts.firewall(machine);
        if (firewall.isEmpty()) return null;
        String mark = "firewall";
        if (passed.contains(key(machine, mark, packet)) || passed.contains(key(machine, mark, packet.reversed()))) {
            return null;
        }
        FlowOracle.Answer told = flows.ask(firewall.get(), site, packet);
        if (told.access() == Access.DENY) return new Stop("FIREWALL_DENY", answer, told.group() + " " + told.rule());
        passed.add(key(machine, mark, packet));
        return null;
    }

    /** Facts 3.20, 3.21, 4.3: the endpoint's subnet filters where its policies say so; an instance's has one port. */
    private End toEndpoint(Vnet vnet, Packet packet, boolean answer, String by) {
        for (PrivateEndpoint endpoint : facts.world.topology().privateEndpoints()) {
            if (!known(endpoint.privateIpAddress()).equals(packet.destination())) continue;
            for (PlainFacts.Site site : facts.sites(packet.destination())) {
                boolean near = site.vnet().id().equals(vnet.id())
                        || vnet.peerings().stream()
                                .anyMatch(link -> facts.connected(vnet, link)
                                        && known(link.remoteVnet())
                                                .equals(site.vnet().id()));
                if (!near || !site.subnet().id().equals(known(endpoint.subnet()))) continue;
                String policies = String.valueOf(site.subnet().privateEndpointNetworkPolicies());
                boolean filters = policies.equals("Enabled") || policies.equals("NetworkSecurityGroupEnabled");
                Stop stop = filters ? filter(site, Direction.INBOUND, packet, answer) : null;
                if (stop != null) return new End(null, packet, by, stop);
                if (packet.destinationPort() != 1433) {
                    return stopped(
                            packet,
                            "PRIVATE_ENDPOINT_PORT",
                            answer,
                            endpoint.id().text());
                }
                return new End(new Place.Door(endpoint), packet, by, null);
            }
        }
        throw new IllegalStateException("a route to an endpoint that is not there: " + packet);
    }

    /** How many flows had more than one machine to go to. */
    int chosen() {
        return balancers.chosen();
    }

    /** The VNet hands the packet to the owner of its destination. */
    private End arrive(Vnet vnet, Packet packet, boolean answer, String by) {
        Packet arriving = packet;
        Optional<ClusterOracle.Cluster> cluster = clusters.balancedAt(vnet, packet.destination());
        if (cluster.isPresent()) {
            if (packet.destinationPort() != 1433 || packet.protocol() != Protocol.TCP) {
                return stopped(
                        packet,
                        "NO_LOAD_BALANCING_RULE",
                        answer,
                        cluster.get().subnet().id().text());
            }
            List<Address> healthy = new ArrayList<>();
            String killer = "";
            for (Address gateway : cluster.get().gateways()) {
                Packet probe = new Packet(FlowOracle.HOST_SERVICES, 50_000, gateway, 1433, Protocol.TCP);
                FlowOracle.Answer told =
                        flows.ask(new PlainFacts.Site(vnet, cluster.get().subnet(), null), Direction.INBOUND, probe);
                if (told.access() == Access.ALLOW) healthy.add(gateway);
                else if (killer.isEmpty()) killer = told.group() + " " + told.rule();
            }
            if (healthy.isEmpty()) return stopped(packet, "NO_HEALTHY_BACKEND", answer, killer);
            arriving = new Packet(packet.source(), packet.sourcePort(), healthy.get(0), 1433, Protocol.TCP);
            balanced.put(arriving, packet);
        }
        Optional<BalancerOracle.Front> front = balancers.at(vnet, packet.destination());
        if (front.isPresent()) {
            BalancerOracle.Handed handed = balancers.hand(front.get(), packet, false);
            if (handed.site() == null) return stopped(packet, handed.code(), answer, handed.by());
            arriving = new Packet(
                    packet.source(), packet.sourcePort(), handed.machine(), handed.port(), packet.protocol());
            balanced.put(arriving, packet);
        }
        Optional<PlainFacts.Site> site = siteIn(vnet, arriving.destination());
        if (site.isEmpty()) return stopped(packet, "ROUTE_NO_PATH", answer, by);
        Stop stop = filter(site.get(), Direction.INBOUND, arriving, answer);
        if (stop != null) return new End(null, arriving, by, stop);
        if (!answer && !clusters.serves(site.get().subnet(), arriving)) {
            return stopped(
                    arriving, "NO_LISTENER", false, site.get().subnet().id().text());
        }
        return new End(new Place.In(site.get()), arriving, by, null);
    }

    private Optional<PlainFacts.Site> siteIn(Vnet vnet, Address address) {
        return facts.sites(address).stream()
                .filter(site -> site.vnet().id().equals(vnet.id()))
                .findFirst();
    }

    private Peering linkOf(Vnet vnet, Address destination) {
        for (Peering link : vnet.peerings()) {
            if (facts.connected(vnet, link) && PlainFacts.anyHolds(facts.ranges(link), destination)) return link;
        }
        throw new IllegalStateException("a peering route without a peering");
    }

    /** Facts 3.1, 3.3, 3.4, 3.7: a gateway's own forwarding needs no flag; an appliance is no frontend. */
    private @Nullable Stop gate(
            Vnet vnet, Peering link, Packet packet, boolean answer, boolean viaGateway, boolean toDestination) {
        String by = link.id().text();
        Optional<Peering> back = facts.back(vnet, link);
        Optional<Vnet> remote = facts.remote(link);
        boolean both = facts.connected(vnet, link)
                && back.isPresent()
                && remote.isPresent()
                && facts.connected(remote.get(), back.get());
        if (!both) return new Stop("PEERING_NOT_CONNECTED", answer, by);
        boolean access = known(link.flags().allowVirtualNetworkAccess())
                && known(back.get().flags().allowVirtualNetworkAccess());
        if (!access) return new Stop("PEERING_ACCESS_OFF", answer, by);
        boolean own = PlainFacts.anyHolds(PlainFacts.ranges(vnet), packet.source());
        if (!own && !viaGateway && !known(back.get().flags().allowForwardedTraffic())) {
            return new Stop("PEERING_FORWARDED_OFF", answer, by);
        }
        boolean basic = clusters.basic()
                        && clusters.balancedAt(remote.get(), packet.destination())
                                .isPresent()
                || balancers
                        .at(remote.get(), packet.destination())
                        .filter(front -> "Basic".equals(front.balancer().sku()))
                        .isPresent();
        if (toDestination && basic && facts.isGlobal(vnet, link)) {
            return new Stop("GLOBAL_PEERING_BASIC_LB", answer, by);
        }
        return null;
    }

    /** Facts 2.6, 3.5: the VNet's own gateway, or the one it uses of a peer, which is reached through the peering. */
    private End toGateway(Vnet vnet, Packet packet, boolean answer, String by, boolean handsOn) {
        for (VirtualNetworkGateway gateway : facts.world.topology().virtualNetworkGateways()) {
            for (Vnet owner : facts.world.topology().vnets()) {
                Optional<Subnet> stand = owner.subnets().stream()
                        .filter(subnet -> subnet.id().equals(known(gateway.subnet())))
                        .findFirst();
                if (stand.isEmpty()) continue;
                boolean own = owner.id().equals(vnet.id());
                Optional<Peering> link = vnet.peerings().stream()
                        .filter(candidate -> known(candidate.remoteVnet()).equals(owner.id()))
                        .findFirst();
                if (!own && (link.isEmpty() || facts.learnt(vnet).isEmpty())) continue;
                if (!own) {
                    Stop stop = gate(vnet, link.get(), packet, answer, false, false);
                    if (stop != null) return new End(null, packet, by, stop);
                }
                PlainFacts.Site at = new PlainFacts.Site(owner, stand.get(), null);
                boolean known = PlainFacts.anyHolds(facts.behind(gateway), packet.destination())
                        || handsOn && facts.handsOn(at, packet.destination());
                if (!known) continue;
                return new End(new Place.Behind(at, gateway.id()), packet, by, null);
            }
        }
        boolean notLent = facts.learnt(vnet).isEmpty() && missing.isNotLentFor(vnet, packet.destination());
        return stopped(packet, notLent ? "GATEWAY_TRANSIT_MISMATCH" : "ROUTE_NO_PATH", answer, by);
    }

    /** Whoever is behind a gateway that has learnt the address. */
    Place siteOf(Address address) {
        for (VirtualNetworkGateway gateway : facts.world.topology().virtualNetworkGateways()) {
            for (Vnet owner : facts.world.topology().vnets()) {
                for (Subnet subnet : owner.subnets()) {
                    boolean here = subnet.id().equals(known(gateway.subnet()));
                    if (!here || !PlainFacts.anyHolds(facts.behind(gateway), address)) continue;
                    return new Place.Behind(new PlainFacts.Site(owner, subnet, null), gateway.id());
                }
            }
        }
        throw new IllegalArgumentException("nobody has " + address);
    }

    /** Fact 2.10: the address of a NIC in the VNet or in one peered with it. */
    private End toAppliance(
            Vnet vnet, RouteOracle.Row row, Packet packet, boolean answer, String by, boolean fromGateway) {
        Address address = row.address();
        if (address == null) return stopped(packet, "ROUTE_NO_PATH", answer, by);
        for (PlainFacts.Site site : facts.sites(address)) {
            if (site.nic() == null) continue;
            if (!site.vnet().id().equals(vnet.id())) {
                Optional<Peering> link = vnet.peerings().stream()
                        .filter(candidate ->
                                known(candidate.remoteVnet()).equals(site.vnet().id()))
                        .findFirst();
                if (link.isEmpty()) continue;
                Stop stop = gate(vnet, link.get(), packet, answer, fromGateway, false);
                if (stop != null) return new End(null, packet, by, stop);
            }
            Stop stop = filter(site, Direction.INBOUND, packet, answer);
            return stop != null ? new End(null, packet, by, stop) : new End(new Place.In(site), packet, by, null);
        }
        return toBalanced(vnet, address, packet, answer, by, fromGateway);
    }

    /** Appliances behind a frontend in the VNet or in one peered with it. */
    private End toBalanced(Vnet vnet, Address address, Packet packet, boolean answer, String by, boolean fromGateway) {
        List<Vnet> near = new ArrayList<>(List.of(vnet));
        for (Peering link : vnet.peerings()) facts.remote(link).ifPresent(near::add);
        for (Vnet there : near) {
            Optional<BalancerOracle.Front> front = balancers.at(there, address);
            if (front.isEmpty()) continue;
            Optional<Peering> link = vnet.peerings().stream()
                    .filter(candidate -> known(candidate.remoteVnet()).equals(there.id()))
                    .findFirst();
            if (link.isPresent()) {
                Stop stop = gate(vnet, link.get(), packet, answer, fromGateway, false);
                if (stop != null) return new End(null, packet, by, stop);
            }
            BalancerOracle.Handed handed = balancers.hand(front.get(), packet, true);
            PlainFacts.Site site = handed.site();
            if (site == null) return stopped(packet, handed.code(), answer, handed.by());
            Stop stop = filter(site, Direction.INBOUND, packet, answer);
            return stop != null ? new End(null, packet, by, stop) : new End(new Place.In(site), packet, by, null);
        }
        return stopped(packet, "APPLIANCE_UNKNOWN", answer, by);
    }

    private static boolean holds(NetworkInterface nic, Address address) {
        return nic.ipConfigurations().stream()
                .anyMatch(ip -> known(ip.privateIpAddress()).equals(address));
    }
}
