package dev.mipath.engine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Faults wrapped around elements; the elements themselves stay as they are. A link is an element and the one before it,
 * or an element alone for all that arrives at it.
 */
final class Faults {
    private static final int ANY = -1;
    private static final int CRASHED = 0;
    private static final int PARTITIONED = 1;
    private static final int HELD = 2;
    private static final int LOSSY = 3;
    private static final int SLOW = 4;
    private static final int CLOGGED = 5;

    private final RandomStream loss;
    /** Kind, element, the element behind or {@link #ANY}, numerator or nanoseconds, denominator. */
    private List<long[]> faults = new ArrayList<>();

    private long draws;
    private int changes;

    Faults(RandomStreams random) {
        loss = random.stream("link", "loss");
    }

    boolean any() {
        return !faults.isEmpty();
    }

    /** Counts changes, so that whoever followed a way before them asks again. */
    int changes() {
        return changes;
    }

    void crash(int element) {
        add(CRASHED, element, ANY, 0, 0);
    }

    void start(int element) {
        remove(CRASHED, element, ANY);
    }

    void partition(int element, int next) {
        add(PARTITIONED, element, next, 0, 0);
    }

    void hold(int element, int next) {
        add(HELD, element, next, 0, 0);
    }

    void clog(int element, int next, long until) {
        add(CLOGGED, element, next, until, 0);
    }

    /** A link passes again, unless it was clogged anew for longer. */
    boolean unclog(int element, int next, long now) {
        boolean due = faults.stream().anyMatch(fault -> is(fault, CLOGGED, element, next) && fault[3] <= now);
        if (due) remove(CLOGGED, element, next);
        return due;
    }

    void release(int element, int next) {
        remove(HELD, element, next);
    }

    void lose(int element, int next, int numerator, int denominator) {
        add(LOSSY, element, next, numerator, denominator);
    }

    void slow(int element, int next, long extra) {
        add(SLOW, element, next, extra, 0);
    }

    void repair(int element, int next) {
        for (int kind : new int[] {PARTITIONED, HELD, LOSSY, SLOW, CLOGGED}) remove(kind, element, next);
    }

    private void add(int kind, int element, int next, long amount, long of) {
        remove(kind, element, next);
        faults.add(new long[] {kind, element, next, amount, of});
        changes++;
    }

    private void remove(int kind, int element, int next) {
        faults.removeIf(fault -> is(fault, kind, element, next));
        changes++;
    }

    private static boolean is(long[] fault, int kind, int element, int next) {
        return fault[0] == kind && fault[1] == element && fault[2] == next;
    }

    /** What happens to a packet that comes from one element to the next; draws when the link is lossy. */
    int at(int before, int element) {
        for (int i = 0; i < faults.size(); i++) {
            long[] fault = faults.get(i);
            if (!meets(fault, before, element)) continue;
            int cause = switch ((int) fault[0]) {
                case CRASHED -> Causes.CRASHED;
                case PARTITIONED -> Causes.PARTITIONED;
                case HELD, CLOGGED -> Causes.HELD;
                case LOSSY -> isLost(fault, element) ? Causes.LOST : Causes.NONE;
                default -> Causes.NONE;
            };
            if (cause != Causes.NONE) return cause;
        }
        return Causes.NONE;
    }

    private boolean isLost(long[] fault, int element) {
        return loss.chance(element, draws++, (int) fault[3], (int) fault[4]);
    }

    private static boolean meets(long[] fault, int before, int element) {
        if (fault[2] == ANY) return fault[1] == element;
        return fault[1] == before && fault[2] == element;
    }

    /** What the slow links of a way add, in nanoseconds. */
    long extra(Path path) {
        long extra = 0;
        for (long[] fault : faults) {
            if (fault[0] != SLOW) continue;
            for (int i = 0; i < path.stable.length; i++) {
                if (meets(fault, i == 0 ? ANY : path.stable[i - 1], path.stable[i])) extra += fault[3];
            }
        }
        return extra;
    }

    World.Memento save() {
        List<long[]> saved = new ArrayList<>();
        for (long[] fault : faults) saved.add(Arrays.copyOf(fault, fault.length));
        long savedDraws = draws;
        int savedChanges = changes;
        return () -> {
            faults = new ArrayList<>(saved);
            draws = savedDraws;
            // Ahead of every number before, so that no way is taken for fresh that is not.
            changes = Math.max(changes, savedChanges) + 1;
        };
    }
}
