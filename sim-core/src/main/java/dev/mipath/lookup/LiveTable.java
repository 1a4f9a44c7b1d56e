package dev.mipath.lookup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;

/**
 * An IPv4 route table that changes while it is asked: one writer at a time, any number of readers, no locks
 * on the way of a lookup. A lookup sees each change whole or not at all for the address it asks.
 */
public final class LiveTable {
    /*
     *   address   aaaaaaaaaaaaaaaaaa bbbbbb cccccccc
     *
     *   slots[a] ──> page:  [ 64 cells | tail | tail | … ]
     *                          │            ▲
     *                          ├─ value     │
     *                          └─ -2 - n ───┘ the tail that begins at n, 256 values
     *
     * Each /18 has a page of its own that is never written after it is published; slots with one value
     * throughout share a page. A change makes new pages for the slots it touches and stores them, each with
     * one release; a reader loads the page with acquire. A route of /18 or longer therefore changes for all
     * addresses at one moment; a shorter one slot by slot. Making a page copies a quarter of a kilobyte, so
     * a change costs about a microsecond however many routes there are. A snapshot is the immutable table
     * of one moment.
     */
    private static final VarHandle SLOT = MethodHandles.arrayElementVarHandle(int[][].class);

    /** How many bits of an address choose the slot. Fewer make larger pages to copy, more a larger row of slots. */
    private static final int SLOT_WIDTH = 18;

    private static final int CELLS = 1 << 24 - SLOT_WIDTH;
    private static final int TAIL = 256;

    private final RouteBase base = RouteBase.four();
    private final int[][] slots = new int[1 << SLOT_WIDTH][];

    /* The writer's work space: the cells of one page, or of one tail, as they come. */
    private int[] page = new int[CELLS];
    private int used;

    /** An empty table. */
    public LiveTable() {
        Arrays.fill(slots, constant(LpmTable.NONE));
    }

    /** A table that begins with these routes. */
    public static LiveTable of(RouteBase routes) {
        LiveTable table = new LiveTable();
        routes.forEach((high, low, length, value) -> table.base.put(high, low, length, value));
        table.refresh(0, 0);
        return table;
    }

    private static int[] constant(int value) {
        int[] cells = new int[CELLS];
        Arrays.fill(cells, value);
        return cells;
    }

    /** The value of the longest prefix that holds the address, or {@link LpmTable#NONE}. */
    public int match(int address) {
        int[] cells = (int[]) SLOT.getAcquire(slots, address >>> 32 - SLOT_WIDTH);
        int cell = cells[address >>> 8 & CELLS - 1];
        return cell >= LpmTable.NONE ? cell : cells[-2 - cell + (address & 255)];
    }

    /** Sets the value of a prefix; the value it had, or {@link LpmTable#NONE}. */
    public synchronized int put(int network, int length, int value) {
        int old = base.put(network, length, value);
        if (old != value) refresh(network, length);
        return old;
    }

    /** Removes a prefix; the value it had, or {@link LpmTable#NONE}. */
    public synchronized int remove(int network, int length) {
        int old = base.remove(network, length);
        if (old != LpmTable.NONE) refresh(network, length);
        return old;
    }

    /** The value of exactly this prefix, or {@link LpmTable#NONE}. */
    public synchronized int exact(int network, int length) {
        return base.exact(network, length);
    }

    /** How many prefixes there are. */
    public synchronized int size() {
        return base.size();
    }

    /** The table of this moment, which later changes leave alone. */
    public synchronized LpmTable snapshot() {
        return base.table();
    }

    private void refresh(int network, int length) {
        int first = network >>> 32 - SLOT_WIDTH;
        if (length >= SLOT_WIDTH && length <= 24 && refreshCells(first, network, length)) return;
        int last = length >= SLOT_WIDTH ? first : first | (1 << SLOT_WIDTH - length) - 1;
        int[] before = {};
        int[] shared = {};
        for (int slot = first; slot <= last; slot++) {
            int[] fresh = page(slot);
            // Neighbouring slots of a short prefix mostly hold one value: they share the page.
            if (Arrays.equals(fresh, before)) fresh = shared;
            before = fresh;
            shared = fresh;
            SLOT.setRelease(slots, slot, fresh);
        }
    }

    /** The common case, cheaply: a route of whole cells none of which has a tail; false when it is not that case. */
    private boolean refreshCells(int slot, int network, int length) {
        int[] old = (int[]) SLOT.getAcquire(slots, slot);
        int from = network >>> 8 & CELLS - 1;
        int to = from + (1 << 24 - length);
        for (int cell = from; cell < to; cell++) if (old[cell] < LpmTable.NONE) return false;
        int[] scratch = page;
        page = old.clone();
        base.paint((long) network << 32, 0, length, this::paint);
        SLOT.setRelease(slots, slot, page);
        page = scratch;
        return true;
    }

    /** The page of a slot, made from the routes inside it and the one that covers it. */
    private int[] page(int slot) {
        used = CELLS;
        base.paint((long) slot << 64 - SLOT_WIDTH, 0, SLOT_WIDTH, this::paint);
        return Arrays.copyOf(page, used);
    }

    /** Paints one route over those that cover it, which always come before. */
    private void paint(long high, long low, int length, int value) {
        int cell = (int) (high >>> 40) & CELLS - 1;
        if (length <= 24) {
            Arrays.fill(page, cell, cell + (1 << 24 - length), value);
            return;
        }
        if (page[cell] >= LpmTable.NONE) {
            if (used + TAIL > page.length) page = Arrays.copyOf(page, 2 * page.length + TAIL);
            Arrays.fill(page, used, used + TAIL, page[cell]);
            page[cell] = -2 - used;
            used += TAIL;
        }
        int at = -2 - page[cell] + ((int) (high >>> 32) & 255);
        Arrays.fill(page, at, at + (1 << 32 - length), value);
    }
}
