package dev.mipath.cli;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.engine.RunReport;
import dev.mipath.explain.RunSummary;
import dev.mipath.format.Nearest;
import dev.mipath.format.Printable;
import java.util.Optional;
import java.util.Set;

/**
 * Which paths of figures mean something: a misspelt one would count nothing, and 0 of nothing is what many scenarios expect.
 * The words are those of the summary.
 */
final class FigureNames {
    private static final ImmutableSet<String> PLAIN =
            ImmutableSet.of("attempts", "events", "peakConnections", "time", "fingerprint");
    /** Groups whose members are words. */
    private static final ImmutableMap<String, ImmutableSet<String>> WORDS = ImmutableMap.of(
            "outcomes", RunReport.OUTCOMES,
            "symptoms", RunReport.SYMPTOMS,
            "endings", RunReport.ENDINGS,
            "queries", RunReport.QUERIES);
    /** Groups whose members belong to an element of the network. */
    private static final ImmutableMap<String, ImmutableSet<String>> OF_ELEMENTS =
            ImmutableMap.of("stations", RunSummary.STATION, "snat", RunSummary.SNAT, "drops", RunReport.ENDINGS);

    private FigureNames() {}

    /**
     * What is wrong with a path.
     *
     * @param what the problem
     * @param remedy what to write instead
     */
    record Wrong(String what, String remedy) {}

    /** What is wrong with the path of a figure, in runs of networks with these elements, instances and requests. */
    static Optional<Wrong> problem(String path, Set<String> elements, Set<String> instances, Set<String> requests) {
        int dot = path.indexOf('.');
        String group = dot < 0 ? path : path.substring(0, dot);
        String rest = dot < 0 ? "" : path.substring(dot + 1);
        int last = rest.lastIndexOf('.');
        String name = last < 0 ? rest : rest.substring(0, last);
        String member = last < 0 ? "" : rest.substring(last + 1);
        if (dot < 0 && PLAIN.contains(path)) return Optional.empty();
        if (WORDS.containsKey(group)) return among(path, rest, WORDS.getOrDefault(group, ImmutableSet.of()));
        if (group.equals("health")) return among(path, rest, instances);
        if (group.equals("requests")) {
            return among(path, name, requests).or(() -> among(path, member, RunSummary.REQUEST));
        }
        if (group.equals("latency")) {
            return among(path, name, RunReport.LATENCIES).or(() -> among(path, member, RunSummary.LATENCY));
        }
        if (OF_ELEMENTS.containsKey(group)) {
            return among(path, name, elements)
                    .or(() -> among(path, member, OF_ELEMENTS.getOrDefault(group, ImmutableSet.of())));
        }
        ImmutableSet<String> groups = ImmutableSet.<String>builder()
                .addAll(PLAIN)
                .addAll(WORDS.keySet())
                .addAll(OF_ELEMENTS.keySet())
                .add("latency", "health", "requests")
                .build();
        return among(path, group, groups);
    }

    private static Optional<Wrong> among(String path, String word, Set<String> words) {
        if (words.contains(word)) return Optional.empty();
        String unknown = word.isEmpty() ? "nothing" : Printable.quoted(word);
        String remedy = Nearest.to(word, words)
                .map(near -> "did you mean `" + near + "`?")
                .orElse("`simulate --format json` prints the figures there are; docs/topology-format.md lists them");
        return Optional.of(new Wrong("no run has the figure " + Printable.quoted(path) + ", for " + unknown, remedy));
    }
}
