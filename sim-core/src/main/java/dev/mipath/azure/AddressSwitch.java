package dev.mipath.azure;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.lookup.LpmTable;
import dev.mipath.topology.ResourceId;

/**
 * Hands a packet to whoever owns its destination: the subnets of a VNet, the NICs of a subnet, the sites behind
 * a gateway. Azure answers for every address of a VNet itself, so there is no address resolution to model.
 */
public final class AddressSwitch implements Element {
    private final String name;
    private final ResourceId owner;
    private final LpmTable table;
    private final Ending nobody;

    /**
     * A switch.
     *
     * @param name the element's name
     * @param owner the VNet, subnet or gateway it stands for
     * @param table from a destination to the number of the next element
     * @param complete whether every address it hands out is known
     */
    public AddressSwitch(String name, ResourceId owner, LpmTable table, boolean complete) {
        this.name = name;
        this.owner = owner;
        this.table = table;
        this.nobody = complete ? Ending.ROUTE_NO_PATH : Ending.UNDETERMINED;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        int next = header.v6()
                ? table.match(header.destinationHigh(), header.destinationLow())
                : table.match((int) header.destinationLow());
        return next == LpmTable.NONE ? Decision.end(nobody, 0) : Decision.forward(next, 0);
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(name, owner);
    }
}
