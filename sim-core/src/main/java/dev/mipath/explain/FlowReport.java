package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.topology.Direction;
import org.jspecify.annotations.Nullable;

/**
 * A question about one flow at one place, with everything the filters there said.
 *
 * @param direction the direction as seen from the local end
 * @param packet the first packet of the flow
 * @param edge the place, or null when no declared subnet holds the local address
 * @param steps the filters that were asked, in order
 */
public record FlowReport(
        Direction direction, Packet packet, @Nullable Edge edge, ImmutableList<Step> steps) {
    /** The local end's address. */
    public Address local() {
        return direction == Direction.INBOUND ? packet.destination() : packet.source();
    }

    /** The verdict of the filter that was asked last. */
    public FlowVerdict verdict() {
        if (edge == null) return FlowVerdict.nowhere(local());
        if (steps.isEmpty()) return FlowVerdict.unfiltered();
        Step last = steps.get(steps.size() - 1);
        return FlowVerdict.of(last.decision(), last.why());
    }
}
