package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.topology.Topology;

/**
 * What an import gave.
 *
 * @param topology everything the sources declare, merged, with its notices
 * @param serviceTags service tag lists among the sources
 * @param notes what the user should see on stderr: files that were passed over, and why
 */
public record Imported(Topology topology, ImmutableList<ServiceTagList> serviceTags, ImmutableList<String> notes) {}
