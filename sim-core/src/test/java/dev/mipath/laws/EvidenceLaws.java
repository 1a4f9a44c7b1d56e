package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.LosingRoute;
import dev.mipath.forwarding.Evidence.RuleTrial;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Direction;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What is said about the losers must be as true as what is said about the winner. */
class EvidenceLaws {
    private static final int QUESTIONS = 150;

    static IntStream seeds() {
        return Seeds.from(1_000, 150, 1_000);
    }

    /** A rule that did not decide, with what is said of it. */
    private record Tried(String rule, int fields, boolean afterWinner) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("Every other rule is listed in order, with the fields that match")
    void trialsAreTrue(int seed) {
        World world = RandomTopologies.world(seed);
        PlainFacts facts = new PlainFacts(world);
        FlowOracle oracle = new FlowOracle(facts);
        Product product = new Product(world.compile().network());
        Questions questions = new Questions(world, seed);
        for (int i = 0; i < QUESTIONS; i++) {
            Address local = questions.local();
            Direction direction = questions.coin() ? Direction.INBOUND : Direction.OUTBOUND;
            Packet packet = direction == Direction.INBOUND ? questions.to(local) : questions.from(local);
            for (PlainFacts.Site site : facts.sites(local)) {
                FlowOracle.Answer answer = oracle.ask(site, direction, packet);
                if (answer.group() == null) continue;
                List<Tried> expected = new ArrayList<>();
                boolean decided = false;
                for (FlowOracle.Listed rule : oracle.rules(answer.group(), direction)) {
                    if (rule.name().equals(answer.rule())) {
                        decided = true;
                    } else {
                        expected.add(new Tried(rule.name(), oracle.fields(rule, site, direction, packet), decided));
                    }
                }
                Edge edge = product.edge(site.vnet().id(), local).orElseThrow();
                Evidence why = product.filterEvidence(edge, direction, packet);
                List<RuleTrial> trials = why instanceof Evidence.RuleMatched matched
                        ? matched.trials()
                        : ((Evidence.PlatformAddress) why).trials();
                assertThat(trials)
                        .as(
                                "seed %d, %s %s at %s",
                                seed, direction, packet, site.subnet().id())
                        .extracting(
                                trial -> new Tried(trial.rule().qualifiedName(), trial.fields(), trial.afterWinner()))
                        .isEqualTo(expected);
                assertThat(trials).allMatch(trial -> trial.possible() == trial.fields());
            }
        }
    }

    /** A row, as an explanation tells it. */
    private record Told(
            String source,
            String prefix,
            NextHopType hop,
            @Nullable String name) {}

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("The losing routes are all other rows that cover the destination, and lost for the reason given")
    void losersAreTrue(int seed) {
        World world = RandomTopologies.world(seed);
        PlainFacts facts = new PlainFacts(world);
        RouteOracle oracle = new RouteOracle(facts);
        Product product = new Product(world.compile().network());
        Questions questions = new Questions(world, seed);
        Map<ResourceId, List<RouteOracle.Row>> rows = new HashMap<>();
        for (int i = 0; i < QUESTIONS; i++) {
            Address local = questions.local();
            Packet packet = Product.towards(local, questions.remote(local.v6()));
            for (PlainFacts.Site site : facts.sites(local)) {
                List<RouteOracle.Row> covering = RouteOracle.covering(
                        rows.computeIfAbsent(site.subnet().id(), subnet -> oracle.rows(site.vnet(), site.subnet())),
                        packet.destination());
                RouteOracle.Row winner = oracle.ask(covering, packet.destination());
                if (winner == null) continue;
                Edge edge = product.edge(site.vnet().id(), local).orElseThrow();
                Evidence.RouteChosen chosen = (Evidence.RouteChosen) product.routeEvidence(edge, packet);
                String what = "seed " + seed + ", " + packet + " from "
                        + site.subnet().id();
                boolean endpoints =
                        covering.stream().anyMatch(row -> row.hop() == NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT);
                // One row holds all prefixes of a service, so that its shorter ones are not told.
                if (!endpoints) {
                    assertThat(told(chosen.losers())).as(what).isEqualTo(expected(covering, winner));
                }
                for (LosingRoute loser : chosen.losers()) {
                    assertThat(isTrue(loser, winner, covering, packet.destination()))
                            .as("%s: %s of %s against %s", what, loser.why(), loser.route(), winner)
                            .isTrue();
                }
            }
        }
    }

    private static Set<Told> told(List<LosingRoute> losers) {
        Set<Told> told = new HashSet<>();
        for (LosingRoute loser : losers) {
            told.add(new Told(
                    loser.route().origin().source().azureName(),
                    loser.prefix().toString(),
                    loser.route().hop().type().value().orElseThrow(),
                    loser.route().origin().name()));
        }
        return told;
    }

    /** A user route to a tag is one row, told by the longest of its prefixes. */
    private static Set<Told> expected(List<RouteOracle.Row> covering, RouteOracle.Row winner) {
        Set<Told> told = new HashSet<>();
        int first = covering.indexOf(winner);
        for (int i = 0; i < covering.size(); i++) {
            RouteOracle.Row row = covering.get(i);
            boolean ofWinner = i == first || row.name() != null && Objects.equals(row.name(), winner.name());
            boolean longer = row.name() != null
                    && covering.stream()
                            .anyMatch(other -> row.name().equals(other.name())
                                    && other.prefix().length() > row.prefix().length());
            if (ofWinner || longer) continue;
            told.add(new Told(source(row.from()), row.prefix().toString(), row.hop(), row.name()));
        }
        return told;
    }

    private static String source(RouteOracle.From from) {
        return switch (from) {
            case USER -> "User";
            case GATEWAY -> "VirtualNetworkGateway";
            case SYSTEM -> "Default";
        };
    }

    private static boolean isTrue(
            LosingRoute loser, RouteOracle.Row winner, List<RouteOracle.Row> covering, Address destination) {
        String source = loser.route().origin().source().azureName();
        int longer = winner.prefix().length() - loser.prefix().length();
        boolean sameSource = source.equals(source(winner.from()));
        int tag = RouteOracle.tagRank(winner.tag())
                - RouteOracle.tagRank(loser.route().origin().tag());
        boolean inactive = covering.stream()
                .anyMatch(row -> !row.active()
                        && row.prefix().equals(loser.prefix())
                        && source(row.from()).equals(source));
        return switch (loser.why()) {
            case LONGER_PREFIX -> longer > 0;
            case USER_FIRST -> longer == 0 && winner.from() == RouteOracle.From.USER && !sameSource;
            case GATEWAY_BEFORE_SYSTEM ->
                longer == 0 && winner.from() == RouteOracle.From.GATEWAY && source.equals("Default");
            case SYSTEM_BEFORE_GATEWAY ->
                source.equals("VirtualNetworkGateway")
                        && covering.stream()
                                .anyMatch(row -> row.from() == RouteOracle.From.SYSTEM
                                        && row.active()
                                        && RouteOracle.keepsGatewayRoutesOut(row));
            case BGP_OVERRIDE ->
                source.equals("VirtualNetworkGateway") && covering.stream().anyMatch(RouteOracle.Row::overridesBgp);
            case SERVICE_ENDPOINT_FIRST -> winner.hop() == NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT;
            case PRIVATE_ENDPOINT_FIRST -> winner.hop() == NextHopType.INTERFACE_ENDPOINT;
            case TAG_ORDER -> longer == 0 && sameSource && tag < 0;
            case LISTED_LATER -> longer == 0 && sameSource && tag == 0;
            case NOT_ACTIVE -> inactive;
            case PLATFORM_ADDRESS -> FlowOracle.isPlatform(destination) && !source.equals("Default");
        };
    }
}
