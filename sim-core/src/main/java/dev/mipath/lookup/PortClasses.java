package dev.mipath.lookup;

import java.util.Arrays;

/** The class of a port: 256 page numbers and the different pages, 1 to 4 KB in all as a rule. */
final class PortClasses {
    /** How many classes there are. */
    final int count;

    private final char[] pageStarts = new char[256];
    private final char[] pages;

    PortClasses(Ranges4 ranges, int rules, RuleSets sets) {
        Intervals4 intervals = FieldClasses.ofPorts(ranges, rules, sets);
        count = sets.size();
        PagePool pool = new PagePool(PagePool.PAGE, 256);
        char[] page = new char[PagePool.PAGE];
        int interval = 0;
        for (int i = 0; i < 256; i++) {
            for (int port = i << 8; port < i + 1 << 8; ) {
                if (Integer.compareUnsigned(intervals.last(interval), port) < 0) interval++;
                int last = intervals.last(interval);
                int end = Integer.compareUnsigned(last, port | 255) < 0 ? last : port | 255;
                Arrays.fill(page, port & 255, (end & 255) + 1, (char) intervals.values[interval]);
                port = end + 1;
            }
            pageStarts[i] = (char) (pool.intern(page) << 8);
        }
        pages = pool.cells();
    }

    int of(int port) {
        return pages[pageStarts[port >>> 8 & 255] + (port & 255)];
    }
}
