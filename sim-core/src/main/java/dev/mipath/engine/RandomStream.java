package dev.mipath.engine;

/**
 * The random numbers of one component for one purpose. It has no state: the caller says which entity draws,
 * and its how-manieth number it wants.
 */
public final class RandomStream {
    private static final long GAMMA = 0x9E37_79B9_7F4A_7C15L;
    private static final double UNIT = 0x1p-53;

    private final long key;

    RandomStream(long key) {
        this.key = key;
    }

    /** 64 random bits. */
    public long bits(long entity, long n) {
        return finish(mix(key, entity) + n * GAMMA);
    }

    /** A number above 0 and below 1. */
    public double uniform(long entity, long n) {
        return ((bits(entity, n) >>> 11) + 0.5) * UNIT;
    }

    /** A number from 0 to below the bound. */
    public int below(long entity, long n, int bound) {
        return (int) Math.multiplyHigh(bits(entity, n) >>> 1, 2L * bound);
    }

    /** Whether something happens that happens in so many of so many cases. */
    public boolean chance(long entity, long n, int numerator, int denominator) {
        return below(entity, n, denominator) < numerator;
    }

    /** A time that passes with the same chance in every instant: exponentially distributed, in nanoseconds. */
    public long exponential(long entity, long n, long meanNanos) {
        return Math.round(-meanNanos * StrictMath.log(uniform(entity, n)));
    }

    /** Two words to one. */
    static long mix(long key, long word) {
        return finish(key ^ finish(word * GAMMA + GAMMA));
    }

    /** The finisher of SplitMix64 (Steele, Lea and Flood, OOPSLA 2014): every bit of the answer hangs on every bit of the word. */
    private static long finish(long word) {
        word = (word ^ word >>> 30) * 0xBF58_476D_1CE4_E5B9L;
        word = (word ^ word >>> 27) * 0x94D0_49BB_1331_11EBL;
        return word ^ word >>> 31;
    }
}
