package dev.mipath.explain;

import dev.mipath.engine.EventSink;
import dev.mipath.engine.MiWorld;
import java.util.function.LongSupplier;

/** How many records of each kind fell into each stretch of a run: what its plots are drawn from. */
public final class RunSeries implements EventSink {
    /** Into how many stretches a run is parted. */
    public static final int BINS = 120;

    private static final int KINDS = 1 << 8;

    private final long until;
    private final long[][] counts = new long[KINDS][BINS];
    private final long[] worked = new long[BINS];
    private final long[] connections = new long[BINS];
    private final int ended = kind("ended");
    private final LongSupplier living;
    private int reached;

    /**
     * The series of a run.
     *
     * @param until when it ends, in nanoseconds
     * @param living how many connections live now
     */
    public RunSeries(long until, LongSupplier living) {
        this.until = until;
        this.living = living;
    }

    @Override
    public void accept(long time, long sequence, int kind, int element, int connection, long decision) {
        int bin = (int) Math.min(BINS - 1, (long) (time * (double) BINS / until));
        counts[kind][bin]++;
        reach(bin);
        // The decision of such a record is why it ended: 0 for a login that worked.
        if (kind == ended && decision == 0) worked[bin]++;
    }

    /** An event is told before it changes anything: what lives now has lived since the last one. */
    private void reach(int bin) {
        long now = living.getAsLong();
        for (int i = reached; i <= bin; i++) connections[i] = Math.max(connections[i], now);
        reached = bin;
    }

    private static int kind(String name) {
        for (int kind = 0; kind < KINDS; kind++) if (MiWorld.kindName(kind).equals(name)) return kind;
        return 0;
    }

    /** The most connections that lived at a time; asked for when the run is over. */
    long[] connections() {
        reach(BINS - 1);
        return connections.clone();
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
