package dev.mipath.lookup;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@link VerdictTable} for one address family. */
final class Fusion {
    /*
     *   source ──────────> joint class s ───────────┐
     *   destination ─────> number ─> joint class d ─┼─> product ─> packed rules ─┐
     *                           └──> route ─────────┼────────────────────────────┴─> verdict
     *   ports, protocol ─> joint column c ──────────┘
     *
     * The rules of all layers are classified as one list, so that two trie lookups serve every layer and
     * the route besides. As a rule the product over the joint classes fits too, and one cell holds the
     * answers of all layers. When it does not, each layer has tables of its own and a joint class is
     * first translated to the layer's.
     */
    private final LpmTable sources;
    private final LpmTable destinations;

    /* The same two, as they nearly always are: a call less deep, so that the compiler sees to the bottom. */
    private final @Nullable ScatteredTable sourceNodes;
    private final @Nullable ScatteredTable destinationNodes;

    private final ServiceClasses services;

    /* route + 1, shifted into its place in a verdict, over the joint class of the destination. */
    private final long[] destinationOf;

    private final @Nullable ProductTable joint;
    private final long[] packed;
    private final Layer[] layers;

    private static final int CLASS_BITS = VerdictTable.ROUTE_SHIFT;

    private Fusion(
            LpmTable sources,
            LpmTable destinations,
            ServiceClasses services,
            long[] destinationOf,
            RuleSets sourceSets,
            RuleSets destinationSets,
            int[] sizes,
            int budget) {
        this.sources = sources;
        this.destinations = destinations;
        sourceNodes = sources.prepareClasses();
        destinationNodes = destinations.prepareClasses();
        this.services = services;
        this.destinationOf = destinationOf;
        Packer packer = new Packer(sizes);
        joint = ProductTable.of(sourceSets, destinationSets, services.sets, packer, budget);
        packed = packer.answers.toArray();
        layers = new Layer[joint != null && !packer.overflow ? 0 : sizes.length];
        int from = 0;
        for (int i = 0; i < layers.length; from += sizes[i++]) {
            layers[i] = new Layer(sourceSets, destinationSets, services.sets, from, sizes[i], budget);
        }
    }

    static Fusion four(Rules rules, int[] sizes, Intervals4 routes, ServiceClasses services, int budget) {
        RuleSets sourceSets = new RuleSets(services.sets.words);
        RuleSets destinationSets = new RuleSets(services.sets.words);
        Overlay overlay = new Overlay();
        return new Fusion(
                LpmTable.of(FieldClasses.of(rules.sources4, rules.size(), sourceSets)),
                LpmTable.of(overlay.of(FieldClasses.of(rules.destinations4, rules.size(), destinationSets), routes)),
                services,
                destinations(overlay),
                sourceSets,
                destinationSets,
                sizes,
                budget);
    }

    static Fusion six(Rules rules, int[] sizes, Intervals6 routes, ServiceClasses services, int budget) {
        RuleSets sourceSets = new RuleSets(services.sets.words);
        RuleSets destinationSets = new RuleSets(services.sets.words);
        Overlay overlay = new Overlay();
        return new Fusion(
                LpmTable.of(FieldClasses.of(rules.sources6, rules.size(), sourceSets)),
                LpmTable.of(overlay.of(FieldClasses.of(rules.destinations6, rules.size(), destinationSets), routes)),
                services,
                destinations(overlay),
                sourceSets,
                destinationSets,
                sizes,
                budget);
    }

    private static long[] destinations(Overlay overlay) {
        long[] destinations = new long[overlay.size()];
        for (int i = 0; i < destinations.length; i++) {
            destinations[i] = (long) (overlay.right(i) + 1) << CLASS_BITS | overlay.left(i);
        }
        return destinations;
    }

    long match(int source, int sourcePort, int destination, int destinationPort, int protocol) {
        return verdict(
                sourceNodes != null ? sourceNodes.match(source) : sources.match(source),
                destinationOf[
                        destinationNodes != null
                                ? destinationNodes.match(destination)
                                : destinations.match(destination)],
                services.column(sourcePort, destinationPort, protocol));
    }

    long match(
            long sourceHigh,
            long sourceLow,
            int sourcePort,
            long destinationHigh,
            long destinationLow,
            int destinationPort,
            int protocol) {
        return verdict(
                sources.match(sourceHigh, sourceLow),
                destinationOf[destinations.match(destinationHigh, destinationLow)],
                services.column(sourcePort, destinationPort, protocol));
    }

    private long verdict(int source, long destination, int column) {
        long route = destination >>> CLASS_BITS << CLASS_BITS;
        if (joint != null && layers.length == 0) {
            return route | packed[joint.answer(source, (int) destination, column)];
        }
        long rules = 0;
        for (int i = layers.length - 1; i >= 0; i--) {
            rules = rules << VerdictTable.RULE_BITS | layers[i].rule(source, (int) destination, column) + 1;
        }
        return route | rules;
    }

    long bytes() {
        long bytes = sources.bytes() + destinations.bytes() + services.bytes() + 8L * destinationOf.length;
        if (layers.length == 0 && joint != null) return bytes + joint.bytes() + 8L * packed.length;
        for (Layer layer : layers) bytes += layer.bytes();
        return bytes;
    }

    /** Numbers the packed answers of all layers that occur; there are few, whatever the number of cells. */
    private static final class Packer implements ProductTable.Answer {
        final LongList answers = new LongList();
        boolean overflow;
        private final Map<Long, Integer> numbers = new HashMap<>();
        private final int[] sizes;
        private long lastRules = -1;
        private int lastNumber;

        Packer(int[] sizes) {
            this.sizes = sizes;
        }

        @Override
        public int of(RuleSets rows, int row, RuleSets columns, int column) {
            long rules = 0;
            int from = 0;
            for (int i = 0; i < sizes.length; from += sizes[i++]) {
                int rule = rows.first(row, columns, column, from, from + sizes[i]);
                long field = rule == RuleTable.NONE ? 0 : rule - from + 1;
                rules |= field << i * VerdictTable.RULE_BITS;
            }
            // Neighbouring cells mostly agree.
            if (rules == lastRules) return lastNumber;
            lastRules = rules;
            lastNumber = number(rules);
            return lastNumber;
        }

        private int number(long rules) {
            Integer known = numbers.get(rules);
            if (known != null) return known;
            if (answers.size() > Character.MAX_VALUE) {
                overflow = true;
                return 0;
            }
            answers.add(rules);
            numbers.put(rules, answers.size() - 1);
            return answers.size() - 1;
        }
    }

    /** One rule table's own classes, reached from the joint ones. */
    private static final class Layer {
        private final char[] sources;
        private final char[] destinations;
        private final char[] columns;
        private final FirstMatch first;

        Layer(RuleSets sources, RuleSets destinations, RuleSets columns, int from, int size, int budget) {
            RuleSets ownSources = new RuleSets(RuleSets.words(size));
            RuleSets ownDestinations = new RuleSets(RuleSets.words(size));
            RuleSets ownColumns = new RuleSets(RuleSets.words(size));
            this.sources = sources.project(from, size, ownSources);
            this.destinations = destinations.project(from, size, ownDestinations);
            this.columns = columns.project(from, size, ownColumns);
            first = new FirstMatch(ownSources, ownDestinations, ownColumns, size, budget);
        }

        int rule(int source, int destination, int column) {
            return first.rule(sources[source], destinations[destination], columns[column]);
        }

        long bytes() {
            return first.bytes() + 2L * (sources.length + destinations.length + columns.length);
        }
    }
}
