package dev.mipath.engine;

import dev.mipath.forwarding.Network;
import dev.mipath.net.Packet;

/** Is told every hop that is decided afresh; packets that follow a way already decided are not told again. */
public interface StepSink {
    /**
     * A hop.
     *
     * @param connection whose packet it is
     * @param network the network that decided
     * @param element the element's number in it
     * @param arrived the packet as it arrived
     * @param decision the decision
     */
    void step(int connection, Network network, int element, Packet arrived, long decision);
}
