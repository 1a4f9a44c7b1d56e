package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.testing.RealServiceTags;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Direction;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Both questions must agree with the slow and obvious answer, in everything they say. */
class OracleLaws {
    private static final int QUESTIONS = 1_000;

    static IntStream seeds() {
        return Seeds.of(500, 2_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("test-ip-flow names access, group, rule and priority, next-hop type, address, table, route, prefix")
    void bothQuestionsAgree(int seed) {
        agree(seed, RandomTopologies.world(seed), QUESTIONS);
    }

    static IntStream seedsOfRealTags() {
        return Seeds.from(20_000, 8, 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfRealTags")
    @DisplayName("they do so too when service tags are as many and as large as in Microsoft's file")
    void bothQuestionsAgreeAboutRealTags(int seed) {
        agree(seed, RandomTopologies.world(seed, RealServiceTags.of(RandomTopologies.TAGS)), QUESTIONS / 5);
    }

    private static void agree(int seed, World world, int count) {
        PlainFacts facts = new PlainFacts(world);
        FlowOracle flows = new FlowOracle(facts);
        RouteOracle routes = new RouteOracle(facts);
        Product product = new Product(world.compile().network());
        Questions questions = new Questions(world, seed);
        Map<ResourceId, List<RouteOracle.Row>> rows = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Address local = questions.local();
            Direction direction = questions.coin() ? Direction.INBOUND : Direction.OUTBOUND;
            Packet packet = direction == Direction.INBOUND ? questions.to(local) : questions.from(local);
            Packet leaving = Product.towards(local, questions.remote(local.v6()));
            for (PlainFacts.Site site : facts.sites(local)) {
                Edge edge = product.edge(site.vnet().id(), local).orElseThrow();
                assertThat(product.flow(edge, direction, packet))
                        .as(
                                "seed %d, %s %s at %s",
                                seed, direction, packet, site.subnet().id())
                        .isEqualTo(flows.ask(site, direction, packet));
                List<RouteOracle.Row> all =
                        rows.computeIfAbsent(site.subnet().id(), subnet -> routes.rows(site.vnet(), site.subnet()));
                agree(seed, product, edge, leaving, routes.ask(all, leaving.destination()));
            }
        }
    }

    private static void agree(int seed, Product product, Edge edge, Packet packet, RouteOracle.@Nullable Row expected) {
        long decision = product.routeDecision(edge, packet);
        Evidence why = product.routeEvidence(edge, packet);
        if (expected == null) {
            assertThat(why).as("seed %d, %s", seed, packet).isInstanceOf(Evidence.NoRoute.class);
            assertThat(Decision.ending(decision)).isEqualTo(Ending.ROUTE_NO_PATH);
            return;
        }
        assertThat(why).as("seed %d, %s, not %s", seed, packet, expected).isInstanceOf(Evidence.RouteChosen.class);
        Evidence.RouteChosen chosen = (Evidence.RouteChosen) why;
        RouteFact.Hop hop = chosen.route().hop();
        RouteFact.Origin origin = chosen.route().origin();
        RouteOracle.Row told = new RouteOracle.Row(
                installer(origin.source()),
                chosen.prefix(),
                hop.type().value().orElseThrow(),
                hop.address() == null ? null : hop.address().value().orElseThrow(),
                origin.table(),
                origin.name(),
                origin.tag(),
                origin.overridesBgp(),
                expected.active());
        assertThat(told).as("seed %d, %s", seed, packet).isEqualTo(expected);
        boolean dropped =
                !Decision.forwards(decision) && endsAsDropped(expected).contains(Decision.ending(decision));
        assertThat(dropped).as("seed %d, %s", seed, packet).isEqualTo(expected.hop() == NextHopType.NONE);
    }

    /** Where Azure itself drops, the packet may end for want of a way that peerings do not give; JourneyLaws says which. */
    private static EnumSet<Ending> endsAsDropped(RouteOracle.Row row) {
        return row.from() == RouteOracle.From.SYSTEM
                ? EnumSet.of(
                        Ending.ROUTE_NONE,
                        Ending.PEERING_NOT_CONNECTED,
                        Ending.PEERING_NOT_TRANSITIVE,
                        Ending.GATEWAY_TRANSIT_MISMATCH)
                : EnumSet.of(Ending.ROUTE_NONE);
    }

    private static RouteOracle.From installer(RouteFact.Source source) {
        return switch (source) {
            case USER -> RouteOracle.From.USER;
            case VIRTUAL_NETWORK_GATEWAY -> RouteOracle.From.GATEWAY;
            case DEFAULT -> RouteOracle.From.SYSTEM;
        };
    }
}
