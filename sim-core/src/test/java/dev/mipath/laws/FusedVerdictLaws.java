package dev.mipath.laws;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.azure.RuleList;
import dev.mipath.azure.RuleList.Kind;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.lookup.LpmTable;
import dev.mipath.lookup.RuleTable;
import dev.mipath.lookup.VerdictTable;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A verdict fused from the tables of a pair of edges says what the network decides at the elements of those edges, in
 * the order in which a packet from one to the other meets them.
 */
class FusedVerdictLaws {
    private static final int PACKETS = 400;

    static IntStream seeds() {
        return Seeds.from(4_000, 120, 1_000);
    }

    /** The pair of edges and its fused tables. */
    private record Pair(VerdictTable verdicts, List<RuleList> lists, List<Integer> filters, EffectiveRoutes routes) {
        static Pair of(Compilation made, Edge from, Edge to) {
            // A packet leaves through NIC and subnet and arrives through subnet and NIC.
            List<RuleList> lists = new ArrayList<>();
            for (@Nullable Layer layer : layers(made, from, true)) if (layer != null) lists.add(layer.outbound());
            for (@Nullable Layer layer : layers(made, to, false)) if (layer != null) lists.add(layer.inbound());
            List<Integer> filters = new ArrayList<>(from.outboundFilters());
            filters.addAll(to.inboundFilters());
            assertThat(filters).hasSameSizeAs(lists);
            List<RuleTable> tables =
                    new ArrayList<>(lists.stream().map(RuleList::table).toList());
            // A verdict needs a layer: where no group is attached, one without rules.
            if (tables.isEmpty()) tables.add(new RuleTable.Builder().build());
            EffectiveRoutes routes = requireNonNull(made.routes(from.subnet()));
            return new Pair(VerdictTable.of(tables, routes.table()), lists, filters, routes);
        }

        private static List<@Nullable Layer> layers(Compilation made, Edge edge, boolean nicFirst) {
            ResourceId nic = edge.networkInterface();
            List<@Nullable Layer> layers = new ArrayList<>();
            layers.add(made.layer(edge.subnet()));
            if (nic != null) layers.add(nicFirst ? 0 : 1, made.layer(nic));
            return layers;
        }

        long match(Header header) {
            return header.v6()
                    ? verdicts.match(
                            header.sourceHigh(),
                            header.sourceLow(),
                            header.sourcePort(),
                            header.destinationHigh(),
                            header.destinationLow(),
                            header.destinationPort(),
                            header.protocol())
                    : verdicts.match(
                            (int) header.sourceLow(),
                            header.sourcePort(),
                            (int) header.destinationLow(),
                            header.destinationPort(),
                            header.protocol());
        }
    }

    private final Map<List<Edge>, Pair> pairs = new HashMap<>();

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("A fused verdict names the rules and the route that the elements of both edges decide by")
    void fusedVerdictsAreWhatTheNetworkDecides(int seed) {
        World world = RandomTopologies.world(seed);
        Compilation made = world.compile();
        Network network = made.network();
        Questions questions = new Questions(world, seed);
        Header header = new Header();
        for (int i = 0; i < PACKETS; i++) {
            Packet any = questions.from(questions.local());
            Address host = questions.local();
            boolean inside = questions.coin() && host.v6() == any.source().v6();
            Packet packet = inside
                    ? new Packet(any.source(), any.sourcePort(), host, any.destinationPort(), any.protocol())
                    : any;
            for (Edge from : network.edges(packet.source())) {
                for (Edge to : network.edges(host)) {
                    Pair pair = pairs.computeIfAbsent(List.of(from, to), edges -> Pair.of(made, from, to));
                    String what = "seed " + seed + ", " + packet + " from " + from.subnet() + " to " + to.subnet();
                    long verdict = pair.match(header.set(packet));
                    for (int layer = 0; layer < pair.filters.size(); layer++) {
                        int rule = VerdictTable.rule(verdict, layer);
                        long decision = network.decide(pair.filters.get(layer), header, FlowMemory.NONE, 0);
                        Evidence why = network.evidence(pair.filters.get(layer), header, decision);
                        agree(what, pair.lists.get(layer), rule, decision, why);
                    }
                    int choice = VerdictTable.route(verdict);
                    long decision = network.decide(from.routes(), header, FlowMemory.NONE, 0);
                    agree(
                            what,
                            pair.routes.choices(),
                            choice,
                            decision,
                            network.evidence(from.routes(), header, decision));
                }
            }
        }
    }

    private static void agree(String what, RuleList list, int rule, long decision, Evidence why) {
        assertThat(rule).as(what).isEqualTo(Decision.reason(decision));
        // These worlds know everything about themselves, so that the first match decides.
        if (list.entries().get(rule).kind() == Kind.PLATFORM_ADDRESS) {
            assertThat(why).as(what).isInstanceOf(Evidence.PlatformAddress.class);
            return;
        }
        RuleFact told = ((Evidence.RuleMatched) why).rule();
        assertThat(list.entries().get(rule).rule()).as(what).isEqualTo(told);
    }

    private static void agree(String what, ImmutableList<Choice> choices, int choice, long decision, Evidence why) {
        if (choice == LpmTable.NONE) {
            assertThat(Decision.reason(decision)).as(what).isEqualTo(Decision.LIMIT);
            assertThat(why).as(what).isInstanceOf(Evidence.NoRoute.class);
            return;
        }
        assertThat(choice).as(what).isEqualTo(Decision.reason(decision));
        if (why instanceof Evidence.RouteChosen chosen) {
            assertThat(requireNonNull(choices.get(choice).winner()).route())
                    .as(what)
                    .isEqualTo(chosen.route());
        } else {
            assertThat(choices.get(choice).winner()).as(what).isNull();
        }
    }
}
