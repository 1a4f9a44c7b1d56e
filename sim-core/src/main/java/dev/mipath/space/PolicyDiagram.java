package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.RuleFact;
import dev.mipath.net.Address;
import dev.mipath.space.Policy.Entry;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a policy does to every packet. One diagram tells the entry that matches first, one what may become of the packet,
 * and one also what the next matching entry would do if the first were not there.
 */
public final class PolicyDiagram {
    /** How many values a second match can have: none, allowed, denied, doubtful. */
    private static final int SECONDS = 4;

    private final PacketSpace space;
    private final Policy policy;
    private final int first;
    private final int effects;
    private final Diagram.Operation within;
    private @Nullable Integer settled;

    /**
     * Compiles a policy.
     *
     * @param space made with the policy's boxes among others
     * @throws TooComplexException when the space's budget does not suffice
     */
    public PolicyDiagram(PacketSpace space, Policy policy) {
        this.space = space;
        this.policy = policy;
        Diagram diagram = space.diagram();
        List<Integer> ids = new ArrayList<>();
        List<Integer> acts = new ArrayList<>();
        for (int i = 0; i < policy.entries().size(); i++) {
            Entry entry = policy.entries().get(i);
            ids.add(space.leaf(entry.box(), i + 1));
            acts.add(space.leaf(entry.box(), entry.effects()));
        }
        first = firstOf(ids);
        Diagram.Operation then = diagram.new Operation(PolicyDiagram::then, 0);
        int rest = then.ofAll(acts.subList(policy.ahead(), acts.size()));
        effects = policy.ahead() == 0
                ? rest
                : diagram.new Operation(PolicyDiagram::passedOn, 0)
                        .of(then.ofAll(acts.subList(0, policy.ahead())), rest);
        within = diagram.new Operation((asked, value) -> asked == 0 ? 0 : value, Integer.MAX_VALUE);
    }

    /** What may become of a packet that meets one entry and then another; 0 is no entry at all. */
    private static int then(int one, int other) {
        if ((one & Policy.FALLS_THROUGH) == 0) return one;
        return one & ~Policy.FALLS_THROUGH | (other == 0 ? Policy.FALLS_THROUGH : other);
    }

    /** What may become of a packet that one list ahead leaves to another. */
    private static int passedOn(int ahead, int rest) {
        int open = Policy.PASSES_ON | Policy.FALLS_THROUGH;
        return (ahead & open) == 0 ? ahead : ahead & ~open | (rest == 0 ? Policy.FALLS_THROUGH : rest);
    }

    /** The first entry of each packet; entries that only pass it on do not count. Absent entries are constant 0. */
    private int firstOf(List<Integer> ids) {
        Diagram diagram = space.diagram();
        Diagram.Operation earlier = diagram.new Operation((one, other) -> one, 0);
        int ahead = policy.ahead();
        int rest = earlier.ofAll(ids.subList(ahead, ids.size()));
        if (ahead == 0) return rest;
        int settling = diagram.map(earlier.ofAll(ids.subList(0, ahead)), this::unlessPassedOn);
        return earlier.of(settling, rest);
    }

    private int unlessPassedOn(int entry) {
        boolean settles =
                entry > 0 && (policy.entries().get(entry - 1).effects() & (Policy.ALLOWED | Policy.DENIED)) != 0;
        return settles ? entry : 0;
    }

    /** The index of the entry that matches a packet first, or -1; the protocol is the IANA number. */
    int firstMatch(int protocol, Address source, int sourcePort, Address destination, int destinationPort) {
        return space.evaluate(first, protocol, source, sourcePort, destination, destinationPort) - 1;
    }

    /** How many nodes the space holds by now. */
    int nodes() {
        return space.diagram().nodes();
    }

    /** Whether the policy treats every packet as the other one does, which has to be of the same space. */
    public boolean sameEffects(PolicyDiagram other) {
        return effects == other.effects;
    }

    /** What a policy does with the packets that somebody asks about. */
    public final class Answer {
        private final int asked;

        private Answer(int asked) {
            this.asked = asked;
        }

        /** Whether every packet is surely allowed. */
        public boolean allAllowed() {
            BitSet values = space.diagram().values(asked);
            values.clear(0);
            values.clear(Policy.ALLOWED);
            return values.isEmpty();
        }

        /** The packets that are surely allowed. */
        public ImmutableList<FlowLine> allowed() {
            return space.lines(asked, only(Policy.ALLOWED));
        }

        /** The packets that are surely denied. */
        public ImmutableList<FlowLine> denied() {
            return space.lines(asked, only(Policy.DENIED));
        }

        /** The packets of which the input does not say enough. */
        public ImmutableList<FlowLine> doubtful() {
            BitSet doubtful = space.diagram().values(asked);
            doubtful.clear(0);
            doubtful.clear(Policy.ALLOWED);
            doubtful.clear(Policy.DENIED);
            return space.lines(asked, doubtful);
        }

        /** The rules that deny, or may deny, packets of the question, in order of evaluation. */
        public ImmutableList<RuleFact> denying() {
            return rules(within.of(asked, first), Policy.DENIED);
        }

        /** The rules by which packets of the question are surely allowed, in order of evaluation. */
        public ImmutableList<RuleFact> allowing() {
            int sure = space.diagram().map(asked, value -> value == Policy.ALLOWED ? value : 0);
            return rules(within.of(sure, settled()), Policy.ALLOWED);
        }

        private ImmutableList<RuleFact> rules(int matching, int effect) {
            ImmutableSet.Builder<RuleFact> rules = ImmutableSet.builder();
            space.diagram().values(matching).stream().forEach(value -> {
                @Nullable Entry entry = value == 0 ? null : policy.entries().get(value - 1);
                if (entry != null && entry.rule() != null && (entry.effects() & effect) != 0) rules.add(entry.rule());
            });
            return rules.build().asList();
        }
    }

    /** The entry that matches first among those that surely match. */
    private int settled() {
        if (settled == null) settled = workOutSettled();
        return settled;
    }

    private int workOutSettled() {
        boolean certain = policy.entries().stream().allMatch(entry -> (entry.effects() & Policy.FALLS_THROUGH) == 0);
        if (certain) return first;
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < policy.entries().size(); i++) {
            Entry entry = policy.entries().get(i);
            boolean sure = (entry.effects() & Policy.FALLS_THROUGH) == 0;
            ids.add(sure ? space.leaf(entry.box(), i + 1) : Diagram.constant(0));
        }
        return firstOf(ids);
    }

    private static BitSet only(int value) {
        BitSet set = new BitSet();
        set.set(value);
        return set;
    }

    /** Whether every packet of these boxes, with which the space has to have been made, is surely allowed. */
    boolean allows(List<FlowBox> boxes) {
        List<Integer> leaves = new ArrayList<>();
        for (FlowBox box : boxes) leaves.add(space.leaf(box, 1));
        int question = space.diagram().new Operation((one, other) -> one | other, 0).ofAll(leaves);
        int missed = space.diagram()
                .new Operation((asked, effect) -> asked == 1 && effect != Policy.ALLOWED ? 1 : 0, Integer.MAX_VALUE)
                .of(question, effects);
        return space.diagram().values(missed).stream().allMatch(value -> value == 0);
    }

    /** What becomes of the packets of these boxes, with which the space has to have been made. */
    public Answer about(List<FlowBox> boxes) {
        List<Integer> leaves = new ArrayList<>();
        for (FlowBox box : boxes) leaves.add(space.leaf(box, 1));
        int question = space.diagram().new Operation((one, other) -> one | other, 0).ofAll(leaves);
        return new Answer(within.of(question, effects));
    }

    /**
     * The entries that no packet meets, and those that could go without any packet noticing.
     *
     * @param dead the indexes of entries behind others that match all they match
     * @param redundant the indexes of entries whose packets the next matching entries treat alike; only one of them at a
     *     time may go
     */
    public record Unneeded(ImmutableList<Integer> dead, ImmutableList<Integer> redundant) {}

    /** Looks for entries that are not needed; of use where every entry is certain. */
    public Unneeded unneeded() {
        List<Integer> leaves = new ArrayList<>();
        for (int i = 0; i < policy.entries().size(); i++) {
            leaves.add(space.leaf(policy.entries().get(i).box(), (i + 1) * SECONDS));
        }
        int seconds = space.diagram().new Operation(this::second, 0).ofAll(leaves);
        BitSet met = new BitSet();
        BitSet needed = new BitSet();
        space.diagram().values(seconds).stream().filter(value -> value > 0).forEach(value -> {
            int entry = value / SECONDS - 1;
            met.set(entry);
            if (value % SECONDS != policy.entries().get(entry).effects()) needed.set(entry);
        });
        ImmutableList.Builder<Integer> dead = ImmutableList.builder();
        ImmutableList.Builder<Integer> redundant = ImmutableList.builder();
        for (int i = 0; i < policy.entries().size(); i++) {
            if (!met.get(i)) dead.add(i);
            else if (!needed.get(i)) redundant.add(i);
        }
        return new Unneeded(dead.build(), redundant.build());
    }

    private int second(int one, int other) {
        if (one % SECONDS != 0) return one;
        return one + (policy.entries().get(other / SECONDS - 1).effects() & SECONDS - 1);
    }
}
