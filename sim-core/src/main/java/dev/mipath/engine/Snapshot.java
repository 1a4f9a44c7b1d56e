package dev.mipath.engine;

import java.util.List;

/**
 * A copied state of one {@link Simulation}, to which it can go back as often as one likes.
 *
 * @param now the time then
 * @param events how many events had happened
 * @param commands how many commands had been given
 * @param queue what was pending
 * @param parts the world, the log and the timers
 */
public record Snapshot(long now, long events, int commands, EventQueue queue, List<World.Memento> parts) {}
