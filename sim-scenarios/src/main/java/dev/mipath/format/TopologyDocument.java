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
 */
public record TopologyDocument(Topology topology, @Nullable Ask ask, ImmutableList<Expectation> expect) {}
