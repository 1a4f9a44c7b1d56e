/**
 * Floor 7: many worlds of faults, drawn from seeds, and the laws that every one of them must keep. Start at {@link
 * dev.mipath.swarm.SwarmWorld}.
 *
 * <p>A world is a network with clients, played by {@link dev.mipath.engine.Simulation} first with random faults and then
 * with everything repaired. The laws are observers: they decide nothing, ask {@link
 * dev.mipath.forwarding.Network#decide} with a memory of their own, and compare.
 */
@NullMarked
package dev.mipath.swarm;

import org.jspecify.annotations.NullMarked;
