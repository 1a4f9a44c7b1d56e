package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/** Everything of a packet but its addresses, as one class: protocol and ports together. */
final class ServiceClasses {
    /*
     *   destination port ─> class d ─┐
     *   source port ──────> class s ─┴─> cell = (s * D + d) & mask[protocol] ──> columns[base[protocol] + cell]
     *
     * TCP and UDP have a block of S x D cells each. Any other protocol has one cell and mask 0, so that its
     * ports, which mean nothing, fall away without a branch. Different cells with the same rules are one
     * column. A table whose rules all take any source port, as nearly all do, has S = 1 and skips that load.
     */

    /** More cells than this are not worth their memory. */
    private static final int BUDGET = 1 << 21;

    /** The rules of each column. */
    final RuleSets sets;

    private final PortClasses sources;
    private final PortClasses destinations;
    private final boolean anySource;
    private final int[] masks;
    private final int[] bases;
    private final int[] columns;

    private ServiceClasses(
            RuleSets sets, PortClasses sources, PortClasses destinations, int[] masks, int[] bases, int[] columns) {
        this.sets = sets;
        this.sources = sources;
        this.destinations = destinations;
        anySource = sources.count == 1;
        this.masks = masks;
        this.bases = bases;
        this.columns = columns;
    }

    /** The classes of these rules, or null when they take too much memory. */
    static @Nullable ServiceClasses of(Rules rules) {
        int words = RuleSets.words(rules.size());
        RuleSets sourceSets = new RuleSets(words);
        RuleSets destinationSets = new RuleSets(words);
        PortClasses sources = new PortClasses(rules.sourcePorts, rules.size(), sourceSets);
        PortClasses destinations = new PortClasses(rules.destinationPorts, rules.size(), destinationSets);
        int block = sources.count * destinations.count;
        if (sources.count > BUDGET / destinations.count) return null;

        RuleSets sets = new RuleSets(words);
        int[] masks = new int[256];
        int[] bases = new int[256];
        int[] columns = new int[2 * block + 254];
        long[] both = new long[words];
        int unnamed = sets.intern(rules.accepting(Rules.ANY));
        boolean[] named = rules.namedProtocols();
        int next = 0;
        for (int protocol = 0; protocol < 256; protocol++) {
            bases[protocol] = next;
            if (!Rules.hasPorts(protocol)) {
                columns[next++] = named[protocol] ? sets.intern(rules.accepting(protocol)) : unnamed;
                continue;
            }
            long[] accepting = rules.accepting(protocol);
            masks[protocol] = -1;
            for (int s = 0; s < sources.count; s++) {
                for (int d = 0; d < destinations.count; d++) {
                    sourceSets.intersect(s, destinationSets, d, both);
                    for (int i = 0; i < words; i++) both[i] &= accepting[i];
                    columns[next++] = sets.intern(both);
                }
            }
        }
        return new ServiceClasses(sets, sources, destinations, masks, bases, columns);
    }

    /** The column of a packet; its ports are not looked at when its protocol has none. */
    int column(int sourcePort, int destinationPort, int protocol) {
        int cell = destinations.of(destinationPort);
        if (!anySource) cell += sources.of(sourcePort) * destinations.count;
        return columns[bases[protocol] + (cell & masks[protocol])];
    }

    long bytes() {
        return 4L * (masks.length + bases.length + columns.length);
    }
}
