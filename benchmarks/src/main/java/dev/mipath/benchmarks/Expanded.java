package dev.mipath.benchmarks;

import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.List;

/**
 * A rule multiplied out to one block and one port range a side, which is all that classifiers without
 * unions can hold.
 *
 * @param index the rule that it comes from
 */
record Expanded(
        int index,
        int protocol,
        int source,
        int sourceLength,
        Filters.Ports sourcePorts,
        int destination,
        int destinationLength,
        Filters.Ports destinationPorts) {
    static List<Expanded> of(Filters filters) {
        List<Expanded> all = new ArrayList<>();
        for (int i = 0; i < filters.size(); i++) {
            Filters.Rule rule = filters.rules().get(i);
            for (Prefix source : rule.sources()) {
                for (Prefix destination : rule.destinations()) {
                    for (Filters.Ports sourcePorts : rule.sourcePorts()) {
                        for (Filters.Ports destinationPorts : rule.destinationPorts()) {
                            all.add(new Expanded(
                                    i,
                                    rule.protocol(),
                                    source.network().bits(),
                                    source.length(),
                                    sourcePorts,
                                    destination.network().bits(),
                                    destination.length(),
                                    destinationPorts));
                        }
                    }
                }
            }
        }
        return all;
    }
}
