package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule table must agree with looking at every field of every rule in turn. */
class RuleTableLaws {
    static IntStream seeds() {
        return Seeds.of(120, 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithEveryRuleInTurnOnIpv4(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRules truth = new RandomRules(random, 32, 1 + random.nextInt(80));
        RuleTable table = truth.table();
        if (seed % 2 == 0) table.prepare();
        for (int i = 0; i < 400; i++) {
            RandomRules.Packet p = truth.packet();
            int source = p.source().intValue();
            int sourcePort = p.sourcePort().intValue();
            int destination = p.destination().intValue();
            int destinationPort = p.destinationPort().intValue();
            int match = table.match(source, sourcePort, destination, destinationPort, p.protocol());
            assertThat(match).as("%s", p).isEqualTo(truth.nextMatch(0, p));
            int from = random.nextInt(truth.rules.size() + 1);
            assertThat(table.nextMatch(from, source, sourcePort, destination, destinationPort, p.protocol()))
                    .as("%s from %d", p, from)
                    .isEqualTo(truth.nextMatch(from, p));
            int rule = random.nextInt(truth.rules.size());
            assertThat(table.fields(rule, source, sourcePort, destination, destinationPort, p.protocol()))
                    .as("%s against rule %d", p, rule)
                    .isEqualTo(RandomRules.fields(truth.rules.get(rule), p));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void setsAnswerWhenTheProductIsTooLarge(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        // More than 64 words of rules now and then, so that a summary bit stands for several words.
        RandomRules truth = new RandomRules(random, 32, seed % 40 == 0 ? 5_000 : 1 + random.nextInt(300));
        Rules rules = truth.table().rules();
        ServiceClasses services = ServiceClasses.of(rules);
        if (services == null) return;
        Classifier classifier = Classifier.four(rules, services, 0);
        for (int i = 0; i < 200; i++) {
            RandomRules.Packet p = truth.packet();
            assertThat(classifier.match(
                            p.source().intValue(),
                            p.sourcePort().intValue(),
                            p.destination().intValue(),
                            p.destinationPort().intValue(),
                            p.protocol()))
                    .as("%s", p)
                    .isEqualTo(truth.nextMatch(0, p));
        }
    }

    /** By a product, by sets and by walking; of several stages, the last of them not whole, and from the middle. */
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void batchesAnswerAsSinglePackets(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRules truth = new RandomRules(random, 32, 1 + random.nextInt(80));
        int count = 129 + random.nextInt(62);
        int from = 1 + random.nextInt(5);
        int[][] fields = new int[5][from + count];
        int[] expected = new int[count];
        for (int i = 0; i < count; i++) {
            RandomRules.Packet p = truth.packet();
            fields[0][from + i] = p.source().intValue();
            fields[1][from + i] = p.sourcePort().intValue();
            fields[2][from + i] = p.destination().intValue();
            fields[3][from + i] = p.destinationPort().intValue();
            fields[4][from + i] = p.protocol();
            expected[i] = truth.nextMatch(0, p);
        }
        RuleTable table = truth.table();
        ServiceClasses services = ServiceClasses.of(table.rules());
        if (services != null) {
            Classifier sets = Classifier.four(table.rules(), services, 0);
            assertThat(batch(new RuleBatch(table, sets), fields, from, count)).isEqualTo(expected);
        }
        assertThat(batch(new RuleBatch(table, null), fields, from, count)).isEqualTo(expected);
        assertThat(batch(new RuleBatch(table), fields, from, count)).isEqualTo(expected);
    }

    private static int[] batch(RuleBatch batch, int[][] fields, int from, int count) {
        int[] rules = new int[count];
        batch.match(fields[0], fields[1], fields[2], fields[3], fields[4], from, count, rules);
        return rules;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithEveryRuleInTurnOnIpv6(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRules truth = new RandomRules(random, 128, 1 + random.nextInt(80));
        RuleTable table = truth.table();
        if (seed % 2 == 0) table.prepare();
        for (int i = 0; i < 400; i++) {
            RandomRules.Packet p = truth.packet();
            long sourceHigh = RandomRules.high(p.source());
            long source = p.source().longValue();
            int sourcePort = p.sourcePort().intValue();
            long destinationHigh = RandomRules.high(p.destination());
            long destination = p.destination().longValue();
            int destinationPort = p.destinationPort().intValue();
            int protocol = p.protocol();
            assertThat(table.match(
                            sourceHigh, source, sourcePort, destinationHigh, destination, destinationPort, protocol))
                    .as("%s", p)
                    .isEqualTo(truth.nextMatch(0, p));
            int from = random.nextInt(truth.rules.size() + 1);
            assertThat(table.nextMatch(
                            from,
                            sourceHigh,
                            source,
                            sourcePort,
                            destinationHigh,
                            destination,
                            destinationPort,
                            protocol))
                    .as("%s from %d", p, from)
                    .isEqualTo(truth.nextMatch(from, p));
            int rule = random.nextInt(truth.rules.size());
            assertThat(table.fields(
                            rule,
                            sourceHigh,
                            source,
                            sourcePort,
                            destinationHigh,
                            destination,
                            destinationPort,
                            protocol))
                    .as("%s against rule %d", p, rule)
                    .isEqualTo(RandomRules.fields(truth.rules.get(rule), p));
        }
    }
}
