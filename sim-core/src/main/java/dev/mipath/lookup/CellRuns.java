package dev.mipath.lookup;

import java.util.Arrays;

/**
 * Reads intervals as runs of equal /24 blocks. A block inside one interval is a cell with the number of its
 * value; a block that intervals cut is a cell below -1 and stands for a page of 256 numbers. Cells are the
 * lower halves of ints, kept in chars: read as shorts they are the numbers again.
 */
final class CellRuns {
    /** How many values, and tail pages, have numbers. */
    static final int LIMIT = 0x7FFF;

    /** The blocks from first to last all have this cell; false when that is more than fits. */
    interface Sink {
        boolean run(int first, int last, char cell);
    }

    private final Intervals4 intervals;
    private final ValueIds ids;
    private final PagePool tails;
    private final char[] tail = new char[PagePool.PAGE];

    /** Runs whose tails go to a pool of {@link #LIMIT} pages or less. */
    CellRuns(Intervals4 intervals, ValueIds ids, PagePool tails) {
        this.intervals = intervals;
        this.ids = ids;
        this.tails = tails;
    }

    /** Gives every block once, in rising order; false when there are too many tails or the sink takes no more. */
    boolean into(Sink sink) {
        int interval = 0;
        for (int block = 0; block < 1 << 24; ) {
            int last = intervals.last(interval);
            // The block after the last one that lies wholly inside the interval.
            int cut = (last >>> 8) + ((last & 255) == 255 ? 1 : 0);
            if (cut > block) {
                if (!sink.run(block, cut - 1, id(interval))) return false;
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
                int page = tails.intern(tail);
                if (page < 0 || !sink.run(block, block, (char) tail(page))) return false;
                block++;
            }
        }
        return true;
    }

    private char id(int interval) {
        return (char) ids.id(intervals.values[interval]);
    }

    /** Whether boundaries cut so many blocks that lookups cannot guess whether they meet a tail. */
    static boolean ragged(Intervals4 intervals) {
        int cuts = 0;
        int cut = -1;
        for (int start : intervals.starts) {
            if ((start & 255) == 0 || start >>> 8 == cut) continue;
            cut = start >>> 8;
            cuts++;
        }
        return cuts * 8 > intervals.size();
    }

    /** The cell that names a tail page, and the page that such a cell names. */
    static int tail(int other) {
        return -2 - other;
    }
}
