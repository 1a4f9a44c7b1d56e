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

    /* Open addressing: page number + 1, or 0 for an empty place; and the hash of each page. */
    private int[] places = new int[16];
    private int[] hashes = new int[16];

    PagePool(int length, int limit) {
        this.length = length;
        this.limit = limit;
        cells = new char[4 * length];
    }

    /** The number of the page with this content; -1 when it is new and the pool is full. */
    int intern(char[] page) {
        return intern(page, Arrays.hashCode(page));
    }

    /** The same for a caller that knows a hash of the content. */
    int intern(char[] page, int hash) {
        int mask = places.length - 1;
        int place = place(hash) & mask;
        for (; places[place] != 0; place = place + 1 & mask) {
            int number = places[place] - 1;
            int at = number * length;
            if (hashes[number] == hash && Arrays.equals(cells, at, at + length, page, 0, length)) return number;
        }
        if (pages == limit) return -1;
        if ((pages + 1) * length > cells.length) cells = Arrays.copyOf(cells, 2 * cells.length);
        System.arraycopy(page, 0, cells, pages * length, length);
        hashes[pages] = hash;
        places[place] = ++pages;
        if (2 * pages > places.length) rehash();
        return pages - 1;
    }

    private void rehash() {
        places = new int[2 * places.length];
        hashes = Arrays.copyOf(hashes, places.length);
        int mask = places.length - 1;
        for (int i = 0; i < pages; i++) {
            int place = place(hashes[i]) & mask;
            while (places[place] != 0) place = place + 1 & mask;
            places[place] = i + 1;
        }
    }

    private static int place(int hash) {
        return hash * 0x9E37_79B9 >>> 7;
    }

    /** Other cells, and all pages behind them. */
    char[] cellsBehind(char[] first) {
        char[] all = Arrays.copyOf(first, first.length + pages * length);
        System.arraycopy(cells, 0, all, first.length, pages * length);
        return all;
    }

    /** All pages, page p at p times the length. */
    char[] cells() {
        return Arrays.copyOf(cells, Math.max(1, pages) * length);
    }
}
