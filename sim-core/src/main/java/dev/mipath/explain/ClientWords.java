package dev.mipath.explain;

import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ClientKind;
import dev.mipath.trace.Conversation.Problem;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What a client's own platform does to its packets, in words. */
final class ClientWords {
    /** A list of routes in a sentence is read by a person. */
    private static final int LISTED_MAX = 4;

    private ClientWords() {}

    /** Why the platform did not send the packet into the network. */
    static String explanation(Evidence.ClientSends client, Ending ending, String packet) {
        if (client.broken() != null) return limit(client.broken());
        String kind = client.kind().title();
        if (ending == Ending.CLIENT_OUTSIDE_VNET) {
            return packet + ": a client of this kind (" + kind
                    + ") runs outside every VNet of the customer, and a private"
                    + " address is nobody's there. No rule and no route of the network sees the packet.";
        }
        if (client.kind().sends() == ClientKind.Sends.PRIVATE_UNLESS_ALL) {
            return packet + ": the app sends private destinations into its VNet, this public range only with"
                    + " vnetRouteAllEnabled.";
        }
        return packet + ": the client's own route list (" + routes(client.routes()) + ") does not hold the"
                + " destination, so the packet"
                + " never enters the VPN. The list"
                + " is made when the client"
                + " package is, and stays as it"
                + " was.";
    }

    private static String limit(ClientKind.Limit limit) {
        return switch (limit) {
            case SUBNET_OF_ITS_OWN ->
                "The app is integrated with the instance's own subnet: that is delegated to managed instances alone,"
                        + " and VNet integration needs a subnet that is delegated to it.";
            case NO_EXPRESSROUTE ->
                "Gateway-required integration does not work with a VNet that has an ExpressRoute gateway.";
            case APPROVED_ENDPOINTS_ONLY ->
                "Data exfiltration protection is on: the managed VNet lets out nothing but its approved managed private"
                        + " endpoints, and the public endpoint is none.";
        };
    }

    private static String routes(List<Prefix> routes) {
        if (routes.isEmpty()) return "empty";
        String first = routes.stream().limit(LISTED_MAX).map(Prefix::toString).collect(Collectors.joining(", "));
        return routes.size() > LISTED_MAX ? first + " and " + (routes.size() - LISTED_MAX) + " more" : first;
    }

    /** What helps against a problem that the platform makes. */
    static String remedy(Problem problem) {
        @Nullable Step step = problem.step();
        if (step == null || !(step.why() instanceof Evidence.ClientSends client)) return "";
        ClientKind.@Nullable Limit broken = client.broken();
        if (broken != null) {
            return switch (broken) {
                case SUBNET_OF_ITS_OWN -> "integrate the app with a subnet of its own, in this VNet or a peered one";
                case NO_EXPRESSROUTE -> "use regional VNet integration";
                case APPROVED_ENDPOINTS_ONLY -> "make a managed private endpoint for the instance and have it approved";
            };
        }
        if (problem.ending() == Ending.CLIENT_ROUTE_MISSING) {
            return client.kind().sends() == ClientKind.Sends.LISTED
                    ? "see that the VNet is in reach of the gateway (allowGatewayTransit and useRemoteGateways for a"
                            + " peered one), then make and install the client package again"
                    : "switch vnetRouteAllEnabled on";
        }
        return switch (client.kind()) {
            case APP_SERVICE ->
                "integrate the app with a subnet of its own (regional VNet integration), in the instance's VNet or a"
                        + " peered one";
            case MANAGED_VNET_RUNTIME ->
                "make a managed private endpoint for the instance, or use a self-hosted runtime in the VNet";
            case DATA_FACTORY, HOSTED_AGENT ->
                "use a self-hosted runtime or agent in the VNet, or the instance's public endpoint (port 3342)";
            default ->
                "use a data gateway in the VNet, or the instance's public endpoint (port 3342) with service tag "
                        + (client.kind().serviceTag() == null
                                ? "of the service"
                                : client.kind().serviceTag()) + " allowed inbound";
        };
    }
}
