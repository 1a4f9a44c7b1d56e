package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.instance.Estate;
import dev.mipath.net.Address;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Firewalls and security admin rules on one way between two machines, against lists of numbers read from the top. */
@DisplayName("Firewalls and admin rules")
class GuardLaws {
    private static final ResourceId VNET = new ResourceId("v");
    private static final Address CLIENT = Address.parse("10.0.0.4");
    private static final Address SERVER = Address.parse("10.0.1.4");
    private static final Address FIREWALL = Address.parse("10.0.4.4");
    private static final List<String> ENDS = List.of("10.0.0.4/32", "10.0.1.4/32", "10.0.0.0/24", "10.0.1.0/24");
    private static final List<Integer> EDGES = List.of(1, 22, 443, 1433, 1434, 11_000, 11_999, 65_535);

    /** A rule in plain numbers; {@code does}: 0 denies, 1 allows, 2 always allows. */
    private record Plain(
            String name,
            int priority,
            boolean inbound,
            int does,
            Prefix from,
            Prefix to,
            int first,
            int last,
            boolean tcp) {
        private boolean takes(int port) {
            return tcp && from.contains(CLIENT) && to.contains(SERVER) && first <= port && port <= last;
        }
    }

    /** What was drawn, and the topology it makes. */
    private record Drawn(List<Plain> admin, List<Plain> firewall, List<Plain> group, boolean led, Topology topology) {}

    static IntStream seeds() {
        return Seeds.of(300, 5_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("stop what the plain lists stop, in their order, and nothing else")
    void plainLists(int seed) {
        Drawn drawn = draw(seed);
        var compiled = NetworkCompiler.compile(drawn.topology, CompileOptions.DEFAULTS);
        for (int port : EDGES) {
            TraceRequest request = new TraceRequest(
                    new TraceRequest.Client("client", CLIENT, null, false),
                    new TraceRequest.Target(SERVER.toString(), SERVER, port, Protocol.TCP),
                    TraceRequest.Behaviour.DEFAULT);
            Conversation told = ConversationTracer.trace(compiled.network(), Estate.EMPTY, request);
            Set<String> codes = new LinkedHashSet<>();
            told.problems().forEach(problem -> codes.add(problem.ending().name()));
            assertThat(codes).as("seed %d, port %d", seed, port).isEqualTo(expected(drawn, port));
        }
    }

    @Test
    @DisplayName("meet every end often enough to mean something")
    void mixed() {
        int[] counts = new int[4];
        List<String> codes = List.of("ADMIN_RULE_DENY", "FIREWALL_DENY", "NSG_DENY_INBOUND");
        for (int seed : seeds().toArray()) {
            Drawn drawn = draw(seed);
            for (int port : EDGES) {
                Set<String> expected = expected(drawn, port);
                if (expected.isEmpty()) counts[3]++;
                for (int i = 0; i < 3; i++) if (expected.contains(codes.get(i))) counts[i]++;
            }
        }
        for (int count : counts) assertThat(count).isGreaterThan(seeds().toArray().length / 4);
    }

    private static Set<String> expected(Drawn drawn, int port) {
        Set<String> codes = new LinkedHashSet<>();
        if (admin(drawn, false, port) == 0) codes.add("ADMIN_RULE_DENY");
        if (drawn.led) {
            @Nullable Plain first = first(drawn.firewall, port);
            if (first == null || first.does == 0) codes.add("FIREWALL_DENY");
        }
        int entering = admin(drawn, true, port);
        if (entering == 0) codes.add("ADMIN_RULE_DENY");
        @Nullable Plain first = first(drawn.group, port);
        // Inside the VNet a group lets pass what none of its own rules names.
        if (entering != 2 && first != null && first.does == 0) codes.add("NSG_DENY_INBOUND");
        return codes;
    }

    private static int admin(Drawn drawn, boolean inbound, int port) {
        List<Plain> own = new ArrayList<>();
        for (Plain rule : drawn.admin) if (rule.inbound == inbound) own.add(rule);
        own.sort(Comparator.comparing(Plain::priority));
        @Nullable Plain first = first(own, port);
        return first == null ? 1 : first.does;
    }

    private static @Nullable Plain first(List<Plain> rules, int port) {
        for (Plain rule : rules) if (rule.takes(port)) return rule;
        return null;
    }

    private static Drawn draw(int seed) {
        Dice dice = new Dice(seed);
        List<Plain> admin = rules(dice, 4, 3);
        List<Plain> firewall = rules(dice, 5, 2);
        List<Plain> group = rules(dice, 3, 2);
        boolean led = !dice.oneIn(3);
        return new Drawn(admin, firewall, group, led, topology(admin, firewall, group, led));
    }

    private static List<Plain> rules(Dice dice, int most, int actions) {
        List<Plain> rules = new ArrayList<>();
        List<Integer> priorities = dice.shuffled(List.of(100, 110, 120, 130, 140));
        for (int i = dice.below(most + 1); i > 0; i--) {
            int one = dice.of(EDGES);
            int other = dice.of(EDGES);
            rules.add(new Plain(
                    "r" + i,
                    priorities.get(i - 1),
                    dice.oneIn(2),
                    dice.below(actions),
                    dice.oneIn(3) ? Prefix.parse(dice.of(ENDS)) : Prefix.parse("10.0.0.0/16"),
                    dice.oneIn(3) ? Prefix.parse(dice.of(ENDS)) : Prefix.parse("10.0.0.0/16"),
                    Math.min(one, other),
                    Math.max(one, other),
                    !dice.oneIn(5)));
        }
        // The group's list is read by priority, the firewall's as it stands; both are drawn in that order.
        if (actions == 2) rules.sort(Comparator.comparing(Plain::priority));
        return rules;
    }

    private static SecurityRule rule(Plain plain, Direction direction) {
        return new SecurityRule(
                plain.name,
                Place.PLATFORM,
                Given.of(plain.priority),
                Given.of(direction),
                Given.of(plain.does == 0 ? Access.DENY : Access.ALLOW),
                new SecurityRule.Match(
                        Given.of(plain.tcp ? Protocol.TCP : Protocol.UDP),
                        ImmutableList.of(new AddressTerm.Block(plain.from)),
                        ImmutableList.of(Given.of(PortRange.ANY)),
                        ImmutableList.of(new AddressTerm.Block(plain.to)),
                        ImmutableList.of(Given.of(new PortRange(plain.first, plain.last)))));
    }

    private static Topology topology(List<Plain> admin, List<Plain> firewall, List<Plain> group, boolean led) {
        Topology.Builder all = new Topology.Builder();
        all.add(new Vnet(
                VNET,
                Place.PLATFORM,
                Given.of("westeurope"),
                ImmutableList.of(Given.of(Prefix.parse("10.0.0.0/16"))),
                ImmutableList.of(),
                ImmutableList.of(
                        subnet("a", "10.0.0.0/24", null, led ? "rt-a" : null),
                        subnet("b", "10.0.1.0/24", "nsg", led ? "rt-b" : null),
                        subnet("AzureFirewallSubnet", "10.0.4.0/26", null, null)),
                ImmutableList.of()));
        if (led) {
            all.add(table("rt-a", "10.0.1.0/24"));
            all.add(table("rt-b", "10.0.0.0/24"));
        }
        all.add(nic("client", "a", CLIENT));
        all.add(nic("server", "b", SERVER));
        all.add(new NetworkSecurityGroup(
                new ResourceId("nsg"),
                Place.PLATFORM,
                group.stream().map(plain -> rule(plain, Direction.INBOUND)).collect(ImmutableList.toImmutableList())));
        all.add(new Firewall(
                new ResourceId("fw"),
                Place.PLATFORM,
                Given.of(new ResourceId("v/AzureFirewallSubnet")),
                Given.of(FIREWALL),
                firewall.stream()
                        .map(plain -> rule(plain, Direction.INBOUND))
                        .collect(ImmutableList.toImmutableList())));
        all.add(new AdminRules(
                new ResourceId("admin"),
                Place.PLATFORM,
                ImmutableList.of(Given.of(VNET)),
                AdminRules.Reach.NONE,
                admin.stream()
                        .map(plain -> new AdminRules.Rule(
                                rule(plain, plain.inbound ? Direction.INBOUND : Direction.OUTBOUND), plain.does == 2))
                        .collect(ImmutableList.toImmutableList())));
        return all.build();
    }

    private static Subnet subnet(String name, String prefix, @Nullable String group, @Nullable String table) {
        return new Subnet(
                new ResourceId("v/" + name),
                Place.PLATFORM,
                ImmutableList.of(Given.of(Prefix.parse(prefix))),
                new Subnet.Attached(
                        group == null ? null : Given.of(new ResourceId(group)),
                        table == null ? null : Given.of(new ResourceId(table)),
                        null),
                ImmutableList.of(),
                ImmutableList.of(),
                null);
    }

    private static RouteTable table(String name, String to) {
        Route route = new Route(
                "by-firewall",
                Place.PLATFORM,
                Given.of(new RouteDestination.Block(Prefix.parse(to))),
                Given.of(NextHopType.VIRTUAL_APPLIANCE),
                Given.of(FIREWALL),
                false,
                Given.of(true));
        return new RouteTable(new ResourceId(name), Place.PLATFORM, Given.of(false), ImmutableList.of(route));
    }

    private static NetworkInterface nic(String name, String subnet, Address address) {
        IpConfiguration ip = new IpConfiguration(
                "ip",
                Place.PLATFORM,
                Given.of(new ResourceId("v/" + subnet)),
                Given.of(address),
                null,
                ImmutableList.of());
        return new NetworkInterface(
                new ResourceId(name), Place.PLATFORM, ImmutableList.of(ip), null, Given.of(false), null);
    }
}
