/**
 * Floor 6: all packets at once. Start at {@link dev.mipath.space.PolicyDiagram} for what a list of security rules does
 * to every packet, and at {@link dev.mipath.space.RouteMap} for where the routes of a subnet send every address.
 *
 * <p>Nothing is decided here: both are made from the effective rules and routes that {@code compile} hands to the
 * network, and laws hold them to it packet by packet.
 */
@NullMarked
package dev.mipath.space;

import org.jspecify.annotations.NullMarked;
