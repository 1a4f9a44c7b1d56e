package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/** The answer for every combination of source class, destination class and service column, worked out beforehand. */
final class ProductTable {
    /*
     *   source class s ──┐
     *   destination d ───┴─> rows[s * D + d] ──┐
     *   column c ──────────────────────────────┴─> answers[row * C + c]
     *
     * (The idea of Recursive Flow Classification by Gupta and McKeown.) Two classes that meet leave a set of
     * rules; what counts of a set is only the answers it gives in each column, so pairs with equal answers
     * share a row, and shadowed rules cost nothing. Two loads replace the walk over the rules, whatever
     * their number. The tables could grow with the product of the classes, so they have a budget; beyond
     * it {@link SetTable} answers from the sets themselves.
     */

    /** Pairs, and answers, beyond which the tables would miss the caches more than they save. */
    static final int BUDGET = 1 << 22;

    /** How many pairs the sample looks at for each that is allowed. */
    private static final int SAMPLE = 32;

    /** What to answer for the rules that are in two sets; 0..65535. */
    interface Answer {
        int of(RuleSets rows, int row, RuleSets columns, int column);
    }

    private final int width;
    private final int stride;
    private final char[] rows;
    private final char[] answers;

    /* The answers in half the space, when each fits a byte: they are the largest table and miss the caches most. */
    private final byte @Nullable [] shortAnswers;

    private ProductTable(int width, int stride, char[] rows, char[] answers) {
        this.width = width;
        this.stride = stride;
        this.rows = rows;
        shortAnswers = shortened(answers);
        this.answers = shortAnswers == null ? answers : new char[0];
    }

    private static byte @Nullable [] shortened(char[] answers) {
        byte[] shortened = new byte[answers.length];
        for (int i = 0; i < answers.length; i++) {
            if (answers[i] > 255) return null;
            shortened[i] = (byte) answers[i];
        }
        return shortened;
    }

    /** The table of these classes, or null when its pairs or its answers are more than the budget. */
    static @Nullable ProductTable of(
            RuleSets sources, RuleSets destinations, RuleSets columns, Answer answer, int budget) {
        int width = destinations.size();
        int stride = columns.size();
        if (sources.size() > budget / width) return null;
        // The different pairs first, without their answers, which are the most of the work: too many are noticed early.
        int pairsMax = budget / stride;
        RuleSets pairs = new RuleSets(sources.words);
        if (!sample(sources, destinations, pairs, pairsMax)) return null;
        LongList pairOf = new LongList();
        long[] both = new long[sources.words];
        for (int s = 0; s < sources.size(); s++) {
            for (int d = 0; d < width; d++) {
                sources.intersect(s, destinations, d, both);
                pairOf.add(pairs.intern(both));
            }
            if (pairs.size() > pairsMax) return null;
        }
        PagePool answers = new PagePool(stride, 1 << 16);
        char[] rowOfPair = new char[pairs.size()];
        char[] row = new char[stride];
        for (int pair = 0; pair < rowOfPair.length; pair++) {
            for (int c = 0; c < stride; c++) row[c] = (char) answer.of(pairs, pair, columns, c);
            int page = answers.intern(row);
            if (page < 0) return null;
            rowOfPair[pair] = (char) page;
        }
        char[] rows = new char[pairOf.size()];
        for (int i = 0; i < rows.length; i++) rows[i] = rowOfPair[(int) pairOf.get(i)];
        return new ProductTable(width, stride, rows, answers.cells());
    }

    /**
     * Looks at some pairs from all over a large product; false when they already are too many. Neighbours of a row mostly
     * leave the same rules, so row by row it takes several times as many pairs to learn that.
     */
    private static boolean sample(RuleSets sources, RuleSets destinations, RuleSets pairs, int pairsMax) {
        int total = sources.size() * destinations.size();
        int looks = SAMPLE * pairsMax;
        if (looks >= total) return true;
        int step = (int) (0.618 * total) | 1;
        long[] both = new long[sources.words];
        int at = 0;
        for (int i = 0; i < looks && pairs.size() <= pairsMax; i++) {
            sources.intersect(at / destinations.size(), destinations, at % destinations.size(), both);
            pairs.intern(both);
            at = (int) (((long) at + step) % total);
        }
        return pairs.size() <= pairsMax;
    }

    int answer(int source, int destination, int column) {
        int at = rows[source * width + destination] * stride + column;
        return shortAnswers != null ? shortAnswers[at] & 255 : answers[at];
    }

    long bytes() {
        return 2L * (rows.length + answers.length) + (shortAnswers == null ? 0 : shortAnswers.length);
    }
}
