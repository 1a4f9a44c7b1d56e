package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;

/**
 * The appliance of a route whose address no declared NIC has.
 *
 * <p>Models: fact 2.10 (read 2026-11-22).
 *
 * <p>Leaves out: internal load balancers in front of appliances.
 */
public final class UnknownAppliance implements Element {
    private final Address address;

    /** The appliance a route expects at this address. */
    public UnknownAppliance(Address address) {
        this.address = address;
    }

    @Override
    public String name() {
        return "appliance " + address;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        return Decision.end(Ending.APPLIANCE_UNKNOWN, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(name(), null);
    }
}
