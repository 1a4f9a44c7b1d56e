package dev.mipath.lookup;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The IPv4 layout of tables that are cut finely or in many places: four loads a lookup, at most 384 bytes a route. */
final class ScatteredTable {
    /*
     *   address   aaaaaaaaaaaaaa bbbbbb cccccc dddddd
     *
     *   cells:  [ root | node | node | … ]       cells[a] ──> node ─> [b] ──> node ─> [c] ──> node ─> [d] ──> number
     *
     * A radix trie with windows of 14, 6, 6 and 6 bits whose nodes are stored once for each content. Every
     * lookup takes all four steps: where one value holds throughout, the nodes say so down to the end, and a
     * processor that need not guess where a lookup ends overlaps it with the next.
     *
     * The pages of PagedTable are 256 wide, so that a lone route costs it up to two of half a kilobyte.
     * Here a prefix adds at most one node a window: those that it cuts, and below them those of its value.
     * That is 3 nodes of 128 bytes; with the 32 KB of the root no 400 routes take more than 183 KB,
     * wherever they lie. Less memory is more of it in the near caches: for the prefixes of service tags
     * four loads that hit are faster than two that miss. Number n at the end means value n - 1 unless a
     * dictionary says otherwise.
     */
    private static final int WINDOW = 6;
    private static final int NODE = 1 << WINDOW;
    private static final int ROOT_SHIFT = 3 * WINDOW;

    /** The slots of the root, and how many nodes would fill its place. */
    private static final int SLOTS = 1 << 32 - ROOT_SHIFT;

    private static final int ROOT_NODES = SLOTS / NODE;

    private final char[] cells;
    private final int @Nullable [] values;

    private ScatteredTable(char[] cells, int @Nullable [] values) {
        this.cells = cells;
        this.values = values;
    }

    /** The table of these intervals, or null when their values or nodes are too many for chars. */
    static @Nullable ScatteredTable of(Intervals4 intervals) {
        ValueIds ids = ValueIds.of(intervals.values, 1 << 16);
        return ids == null ? null : new Compiler(intervals, ids).compile();
    }

    int match(int address) {
        char[] cells = this.cells;
        int node = cells[address >>> ROOT_SHIFT];
        node = cells[node << WINDOW | address >>> 2 * WINDOW & NODE - 1];
        node = cells[node << WINDOW | address >>> WINDOW & NODE - 1];
        int number = cells[node << WINDOW | address & NODE - 1];
        return values == null ? number - 1 : values[number];
    }

    /** Looks up many addresses: each is the same loads without a branch, so the processor stages them itself. */
    void match(int[] addresses, int from, int count, int[] out) {
        for (int i = 0; i < count; i++) out[i] = match(addresses[from + i]);
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 2L * cells.length + (values == null ? 0 : 4L * values.length);
    }

    /** Cuts intervals into nodes, from the leaves up. */
    private static final class Compiler {
        private final Intervals4 intervals;
        private final ValueIds ids;
        private final PagePool pool = new PagePool(NODE, (1 << 16) - ROOT_NODES);

        /* The nodes that hold one value throughout, in each window by the value's number + 1: node + 1, or 0. */
        private final int[][] uniform;

        /* Work space for a node of each window, and for one that holds a single value. */
        private final char[][] open = new char[3][NODE];
        private final char[] even = new char[NODE];

        private int interval;
        private boolean full;

        Compiler(Intervals4 intervals, ValueIds ids) {
            this.intervals = intervals;
            this.ids = ids;
            int highest = LpmTable.NONE;
            for (int value : intervals.values) highest = Math.max(highest, ids.id(value));
            uniform = new int[3][highest + 2];
        }

        @Nullable
        ScatteredTable compile() {
            char[] root = new char[SLOTS];
            fill(root, 0, ROOT_SHIFT);
            return full ? null : new ScatteredTable(pool.cellsBehind(root), ids.values);
        }

        /** Fills cells that stand for 2^bits addresses each, from an address on; returns a hash of them. */
        private int fill(char[] cells, int first, int bits) {
            int hash = 0;
            for (int i = 0; i < cells.length && !full; ) {
                int start = first + (i << bits);
                while (Integer.compareUnsigned(intervals.last(interval), start) < 0) interval++;
                long left = 1 + Integer.toUnsignedLong(intervals.last(interval)) - Integer.toUnsignedLong(start);
                int whole = (int) Math.min(cells.length - i, left >>> bits);
                if (whole > 0) {
                    char cell = uniform(ids.id(intervals.values[interval]), bits);
                    Arrays.fill(cells, i, i + whole, cell);
                    hash = hash * 31 + cell;
                    i += whole;
                } else {
                    char[] node = open[bits / WINDOW - 1];
                    cells[i++] = intern(node, fill(node, start, bits - WINDOW));
                    hash = hash * 31 + cells[i - 1];
                }
                // Where a run ends counts as well: equal cells always come as equal runs.
                hash = hash * 31 + i;
            }
            return hash;
        }

        /** The cell for 2^bits addresses that all have the value of this number. */
        private char uniform(int id, int bits) {
            if (bits == 0) return (char) (id + 1);
            int[] known = uniform[bits / WINDOW - 1];
            if (known[id + 1] == 0) {
                char cell = uniform(id, bits - WINDOW);
                Arrays.fill(even, cell);
                known[id + 1] = intern(even, cell) + 1;
            }
            return (char) (known[id + 1] - 1);
        }

        private char intern(char[] node, int hash) {
            int number = pool.intern(node, hash);
            full |= number < 0;
            return (char) (ROOT_NODES + number);
        }
    }
}
