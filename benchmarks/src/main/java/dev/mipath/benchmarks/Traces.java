package dev.mipath.benchmarks;

import java.util.SplittableRandom;

/** The addresses to ask for: enough of them that the branch predictor cannot learn them by heart. */
final class Traces {
    /** Queries in a trace. */
    static final int QUERIES = 1 << 18;

    private static final int FLOWS = 1 << 16;

    private Traces() {}

    /** Any address. */
    static int[] uniform(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] queries = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) queries[i] = random.nextInt();
        return queries;
    }

    /** Any address inside any prefix. */
    static int[] inPrefix(Routes routes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] queries = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) queries[i] = inside(routes, random);
        return queries;
    }

    /** A few flows are asked for often and most seldom: Zipf with exponent 1 over 65,536 in-prefix flows. */
    static int[] zipf(Routes routes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int[] flows = new int[FLOWS];
        double[] below = new double[FLOWS];
        double sum = 0;
        for (int i = 0; i < FLOWS; i++) {
            flows[i] = inside(routes, random);
            sum += 1.0 / (i + 1);
            below[i] = sum;
        }
        int[] queries = new int[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            int at = java.util.Arrays.binarySearch(below, random.nextDouble() * sum);
            queries[i] = flows[Math.min(FLOWS - 1, at < 0 ? ~at : at)];
        }
        return queries;
    }

    private static int inside(Routes routes, SplittableRandom random) {
        int index = random.nextInt(routes.size());
        int length = routes.length(index);
        int host = length == 0 ? -1 : length == 32 ? 0 : -1 >>> length;
        return routes.network(index) | random.nextInt() & host;
    }

    /** Upper halves of any address inside any prefix; the lower halves are 0. */
    static long[] inPrefix6(Routes routes, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] queries = new long[QUERIES];
        for (int i = 0; i < QUERIES; i++) {
            int index = random.nextInt(routes.size());
            int length = Math.min(64, routes.length(index));
            long host = length == 0 ? -1 : length == 64 ? 0 : -1L >>> length;
            queries[i] = routes.high(index) | random.nextLong() & host;
        }
        return queries;
    }
}
