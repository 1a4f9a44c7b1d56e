package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A rule table must agree with looking at every field of every rule in turn. */
class RuleTableLaws {
    static IntStream seeds() {
        return IntStream.range(0, 120);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithEveryRuleInTurnOnIpv4(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRules truth = new RandomRules(random, 32, 1 + random.nextInt(80));
        RuleTable table = truth.table();
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
    void agreesWithEveryRuleInTurnOnIpv6(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RandomRules truth = new RandomRules(random, 128, 1 + random.nextInt(80));
        RuleTable table = truth.table();
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
