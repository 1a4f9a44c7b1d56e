package dev.mipath.lookup;

import java.util.List;

/**
 * Several rule tables and a route table asked as one: which rule of each matches first, and which route
 * the destination takes, in one packed long. For callers that put many questions to the same pair of
 * subnets.
 *
 * <p>No command asks it: a batch asks the groups at one address, not a pair of subnets. It is for questions about
 * all pairs and for simulations, and decides nothing itself. Whoever takes it must treat the rules that only may match, the memory of flows and the way
 * between two subnets as {@code Network.decide} does; {@code FusedVerdictLaws} holds its numbers to the
 * decisions of a compiled network, pair of edges by pair.
 */
public final class VerdictTable {
    /** Rule tables that one verdict can hold. */
    public static final int LAYERS_MAX = 4;

    /** Rules that each of them may have. */
    public static final int RULES_MAX = 2_046;

    /** Route values stay below this. */
    public static final int ROUTES_MAX = (1 << 20) - 1;

    static final int RULE_BITS = 11;
    static final int ROUTE_SHIFT = LAYERS_MAX * RULE_BITS;

    private final Fusion four;
    private final Fusion six;

    private VerdictTable(Fusion four, Fusion six) {
        this.four = four;
        this.six = six;
    }

    /**
     * Fuses tables; takes milliseconds to a second.
     *
     * @param layers rule tables in the order in which {@link #rule} numbers them
     * @param routes values below {@link #ROUTES_MAX}, looked up with the destination
     * @throws IllegalArgumentException when a limit is exceeded
     */
    public static VerdictTable of(List<RuleTable> layers, LpmTable routes) {
        return of(layers, routes, ProductTable.BUDGET);
    }

    static VerdictTable of(List<RuleTable> layers, LpmTable routes, int budget) {
        if (layers.isEmpty() || layers.size() > LAYERS_MAX) {
            throw new IllegalArgumentException(layers.size() + " rule tables (use 1.." + LAYERS_MAX + ")");
        }
        for (RuleTable layer : layers) {
            if (layer.size() > RULES_MAX) throw new IllegalArgumentException("more than " + RULES_MAX + " rules");
        }
        routes.four().requireBelow(ROUTES_MAX);
        routes.six().requireBelow(ROUTES_MAX);
        Rules rules = Rules.concatenated(layers.stream().map(RuleTable::rules).toList());
        ServiceClasses services = ServiceClasses.of(rules);
        if (services == null) throw new IllegalArgumentException("the rules have too many port ranges");
        int[] sizes = layers.stream().mapToInt(RuleTable::size).toArray();
        return new VerdictTable(
                Fusion.four(rules, sizes, routes.four(), services, budget),
                Fusion.six(rules, sizes, routes.six(), services, budget));
    }

    /** The verdict on an IPv4 packet; {@link #rule} and {@link #route} read it. */
    public long match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return four.match(source, sourcePort, destination, destinationPort, protocol);
    }

    /** The verdict on an IPv6 packet; {@link #rule} and {@link #route} read it. */
    public long match(
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        return six.match(sourceHigh, sourceLow, sourcePort, destinationHigh, destinationLow, destinationPort, protocol);
    }

    /** The first matching rule of a layer, or {@link RuleTable#NONE}. */
    public static int rule(long verdict, int layer) {
        return (int) (verdict >>> layer * RULE_BITS & (1 << RULE_BITS) - 1) - 1;
    }

    /** The value of the route, or {@link LpmTable#NONE}. */
    public static int route(long verdict) {
        return (int) (verdict >>> ROUTE_SHIFT) - 1;
    }

    /** What the tables take, in bytes. */
    public long bytes() {
        return four.bytes() + six.bytes();
    }
}
