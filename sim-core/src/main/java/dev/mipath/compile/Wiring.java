package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.Host;
import dev.mipath.azure.PeeringGate;
import dev.mipath.azure.RuleList;
import dev.mipath.azure.SecurityGroupFilter;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The elements of a network while they are being built, and the numbers by which they find each other. */
final class Wiring {
    /** The number of no element. */
    static final int NOWHERE = -1;

    private final List<@Nullable Element> elements = new ArrayList<>();
    private final Map<ResourceId, FilterPair> filters = new HashMap<>();
    private final Map<ResourceId, Integer> vnetSwitches = new HashMap<>();
    private final Map<ResourceId, Integer> routeChoices = new HashMap<>();
    private final Map<ResourceId, Integer> hosts = new HashMap<>();
    private final Map<ResourceId, Address> assumedPublic = new HashMap<>();
    private final Map<ResourceId, Integer> translations = new HashMap<>();

    private final Map<String, Integer> siteHosts = new HashMap<>();
    private final ImmutableList.Builder<Network.HealthProbe> probes = ImmutableList.builder();

    final Map<ResourceId, SubnetView> views = new LinkedHashMap<>();
    final MissingWayFinder missingWays = new MissingWayFinder();
    final Map<ResourceId, Layer> layers = new LinkedHashMap<>();
    /** The filters of admin rules of each subnet that has some. */
    final Map<ResourceId, AdminWiring.OfSubnet> admin = new LinkedHashMap<>();
    /** The VNet at which each filter of admin rules stands. */
    final Map<Integer, ResourceId> adminFilters = new HashMap<>();

    final PublicAddresses publicAddresses = new PublicAddresses();
    /** The network's own public addresses and the elements that answer for them. */
    final SortedMap<Prefix, Integer> publicFrontends = new TreeMap<>();
    /** The rules of firewalls as they were compiled. */
    final List<RuleList> firewallRules = new ArrayList<>();

    final int internet = reserve();
    /** The Internet as service endpoints show it: with the sender's private address. */
    final int services = reserve();

    private final Map<ResourceId, Integer> exits = new HashMap<>();

    final int platform = add(Host.ofAll(new Host.Owner("the platform", null)));

    /** The numbers of the two filters of a layer, which know each other's flows. */
    record FilterPair(int inbound, int outbound) {}

    int reserve() {
        elements.add(null);
        return elements.size() - 1;
    }

    int add(Element element) {
        elements.add(element);
        return elements.size() - 1;
    }

    void set(int number, Element element) {
        elements.set(number, element);
    }

    /** What a subnet sends to the Internet passes this element first. */
    void exitBy(ResourceId subnet, int element) {
        exits.put(subnet, element);
    }

    /** The first element of what a subnet sends to the Internet. */
    int exit(ResourceId subnet) {
        @Nullable Integer own = exits.get(subnet);
        return own == null ? translation(subnet) : own;
    }

    /** The public frontends and the subnets: addresses at which something stands. */
    ImmutableSet<Prefix> places() {
        ImmutableSet.Builder<Prefix> places = ImmutableSet.builder();
        places.addAll(publicFrontends.keySet());
        for (SubnetView view : views.values()) {
            for (Given<Prefix> prefix : view.subnet().prefixes()) prefix.value().ifPresent(places::add);
        }
        return places.build();
    }

    ImmutableList<Element> built() {
        ImmutableList.Builder<Element> all = ImmutableList.builder();
        for (@Nullable Element element : elements) {
            if (element == null) throw new IllegalStateException("an element was reserved and never built");
            all.add(element);
        }
        return all.build();
    }

    /** The element that hands packets to the subnets of a VNet; reserved when first asked for. */
    int vnetSwitch(ResourceId vnet) {
        return reserved(vnetSwitches, vnet);
    }

    /** The element that chooses a subnet's routes; reserved when first asked for. */
    int routeChoice(ResourceId subnet) {
        return reserved(routeChoices, subnet);
    }

    /** A public address that the input declares, or one that is assumed for it, always the same. */
    Address publicAddress(Topology topology, ResourceId id) {
        for (PublicIpAddress declared : topology.services(PublicIpAddress.class)) {
            boolean meant = declared.id().equals(id);
            if (meant && declared.ipAddress() instanceof Given.Known<Address> known) return known.known();
        }
        return assumedPublic.computeIfAbsent(id, any -> publicAddresses.next());
    }

    /** Whether nothing in the input gives a public address. */
    boolean isAssumed(ResourceId publicAddress) {
        return assumedPublic.containsKey(publicAddress);
    }

    /** The element that gives what leaves a subnet for the Internet a public address; reserved when first asked for. */
    int translation(ResourceId subnet) {
        return reserved(translations, subnet);
    }

    /** The element of a NIC's machine; reserved when first asked for. */
    int host(NetworkInterface nic) {
        return reserved(hosts, nic.id());
    }

    private int reserved(Map<ResourceId, Integer> numbers, ResourceId id) {
        @Nullable Integer known = numbers.get(id);
        if (known != null) return known;
        int number = reserve();
        numbers.put(id, number);
        return number;
    }

    /** The element of a site, one for all its ranges. */
    int siteHost(VnetReach.Learnt learnt) {
        @Nullable ResourceId site = learnt.site();
        String name = site == null ? "behind " + learnt.gateway().id().name() : site.name();
        @Nullable Integer known = siteHosts.get(name);
        if (known != null) return known;
        int host = add(Host.ofAll(new Host.Owner("site " + name, siteOwner(learnt))));
        siteHosts.put(name, host);
        return host;
    }

    /** The site, or the gateway for what is learnt by BGP. */
    static ResourceId siteOwner(VnetReach.Learnt learnt) {
        @Nullable ResourceId site = learnt.site();
        return site == null ? learnt.gateway().id() : site;
    }

    void addProbe(Network.HealthProbe probe) {
        probes.add(probe);
    }

    ImmutableList<Network.HealthProbe> probes() {
        return probes.build();
    }

    boolean isBuilt(int number) {
        return elements.get(number) != null;
    }

    SubnetView view(ResourceId subnet) {
        SubnetView view = views.get(subnet);
        if (view == null) throw new IllegalStateException("a subnet without a view");
        return view;
    }

    @Nullable
    FilterPair filters(@Nullable Layer layer) {
        return layer == null ? null : filters.get(layer.target());
    }

    /** At which VNet, subnet or NIC each filter stands. */
    ImmutableMap<Integer, ResourceId> filtered() {
        ImmutableMap.Builder<Integer, ResourceId> targets = ImmutableMap.builder();
        for (Map.Entry<ResourceId, FilterPair> entry : filters.entrySet()) {
            targets.put(entry.getValue().inbound, entry.getKey());
            targets.put(entry.getValue().outbound, entry.getKey());
        }
        targets.putAll(adminFilters);
        return targets.buildOrThrow();
    }

    /** Builds the two filters of a layer, once. */
    FilterPair filter(Layer layer, int inboundNext, int outboundNext, String at) {
        FilterPair known = filters.get(layer.target());
        if (known != null) return known;
        FilterPair pair = new FilterPair(reserve(), reserve());
        filters.put(layer.target(), pair);
        String name = layer.group().name() + " on " + at;
        set(pair.inbound, inboundFilter(layer, pair, name, inboundNext));
        set(
                pair.outbound,
                new SecurityGroupFilter(
                        name + ", outbound",
                        layer.outbound(),
                        new SecurityGroupFilter.Links(pair.outbound, pair.inbound, outboundNext)));
        return pair;
    }

    private static SecurityGroupFilter inboundFilter(Layer layer, FilterPair pair, String name, int next) {
        return new SecurityGroupFilter(
                name + ", inbound", layer.inbound(), new SecurityGroupFilter.Links(pair.inbound, pair.outbound, next));
    }

    /** The first element of what a NIC receives behind its subnet's filter. */
    int arrival(NetworkInterface nic) {
        FilterPair pair = filters.get(nic.id());
        return pair == null ? host(nic) : pair.inbound;
    }

    /**
     * The way to a NIC for packets that are not addressed to it, as to an appliance: the subnet's filter sees them with
     * their own destination. The filter has the rules and the memory of the subnet's own; only what is behind differs.
     */
    int wayTo(Assignment assignment, SubnetView there) {
        int arrival = arrival(assignment.networkInterface());
        int filtered = filtered(there, arrival);
        AdminWiring.@Nullable OfSubnet rules = admin.get(there.subnet().id());
        return rules == null ? filtered : rules.entering(filtered, host(assignment.networkInterface()));
    }

    /** The way into a subnet to an element that is not found by the packet's destination: through the same filter. */
    int filtered(SubnetView there, int arrival) {
        @Nullable Layer layer = layers.get(there.subnet().id());
        @Nullable FilterPair pair = filters(layer);
        if (layer == null || pair == null) return arrival;
        String name = layer.group().name() + " on subnet " + there.subnet().id().qualifiedName();
        return add(inboundFilter(layer, pair, name, arrival));
    }

    /**
     * The way through a peering to an element of the other VNet.
     *
     * @param view the subnet that the packets leave
     * @param peer the peering
     * @param outOfReach frontends that the peering does not lead to
     * @param next the element in the other VNet
     */
    int gate(SubnetView view, VnetReach.Peer peer, AddressSet outOfReach, int next) {
        PeeringGate.Links links = new PeeringGate.Links(peer.link(), peer.state(), peer.otherLink(), peer.otherState());
        return add(new PeeringGate(links, senders(view), outOfReach, next));
    }

    /** Whose packets are not forwarded traffic: the VNet's own, and all that a gateway sends (fact 3.4). */
    private static Given<AddressSet> senders(SubnetView view) {
        if (view.isGatewaySubnet()) return Given.of(AddressSet.any());
        VnetReach reach = view.reach();
        return reach.own().isCertain()
                ? Given.of(reach.own().certain())
                : Given.unknown(reach.own().missing().get(0), reach.vnet().place());
    }
}
