package dev.mipath.swarm;

/**
 * A law that a run broke.
 *
 * @param law which
 * @param at when, in nanoseconds
 * @param subject what broke it, such as {@code connection 12} or {@code gateway 10.0.1.5}
 * @param found what was found
 * @param wanted what should have been
 */
public record Violation(Law law, long at, String subject, String found, String wanted) {}
