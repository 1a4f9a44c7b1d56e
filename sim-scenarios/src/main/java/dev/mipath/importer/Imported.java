package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Ask;
import dev.mipath.format.Expectation;
import dev.mipath.format.TimeScript;
import dev.mipath.topology.Topology;
import org.jspecify.annotations.Nullable;

/**
 * What an import gave.
 *
 * @param topology everything the sources declare, merged, with its notices
 * @param ask the question that the first topology file was written for, or null
 * @param expect the questions whose answers the topology files know
 * @param time what the first topology file that speaks of time says about it, or null
 * @param serviceTags service tag lists among the sources
 * @param notes what the user should see on stderr
 * @param skipped files that lay in a folder and were passed over, each with the reason
 */
public record Imported(
        Topology topology,
        @Nullable Ask ask,
        ImmutableList<Expectation> expect,
        @Nullable TimeScript time,
        ImmutableList<ServiceTagList> serviceTags,
        ImmutableList<String> notes,
        ImmutableList<Skipped> skipped) {
    /**
     * A file that was passed over.
     *
     * @param file its name, safe to print
     * @param reason why, as a clause
     */
    public record Skipped(String file, String reason) {}
}
