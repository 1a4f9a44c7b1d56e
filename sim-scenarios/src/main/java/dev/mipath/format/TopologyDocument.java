package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What a topology file holds.
 *
 * @param topology what it declares
 * @param ask the question it was written for, or null
 * @param expect the questions whose answers it knows
 * @param time what it says about time, or null where it says nothing
 */
public record TopologyDocument(
        Topology topology,
        @Nullable Ask ask,
        ImmutableList<Expectation> expect,
        @Nullable TimeScript time) {
    /** A document that says nothing about time. */
    public TopologyDocument(Topology topology, @Nullable Ask ask, ImmutableList<Expectation> expect) {
        this(topology, ask, expect, null);
    }
}
