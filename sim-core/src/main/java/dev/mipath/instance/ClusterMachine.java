package dev.mipath.instance;

import com.google.common.primitives.ImmutableIntArray;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.ResourceId;

/**
 * A machine of a virtual cluster: a gateway or a SQL engine node. It serves its own ports and nothing else.
 *
 * <p>Models: "Connectivity architecture", section "Communication overview": customers can't access the virtual cluster
 * machines through Remote Desktop Protocol (read 2026-11-22).
 *
 * <p>Leaves out: what the management plane does there.
 *
 * @param name the element's name
 * @param subnet the subnet it stands in
 * @param address its address
 * @param ports the ports it serves to clients
 * @param firewall what guards its management ports
 */
public record ClusterMachine(
        String name, ResourceId subnet, Address address, ImmutableIntArray ports, BuiltInFirewall firewall)
        implements Element {
    /** Remote Desktop. */
    public static final int RDP = 3389;

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        if (header.destinationPort() == RDP) return Decision.end(Ending.NO_CUSTOMER_ACCESS, 0);
        if (header.protocol() == Protocol.TCP.number() && firewall.guards(header)) {
            return Decision.end(firewall.judge(header), 0);
        }
        boolean serves = header.protocol() == Protocol.TCP.number() && ports.contains(header.destinationPort());
        return Decision.end(serves || !header.opens() ? Ending.DELIVERED : Ending.NO_LISTENER, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        Ending ending = Decision.ending(decision);
        boolean guarded = ending == Ending.BUILT_IN_FIREWALL || ending == Ending.UNDETERMINED;
        return guarded
                ? new Evidence.SourceFirewall("built-in firewall of " + name, subnet, firewall.missing())
                : new Evidence.At(name, subnet);
    }
}
