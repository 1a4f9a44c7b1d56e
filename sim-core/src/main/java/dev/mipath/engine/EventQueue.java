package dev.mipath.engine;

import java.util.Arrays;

/** Pending events in the order of their times, and of their arrival where times are equal. */
public final class EventQueue {
    /*
     *            base                limit                                              2^62
     *   ──────────┼───────────────────┼──────────────────────────────────────────────────┤
     *    run: sorted, popped in turn  │ buckets: 11 levels of 64 slots, unsorted
     *
     * A monotone radix ladder. An event at or after `limit` lies in the bucket that the highest 6-bit digit
     * in which its time differs from `base` names: that digit's place is the level, its value the slot. So the
     * lowest level that holds anything holds the earliest events, and its lowest slot the earliest of them.
     * When the run is used up, that bucket is opened: `base` moves to its start, and its events go to the run
     * if they are few or of one instant, else to the levels below. `base` only moves inside the lowest
     * occupied bucket, so every other event stays where it must be.
     *
     * An event is two longs, time and whatever the caller packs in the other. No sequence number is kept,
     * because order is position: a bucket gets what is poured from above before anything is pushed to it
     * directly, pouring keeps order, the run is sorted stably and a late event goes behind its equals. So
     * equal times leave in the order they came in.
     *
     * An event before `limit` is inserted into the run, even one before `base`: asking for the earliest time
     * may move `base` ahead of the clock, and what is pushed then must still come first. A run that grows
     * beyond SPILL gives its later part back to the buckets, so a burst cannot make insertion quadratic.
     *
     * Why arrays: with a million events pending, cache misses decide. Buckets are lists of 2 KB chunks from one
     * pool, written at few places at a time and read in sequence; each event is moved three or four times, and
     * every move is a streamed one, where a heap or a list of nodes takes a miss at each of twenty levels.
     * Chunks go back to the pool, so a steady state allocates nothing.
     */

    /** Later than any event: what an empty queue answers for its earliest time. */
    public static final long NEVER = Long.MAX_VALUE;

    /** Times are below this: 146 years of nanoseconds. */
    public static final long END_OF_TIME = 1L << 62;

    private static final int BITS = 6;
    private static final int SLOTS = 1 << BITS;
    private static final int LEVELS = 11;

    /** Longs of events in a chunk; one more holds the number of the next chunk. */
    private static final int CHUNK = 256;

    private static final int NONE = -1;

    /** A bucket with at most this many events goes to the run as it is. */
    private static final int POUR = 64;

    /** A run with more events than this gives back its later part when something must be inserted. */
    private static final int SPILL = 256;

    private final long[] occupied;
    private int levels;
    private final long[][] open;
    private final int[] fill;
    private final int[] first;
    private final int[] last;

    private long[][] chunks;
    private int made;
    private int free = NONE;

    private long base;
    private long limit;
    private long[] run;
    private int head;
    private int tail;

    private long size;
    private long time;
    private long event;

    /** An empty queue. */
    public EventQueue() {
        occupied = new long[LEVELS];
        open = new long[LEVELS * SLOTS][];
        fill = new int[LEVELS * SLOTS];
        first = new int[LEVELS * SLOTS];
        last = new int[LEVELS * SLOTS];
        chunks = new long[16][];
        run = new long[4 * SPILL];
        Arrays.fill(fill, CHUNK);
        Arrays.fill(first, NONE);
    }

    private EventQueue(EventQueue other) {
        occupied = other.occupied.clone();
        levels = other.levels;
        open = new long[LEVELS * SLOTS][];
        fill = other.fill.clone();
        first = other.first.clone();
        last = other.last.clone();
        chunks = other.chunks.clone();
        made = other.made;
        free = other.free;
        for (int i = 0; i < made; i++) chunks[i] = chunks[i].clone();
        for (int bucket = 0; bucket < first.length; bucket++) {
            if (first[bucket] != NONE) open[bucket] = chunks[last[bucket]];
        }
        base = other.base;
        limit = other.limit;
        run = other.run.clone();
        head = other.head;
        tail = other.tail;
        size = other.size;
        time = other.time;
        event = other.event;
    }

    /** A queue of its own with the same events. */
    EventQueue copy() {
        return new EventQueue(this);
    }

    /** How many events are pending. */
    public long size() {
        return size;
    }

    /**
     * Adds an event behind all that have the same time.
     *
     * @param time nanoseconds, from 0 to below {@link #END_OF_TIME}
     * @param event what to hand back when its time has come
     */
    public void push(long time, long event) {
        if (time < 0 || time >= END_OF_TIME) throw new IllegalArgumentException("no such time: " + time + " ns");
        size++;
        if (time < limit) {
            insert(time, event);
        } else {
            append(time, event);
        }
    }

    /** Takes the earliest event, which {@link #time} and {@link #event} then tell; false when there is none. */
    public boolean pop() {
        return pop(NEVER);
    }

    /** Takes the earliest event if its time is not after {@code until}; otherwise nothing changes, and it says false. */
    public boolean pop(long until) {
        if (head == tail && !refill(until)) return false;
        long earliest = run[head];
        if (earliest > until) return false;
        time = earliest;
        event = run[head + 1];
        head += 2;
        size--;
        return true;
    }

    /** When the event popped last was due. */
    public long time() {
        return time;
    }

    /** What was pushed with the event popped last. */
    public long event() {
        return event;
    }

    /** When the earliest event is due, or {@link #NEVER}. */
    public long earliest() {
        return head == tail && !refill(NEVER) ? NEVER : run[head];
    }

    private void append(long time, long event) {
        int level = (63 - Long.numberOfLeadingZeros(time ^ base | 1)) / BITS;
        int bucket = level << BITS | (int) (time >>> level * BITS) & SLOTS - 1;
        int at = fill[bucket];
        if (at == CHUNK) {
            extend(bucket);
            at = 0;
        }
        long[] chunk = open[bucket];
        chunk[at] = time;
        chunk[at + 1] = event;
        fill[bucket] = at + 2;
    }

    /** Gives a bucket one more chunk. */
    private void extend(int bucket) {
        int id = free;
        if (id == NONE) {
            id = made++;
            if (id == chunks.length) chunks = Arrays.copyOf(chunks, 2 * id);
            chunks[id] = new long[CHUNK + 1];
        } else {
            free = (int) chunks[id][CHUNK];
        }
        if (first[bucket] == NONE) {
            first[bucket] = id;
            occupied[bucket >> BITS] |= 1L << bucket;
            levels |= 1 << (bucket >> BITS);
        } else {
            open[bucket][CHUNK] = id;
        }
        last[bucket] = id;
        open[bucket] = chunks[id];
    }

    /** Opens buckets that start by then until the run holds something; false when it still holds nothing. */
    private boolean refill(long until) {
        head = 0;
        tail = 0;
        while (tail == 0) {
            if (levels == 0) return false;
            int level = Integer.numberOfTrailingZeros(levels);
            int slot = Long.numberOfTrailingZeros(occupied[level]);
            long above = level == LEVELS - 1 ? 0 : base >>> (level + 1) * BITS << (level + 1) * BITS;
            long start = above | (long) slot << level * BITS;
            if (start > until) return false;
            base = start;
            limit = start;
            open(level, slot);
        }
        return true;
    }

    private void open(int level, int slot) {
        int bucket = level << BITS | slot;
        int end = fill[bucket];
        int id = first[bucket];
        int lastId = last[bucket];
        boolean sorted = level == 0;
        boolean toRun = sorted || id == lastId && end <= 2 * POUR;
        first[bucket] = NONE;
        fill[bucket] = CHUNK;
        occupied[level] &= ~(1L << slot);
        if (occupied[level] == 0) levels &= ~(1 << level);
        if (toRun) limit = base + (1L << level * BITS);
        while (true) {
            long[] chunk = chunks[id];
            int count = id == lastId ? end : CHUNK;
            if (toRun) {
                pour(chunk, count);
            } else {
                for (int i = 0; i < count; i += 2) append(chunk[i], chunk[i + 1]);
            }
            int next = (int) chunk[CHUNK];
            chunk[CHUNK] = free;
            free = id;
            if (id == lastId) break;
            id = next;
        }
        if (toRun && !sorted) sort();
    }

    private void pour(long[] chunk, int count) {
        if (tail + count > run.length) run = Arrays.copyOf(run, 2 * (tail + count));
        System.arraycopy(chunk, 0, run, tail, count);
        tail += count;
    }

    /** Sorts the run by insertion, which keeps the order of equal times; it is short and often nearly sorted. */
    private void sort() {
        long[] run = this.run;
        for (int i = 2; i < tail; i += 2) {
            long time = run[i];
            long event = run[i + 1];
            int at = i;
            while (at > 0 && run[at - 2] > time) {
                run[at] = run[at - 2];
                run[at + 1] = run[at - 1];
                at -= 2;
            }
            run[at] = time;
            run[at + 1] = event;
        }
    }

    private void insert(long time, long event) {
        if (tail - head > 2 * SPILL && time < run[tail - 2] && spill() && time >= limit) {
            append(time, event);
            return;
        }
        if (tail == run.length) makeRoom();
        int at = tail;
        if (head < tail && run[tail - 2] > time) at = firstAfter(time);
        if (at - head < tail - at && head > 0) {
            System.arraycopy(run, head, run, head - 2, at - head);
            head -= 2;
            at -= 2;
        } else {
            System.arraycopy(run, at, run, at + 2, tail - at);
            tail += 2;
        }
        run[at] = time;
        run[at + 1] = event;
    }

    /** Where the first event of the run lies that comes after this time. */
    private int firstAfter(long time) {
        int low = head >> 1;
        int high = tail >> 1;
        while (low < high) {
            int middle = low + high >>> 1;
            if (run[2 * middle] > time) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return 2 * low;
    }

    private void makeRoom() {
        int live = tail - head;
        if (live > run.length / 2) {
            run = Arrays.copyOf(run, 2 * run.length);
        } else {
            System.arraycopy(run, head, run, 0, live);
            head = 0;
            tail = live;
        }
    }

    /** Keeps what is due with the head of the run and gives the rest to the buckets; false where all are due at once. */
    private boolean spill() {
        long now = Math.max(base, run[head]);
        int from = firstAfter(now);
        if (from == tail) return false;
        base = now;
        limit = now + 1;
        for (int i = from; i < tail; i += 2) append(run[i], run[i + 1]);
        tail = from;
        return true;
    }
}
