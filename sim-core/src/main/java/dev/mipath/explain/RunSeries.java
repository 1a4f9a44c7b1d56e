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
    private final long[] worked = new long[BINS];
    private final int ended = kind("ended");

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
        int bin = (int) Math.min(BINS - 1, (long) (time * (double) BINS / until));
        counts[kind][bin]++;
        // The decision of such a record is why it ended: 0 for a login that worked.
        if (kind == ended && decision == 0) worked[bin]++;
    }

    private static int kind(String name) {
        for (int kind = 0; kind < KINDS; kind++) if (MiWorld.kindName(kind).equals(name)) return kind;
        return 0;
    }

    /** The logins that worked. */
    long[] worked() {
        return worked.clone();
    }

    /** The attempts that failed, and the sessions that were cut. */
    long[] failed() {
        long[] failed = counts[ended].clone();
        for (int i = 0; i < BINS; i++) failed[i] -= worked[i];
        return failed;
    }

    /** The counts of the kind of this name. */
    long[] of(String kindName) {
        return counts[kind(kindName)].clone();
    }

    long until() {
        return until;
    }
}
