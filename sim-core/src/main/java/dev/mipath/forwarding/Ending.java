package dev.mipath.forwarding;

/** Every way in which a packet's journey can end; the code names are those of the contract. */
public enum Ending {
    /** The packet reached the owner of its destination address. */
    DELIVERED(true),
    /** A rule for inbound flows denied it: silence for the client (trap 4). */
    NSG_DENY_INBOUND(false),
    /** A rule for outbound flows denied it: silence for the client. */
    NSG_DENY_OUTBOUND(false),
    /** The chosen route's next hop is None: a silent drop (fact 2.11). */
    ROUTE_NONE(false),
    /** No route covers the destination, or the chosen next hop does not exist. */
    ROUTE_NO_PATH(false),
    /** The packet went in circles until the hop limit. */
    ROUTE_LOOP(false),
    /** The next hop's NIC does not forward packets that are not its own (fact 2.10). */
    APPLIANCE_NOT_FORWARDING(false),
    /** A route names an appliance address that no declared NIC or load balancer owns. */
    APPLIANCE_UNKNOWN(false),
    /** One of the two links of a peering is not Connected (fact 3.1). */
    PEERING_NOT_CONNECTED(false),
    /** One side of a peering does not allow virtual network access (fact 3.3). */
    PEERING_ACCESS_OFF(false),
    /** The receiving side of a peering does not allow forwarded traffic (fact 3.4). */
    PEERING_FORWARDED_OFF(false),
    /** The input does not say enough to decide. */
    UNDETERMINED(false);

    private final boolean success;

    Ending(boolean success) {
        this.success = success;
    }

    /** Whether the packet arrived. */
    public boolean success() {
        return success;
    }
}
