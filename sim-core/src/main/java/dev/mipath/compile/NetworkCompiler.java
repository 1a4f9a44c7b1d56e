package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.azure.AddressSwitch;
import dev.mipath.azure.Host;
import dev.mipath.azure.PeeringGate;
import dev.mipath.azure.RouteChoice;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.azure.SecurityGroupFilter;
import dev.mipath.azure.UnknownAppliance;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds the network of a topology.
 *
 * <p>A packet that leaves a host passes the NIC's filter, the subnet's filter, the subnet's route choice; then the
 * VNet, a peering or a gateway; then the filter of the subnet it enters, the NIC's filter, the host (fact 1.5). That
 * order is made here and nowhere else. A layer without a security group has no filter.
 */
public final class NetworkCompiler {
    private static final int NOWHERE = -1;

    private final Topology topology;
    private final CompileOptions options;
    private final AssumedAddresses addresses;
    private final CompileNotices notices;

    private final List<@Nullable Element> elements = new ArrayList<>();
    private final Map<ResourceId, SubnetView> views = new LinkedHashMap<>();
    private final Map<ResourceId, EffectiveRoutes> routes = new LinkedHashMap<>();
    private final Map<ResourceId, Layer> layers = new LinkedHashMap<>();
    private final Map<ResourceId, FilterPair> filters = new HashMap<>();
    private final Map<ResourceId, Integer> vnetSwitches = new HashMap<>();
    private final Map<ResourceId, Integer> routeChoices = new HashMap<>();
    private final Map<ResourceId, Integer> hosts = new HashMap<>();
    private final Map<String, Integer> applianceWays = new HashMap<>();
    private final List<AddressDirectory.SubnetEdges> directory = new ArrayList<>();
    private int internet;

    /** The numbers of the two filters of a layer, which know each other's flows. */
    private record FilterPair(int inbound, int outbound) {}

    private NetworkCompiler(Topology topology, CompileOptions options) {
        this.topology = topology;
        this.options = options;
        this.addresses = AssumedAddresses.of(topology);
        this.notices = new CompileNotices(topology);
    }

    /** Compiles a topology. Never fails: what is wrong or missing in it shows in notices and undetermined answers. */
    public static Compilation compile(Topology topology, CompileOptions options) {
        return new NetworkCompiler(topology, options).compile();
    }

    private Compilation compile() {
        internet = add(Host.ofAll(new Host.Owner("Internet", null)));
        ImmutableMap<ResourceId, Meaning> members = addresses.groupMembers(topology);
        for (Vnet vnet : topology.vnets()) {
            vnetSwitches.put(vnet.id(), reserve());
            VnetReach reach = VnetReach.of(vnet, topology);
            for (Subnet subnet : vnet.subnets()) {
                views.put(subnet.id(), SubnetView.of(subnet, reach, topology, members, options));
                routeChoices.put(subnet.id(), reserve());
            }
        }
        for (Vnet vnet : topology.vnets()) connect(vnet);
        for (SubnetView view : views.values()) chooseRoutes(view);
        Network network = new Network(1, built(), new AddressDirectory(directory));
        return new Compilation(
                topology,
                network,
                ImmutableMap.copyOf(routes),
                ImmutableMap.copyOf(layers),
                ImmutableMap.copyOf(views),
                notices.all(addresses.notices()));
    }

    private ImmutableList<Element> built() {
        ImmutableList.Builder<Element> all = ImmutableList.builder();
        for (@Nullable Element element : elements) {
            if (element == null) throw new IllegalStateException("an element was reserved and never built");
            all.add(element);
        }
        return all.build();
    }

    private int reserve() {
        elements.add(null);
        return elements.size() - 1;
    }

    private int add(Element element) {
        elements.add(element);
        return elements.size() - 1;
    }

    private void connect(Vnet vnet) {
        SortedMap<Prefix, Integer> entries = new TreeMap<>();
        for (Subnet subnet : vnet.subnets()) {
            SubnetView view = views.get(subnet.id());
            if (view == null) throw new IllegalStateException("a subnet without a view");
            int entry = connect(subnet, view);
            for (Given<Prefix> prefix : subnet.prefixes()) {
                prefix.value().ifPresent(known -> entries.put(known, entry));
            }
        }
        Integer number = vnetSwitches.get(vnet.id());
        if (number != null) {
            elements.set(
                    number, new AddressSwitch("VNet " + vnet.id().name(), vnet.id(), PrefixSweep.longest(entries)));
        }
    }

    /** Builds the edges of a subnet and returns the first element of what enters it. */
    private int connect(Subnet subnet, SubnetView view) {
        int routeChoice = routeChoice(subnet.id());
        int subnetSwitch = reserve();
        @Nullable Layer layer = layer(subnet.attached().networkSecurityGroup(), subnet.id(), view);
        int entry = subnetSwitch;
        int exit = routeChoice;
        if (layer != null) {
            FilterPair pair = filter(
                    layer, subnetSwitch, routeChoice, "subnet " + subnet.id().qualifiedName());
            entry = pair.inbound;
            exit = pair.outbound;
        }
        int anyone =
                add(Host.ofAll(new Host.Owner("a host of subnet " + subnet.id().qualifiedName(), subnet.id())));
        SortedMap<Prefix, Integer> owners = new TreeMap<>();
        for (Given<Prefix> prefix : subnet.prefixes()) prefix.value().ifPresent(known -> owners.put(known, anyone));
        Map<Address, Edge> edges = new HashMap<>();
        for (Assignment assignment : addresses.in(subnet.id())) {
            @Nullable Address address = assignment.address();
            if (address == null) continue;
            Edge edge = connect(assignment.networkInterface(), view, layer, exit);
            edges.put(address, edge);
            owners.put(Prefix.host(address), arrival(assignment.networkInterface()));
        }
        elements.set(
                subnetSwitch,
                new AddressSwitch("subnet " + subnet.id().qualifiedName(), subnet.id(), PrefixSweep.longest(owners)));
        Edge undeclared = new Edge(
                view.reach().vnet().id(),
                subnet.id(),
                null,
                numbers(layer, false),
                routeChoice,
                numbers(layer, true),
                exit);
        directory.add(new AddressDirectory.SubnetEdges(subnet, ImmutableMap.copyOf(edges), undeclared));
        return entry;
    }

    private Edge connect(NetworkInterface nic, SubnetView view, @Nullable Layer subnetLayer, int exit) {
        @Nullable Layer layer = layer(nic.networkSecurityGroup(), nic.id(), view);
        int start = exit;
        if (!hosts.containsKey(nic.id())) {
            int host = reserve();
            hosts.put(nic.id(), host);
            if (layer != null)
                start = filter(layer, host, exit, "NIC " + nic.id().name()).outbound;
            elements.set(
                    host, new Host(new Host.Owner(hostName(nic), nic.id()), own(nic), nic.enableIpForwarding(), start));
        } else if (layer != null) {
            FilterPair pair = filters.get(nic.id());
            if (pair != null) start = pair.outbound;
        }
        ImmutableList<Integer> outbound = ImmutableList.<Integer>builder()
                .addAll(numbers(layer, false))
                .addAll(numbers(subnetLayer, false))
                .build();
        ImmutableList<Integer> inbound = ImmutableList.<Integer>builder()
                .addAll(numbers(subnetLayer, true))
                .addAll(numbers(layer, true))
                .build();
        return new Edge(
                view.reach().vnet().id(),
                view.subnet().id(),
                nic.id(),
                outbound,
                routeChoice(view.subnet().id()),
                inbound,
                start);
    }

    private static String hostName(NetworkInterface nic) {
        return nic.virtualMachine() != null
                ? nic.virtualMachine().name()
                : "NIC " + nic.id().name();
    }

    private AddressSet own(NetworkInterface nic) {
        return AddressSet.of(addresses.assignments().stream()
                .filter(assignment -> assignment.networkInterface().id().equals(nic.id()))
                .flatMap(assignment -> Stream.ofNullable(assignment.address()))
                .map(Prefix::host)
                .collect(ImmutableList.toImmutableList()));
    }

    private int arrival(NetworkInterface nic) {
        FilterPair pair = filters.get(nic.id());
        if (pair != null) return pair.inbound;
        Integer host = hosts.get(nic.id());
        if (host == null) throw new IllegalStateException("a NIC without a host");
        return host;
    }

    private int routeChoice(ResourceId subnet) {
        Integer number = routeChoices.get(subnet);
        if (number == null) throw new IllegalStateException("a subnet without a route choice");
        return number;
    }

    private ImmutableList<Integer> numbers(@Nullable Layer layer, boolean inbound) {
        FilterPair pair = layer == null ? null : filters.get(layer.target());
        if (pair == null) return ImmutableList.of();
        return ImmutableList.of(inbound ? pair.inbound : pair.outbound);
    }

    private @Nullable Layer layer(@Nullable Given<ResourceId> attached, ResourceId target, SubnetView view) {
        if (attached == null) return null;
        @Nullable Layer known = layers.get(target);
        if (known != null) return known;
        Layer layer = new RuleLayers(topology, notices).of(attached, target, view);
        layers.put(target, layer);
        return layer;
    }

    private FilterPair filter(Layer layer, int inboundNext, int outboundNext, String at) {
        FilterPair pair = new FilterPair(reserve(), reserve());
        filters.put(layer.target(), pair);
        String name = layer.group().name() + " on " + at;
        elements.set(
                pair.inbound,
                new SecurityGroupFilter(
                        name + ", inbound",
                        layer.inbound(),
                        new SecurityGroupFilter.Links(pair.inbound, pair.outbound, inboundNext)));
        elements.set(
                pair.outbound,
                new SecurityGroupFilter(
                        name + ", outbound",
                        layer.outbound(),
                        new SecurityGroupFilter.Links(pair.outbound, pair.inbound, outboundNext)));
        return pair;
    }

    private void chooseRoutes(SubnetView view) {
        ImmutableList<RouteRows.PrivateEndpointAddress> endpoints = PrivateEndpoints.within(view.reach(), topology);
        EffectiveRoutes derived = EffectiveRoutes.of(RouteRows.of(view, endpoints));
        EffectiveRoutes effective = new RecordedRoutes(topology, notices).orElse(view, derived);
        routes.put(view.subnet().id(), effective);
        ImmutableList.Builder<Integer> targets = ImmutableList.builder();
        Map<RouteFact, Integer> known = new HashMap<>();
        for (Choice choice : effective.choices()) {
            @Nullable Candidate winner = choice.winner();
            if (winner == null || choice.contrary() != null) {
                targets.add(NOWHERE);
            } else {
                targets.add(known.computeIfAbsent(winner.route(), route -> target(view, effective, route)));
            }
        }
        elements.set(
                routeChoice(view.subnet().id()),
                new RouteChoice(
                        "routes of subnet " + view.subnet().id().qualifiedName(),
                        effective.facts(),
                        effective.table(),
                        effective.choices(),
                        targets.build()));
    }

    private int target(SubnetView view, EffectiveRoutes effective, RouteFact route) {
        NextHopType type = route.hop().type().value().orElse(NextHopType.NONE);
        return switch (type) {
            case INTERNET, VIRTUAL_NETWORK_SERVICE_ENDPOINT -> internet;
            case VNET_LOCAL -> vnetSwitch(view.reach().vnet().id());
            case VNET_PEERING, VNET_GLOBAL_PEERING -> peering(view, effective, route);
            case VIRTUAL_NETWORK_GATEWAY -> gateway(view.reach());
            case VIRTUAL_APPLIANCE -> appliance(view, route);
            case INTERFACE_ENDPOINT -> endpoint(route);
            case NONE -> NOWHERE;
        };
    }

    private int vnetSwitch(ResourceId vnet) {
        return vnetSwitches.getOrDefault(vnet, NOWHERE);
    }

    private int endpoint(RouteFact route) {
        return add(Host.ofAll(
                new Host.Owner("private endpoint " + route.prefixes().get(0).network(), null)));
    }

    private int peering(SubnetView view, EffectiveRoutes effective, RouteFact route) {
        for (EffectiveRoutes.Row row : effective.rows()) {
            if (!row.route().equals(route) || row.link() == null) continue;
            for (VnetReach.Peer peer : view.reach().peers()) {
                if (peer.link().equals(row.link()) && peer.remote() != null) {
                    return gate(view.reach(), peer, vnetSwitch(peer.remote().id()));
                }
            }
        }
        return NOWHERE;
    }

    private int gate(VnetReach reach, VnetReach.Peer peer, int next) {
        Given<AddressSet> senders = reach.own().isCertain()
                ? Given.of(reach.own().certain())
                : Given.unknown(reach.own().missing().get(0), reach.vnet().place());
        PeeringGate.Links links = new PeeringGate.Links(peer.link(), peer.state(), peer.otherLink(), peer.otherState());
        return add(new PeeringGate(links, senders, next));
    }

    /** The sites behind the VNet's gateway, or the one it uses of a peer. */
    private int gateway(VnetReach reach) {
        SortedMap<Prefix, Integer> sites = new TreeMap<>();
        Map<String, Integer> siteHosts = new HashMap<>();
        @Nullable VirtualNetworkGateway gateway = null;
        for (VnetReach.Learnt learnt : reach.learnt()) {
            gateway = learnt.gateway();
            String site = learnt.site() == null
                    ? "behind " + gateway.id().name()
                    : learnt.site().name();
            int host = siteHosts.computeIfAbsent(
                    site, name -> add(Host.ofAll(new Host.Owner("site " + name, learnt.site()))));
            learnt.prefix().value().ifPresent(prefix -> sites.put(prefix, host));
        }
        if (gateway == null) return NOWHERE;
        return add(new AddressSwitch("gateway " + gateway.id().name(), gateway.id(), PrefixSweep.longest(sites)));
    }

    /**
     * The way to an appliance: through the filters of its subnet and NIC, which see the packet with its own
     * destination, to the appliance's host.
     */
    private int appliance(SubnetView view, RouteFact route) {
        @Nullable Given<Address> hop = route.hop().address();
        @Nullable Address address = hop == null ? null : hop.value().orElse(null);
        if (address == null) return NOWHERE;
        String key = view.reach().vnet().id() + " " + address;
        Integer known = applianceWays.get(key);
        if (known != null) return known;
        int way = applianceWay(view, address);
        applianceWays.put(key, way);
        return way;
    }

    private int applianceWay(SubnetView view, Address address) {
        for (Assignment assignment : addresses.assignments()) {
            SubnetView there = views.get(assignment.subnet());
            if (!address.equals(assignment.address()) || there == null) continue;
            if (there.reach().vnet().id().equals(view.reach().vnet().id())) return throughFilters(assignment, there);
            for (VnetReach.Peer peer : view.reach().peers()) {
                if (peer.remote() != null
                        && peer.remote().id().equals(there.reach().vnet().id())) {
                    return gate(view.reach(), peer, throughFilters(assignment, there));
                }
            }
        }
        return add(new UnknownAppliance(address));
    }

    private int throughFilters(Assignment assignment, SubnetView there) {
        NetworkInterface nic = assignment.networkInterface();
        @Nullable Layer subnetLayer = layers.get(there.subnet().id());
        FilterPair pair = subnetLayer == null ? null : filters.get(subnetLayer.target());
        int arrival = arrival(nic);
        if (subnetLayer == null || pair == null) return arrival;
        // The same rules and the same memory as the subnet's own filter; only what stands behind it differs.
        return add(new SecurityGroupFilter(
                subnetLayer.group().name() + " on subnet " + there.subnet().id().qualifiedName() + ", inbound",
                subnetLayer.inbound(),
                new SecurityGroupFilter.Links(pair.inbound, pair.outbound, arrival)));
    }
}
