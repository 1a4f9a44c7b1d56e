package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Draws a veil over random facts of a world, or puts other values behind the same veil: every fact that could be hidden
 * has a number, in the order in which the world is walked, and the seed says which numbers are veiled.
 */
final class Veil {
    private static final Place BEHIND = new Place("veil.yaml", 0, "");
    /** Put behind the veil what was there. */
    private static final int ORIGINAL = 0;

    private static final int HIDDEN = -1;
    private static final String SOMEBODY = "vnet-of-somebody";

    private final World world;
    private final long seed;
    private final int oneIn;
    private final int draw;
    private final Topology.Builder result = new Topology.Builder();
    private final Set<ResourceId> joined = new HashSet<>();
    private final List<Given<Prefix>> ranges = new ArrayList<>();
    private final VeiledPolicies declared = new VeiledPolicies(this);
    private int fact;

    private Veil(World world, long seed, int oneIn, int draw) {
        this.world = world;
        this.seed = seed;
        this.oneIn = oneIn;
        this.draw = draw;
    }

    /** The world with one in so many facts unknown. */
    static World hide(World world, long seed, int oneIn) {
        return new Veil(world, seed, oneIn, HIDDEN).apply();
    }

    /** The world with those facts replaced by others; draw 0 is the world itself. */
    static World replace(World world, long seed, int oneIn, int draw) {
        return new Veil(world, seed, oneIn, draw).apply();
    }

    /** Whether this is one of the veiled facts; asked once for each fact, in the order of the walk. */
    boolean veiled() {
        fact++;
        return new Dice(seed * 1_000_003 + fact).oneIn(oneIn);
    }

    /** Draws what stands behind the veil of the fact just asked for. */
    Dice dice() {
        return new Dice((seed * 31 + draw) * 1_000_003 + fact);
    }

    /** The fact, or what the veil leaves of it. */
    <T> Given<T> maybe(Given<T> original, Function<Dice, T> other) {
        if (!veiled()) return original;
        if (draw == HIDDEN) return Given.unknown("fact " + fact, BEHIND);
        return draw == ORIGINAL ? original : Given.of(other.apply(dice()));
    }

    Given<Boolean> flag(Given<Boolean> original) {
        return maybe(original, dice -> dice.oneIn(2));
    }

    private Given<Prefix> prefix(Given<Prefix> original) {
        return maybe(
                original,
                dice -> dice.inside(
                        original.orElse(Prefix.ALL_V4).v6()
                                ? Prefix.parse("fd00::/8")
                                : dice.of(RandomTopologies.RESERVED),
                        12));
    }

    /** Another range of a VNet; the ranges of VNets do not overlap (fact 3.2). */
    private Given<Prefix> range(Given<Prefix> original) {
        Given<Prefix> other = prefix(original);
        boolean taken = other != original
                && !other.isUnknown()
                && Stream.concat(
                                world.topology().vnets().stream().flatMap(vnet -> vnet.addressPrefixes().stream()),
                                ranges.stream())
                        .anyMatch(range -> PlainFacts.known(range).overlaps(PlainFacts.known(other)));
        Given<Prefix> free =
                taken ? Given.of(Prefix.covering(Address.v4((fact & 0xFF) << 16 | 0x2100_0000), 16)) : other;
        if (other != original && !other.isUnknown()) ranges.add(free);
        return free;
    }

    /** What is left of a resource the input may lack: nothing when veiled, else itself or another of its kind. */
    private <T> @Nullable T resource(T original, Function<Dice, T> other) {
        if (!veiled() || draw == ORIGINAL) return original;
        return draw == HIDDEN ? null : other.apply(dice());
    }

    private World apply() {
        Topology topology = world.topology();
        for (Vnet vnet : topology.vnets()) {
            Vnet left = resource(vnet, dice -> vnet);
            Vnet seen = seen(vnet);
            if (left != null) result.add(seen);
        }
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            NetworkSecurityGroup left = resource(group, dice -> policies(dice).group(group.id()));
            NetworkSecurityGroup seen = declared.seen(group);
            if (left != null) result.add(left.equals(group) ? seen : left);
        }
        for (RouteTable table : topology.routeTables()) {
            RouteTable left = resource(table, dice -> policies(dice).table(table.id()));
            RouteTable seen = declared.seen(table);
            if (left != null) result.add(left.equals(table) ? seen : left);
        }
        for (LocalNetworkGateway site : topology.localNetworkGateways()) {
            ImmutableList<Given<Prefix>> prefixes = prefixes(site.addressPrefixes());
            LocalNetworkGateway left = resource(site, dice -> site);
            if (left != null) result.add(new LocalNetworkGateway(site.id(), site.place(), prefixes));
        }
        topology.networkInterfaces().forEach(nic -> result.add(seen(nic)));
        topology.applicationSecurityGroups().forEach(result::add);
        for (VirtualNetworkGateway gateway : topology.virtualNetworkGateways()) {
            result.add(new VirtualNetworkGateway(
                    gateway.id(),
                    gateway.place(),
                    maybe(gateway.subnet(), this::anySubnet),
                    gateway.type(),
                    prefixes(gateway.learnedPrefixes())));
        }
        for (GatewayConnection connection : topology.gatewayConnections()) {
            result.add(new GatewayConnection(
                    connection.id(),
                    connection.place(),
                    maybe(
                            connection.virtualNetworkGateway(),
                            dice -> dice.of(topology.virtualNetworkGateways()).id()),
                    maybe(
                            PlainFacts.given(connection.localNetworkGateway()),
                            dice -> dice.of(topology.localNetworkGateways()).id())));
        }
        for (PrivateEndpoint endpoint : topology.privateEndpoints()) {
            result.add(new PrivateEndpoint(
                    endpoint.id(),
                    endpoint.place(),
                    maybe(endpoint.subnet(), this::anySubnet),
                    maybe(PlainFacts.given(endpoint.privateIpAddress()), dice -> neighbour(endpoint.subnet(), dice))));
        }
        return world.with(result.build()).withTags(tags());
    }

    /** A download holds a tag's regions or nothing of it, so a family of tags is veiled as one. */
    private ImmutableMap<String, ImmutableList<Prefix>> tags() {
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.builder();
        for (String family : List.of("AzureCloud", "Storage", "Sql", "AzureActiveDirectory")) {
            boolean veiled = veiled();
            world.tags().forEach((name, prefixes) -> {
                boolean member = name.equals(family) || name.startsWith(family + ".");
                if (!member || veiled && draw == HIDDEN) return;
                tags.put(name, veiled && draw != ORIGINAL ? dice(name).some(RandomTopologies.PUBLIC, 6) : prefixes);
            });
        }
        return tags.put("SqlManagement", known(world.tags().get("SqlManagement")))
                .buildOrThrow();
    }

    private static <T> T known(@Nullable T value) {
        return Objects.requireNonNull(value);
    }

    private Dice dice(String name) {
        return new Dice(name.hashCode() + (seed * 31 + draw) * 1_000_003 + fact);
    }

    private RandomPolicies policies(Dice dice) {
        List<ResourceId> memberships = world.topology().networkInterfaces().stream()
                .flatMap(nic -> nic.ipConfigurations().stream())
                .flatMap(ip -> ip.applicationSecurityGroups().stream())
                .distinct()
                .toList();
        return new RandomPolicies(
                dice, () -> BEHIND, RandomTopologies.RESERVED, RandomTopologies.PUBLIC, List.of(), memberships);
    }

    private ResourceId anySubnet(Dice dice) {
        return dice.of(world.topology().vnets().stream()
                .flatMap(vnet -> vnet.subnets().stream())
                .map(Subnet::id)
                .toList());
    }

    /** Another address of the same subnet, as Azure would have it. */
    private Address neighbour(Given<ResourceId> subnet, Dice dice) {
        return dice.in(PlainFacts.known(world.topology()
                .subnet(PlainFacts.known(subnet))
                .orElseThrow()
                .prefixes()
                .get(0)));
    }

    Address anyAddress(Dice dice) {
        return dice.in(PlainFacts.known(dice.of(world.topology().vnets().stream()
                .flatMap(vnet -> vnet.addressPrefixes().stream())
                .toList())));
    }

    private ImmutableList<Given<Prefix>> prefixes(List<Given<Prefix>> all) {
        return all.stream().map(this::prefix).collect(ImmutableList.toImmutableList());
    }

    private Vnet seen(Vnet vnet) {
        return new Vnet(
                vnet.id(),
                vnet.place(),
                maybe(vnet.location(), dice -> dice.of("westeurope", "eastus")),
                vnet.addressPrefixes().stream().map(this::range).collect(ImmutableList.toImmutableList()),
                vnet.dnsServers(),
                vnet.subnets().stream().map(this::seen).collect(ImmutableList.toImmutableList()),
                vnet.peerings().stream().map(link -> seen(vnet, link)).collect(ImmutableList.toImmutableList()));
    }

    private Subnet seen(Subnet subnet) {
        Given<ResourceId> group = subnet.attached().networkSecurityGroup();
        Given<ResourceId> table = subnet.attached().routeTable();
        return new Subnet(
                subnet.id(),
                subnet.place(),
                subnet.prefixes(),
                new Subnet.Attached(
                        group == null ? null : maybe(group, this::anyGroup),
                        table == null
                                ? null
                                : maybe(
                                        table,
                                        dice -> dice.of(world.topology().routeTables())
                                                .id()),
                        null),
                subnet.delegations(),
                subnet.serviceEndpoints(),
                subnet.privateEndpointNetworkPolicies());
    }

    private ResourceId anyGroup(Dice dice) {
        return dice.of(world.topology().networkSecurityGroups()).id();
    }

    /** A VNet this one has no link to, and gets only one: Azure takes one link for a pair. */
    private ResourceId anotherPeer(Vnet vnet) {
        if (!joined.add(vnet.id())) return new ResourceId(SOMEBODY + fact);
        return world.topology().vnets().stream()
                .map(Vnet::id)
                .filter(id -> !id.equals(vnet.id()))
                .filter(id -> vnet.peerings().stream()
                        .noneMatch(link -> link.remoteVnet().is(id)))
                .findFirst()
                .orElse(new ResourceId(SOMEBODY + fact));
    }

    private Peering seen(Vnet vnet, Peering link) {
        // A link that records the ranges of a VNet we do not hold stays: it would say what the veil hides.
        boolean elsewhere =
                world.topology().vnet(PlainFacts.known(link.remoteVnet())).isEmpty();
        Given<ResourceId> remote = elsewhere ? link.remoteVnet() : maybe(link.remoteVnet(), dice -> anotherPeer(vnet));
        boolean toSomebody =
                remote.value().filter(id -> id.text().startsWith(SOMEBODY)).isPresent();
        Given<Peering.State> state = link.state() == null && toSomebody
                ? Given.of(Peering.State.INITIATED)
                : link.state() == null ? null : maybe(link.state(), dice -> dice.of(Peering.State.values()));
        return new Peering(
                link.id(),
                link.place(),
                remote,
                state,
                new Peering.Flags(
                        flag(link.flags().allowVirtualNetworkAccess()),
                        flag(link.flags().allowForwardedTraffic()),
                        flag(link.flags().allowGatewayTransit()),
                        flag(link.flags().useRemoteGateways())),
                elsewhere
                        ? link.remoteAddressPrefixes()
                        : toSomebody ? ImmutableList.of(Prefix.parse("203.0.113.0/24")) : ImmutableList.of());
    }

    /** The addresses of a NIC with a group of its own stay: which group a question meets is not asked here. */
    private NetworkInterface seen(NetworkInterface nic) {
        Given<ResourceId> group = nic.networkSecurityGroup();
        return new NetworkInterface(
                nic.id(),
                nic.place(),
                group != null
                        ? nic.ipConfigurations()
                        : nic.ipConfigurations().stream().map(this::seen).collect(ImmutableList.toImmutableList()),
                group == null ? null : maybe(group, this::anyGroup),
                flag(nic.enableIpForwarding()),
                nic.virtualMachine());
    }

    private IpConfiguration seen(IpConfiguration ip) {
        Given<Address> address = ip.privateIpAddress();
        return new IpConfiguration(
                ip.name(),
                ip.place(),
                maybe(ip.subnet(), this::anySubnet),
                address == null ? null : maybe(address, dice -> neighbour(ip.subnet(), dice)),
                ip.publicIpAddress(),
                ip.applicationSecurityGroups());
    }

    /** The entry of a rule, or what the veil leaves of it. */
    AddressTerm term(AddressTerm original) {
        if (!veiled()) return original;
        if (draw == HIDDEN) return new AddressTerm.Unknown("fact " + fact, BEHIND);
        if (draw == ORIGINAL) return original;
        Dice dice = dice();
        return dice.oneIn(3)
                ? new AddressTerm.Tag(dice.of("Internet", "VirtualNetwork", "AzurePlatformDNS"))
                : new AddressTerm.Block(dice.inside(dice.of(Prefix.ALL_V4, Prefix.ALL_V6), 20));
    }
}
