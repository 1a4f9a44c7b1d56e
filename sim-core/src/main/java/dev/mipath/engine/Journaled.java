package dev.mipath.engine;

/**
 * A command that somebody gave from outside while the simulation stood.
 *
 * @param time when it was given, in simulated nanoseconds
 * @param events how many events had happened before it
 * @param command what was done
 */
public record Journaled(long time, long events, Command command) {
    /** Something done to a simulation from outside. Given to the same state it must do the same. */
    @FunctionalInterface
    public interface Command {
        /** Does it. */
        void apply(Simulation simulation);
    }
}
