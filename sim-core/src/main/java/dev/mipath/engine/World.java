package dev.mipath.engine;

/**
 * What a {@link Simulation} drives: the state that events change. One simulation drives one world from one
 * thread; a world reads no clock and draws no number but from {@link RandomStreams}, so that a run can be repeated.
 */
public interface World {
    /** A copy of a state, which can be put back as often as one likes. */
    interface Memento {
        /** Puts the copied state back. */
        void restore();
    }

    /** Schedules the first events. Called once, when the simulation is made. */
    void begin(Simulation simulation);

    /**
     * Lets an event happen, at {@link Simulation#now}.
     *
     * @param kind what happens, 0 to 255
     * @param entity whom it happens to
     * @param argument what was scheduled with it, 0 for a timer
     */
    void handle(Simulation simulation, int kind, int entity, int argument);

    /** Copies the state. */
    Memento save();
}
