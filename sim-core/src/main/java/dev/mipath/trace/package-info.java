/**
 * Floor 6: the driver without time. It asks a {@link dev.mipath.forwarding.Network} one question at one place, or
 * follows a packet from element to element; it decides nothing. Start at {@link dev.mipath.trace.PathWalk}.
 */
@NullMarked
package dev.mipath.trace;

import org.jspecify.annotations.NullMarked;
