package dev.mipath.lookup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * Many lookups and verdicts against brute force, near boundaries, after random updates. A short run is part
 * of every build; {@code -Dmipath.exactness=100000000} makes the documented one, with a tenth as many
 * verdicts.
 */
class ExactnessLaws {
    private static final long LOOKUPS = Long.getLong("mipath.exactness", 1_000_000);

    /** For each length the networks of that length: longest first, the first hit is the answer. */
    private static int oracle(List<Map<Long, Integer>> byLength, long bits, int width) {
        for (int length = width; length >= 0; length--) {
            Map<Long, Integer> networks = byLength.get(length);
            if (networks.isEmpty()) continue;
            Integer value = networks.get(length == 0 ? 0 : bits & -1L << 64 - length);
            if (value != null) return value;
        }
        return LpmTable.NONE;
    }

    private static List<Map<Long, Integer>> lengths(int width) {
        return Arrays.asList(new Map<?, ?>[width + 1]).stream()
                .map(nothing -> (Map<Long, Integer>) new HashMap<Long, Integer>())
                .toList();
    }

    @Test
    void lookupsAgreeWithBruteForceAfterUpdates() {
        long left = LOOKUPS;
        for (int seed = 0; left > 0; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean four = seed % 2 == 0;
            int width = four ? 32 : 64;
            RouteBase base = four ? RouteBase.four() : RouteBase.six();
            List<Map<Long, Integer>> truth = lengths(width);
            long[] networks = new long[1 + random.nextInt(3_000)];
            for (int i = 0; i < networks.length; i++) {
                int length =
                        random.nextInt(4) == 0 ? random.nextInt(width + 1) : width * 3 / 8 + random.nextInt(width / 3);
                long bits = random.nextInt(3) == 0 || i == 0
                        ? random.nextLong()
                        : networks[random.nextInt(i)] ^ random.nextLong() >>> 12;
                networks[i] = length == 0 ? 0 : bits & -1L << 64 - length;
                if (random.nextInt(4) == 0) {
                    int gone = random.nextInt(i + 1);
                    truth.get(length).remove(networks[gone] & (length == 0 ? 0 : -1L << 64 - length));
                    base.remove(networks[gone] & (length == 0 ? 0 : -1L << 64 - length), 0, length);
                } else {
                    truth.get(length).put(networks[i], i);
                    base.put(networks[i], 0, length, i);
                }
            }
            LpmTable table = base.table().prepare();
            for (int i = 0; i < 100_000 && left > 0; i++, left--) {
                long near = networks[random.nextInt(networks.length)];
                long step = four ? 1L << 32 : 1;
                long bits = near
                        + step * (random.nextInt(3) - 1)
                        + (random.nextBoolean() ? 0 : random.nextLong() >>> random.nextInt(64));
                if (four) bits &= -1L << 32;
                int expected = oracle(truth, bits, width);
                int actual = four ? table.match((int) (bits >>> 32)) : table.match(bits, random.nextLong());
                if (actual != expected) {
                    assertThat(actual).as("seed %d, %016x", seed, bits).isEqualTo(expected);
                }
            }
        }
    }

    @Test
    void verdictsAgreeWithTheRulesInTurn() {
        long left = LOOKUPS / 10;
        for (int seed = 0; left > 0; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            boolean four = seed % 3 != 0;
            RuleTable out = new RandomRules(random, four ? 32 : 128, 1 + random.nextInt(60)).table();
            RandomRules inbound = new RandomRules(random, four ? 32 : 128, 1 + random.nextInt(60));
            RuleTable in = inbound.table();
            LpmTable routes =
                    new LpmTable.Builder().add(0x0A00_0000, 0x7FFF_FFFF, 7).build();
            VerdictTable verdicts = VerdictTable.of(List.of(out, in), routes);
            for (int i = 0; i < 5_000 && left > 0; i++, left--) {
                RandomRules.Packet p = inbound.packet();
                int sp = p.sourcePort().intValue();
                int dp = p.destinationPort().intValue();
                long sh = RandomRules.high(p.source());
                long dh = RandomRules.high(p.destination());
                long s = p.source().longValue();
                long d = p.destination().longValue();
                long verdict = four
                        ? verdicts.match((int) s, sp, (int) d, dp, p.protocol())
                        : verdicts.match(sh, s, sp, dh, d, dp, p.protocol());
                // nextMatch walks the rules.
                int first = four
                        ? out.nextMatch(0, (int) s, sp, (int) d, dp, p.protocol())
                        : out.nextMatch(0, sh, s, sp, dh, d, dp, p.protocol());
                int second = four
                        ? in.nextMatch(0, (int) s, sp, (int) d, dp, p.protocol())
                        : in.nextMatch(0, sh, s, sp, dh, d, dp, p.protocol());
                int route = four ? routes.match((int) d) : routes.match(dh, d);
                if (VerdictTable.rule(verdict, 0) != first
                        || VerdictTable.rule(verdict, 1) != second
                        || VerdictTable.route(verdict) != route) {
                    assertThat(verdict).as("seed %d, %s", seed, p).isEqualTo(-1);
                }
            }
        }
    }
}
