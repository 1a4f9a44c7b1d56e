package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** An edit does what it says and nothing else; the edit that takes it back leaves the same facts. */
class ChangeLaws {
    private static final ResourceId NOBODY = new ResourceId("nobody");
    private static final Place NEW = new Place("new.yaml", 1, "");
    private static final int EDITS = 12;

    static IntStream seeds() {
        return Seeds.from(3_000, 40, 1_000);
    }

    /** An edit and the one that takes it back. */
    private record Pair(Change there, Change back) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("An edit touches one resource, and taken back leaves the same facts")
    void takenBackLeavesTheSameFacts(int seed) {
        Topology topology = RandomTopologies.world(seed).topology();
        Dice dice = new Dice(seed);
        List<Pair> pairs = dice.shuffled(pairs(topology, dice));
        for (Pair pair : pairs.subList(0, Math.min(EDITS, pairs.size()))) {
            Topology edited = topology.with(pair.there);
            assertThat(SameFacts.in(topology, edited))
                    .as("%s changes nothing", pair.there)
                    .isFalse();
            assertThat(touched(topology, edited))
                    .as("%s changes one resource", pair.there)
                    .isEqualTo(1);
            assertThat(SameFacts.in(topology, edited.with(pair.back)))
                    .as("%s takes back %s", pair.back, pair.there)
                    .isTrue();
        }
    }

    /** How many resources of the topologies are not the same. */
    private static int touched(Topology one, Topology other) {
        int touched = 0;
        List<List<? extends Object>> ones = resources(one);
        List<List<? extends Object>> others = resources(other);
        for (int kind = 0; kind < ones.size(); kind++) {
            assertThat(others.get(kind)).hasSameSizeAs(ones.get(kind));
            for (int i = 0; i < ones.get(kind).size(); i++) {
                if (!SameFacts.of(ones.get(kind).get(i), others.get(kind).get(i))) touched++;
            }
        }
        return touched;
    }

    private static List<List<? extends Object>> resources(Topology topology) {
        return List.of(
                topology.vnets(),
                topology.networkSecurityGroups(),
                topology.routeTables(),
                topology.networkInterfaces(),
                topology.applicationSecurityGroups(),
                topology.virtualNetworkGateways(),
                topology.localNetworkGateways(),
                topology.gatewayConnections(),
                topology.privateEndpoints());
    }

    private static List<Pair> pairs(Topology topology, Dice dice) {
        List<Pair> pairs = new ArrayList<>();
        topology.networkSecurityGroups().forEach(group -> addRuleEdits(group, pairs));
        topology.routeTables().forEach(table -> addRouteEdits(table, pairs));
        for (Vnet vnet : topology.vnets()) {
            pairs.add(new Pair(
                    new Change.SetDnsServers(vnet.id(), ImmutableList.of(dice.anywhere(false))),
                    new Change.SetDnsServers(vnet.id(), ImmutableList.of())));
            vnet.subnets().forEach(subnet -> addAttachments(subnet, pairs));
            vnet.peerings().forEach(link -> addLinkEdits(link, pairs));
        }
        for (NetworkInterface nic : topology.networkInterfaces()) {
            boolean on = nic.enableIpForwarding().is(true);
            pairs.add(new Pair(new Change.SetIpForwarding(nic.id(), !on), new Change.SetIpForwarding(nic.id(), on)));
            pairs.add(attach(nic.id(), nic.networkSecurityGroup()));
        }
        return pairs;
    }

    private static void addRuleEdits(NetworkSecurityGroup group, List<Pair> pairs) {
        SecurityRule added = rule("added", group);
        pairs.add(new Pair(new Change.AddRule(group.id(), added), new Change.RemoveRule(group.id(), "ADDED")));
        for (SecurityRule rule : group.rules()) {
            SecurityRule moved = rule(rule.name(), group);
            pairs.add(new Pair(new Change.ReplaceRule(group.id(), moved), new Change.ReplaceRule(group.id(), rule)));
        }
    }

    private static void addRouteEdits(RouteTable table, List<Pair> pairs) {
        boolean off = table.disableBgpRoutePropagation().is(true);
        pairs.add(new Pair(
                new Change.SetBgpPropagationDisabled(table.id(), !off),
                new Change.SetBgpPropagationDisabled(table.id(), off)));
        for (Route route : table.routes()) {
            Route other = route("added", route, route.hasBgpOverride());
            pairs.add(new Pair(new Change.AddRoute(table.id(), other), new Change.RemoveRoute(table.id(), "Added")));
            Route marked = route(route.name(), route, !route.hasBgpOverride());
            pairs.add(
                    new Pair(new Change.ReplaceRoute(table.id(), marked), new Change.ReplaceRoute(table.id(), route)));
        }
    }

    private static void addAttachments(Subnet subnet, List<Pair> pairs) {
        pairs.add(attach(subnet.id(), subnet.attached().networkSecurityGroup()));
        pairs.add(new Pair(
                new Change.SetRouteTable(subnet.id(), NOBODY),
                new Change.SetRouteTable(subnet.id(), orNull(subnet.attached().routeTable()))));
    }

    private static Pair attach(ResourceId target, @Nullable Given<ResourceId> before) {
        return new Pair(
                new Change.SetSecurityGroup(target, before == null ? NOBODY : null),
                new Change.SetSecurityGroup(target, orNull(before)));
    }

    private static @Nullable ResourceId orNull(@Nullable Given<ResourceId> given) {
        return given == null ? null : PlainFacts.known(given);
    }

    private static void addLinkEdits(Peering link, List<Pair> pairs) {
        Peering.Flags flags = link.flags();
        Peering.Flags other = new Peering.Flags(
                Given.of(!flags.allowVirtualNetworkAccess().is(true)),
                flags.allowForwardedTraffic(),
                flags.allowGatewayTransit(),
                flags.useRemoteGateways());
        pairs.add(new Pair(new Change.SetPeeringFlags(link.id(), other), new Change.SetPeeringFlags(link.id(), flags)));
        if (link.state() == null) return;
        Peering.State state = PlainFacts.known(link.state());
        Peering.State another = state == Peering.State.CONNECTED ? Peering.State.DISCONNECTED : Peering.State.CONNECTED;
        pairs.add(
                new Pair(new Change.SetPeeringState(link.id(), another), new Change.SetPeeringState(link.id(), state)));
    }

    /** A rule of a priority that is free. */
    private static SecurityRule rule(String name, NetworkSecurityGroup group) {
        int priority = 4_095;
        while (taken(group, priority)) priority--;
        return new SecurityRule(
                name,
                NEW,
                Given.of(priority),
                Given.of(Direction.INBOUND),
                Given.of(Access.DENY),
                SecurityRule.Match.ANY);
    }

    private static boolean taken(NetworkSecurityGroup group, int priority) {
        return group.rules().stream().anyMatch(rule -> rule.priority().is(priority));
    }

    private static Route route(String name, Route like, boolean overridesBgp) {
        return new Route(
                name,
                NEW,
                like.destination(),
                like.nextHopType(),
                like.nextHopIpAddress(),
                overridesBgp,
                like.present());
    }

    static Stream<Arguments> impossible() {
        Topology topology = RandomTopologies.world(7).topology();
        NetworkSecurityGroup group = topology.networkSecurityGroups().stream()
                .filter(candidate -> !candidate.rules().isEmpty())
                .findFirst()
                .orElseThrow();
        SecurityRule rule = group.rules().get(0);
        Route route =
                new Route("gone", NEW, Given.unknown("x", NEW), Given.unknown("y", NEW), null, false, Given.of(true));
        ResourceId table = topology.routeTables().get(0).id();
        return Stream.of(
                Arguments.of(new Change.AddRule(NOBODY, rule), "security group `nobody`"),
                Arguments.of(new Change.AddRule(group.id(), rule), "already has a rule `" + rule.name() + "`"),
                Arguments.of(new Change.RemoveRule(group.id(), "gone"), "rule `gone`"),
                Arguments.of(new Change.ReplaceRule(group.id(), rule("gone", group)), "rule `gone`"),
                Arguments.of(new Change.AddRoute(NOBODY, route), "route table `nobody`"),
                Arguments.of(new Change.RemoveRoute(table, "gone"), "route `gone`"),
                Arguments.of(new Change.ReplaceRoute(table, route), "route `gone`"),
                Arguments.of(new Change.SetSecurityGroup(NOBODY, null), "subnet or NIC `nobody`"),
                Arguments.of(new Change.SetRouteTable(NOBODY, null), "subnet or NIC `nobody`"),
                Arguments.of(new Change.SetBgpPropagationDisabled(NOBODY, true), "route table `nobody`"),
                Arguments.of(new Change.SetPeeringFlags(NOBODY, Peering.Flags.DEFAULTS), "peering `nobody`"),
                Arguments.of(new Change.SetPeeringState(NOBODY, Peering.State.CONNECTED), "peering `nobody`"),
                Arguments.of(new Change.SetIpForwarding(NOBODY, true), "NIC `nobody`"),
                Arguments.of(new Change.SetDnsServers(NOBODY, ImmutableList.of()), "VNet `nobody`"),
                Arguments.of(new Change.SetConnectionType(NOBODY, "Proxy"), "managed instance `nobody`"),
                Arguments.of(new Change.RemoveLock(NOBODY), "lock `nobody`"));
    }

    @ParameterizedTest(name = "{1}")
    @MethodSource("impossible")
    @DisplayName("An edit of what is not there says what is not there")
    void saysWhatIsMissing(Change change, String what) {
        Topology topology = RandomTopologies.world(7).topology();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topology.with(change))
                .withMessageContaining(what);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("Two rules of one direction cannot have one priority")
    void prioritiesStayUnique(int seed) {
        Topology topology = RandomTopologies.world(seed).topology();
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            for (SecurityRule rule : group.rules()) {
                SecurityRule rival =
                        new SecurityRule("rival", NEW, rule.priority(), rule.direction(), rule.access(), rule.match());
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> topology.with(new Change.AddRule(group.id(), rival)))
                        .withMessageContaining("priority " + rule.priority() + " is taken by rule `" + rule.name());
            }
        }
    }
}
