package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Direction;
import dev.mipath.topology.NextHopType;
import dev.mipath.trace.PathWalk;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Putting any value in the place of an unknown never contradicts a determined answer. */
class UnknownLaws {
    private static final int QUESTIONS = 300;
    private static final List<Integer> DENSITIES = List.of(200, 80, 30, 12);

    static IntStream seeds() {
        return Seeds.of(250, 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("What is answered in spite of unknown facts holds whatever the facts are")
    void determinedAnswersHold(int seed) {
        World whole = RandomTopologies.world(seed);
        int oneIn = DENSITIES.get(seed % DENSITIES.size());
        Product veiled = new Product(Veil.hide(whole, seed, oneIn).compile().network());
        List<Product> possible = Stream.of(0, 1, 2, 3)
                .map(draw -> Veil.replace(whole, seed, oneIn, draw))
                .map(world -> new Product(world.compile().network()))
                .toList();
        Questions questions = new Questions(whole, seed);
        for (int i = 0; i < QUESTIONS; i++) {
            Address local = questions.local();
            Direction direction = questions.coin() ? Direction.INBOUND : Direction.OUTBOUND;
            Packet packet = direction == Direction.INBOUND ? questions.to(local) : questions.from(local);
            Packet leaving = Product.towards(local, questions.remote(local.v6()));
            for (Edge edge : veiled.network.edges(local)) {
                boolean here = whole.topology().subnet(edge.subnet()).orElseThrow().prefixes().stream()
                        .anyMatch(block -> PlainFacts.known(block).contains(local));
                if (!here) continue; // The edge of a site that may use the address of a VNet we do not see.
                String where = "seed " + seed + ", " + edge.subnet() + ", draw ";
                FlowOracle.@Nullable Answer flow = veiled.flow(edge, direction, packet);
                @Nullable String hop = hop(veiled, edge, leaving);
                @Nullable Boolean arrives = arrives(veiled, edge, leaving);
                for (int draw = 0; draw < possible.size(); draw++) {
                    Product real = possible.get(draw);
                    Optional<Edge> there = real.edge(edge.vnet(), local);
                    if (there.isEmpty()) continue;
                    if (flow != null) {
                        assertThat(real.flow(there.get(), direction, packet))
                                .as("%s%d: %s %s, said %s", where, draw, direction, packet, flow)
                                .isNotNull()
                                .extracting(FlowOracle.Answer::access)
                                .isEqualTo(flow.access());
                    }
                    if (hop != null) {
                        assertThat(hop(real, there.get(), leaving))
                                .as("%s%d: next hop of %s", where, draw, leaving)
                                .isEqualTo(hop);
                    }
                    if (arrives != null) {
                        assertThat(arrives(real, there.get(), leaving))
                                .as("%s%d: way of %s", where, draw, leaving)
                                .isIn(arrives, null);
                    }
                }
            }
        }
    }

    /** The hop's type and address, or null when undetermined; that two VNets are far apart is no other way. */
    private static @Nullable String hop(Product product, Edge edge, Packet packet) {
        Evidence why = product.routeEvidence(edge, packet);
        if (why instanceof Evidence.RouteUndetermined) return null;
        if (!(why instanceof Evidence.RouteChosen chosen)) return "no route";
        RouteFact.Hop hop = chosen.route().hop();
        NextHopType type = hop.type().value().orElseThrow();
        if (type == NextHopType.VNET_GLOBAL_PEERING) type = NextHopType.VNET_PEERING;
        return type + " " + (hop.address() == null ? "" : hop.address().value().orElseThrow());
    }

    /** Whether a first packet arrives, or null when undetermined. */
    private static @Nullable Boolean arrives(Product product, Edge edge, Packet packet) {
        Ending ending = PathWalk.follow(product.network, edge.start(), packet, FlowMemory.NONE)
                .ending();
        if (ending == Ending.UNDETERMINED || ending == Ending.APPLIANCE_UNKNOWN) return null;
        return ending.success();
    }
}
