package dev.mipath.engine;

import com.google.common.collect.ImmutableList;

/**
 * All that a run is made of, beside its seed.
 *
 * @param networks the network and its estate, and when they are replaced by others
 * @param populations who connects
 * @param upkeep what keeps the instances healthy: calls of the management plane, and services they depend on
 * @param timeline what happens to machines, links, names and certificates, in any order
 * @param requests what Azure's control plane is asked for
 * @param settings delays, limits and service times
 * @param until when the run ends, in nanoseconds
 */
public record SimulationPlan(
        NetworkTimeline networks,
        ImmutableList<Population> populations,
        ImmutableList<Upkeep> upkeep,
        ImmutableList<TimedAction> timeline,
        Requests requests,
        Settings settings,
        long until) {
    /** The most clients of a run, those of all populations together. */
    public static final int MOST_CLIENTS = 1 << Connections.NUMBER_BITS;

    public SimulationPlan {
        long clients = populations.stream().mapToLong(Population::clients).sum();
        if (clients > MOST_CLIENTS) throw new IllegalArgumentException(clients + " clients are over " + MOST_CLIENTS);
        if (until <= 0) throw new IllegalArgumentException("a run ends after its start");
    }

    /** A plan in which nobody asks Azure's control plane for anything. */
    public SimulationPlan(
            NetworkTimeline networks,
            ImmutableList<Population> populations,
            ImmutableList<Upkeep> upkeep,
            ImmutableList<TimedAction> timeline,
            Settings settings,
            long until) {
        this(networks, populations, upkeep, timeline, Requests.NONE, settings, until);
    }
}
