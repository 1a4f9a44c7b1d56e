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

    /** Looks up a stretch in stages: first all cells, whose misses overlap, then the tails and the dictionary. */
    void match(int[] addresses, int from, int[] out, int at, int count) {
        char[] cells = this.cells;
        int any = 0;
        for (int i = 0; i < count; i++) {
            int cell = (short) cells[addresses[from + i] >>> 8];
            any |= cell + 1;
            out[at + i] = cell;
        }
        if (any < 0) follow(addresses, from, out, at, count);
        if (values != null) ValueIds.translate(values, out, at, count);
    }

    /** Among cells that a batch has looked up, replaces those that name a tail by the tail's number. */
    private void follow(int[] addresses, int from, int[] out, int at, int count) {
        for (int i = 0; i < count; i++) {
            int cell = out[at + i];
            if (cell < LpmTable.NONE) out[at + i] = (short) tails[CellRuns.tail(cell) << 8 | addresses[from + i] & 255];
        }
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 2L * (cells.length + tails.length) + (values == null ? 0 : 4L * values.length);
    }
}
