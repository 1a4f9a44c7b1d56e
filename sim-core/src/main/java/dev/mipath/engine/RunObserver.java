package dev.mipath.engine;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;

/**
 * Is told what a run does as it does it, so that somebody else can judge whether it may. Nothing in a run depends on it.
 * Times are nanoseconds since the start; elements and machines go by the names that hold over all networks of the run.
 */
public interface RunObserver {
    /** The ways that the packets of one connection take. */
    enum Leg {
        /** Questions about names, and their answers. */
        NAME,
        /** The connection to the address that the name led to, usually a gateway's. */
        GATEWAY,
        /** The connection to the node that the gateway sent the client on to. */
        NODE,
        /** What a gateway passes on to a node. */
        INSIDE
    }

    /** The network of this number in the plan came into force. */
    default void turned(long time, int network) {}

    /** An action of the timeline was done. */
    default void acted(long time, TimedAction.Action action) {}

    /** A link that was clogged passes again. */
    default void unclogged(long time, TimedAction.Link link) {}

    /** A machine that was to stop for a while serves again. */
    default void started(long time, String machine) {}

    /** A load balancer's probe says whether a machine is down. */
    default void probed(long time, String machine, boolean isDown) {}

    /** A connection is begun. */
    default void begun(long time, int connection, int population, Address client) {}

    /**
     * A connection is logged in or has failed.
     *
     * @param outcome as in {@link RunReport#outcomes}
     * @param ending the code of what ended it; {@code NONE} for a login
     * @param instance the instance it was for, empty where nobody said
     */
    default void ended(long time, int connection, String outcome, String ending, String instance) {}

    /** A connection is over. */
    default void gone(long time, int connection) {}

    /**
     * A packet leaves its sender; that it got or found no source port has been told before.
     *
     * @param from the sender's edge
     * @param opens whether it opens a flow
     */
    default void sent(long time, int connection, Leg leg, Edge from, Packet packet, boolean opens) {}

    /** The answer to the packet that was last sent this way leaves whoever has got that. */
    default void answered(long time, int connection, Leg leg) {}

    /**
     * A packet was taken by whom it is for.
     *
     * @param isAnswer whether it is an answer
     * @param at the element that took it; empty for an answer, which only its sender takes
     */
    default void arrived(long time, int connection, Leg leg, boolean isAnswer, String at) {}

    /**
     * A flow got a source port.
     *
     * @param connection whose flow it is; below 0 for the tries that keep an instance well
     * @param pool the number of the pool it is from
     * @param ports how many such a pool has
     */
    default void portTaken(long time, int connection, int pool, SourcePorts ports) {}

    /** A flow found no source port in a pool. */
    default void portRefused(long time, int connection, int pool, SourcePorts ports) {}

    /** A flow is over and its source port rests. */
    default void portReleased(long time, int connection, int pool) {}

    /** A source port may be taken again. */
    default void portFreed(long time, int pool) {}

    /**
     * Traffic that keeps an instance well was tried.
     *
     * @param from the caller's edge
     * @param packet what it sent
     * @param passes whether packet and answer arrived
     */
    default void tried(long time, Upkeep upkeep, Edge from, Packet packet, boolean passes) {}

    /** An upkeep is not tried, as its instance is not there; earlier failures are forgotten. */
    default void lapsed(long time, Upkeep upkeep) {}

    /** What the management plane thinks of an instance after a try. */
    default void judged(long time, Upkeep upkeep, RunReport.State state) {}
}
