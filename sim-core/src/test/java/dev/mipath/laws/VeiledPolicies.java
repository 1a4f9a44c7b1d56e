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
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import java.util.List;

/** Security groups and route tables as they are seen through a {@link Veil}. */
final class VeiledPolicies {
    private final Veil veil;

    VeiledPolicies(Veil veil) {
        this.veil = veil;
    }

    NetworkSecurityGroup seen(NetworkSecurityGroup group) {
        return group.withRules(group.rules().stream()
                .map(this::seen)
                .filter(rule -> !rule.present().is(false))
                .collect(ImmutableList.toImmutableList()));
    }

    private SecurityRule seen(SecurityRule rule) {
        return new SecurityRule(
                rule.name(),
                rule.place(),
                veil.maybe(rule.priority(), dice -> 100 + dice.below(3_997)),
                veil.maybe(rule.direction(), dice -> dice.of(Direction.values())),
                veil.maybe(rule.access(), dice -> dice.of(Access.values())),
                new SecurityRule.Match(
                        veil.maybe(rule.match().protocol(), dice -> dice.of(Protocol.values())),
                        terms(rule.match().source()),
                        ports(rule.match().sourcePorts()),
                        terms(rule.match().destination()),
                        ports(rule.match().destinationPorts())),
                veil.flag(rule.present()));
    }

    private ImmutableList<AddressTerm> terms(List<AddressTerm> all) {
        return all.stream().map(veil::term).collect(ImmutableList.toImmutableList());
    }

    private ImmutableList<Given<PortRange>> ports(List<Given<PortRange>> all) {
        return all.stream()
                .map(range -> veil.maybe(range, dice -> dice.of(RandomPolicies.PORTS)))
                .collect(ImmutableList.toImmutableList());
    }

    RouteTable seen(RouteTable table) {
        return new RouteTable(
                table.id(),
                table.place(),
                veil.flag(table.disableBgpRoutePropagation()),
                table.routes().stream()
                        .map(this::seen)
                        .filter(route -> !route.present().is(false))
                        .collect(ImmutableList.toImmutableList()));
    }

    private Route seen(Route route) {
        Given<Address> address = route.nextHopIpAddress();
        return new Route(
                route.name(),
                route.place(),
                veil.maybe(
                        route.destination(),
                        dice -> new RouteDestination.Block(
                                dice.oneIn(3) ? Prefix.ALL_V4 : dice.inside(dice.of(RandomTopologies.RESERVED), 24))),
                veil.maybe(
                        route.nextHopType(),
                        dice -> dice.of(NextHopType.INTERNET, NextHopType.NONE, NextHopType.VNET_LOCAL)),
                address == null ? null : veil.maybe(address, veil::anyAddress),
                route.hasBgpOverride(),
                veil.flag(route.present()));
    }
}
