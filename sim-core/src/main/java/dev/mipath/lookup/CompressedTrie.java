package dev.mipath.lookup;

import java.util.Arrays;

/** The layout of IPv6 tables, and of IPv4 tables with more values than a char can number. */
final class CompressedTrie {
    /*
     * A trie over the upper 64 bits: a wide first window, then windows of 8 bits. Nodes are runs of cells in
     * one int array, and a cell is base << 5 | shift: the next window's chunk, shifted right, is an offset
     * from base. A node whose 256 children come in equal blocks of 2^shift keeps one cell a block (the level
     * compression), and nodes of equal content are stored once.
     *
     *   root[key >>> 48] ──> base, shift ──> cells[base + (chunk >>> shift)] ──> … ──> values[base]
     *
     * The trick that makes lookups branch-free: cells 0 .. V-1 are the values, and cell c of them holds
     * c << 5 | 31, so any 8-bit chunk shifted by 31 is 0 and a step from a value stays there. The steps down
     * to /48 are always taken, where branching on "is this a value?" would mispredict on mixed
     * traffic. The rare entries longer than /48 loop on, and those longer than /64 end in value 0, which
     * stands for "ask the intervals". (Java shifts by the low five bits, so the shift needs no mask.)
     */
    private static final int LEAF = 31;

    /** The number that stands for "longer than /64". */
    private static final int DEEP = 0;

    private final Intervals6 intervals;
    private final int rootShift;
    private final int rootBase;
    private final int[] root;
    private final int[] cells;
    private final int[] values;

    private CompressedTrie(Intervals6 intervals, int rootShift, int rootBase, int[] root, int[] cells, int[] values) {
        this.intervals = intervals;
        this.rootShift = rootShift;
        this.rootBase = rootBase;
        this.root = root;
        this.cells = cells;
        this.values = values;
    }

    /** From this many intervals on a first window of 24 bits pays, spent on global unicast, 2000::/3, alone. */
    private static final int WIDE = 1_000;

    static CompressedTrie of(Intervals4 intervals) {
        return new Compiler(intervals.widened()).compile(48, 0, 1 << 16);
    }

    static CompressedTrie of(Intervals6 intervals) {
        Compiler compiler = new Compiler(intervals);
        return intervals.size() < WIDE ? compiler.compile(48, 0, 1 << 16) : compiler.compile(40, 0x20_0000, 1 << 21);
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
        int[] cells = this.cells;
        int cell = root[slot];
        if (rootShift == 48) cell = cells[(cell >>> 5) + ((int) (high >>> 40 & 255) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (high >>> 32 & 255) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (high >>> 24 & 255) >>> cell)];
        cell = cells[(cell >>> 5) + ((int) (high >>> 16 & 255) >>> cell)];
        if ((cell & LEAF) != LEAF) cell = descend(cell, high << 48);
        int number = cell >>> 5;
        return number == DEEP ? intervals.match(high, low) : values[number];
    }

    private int descend(int from, long chunks) {
        int cell = from;
        for (long rest = chunks; (cell & LEAF) != LEAF; rest <<= 8) {
            cell = cells[(cell >>> 5) + ((int) (rest >>> 56) >>> cell)];
        }
        return cell;
    }

    /** What the arrays take, in bytes. */
    long bytes() {
        return 4L * (root.length + cells.length + values.length);
    }

    /** Makes a trie: fills windows from the intervals, from the leaves up. */
    private static final class Compiler {
        private final Intervals6 intervals;
        private final ValueIds ids;
        private final int[] values;
        private int[] cells;
        private int size;

        /* Open addressing over nodes by content: base and length of a node, or length 0 for an empty place. */
        private int[] bases = new int[1 << 10];
        private short[] lengths = new short[1 << 10];
        private int nodes;

        Compiler(Intervals6 intervals) {
            this.intervals = intervals;
            ids = ValueIds.distinct(intervals.values);
            int[] distinct = ids.values == null ? new int[0] : ids.values;
            values = new int[distinct.length + 1];
            System.arraycopy(distinct, 0, values, 1, distinct.length);
            size = values.length;
            cells = new int[Math.max(1 << 12, 2 * size)];
            for (int i = 0; i < size; i++) cells[i] = i << 5 | LEAF;
        }

        CompressedTrie compile(int rootShift, int rootBase, int slots) {
            int[] root = new int[slots];
            int interval = intervals.find((long) rootBase << rootShift, 0);
            for (int slot = 0; slot < slots; ) {
                long first = (long) (slot + rootBase) << rootShift;
                interval = holding(interval, first);
                // Slots wholly inside one interval are filled in one go.
                int whole = Math.min(slots, wholeSlots(interval, rootShift) - rootBase);
                if (whole > slot) {
                    Arrays.fill(root, slot, whole, leaf(interval));
                    slot = whole;
                } else {
                    root[slot++] = node(interval, first, rootShift - 8);
                }
            }
            return new CompressedTrie(intervals, rootShift, rootBase, root, Arrays.copyOf(cells, size), values);
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
            return ids.id(intervals.values[interval]) + 1 << 5 | LEAF;
        }

        /** The cell for the keys from {@code first} on that share all bits above {@code shift} + 8. */
        private int node(int interval, long first, int shift) {
            if (shift < 0) return DEEP << 5 | LEAF;
            int[] children = new int[256];
            int at = interval;
            for (int i = 0; i < 256; i++) {
                long start = first + ((long) i << shift);
                long end = start + (1L << shift) - 1;
                at = holding(at, start);
                boolean whole = at + 1 == intervals.size() || Long.compareUnsigned(intervals.highs[at + 1], end) > 0;
                children[i] = whole ? leaf(at) : node(at, start, shift - 8);
            }
            return compressed(children);
        }

        /** Keeps one cell for each block of equal children, in the largest blocks that all children allow. */
        private int compressed(int[] children) {
            int shift = 0;
            int length = 256;
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
            if (size + length > cells.length) cells = Arrays.copyOf(cells, 2 * cells.length);
            if (size + length > 1 << 27) throw new IllegalStateException("the table is too large");
            System.arraycopy(children, 0, cells, size, length);
            bases[place] = size;
            lengths[place] = (short) length;
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
            short[] oldLengths = lengths;
            bases = new int[2 * oldBases.length];
            lengths = new short[bases.length];
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
