package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Random topologies that know everything about themselves, drawn from few addresses, so that ranges, rules and routes
 * meet, nest and tie.
 */
public final class RandomTopologies {
    private static final List<List<List<String>>> RANGES = List.of(
            List.of(
                    List.of("10.0.0.0/16", "10.1.0.0/16", "10.2.0.0/24"),
                    List.of("10.0.0.0/8"),
                    List.of("8.0.0.0/6"),
                    List.of("10.0.0.0/9", "10.128.0.0/9")),
            List.of(List.of("172.16.0.0/12"), List.of("172.20.0.0/16", "172.21.0.0/16"), List.of("172.0.0.0/8")),
            List.of(List.of("192.168.0.0/16"), List.of("192.168.4.0/22", "192.168.200.0/24"), List.of("192.0.0.0/8")),
            List.of(List.of("100.64.0.0/10"), List.of("100.100.0.0/16")),
            List.of(List.of("20.30.0.0/16", "51.4.0.0/16")));
    private static final List<String> RANGES_V6 = List.of("fd00:1::/48", "fd00:2::/48", "2001:db8:1::/48");

    static final List<Prefix> PUBLIC = blocks(
            "20.0.0.0/8",
            "20.60.0.0/16",
            "20.60.7.0/24",
            "40.64.0.0/10",
            "40.68.0.0/16",
            "40.68.16.0/20",
            "40.68.16.9/32",
            "52.239.0.0/16",
            "13.69.0.0/18",
            "168.61.0.0/16",
            "168.62.0.0/15",
            "2603:1000::/24",
            "2603:1020:206::/48");
    static final List<String> TAGS = List.of(
            "AzureCloud",
            "AzureCloud.westeurope",
            "Storage",
            "Storage.WestEurope",
            "Sql",
            "Sql.WestEurope",
            "AzureActiveDirectory",
            "SqlManagement");
    static final List<Prefix> RESERVED = blocks("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10");

    private final Dice dice;
    private final List<Prefix> publicBlocks;
    private final Topology.Builder topology = new Topology.Builder();
    private final List<List<Prefix>> ranges = new ArrayList<>();
    private final List<List<Subnet>> subnets = new ArrayList<>();
    private final List<ResourceId> groups = new ArrayList<>();
    private final List<ResourceId> tables = new ArrayList<>();
    private final List<ResourceId> memberships = ids("asg", 3);
    private final Set<ResourceId> populated = new LinkedHashSet<>();
    private final List<Address> machines = new ArrayList<>();
    private int line;

    private RandomTopologies(Dice dice, List<Prefix> publicBlocks) {
        this.dice = dice;
        this.publicBlocks = publicBlocks;
    }

    /** The world of a seed. */
    public static World world(long seed) {
        Dice dice = new Dice(seed);
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.builder();
        for (String tag : TAGS) tags.put(tag, dice.some(PUBLIC, 6));
        return world(dice, tags.build(), PUBLIC);
    }

    /** The world of a seed where the tags stand for what Microsoft's file says; rules and routes are about blocks of it. */
    static World world(long seed, ImmutableMap<String, ImmutableList<Prefix>> tags) {
        Dice dice = new Dice(seed);
        List<Prefix> blocks = new ArrayList<>();
        tags.values().forEach(prefixes -> {
            for (int i = 0; i < 4; i++) blocks.add(dice.of(prefixes));
        });
        return world(dice, tags, blocks);
    }

    private static World world(Dice dice, ImmutableMap<String, ImmutableList<Prefix>> tags, List<Prefix> publicBlocks) {
        return new World(
                new RandomTopologies(dice, publicBlocks).draw(),
                tags,
                dice.of(CompileOptions.TagRoutes.values()),
                dice.of(CompileOptions.DefaultRouteRemoves.values()));
    }

    private Topology draw() {
        dealRanges();
        groups.addAll(ids("nsg", 1 + dice.below(4)));
        tables.addAll(ids("rt", 1 + dice.below(3)));
        for (int i = 0; i < ranges.size(); i++) subnets.add(subnets(i));
        for (List<Subnet> ofVnet : subnets) ofVnet.forEach(this::addMachines);
        List<Prefix> known = new ArrayList<>(RESERVED);
        ranges.forEach(known::addAll);
        for (List<Subnet> ofVnet : subnets) {
            for (Subnet subnet : ofVnet)
                subnet.prefixes().forEach(p -> known.add(p.value().orElseThrow()));
        }
        RandomLinks links = new RandomLinks(dice, this::place, ranges);
        for (int i = 0; i < ranges.size(); i++) addGateway(i, known);
        for (int i = 0; i < ranges.size(); i++) {
            topology.add(new Vnet(
                    vnetId(i),
                    place(),
                    Given.of(dice.of("westeurope", "West Europe", "northeurope")),
                    given(ranges.get(i)),
                    ImmutableList.of(),
                    ImmutableList.copyOf(subnets.get(i)),
                    links.of(i)));
        }
        memberships.forEach(id -> topology.add(new ApplicationSecurityGroup(id, place())));
        RandomPolicies policies =
                new RandomPolicies(dice, this::place, known, publicBlocks, machines, ImmutableList.copyOf(populated));
        groups.forEach(id -> topology.add(policies.group(id)));
        tables.forEach(id -> topology.add(policies.table(id)));
        return topology.build();
    }

    private void dealRanges() {
        List<Prefix> pool = new ArrayList<>();
        for (List<List<String>> alternatives : RANGES) {
            for (String text : dice.of(alternatives)) pool.add(Prefix.parse(text));
        }
        int vnets = 1 + dice.below(4);
        for (int i = 0; i < vnets; i++) ranges.add(new ArrayList<>());
        int next = 0;
        for (Prefix range : dice.shuffled(pool)) {
            if (next >= vnets && dice.oneIn(2)) continue;
            ranges.get(next++ % vnets).add(range);
        }
        for (String text : RANGES_V6) if (dice.oneIn(2)) dice.of(ranges).add(Prefix.parse(text));
    }

    private List<Subnet> subnets(int vnet) {
        List<Subnet> list = new ArrayList<>();
        Set<Prefix> used = new LinkedHashSet<>();
        for (int i = 0; i < 1 + dice.below(4); i++) {
            Prefix range = dice.of(ranges.get(vnet));
            int length = range.v6() ? 64 : Math.min(28, range.length() + 2 + 4 * (range.length() % 3));
            Prefix block = Prefix.covering(dice.in(range), length);
            if (!used.add(block)) continue;
            list.add(new Subnet(
                    new ResourceId(vnetId(vnet) + "/s" + i),
                    place(),
                    given(List.of(block)),
                    new Subnet.Attached(
                            dice.oneIn(4) ? null : Given.of(dice.of(groups)),
                            dice.oneIn(4) ? null : Given.of(dice.of(tables)),
                            null),
                    ImmutableList.of(),
                    dice.oneIn(4) ? dice.some(List.of("Microsoft.Storage", "Microsoft.Sql"), 2) : ImmutableList.of(),
                    dice.of("Disabled", "Enabled", "RouteTableEnabled", "NetworkSecurityGroupEnabled")));
        }
        return list;
    }

    private void addMachines(Subnet subnet) {
        Prefix block = subnet.prefixes().get(0).value().orElseThrow();
        Set<Address> taken = new LinkedHashSet<>();
        for (int i = dice.below(3); i > 0; i--) {
            boolean dynamic = !block.v6() && dice.oneIn(5);
            List<IpConfiguration> addresses = new ArrayList<>();
            for (int c = dice.oneIn(5) ? 2 : 1; c > 0; c--) {
                Address address = hostOf(block);
                if (dynamic || !taken.add(address)) continue;
                machines.add(address);
                ImmutableList<ResourceId> memberOf = dice.some(memberships, 2);
                populated.addAll(memberOf);
                addresses.add(configuration(subnet, Given.of(address), memberOf));
            }
            if (dynamic) addresses.add(configuration(subnet, null, ImmutableList.of()));
            topology.add(new NetworkInterface(
                    new ResourceId("nic" + line),
                    place(),
                    ImmutableList.copyOf(addresses),
                    dice.oneIn(2) ? null : Given.of(dice.of(groups)),
                    Given.of(dice.oneIn(2)),
                    null));
        }
        if (dice.oneIn(3)) {
            Address address = hostOf(block);
            if (taken.add(address)) {
                topology.add(new PrivateEndpoint(
                        new ResourceId("pe" + line), place(), Given.of(subnet.id()), Given.of(address)));
            }
        }
    }

    private Address hostOf(Prefix block) {
        Address address = block.first();
        for (int i = 4 + dice.below(6); i > 0; i--) {
            Address next = address.next();
            if (next != null) address = next;
        }
        return address;
    }

    private IpConfiguration configuration(
            Subnet subnet, @Nullable Given<Address> address, ImmutableList<ResourceId> memberOf) {
        return new IpConfiguration("ip" + line, place(), Given.of(subnet.id()), address, null, memberOf);
    }

    private void addGateway(int vnet, List<Prefix> known) {
        if (subnets.get(vnet).isEmpty() || dice.oneIn(2)) return;
        ResourceId id = new ResourceId("gw" + vnet);
        topology.add(new VirtualNetworkGateway(
                id,
                place(),
                Given.of(dice.of(subnets.get(vnet)).id()),
                Given.of(dice.of("Vpn", "ExpressRoute")),
                learnt(known)));
        for (int i = dice.below(3); i > 0; i--) {
            ResourceId site = new ResourceId("site" + vnet + i);
            topology.add(new LocalNetworkGateway(site, place(), learnt(known)));
            topology.add(new GatewayConnection(
                    new ResourceId("connection" + vnet + i), place(), Given.of(id), Given.of(site)));
        }
    }

    private ImmutableList<Given<Prefix>> learnt(List<Prefix> known) {
        List<Prefix> prefixes = new ArrayList<>();
        if (dice.oneIn(5)) prefixes.add(Prefix.ALL_V4);
        if (dice.oneIn(9)) prefixes.add(Prefix.ALL_V6);
        if (dice.oneIn(3)) prefixes.add(Prefix.parse("131.5.0.0/16"));
        for (int i = dice.below(4); i > 0; i--) prefixes.add(dice.inside(dice.of(known), 8));
        return given(prefixes.stream().distinct().toList());
    }

    private Place place() {
        return new Place("random.yaml", ++line, "");
    }

    static ResourceId vnetId(int number) {
        return new ResourceId("vnet" + number);
    }

    static List<Prefix> blocks(String... texts) {
        return List.of(texts).stream().map(Prefix::parse).toList();
    }

    private static List<ResourceId> ids(String name, int count) {
        List<ResourceId> list = new ArrayList<>();
        for (int i = 0; i < count; i++) list.add(new ResourceId(name + i));
        return list;
    }

    private static ImmutableList<Given<Prefix>> given(List<Prefix> prefixes) {
        return prefixes.stream().map(Given::of).collect(ImmutableList.toImmutableList());
    }
}
