package dev.mipath.engine;

import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * The way of packets that are treated alike, from one edge to the end: decided hop by hop once, and shared by all flows
 * that went exactly this way.
 */
final class Path {
    /** How a way ends whose packet arrived, but at somebody else's. */
    final boolean astray;
    /** The number in {@link Causes} of what became of the packet; {@link Causes#NONE} when it arrived. */
    final int cause;
    /** Where it arrived; {@link Places#NOWHERE} for the platform and the Internet. */
    final int arrival;
    /** The elements, by their numbers in the network. */
    final int[] elements;
    /** What each decided. */
    final long[] decisions;
    /** The same elements by the numbers that hold over time. */
    final int[] stable;
    /** How long the packet takes, in nanoseconds. */
    final long oneWay;
    /** The hop of the load balancer or translator that keeps the flow and forgets it when it is idle, or -1. */
    private final int keeper;
    /** Source and destination as they arrive; a null source is the sender's own. */
    final @Nullable Address source;

    final Address destination;
    final int destinationPort;

    /** The cluster whose gateway it leads to, once somebody asked; null for none. */
    private @Nullable VirtualCluster cluster;

    private boolean asked;

    Path(
            int cause,
            boolean astray,
            int arrival,
            Hops hops,
            Elements numbers,
            long oneWay,
            int keeper,
            @Nullable Address source,
            Address destination,
            int destinationPort) {
        this.cause = cause;
        this.astray = astray;
        this.arrival = arrival;
        this.elements = hops.elements();
        this.decisions = hops.decisions();
        this.oneWay = oneWay;
        this.keeper = keeper;
        this.source = source;
        this.destination = destination;
        this.destinationPort = destinationPort;
        this.stable = new int[elements.length];
        for (int i = 0; i < elements.length; i++) stable[i] = numbers.stable(elements[i]);
    }

    /** The hops of one walk, copied. */
    @SuppressWarnings("ArrayRecordComponent") // Handed over once.
    record Hops(int[] elements, long[] decisions) {}

    /** Whether the packet arrived where it should. */
    boolean arrives() {
        return cause == Causes.NONE;
    }

    boolean knowsCluster() {
        return asked;
    }

    /** The cluster whose gateway it leads to; a way belongs to one network, so that is looked up once. */
    @Nullable
    VirtualCluster cluster() {
        return cluster;
    }

    void setCluster(@Nullable VirtualCluster found) {
        cluster = found;
        asked = true;
    }

    /** Whether a load balancer or a translator keeps the flow, and forgets it when it is idle. */
    boolean forgets() {
        return keeper >= 0;
    }

    /** The element that forgets the flow. */
    int keeper() {
        return stable[keeper];
    }

    /** What the element decided that forgets the flow. */
    long keeperDecision() {
        return decisions[keeper];
    }

    /** The last element. */
    int last() {
        return stable[stable.length - 1];
    }

    /** What the last element decided. */
    long lastDecision() {
        return decisions[decisions.length - 1];
    }
}
