package dev.mipath.explain;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Evidence;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * A question about the route of one packet, with everything the routes of its subnet said.
 *
 * @param source where the packet leaves from
 * @param destination where it goes
 * @param edge the place it leaves from, or null when no declared subnet holds the source
 * @param why what the route choice rests on, or null when there is no such place
 */
public record HopReport(
        Address source,
        Address destination,
        @Nullable Edge edge,
        @Nullable Evidence why) {
    /** The verdict of the route choice. */
    public HopVerdict verdict() {
        return why == null ? HopVerdict.nowhere(source) : HopVerdict.of(why);
    }
}
