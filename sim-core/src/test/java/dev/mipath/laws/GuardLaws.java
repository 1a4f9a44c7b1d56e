package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
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
import dev.mipath.topology.Peering;
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
import dev.mipath.trace.FilterQuestion;
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

/**
 * Firewalls, forwarding machines and security admin rules on one way between two machines, against lists of numbers read
 * from the top.
 */
@DisplayName("Firewalls and admin rules")
class GuardLaws {
    private static final ResourceId VNET = new ResourceId("v");
    private static final Address CLIENT = Address.parse("10.0.0.4");
    private static final Address SERVER = Address.parse("10.0.1.4");
    private static final Address FIREWALL = Address.parse("10.0.4.4");
    private static final ResourceId HUB = new ResourceId("h");
    private static final Address FORWARDER = Address.parse("10.9.0.4");
    private static final String ADMIN_DENY = "ADMIN_RULE_DENY: ";
    private static final String ADMIN = ADMIN_DENY + "admin rules of VNet ";
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

    /** What the way leads through. */
    private enum Through {
        NOTHING,
        FIREWALL,
        /** A machine in a VNet of its own that forwards and has no rules but those of its security group. */
        FORWARDER
    }

    /** What was drawn: {@code transit} is the group of the forwarder's subnet, {@code members} the VNets of the admin rules. */
    private record Drawn(
            List<Plain> admin,
            List<Plain> firewall,
            List<Plain> group,
            List<Plain> transit,
            Set<ResourceId> members,
            Through through) {}

    static IntStream seeds() {
        return Seeds.of(300, 5_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("stop what the plain lists stop, in their order, and nothing else")
    void plainLists(int seed) {
        Drawn drawn = draw(seed);
        var compiled = NetworkCompiler.compile(topology(drawn), CompileOptions.DEFAULTS);
        for (int port : EDGES) {
            TraceRequest request = new TraceRequest(
                    new TraceRequest.Client("client", CLIENT, null, false),
                    new TraceRequest.Target(SERVER.toString(), SERVER, port, Protocol.TCP),
                    TraceRequest.Behaviour.DEFAULT);
            Conversation told = ConversationTracer.trace(compiled.network(), Estate.EMPTY, request);
            Set<String> codes = new LinkedHashSet<>();
            told.problems().forEach(problem -> codes.add(code(problem)));
            assertThat(codes).as("seed %d, port %d", seed, port).isEqualTo(expected(drawn, port));
        }
    }

    private static String code(Conversation.Problem problem) {
        @Nullable Step step = problem.step();
        if (step == null || problem.ending() != Ending.ADMIN_RULE_DENY) {
            return problem.ending().name();
        }
        return ADMIN_DENY + step.at();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("are asked at one place alone in the same order, and a group only where no admin rule settles it")
    void onePlace(int seed) {
        Drawn drawn = draw(seed);
        Network network = NetworkCompiler.compile(topology(drawn), CompileOptions.DEFAULTS)
                .network();
        Edge client = network.edges(CLIENT).get(0);
        Edge server = network.edges(SERVER).get(0);
        FilterQuestion question = new FilterQuestion(network);
        for (int port : EDGES) {
            Packet packet = new Packet(CLIENT, 50_000, SERVER, port, Protocol.TCP);
            int leaving = admin(drawn, VNET, false, port);
            question.ask(client.outboundFilters(), new Header().set(packet));
            boolean left = !question.answered() || Decision.forwards(question.decision());
            assertThat(left).as("seed %d, port %d, out", seed, port).isEqualTo(leaving != 0);
            int entering = admin(drawn, VNET, true, port);
            @Nullable Plain first = first(drawn.group, port);
            boolean denied = entering == 0 || entering != 2 && first != null && first.does == 0;
            question.ask(server.inboundFilters(), new Header().set(packet));
            assertThat(Decision.forwards(question.decision()))
                    .as("seed %d, port %d, in", seed, port)
                    .isEqualTo(!denied);
            Evidence why = question.why(new Header().set(packet));
            boolean byAdmin = why instanceof Evidence.RuleMatched matched
                    && matched.rule().isAdmin();
            assertThat(byAdmin)
                    .as("seed %d, port %d, whose rule", seed, port)
                    .isEqualTo(entering == 0 || entering == 2);
        }
    }

    @Test
    @DisplayName("meet every end often enough to mean something")
    void mixed() {
        int[] counts = new int[6];
        List<String> codes = List.of(
                "FIREWALL_DENY", "NSG_DENY_INBOUND", "NSG_DENY_OUTBOUND", ADMIN + "v, outbound", ADMIN + "h, inbound");
        for (int seed : seeds().toArray()) {
            Drawn drawn = draw(seed);
            for (int port : EDGES) {
                Set<String> expected = expected(drawn, port);
                if (expected.isEmpty()) counts[5]++;
                for (int i = 0; i < 5; i++) if (expected.contains(codes.get(i))) counts[i]++;
            }
        }
        for (int count : counts) assertThat(count).isGreaterThan(seeds().toArray().length / 15);
    }

    private static Set<String> expected(Drawn drawn, int port) {
        Set<String> codes = new LinkedHashSet<>();
        if (admin(drawn, VNET, false, port) == 0) codes.add(ADMIN + "v, outbound");
        if (drawn.through == Through.FIREWALL) {
            @Nullable Plain first = first(drawn.firewall, port);
            if (first == null || first.does == 0) codes.add("FIREWALL_DENY");
        }
        if (drawn.through == Through.FORWARDER) {
            meet(drawn, HUB, true, drawn.transit, port, codes);
            meet(drawn, HUB, false, drawn.transit, port, codes);
        }
        meet(drawn, VNET, true, drawn.group, port, codes);
        return codes;
    }

    /** The admin rules of a VNet in one direction, then a group; inside the VNets it lets pass what it does not name. */
    private static void meet(
            Drawn drawn, ResourceId vnet, boolean inbound, List<Plain> group, int port, Set<String> codes) {
        int does = admin(drawn, vnet, inbound, port);
        if (does == 0) codes.add(ADMIN + vnet.name() + (inbound ? ", inbound" : ", outbound"));
        @Nullable Plain first = first(group, port);
        if (does != 2 && first != null && first.does == 0)
            codes.add(inbound ? "NSG_DENY_INBOUND" : "NSG_DENY_OUTBOUND");
    }

    /** What the admin rules say: 0 denies, 1 goes on, 2 always allows; 3 when none of them matches. */
    private static int admin(Drawn drawn, ResourceId vnet, boolean inbound, int port) {
        if (!drawn.members.contains(vnet)) return 3;
        List<Plain> own = new ArrayList<>();
        for (Plain rule : drawn.admin) if (rule.inbound == inbound) own.add(rule);
        own.sort(Comparator.comparing(Plain::priority));
        @Nullable Plain first = first(own, port);
        return first == null ? 3 : first.does;
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
        List<Plain> transit = rules(dice, 2, 2);
        Set<ResourceId> members = dice.of(ImmutableSet.of(VNET), ImmutableSet.of(HUB), ImmutableSet.of(VNET, HUB));
        return new Drawn(admin, firewall, group, transit, members, dice.of(Through.values()));
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

    private static Topology topology(Drawn drawn) {
        @Nullable String toServer = drawn.through == Through.NOTHING ? null : "rt-a";
        @Nullable String toClient = drawn.through == Through.NOTHING ? null : "rt-b";
        Topology.Builder all = new Topology.Builder();
        all.add(vnet(
                VNET,
                "10.0.0.0/16",
                HUB,
                subnet("v/a", "10.0.0.0/24", null, toServer),
                subnet("v/b", "10.0.1.0/24", "nsg", toClient),
                subnet("v/AzureFirewallSubnet", "10.0.4.0/26", null, null)));
        all.add(vnet(HUB, "10.9.0.0/16", VNET, subnet("h/nva", "10.9.0.0/24", "nsg-h", null)));
        Address hop = drawn.through == Through.FORWARDER ? FORWARDER : FIREWALL;
        all.add(table("rt-a", "10.0.1.0/24", hop));
        all.add(table("rt-b", "10.0.0.0/24", hop));
        all.add(nic("client", "v/a", CLIENT));
        all.add(nic("server", "v/b", SERVER));
        all.add(nic("forwarder", "h/nva", FORWARDER));
        all.add(group("nsg", drawn.group, false));
        all.add(group("nsg-h", drawn.transit, true));
        all.add(new Firewall(
                new ResourceId("fw"),
                Place.PLATFORM,
                Given.of(new ResourceId("v/AzureFirewallSubnet")),
                Given.of(FIREWALL),
                drawn.firewall.stream()
                        .map(plain -> rule(plain, Direction.INBOUND))
                        .collect(ImmutableList.toImmutableList())));
        all.add(new AdminRules(
                new ResourceId("admin"),
                Place.PLATFORM,
                drawn.members.stream().map(Given::of).collect(ImmutableList.toImmutableList()),
                AdminRules.Reach.NONE,
                drawn.admin.stream()
                        .map(plain -> new AdminRules.Rule(
                                rule(plain, plain.inbound ? Direction.INBOUND : Direction.OUTBOUND), plain.does == 2))
                        .collect(ImmutableList.toImmutableList())));
        return all.build();
    }

    private static Vnet vnet(ResourceId id, String range, ResourceId other, Subnet... subnets) {
        Peering link = new Peering(
                new ResourceId(id.name() + "/to-" + other.name()),
                Place.PLATFORM,
                Given.of(other),
                Given.of(Peering.State.CONNECTED),
                new Peering.Flags(Given.of(true), Given.of(true), Given.of(false), Given.of(false)),
                ImmutableList.of());
        return new Vnet(
                id,
                Place.PLATFORM,
                Given.of("westeurope"),
                ImmutableList.of(Given.of(Prefix.parse(range))),
                ImmutableList.of(),
                ImmutableList.copyOf(subnets),
                ImmutableList.of(link));
    }

    /** A group with these rules; in both directions when packets pass by on their way. */
    private static NetworkSecurityGroup group(String name, List<Plain> rules, boolean both) {
        ImmutableList.Builder<SecurityRule> all = ImmutableList.builder();
        for (Plain plain : rules) {
            all.add(rule(plain, Direction.INBOUND));
            if (both) all.add(rule(plain, Direction.OUTBOUND));
        }
        return new NetworkSecurityGroup(new ResourceId(name), Place.PLATFORM, all.build());
    }

    private static Subnet subnet(String name, String prefix, @Nullable String group, @Nullable String table) {
        return new Subnet(
                new ResourceId(name),
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

    private static RouteTable table(String name, String to, Address hop) {
        Route route = new Route(
                "by-firewall",
                Place.PLATFORM,
                Given.of(new RouteDestination.Block(Prefix.parse(to))),
                Given.of(NextHopType.VIRTUAL_APPLIANCE),
                Given.of(hop),
                false,
                Given.of(true));
        return new RouteTable(new ResourceId(name), Place.PLATFORM, Given.of(false), ImmutableList.of(route));
    }

    private static NetworkInterface nic(String name, String subnet, Address address) {
        IpConfiguration ip = new IpConfiguration(
                "ip", Place.PLATFORM, Given.of(new ResourceId(subnet)), Given.of(address), null, ImmutableList.of());
        return new NetworkInterface(
                new ResourceId(name),
                Place.PLATFORM,
                ImmutableList.of(ip),
                null,
                Given.of(name.equals("forwarder")),
                null);
    }
}
