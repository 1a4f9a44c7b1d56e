package dev.mipath.engine;

/** Why a simulation came to a stop. */
public enum Stop {
    /** No event is pending. */
    DRAINED,
    /** All events up to the time asked for have happened. */
    TIME,
    /** As many events as were asked for have happened. */
    STEPS,
    /** The condition asked for holds. */
    CONDITION,
    /** Somebody called {@link Simulation#pause}. */
    PAUSED
}
