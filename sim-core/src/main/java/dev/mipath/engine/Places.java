package dev.mipath.engine;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The edges of the present network as numbers, and how far they are from one another. */
final class Places {
    /** The number of what answers on the way a packet came: the platform, or the Internet. */
    static final int NOWHERE = -1;

    private final long withinVnet;
    private final long peered;
    private final long site;
    private final long internet;
    private final long platform;
    private final Map<Edge, Integer> numbers = new HashMap<>();
    private final List<Edge> edges = new ArrayList<>();
    private final List<Boolean> outside = new ArrayList<>();

    Places(Settings settings) {
        // One way is half of there and back.
        withinVnet = settings.get(Setting.RTT_VNET) / 2;
        peered = settings.get(Setting.RTT_PEERED) / 2;
        site = settings.get(Setting.RTT_SITE) / 2;
        internet = settings.get(Setting.RTT_INTERNET) / 2;
        platform = settings.get(Setting.RTT_PLATFORM) / 2;
    }

    /** Forgets the edges of the network before. */
    void clear() {
        numbers.clear();
        edges.clear();
        outside.clear();
    }

    /** The number of an edge. */
    int number(Network network, @Nullable Edge edge) {
        if (edge == null) return NOWHERE;
        Integer known = numbers.get(edge);
        if (known != null) return known;
        numbers.put(edge, edges.size());
        edges.add(edge);
        outside.add(network.isOutside(edge));
        return edges.size() - 1;
    }

    /** Puts back the numbers that edges had, which ways found before refer to. */
    World.Memento save() {
        List<Edge> saved = new ArrayList<>(edges);
        List<Boolean> savedOutside = new ArrayList<>(outside);
        return () -> {
            clear();
            for (int i = 0; i < saved.size(); i++) numbers.put(saved.get(i), i);
            edges.addAll(saved);
            outside.addAll(savedOutside);
        };
    }

    /** The edge of a number. */
    Edge edge(int number) {
        return edges.get(number);
    }

    /** Whether the edge is a site's or the Internet's, whose own resolvers no input describes. */
    boolean hasOwnResolver(int number) {
        return edges.get(number).ofSite();
    }

    /** How long a packet takes from one to the other, in nanoseconds. */
    long oneWay(int from, int to, boolean toPlatform) {
        if (to == NOWHERE) return toPlatform ? platform : internet;
        if (outside.get(from) || outside.get(to)) return internet;
        Edge one = edges.get(from);
        Edge other = edges.get(to);
        if (one.ofSite() || other.ofSite()) return site;
        return one.vnetName().equals(other.vnetName()) ? withinVnet : peered;
    }
}
