package dev.mipath.lookup;

import org.jspecify.annotations.Nullable;

/** Asks a rule table about many IPv4 packets at a time; has work space of its own, so each thread needs its own. */
public final class RuleBatch {
    /*
     *   64 packets ──> [ classes of sources ][ classes of destinations ][ columns ] ──> 64 rules
     *
     * A packet alone waits for its tries and its ports and then for the answer of their classes, and the processor
     * looks ahead no further than a packet or two. Taken stage by stage, the tries of many packets wait together,
     * and then their answers: with 1,000 rules and tags, which are answered by sets, in a third of the time.
     */
    private static final int STAGE = 64;

    private final RuleTable table;
    private final @Nullable Classifier classifier;
    private final int[] sourceClasses = new int[STAGE];
    private final int[] destinationClasses = new int[STAGE];
    private final int[] columns = new int[STAGE];

    /** Makes the table's fast form, if it has not got it yet. */
    public RuleBatch(RuleTable table) {
        this(table.prepare(), table.four());
    }

    RuleBatch(RuleTable table, @Nullable Classifier classifier) {
        this.table = table;
        this.classifier = classifier;
    }

    /**
     * The first rule that matches each packet, or {@link RuleTable#NONE}; packets are columns of fields as
     * {@link RuleTable#match(int, int, int, int, int)} takes them.
     *
     * @param from index of the first packet in the columns
     * @param rules receives the {@code count} rules, from index 0 on
     */
    public void match(
            int[] sources,
            int[] sourcePorts,
            int[] destinations,
            int[] destinationPorts,
            int[] protocols,
            int from,
            int count,
            int[] rules) {
        if (classifier == null) {
            for (int i = 0; i < count; i++) {
                int packet = from + i;
                rules[i] = table.match(
                        sources[packet],
                        sourcePorts[packet],
                        destinations[packet],
                        destinationPorts[packet],
                        protocols[packet]);
            }
            return;
        }
        for (int done = 0; done < count; done += STAGE) {
            int stage = Math.min(STAGE, count - done);
            classifier.sources().match(sources, from + done, stage, sourceClasses);
            classifier.destinations().match(destinations, from + done, stage, destinationClasses);
            for (int i = 0; i < stage; i++) {
                int packet = from + done + i;
                columns[i] = classifier.column(sourcePorts[packet], destinationPorts[packet], protocols[packet]);
            }
            for (int i = 0; i < stage; i++) {
                rules[done + i] = classifier.rule(sourceClasses[i], destinationClasses[i], columns[i]);
            }
        }
    }
}
