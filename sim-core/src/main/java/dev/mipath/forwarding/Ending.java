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
    /** Only peers of a peer have the address, and peering is not transitive (fact 3.2). */
    PEERING_NOT_TRANSITIVE(false),
    /** The gateway that knows the address is a peer's, and one half of the peering or both do not lend it (fact 3.5). */
    GATEWAY_TRANSIT_MISMATCH(false),
    /** A Basic load balancer's frontend is out of reach over global peering (fact 3.7). */
    GLOBAL_PEERING_BASIC_LB(false),
    /** No backend of a load balancer passes its health probe (facts 1.28, 3.11). */
    NO_HEALTHY_BACKEND(false),
    /** The machine is reached, but nobody listens on the port: a reset (fact 5c). */
    NO_LISTENER(false),
    /** No rule of the load balancer has the port; its frontend answers nothing by itself: silence. */
    NO_LOAD_BALANCING_RULE(false),
    /** The load balancer sends the flow to the very machine it comes from, whose answer then never fits (fact 3.12). */
    LOAD_BALANCER_HAIRPIN(false),
    /** A private endpoint of an instance carries port 1433 only (fact 4.3). */
    PRIVATE_ENDPOINT_PORT(false),
    /** The subnet is private, and nothing else gives its machines a way to the Internet (fact 3.18). */
    NO_OUTBOUND_ACCESS(false),
    /** Customers cannot reach the machines of a virtual cluster themselves, by RDP for one. */
    NO_CUSTOMER_ACCESS(false),
    /** The client runs outside every VNet of the customer, where a private address is nobody's (fact 7.10). */
    CLIENT_OUTSIDE_VNET(false),
    /** The client's own routes do not send the destination into the network (facts 7.10, 5c). */
    CLIENT_ROUTE_MISSING(false),
    /** What the client runs on cannot be used like this, whatever the network lets pass (fact 7.10). */
    CLIENT_KIND_CANNOT(false),
    /** Every source port of the translator serves a flow to this destination (facts 3.14, 3.15): silence. */
    SNAT_EXHAUSTED(false),
    /** An answer meets a stateful element that never saw the first packet (fact 3.23). */
    ASYMMETRIC_RETURN(false),
    /** The name resolves nowhere. */
    DNS_NAME_UNKNOWN(false),
    /** The VNet's own DNS server cannot be reached. */
    DNS_SERVER_UNREACHABLE(false),
    /** A rule with an AzurePlatformDNS tag stops name resolution (trap 18). */
    PLATFORM_DNS_BLOCKED(false),
    /** The gateway knows no instance by the server name in the login (fact 4.4). */
    GATEWAY_NAME_UNKNOWN(false),
    /** The client's resolver knows the gateway's name, but not that of the node it is sent on to (facts 4.11, 7.6). */
    REDIRECT_NAME_UNRESOLVED(false),
    /** The certificate is for other names (fact 4.17). */
    CERTIFICATE_NAME(false),
    /** The firewall on the nodes lets only Microsoft's ranges in on the management ports (fact 4.31). */
    BUILT_IN_FIREWALL(false),
    /** The management endpoint asks for a certificate of the management plane, which the caller lacks (fact 4.31). */
    CLIENT_CERTIFICATE(false),
    /** The firewall of a service, such as a storage account's, does not let the source in (fact 4.32). */
    SERVICE_FIREWALL(false),
    /** The other side speaks no TLS 1.2, which the instance insists on (fact 4.18). */
    TLS_VERSION(false),
    /** What is asked for does not exist any more, such as the management endpoint since November 2022 (fact 4.27). */
    ELEMENT_REMOVED(false),
    /** The client's library does not survive being redirected (facts 4.9, 7.7). */
    DRIVER_CANNOT_REDIRECT(false),
    /** The login is for the first host's name alone, and the node refuses it: error 18452 (fact 7.6). */
    LOGIN_NOT_FOR_NODE(false),
    /** A rule of a firewall that the route leads through denies it, or none allows it: silence for the client. */
    FIREWALL_DENY(false),
    /** A security admin rule denied it before any security group was asked: silence for the client (fact 1.30). */
    ADMIN_RULE_DENY(false),
    /** The input does not say enough to decide. */
    UNDETERMINED(false);

    private final boolean success;

    Ending(boolean success) {
        this.success = success;
    }

    /** Whether the client is told no, by a reset or a refusal of the service, instead of meeting silence. */
    public boolean refuses() {
        return switch (this) {
            case NO_LISTENER,
                    GATEWAY_NAME_UNKNOWN,
                    CERTIFICATE_NAME,
                    CLIENT_CERTIFICATE,
                    TLS_VERSION,
                    SERVICE_FIREWALL,
                    LOGIN_NOT_FOR_NODE -> true;
            default -> false;
        };
    }

    /** Whether the packet arrived. */
    public boolean success() {
        return success;
    }
}
