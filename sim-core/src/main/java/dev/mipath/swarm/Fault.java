package dev.mipath.swarm;

/**
 * Something that goes wrong for a while in the first phase of a run.
 *
 * @param from when it begins, in nanoseconds
 * @param to when it is over; {@code from} where it is over at once
 * @param kind what it is, such as {@code partition} or {@code deny rule}
 * @param where what it is done to
 */
public record Fault(long from, long to, String kind, String where) {}
