package dev.mipath.testing;

import java.util.stream.IntStream;

/**
 * The seeds that a law holds for: a few in every build, many with {@code -Pthorough}.
 *
 * <p>{@code -Dmipath.seeds=N} allows no more than N, for runs that repeat every law for each change to the code.
 */
public final class Seeds {
    private static final boolean THOROUGH = Boolean.getBoolean("mipath.thorough");
    private static final int MOST = Integer.getInteger("mipath.seeds", Integer.MAX_VALUE);

    private Seeds() {}

    /** The seeds 0..quick-1, or 0..thorough-1 in a thorough run. */
    public static IntStream of(int quick, int thorough) {
        return from(0, quick, thorough);
    }

    /** As many seeds, the first of them given, so that two laws do not draw the same worlds. */
    public static IntStream from(int first, int quick, int thorough) {
        return IntStream.range(first, first + Math.min(MOST, pick(quick, thorough)));
    }

    /** What a law does so many times: the one number in every build, the other in a thorough run. */
    public static int pick(int quick, int thorough) {
        return THOROUGH ? thorough : quick;
    }
}
