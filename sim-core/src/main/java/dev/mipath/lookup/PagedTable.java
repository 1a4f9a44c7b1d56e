package dev.mipath.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The IPv4 layout of usual route tables: two loads a lookup, three inside a cut /24. */
final class PagedTable {
    /*
     *   address   aaaaaaaaaaaaaaaa bbbbbbbb cccccccc
     *
     *   cells:  [ root | page | tail | page | … ]        cells[a] ──> page ─> [b] ──> cell     -1 or more: the value
     *                                                                                  └─ below -1 ──> tail ─> [c]
     *
     * A radix trie with windows of 16, 8 and 8 bits whose pages are stored once for each content. Nearly
     * all of the 65,536 pages of an Azure-sized table hold one value throughout, so a handful of pages is
     * left: 169 routes take about 200 KB, of which traffic touches the few lines that it needs, where a
     * table of all /24 blocks takes 32 MB and misses the caches on scattered addresses.
     *
     * Every lookup does the same loads in the same order and the one branch is rarely taken, so the
     * processor overlaps lookups freely; tries that branch at every level mispredict instead. Where many
     * /24 are cut, as service tags cut them, that branch would mispredict too, and where routes lie far
     * apart the pages grow: such tables are for ScatteredTable. Cells are chars to halve the cache lines,
     * and read as shorts they are the values themselves, so that nothing is left to do after the loads; one
     * array for all of them leaves one reference to load and one length to check against.
     */
    private static final int SLOTS = 1 << 16;

    /** How many pages would fill the root's place: the first page has this number. */
    private static final int ROOT_PAGES = SLOTS / PagePool.PAGE;

    /** Pages and tails that a table may have to stay within 256 KB, half of which its root takes. */
    private static final int PAGES_MAX = (128 << 10) / (2 * PagePool.PAGE);

    private final char[] cells;

    private PagedTable(char[] cells) {
        this.cells = cells;
    }

    /** The table of these intervals, or null when another layout suits them better. */
    static @Nullable PagedTable of(Intervals4 intervals) {
        return CellRuns.ragged(intervals) ? null : of(intervals, PAGES_MAX);
    }

    /** The table of these intervals, or null when it needs more pages and tails, or has values too large for cells. */
    static @Nullable PagedTable of(Intervals4 intervals, int pagesMax) {
        ValueIds ids = ValueIds.of(intervals.values, CellRuns.LIMIT);
        if (ids == null || ids.values != null) return null;
        Pages pages = new Pages(pagesMax);
        if (!new CellRuns(intervals, ids, pages.pool).into(pages)) return null;
        return new PagedTable(pages.pool.cellsBehind(pages.root));
    }

    int match(int address) {
        char[] cells = this.cells;
        int cell = (short) cells[cells[address >>> 16] << 8 | address >>> 8 & 255];
        return cell >= LpmTable.NONE ? cell : (short) cells[ROOT_PAGES + CellRuns.tail(cell) << 8 | address & 255];
    }

    /** Looks up many addresses; the loads of one hide the waits of another without further doing. */
    void match(int[] addresses, int from, int count, int[] out) {
        for (int i = 0; i < count; i++) out[i] = match(addresses[from + i]);
    }

    /** What the array takes, in bytes. */
    long bytes() {
        return 2L * cells.length;
    }

    /** Cuts runs of blocks into pages. */
    private static final class Pages implements CellRuns.Sink {
        final char[] root = new char[SLOTS];
        final PagePool pool;
        private final char[] page = new char[PagePool.PAGE];

        Pages(int pagesMax) {
            pool = new PagePool(PagePool.PAGE, pagesMax);
        }

        @Override
        public boolean run(int first, int last, char cell) {
            int block = first;
            while (block <= last) {
                int end = Math.min(last, block | 255);
                Arrays.fill(page, block & 255, (end & 255) + 1, cell);
                if ((end & 255) == 255) {
                    // A run that goes on fills whole pages, all of them the same.
                    int slot = end >>> 8;
                    int number = pool.intern(page);
                    if (number < 0) return false;
                    root[slot] = (char) (ROOT_PAGES + number);
                    if ((block & 255) == 0 && last - end >= PagePool.PAGE) {
                        int slots = last - end >>> 8;
                        Arrays.fill(root, slot + 1, slot + 1 + slots, root[slot]);
                        end += slots << 8;
                    }
                }
                block = end + 1;
            }
            return true;
        }
    }
}
