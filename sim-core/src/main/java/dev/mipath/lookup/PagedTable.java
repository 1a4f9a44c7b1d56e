package dev.mipath.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The IPv4 layout of small and middling tables: two loads a lookup, three inside a cut /24. */
final class PagedTable {
    /*
     *   address   aaaaaaaaaaaaaaaa bbbbbbbb cccccccc
     *
     *   root[a] ──> page ──> pages[page, b] ──> cell          value number: done
     *                                            └─ TAIL set ──> tails[cell, c]
     *
     * A radix trie with windows of 16, 8 and 8 bits whose pages are stored once for each content. Nearly
     * all of the 65,536 pages of an Azure-sized table hold one value throughout, so a handful of pages is
     * left: 400 routes take about 200 KB, of which traffic touches the few lines that it needs, where a
     * table of all /24 blocks takes 32 MB and misses the caches on scattered addresses.
     *
     * Every lookup does the same loads in the same order and the one branch is rarely taken, so the
     * processor overlaps lookups freely; tries that branch at every level mispredict instead. Where many
     * /24 are cut, as service tags cut them, that branch would mispredict too, and the tail is read always,
     * at index 0 when there is none, and selected by a mask. Numbers are chars to halve the cache lines;
     * number n means value n - 1 unless a dictionary says otherwise.
     */
    private final char[] root;
    private final char[] pages;
    private final char[] tails;
    private final int @Nullable [] values;
    private final boolean ragged;

    private PagedTable(char[] root, char[] pages, char[] tails, int @Nullable [] values, boolean ragged) {
        this.root = root;
        this.pages = pages;
        this.tails = tails;
        this.values = values;
        this.ragged = ragged;
    }

    /** The table of these intervals, or null when their values or tails are too many for chars. */
    static @Nullable PagedTable of(Intervals4 intervals) {
        ValueIds ids = ValueIds.of(intervals.values, CellRuns.LIMIT);
        if (ids == null) return null;
        CellRuns runs = new CellRuns(intervals, ids);
        Pages pages = new Pages();
        if (!runs.into(pages)) return null;
        return new PagedTable(pages.root, pages.pool.cells(), runs.tails(), ids.values, runs.ragged());
    }

    int match(int address) {
        int cell = pages[root[address >>> 16] << 8 | address >>> 8 & 255];
        if (ragged) {
            int cut = -(cell >>> 15);
            cell = cell & ~cut | tails[((cell & CellRuns.TAIL - 1) << 8 | address & 255) & cut] & cut;
        } else if (cell >= CellRuns.TAIL) {
            cell = tails[(cell & CellRuns.TAIL - 1) << 8 | address & 255];
        }
        return values == null ? cell - 1 : values[cell];
    }

    /**
     * Looks up a stretch in stages, each a loop without branches: where in the pages, then the cells, and the tails and
     * the dictionary if these addresses need them.
     */
    void match(int[] addresses, int from, int[] out, int at, int count) {
        char[] root = this.root;
        for (int i = 0; i < count; i++) {
            int address = addresses[from + i];
            out[at + i] = root[address >>> 16] << 8 | address >>> 8 & 255;
        }
        char[] pages = this.pages;
        int any = 0;
        for (int i = 0; i < count; i++) {
            int cell = pages[out[at + i]];
            any |= cell;
            out[at + i] = cell - 1;
        }
        if (any >= CellRuns.TAIL) CellRuns.follow(tails, addresses, from, out, at, count);
        if (values != null) ValueIds.translate(values, out, at, count);
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 2L * (root.length + pages.length + tails.length) + (values == null ? 0 : 4L * values.length);
    }

    /** Cuts runs of blocks into pages. */
    private static final class Pages implements CellRuns.Sink {
        final char[] root = new char[1 << 16];
        final PagePool pool = new PagePool(PagePool.PAGE, 1 << 16);
        private final char[] page = new char[PagePool.PAGE];

        @Override
        public void run(int first, int last, char cell) {
            int block = first;
            while (block <= last) {
                int end = Math.min(last, block | 255);
                Arrays.fill(page, block & 255, (end & 255) + 1, cell);
                if ((end & 255) == 255) {
                    // A run that goes on fills whole pages, all of them the same.
                    int slot = end >>> 8;
                    root[slot] = (char) pool.intern(page);
                    if ((block & 255) == 0 && last - end >= PagePool.PAGE) {
                        int slots = last - end >>> 8;
                        Arrays.fill(root, slot + 1, slot + 1 + slots, root[slot]);
                        end += slots << 8;
                    }
                }
                block = end + 1;
            }
        }
    }
}
