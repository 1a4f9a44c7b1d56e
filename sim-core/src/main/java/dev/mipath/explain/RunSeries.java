package dev.mipath.explain;

import dev.mipath.engine.EventSink;
import dev.mipath.engine.MiWorld;

/** How many records of each kind fell into each stretch of a run: what its plots are drawn from. */
public final class RunSeries implements EventSink {
    /** Into how many stretches a run is parted. */
    public static final int BINS = 120;

    private static final int KINDS = 1 << 8;

    private final long until;
    private final long[][] counts = new long[KINDS][BINS];

    /**
     * The series of a run.
     *
     * @param until when it ends, in nanoseconds
     */
    public RunSeries(long until) {
        this.until = until;
    }

    @Override
    public void accept(long time, long sequence, int kind, int element, int connection, long decision) {
        counts[kind][(int) Math.min(BINS - 1, (long) (time * (double) BINS / until))]++;
    }

    /** The counts of the kind of this name. */
    long[] of(String kindName) {
        for (int kind = 0; kind < KINDS; kind++) {
            if (MiWorld.kindName(kind).equals(kindName)) return counts[kind].clone();
        }
        return new long[BINS];
    }

    long until() {
        return until;
    }
}
