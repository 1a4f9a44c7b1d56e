package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.AddressSet;
import dev.mipath.topology.ResourceId;

/**
 * The firewall of a public service such as a storage account, at one of its two doors: for what comes from the Internet,
 * and for what comes by a service endpoint.
 *
 * <p>Models: facts 3.19 and 4.32, trap 21 (read 2026-11-23): addresses are public ones, and a subnet is let in only where
 * its service endpoint shows it.
 *
 * <p>Leaves out: exceptions for trusted services, resource instances.
 *
 * @param owner the service
 * @param allowed whom it surely lets in
 * @param maybeAllowed whom it may let in, the former included
 * @param missing what would have to be known; empty when both sets are the same
 */
public record ServiceFirewall(
        ResourceId owner, AddressSet allowed, AddressSet maybeAllowed, ImmutableList<String> missing)
        implements Element {
    @Override
    public String name() {
        return "firewall of " + owner.name();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        if (allowed.contains(header.source())) return Decision.end(Ending.DELIVERED, 0);
        boolean open = maybeAllowed.contains(header.source());
        return Decision.end(open ? Ending.UNDETERMINED : Ending.SERVICE_FIREWALL, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return Decision.ending(decision) == Ending.DELIVERED
                ? new Evidence.At(owner.name(), null)
                : new Evidence.SourceFirewall(name(), owner, missing);
    }
}
