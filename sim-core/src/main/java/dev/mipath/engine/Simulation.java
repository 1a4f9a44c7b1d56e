package dev.mipath.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Virtual time over a {@link World}: takes the earliest event, sets the clock to its time and lets the world
 * handle it, for as long as it is asked to. Events of one instant happen in the order they were scheduled in.
 *
 * <p>It can stop after any event, be given commands while it stands, be copied, and go back: what it did
 * before, commands included, it does again to the byte. One thread runs it; only {@link #pause} may be called
 * from another.
 */
public final class Simulation {
    private static final long NEVER = EventQueue.NEVER;
    private static final int KINDS = 1 << 8;
    private static final int ARGUMENTS = 1 << 24;

    private final World world;
    private final EventLog log;
    private final Journal journal = new Journal();
    private final @Nullable Timers[] timers = new Timers[KINDS];
    private final Shelf shelf = new Shelf();
    private EventQueue queue = new EventQueue();
    private long now;
    private long events;
    private volatile boolean pausing;

    /** A simulation at time 0, with the world's first events scheduled. */
    public Simulation(World world) {
        this(world, EventSink.NONE);
    }

    /**
     * A simulation at time 0, with the world's first events scheduled.
     *
     * @param sink gets every record of the log; the run and its fingerprint are the same with any
     */
    public Simulation(World world, EventSink sink) {
        this.world = world;
        log = new EventLog(sink);
        world.begin(this);
    }

    /** The time, in nanoseconds since the start. */
    public long now() {
        return now;
    }

    /** How many events the world has handled. */
    public long events() {
        return events;
    }

    /** How many entries wait in the queue; a timer that was cancelled or moved may still have one. */
    public long pending() {
        return queue.size();
    }

    /** Where the world writes down what happened. */
    public EventLog log() {
        return log;
    }

    /** The commands given so far, in order. */
    public List<Journaled> journal() {
        return journal.entries();
    }

    /** Schedules an event. */
    public void at(long time, int kind, int entity) {
        at(time, kind, entity, 0);
    }

    /**
     * Schedules an event.
     *
     * @param time when, not before {@link #now}
     * @param kind what happens, 0 to 255, no timers' kind
     * @param entity whom it happens to, from 0
     * @param argument handed back with it, 0 to 2^24 - 1
     */
    public void at(long time, int kind, int entity, int argument) {
        mustNotBePast(time);
        enqueue(time, kind, entity, argument);
    }

    /** Schedules an event in so many nanoseconds. */
    public void after(long delay, int kind, int entity) {
        at(now + delay, kind, entity, 0);
    }

    /** Schedules an event in so many nanoseconds, with an argument as in {@link #at(long, int, int, int)}. */
    public void after(long delay, int kind, int entity, int argument) {
        at(now + delay, kind, entity, argument);
    }

    /**
     * Makes the events of this kind timers, one for each entity.
     *
     * @param entities how many to make room for; more come by themselves
     */
    public Timers timers(int kind, int entities) {
        if (timers[kind] != null) throw new IllegalStateException("the events of kind " + kind + " are timers already");
        Timers made = new Timers(this, kind, entities);
        timers[kind] = made;
        return made;
    }

    /** The timers of this kind, made before. */
    public Timers timers(int kind) {
        Timers made = timers[kind];
        if (made == null) throw new IllegalStateException("the events of kind " + kind + " are no timers");
        return made;
    }

    /** Lets the next events happen, at most so many. */
    public Stop step(long count) {
        return run(NEVER, count, null);
    }

    /** Lets the next events happen that are due by then, at most so many; the clock stays at the last of them. */
    public Stop step(long count, long until) {
        return run(until, count, null);
    }

    /** Lets everything happen that is due by then, and sets the clock to it. */
    public Stop runUntil(long time) {
        mustNotBePast(time);
        Stop stop = run(time, Long.MAX_VALUE, null);
        if (stop != Stop.PAUSED) now = time;
        return stop;
    }

    /** Lets events happen until the condition, asked after each of them, holds. */
    public Stop run(BooleanSupplier condition) {
        return run(NEVER, Long.MAX_VALUE, condition);
    }

    /** Stops the run, or the next one if none is on, before its next event. Any thread may ask. */
    public void pause() {
        pausing = true;
    }

    /** Does something from outside, now, and writes it in the journal. Commands that a return has undone are forgotten. */
    public void command(Journaled.Command command) {
        journal.add(new Journaled(now, events, command));
        shelf.forgetAfter(events);
        command.apply(this);
    }

    /** Copies the whole state. */
    public Snapshot snapshot() {
        List<World.Memento> parts = new ArrayList<>();
        parts.add(world.save());
        parts.add(log.save());
        for (Timers some : timers) {
            if (some != null) parts.add(some.save());
        }
        return new Snapshot(now, events, journal.done(), queue.copy(), List.copyOf(parts));
    }

    /** Goes back, or on, to a state copied from this simulation; commands given after it will be given again in their turn. */
    public void restore(Snapshot snapshot) {
        now = snapshot.now();
        events = snapshot.events();
        journal.goTo(snapshot.commands());
        queue = snapshot.queue().copy();
        snapshot.parts().forEach(World.Memento::restore);
    }

    /** From now on keeps a snapshot about every so many events, thinned out with age, for {@link #rewindTo}. */
    public void keepSnapshots(long every) {
        shelf.open(every, events);
        shelf.put(snapshot());
    }

    /**
     * Goes to the state after so many events: back to the nearest snapshot kept, then on from there.
     *
     * @throws IllegalStateException if no snapshot as old was kept
     */
    public void rewindTo(long count) {
        if (count < events) restore(shelf.before(count));
        step(count - events);
    }

    private Stop run(long until, long steps, @Nullable BooleanSupplier condition) {
        for (long left = steps; left > 0; left--) {
            if (pausing) {
                pausing = false;
                return Stop.PAUSED;
            }
            if (events >= shelf.due()) shelf.put(snapshot());
            if (events >= journal.due()) replay(until);
            if (!next(until)) return queue.size() == 0 && journal.due() == NEVER ? Stop.DRAINED : Stop.TIME;
            if (condition != null && condition.getAsBoolean()) return Stop.CONDITION;
        }
        return Stop.STEPS;
    }

    /** Lets the next event happen, if it is due by then. Entries of timers that do not fire are no events. */
    private boolean next(long until) {
        while (queue.pop(until)) {
            long time = queue.time();
            long event = queue.event();
            now = time;
            int kind = (int) (event >>> 56);
            int entity = (int) event;
            Timers some = timers[kind];
            if (some != null && !some.fires(entity, time)) continue;
            events++;
            world.handle(this, kind, entity, (int) (event >>> 32) & ARGUMENTS - 1);
            return true;
        }
        return false;
    }

    private void replay(long until) {
        for (Journaled entry = journal.next(events, until); entry != null; entry = journal.next(events, until)) {
            now = entry.time();
            entry.command().apply(this);
        }
    }

    void mustNotBePast(long time) {
        if (time < now) throw new IllegalArgumentException(time + " ns is before now, " + now + " ns");
    }

    void enqueue(long time, int kind, int entity, int argument) {
        if ((kind & -KINDS | argument & -ARGUMENTS) != 0 || entity < 0) {
            throw new IllegalArgumentException(
                    "no such event: kind " + kind + ", entity " + entity + ", argument " + argument);
        }
        queue.push(time, (long) kind << 56 | (long) argument << 32 | entity);
    }
}
