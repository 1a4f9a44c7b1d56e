package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.AddressSet;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A machine behind a NIC: takes what is addressed to it, and sends the rest on when it forwards.
 *
 * <p>Models: network virtual appliances, fact 2.10 (read 2026-11-22).
 *
 * <p>Leaves out: the machine's own firewall and routing table; a forwarding machine sends back out of the same NIC.
 */
public final class Host implements Element {
    private final Owner owner;
    private final AddressSet addresses;
    private final Given<Boolean> forwards;
    private final int self;
    private final int outbound;

    /**
     * Whose host it is.
     *
     * @param name the element's name
     * @param resource the NIC, subnet or site
     */
    public record Owner(String name, @Nullable ResourceId resource) {}

    /**
     * A host with one NIC that may forward.
     *
     * @param owner whose host it is
     * @param addresses its own addresses
     * @param forwards whether Azure lets it forward
     * @param self this element's number
     * @param outbound the first element of what leaves it
     */
    public Host(Owner owner, AddressSet addresses, Given<Boolean> forwards, int self, int outbound) {
        this.owner = owner;
        this.addresses = addresses;
        this.forwards = forwards;
        this.self = self;
        this.outbound = outbound;
    }

    /** A place where every packet that comes has arrived: the Internet, a site, the undeclared hosts of a subnet. */
    public static Host ofAll(Owner owner) {
        return new Host(owner, AddressSet.any(), Given.of(false), 0, 0);
    }

    @Override
    public String name() {
        return owner.name();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        if (header.destinationIn(addresses)) return Decision.end(Ending.DELIVERED, 0);
        if (forwards.is(true)) return pass(header, memory);
        return Decision.end(forwards.isUnknown() ? Ending.UNDETERMINED : Ending.APPLIANCE_NOT_FORWARDING, 0);
    }

    /** Appliances are taken for stateful firewalls: an answer passes only where its flow did. */
    private long pass(Header header, FlowMemory memory) {
        boolean known = memory.knows(self, header) || memory.knowsReply(self, header);
        if (!header.opens() && !known) return Decision.end(Ending.ASYMMETRIC_RETURN, 0);
        memory.remember(self, header);
        return Decision.forward(outbound, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(owner.name(), owner.resource());
    }
}
