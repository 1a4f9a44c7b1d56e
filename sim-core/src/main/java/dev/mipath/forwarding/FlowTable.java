package dev.mipath.forwarding;

import dev.mipath.net.Packet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A {@link FlowMemory} by 5-tuple, for drivers that follow a few flows. */
public final class FlowTable implements FlowMemory {
    private final Set<Flow> flows = new HashSet<>();
    private final Set<Integer> down = new HashSet<>();
    private final Map<Flow, Long> kept = new HashMap<>();

    private record Flow(int element, Packet first) {
        // Written out for the cold start, as the packet's own are.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Flow that && element == that.element && first.equals(that.first);
        }

        @Override
        public int hashCode() {
            return first.hashCode() * 31 + element;
        }
    }

    @Override
    public boolean knows(int element, Header header) {
        return flows.contains(new Flow(element, header.packet()));
    }

    @Override
    public boolean knowsReply(int element, Header header) {
        return flows.contains(new Flow(element, header.packet().reversed()));
    }

    @Override
    public void remember(int element, Header header) {
        flows.add(new Flow(element, header.packet()));
    }

    @Override
    public void keep(int element, Header header, long value) {
        kept.put(new Flow(element, header.packet()), value);
    }

    @Override
    public long keptReply(int element, Header header) {
        if (kept.isEmpty()) return NOTHING;
        return kept.getOrDefault(new Flow(element, header.packet().reversed()), NOTHING);
    }

    @Override
    public boolean isDown(int element) {
        return down.contains(element);
    }

    /** Notes what the health probes of a machine found. */
    public void setDown(int element, boolean isDown) {
        if (isDown) {
            down.add(element);
        } else {
            down.remove(element);
        }
    }
}
