package dev.mipath.lookup;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The layout of IPv6 tables, and of IPv4 tables that have more values or nodes than a char can number. */
final class CompressedTrie {
    /*
     * A trie over the upper 64 bits, cut into windows: the root's, then one a step. Nodes are runs of cells
     * in one int array, and a cell is base << 5 | shift: the next window's chunk, shifted right, is an
     * offset from base. A node whose children come in equal blocks of 2^shift keeps one cell a block (the
     * level compression), and nodes of equal content are stored once.
     *
     *   root[key >>> 48] ──> base, shift ──> cells[base + (chunk >>> shift)] ──> … ──> values[base]
     *
     * The trick that makes lookups branch-free: cells 0 .. V-1 are the values, and cell c of them holds
     * c << 5 | 31, so any chunk of at most 16 bits shifted by 31 is 0 and a step from a value stays there.
     * Every lookup takes the same number of steps, as many as the deepest entry of the table needs, where
     * branching on "is this a value?" would mispredict on mixed traffic. The rare entries longer than /64
     * end in value 0, which stands for "ask the intervals". (Java shifts by the low bits alone, so no shift
     * needs a mask.)
     *
     * The windows are a matter of size. Each step is a load that waits for the one before, so wide windows
     * are fast; but a wide node takes a quarter of a megabyte, so they are for tables that are large enough
     * to be worth it and crowd in few places, as the address plan of a cloud does.
     */
    private static final int LEAF = 31;

    /** The number that stands for "longer than /64". */
    private static final int DEEP = 0;

    /** From this many intervals on wider windows pay. */
    private static final int LARGE = 1_000;

    private static final String TOO_LARGE = "the table is too large";

    private final Intervals6 intervals;
    private final int rootShift;
    private final int rootBase;
    private final int wide;
    private final int steps;
    private final int[] root;
    private final int[] cells;
    private final int[] values;

    /** How the 64 bits are cut: the root's window, two more of one width, and then by eights. */
    enum Windows {
        /** For tables of an Azure subnet. */
        SMALL(16, 0, 1 << 16, 8, 1 << 27),
        /** Fewer steps, for prefixes that share their first 32 bits with many others. */
        CROWDED(16, 0, 1 << 16, 16, 1 << 21),
        /** A first window of 24 bits, spent on global unicast, 2000::/3, alone. */
        SCATTERED(24, 0x20_0000, 1 << 21, 8, 1 << 27);

        private final int rootShift;
        private final int rootBase;
        private final int slots;
        private final int wide;
        private final int cellsMax;

        Windows(int rootWidth, int rootBase, int slots, int wide, int cellsMax) {
            rootShift = 64 - rootWidth;
            this.rootBase = rootBase;
            this.slots = slots;
            this.wide = wide;
            this.cellsMax = cellsMax;
        }

        private int width(int step) {
            return step < 2 ? wide : 8;
        }
    }

    private CompressedTrie(Intervals6 intervals, Windows windows, int steps, int[] root, int[] cells, int[] values) {
        this.intervals = intervals;
        rootShift = windows.rootShift;
        rootBase = windows.rootBase;
        wide = windows.wide;
        this.steps = steps;
        this.root = root;
        this.cells = cells;
        this.values = values;
    }

    static CompressedTrie of(Intervals4 intervals) {
        return requireNonNull(of(intervals.widened(), Windows.SMALL), TOO_LARGE);
    }

    static CompressedTrie of(Intervals6 intervals) {
        if (intervals.size() < LARGE) return requireNonNull(of(intervals, Windows.SMALL), TOO_LARGE);
        CompressedTrie crowded = of(intervals, Windows.CROWDED);
        return crowded != null ? crowded : requireNonNull(of(intervals, Windows.SCATTERED), TOO_LARGE);
    }

    /** The trie with these windows, or null when it takes more cells than they are worth. */
    static @Nullable CompressedTrie of(Intervals6 intervals, Windows windows) {
        return new Compiler(intervals, windows).compile();
    }

    /** The value of an IPv4 address, which stands in the upper half of the key. */
    int match(int address) {
        int[] cells = this.cells;
        int cell = root[address >>> 16];
        cell = cells[(cell >>> 5) + ((address >>> 8 & 255) >>> cell)];
        cell = cells[(cell >>> 5) + ((address & 255) >>> cell)];
        return values[cell >>> 5];
    }

    /** The value of an IPv6 address. */
    int match(long high, long low) {
        int slot = (int) (high >>> rootShift) - rootBase;
        if (Integer.compareUnsigned(slot, root.length) >= 0) return intervals.match(high, low);
        int number = (wide == 16 ? crowded(root[slot], high) : byEights(root[slot], high << -rootShift)) >>> 5;
        return number == DEEP ? intervals.match(high, low) : values[number];
    }

    /* Each way spelled out, since a loop over the steps takes twice as long. */

    private int crowded(int from, long high) {
        int[] cells = this.cells;
        int cell = from;
        cell = cells[(cell >>> 5) + ((int) (high >>> 32 & 0xFFFF) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (high >>> 16 & 0xFFFF) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (high >>> 8 & 255) >>> cell)];
        return cells[(cell >>> 5) + ((int) (high & 255) >>> cell)];
    }

    private int byEights(int from, long rest) {
        int[] cells = this.cells;
        int cell = from;
        cell = cells[(cell >>> 5) + ((int) (rest >>> 56) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (rest >>> 48 & 255) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (rest >>> 40 & 255) >>> cell)];
        // Always the same branches for a table.
        if (steps > 3) cell = cells[(cell >>> 5) + ((int) (rest >>> 32 & 255) >>> cell)];
        if (steps > 4) cell = cells[(cell >>> 5) + ((int) (rest >>> 24 & 255) >>> cell)];
        if (steps > 5) cell = cells[(cell >>> 5) + ((int) (rest >>> 16 & 255) >>> cell)];
        return cell;
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 4L * (root.length + cells.length + values.length);
    }

    /** Makes a trie: fills windows from the intervals, from the leaves up. */
    private static final class Compiler {
        private final Intervals6 intervals;
        private final Windows windows;
        private final ValueIds ids;
        private final int[] values;
        private int[] cells;
        private int size;

        /* Open addressing over nodes by content: base and length of a node, or length 0 for an empty place. */
        private int[] bases = new int[1 << 10];
        private int[] lengths = new int[1 << 10];
        private int nodes;

        /* How many windows below the root have nodes. */
        private int steps;

        Compiler(Intervals6 intervals, Windows windows) {
            this.intervals = intervals;
            this.windows = windows;
            ids = ValueIds.distinct(intervals.values);
            int[] distinct = ids.values == null ? new int[0] : ids.values;
            values = new int[distinct.length + 1];
            System.arraycopy(distinct, 0, values, 1, distinct.length);
            size = values.length;
            cells = new int[Math.max(1 << 12, 2 * size)];
            for (int i = 0; i < size; i++) cells[i] = i << 5 | LEAF;
        }

        @Nullable
        CompressedTrie compile() {
            int[] root = new int[windows.slots];
            int shift = windows.rootShift;
            int interval = intervals.find((long) windows.rootBase << shift, 0);
            for (int slot = 0; slot < root.length; ) {
                long first = (long) (slot + windows.rootBase) << shift;
                interval = holding(interval, first);
                // Slots wholly inside one interval are filled in one go.
                int whole = Math.min(root.length, wholeSlots(interval, shift) - windows.rootBase);
                if (whole > slot) {
                    Arrays.fill(root, slot, whole, leaf(interval));
                    slot = whole;
                } else {
                    root[slot++] = node(interval, first, 0, shift);
                    if (size > windows.cellsMax) return null;
                }
            }
            return new CompressedTrie(intervals, windows, steps, root, Arrays.copyOf(cells, size), values);
        }

        /** The first slot that does not end inside the interval. */
        private int wholeSlots(int interval, int rootShift) {
            if (interval + 1 == intervals.size()) return Integer.MAX_VALUE;
            return (int) (intervals.highs[interval + 1] >>> rootShift);
        }

        private int holding(int from, long high) {
            int interval = from;
            while (interval + 1 < intervals.size() && Long.compareUnsigned(intervals.highs[interval + 1], high) < 0
                    || interval + 1 < intervals.size()
                            && intervals.highs[interval + 1] == high
                            && intervals.lows[interval + 1] == 0) {
                interval++;
            }
            return interval;
        }

        private int leaf(int interval) {
            return ids.id(intervals.values[interval]) + 2 << 5 | LEAF;
        }

        /** The cell for the keys from {@code first} on that share all bits from {@code bits} up. */
        private int node(int interval, long first, int step, int bits) {
            if (bits == 0) return DEEP << 5 | LEAF;
            steps = Math.max(steps, step + 1);
            int[] children = new int[1 << windows.width(step)];
            int below = bits - windows.width(step);
            int at = interval;
            for (int i = 0; i < children.length && size <= windows.cellsMax; i++) {
                long start = first + ((long) i << below);
                long end = start + (1L << below) - 1;
                at = holding(at, start);
                boolean whole = at + 1 == intervals.size() || Long.compareUnsigned(intervals.highs[at + 1], end) > 0;
                children[i] = whole ? leaf(at) : node(at, start, step + 1, below);
            }
            return compressed(children);
        }

        /** Keeps one cell for each block of equal children, in the largest blocks that all children allow. */
        private int compressed(int[] children) {
            int shift = 0;
            int length = children.length;
            while (length > 1 && pairsAgree(children, length)) {
                length >>= 1;
                shift++;
                for (int i = 0; i < length; i++) children[i] = children[2 * i];
            }
            // A value stays itself; a lone inner child keeps its node, since each step consumes one window.
            if (length == 1 && (children[0] & LEAF) == LEAF) return children[0];
            return intern(children, length) << 5 | shift;
        }

        private static boolean pairsAgree(int[] children, int length) {
            for (int i = 0; i < length; i += 2) if (children[i] != children[i + 1]) return false;
            return true;
        }

        /** Where the node with this content begins. Only content counts; the shift belongs to the use. */
        private int intern(int[] children, int length) {
            int mask = bases.length - 1;
            int place = hash(children, 0, length) & mask;
            for (; lengths[place] != 0; place = place + 1 & mask) {
                int base = bases[place];
                if (lengths[place] == length && Arrays.equals(cells, base, base + length, children, 0, length)) {
                    return base;
                }
            }
            if (size + length > cells.length) cells = Arrays.copyOf(cells, 2 * (size + length));
            System.arraycopy(children, 0, cells, size, length);
            bases[place] = size;
            lengths[place] = length;
            size += length;
            if (2 * ++nodes > bases.length) rehash();
            return size - length;
        }

        private static int hash(int[] cells, int from, int length) {
            int hash = length;
            for (int i = from; i < from + length; i++) hash = 31 * hash + cells[i];
            hash *= 0x9E37_79B9;
            return hash ^ hash >>> 15;
        }

        private void rehash() {
            int[] oldBases = bases;
            int[] oldLengths = lengths;
            bases = new int[2 * oldBases.length];
            lengths = new int[bases.length];
            int mask = bases.length - 1;
            for (int i = 0; i < oldBases.length; i++) {
                if (oldLengths[i] == 0) continue;
                int place = hash(cells, oldBases[i], oldLengths[i]) & mask;
                while (lengths[place] != 0) place = place + 1 & mask;
                bases[place] = oldBases[i];
                lengths[place] = oldLengths[i];
            }
        }
    }
}
