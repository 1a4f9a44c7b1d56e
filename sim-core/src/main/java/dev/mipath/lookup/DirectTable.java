package dev.mipath.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The IPv4 layout of huge tables: one load a lookup, two inside a cut /24. */
final class DirectTable {
    /*
     *   address   aaaaaaaaaaaaaaaaaaaaaaaa cccccccc
     *
     *   cells[a] ──> value number, or below -1 a page ──> tails[page, c]
     *
     * One char for each /24 of the space (the idea of DIR-24-8 by Gupta, Lin and McKeown): 32 MB however
     * many routes there are. A full routing table misses the near caches in any layout; here it misses
     * once, where a compressed trie misses at every level. That pays from tens of thousands of routes on;
     * below, the paged layout stays in the cache. The 32 MB profit from transparent huge pages.
     */
    private final char[] cells;
    private final char[] tails;
    private final int @Nullable [] values;

    private DirectTable(char[] cells, char[] tails, int @Nullable [] values) {
        this.cells = cells;
        this.tails = tails;
        this.values = values;
    }

    /** The table of these intervals, or null when their values or tails are too many for chars. */
    static @Nullable DirectTable of(Intervals4 intervals) {
        ValueIds ids = ValueIds.of(intervals.values, CellRuns.LIMIT);
        if (ids == null) return null;
        PagePool tails = new PagePool(PagePool.PAGE, CellRuns.LIMIT);
        CellRuns runs = new CellRuns(intervals, ids, tails);
        char[] cells = new char[1 << 24];
        CellRuns.Sink fill = (first, last, cell) -> {
            Arrays.fill(cells, first, last + 1, cell);
            return true;
        };
        return runs.into(fill) ? new DirectTable(cells, tails.cells(), ids.values) : null;
    }

    int match(int address) {
        int cell = (short) cells[address >>> 8];
        if (cell < LpmTable.NONE) cell = (short) tails[CellRuns.tail(cell) << 8 | address & 255];
        return values == null ? cell : values[cell + 1];
    }

    /** Looks up many addresses; the processor begins the next ones while it waits for the cells of the first. */
    void match(int[] addresses, int from, int count, int[] out) {
        for (int i = 0; i < count; i++) out[i] = match(addresses[from + i]);
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 2L * (cells.length + tails.length) + (values == null ? 0 : 4L * values.length);
    }
}
