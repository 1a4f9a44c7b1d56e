package dev.mipath.lookup;

/** The first rule common to three sets: what is left when the products of classes are too many to store. */
final class SetTable {
    /*
     * Each class has its rules as a row of bits. The sets of a packet's source, destination and service are
     * ANDed word by word, in rule order, and the first bit left is the answer. A summary word per set has a
     * bit for each stretch of its row that holds anything; the AND of the summaries names the few stretches
     * worth reading, so a late match costs hardly more than an early one.
     */
    private final int words;
    private final int stretch;
    private final long[][] sets = new long[3][];
    private final long[][] summaries = new long[3][];

    SetTable(RuleSets sources, RuleSets destinations, RuleSets columns) {
        words = sources.words;
        stretch = words + 63 >>> 6;
        RuleSets[] all = {sources, destinations, columns};
        for (int i = 0; i < 3; i++) {
            sets[i] = all[i].toArray();
            summaries[i] = new long[Math.max(1, all[i].size())];
            for (int set = 0; set < all[i].size(); set++) {
                for (int word = 0; word < words; word++) {
                    if (sets[i][set * words + word] != 0) summaries[i][set] |= 1L << word / stretch;
                }
            }
        }
    }

    int first(int source, int destination, int column) {
        long stretches = summaries[0][source] & summaries[1][destination] & summaries[2][column];
        int s = source * words;
        int d = destination * words;
        int c = column * words;
        for (; stretches != 0; stretches &= stretches - 1) {
            int from = Long.numberOfTrailingZeros(stretches) * stretch;
            for (int word = from; word < Math.min(words, from + stretch); word++) {
                long all = sets[0][s + word] & sets[1][d + word] & sets[2][c + word];
                if (all != 0) return (word << 6) + Long.numberOfTrailingZeros(all);
            }
        }
        return RuleTable.NONE;
    }

    long bytes() {
        long bytes = 0;
        for (int i = 0; i < 3; i++) bytes += 8L * (sets[i].length + summaries[i].length);
        return bytes;
    }
}
