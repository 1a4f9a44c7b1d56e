package dev.mipath.forwarding;

import dev.mipath.net.Packet;
import org.jspecify.annotations.Nullable;

/** One step of a packet: where it was, what arrived, what was decided and, when asked, why. */
public final class Step {
    private final Network network;
    private final int element;
    private final Packet arrived;
    private final long decision;
    private @Nullable Evidence why;

    /**
     * A step.
     *
     * @param network the network that decided
     * @param element the element's number
     * @param arrived the packet as it arrived
     * @param decision the {@link Decision}
     */
    public Step(Network network, int element, Packet arrived, long decision) {
        this.network = network;
        this.element = element;
        this.arrived = arrived;
        this.decision = decision;
    }

    /** The element's number. */
    public int element() {
        return element;
    }

    /** The element's name. */
    public String at() {
        return network.name(element);
    }

    /** The packet as it arrived. */
    public Packet arrived() {
        return arrived;
    }

    /** The {@link Decision}. */
    public long decision() {
        return decision;
    }

    /** The facts the decision rests on; they are gathered when first asked for, which most steps never are. */
    public Evidence why() {
        if (why == null) why = network.evidence(element, new Header().set(arrived), decision);
        return why;
    }
}
