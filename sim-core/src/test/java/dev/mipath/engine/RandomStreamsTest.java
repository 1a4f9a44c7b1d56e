package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RandomStreamsTest {
    private static final int DRAWS = 100_000;

    /** Worked out apart from this code, from the definition in the classes' comments, with Python's integers. */
    @Test
    void knownAnswers() {
        RandomStream stream = new RandomStreams(1).stream("clients", "arrival");
        assertThat(stream.bits(0, 0)).isEqualTo(-3992695211692252238L);
        assertThat(stream.bits(7, 3)).isEqualTo(3427601105093725956L);
        assertThat(stream.exponential(7, 3, 1_000_000_000)).isEqualTo(1683027252L);
        assertThat(new RandomStreams(1)
                        .replication(1).stream("clients", "arrival").bits(0, 0))
                .isEqualTo(-2492979312401645594L);
    }

    /** The finisher is SplitMix64's: java.util.SplittableRandom draws mix64(seed + n * gamma), n from 1. */
    @Test
    void withinOneEntityTheNumbersAreThoseOfSplitMix64() {
        RandomStream stream = new RandomStreams(5).stream("a", "b");
        long key = unfinish(stream.bits(3, 0));
        SplittableRandom oracle = new SplittableRandom(key);
        for (int n = 1; n < 1_000; n++) assertThat(stream.bits(3, n)).isEqualTo(oracle.nextLong());
    }

    /** Undoes SplitMix64's finisher, step by step. */
    private static long unfinish(long word) {
        word ^= word >>> 31 ^ word >>> 62;
        word *= 0x3196_42B2_D24D_8EC3L;
        word ^= word >>> 27 ^ word >>> 54;
        word *= 0x96DE_1B17_3F11_9089L;
        return word ^ word >>> 30 ^ word >>> 60;
    }

    @Test
    void numbersHangOnNamesAndNotOnTheOrderOfDrawing() {
        RandomStreams streams = new RandomStreams(11);
        RandomStream arrivals = streams.stream("clients", "arrival");
        long first = arrivals.bits(5, 9);
        for (int i = 0; i < 100; i++) streams.stream("clients", "latency").bits(5, i);
        assertThat(new RandomStreams(11).stream("clients", "arrival").bits(5, 9))
                .isEqualTo(first);
        assertThat(streams.stream("clients", "latency").bits(5, 9)).isNotEqualTo(first);
        assertThat(streams.stream("gateway", "arrival").bits(5, 9)).isNotEqualTo(first);
        assertThat(streams.replication(1).stream("clients", "arrival").bits(5, 9))
                .isNotEqualTo(first);
        assertThat(streams.replication(0).stream("clients", "arrival").bits(5, 9))
                .isEqualTo(first);
    }

    /** Neighbours in any one respect must be as strangers: sample correlation within 4 standard errors of none. */
    @ParameterizedTest
    @CsvSource({"1,0", "0,1", "1,1", "1,-1"})
    void neighboursAreIndependent(int entityStep, int numberStep) {
        RandomStream stream = new RandomStreams(3).stream("clients", "arrival");
        double sum = 0;
        for (int i = 0; i < DRAWS; i++) {
            double here = stream.uniform(i, 50) - 0.5;
            double there = stream.uniform(i + entityStep, 50 + numberStep) - 0.5;
            sum += here * there;
        }
        assertThat(sum / DRAWS * 12).isCloseTo(0, within(4 / Math.sqrt(DRAWS)));
    }

    /** Chi-square over 256 cells of the high and of the low bits: 99.99 % of random samples are below 347. */
    @ParameterizedTest
    @CsvSource({"56", "0", "20"})
    void cellsFillEvenly(int shift) {
        RandomStream stream = new RandomStreams(4).stream("gateway", "service");
        int[] cells = new int[256];
        for (int i = 0; i < DRAWS; i++) cells[(int) (stream.bits(i / 10, i % 10) >>> shift) & 255]++;
        double expected = DRAWS / 256.0;
        double chi = 0;
        for (int cell : cells) chi += (cell - expected) * (cell - expected) / expected;
        assertThat(chi).isBetween(170.0, 347.0);
    }

    @Test
    void exponentialTimesHaveTheirMeanAndVariance() {
        RandomStream stream = new RandomStreams(6).stream("clients", "think");
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < DRAWS; i++) {
            double x = stream.exponential(1, i, 1_000_000);
            assertThat(x).isNotNegative();
            sum += x;
            squares += x * x;
        }
        double mean = sum / DRAWS;
        assertThat(mean).isCloseTo(1e6, within(4e6 / Math.sqrt(DRAWS)));
        assertThat(squares / DRAWS - mean * mean).isCloseTo(1e12, within(4e12 * Math.sqrt(8.0 / DRAWS)));
    }

    @Test
    void chancesAreAsSaid() {
        RandomStream stream = new RandomStreams(8).stream("link", "loss");
        int lost = 0;
        for (int i = 0; i < DRAWS; i++) if (stream.chance(0, i, 3, 100)) lost++;
        assertThat(lost).isCloseTo(3_000, within(4 * 54));
        for (int i = 0; i < 1_000; i++) {
            assertThat(stream.below(1, i, 3)).isBetween(0, 2);
            assertThat(stream.chance(2, i, 0, 5)).isFalse();
            assertThat(stream.chance(2, i, 5, 5)).isTrue();
        }
    }
}
