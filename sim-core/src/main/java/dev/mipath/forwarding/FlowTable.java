package dev.mipath.forwarding;

import com.google.common.collect.ImmutableSet;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A {@link FlowMemory} by 5-tuple, for drivers that follow a few flows. Every filter on a packet's way asks it twice, so
 * the flows lie as numbers in one array, found by open addressing, and a question allocates nothing.
 */
public final class FlowTable implements FlowMemory {
    /**
     * Element and 1, protocol and family; both addresses, two words each; both ports; whether the flow is remembered; 1
     * more than the value that is kept. A free row begins with 0.
     */
    private static final int WORDS = 8;

    private static final int REMEMBERED = 6;
    private static final int KEPT = 7;

    private static final int FIRST_ROWS = 16;

    /** Never changed but replaced, so that tables can share it. */
    private ImmutableSet<Integer> down;

    private long[] rows = new long[FIRST_ROWS * WORDS];
    private int size;

    /** A table that knows no flow and of no machine that is down. */
    public FlowTable() {
        this.down = ImmutableSet.of();
    }

    /** A table that knows no flow, and of machines what another knows of them. */
    FlowTable(FlowTable other) {
        this.down = other.down;
    }

    @Override
    public boolean knows(int element, Header header) {
        return rows[WORDS * rowOf(header, kind(element, header), false) + REMEMBERED] != 0;
    }

    @Override
    public boolean knowsReply(int element, Header header) {
        return rows[WORDS * rowOf(header, kind(element, header), true) + REMEMBERED] != 0;
    }

    @Override
    public void remember(int element, Header header) {
        // The row first: making it may put another array in place.
        int row = made(element, header);
        rows[WORDS * row + REMEMBERED] = 1;
    }

    @Override
    public void keep(int element, Header header, long value) {
        int row = made(element, header);
        rows[WORDS * row + KEPT] = value + 1;
    }

    @Override
    public long kept(int element, Header header) {
        long kept = rows[WORDS * rowOf(header, kind(element, header), false) + KEPT];
        return kept == 0 ? NOTHING : kept - 1;
    }

    @Override
    public long keptReply(int element, Header header) {
        long kept = rows[WORDS * rowOf(header, kind(element, header), true) + KEPT];
        return kept == 0 ? NOTHING : kept - 1;
    }

    /** The row of the packet's flow, made when there is none. */
    private int made(int element, Header header) {
        long kind = kind(element, header);
        int row = rowOf(header, kind, false);
        if (rows[WORDS * row] != 0) return row;
        if ((size + 1) * 4 > rows.length / WORDS * 3) {
            grow();
            row = rowOf(header, kind, false);
        }
        size++;
        int at = WORDS * row;
        rows[at] = kind;
        rows[at + 1] = header.sourceHigh();
        rows[at + 2] = header.sourceLow();
        rows[at + 3] = header.destinationHigh();
        rows[at + 4] = header.destinationLow();
        rows[at + 5] = ports(header.sourcePort(), header.destinationPort());
        return row;
    }

    private static long kind(int element, Header header) {
        return (element + 1L) << 16 | (long) header.protocol() << 1 | (header.v6() ? 1 : 0);
    }

    private static long ports(int source, int destination) {
        return (long) source << 16 | destination;
    }

    /** The row of the packet's flow, or of the flow it answers; a free one when the flow is not known. */
    private int rowOf(Header header, long kind, boolean reply) {
        return reply
                ? rowOf(
                        kind,
                        header.destinationHigh(),
                        header.destinationLow(),
                        header.sourceHigh(),
                        header.sourceLow(),
                        ports(header.destinationPort(), header.sourcePort()))
                : rowOf(
                        kind,
                        header.sourceHigh(),
                        header.sourceLow(),
                        header.destinationHigh(),
                        header.destinationLow(),
                        ports(header.sourcePort(), header.destinationPort()));
    }

    private int rowOf(long kind, long fromHigh, long fromLow, long toHigh, long toLow, long ports) {
        int mask = rows.length / WORDS - 1;
        long mixed = ((kind * 31 + fromHigh) * 31 + fromLow) * 31 + toHigh;
        mixed = ((mixed * 31 + toLow) * 31 + ports) * 0x9E37_79B9_7F4A_7C15L;
        for (int row = (int) (mixed >>> 32) & mask; ; row = row + 1 & mask) {
            int at = row * WORDS;
            if (rows[at] == 0) return row;
            if (rows[at] == kind
                    && rows[at + 2] == fromLow
                    && rows[at + 4] == toLow
                    && rows[at + 5] == ports
                    && rows[at + 1] == fromHigh
                    && rows[at + 3] == toHigh) return row;
        }
    }

    private void grow() {
        long[] old = rows;
        rows = new long[old.length * 2];
        for (int at = 0; at < old.length; at += WORDS) {
            if (old[at] == 0) continue;
            int row = rowOf(old[at], old[at + 1], old[at + 2], old[at + 3], old[at + 4], old[at + 5]);
            System.arraycopy(old, at, rows, row * WORDS, WORDS);
        }
    }

    @Override
    public boolean isDown(int element) {
        return down.contains(element);
    }

    /** Notes what the health probes of a machine found. */
    public void setDown(int element, boolean isDown) {
        if (down.contains(element) == isDown) return;
        Set<Integer> changed = new LinkedHashSet<>(down);
        if (isDown) changed.add(element);
        else changed.remove(element);
        down = ImmutableSet.copyOf(changed);
    }
}
