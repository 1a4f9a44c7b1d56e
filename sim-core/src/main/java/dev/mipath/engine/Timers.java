package dev.mipath.engine;

import java.util.Arrays;

/**
 * One timer for each entity, such as the idle limit of each connection. Arming again and cancelling write one
 * number; the entry in the event queue stays, and when it comes up too early it is queued again for the
 * deadline. So a timer that is moved a thousand times before it fires passes the queue once or twice, and a
 * slot that gets a new owner needs no more than {@link #cancel}.
 *
 * <p>Among events of one instant a timer takes the place of its entry in the queue, which may have been made
 * after it was armed.
 */
public final class Timers {
    private static final long NEVER = EventQueue.NEVER;

    private final Simulation simulation;
    private final int kind;

    /** For each entity its deadline and the time of its entry in the queue, both NEVER when there is none. */
    private long[] slots;

    Timers(Simulation simulation, int kind, int entities) {
        this.simulation = simulation;
        this.kind = kind;
        slots = new long[2 * Math.max(1, entities)];
        Arrays.fill(slots, NEVER);
    }

    /** Lets the entity's timer fire at the deadline, not before now, and at no other time. */
    public void arm(int entity, long deadline) {
        simulation.mustNotBePast(deadline);
        if (2 * entity >= slots.length) grow(entity);
        slots[2 * entity] = deadline;
        if (deadline < slots[2 * entity + 1]) enqueue(entity, deadline);
    }

    /** Lets the entity's timer not fire. */
    public void cancel(int entity) {
        if (2 * entity < slots.length) slots[2 * entity] = NEVER;
    }

    /** Whether the entity's timer will fire. */
    public boolean isArmed(int entity) {
        return deadline(entity) != NEVER;
    }

    /** When the entity's timer will fire, or {@link EventQueue#NEVER}. */
    public long deadline(int entity) {
        return 2 * entity < slots.length ? slots[2 * entity] : NEVER;
    }

    /** Whether an entry that came up means that the timer fires now. Of several entries the one noted last counts. */
    boolean fires(int entity, long now) {
        int at = 2 * entity;
        if (slots[at + 1] != now) return false;
        slots[at + 1] = NEVER;
        long deadline = slots[at];
        if (deadline > now) {
            if (deadline != NEVER) enqueue(entity, deadline);
            return false;
        }
        slots[at] = NEVER;
        return true;
    }

    World.Memento save() {
        long[] saved = slots.clone();
        return () -> slots = saved.clone();
    }

    private void enqueue(int entity, long time) {
        slots[2 * entity + 1] = time;
        simulation.enqueue(time, kind, entity, 0);
    }

    private void grow(int entity) {
        int old = slots.length;
        slots = Arrays.copyOf(slots, Math.max(2 * old, 2 * (entity + 1)));
        Arrays.fill(slots, old, slots.length, NEVER);
    }
}
