package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.OutboundFact;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;

/**
 * Where what a virtual cluster sends leaves for the Internet: from here on it appears to come from the public address of
 * the management endpoint, except towards Azure services of the instance's own region.
 *
 * <p>Models: "Connectivity architecture", section "Management endpoint": when connections start inside, traffic appears to
 * start from the management endpoint's public IP address; traffic to services inside the region is optimized and not
 * NATed (read 2026-11-23); fact 4.32, trap 21.
 *
 * <p>Leaves out: translated ports, which keep their numbers here.
 *
 * @param inside the addresses of the cluster's machines
 * @param address the management endpoint's public address
 * @param assumed whether the input does not give the address
 * @param ownRegion the addresses of Azure services in the cluster's region, as far as they are known
 * @param doors the elements that let management traffic in, whose flows' answers leave here
 * @param self this element's number
 * @param next the element behind
 */
public record ClusterExit(
        AddressSet inside,
        Address address,
        boolean assumed,
        AddressSet ownRegion,
        ImmutableList<Integer> doors,
        int self,
        int next)
        implements Element {
    private static final OutboundFact BY = OutboundFact.of(new ResourceId("management endpoint"), Place.PLATFORM);
    private static final int TRANSLATED = 0;
    private static final int REGIONAL = 1;
    private static final int FOREIGN = 2;

    @Override
    public String name() {
        return "address translation of the management endpoint";
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        // What has a frontend's address by now needs no other.
        if (!header.sourceIn(inside)) return Decision.forward(next, FOREIGN);
        boolean answer = isAnswer(header, memory);
        if (!answer && header.destinationIn(ownRegion)) return Decision.forward(next, REGIONAL);
        long original = header.sourceLow();
        header.rewriteSource(address);
        if (!answer) memory.keep(self, header, original);
        return Decision.forward(next, TRANSLATED);
    }

    private boolean isAnswer(Header header, FlowMemory memory) {
        for (int i = 0; i < doors.size(); i++)
            if (memory.keptReply(doors.get(i), header) != FlowMemory.NOTHING) return true;
        return false;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return switch (Decision.reason(decision)) {
            case TRANSLATED -> new Evidence.Translated(name(), address, BY, 0, assumed);
            case REGIONAL -> new Evidence.SourceKept(name());
            default -> new Evidence.At(name(), null);
        };
    }
}
