package dev.mipath.explain;

import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.repair.Repair;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import org.jspecify.annotations.Nullable;

/** Remedies in one clause. */
final class RemedyWords {
    private RemedyWords() {}

    static String summary(Blocker blocker, Conversation conversation) {
        return switch (blocker.remedy().kind()) {
            case ALLOW_BEFORE_DENY -> "allow the flow before the rule that denies it";
            case MOVE_DENY -> "move the denying rule behind the others; no priority before it is free";
            case REMOVE_ROUTE -> "remove the route that leads astray";
            case PROPAGATE_GATEWAY_ROUTES -> "let the gateway's routes into the subnet's route table";
            case ROUTE_TAG -> "route the service tag straight to the Internet; the other traffic goes on as it does";
            case ENABLE_FORWARDING -> "switch IP forwarding on at the appliance's NIC (its system has to forward too)";
            case CONNECT_PEERING -> "connect both halves of the peering";
            case SET_PEERING_FLAG -> "switch the peering's flag on";
            case LEND_GATEWAY ->
                "lend the gateway over the peering: allowGatewayTransit at its VNet's half, useRemoteGateways at the other";
            case ROUTE_BY_APPLIANCE -> "send it through the appliance in the VNet that both are peered with";
            case PEER_DIRECTLY ->
                "peer the two VNets, or put an appliance that forwards into the VNet between them and route through it";
            case NO_GLOBAL_PEERING ->
                "connect from a VNet of the instance's own region, or through a VPN or ExpressRoute"
                        + " gateway; subnets made since September 2020 have no such limit";
            case RESOLVE_NODES ->
                "let the client's resolver forward the instance's zone to public DNS, or switch the instance to Proxy";
            case NO_HAIRPIN ->
                "let the machine ask itself by its own address, or switch floating IP on and give it the frontend's"
                        + " address; with more backends some flows hit, others do not";
            case USE_PUBLIC_ENDPOINT ->
                "connect from inside the network, or switch the instance's public endpoint on, allow port 3342 inbound"
                        + " and connect to its `.public.` name";
            case USE_HOST_NAME -> hostName(blocker, conversation);
            case KEEP_CLOSED -> "leave it closed: the management plane alone has business here";
            case SWITCH_TO_PROXY -> "switch the instance to connection type Proxy, or " + otherClient(blocker);
            case DROP_CERTIFICATE_NAME ->
                "leave hostNameInCertificate out: the library then looks for the name it connects to";
            case CHANGE_CLIENT -> ClientWords.remedy(blocker.problem());
            case ADMIT_AT_SERVICE -> admit(blocker);
            case ALLOW_AT_FIREWALL -> atFirewall(blocker);
            case ALLOW_IN_ADMIN_RULES ->
                "put an allow with a lower number into the security admin rules, or take the VNet out of their network"
                        + " group; no security group can let pass what they deny";
            case UPDATE_TLS ->
                "apply the TLS 1.2 updates to the SQL Server (support.microsoft.com/help/3135244), or take a newer"
                        + " version";
            case NONE -> "none known that could be tried here";
        };
    }

    /** What came of the edits of a blocker when they were tried with those of the {@code independent} others. */
    static String tried(Blocker blocker, Repair repair, long independent) {
        String connects =
                independent > 1 ? "traced again together with the other fixes: connects" : "traced again: connects";
        return switch (repair.trial()) {
            case CONNECTS -> {
                if (repair.proven()) yield connects;
                yield connects
                        + (blocker.remedy().offerable()
                                ? "; not offered as an edit, for another fix is not"
                                : "; not offered as an edit: whoever owns the networks decides");
            }
            case OPEN -> "traced again: no blocker is left, but the input does not say enough to be sure";
            case FAILS -> "not offered as tried: traced again, the client still does not connect";
            case NONE -> "not offered as tried: another blocker has no fix that could be tried";
        };
    }

    private static String otherClient(Blocker blocker) {
        return blocker.problem().finding() instanceof Finding.ForeignTicket
                ? "log in otherwise than with a Windows ticket"
                : "use a newer library";
    }

    /** A rule for an address helps only whom the service sees by a public one (fact 4.32). */
    private static String atFirewall(Blocker blocker) {
        @Nullable Step step = blocker.problem().step();
        if (step == null) return "let the flow pass at the firewall";
        Packet packet = step.arrived();
        boolean redirect = packet.destinationPort() >= 11_000 && packet.destinationPort() <= 11_999;
        return "let " + packet.protocol() + " " + packet.source() + " → " + packet.destination() + " port "
                + (redirect ? "11000-11999" : String.valueOf(packet.destinationPort()))
                + " pass in a network rule of the firewall, better the whole subnet of the instance (its addresses"
                + " change)";
    }

    private static String admit(Blocker blocker) {
        @Nullable Step step = blocker.problem().step();
        if (step != null && PlatformRanges.PUBLIC_SPACE.contains(step.arrived().source())) {
            return "let in " + step.arrived().source() + " at the service's firewall";
        }
        return "no address rule helps, for the service sees a private address: let the subnet in by a service endpoint"
                + " (Microsoft.Storage) or a private endpoint, or use a service in another region";
    }

    private static String hostName(Blocker blocker, Conversation conversation) {
        @Nullable Finding finding = blocker.problem().finding();
        if (finding instanceof Finding.NameFault fault) {
            return "connect to " + Safe.text(fault.fault().rightForm());
        }
        if (finding instanceof Finding.NameDenied denied && denied.alias() != null) {
            return "give private zone " + Safe.text(denied.by()) + " the record `"
                    + denied.alias().substring(0, denied.alias().indexOf('.'))
                    + "` with the address of that instance's private endpoint (a record for an alias of it is never"
                    + " asked for)";
        }
        if (finding instanceof Finding.NameDenied denied) {
            return "give " + Safe.text(denied.by())
                    + " the name, or let it forward the instance's zone to 168.63.129.16 or public DNS";
        }
        if (finding instanceof Finding.PublicEndpoint endpoint) {
            return "connect to " + Safe.text(endpoint.privateName())
                    + ",1433 from inside the network, or switch the public endpoint on and allow port 3342 inbound";
        }
        return "connect by the instance's own host name instead of "
                + Safe.text(conversation.request().target().host());
    }
}
