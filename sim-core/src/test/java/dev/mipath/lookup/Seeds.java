package dev.mipath.lookup;

import java.util.stream.IntStream;

/** The seeds that a law holds for. */
final class Seeds {
    private Seeds() {}

    /** The seeds 0..count-1; fewer with {@code -Dmipath.seeds}, for runs that repeat every law for each change to the code. */
    static IntStream below(int count) {
        return IntStream.range(0, Math.min(count, Integer.getInteger("mipath.seeds", count)));
    }
}
