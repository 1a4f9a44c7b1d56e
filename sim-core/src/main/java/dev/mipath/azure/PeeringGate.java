package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.AddressSet;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import org.jspecify.annotations.Nullable;

/**
 * The way from one VNet into a peered one.
 *
 * <p>Models: virtual network peering, facts 3.1, 3.3 and 3.4 (read 2026-11-22).
 *
 * <p>Leaves out: bandwidth and the synchronisation of address spaces.
 */
public final class PeeringGate implements Element {
    private static final int OWN = 0;
    private static final int OTHER = 1;

    private final Links links;
    private final Given<AddressSet> senders;
    private final AddressSet outOfReach;
    private final int next;

    /**
     * The two links of a peering.
     *
     * @param own the link of the VNet the packet leaves
     * @param ownState its state
     * @param other the link of the VNet the packet enters, or null when that VNet has none or it is not known
     * @param otherState its state; unknown when it is not known whether there is one
     */
    public record Links(
            Peering own,
            Given<Peering.State> ownState,
            @Nullable Peering other,
            Given<Peering.State> otherState) {}

    /**
     * A gate.
     *
     * @param links the two links
     * @param senders the ranges of the VNet the packet leaves; a packet from elsewhere is forwarded traffic
     * @param outOfReach frontends of Basic load balancers behind a global peering (fact 3.7)
     * @param next the first element in the other VNet
     */
    public PeeringGate(Links links, Given<AddressSet> senders, AddressSet outOfReach, int next) {
        this.links = links;
        this.senders = senders;
        this.outOfReach = outOfReach;
        this.next = next;
    }

    @Override
    public String name() {
        return "peering " + links.own.id().qualifiedName();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        @Nullable Peering other = links.other;
        if (!links.ownState.mayBe(Peering.State.CONNECTED)) return Decision.end(Ending.PEERING_NOT_CONNECTED, OWN);
        if (!links.otherState.mayBe(Peering.State.CONNECTED)) return Decision.end(Ending.PEERING_NOT_CONNECTED, OTHER);
        if (links.own.flags().allowVirtualNetworkAccess().is(false)) {
            return Decision.end(Ending.PEERING_ACCESS_OFF, OWN);
        }
        if (other == null) return Decision.end(Ending.UNDETERMINED, OTHER);
        if (other.flags().allowVirtualNetworkAccess().is(false)) {
            return Decision.end(Ending.PEERING_ACCESS_OFF, OTHER);
        }
        boolean unsure = links.ownState.isUnknown()
                || links.otherState.isUnknown()
                || links.own.flags().allowVirtualNetworkAccess().isUnknown()
                || other.flags().allowVirtualNetworkAccess().isUnknown()
                || senders.isUnknown();
        boolean forwarded = !senders.isUnknown() && !header.sourceIn(senders.orElse(AddressSet.empty()));
        Given<Boolean> allowForwarded = other.flags().allowForwardedTraffic();
        if (forwarded && allowForwarded.is(false)) return Decision.end(Ending.PEERING_FORWARDED_OFF, OTHER);
        if (forwarded && allowForwarded.isUnknown()) return Decision.end(Ending.UNDETERMINED, OTHER);
        if (header.destinationIn(outOfReach)) return Decision.end(Ending.GLOBAL_PEERING_BASIC_LB, OTHER);
        return unsure ? Decision.end(Ending.UNDETERMINED, OWN) : Decision.forward(next, OWN);
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        return next;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        @Nullable Peering other = links.other;
        if (other == null) return new Evidence.PeeringMet(links.own.id(), null, links.own.place());
        boolean otherDecided = Decision.reason(decision) == OTHER;
        return new Evidence.PeeringMet(links.own.id(), other.id(), otherDecided ? other.place() : links.own.place());
    }
}
