package dev.mipath.forwarding;

import dev.mipath.net.Packet;

/**
 * One step of a packet: where it was, what arrived, what was decided and why.
 *
 * @param element the element's number
 * @param at the element's name
 * @param arrived the packet as it arrived
 * @param decision the {@link Decision}
 * @param why the facts it rests on
 */
public record Step(int element, String at, Packet arrived, long decision, Evidence why) {}
