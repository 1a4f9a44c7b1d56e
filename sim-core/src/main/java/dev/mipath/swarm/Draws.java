package dev.mipath.swarm;

import dev.mipath.engine.RandomStream;
import dev.mipath.engine.RandomStreams;
import java.util.List;

/** Random choices for one purpose, one after the other. */
final class Draws {
    private static final long ENTITY = 0;

    private final RandomStream stream;
    private long next;

    Draws(long seed, String purpose) {
        stream = new RandomStreams(seed).stream("swarm", purpose);
    }

    /** A number from 0 to below the bound. */
    int below(int bound) {
        return stream.below(ENTITY, next++, bound);
    }

    /** A time from 0 to below the bound. */
    long time(long bound) {
        return (long) (stream.uniform(ENTITY, next++) * bound);
    }

    boolean oneIn(int cases) {
        return below(cases) == 0;
    }

    <T> T of(List<T> choices) {
        return choices.get(below(choices.size()));
    }

    @SafeVarargs
    final <T> T of(T... choices) {
        return choices[below(choices.length)];
    }
}
