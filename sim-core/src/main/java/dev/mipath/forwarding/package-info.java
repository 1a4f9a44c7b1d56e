/**
 * Floor 2: how any element of a network decides about one packet. Start at {@link
 * dev.mipath.forwarding.Network#decide}.
 *
 * <p>This is the only place where forwarding is decided. Drivers such as {@code trace} call it and may not
 * decide anything themselves. Elements keep no state: what they remember is in {@link
 * dev.mipath.forwarding.FlowMemory}.
 */
@NullMarked
package dev.mipath.forwarding;

import org.jspecify.annotations.NullMarked;
