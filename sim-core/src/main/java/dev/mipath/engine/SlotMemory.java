package dev.mipath.engine;

import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A {@link FlowMemory} by connection slot: the driver says whose flow is under way, and keeps the number that stands for
 * all that elements remember of it.
 */
final class SlotMemory implements FlowMemory {
    /** The end of a 5-tuple whose address and port are the flow's own. */
    private static final int OWN_END = 0;

    private static final int FIRST_ENDS = 64;
    private static final int OWN_PORT = -1;

    /** What is kept when it is the flow's own address; no port and no index is as large. */
    private static final long OWN_ADDRESS = Long.MAX_VALUE - 1;

    private final FlowSets sets = new FlowSets();
    private final Elements elements;
    private final SnatPools pools;
    private final @Nullable Observation observation;
    private long ownHigh;
    /** The ends that are not a flow's own: upper and lower half of the address, and the port. */
    private long[] endHigh = new long[FIRST_ENDS];

    private long[] endLow = new long[FIRST_ENDS];
    private int[] endPort = new int[FIRST_ENDS];
    private int[] endRows = rows(2 * FIRST_ENDS);
    private int ends = 1;
    private long ownLow;
    private int ownPort;
    private int set;
    private int pool;
    private int connection;

    SlotMemory(Elements elements, SnatPools pools, @Nullable Observation observation) {
        this.elements = elements;
        this.pools = pools;
        this.observation = observation;
    }

    private static int[] rows(int length) {
        int[] rows = new int[length];
        Arrays.fill(rows, -1);
        return rows;
    }

    /** Turns to a flow: whose it is, and what was remembered of it ({@link FlowSets#EMPTY} for a new one). */
    void turnTo(Address own, int port, int remembered, int snatPool) {
        ownHigh = own.high();
        ownLow = own.low();
        ownPort = port;
        set = remembered;
        pool = snatPool;
    }

    /** Says whose flow it is, to whoever is told of source ports. */
    void of(int newConnection) {
        connection = newConnection;
    }

    /** What is remembered of the flow by now. */
    int remembered() {
        return set;
    }

    /** Whether this load balancer or translator keeps anything of the flow. */
    boolean keeps(int stable) {
        for (int i = 0; i < sets.size(set); i++) {
            if (sets.where(set, i) >>> 16 == stable && sets.kept(set, i) != 0) return true;
        }
        return false;
    }

    /** The pool from which the flow has a source port, one more than its number, or 0. */
    int snatPool() {
        return pool;
    }

    @Override
    public boolean knows(int element, Header header) {
        return set != FlowSets.EMPTY && find(where(element, header), ends(header, false), false) != 0;
    }

    @Override
    public boolean knowsReply(int element, Header header) {
        return set != FlowSets.EMPTY && find(where(element, header), ends(header, true), false) != 0;
    }

    @Override
    public void remember(int element, Header header) {
        long where = where(element, header) | 1L << 62;
        set = sets.with(set, where, ends(header, false), 0);
    }

    @Override
    public void keep(int element, Header header, long value) {
        long told = value == ownLow ? OWN_ADDRESS : value;
        set = sets.with(set, where(element, header), ends(header, false), told + 1);
    }

    @Override
    public long kept(int element, Header header) {
        return set == FlowSets.EMPTY ? NOTHING : value(find(where(element, header), ends(header, false), true));
    }

    @Override
    public long keptReply(int element, Header header) {
        return set == FlowSets.EMPTY ? NOTHING : value(find(where(element, header), ends(header, true), true));
    }

    private long value(long found) {
        if (found == 0) return NOTHING;
        return found - 1 == OWN_ADDRESS ? ownLow : found - 1;
    }

    @Override
    public boolean reserve(int element, SourcePorts ports, Header header) {
        if (pool != 0) return true;
        int taken = pools.take(elements.stable(element), ports, header);
        boolean got = taken >= 0;
        pool = got ? taken + 1 : 0;
        if (observation != null) observation.port(connection, got ? taken : -1 - taken, ports, got);
        return got;
    }

    @Override
    public boolean isDown(int element) {
        return elements.isDown(elements.stable(element));
    }

    private long where(int element, Header header) {
        return (long) elements.stable(element) << 16 | (long) header.protocol() << 1 | (header.v6() ? 1 : 0);
    }

    /** What is kept at an entry, 1 for one that is only remembered, or 0 when there is none. */
    private long find(long where, long ends, boolean kept) {
        long wanted = kept ? where : where | 1L << 62;
        for (int i = 0; i < sets.size(set); i++) {
            if (sets.where(set, i) == wanted && sets.ends(set, i) == ends) return kept ? sets.kept(set, i) : 1;
        }
        return 0;
    }

    private long ends(Header header, boolean reply) {
        long source = end(header.sourceHigh(), header.sourceLow(), header.sourcePort());
        long destination = end(header.destinationHigh(), header.destinationLow(), header.destinationPort());
        return reply ? destination << 32 | source : source << 32 | destination;
    }

    private int end(long high, long low, int port) {
        if (port == ownPort) {
            if (low == ownLow && high == ownHigh) return OWN_END;
            return named(high, low, OWN_PORT);
        }
        return named(high, low, port);
    }

    private int named(long high, long low, int port) {
        int row = endRow(high, low, port);
        if (endRows[row] >= 0) return endRows[row];
        if (ends == endHigh.length) {
            endHigh = Arrays.copyOf(endHigh, ends * 2);
            endLow = Arrays.copyOf(endLow, ends * 2);
            endPort = Arrays.copyOf(endPort, ends * 2);
            endRows = rows(4 * ends);
            for (int i = 1; i < ends; i++) endRows[endRow(endHigh[i], endLow[i], endPort[i])] = i;
            row = endRow(high, low, port);
        }
        endHigh[ends] = high;
        endLow[ends] = low;
        endPort[ends] = port;
        endRows[row] = ends;
        return ends++;
    }

    private int endRow(long high, long low, int port) {
        long mixed = (low * 31 + high) * 0x9E37_79B9_7F4A_7C15L + port * 0xC2B2_AE3D_27D4_EB4FL;
        int mask = endRows.length - 1;
        for (int row = (int) (mixed >>> 33) & mask; ; row = row + 1 & mask) {
            int end = endRows[row];
            if (end < 0 || endLow[end] == low && endPort[end] == port && endHigh[end] == high) return row;
        }
    }
}
