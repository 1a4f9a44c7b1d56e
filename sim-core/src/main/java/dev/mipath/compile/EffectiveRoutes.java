package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.Peering;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The routes of one subnet: every row, and the winners as disjoint ranges.
 *
 * @param rows every row, those that take no part included, in the order in which Azure lists them
 * @param table from a destination to the index of a choice
 * @param choices what is known of the choice, range by range
 */
public record EffectiveRoutes(ImmutableList<Row> rows, LpmTable table, ImmutableList<Choice> choices) {
    /**
     * One row.
     *
     * @param route the row
     * @param uncertainReach where a row of unknown prefix may lie; empty for others
     * @param link the peering link a peering row leaves by, or null
     */
    public record Row(
            RouteFact route,
            AddressSet uncertainReach,
            @Nullable Peering link) {}

    /** What holds inside a prefix: every row that covers it, and the index of the choice among them. */
    private record Covering(List<Candidate> rows, int choice) {}

    static EffectiveRoutes of(ImmutableList<Row> rows) {
        LpmTable.Builder table = new LpmTable.Builder();
        List<Choice> choices = new ArrayList<>();
        PrefixSweep.<List<Candidate>, Covering>run(
                nodes(rows),
                (prefix, around, here) -> {
                    List<Candidate> covering = new ArrayList<>();
                    if (around != null) covering.addAll(around.rows);
                    covering.addAll(here);
                    // No table can hold a longer prefix than a host's, so only the node itself is the platform's.
                    boolean platformAddress = PlatformRanges.HOST_VIRTUAL.containsAll(prefix);
                    choices.add(RoutePreference.choose(covering, platformAddress));
                    return new Covering(covering, choices.size() - 1);
                },
                (first, last, covering) -> PrefixSweep.add(table, first, last, covering.choice));
        return new EffectiveRoutes(rows, table.build(), ImmutableList.copyOf(choices));
    }

    private static SortedMap<Prefix, List<Candidate>> nodes(List<Row> rows) {
        SortedMap<Prefix, List<Candidate>> nodes = new TreeMap<>();
        for (Row row : rows) {
            for (Prefix prefix : row.route().prefixes()) at(nodes, prefix).add(new Candidate(prefix, row.route()));
            for (Prefix prefix : row.uncertainReach().prefixes()) {
                at(nodes, prefix).add(new Candidate(null, row.route()));
            }
        }
        at(nodes, PlatformRanges.HOST_SERVICES);
        at(nodes, PlatformRanges.INSTANCE_METADATA);
        return nodes;
    }

    private static List<Candidate> at(SortedMap<Prefix, List<Candidate>> nodes, Prefix prefix) {
        return nodes.computeIfAbsent(prefix, key -> new ArrayList<>());
    }

    /** The rows as facts. */
    public ImmutableList<RouteFact> facts() {
        ImmutableList.Builder<RouteFact> facts = ImmutableList.builder();
        for (Row row : rows) facts.add(row.route());
        return facts.build();
    }
}
