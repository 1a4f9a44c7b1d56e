package dev.mipath.stories;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds a small network in a customer's words. A subnet {@code hub/app} gets the group {@code nsg-hub-app} and the
 * table {@code rt-hub-app} once a rule or route names it.
 */
final class Lab {
    private final Map<String, List<Prefix>> vnets = new LinkedHashMap<>();
    private final Map<String, Prefix> subnets = new LinkedHashMap<>();
    private final Map<String, List<SecurityRule>> rules = new LinkedHashMap<>();
    private final Map<String, List<Route>> routes = new LinkedHashMap<>();
    private final Map<String, String> serviceEndpoints = new LinkedHashMap<>();
    private final Map<String, String> endpointPolicies = new LinkedHashMap<>();
    private final Map<String, Boolean> propagationOff = new LinkedHashMap<>();
    private final List<Peering> links = new ArrayList<>();
    private final List<NetworkInterface> nics = new ArrayList<>();
    private final List<PrivateEndpoint> endpoints = new ArrayList<>();
    private final List<VirtualNetworkGateway> gateways = new ArrayList<>();
    private final ImmutableMap.Builder<String, List<Prefix>> tags = ImmutableMap.builder();
    private TagRoutes tagRoutes = TagRoutes.ALL;
    private DefaultRouteRemoves defaultRemoves = DefaultRouteRemoves.FORWARDING;
    private int line;

    @CanIgnoreReturnValue
    Lab vnet(String name, String... ranges) {
        vnets.put(name, blocks(ranges));
        return this;
    }

    /** A subnet, written {@code vnet/subnet}. */
    @CanIgnoreReturnValue
    Lab subnet(String name, String block) {
        subnets.put(name, Prefix.parse(block));
        return this;
    }

    /** The subnet gets a security group, with no rules but the default ones so far. */
    @CanIgnoreReturnValue
    Lab guarded(String subnet) {
        rules.computeIfAbsent(subnet, key -> new ArrayList<>());
        return this;
    }

    /** A rule of the subnet's group, such as {@code 100 Deny Outbound Tcp * -> Internet:443}. */
    @CanIgnoreReturnValue
    Lab rule(String subnet, String name, String text) {
        String[] words = text.split(" ", -1);
        int colon = words[6].lastIndexOf(':');
        SecurityRule.Match match = new SecurityRule.Match(
                Given.of(Protocol.parse(words[3])),
                ImmutableList.of(term(words[4])),
                ImmutableList.of(Given.of(PortRange.ANY)),
                ImmutableList.of(term(words[6].substring(0, colon))),
                ImmutableList.of(Given.of(PortRange.parse(words[6].substring(colon + 1)))));
        guarded(subnet);
        rules.computeIfAbsent(subnet, key -> new ArrayList<>())
                .add(new SecurityRule(
                        name,
                        place(),
                        Given.of(Integer.parseInt(words[0])),
                        Given.of(words[2].equals("Inbound") ? Direction.INBOUND : Direction.OUTBOUND),
                        Given.of(words[1].equals("Allow") ? Access.ALLOW : Access.DENY),
                        match));
        return this;
    }

    /** A route of the subnet's table, to a block or tag; the hop is a type, with an address for an appliance. */
    @CanIgnoreReturnValue
    Lab route(String subnet, String name, String destination, String hop) {
        String[] words = hop.split(" ", -1);
        RouteDestination where = Character.isDigit(destination.charAt(0))
                ? new RouteDestination.Block(Prefix.parse(destination))
                : new RouteDestination.Tag(destination);
        routes.computeIfAbsent(subnet, key -> new ArrayList<>())
                .add(new Route(
                        name,
                        place(),
                        Given.of(where),
                        Given.of(NextHopType.parse(words[0])),
                        words.length == 1 ? null : Given.of(Address.parse(words[1])),
                        false,
                        Given.of(true)));
        return this;
    }

    /** The subnet's table keeps gateway routes out. */
    @CanIgnoreReturnValue
    Lab propagationOff(String subnet) {
        routes.computeIfAbsent(subnet, key -> new ArrayList<>());
        propagationOff.put(subnet, true);
        return this;
    }

    /** Both links of a peering with Azure's defaults. */
    @CanIgnoreReturnValue
    Lab peered(String one, String other) {
        return link(one, other, Peering.Flags.DEFAULTS).link(other, one, Peering.Flags.DEFAULTS);
    }

    @CanIgnoreReturnValue
    Lab link(String from, String to, Peering.Flags flags) {
        links.add(new Peering(
                new ResourceId(from + "/to-" + to),
                place(),
                Given.of(new ResourceId(to)),
                Given.of(Peering.State.CONNECTED),
                flags,
                ImmutableList.of()));
        return this;
    }

    /** A machine that forwards. */
    @CanIgnoreReturnValue
    Lab appliance(String name, String subnet, String address) {
        nics.add(new NetworkInterface(
                new ResourceId(name),
                place(),
                ImmutableList.of(new NetworkInterface.IpConfiguration(
                        "ip",
                        place(),
                        Given.of(new ResourceId(subnet)),
                        Given.of(Address.parse(address)),
                        null,
                        ImmutableList.of())),
                null,
                Given.of(true),
                null));
        return this;
    }

    /** A gateway in the VNet's subnet {@code GatewaySubnet} that learnt these ranges. */
    @CanIgnoreReturnValue
    Lab gateway(String vnet, String... learnt) {
        gateways.add(new VirtualNetworkGateway(
                new ResourceId("gw-" + vnet),
                place(),
                Given.of(new ResourceId(vnet + "/GatewaySubnet")),
                Given.of("Vpn"),
                given(blocks(learnt))));
        return this;
    }

    @CanIgnoreReturnValue
    Lab serviceEndpoint(String subnet, String service) {
        serviceEndpoints.put(subnet, service);
        return this;
    }

    @CanIgnoreReturnValue
    Lab privateEndpoint(String subnet, String address, String policies) {
        endpoints.add(new PrivateEndpoint(
                new ResourceId("pe-" + address),
                place(),
                Given.of(new ResourceId(subnet)),
                Given.of(Address.parse(address))));
        endpointPolicies.put(subnet, policies);
        return this;
    }

    @CanIgnoreReturnValue
    Lab tag(String name, String... prefixes) {
        tags.put(name, blocks(prefixes));
        return this;
    }

    @CanIgnoreReturnValue
    Lab with(TagRoutes choice) {
        tagRoutes = choice;
        return this;
    }

    @CanIgnoreReturnValue
    Lab with(DefaultRouteRemoves choice) {
        defaultRemoves = choice;
        return this;
    }

    /** The network, ready to be asked. */
    Answers built() {
        ServiceTags loaded = ServiceTags.loaded("story", tags.buildOrThrow());
        CompileOptions options = new CompileOptions(
                loaded, tagRoutes, defaultRemoves, null, ImmutableMap.of(), CompileOptions.AssumedAddress.MAY_DIFFER);
        return new Answers(NetworkCompiler.compile(topology(), options).network());
    }

    private Topology topology() {
        Topology.Builder topology = new Topology.Builder();
        vnets.forEach((name, ranges) -> topology.add(new Vnet(
                new ResourceId(name),
                place(),
                Given.of("westeurope"),
                given(ranges),
                ImmutableList.of(),
                subnets.keySet().stream()
                        .filter(subnet -> subnet.startsWith(name + "/"))
                        .map(this::subnet)
                        .collect(ImmutableList.toImmutableList()),
                links.stream()
                        .filter(link -> link.id().text().startsWith(name + "/"))
                        .collect(ImmutableList.toImmutableList()))));
        rules.forEach((subnet, list) ->
                topology.add(new NetworkSecurityGroup(attached("nsg", subnet), place(), ImmutableList.copyOf(list))));
        routes.forEach((subnet, list) -> topology.add(new RouteTable(
                attached("rt", subnet),
                place(),
                Given.of(propagationOff.containsKey(subnet)),
                ImmutableList.copyOf(list))));
        nics.forEach(topology::add);
        gateways.forEach(topology::add);
        endpoints.forEach(topology::add);
        return topology.build();
    }

    private Subnet subnet(String name) {
        return new Subnet(
                new ResourceId(name),
                place(),
                given(List.of(subnets.getOrDefault(name, Prefix.ALL_V4))),
                new Subnet.Attached(
                        rules.containsKey(name) ? Given.of(attached("nsg", name)) : null,
                        routes.containsKey(name) ? Given.of(attached("rt", name)) : null,
                        null),
                ImmutableList.of(),
                serviceEndpoints.containsKey(name)
                        ? ImmutableList.of(serviceEndpoints.getOrDefault(name, ""))
                        : ImmutableList.of(),
                endpointPolicies.get(name));
    }

    private static ResourceId attached(String kind, String subnet) {
        return new ResourceId(kind + "-" + subnet.replace('/', '-'));
    }

    private static AddressTerm term(String text) {
        if (text.equals("*")) return new AddressTerm.Any();
        return Character.isDigit(text.charAt(0))
                ? new AddressTerm.Block(Prefix.parse(text))
                : new AddressTerm.Tag(text);
    }

    private static List<Prefix> blocks(String... texts) {
        return List.of(texts).stream().map(Prefix::parse).toList();
    }

    private static ImmutableList<Given<Prefix>> given(List<Prefix> prefixes) {
        return prefixes.stream().map(Given::of).collect(ImmutableList.toImmutableList());
    }

    private Place place() {
        return new Place("story.yaml", ++line, "");
    }
}
