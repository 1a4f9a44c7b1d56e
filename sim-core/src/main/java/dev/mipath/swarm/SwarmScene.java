package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.CompileOptions;
import dev.mipath.engine.Population;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Upkeep;
import dev.mipath.topology.Change;
import dev.mipath.topology.Topology;

/**
 * What faults are drawn for: a network with its clients, as it is when nothing goes wrong.
 *
 * @param topology what is declared
 * @param options how it is compiled
 * @param edits what its owners change and when, in order of time
 * @param populations who connects; empty for clients drawn from the machines of the topology
 * @param upkeep what keeps the instances well
 * @param settings the numbers of the world
 * @param until when the phase with faults ends, in nanoseconds
 */
public record SwarmScene(
        Topology topology,
        CompileOptions options,
        ImmutableList<Edit> edits,
        ImmutableList<Population> populations,
        ImmutableList<Upkeep> upkeep,
        Settings settings,
        long until) {
    /**
     * Changes of the topology at one time.
     *
     * @param at when, in nanoseconds
     * @param changes what
     */
    public record Edit(long at, ImmutableList<Change> changes) {}
}
