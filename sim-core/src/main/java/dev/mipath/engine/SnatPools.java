package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.FlowMemory.PortPool;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.SourcePorts;
import java.util.Arrays;

/**
 * The source ports of translators. A port serves flows to different destinations at once, so a pool is what one
 * translator, or one machine behind it, has for one destination address, port and protocol (facts 3.14, 3.15).
 */
final class SnatPools {
    private static final int WORDS = 4;
    private static final int FIRST = 16;

    private final Elements elements;
    private final int[] limits = new int[PortPool.values().length];
    /** Translator and kind, source, destination, port and protocol; pool by pool. */
    private long[] keys = new long[FIRST * WORDS];

    private int[] rows = free(2 * FIRST);
    private int[] used = new int[FIRST];
    private int[] peak = new int[FIRST];
    private int[] refused = new int[FIRST];
    private int pools;

    SnatPools(Elements elements, Settings settings) {
        this.elements = elements;
        limits[number(PortPool.SHARED)] = settings.count(Setting.SNAT_PORTS_NAT_GATEWAY);
        limits[number(PortPool.OWN)] = settings.count(Setting.SNAT_PORTS_OWN_ADDRESS);
        limits[number(PortPool.PREALLOCATED)] = settings.count(Setting.SNAT_PORTS_PREALLOCATED);
    }

    @SuppressWarnings("EnumOrdinal") // The numbers of an array that lives as long as the run.
    private static int number(PortPool kind) {
        return kind.ordinal();
    }

    private static int[] free(int length) {
        int[] rows = new int[length];
        Arrays.fill(rows, -1);
        return rows;
    }

    /** Takes a port for a flow; the number of its pool, or -1 less that number when the pool has none left. */
    int take(int translator, SourcePorts ports, Header header) {
        PortPool kind = ports.pool();
        long source = kind == PortPool.SHARED ? 0 : header.sourceLow();
        long where = (long) translator << 8 | number(kind);
        long toPort = (long) header.destinationPort() << 8 | header.protocol();
        int pool = pool(where, source, header.destinationLow(), toPort);
        if (used[pool] >= ports.count(limits[number(kind)])) {
            refused[pool]++;
            return -1 - pool;
        }
        if (++used[pool] > peak[pool]) peak[pool] = used[pool];
        return pool;
    }

    void give(int pool) {
        used[pool]--;
    }

    private int pool(long where, long source, long destination, long ports) {
        int row = row(where, source, destination, ports);
        if (rows[row] >= 0) return rows[row];
        if (pools == used.length) {
            used = Arrays.copyOf(used, pools * 2);
            peak = Arrays.copyOf(peak, pools * 2);
            refused = Arrays.copyOf(refused, pools * 2);
            keys = Arrays.copyOf(keys, keys.length * 2);
            rows = free(4 * pools);
            for (int i = 0; i < pools; i++) {
                rows[row(keys[i * WORDS], keys[i * WORDS + 1], keys[i * WORDS + 2], keys[i * WORDS + 3])] = i;
            }
            row = row(where, source, destination, ports);
        }
        keys[pools * WORDS] = where;
        keys[pools * WORDS + 1] = source;
        keys[pools * WORDS + 2] = destination;
        keys[pools * WORDS + 3] = ports;
        rows[row] = pools;
        return pools++;
    }

    private int row(long where, long source, long destination, long ports) {
        long mixed = ((where * 31 + source) * 0x9E37_79B9_7F4A_7C15L + destination) * 0xC2B2_AE3D_27D4_EB4FL + ports;
        mixed *= 0x1656_67B1_9E37_79F9L;
        int mask = rows.length - 1;
        for (int row = (int) (mixed >>> 40) & mask; ; row = row + 1 & mask) {
            int pool = rows[row];
            if (pool < 0) return row;
            boolean same = keys[pool * WORDS] == where
                    && keys[pool * WORDS + 1] == source
                    && keys[pool * WORDS + 2] == destination
                    && keys[pool * WORDS + 3] == ports;
            if (same) return row;
        }
    }

    /** Adds up the pools of each translator. */
    void report(ImmutableList.Builder<RunReport.SnatUse> uses) {
        for (int translator = 0; translator < elements.size(); translator++) {
            long inUse = 0;
            long highest = 0;
            long exhausted = 0;
            boolean any = false;
            for (int pool = 0; pool < pools; pool++) {
                if (keys[pool * WORDS] >>> 8 != translator) continue;
                any = true;
                inUse += used[pool];
                highest = Math.max(highest, peak[pool]);
                exhausted += refused[pool];
            }
            if (any) uses.add(new RunReport.SnatUse(elements.name(translator), inUse, highest, exhausted));
        }
    }

    World.Memento save() {
        int saved = pools;
        int[] savedUsed = used.clone();
        int[] savedPeak = peak.clone();
        int[] savedRefused = refused.clone();
        return () -> {
            // Pools made since stay, empty: their numbers are no part of a run's bytes.
            for (int i = 0; i < pools; i++) {
                used[i] = i < saved ? savedUsed[i] : 0;
                peak[i] = i < saved ? savedPeak[i] : 0;
                refused[i] = i < saved ? savedRefused[i] : 0;
            }
        };
    }
}
