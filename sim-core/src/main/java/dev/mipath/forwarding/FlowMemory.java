package dev.mipath.forwarding;

/**
 * What the elements of a network remember of earlier packets. The driver owns it; elements only ask and
 * tell (fact 1.10: an allowed first packet makes a flow record, and replies need no rule).
 */
public interface FlowMemory {
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
    };

    /** Whether the element has let a packet with this 5-tuple pass. */
    boolean knows(int element, Header header);

    /** Whether the element has let a packet pass to which this one is the reply. */
    boolean knowsReply(int element, Header header);

    /** Whether health probes found this machine down. */
    boolean isDown(int element);

    /** Notes that the element let this packet pass. */
    void remember(int element, Header header);
}
