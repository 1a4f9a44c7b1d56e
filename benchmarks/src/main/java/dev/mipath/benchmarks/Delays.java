package dev.mipath.benchmarks;

import java.util.SplittableRandom;

/** How far ahead events are scheduled: exponentially distributed around 100 ms, in whole nanoseconds. */
final class Delays {
    private static final double MEAN_NANOS = 1e8;
    private static final int SIZE = 1 << 16;

    private final long[] delays = new long[SIZE];

    Delays(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < SIZE; i++) delays[i] = draw(random);
    }

    long get(long index) {
        return delays[(int) index & SIZE - 1];
    }

    /** All of them; they recur. */
    long[] all() {
        return delays.clone();
    }

    /** When the events of a queue in a steady state are due. */
    static long[] start(int pending, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        long[] times = new long[pending];
        for (int i = 0; i < pending; i++) times[i] = draw(random);
        return times;
    }

    private static long draw(SplittableRandom random) {
        return 1 + Math.round(-MEAN_NANOS * StrictMath.log(1 - random.nextDouble()));
    }
}
