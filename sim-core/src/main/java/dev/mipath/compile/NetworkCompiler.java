package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.azure.AddressSwitch;
import dev.mipath.azure.Host;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.compile.CompileOptions.AssumedAddress;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.topology.Client;
import dev.mipath.topology.ExternalService;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Builds the network of a topology.
 *
 * <p>A packet that leaves a host passes the NIC's filter, the subnet's filter, the subnet's route choice; then the
 * VNet, a peering or a gateway; then the filter of the subnet it enters, the NIC's filter, the host (fact 1.5). That
 * order is made here and nowhere else. A layer without a security group has no filter.
 */
public final class NetworkCompiler {
    private final Topology declared;
    /** What was declared, with a site for every pool of clients that dial in. */
    private final Topology topology;

    private final CompileOptions options;
    private final AssumedAddresses addresses;
    private final CompileNotices notices;
    private final TableBuilder tables;
    private final ClientWiring clients;
    private final FirewallWiring firewalls;
    private final AdminWiring admin;
    private final Wiring wiring = new Wiring();
    private final ExternalServices external;
    private final Map<ResourceId, EffectiveRoutes> routes = new LinkedHashMap<>();
    private final BalancerWiring balancers;
    private final List<AddressDirectory.SubnetEdges> directory = new ArrayList<>();

    private NetworkCompiler(Topology topology, CompileOptions options) {
        this.declared = topology;
        this.topology = TableBuilder.complete(topology);
        this.options = options;
        this.external = new ExternalServices(topology.services(ExternalService.class));
        this.addresses = AssumedAddresses.of(this.topology);
        this.firewalls = new FirewallWiring(this.topology, addresses, wiring);
        this.balancers = new BalancerWiring(topology, wiring, addresses);
        this.notices = new CompileNotices(topology, options.era() != null);
        this.tables = new TableBuilder(this.topology, options, notices, addresses);
        this.admin = new AdminWiring(topology, wiring, notices);
        this.clients = new ClientWiring(topology, options.serviceTags(), addresses);
    }

    /** Compiles a topology. Never fails: what is wrong or missing in it shows in notices and undetermined answers. */
    public static Compilation compile(Topology topology, CompileOptions options) {
        return new NetworkCompiler(topology, options).compile();
    }

    private Compilation compile() {
        @Nullable Era era = options.era();
        Estate estate = era == null
                ? Estate.EMPTY
                : new InstancePlacement(
                                topology,
                                era,
                                addresses,
                                wiring.publicAddresses,
                                notices,
                                options.resolved(),
                                options.assumed())
                        .place();
        seeSubnets();
        for (Vnet vnet : topology.vnets()) connect(vnet, estate);
        boolean allReachable = era == null || era.reachableOverGlobalPeering();
        List<VirtualCluster> basicBalancers = allReachable ? ImmutableList.of() : estate.clusters();
        RouteWiring routeWiring = new RouteWiring(topology, wiring, addresses, balancers, basicBalancers);
        for (SubnetView view : wiring.views.values()) routeWiring.build(view, effectiveRoutes(view));
        Map<Address, Edge> own = outside();
        ImmutableList<AddressDirectory.SiteEdge> sites = sites(own);
        AddressDirectory owners = new AddressDirectory(
                directory,
                sites,
                balancers.privateFrontends(),
                ImmutableMap.copyOf(own),
                options.assumed() == AssumedAddress.HOLDS
                        ? ImmutableMap.of()
                        : PossibleAddresses.of(
                                topology, options.serviceTags(), addresses, routes.values(), estate.clusters()));
        balancers.build();
        external.build(wiring);
        InternetWiring internet = new InternetWiring(topology, wiring, addresses);
        internet.build();
        Network network = new Network(1, wiring.built(), owners, internet.outside(), wiring.probes());
        return new Compilation(
                declared,
                era,
                network,
                estate,
                ImmutableMap.copyOf(routes),
                ImmutableMap.copyOf(wiring.layers),
                wiring.filtered(),
                ImmutableMap.copyOf(wiring.views),
                ImmutableMap.<ResourceId, Address>builder()
                        .putAll(balancers.addresses())
                        .putAll(addresses.byNetworkInterface())
                        .putAll(clients.addresses())
                        .buildKeepingLast(),
                clients.notices(),
                addresses.assumed(),
                ImmutableList.copyOf(wiring.firewallRules),
                wiring.places(),
                notices.all(addresses.notices()));
    }

    private void seeSubnets() {
        for (Vnet vnet : topology.vnets()) {
            VnetReach reach = VnetReach.of(vnet, topology);
            wiring.missingWays.add(reach);
            for (Subnet subnet : vnet.subnets()) {
                wiring.views.put(subnet.id(), tables.view(subnet, reach));
            }
        }
    }

    private EffectiveRoutes effectiveRoutes(SubnetView view) {
        EffectiveRoutes effective = tables.routes(view);
        routes.put(view.subnet().id(), effective);
        return effective;
    }

    /**
     * A site sends through the GatewaySubnet of its gateway's VNet, whose table steers what it sends (trap 35); so does a
     * client that dials in, behind the routes of {@code own}.
     */
    private ImmutableList<AddressDirectory.SiteEdge> sites(Map<Address, Edge> own) {
        ImmutableList.Builder<AddressDirectory.SiteEdge> sites = ImmutableList.builder();
        SiteWiring exits = new SiteWiring(wiring);
        for (SubnetView view : wiring.views.values()) {
            for (VnetReach.Learnt learnt : view.reach().learnt()) {
                @Nullable Prefix prefix = learnt.prefix().value().orElse(null);
                if (prefix == null
                        || !learnt.gateway().subnet().is(view.subnet().id())) continue;
                int host = wiring.siteHost(learnt);
                Edge edge = edge(view, null, ImmutableList.of(), ImmutableList.of(), 0);
                Edge site = new Edge(
                        edge.vnet(),
                        edge.subnet(),
                        null,
                        Wiring.siteOwner(learnt),
                        ImmutableList.of(),
                        edge.routes(),
                        ImmutableList.of(),
                        exits.exit(view, learnt, host, edge.routes()),
                        host,
                        ImmutableList.of(),
                        true);
                sites.add(new AddressDirectory.SiteEdge(prefix, site));
                for (Client client : clients.dialling(learnt.site())) {
                    Meaning today = view.reach().behindGateway();
                    int start = wiring.add(clients.platform(client, today, edge.routes()));
                    own.put(clients.addressOf(client), starting(site, start));
                }
            }
        }
        return sites.build();
    }

    /** What leaves a client outside every VNet is the Internet's, as far as its platform lets it go at all. */
    private Map<Address, Edge> outside() {
        Map<Address, Edge> outside = new HashMap<>();
        for (Client client : clients.outside()) {
            int start = wiring.add(clients.platform(client, Meaning.NOTHING, wiring.internet));
            outside.put(
                    clients.addressOf(client),
                    new Edge(
                            client.id(),
                            client.id(),
                            null,
                            client.id(),
                            ImmutableList.of(),
                            start,
                            ImmutableList.of(),
                            start,
                            wiring.internet,
                            ImmutableList.of(),
                            true));
        }
        return outside;
    }

    private void connect(Vnet vnet, Estate estate) {
        SortedMap<Prefix, Integer> entries = new TreeMap<>();
        boolean complete = true;
        for (Subnet subnet : vnet.subnets()) {
            @Nullable VirtualCluster cluster = null;
            for (VirtualCluster candidate : estate.clusters()) {
                if (candidate.subnet().equals(subnet.id())) cluster = candidate;
            }
            int entry = connect(subnet, wiring.view(subnet.id()), cluster, entries);
            for (Given<Prefix> prefix : subnet.prefixes()) {
                if (prefix instanceof Given.Known<Prefix> known) entries.put(known.known(), entry);
                complete &= !prefix.isUnknown();
            }
        }
        balancers.addTo(vnet, entries);
        wiring.set(
                wiring.vnetSwitch(vnet.id()),
                new AddressSwitch("VNet " + vnet.id().name(), vnet.id(), PrefixSweep.longest(entries), complete));
    }

    /** Builds the edges of a subnet and returns the first element of what enters it. */
    private int connect(
            Subnet subnet, SubnetView view, @Nullable VirtualCluster cluster, SortedMap<Prefix, Integer> vnetEntries) {
        String name = "subnet " + subnet.id().qualifiedName();
        int subnetSwitch = wiring.reserve();
        @Nullable
        ClusterWiring machines =
                cluster == null ? null : new ClusterWiring(wiring, cluster, external, wiring.routeChoice(subnet.id()));
        int entry = subnetSwitch;
        int exit =
                machines == null ? balancers.wayBack(subnet.id(), wiring.routeChoice(subnet.id())) : machines.wayBack();
        int unfiltered = exit;
        @Nullable Layer layer = layer(subnet.attached().networkSecurityGroup(), subnet.id(), view);
        if (layer != null) {
            Wiring.FilterPair pair = wiring.filter(layer, subnetSwitch, exit, name);
            entry = pair.inbound();
            exit = pair.outbound();
        }
        AdminWiring.@Nullable OfSubnet rules = admin.of(view);
        int bare = rules == null ? subnetSwitch : wiring.reserve();
        if (rules != null) {
            entry = rules.entering(entry, bare);
        }
        ImmutableList<Integer> ruled = rules == null ? ImmutableList.of() : ImmutableList.of(entry);
        Exits exits = new Exits(exit, unfiltered, rules, ruled);
        exit = exits.ofSubnet;
        int anyone = wiring.add(Host.ofAll(new Host.Owner("a host of " + name, subnet.id())));
        SortedMap<Prefix, Integer> owners = new TreeMap<>();
        for (Given<Prefix> prefix : subnet.prefixes()) {
            if (prefix instanceof Given.Known<Prefix> known) owners.put(known.known(), anyone);
        }
        if (machines != null) machines.build(entry, owners, vnetEntries);
        SortedMap<Prefix, Integer> past = new TreeMap<>(owners);
        Map<Address, Edge> edges = new HashMap<>();
        for (Assignment assignment : addresses.in(subnet.id())) {
            @Nullable Address address = assignment.address();
            if (address == null) continue;
            edges.put(address, connect(assignment.networkInterface(), view, layer, exits));
            owners.put(Prefix.host(address), wiring.arrival(assignment.networkInterface()));
            past.put(Prefix.host(address), wiring.host(assignment.networkInterface()));
        }
        for (Client client : clients.in(subnet.id())) {
            Address address = clients.addressOf(client);
            // A client with the address of a NIC is that NIC's machine.
            if (edges.containsKey(address)) continue;
            int start = wiring.add(clients.platform(client, Meaning.NOTHING, exit));
            edges.put(address, owned(undeclared(view, layer, exits, start), client.id()));
            int machine =
                    wiring.add(Host.ofAll(new Host.Owner("client " + client.id().name(), client.id())));
            owners.put(Prefix.host(address), machine);
            past.put(Prefix.host(address), machine);
        }
        wiring.set(subnetSwitch, new AddressSwitch(name, subnet.id(), PrefixSweep.longest(owners), true));
        if (rules != null) wiring.set(bare, new AddressSwitch(name, subnet.id(), PrefixSweep.longest(past), true));
        directory.add(new AddressDirectory.SubnetEdges(
                subnet, ImmutableMap.copyOf(edges), undeclared(view, layer, exits, exit)));
        return entry;
    }

    /** The edge of an address of a subnet that no NIC has. */
    private Edge undeclared(SubnetView view, @Nullable Layer layer, Exits exits, int start) {
        ImmutableList<Integer> outbound = joined(exits.ruled(exits.ofSubnet), filters(layer, false));
        return edge(view, null, outbound, joined(exits.ruledInbound, filters(layer, true)), start);
    }

    private static ImmutableList<Integer> joined(ImmutableList<Integer> one, ImmutableList<Integer> other) {
        return ImmutableList.<Integer>builder().addAll(one).addAll(other).build();
    }

    /** Where what leaves a subnet goes first: through admin rules, then through security groups. */
    private static final class Exits {
        private final int filtered;
        private final int unfiltered;
        private final AdminWiring.@Nullable OfSubnet rules;
        private final ImmutableList<Integer> ruledInbound;
        private final int ofSubnet;

        Exits(int filtered, int unfiltered, AdminWiring.@Nullable OfSubnet rules, ImmutableList<Integer> ruledInbound) {
            this.filtered = filtered;
            this.unfiltered = unfiltered;
            this.rules = rules;
            this.ruledInbound = ruledInbound;
            this.ofSubnet = rules == null ? filtered : rules.leaving(filtered, unfiltered);
        }

        /** The first element of a NIC's packets, of which {@code ownFilter} is the filter of the NIC itself. */
        private int of(int ownFilter) {
            return rules == null ? ownFilter : rules.leaving(ownFilter, unfiltered);
        }

        /** The filter of admin rules that a packet meets first at {@code start}, if there are any. */
        private ImmutableList<Integer> ruled(int start) {
            return rules == null ? ImmutableList.of() : ImmutableList.of(start);
        }
    }

    private Edge connect(NetworkInterface nic, SubnetView view, @Nullable Layer subnetLayer, Exits exits) {
        @Nullable Layer layer = layer(nic.networkSecurityGroup(), nic.id(), view);
        int host = wiring.host(nic);
        int filtered = layer == null
                ? exits.filtered
                : wiring.filter(layer, host, exits.filtered, "NIC " + nic.id().name())
                        .outbound();
        int start = layer == null ? exits.ofSubnet : exits.of(filtered);
        if (!wiring.isBuilt(host)) {
            wiring.set(
                    host,
                    new Host(
                            new Host.Owner(hostName(nic), nic.id()),
                            own(nic),
                            nic.enableIpForwarding(),
                            host,
                            firewalls.behind(nic, view, start)));
        }
        ImmutableList<Integer> outbound =
                joined(exits.ruled(start), joined(filters(layer, false), filters(subnetLayer, false)));
        ImmutableList<Integer> inbound =
                joined(exits.ruledInbound, joined(filters(subnetLayer, true), filters(layer, true)));
        return edge(view, nic, outbound, inbound, start);
    }

    private Edge edge(
            SubnetView view,
            @Nullable NetworkInterface nic,
            ImmutableList<Integer> outbound,
            ImmutableList<Integer> inbound,
            int start) {
        ResourceId vnet = view.reach().vnet().id();
        ResourceId subnet = view.subnet().id();
        return new Edge(
                vnet,
                subnet,
                nic == null ? null : nic.id(),
                nic == null ? subnet : nic.id(),
                outbound,
                wiring.routeChoice(subnet),
                inbound,
                start,
                wiring.vnetSwitch(vnet),
                dnsServers(view.reach().vnet()),
                false);
    }

    private static Edge owned(Edge edge, ResourceId owner) {
        return new Edge(
                edge.vnet(),
                edge.subnet(),
                edge.networkInterface(),
                owner,
                edge.outboundFilters(),
                edge.routes(),
                edge.inboundFilters(),
                edge.start(),
                edge.arrival(),
                edge.dnsServers(),
                edge.ofSite());
    }

    private static Edge starting(Edge edge, int start) {
        return new Edge(
                edge.vnet(),
                edge.subnet(),
                edge.networkInterface(),
                edge.owner(),
                edge.outboundFilters(),
                edge.routes(),
                edge.inboundFilters(),
                start,
                edge.arrival(),
                edge.dnsServers(),
                edge.ofSite());
    }

    private static ImmutableList<Address> dnsServers(Vnet vnet) {
        ImmutableList.Builder<Address> known = ImmutableList.builder();
        for (Given<Address> server : vnet.dnsServers()) {
            if (server instanceof Given.Known<Address> address) known.add(address.known());
        }
        return known.build();
    }

    private static String hostName(NetworkInterface nic) {
        @Nullable ResourceId machine = nic.virtualMachine();
        return machine != null ? machine.name() : "NIC " + nic.id().name();
    }

    private AddressSet own(NetworkInterface nic) {
        List<Prefix> own = new ArrayList<>();
        for (Assignment assignment : addresses.assignments()) {
            @Nullable Address address = assignment.address();
            if (address != null && assignment.networkInterface().id().equals(nic.id())) own.add(Prefix.host(address));
        }
        for (Address floating : balancers.floating(nic.id())) own.add(Prefix.host(floating));
        return AddressSet.of(own);
    }

    private ImmutableList<Integer> filters(@Nullable Layer layer, boolean inbound) {
        Wiring.@Nullable FilterPair pair = wiring.filters(layer);
        if (pair == null) return ImmutableList.of();
        return ImmutableList.of(inbound ? pair.inbound() : pair.outbound());
    }

    private @Nullable Layer layer(@Nullable Given<ResourceId> attached, ResourceId target, SubnetView view) {
        if (attached == null) return null;
        @Nullable Layer known = wiring.layers.get(target);
        if (known != null) return known;
        Layer layer = tables.layer(attached, target, view);
        wiring.layers.put(target, layer);
        return layer;
    }
}
