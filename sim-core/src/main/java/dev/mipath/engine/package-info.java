/**
 * Floor 6: the driver with virtual time. It says when things happen, never what: whether a packet passes is
 * asked of a {@link dev.mipath.forwarding.Network}. Start at {@link dev.mipath.engine.Simulation}, which drives a
 * {@link dev.mipath.engine.World} from event to event. The same seed gives the same bytes.
 */
@NullMarked
package dev.mipath.engine;

import org.jspecify.annotations.NullMarked;
