package dev.mipath.instance;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.ImmutableIntArray;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Header;
import dev.mipath.net.AddressSet;

/**
 * The firewall on the nodes of a virtual cluster: on the management ports it lets in Microsoft's ranges and the cluster's
 * own machines, whatever the security group in front of it allows.
 *
 * <p>Models: "Connectivity architecture", section "Virtual cluster connectivity architecture": a built-in firewall on the
 * nodes is set up to allow traffic only from Microsoft IP ranges (read 2026-11-23); facts 4.31, trap 20.
 *
 * <p>Leaves out: other ports than those of the management plane; which of Microsoft's ranges may use which port.
 *
 * @param ports the ports it guards
 * @param allowed whom it surely lets in
 * @param maybeAllowed whom it may let in, the former included
 * @param missing what would have to be known; empty when both sets are the same
 */
public record BuiltInFirewall(
        ImmutableIntArray ports, AddressSet allowed, AddressSet maybeAllowed, ImmutableList<String> missing) {
    /** No management endpoint, nothing to guard. */
    public static final BuiltInFirewall NONE =
            new BuiltInFirewall(ImmutableIntArray.of(), AddressSet.empty(), AddressSet.empty(), ImmutableList.of());

    /** Whether it has a say about a packet: an answer passes it unasked. */
    boolean guards(Header header) {
        return header.opens() && ports.contains(header.destinationPort());
    }

    /** How a packet that it guards against ends. */
    Ending judge(Header header) {
        if (allowed.contains(header.source())) return Ending.DELIVERED;
        return maybeAllowed.contains(header.source()) ? Ending.UNDETERMINED : Ending.BUILT_IN_FIREWALL;
    }
}
