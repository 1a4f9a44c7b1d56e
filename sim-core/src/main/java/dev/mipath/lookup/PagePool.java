package dev.mipath.lookup;

import java.util.Arrays;

/** Pages of 256 cells laid end to end, each content stored once. */
final class PagePool {
    static final int PAGE = 256;

    private final int limit;
    private char[] cells = new char[4 * PAGE];
    private int pages;

    /* Open addressing: page number + 1, or 0 for an empty place. */
    private int[] places = new int[16];

    PagePool(int limit) {
        this.limit = limit;
    }

    /** The number of the page with this content; -1 when it is new and the pool is full. */
    int intern(char[] page) {
        int mask = places.length - 1;
        int place = Arrays.hashCode(page) * 0x9E37_79B9 >>> 7 & mask;
        for (; places[place] != 0; place = place + 1 & mask) {
            int at = (places[place] - 1) * PAGE;
            if (Arrays.equals(cells, at, at + PAGE, page, 0, PAGE)) return places[place] - 1;
        }
        if (pages == limit) return -1;
        if ((pages + 1) * PAGE > cells.length) cells = Arrays.copyOf(cells, 2 * cells.length);
        System.arraycopy(page, 0, cells, pages * PAGE, PAGE);
        places[place] = ++pages;
        if (2 * pages > places.length) rehash();
        return pages - 1;
    }

    private void rehash() {
        places = new int[2 * places.length];
        int mask = places.length - 1;
        char[] page = new char[PAGE];
        for (int i = 0; i < pages; i++) {
            System.arraycopy(cells, i * PAGE, page, 0, PAGE);
            int place = Arrays.hashCode(page) * 0x9E37_79B9 >>> 7 & mask;
            while (places[place] != 0) place = place + 1 & mask;
            places[place] = i + 1;
        }
    }

    /** All pages, page p at p * 256. */
    char[] cells() {
        return Arrays.copyOf(cells, Math.max(1, pages) * PAGE);
    }
}
