package dev.mipath.compile;

import com.google.common.collect.ImmutableCollection;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSetMultimap;
import dev.mipath.azure.RuleList;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A compiled topology: the network that decides, and the tables it was made of for whoever wants to list them.
 */
public final class Compilation {
    private final Topology topology;
    private final @Nullable Era era;
    private final Network network;
    private final Estate estate;
    private final ImmutableMap<ResourceId, EffectiveRoutes> routes;
    private final ImmutableMap<ResourceId, Layer> layers;
    private final ImmutableMap<Integer, ResourceId> filtered;
    private final ImmutableMap<ResourceId, SubnetView> views;
    private final ImmutableMap<ResourceId, Address> addresses;
    private final ImmutableSetMultimap<ResourceId, Notice> clientNotices;
    private final ImmutableSet<Address> assumed;
    private final ImmutableList<RuleList> firewallRules;
    private final ImmutableSet<Prefix> places;
    private final ImmutableList<Notice> notices;

    /**
     * One security group layer.
     *
     * @param group the security group
     * @param target the subnet or NIC it is attached to
     * @param subnet the subnet whose view of tags applies
     * @param inbound the rules for what arrives
     * @param outbound the rules for what leaves
     */
    public record Layer(ResourceId group, ResourceId target, ResourceId subnet, RuleList inbound, RuleList outbound) {}

    Compilation(
            Topology topology,
            @Nullable Era era,
            Network network,
            Estate estate,
            ImmutableMap<ResourceId, EffectiveRoutes> routes,
            ImmutableMap<ResourceId, Layer> layers,
            ImmutableMap<Integer, ResourceId> filtered,
            ImmutableMap<ResourceId, SubnetView> views,
            ImmutableMap<ResourceId, Address> addresses,
            ImmutableSetMultimap<ResourceId, Notice> clientNotices,
            ImmutableSet<Address> assumed,
            ImmutableList<RuleList> firewallRules,
            ImmutableSet<Prefix> places,
            ImmutableList<Notice> notices) {
        this.topology = topology;
        this.era = era;
        this.network = network;
        this.estate = estate;
        this.routes = routes;
        this.layers = layers;
        this.filtered = filtered;
        this.views = views;
        this.addresses = addresses;
        this.clientNotices = clientNotices;
        this.assumed = assumed;
        this.firewallRules = firewallRules;
        this.places = places;
        this.notices = notices;
    }

    /** What was compiled. */
    public Topology topology() {
        return topology;
    }

    /** The era whose rules the service added, or null when the input was judged by what it declares alone. */
    public @Nullable Era era() {
        return era;
    }

    /** The network that decides. */
    public Network network() {
        return network;
    }

    /** The virtual clusters and their names; empty when no era was given. */
    public Estate estate() {
        return estate;
    }

    /** The first address of a NIC, client or frontend, declared or assumed, or null when there is not even a guess. */
    public @Nullable Address address(ResourceId networkInterfaceOrClient) {
        return addresses.get(networkInterfaceOrClient);
    }

    /** Caveats and assumptions of answers about this client. */
    public ImmutableList<Notice> clientNotices(ResourceId client) {
        return clientNotices.get(client).asList();
    }

    /** Whether an address is the one that is assumed of a NIC. */
    public boolean isAssumed(Address address) {
        return assumed.contains(address);
    }

    /** The routes of a subnet, or null when there is no such subnet. */
    public @Nullable EffectiveRoutes routes(ResourceId subnet) {
        return routes.get(subnet);
    }

    /**
     * The rules and routes of a subnet.
     *
     * @throws IllegalArgumentException when there is no such subnet
     */
    public SubnetTables tables(ResourceId subnet) {
        @Nullable EffectiveRoutes found = routes.get(subnet);
        if (found == null) throw new IllegalArgumentException("there is no subnet `" + subnet.qualifiedName() + "`");
        return new SubnetTables(adminLayer(subnet), layers.get(subnet), found);
    }

    /** The security group layer at a subnet or NIC, or null when no group is attached there. */
    public @Nullable Layer layer(ResourceId subnetOrNic) {
        return layers.get(subnetOrNic);
    }

    /** The security admin rules in front of a subnet's security groups, or null when none hold there. */
    public @Nullable AdminLayer adminLayer(ResourceId subnet) {
        @Nullable SubnetView view = views.get(subnet);
        // What the rules spare was told when the network was made.
        return view == null ? null : AdminLayer.of(topology, view, new CompileNotices(topology, era != null));
    }

    /** Every list of rules that a packet can meet: of security groups, security admin rules and firewalls. */
    ImmutableList<RuleList> ruleLists() {
        ImmutableList.Builder<RuleList> lists = ImmutableList.builder();
        for (Layer layer : layers.values()) lists.add(layer.inbound(), layer.outbound());
        for (ResourceId subnet : views.keySet()) {
            @Nullable AdminLayer admin = adminLayer(subnet);
            if (admin != null) lists.add(admin.inbound(), admin.outbound());
        }
        return lists.addAll(firewallRules).build();
    }

    /** The routes of every subnet. */
    ImmutableCollection<EffectiveRoutes> routeTables() {
        return routes.values();
    }

    /** The public frontends, those of external services among them, and the subnets. */
    ImmutableSet<Prefix> places() {
        return places;
    }

    /** The subnet or NIC at which a filter of the network stands, or null when the element is no filter of one. */
    public @Nullable ResourceId filtered(int element) {
        return filtered.get(element);
    }

    /** The priorities that the rules of a group have in one direction, those assumed of the service included. */
    public ImmutableSet<Integer> priorities(ResourceId group, Direction direction) {
        return layers.values().stream()
                .filter(layer -> layer.group().equals(group))
                .map(layer -> direction == Direction.INBOUND ? layer.inbound() : layer.outbound())
                .flatMap(list -> list.entries().stream())
                .flatMap(entry -> Stream.ofNullable(entry.rule()))
                .flatMap(rule -> rule.rule().priority().value().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    /** The destination ports that any rule in force names, those of the service and Azure's own included. */
    public ImmutableSet<PortRange> destinationPorts() {
        ImmutableSet.Builder<PortRange> ports = ImmutableSet.builder();
        for (Layer layer : layers.values()) {
            for (RuleList list : ImmutableList.of(layer.inbound(), layer.outbound())) {
                for (RuleList.Entry entry : list.entries()) {
                    if (entry.kind() == RuleList.Kind.PLATFORM_ADDRESS) continue;
                    for (Given<PortRange> range : entry.rule().rule().match().destinationPorts()) {
                        range.value().ifPresent(ports::add);
                    }
                }
            }
        }
        return ports.build();
    }

    /**
     * The addresses that a term of a rule surely stands for in a subnet.
     *
     * @throws IllegalArgumentException when there is no such subnet
     */
    public ImmutableList<Prefix> expansion(ResourceId subnet, AddressTerm term) {
        SubnetView view = views.get(subnet);
        if (view == null) throw new IllegalArgumentException("there is no subnet `" + subnet.qualifiedName() + "`");
        return view.listed(term).prefixes();
    }

    /** What has to be known of a service tag that is not loaded, as entries of rules name it among what they miss. */
    public static String missingTag(String tag) {
        return SubnetView.missingTag(tag);
    }

    /** A tag of an era's rules narrowed to the VNet's region or to the paired one; null when its region has no pair. */
    public static @Nullable String narrowed(String tag, Vnet vnet) {
        return ServiceAided.narrowed(tag, vnet);
    }

    /** Caveats and assumptions, those of the input first. */
    public ImmutableList<Notice> notices() {
        return notices;
    }
}
