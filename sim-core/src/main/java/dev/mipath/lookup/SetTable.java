package dev.mipath.lookup;

/** The first rule common to three sets: what is left when the products of classes are too many to store. */
final class SetTable {
    /*
     * Each class has its rules as a row of bits. The sets of a packet's source, destination and service are
     * ANDed word by word, and the first bit left is the answer.
     *
     * Up to FLAT words, so for every NSG, all words are read, last to first, and the earliest word that is
     * not empty is kept by masks: leaving the loop early would mispredict on nearly every packet, and what
     * the processor throws away then is the work it had begun on the packets behind. Longer rows have a
     * summary with a bit for each stretch that holds anything; the AND of the summaries names the
     * stretches worth reading.
     */
    private static final int FLAT = 20;

    private final int words;
    private final int stretch;
    private final long[] sources;
    private final long[] destinations;
    private final long[] columns;
    private final long[] sourceSummaries;
    private final long[] destinationSummaries;
    private final long[] columnSummaries;

    SetTable(RuleSets sources, RuleSets destinations, RuleSets columns) {
        words = sources.words;
        stretch = words + 63 >>> 6;
        this.sources = sources.toArray();
        this.destinations = destinations.toArray();
        this.columns = columns.toArray();
        sourceSummaries = summaries(this.sources);
        destinationSummaries = summaries(this.destinations);
        columnSummaries = summaries(this.columns);
    }

    private long[] summaries(long[] sets) {
        if (words <= FLAT) return new long[0];
        long[] summaries = new long[sets.length / words];
        for (int i = 0; i < sets.length; i++) {
            if (sets[i] != 0) summaries[i / words] |= 1L << i % words / stretch;
        }
        return summaries;
    }

    int first(int source, int destination, int column) {
        return words <= FLAT ? firstOfAll(source, destination, column) : firstOfSome(source, destination, column);
    }

    private int firstOfAll(int source, int destination, int column) {
        int s = source * words;
        int d = destination * words;
        int c = column * words;
        long found = 0;
        int at = 0;
        for (int word = words - 1; word >= 0; word--) {
            long all = sources[s + word] & destinations[d + word] & columns[c + word];
            long some = (all | -all) >> 63;
            found ^= (found ^ all) & some;
            at ^= (at ^ word) & (int) some;
        }
        return found == 0 ? RuleTable.NONE : (at << 6) + Long.numberOfTrailingZeros(found);
    }

    private int firstOfSome(int source, int destination, int column) {
        long stretches = sourceSummaries[source] & destinationSummaries[destination] & columnSummaries[column];
        int s = source * words;
        int d = destination * words;
        int c = column * words;
        for (; stretches != 0; stretches &= stretches - 1) {
            int from = Long.numberOfTrailingZeros(stretches) * stretch;
            int to = Math.min(words, from + stretch);
            for (int word = from; word < to; word++) {
                long all = sources[s + word] & destinations[d + word] & columns[c + word];
                if (all != 0) return (word << 6) + Long.numberOfTrailingZeros(all);
            }
        }
        return RuleTable.NONE;
    }

    long bytes() {
        return 8L
                * (sources.length
                        + destinations.length
                        + columns.length
                        + sourceSummaries.length
                        + destinationSummaries.length
                        + columnSummaries.length);
    }
}
