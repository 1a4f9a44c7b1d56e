package dev.mipath.engine;

import java.util.Arrays;

/** Pools of connections that fail at once for a while after a failure, each time twice as long (PoolBlockingPeriod). */
final class PoolBlocking {
    /** By population: until when its pool fails at once, and for how long the next failure blocks it. */
    private long[] until;

    private long[] next;

    PoolBlocking(int populations) {
        until = new long[populations];
        next = new long[populations];
        Arrays.fill(next, ClientProfile.BLOCKING_FIRST);
    }

    boolean isBlocked(int population, long now) {
        return now < until[population];
    }

    /** A client of the population failed. */
    void block(int population, long now) {
        until[population] = now + next[population];
        next[population] = Math.min(2 * next[population], ClientProfile.BLOCKING_LONGEST);
    }

    /** A client of the population is logged in. */
    void isServed(int population) {
        next[population] = ClientProfile.BLOCKING_FIRST;
    }

    World.Memento save() {
        long[] savedUntil = until.clone();
        long[] savedNext = next.clone();
        return () -> {
            until = savedUntil.clone();
            next = savedNext.clone();
        };
    }
}
