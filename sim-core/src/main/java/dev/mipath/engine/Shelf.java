package dev.mipath.engine;

import java.util.ArrayList;
import java.util.List;

/** Snapshots kept for going back: the younger the denser, about two for each doubling of their age. */
final class Shelf {
    private final List<Snapshot> kept = new ArrayList<>();
    private long every;
    private long due = EventQueue.NEVER;

    /** Starts to keep them. */
    void open(long every, long events) {
        if (every < 1) throw new IllegalArgumentException("snapshots cannot be " + every + " events apart");
        this.every = every;
        due = events;
    }

    /** After how many events the next one is to be put here. */
    long due() {
        return due;
    }

    void put(Snapshot snapshot) {
        forgetAfter(snapshot.events() - 1);
        kept.add(snapshot);
        due = snapshot.events() + every;
        long newest = snapshot.events() / every;
        long oldest = kept.get(0).events();
        kept.removeIf(old -> old.events() != oldest && !keeps(old.events() / every, newest));
    }

    /** What was kept after more events than that will not come again. */
    void forgetAfter(long events) {
        kept.removeIf(snapshot -> snapshot.events() > events);
    }

    /** The youngest that is at most so old. */
    Snapshot before(long events) {
        for (int i = kept.size() - 1; i >= 0; i--) {
            if (kept.get(i).events() <= events) return kept.get(i);
        }
        throw new IllegalStateException("no snapshot was kept from before event " + events);
    }

    private static boolean keeps(long number, long newest) {
        long age = newest - number;
        return age < 4 || number % (Long.highestOneBit(age) / 2) == 0;
    }
}
