package dev.mipath.lookup;

import java.util.Arrays;

/**
 * Reads intervals as runs of equal /24 blocks. A block inside one interval is a cell with the number of its
 * value; a block that intervals cut is a cell with {@link #TAIL} set and the number of a page of 256 numbers.
 */
final class CellRuns {
    /** Set in a cell that names a tail page instead of a value. */
    static final int TAIL = 0x8000;

    /** Numbers of values, and of tail pages, stay below this. */
    static final int LIMIT = TAIL;

    /** The blocks from first to last all have this cell. */
    interface Sink {
        void run(int first, int last, char cell);
    }

    private final Intervals4 intervals;
    private final ValueIds ids;
    private final PagePool tails = new PagePool(PagePool.PAGE, LIMIT);
    private final char[] tail = new char[PagePool.PAGE];
    private int cuts;

    CellRuns(Intervals4 intervals, ValueIds ids) {
        this.intervals = intervals;
        this.ids = ids;
    }

    /** Gives every block once, in rising order; false when there are more different tails than cells can name. */
    boolean into(Sink sink) {
        int interval = 0;
        for (int block = 0; block < 1 << 24; ) {
            int last = intervals.last(interval);
            // The block after the last one that lies wholly inside the interval.
            int cut = (last >>> 8) + ((last & 255) == 255 ? 1 : 0);
            if (cut > block) {
                sink.run(block, cut - 1, id(interval));
                block = cut;
                if ((last & 255) == 255) interval++;
            } else {
                for (int from = 0; from < PagePool.PAGE; ) {
                    int end = intervals.last(interval);
                    int to = end >>> 8 == block ? end & 255 : 255;
                    Arrays.fill(tail, from, to + 1, id(interval));
                    if (end >>> 8 == block) interval++;
                    from = to + 1;
                }
                cuts++;
                int page = tails.intern(tail);
                if (page < 0) return false;
                sink.run(block, block, (char) (TAIL | page));
                block++;
            }
        }
        return true;
    }

    private char id(int interval) {
        return (char) ids.id(intervals.values[interval]);
    }

    /** Whether so many of the boundaries cut blocks that lookups cannot guess whether they meet a tail. */
    boolean ragged() {
        return cuts * 8 > intervals.size();
    }

    char[] tails() {
        return tails.cells();
    }

    /** Among cells less one that a batch has looked up, replaces those that name a tail by the tail's number less one. */
    static void follow(char[] tails, int[] addresses, int from, int[] out, int at, int count) {
        for (int i = 0; i < count; i++) {
            int cell = out[at + i] + 1;
            if (cell >= TAIL) out[at + i] = tails[(cell & TAIL - 1) << 8 | addresses[from + i] & 255] - 1;
        }
    }
}
