package dev.mipath.forwarding;

/**
 * What the elements of a network remember of earlier packets. The driver owns it; elements only ask and
 * tell (fact 1.10: an allowed first packet makes a flow record, and replies need no rule).
 */
public interface FlowMemory {
    /** What is kept where nothing is. */
    long NOTHING = -1;

    /** From which source ports a translator serves a flow (facts 3.14 to 3.17). */
    enum PortPool {
        /** A NAT gateway's: all machines behind it share them. */
        SHARED,
        /** A machine's own public address. */
        OWN,
        /** Default outbound access or a load balancer's, which set aside as many for each machine. */
        PREALLOCATED
    }

    /** Remembers nothing: every packet is the first of its flow. */
    FlowMemory NONE = new FlowMemory() {
        @Override
        public boolean knows(int element, Header header) {
            return false;
        }

        @Override
        public boolean knowsReply(int element, Header header) {
            return false;
        }

        @Override
        public boolean isDown(int element) {
            return false;
        }

        @Override
        public void remember(int element, Header header) {
            // Deliberately forgets: a question about one packet leaves no trace.
        }

        @Override
        public void keep(int element, Header header, long value) {
            // Forgets as well.
        }

        @Override
        public long kept(int element, Header header) {
            return NOTHING;
        }

        @Override
        public long keptReply(int element, Header header) {
            return NOTHING;
        }
    };

    /** Whether the element has let a packet with this 5-tuple pass. */
    boolean knows(int element, Header header);

    /** Whether the element has let a packet pass to which this one is the reply. */
    boolean knowsReply(int element, Header header);

    /** Whether health probes found this machine down. */
    boolean isDown(int element);

    /** Notes that the element let this packet pass. */
    void remember(int element, Header header);

    /** Notes a value, 0 or more, that the element needs for the answers to this packet. */
    void keep(int element, Header header, long value);

    /** The value kept for a packet with this 5-tuple, or {@link #NOTHING}. */
    long kept(int element, Header header);

    /** The value kept for the packet to which this one is the reply, or {@link #NOTHING}. */
    long keptReply(int element, Header header);

    /**
     * Takes a source port for the packet's flow, which a flow that has one keeps. A driver that follows a few flows has
     * ports for all of them.
     *
     * @return whether the flow has one
     */
    default boolean reserve(int element, SourcePorts ports, Header header) {
        return true;
    }
}
