package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.mipath.testing.Seeds;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A fused verdict must be what its parts say one by one. */
class VerdictTableLaws {
    static IntStream seeds() {
        return Seeds.of(60, 1_000);
    }

    private static LpmTable routes(List<RandomRules> layers, SplittableRandom random, boolean four) {
        Prefixes routes = new Prefixes();
        for (int i = random.nextInt(60); i > 0; i--) {
            RandomRules.Packet near = layers.get(0).packet();
            int length = random.nextInt(33);
            int value = random.nextInt(1_000_000);
            if (four) {
                int mask = length == 0 ? 0 : -1 << 32 - length;
                routes.add(near.destination().intValue() & mask, length, value);
            } else {
                long mask = length == 0 ? 0 : -1L << 64 - length;
                routes.add(RandomRules.high(near.destination()) & mask, 0, length, value);
            }
        }
        return routes.table();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithItsParts(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        boolean four = random.nextBoolean();
        List<RandomRules> layers = new ArrayList<>();
        for (int i = 1 + random.nextInt(4); i > 0; i--) {
            layers.add(new RandomRules(random, four ? 32 : 128, 1 + random.nextInt(i == 1 ? 150 : 20)));
        }
        LpmTable routes = routes(layers, random, four);
        int budget = seed % 3 == 0 ? 0 : seed % 3 == 1 ? 20_000 : ProductTable.BUDGET;
        VerdictTable table =
                VerdictTable.of(layers.stream().map(RandomRules::table).toList(), routes, budget);
        for (int i = 0; i < 300; i++) {
            RandomRules.Packet p = layers.get(random.nextInt(layers.size())).packet();
            long verdict = four
                    ? table.match(
                            p.source().intValue(),
                            p.sourcePort().intValue(),
                            p.destination().intValue(),
                            p.destinationPort().intValue(),
                            p.protocol())
                    : table.match(
                            RandomRules.high(p.source()),
                            p.source().longValue(),
                            p.sourcePort().intValue(),
                            RandomRules.high(p.destination()),
                            p.destination().longValue(),
                            p.destinationPort().intValue(),
                            p.protocol());
            for (int layer = 0; layer < layers.size(); layer++) {
                assertThat(VerdictTable.rule(verdict, layer))
                        .as("layer %d of %s", layer, p)
                        .isEqualTo(layers.get(layer).nextMatch(0, p));
            }
            int route = four
                    ? routes.match(p.destination().intValue())
                    : routes.match(
                            RandomRules.high(p.destination()), p.destination().longValue());
            assertThat(VerdictTable.route(verdict)).as("%s", p).isEqualTo(route);
        }
    }

    @Test
    void limitsAreRefused() {
        RuleTable empty = new RuleTable.Builder().build();
        LpmTable routes =
                new LpmTable.Builder().add(0, 5, VerdictTable.ROUTES_MAX).build();
        LpmTable none = new LpmTable.Builder().build();
        assertThatThrownBy(() -> VerdictTable.of(List.of(), none)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerdictTable.of(Collections.nCopies(5, empty), none))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> VerdictTable.of(List.of(empty), routes)).isInstanceOf(IllegalArgumentException.class);
        RuleTable.Builder many = new RuleTable.Builder();
        for (int i = 0; i <= VerdictTable.RULES_MAX; i++) many.rule(6);
        List<RuleTable> tooMany = List.of(many.build());
        assertThatThrownBy(() -> VerdictTable.of(tooMany, none)).isInstanceOf(IllegalArgumentException.class);
        assertThat(VerdictTable.rule(VerdictTable.of(List.of(empty), none).match(1, 1, 1, 1, 6), 0))
                .isEqualTo(RuleTable.NONE);
    }
}
