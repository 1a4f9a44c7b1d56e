package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Security groups and route tables as customers write them around an instance: nearly right, often enough. No block of
 * theirs parts an instance's subnet, for the addresses in it are assumed and must not decide (contract: Sources).
 */
final class HubPolicies {
    private static final PortRange TDS = new PortRange(1433, 1433);
    private static final PortRange REDIRECT = new PortRange(11_000, 11_999);

    private final Dice dice;
    private final Supplier<Place> place;
    private final int calm;
    private final List<Prefix> vnets;
    private final List<Prefix> instanceSubnets;
    private final List<Prefix> clientBlocks;
    private final List<Address> appliances;

    /** The blocks and addresses that rules and routes are about; one in {@code calm} policies is a fault. */
    HubPolicies(
            Dice dice,
            Supplier<Place> place,
            int calm,
            List<Prefix> vnets,
            List<Prefix> instanceSubnets,
            List<Prefix> clientBlocks,
            List<Address> appliances) {
        this.dice = dice;
        this.place = place;
        this.calm = calm;
        this.vnets = vnets;
        this.instanceSubnets = instanceSubnets;
        this.clientBlocks = clientBlocks;
        this.appliances = appliances;
    }

    /** One group being written: no priority twice in a direction. */
    private final class Rules {
        private final List<SecurityRule> rules = new ArrayList<>();
        private final Set<String> slots = new LinkedHashSet<>();

        void add(String name, int priority, Direction direction, Access access, SecurityRule.Match match) {
            if (!slots.add(direction + " " + priority)) return;
            rules.add(new SecurityRule(
                    name + rules.size(),
                    place.get(),
                    Given.of(priority),
                    Given.of(direction),
                    Given.of(access),
                    match));
        }

        NetworkSecurityGroup group(ResourceId id) {
            return new NetworkSecurityGroup(id, place.get(), ImmutableList.copyOf(dice.shuffled(rules)));
        }
    }

    private boolean fault() {
        return dice.oneIn(calm);
    }

    /** The group of an instance's subnet: the two doors, the deny behind them, and what goes wrong with each. */
    NetworkSecurityGroup ofInstance(ResourceId id, Prefix subnet) {
        Rules rules = new Rules();
        boolean wide = dice.oneIn(4);
        if (!fault()) {
            PortRange ports = fault() ? dice.of(new PortRange(1434, 1434), new PortRange(3342, 3342)) : TDS;
            Protocol protocol = fault() ? Protocol.UDP : dice.of(Protocol.TCP, Protocol.TCP, Protocol.ANY);
            rules.add(
                    "allow_tds",
                    1000,
                    Direction.INBOUND,
                    Access.ALLOW,
                    match(protocol, source(), target(subnet), ports));
        }
        if (!dice.oneIn(4)) {
            PortRange ports = fault() ? new PortRange(11_000, 11_000 + dice.below(3)) : REDIRECT;
            rules.add(
                    "allow_redirect",
                    1100,
                    Direction.INBOUND,
                    Access.ALLOW,
                    match(Protocol.TCP, source(), target(subnet), ports));
        }
        if (wide)
            rules.add(
                    "allow_vnet",
                    1200,
                    Direction.INBOUND,
                    Access.ALLOW,
                    match(Protocol.ANY, source(), target(subnet), PortRange.ANY));
        if (!dice.oneIn(4)) {
            int priority = fault() ? dice.of(100, 102, 200, 999, 1050) : 4096;
            rules.add("deny_all_in", priority, Direction.INBOUND, Access.DENY, SecurityRule.Match.ANY);
        }
        if (fault())
            rules.add(
                    "deny_some",
                    dice.of(100, 500, 1001),
                    Direction.INBOUND,
                    Access.DENY,
                    match(Protocol.ANY, source(), target(subnet), dice.of(TDS, REDIRECT, PortRange.ANY)));
        if (fault())
            rules.add(
                    "deny_probe",
                    dice.of(100, 110, 500),
                    Direction.INBOUND,
                    Access.DENY,
                    match(Protocol.ANY, tag("AzureLoadBalancer"), ANY, PortRange.ANY));
        if (fault())
            rules.add(
                    "health_probe",
                    dice.of(300, 2000),
                    Direction.INBOUND,
                    Access.ALLOW,
                    match(Protocol.ANY, tag("AzureLoadBalancer"), block(subnet), PortRange.ANY));
        if (dice.oneIn(3)) {
            int priority = fault() ? dice.of(100, 101) : 4096;
            rules.add("deny_all_out", priority, Direction.OUTBOUND, Access.DENY, SecurityRule.Match.ANY);
        }
        return rules.group(id);
    }

    /** The group of a client's or an appliance's subnet or NIC. */
    NetworkSecurityGroup ofHosts(ResourceId id) {
        Rules rules = new Rules();
        boolean closed = dice.oneIn(3);
        if (closed) rules.add("deny_all_out", 4000, Direction.OUTBOUND, Access.DENY, SecurityRule.Match.ANY);
        if (dice.oneIn(3)) rules.add("deny_all_in", 4000, Direction.INBOUND, Access.DENY, SecurityRule.Match.ANY);
        if (closed && !fault() || dice.oneIn(4)) {
            rules.add("to_sql", 300, Direction.OUTBOUND, Access.ALLOW, match(Protocol.TCP, ANY, destination(), TDS));
        }
        if (closed && !fault() || dice.oneIn(4)) {
            rules.add(
                    "to_nodes",
                    310,
                    Direction.OUTBOUND,
                    Access.ALLOW,
                    match(Protocol.TCP, ANY, destination(), REDIRECT));
        }
        if (dice.oneIn(3)) {
            rules.add(
                    "from_peers",
                    320,
                    Direction.INBOUND,
                    Access.ALLOW,
                    match(Protocol.ANY, source(), ANY, PortRange.ANY));
        }
        if (fault())
            rules.add(
                    "deny_peers",
                    dice.of(110, 305, 400),
                    dice.of(Direction.values()),
                    Access.DENY,
                    match(Protocol.ANY, source(), destination(), dice.of(TDS, REDIRECT, PortRange.ANY)));
        if (fault() && dice.oneIn(2)) {
            AddressTerm dns = dice.oneIn(2)
                    ? new AddressTerm.Tag("AzurePlatformDNS")
                    : new AddressTerm.Block(Prefix.parse("168.63.129.16/32"));
            rules.add(
                    "deny_dns",
                    120,
                    Direction.OUTBOUND,
                    Access.DENY,
                    match(Protocol.ANY, ANY, ImmutableList.of(dns), PortRange.ANY));
        }
        return rules.group(id);
    }

    private static final ImmutableList<AddressTerm> ANY = ImmutableList.of(new AddressTerm.Any());

    private static ImmutableList<AddressTerm> block(Prefix prefix) {
        return ImmutableList.of(new AddressTerm.Block(prefix));
    }

    private static ImmutableList<AddressTerm> tag(String name) {
        return ImmutableList.of(new AddressTerm.Tag(name));
    }

    private ImmutableList<AddressTerm> source() {
        return switch (dice.below(6)) {
            case 0 -> ANY;
            case 1 -> fault() ? tag(dice.of("Internet", "Sql")) : tag("VirtualNetwork");
            case 2 -> block(dice.of(clientBlocks));
            case 3 -> block(dice.of(vnets));
            default -> tag("VirtualNetwork");
        };
    }

    /** The instance's subnet as its own group names it. */
    private ImmutableList<AddressTerm> target(Prefix subnet) {
        if (fault()) return block(dice.of(vnets));
        return dice.oneIn(2) ? ANY : dice.oneIn(3) ? tag("VirtualNetwork") : block(subnet);
    }

    /** An instance's subnet as others name it. */
    private ImmutableList<AddressTerm> destination() {
        return switch (dice.below(4)) {
            case 0 -> ANY;
            case 1 -> tag(fault() ? dice.of("Internet", "Sql", "AzureCloud") : "VirtualNetwork");
            default -> block(fault() ? dice.of(vnets) : dice.of(instanceSubnets));
        };
    }

    private static SecurityRule.Match match(
            Protocol protocol,
            ImmutableList<AddressTerm> source,
            ImmutableList<AddressTerm> destination,
            PortRange ports) {
        return new SecurityRule.Match(
                Given.of(protocol),
                source,
                SecurityRule.Match.ANY.sourcePorts(),
                destination,
                ImmutableList.of(Given.of(ports)));
    }

    /** A table that steers what leaves a subnet towards the others. */
    RouteTable table(ResourceId id, List<Prefix> others) {
        List<Route> routes = new ArrayList<>();
        Set<Prefix> used = new LinkedHashSet<>();
        boolean inspected = !appliances.isEmpty() && dice.oneIn(2);
        if (inspected) {
            for (Prefix prefix : dice.oneIn(3) ? List.of(Prefix.ALL_V4) : others) {
                if (used.add(prefix)) routes.add(route(routes.size(), prefix, NextHopType.VIRTUAL_APPLIANCE));
            }
        }
        if (dice.oneIn(5) && used.add(Prefix.ALL_V4)) {
            NextHopType hop = dice.of(
                    NextHopType.INTERNET, NextHopType.INTERNET, NextHopType.VIRTUAL_NETWORK_GATEWAY, NextHopType.NONE);
            routes.add(route(routes.size(), Prefix.ALL_V4, hop));
        }
        for (int i = fault() ? 1 + dice.below(2) : 0; i > 0; i--) {
            Prefix prefix = dice.oneIn(3) ? dice.of(vnets) : dice.of(others);
            if (!used.add(prefix)) continue;
            NextHopType hop = dice.of(
                    NextHopType.NONE,
                    NextHopType.INTERNET,
                    NextHopType.VNET_LOCAL,
                    NextHopType.VIRTUAL_APPLIANCE,
                    NextHopType.VIRTUAL_APPLIANCE);
            routes.add(route(routes.size(), prefix, hop));
        }
        return new RouteTable(id, place.get(), Given.of(dice.oneIn(8)), ImmutableList.copyOf(dice.shuffled(routes)));
    }

    private Route route(int number, Prefix prefix, NextHopType hop) {
        boolean appliance = hop == NextHopType.VIRTUAL_APPLIANCE;
        Address strange = Address.parse(dice.of("10.0.2.99", "10.9.9.9"));
        @Nullable
        Given<Address> address = !appliance
                ? null
                : Given.of(appliances.isEmpty() || fault() && dice.oneIn(3) ? strange : dice.of(appliances));
        return new Route(
                "route" + number,
                place.get(),
                Given.of(new RouteDestination.Block(prefix)),
                Given.of(hop),
                address,
                dice.oneIn(20),
                Given.of(true));
    }
}
