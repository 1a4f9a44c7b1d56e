package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A table of ranges must agree with asking every range in turn. */
class LpmTableLaws {
    private record Range(BigInteger first, BigInteger last, int value) {}

    static IntStream seeds() {
        return Seeds.of(200, 2_000);
    }

    /** Disjoint ranges between random cuts, in no order; some touch, some leave gaps. */
    private static List<Range> disjoint(SplittableRandom random, int width, int size) {
        TreeSet<BigInteger> cuts = new TreeSet<>();
        for (int i = 0; i < 2 * size; i++) {
            BigInteger cut = new BigInteger(width, new Random(random.nextLong()));
            int keep = random.nextInt(width + 1);
            cuts.add(cut.shiftRight(keep).shiftLeft(keep));
        }
        List<Range> ranges = new ArrayList<>();
        BigInteger first = cuts.first();
        for (BigInteger cut : cuts.tailSet(first, false)) {
            if (random.nextInt(4) > 0) {
                ranges.add(new Range(first, cut.subtract(BigInteger.ONE), random.nextInt(6)));
            }
            first = cut;
        }
        Collections.shuffle(ranges, new Random(random.nextLong()));
        return ranges;
    }

    private static int oracle(List<Range> ranges, BigInteger address) {
        for (Range range : ranges) {
            if (range.first.compareTo(address) <= 0 && address.compareTo(range.last) <= 0) return range.value;
        }
        return -1;
    }

    /** Just inside and just outside of every range, the ends of the space, and anything. */
    private static List<BigInteger> probes(SplittableRandom random, int width, List<Range> ranges) {
        BigInteger space = BigInteger.ONE.shiftLeft(width);
        List<BigInteger> probes = new ArrayList<>(List.of(BigInteger.ZERO, space.subtract(BigInteger.ONE)));
        for (Range range : ranges) {
            probes.add(range.first);
            probes.add(range.last);
            probes.add(range.first.subtract(BigInteger.ONE).mod(space));
            probes.add(range.last.add(BigInteger.ONE).mod(space));
            probes.add(new BigInteger(width, new Random(random.nextLong())));
        }
        return probes;
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithEveryRangeInTurnOnIpv4(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Range> ranges = disjoint(random, 32, 1 + random.nextInt(150));
        LpmTable.Builder builder = new LpmTable.Builder();
        for (Range r : ranges) builder.add(r.first.intValue(), r.last.intValue(), r.value);
        LpmTable table = builder.build();
        List<BigInteger> probes = probes(random, 32, ranges);
        for (BigInteger probe : probes) {
            assertThat(table.match(probe.intValue())).as("%s", probe).isEqualTo(oracle(ranges, probe));
        }
        table.prepare();
        int[] batch = new int[probes.size() + 2];
        int[] values = new int[batch.length];
        for (int i = 0; i < probes.size(); i++) batch[i + 1] = probes.get(i).intValue();
        table.match(batch, 1, probes.size(), values);
        for (int i = 0; i < probes.size(); i++) {
            int expected = oracle(ranges, probes.get(i));
            assertThat(table.match(batch[i + 1])).as("%s", probes.get(i)).isEqualTo(expected);
            assertThat(values[i]).as("%s in a batch", probes.get(i)).isEqualTo(expected);
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void agreesWithEveryRangeInTurnOnIpv6(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Range> ranges = disjoint(random, 128, 1 + random.nextInt(150));
        LpmTable.Builder builder = new LpmTable.Builder();
        for (Range r : ranges) {
            builder.add(
                    RandomRules.high(r.first),
                    r.first.longValue(),
                    RandomRules.high(r.last),
                    r.last.longValue(),
                    r.value);
        }
        LpmTable table = builder.build();
        for (int pass = 0; pass < 2; pass++, table.prepare()) {
            for (BigInteger probe : probes(random, 128, ranges)) {
                assertThat(table.match(RandomRules.high(probe), probe.longValue()))
                        .as("%s", probe)
                        .isEqualTo(oracle(ranges, probe));
            }
        }
    }
}
