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
import java.util.Locale;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Random security groups and route tables about known addresses. */
final class RandomPolicies {
    static final List<PortRange> PORTS = List.of(
            new PortRange(1433, 1433),
            new PortRange(11_000, 11_999),
            new PortRange(0, 0),
            new PortRange(65_535, 65_535),
            new PortRange(0, 1023),
            new PortRange(1024, 65_535),
            new PortRange(443, 443),
            new PortRange(9000, 9003));
    private static final List<NextHopType> HOPS = List.of(
            NextHopType.INTERNET,
            NextHopType.VIRTUAL_APPLIANCE,
            NextHopType.VIRTUAL_APPLIANCE,
            NextHopType.VIRTUAL_NETWORK_GATEWAY,
            NextHopType.VNET_LOCAL,
            NextHopType.NONE);

    private final Dice dice;
    private final Supplier<Place> place;
    private final List<Prefix> known;
    private final List<Prefix> publicBlocks;
    private final List<Address> machines;
    private final List<ResourceId> memberships;

    RandomPolicies(
            Dice dice,
            Supplier<Place> place,
            List<Prefix> known,
            List<Prefix> publicBlocks,
            List<Address> machines,
            List<ResourceId> memberships) {
        this.dice = dice;
        this.place = place;
        this.known = known;
        this.publicBlocks = publicBlocks;
        this.machines = machines;
        this.memberships = memberships;
    }

    NetworkSecurityGroup group(ResourceId id) {
        List<SecurityRule> rules = new ArrayList<>();
        Set<String> slots = new LinkedHashSet<>();
        for (int i = dice.below(14); i > 0; i--) {
            Direction direction = dice.of(Direction.values());
            int priority = dice.oneIn(8) ? dice.of(100, 4096) : 100 + 10 * dice.below(30);
            if (!slots.add(direction + " " + priority)) continue;
            rules.add(new SecurityRule(
                    "rule" + i,
                    place.get(),
                    Given.of(priority),
                    Given.of(direction),
                    Given.of(dice.of(Access.values())),
                    new SecurityRule.Match(
                            Given.of(dice.oneIn(2) ? Protocol.ANY : dice.of(Protocol.values())),
                            terms(false),
                            ports(3),
                            terms(direction == Direction.OUTBOUND),
                            ports(2))));
        }
        return new NetworkSecurityGroup(id, place.get(), ImmutableList.copyOf(rules));
    }

    private ImmutableList<Given<PortRange>> ports(int oftenAny) {
        if (!dice.oneIn(oftenAny)) return ImmutableList.of(Given.of(PortRange.ANY));
        return ImmutableList.<Given<PortRange>>builder()
                .add(Given.of(dice.of(PORTS)))
                .addAll(dice.some(PORTS, 2).stream().map(Given::of).toList())
                .build();
    }

    /** What a rule may name on one side: anything, blocks, one tag, or groups; never a mix (fact 1.13). */
    private ImmutableList<AddressTerm> terms(boolean outboundDestination) {
        return switch (dice.below(8)) {
            case 0, 1 -> ImmutableList.of(new AddressTerm.Any());
            case 2, 3 -> ImmutableList.of(tag(outboundDestination));
            case 4 -> groups();
            default -> blocks();
        };
    }

    private AddressTerm tag(boolean outboundDestination) {
        String name = dice.oneIn(2) ? dice.of(RandomTopologies.TAGS) : dice.of("VirtualNetwork", "Internet");
        if (dice.oneIn(6)) name = "AzureLoadBalancer";
        if (outboundDestination && dice.oneIn(4)) name = dice.of("AzurePlatformDNS", "AzurePlatformIMDS");
        return new AddressTerm.Tag(dice.oneIn(3) ? name.toUpperCase(Locale.ROOT) : name);
    }

    private ImmutableList<AddressTerm> groups() {
        if (memberships.isEmpty()) return blocks();
        return ImmutableList.<AddressTerm>builder()
                .add(new AddressTerm.Group(dice.of(memberships)))
                .addAll(dice.some(memberships, 1).stream()
                        .map(AddressTerm.Group::new)
                        .toList())
                .build();
    }

    private ImmutableList<AddressTerm> blocks() {
        ImmutableList.Builder<AddressTerm> terms = ImmutableList.builder();
        for (int i = 1 + dice.below(4); i > 0; i--) terms.add(new AddressTerm.Block(block()));
        return terms.build();
    }

    private Prefix block() {
        if (dice.oneIn(12)) return dice.of(Prefix.ALL_V4, Prefix.ALL_V6);
        if (dice.oneIn(8)) return Prefix.parse(dice.of("168.63.129.16/32", "169.254.169.254/32", "168.62.0.0/15"));
        if (!machines.isEmpty() && dice.oneIn(4)) return Prefix.host(dice.of(machines));
        return dice.inside(dice.of(dice.oneIn(3) ? publicBlocks : known), 10);
    }

    RouteTable table(ResourceId id) {
        List<Route> routes = new ArrayList<>();
        Set<Object> used = new LinkedHashSet<>();
        for (int i = dice.below(10); i > 0; i--) {
            RouteDestination destination = destination();
            if (!used.add(destination.toString().toLowerCase(Locale.ROOT))) continue;
            NextHopType hop = dice.of(HOPS);
            routes.add(new Route(
                    "route" + i,
                    place.get(),
                    Given.of(destination),
                    Given.of(hop),
                    hop == NextHopType.VIRTUAL_APPLIANCE ? appliance() : null,
                    dice.oneIn(10),
                    Given.of(true)));
        }
        return new RouteTable(id, place.get(), Given.of(dice.oneIn(4)), ImmutableList.copyOf(routes));
    }

    private RouteDestination destination() {
        if (dice.oneIn(4)) return new RouteDestination.Tag(dice.of(RandomTopologies.TAGS));
        if (dice.oneIn(5)) return new RouteDestination.Block(dice.of(Prefix.ALL_V4, Prefix.ALL_V4, Prefix.ALL_V6));
        if (dice.oneIn(3)) return new RouteDestination.Block(dice.of(known));
        return new RouteDestination.Block(block());
    }

    private @Nullable Given<Address> appliance() {
        if (dice.oneIn(12)) return null;
        return Given.of(machines.isEmpty() || dice.oneIn(4) ? dice.in(dice.of(known)) : dice.of(machines));
    }
}
