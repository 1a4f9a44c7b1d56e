package dev.mipath.lookup;

import java.util.Arrays;

/** Pages of one length laid end to end, each content stored once. */
final class PagePool {
    /** The length of a page that an 8-bit window selects from. */
    static final int PAGE = 256;

    private final int length;
    private final int limit;
    private char[] cells;
    private int pages;

    /* Open addressing: page number + 1, or 0 for an empty place. */
    private int[] places = new int[16];

    PagePool(int length, int limit) {
        this.length = length;
        this.limit = limit;
        cells = new char[4 * length];
    }

    /** The number of the page with this content; -1 when it is new and the pool is full. */
    int intern(char[] page) {
        int mask = places.length - 1;
        int place = Arrays.hashCode(page) * 0x9E37_79B9 >>> 7 & mask;
        for (; places[place] != 0; place = place + 1 & mask) {
            int at = (places[place] - 1) * length;
            if (Arrays.equals(cells, at, at + length, page, 0, length)) return places[place] - 1;
        }
        if (pages == limit) return -1;
        if ((pages + 1) * length > cells.length) cells = Arrays.copyOf(cells, 2 * cells.length);
        System.arraycopy(page, 0, cells, pages * length, length);
        places[place] = ++pages;
        if (2 * pages > places.length) rehash();
        return pages - 1;
    }

    private void rehash() {
        places = new int[2 * places.length];
        int mask = places.length - 1;
        char[] page = new char[length];
        for (int i = 0; i < pages; i++) {
            System.arraycopy(cells, i * length, page, 0, length);
            int place = Arrays.hashCode(page) * 0x9E37_79B9 >>> 7 & mask;
            while (places[place] != 0) place = place + 1 & mask;
            places[place] = i + 1;
        }
    }

    /** All pages, page p at p times the length. */
    char[] cells() {
        return Arrays.copyOf(cells, Math.max(1, pages) * length);
    }
}
