package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element.Passing;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;

/**
 * Asks the filters of an edge about a first packet, as Network Watcher's IP flow verify does: in order, until one
 * does not let the packet pass. Reusable; asking allocates nothing.
 */
public final class FilterQuestion {
    private static final int NOBODY = -1;

    private final Network network;
    private int element = NOBODY;
    private long decision;

    /** Questions to this network. */
    public FilterQuestion(Network network) {
        this.network = network;
    }

    /**
     * Asks the filters, one after the other.
     *
     * @param filters an edge's filters of one direction
     * @param header the packet
     */
    public void ask(ImmutableList<Integer> filters, Header header) {
        element = NOBODY;
        for (int i = 0; i < filters.size(); i++) {
            int filter = filters.get(i);
            long decided = network.decide(filter, header, FlowMemory.NONE, 0);
            Passing passing = passing(network, filter, decided);
            if (passing == Passing.UNSAID) continue;
            element = filter;
            decision = decided;
            if (passing == Passing.PAST) return;
        }
    }

    /** What is stopped passes no filter behind either. */
    private static Passing passing(Network network, int filter, long decision) {
        return Decision.forwards(decision) ? network.passing(filter, decision) : Passing.PAST;
    }

    /** Whether any filter was there to answer. */
    public boolean answered() {
        return element != NOBODY;
    }

    /** The filter that denied, or the last that let pass; only when {@linkplain #answered answered}. */
    public int element() {
        return element;
    }

    /** That filter's decision. */
    public long decision() {
        return decision;
    }

    /** Why that filter decided so. */
    public Evidence why(Header header) {
        return network.evidence(element, header, decision);
    }

    /** Every filter that had something to say, with its reasons. */
    public static ImmutableList<Step> steps(Network network, ImmutableList<Integer> filters, Header header) {
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        for (int filter : filters) {
            long decision = network.decide(filter, header, FlowMemory.NONE, 0);
            Passing passing = passing(network, filter, decision);
            if (passing == Passing.UNSAID) continue;
            steps.add(new Step(network, filter, header.packet(), decision));
            if (passing == Passing.PAST) break;
        }
        return steps.build();
    }
}
