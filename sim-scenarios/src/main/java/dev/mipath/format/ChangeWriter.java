package dev.mipath.format;

import dev.mipath.topology.Change;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** Turns edits into trees; resources are named by their identities, which need no topology to be understood. */
final class ChangeWriter implements Change.Cases<Node> {
    private final IdentityWriter identities = new IdentityWriter(new References());
    private final RuleWriter rules = new RuleWriter(identities);

    private ChangeWriter() {}

    static Node tree(Change change) {
        return change.fold(new ChangeWriter());
    }

    @Override
    public Node addRule(Change.AddRule change) {
        return Members.only(
                "addRule", rules.rule(group(change.group()), change.rule()).build());
    }

    @Override
    public Node replaceRule(Change.ReplaceRule change) {
        return Members.only(
                "replaceRule", rules.rule(group(change.group()), change.rule()).build());
    }

    @Override
    public Node removeRule(Change.RemoveRule change) {
        return Members.only(
                "removeRule", group(change.group()).put("name", change.rule()).build());
    }

    @Override
    public Node addRoute(Change.AddRoute change) {
        return Members.only(
                "addRoute", rules.route(table(change.table()), change.route()).build());
    }

    @Override
    public Node replaceRoute(Change.ReplaceRoute change) {
        return Members.only(
                "replaceRoute",
                rules.route(table(change.table()), change.route()).build());
    }

    @Override
    public Node removeRoute(Change.RemoveRoute change) {
        return Members.only(
                "removeRoute", table(change.table()).put("name", change.route()).build());
    }

    @Override
    public Node setSecurityGroup(Change.SetSecurityGroup change) {
        return Members.only(
                "setSecurityGroup",
                new Members()
                        .put(target(change.target()), change.target().text())
                        .put("networkSecurityGroup", orNull(change.group()))
                        .build());
    }

    /** A subnet's identity has a parent, a NIC's has none. */
    private static String target(ResourceId target) {
        return target.parentName() == null ? "networkInterface" : "subnet";
    }

    @Override
    public Node setRouteTable(Change.SetRouteTable change) {
        return Members.only(
                "setRouteTable",
                new Members()
                        .put("subnet", change.subnet().text())
                        .put("routeTable", orNull(change.table()))
                        .build());
    }

    @Override
    public Node setBgpPropagationDisabled(Change.SetBgpPropagationDisabled change) {
        return Members.only(
                "setBgpPropagationDisabled",
                table(change.table())
                        .put("disableBgpRoutePropagation", Members.truth(change.disabled()))
                        .build());
    }

    @Override
    public Node setPeeringFlags(Change.SetPeeringFlags change) {
        Members members = new Members().put("peering", change.peering().text());
        members.put("allowVirtualNetworkAccess", change.flags().allowVirtualNetworkAccess(), Members::truth)
                .put("allowForwardedTraffic", change.flags().allowForwardedTraffic(), Members::truth)
                .put("allowGatewayTransit", change.flags().allowGatewayTransit(), Members::truth)
                .put("useRemoteGateways", change.flags().useRemoteGateways(), Members::truth);
        return Members.only("setPeeringFlags", members.build());
    }

    @Override
    public Node setPeeringState(Change.SetPeeringState change) {
        return Members.only(
                "setPeeringState",
                new Members()
                        .put("peering", change.peering().text())
                        .put("state", change.state().azureName())
                        .build());
    }

    @Override
    public Node addPeering(Change.AddPeering change) {
        Members members = new Members().put("vnet", change.vnet().text());
        ResourceId id = change.peering().id();
        identities.identity(members, id, ResourceKind.PEERING.identity(change.vnet(), id.name()));
        return Members.only(
                "addPeering",
                TopologyWriter.peering(members, change.peering(), identities).build());
    }

    @Override
    public Node setIpForwarding(Change.SetIpForwarding change) {
        return Members.only(
                "setIpForwarding",
                new Members()
                        .put("networkInterface", change.networkInterface().text())
                        .put("enableIpForwarding", Members.truth(change.on()))
                        .build());
    }

    @Override
    public Node setDnsServers(Change.SetDnsServers change) {
        return Members.only(
                "setDnsServers",
                new Members()
                        .put("vnet", change.vnet().text())
                        .put("dnsServers", Members.list(change.servers(), server -> Members.text(server.toString())))
                        .build());
    }

    @Override
    public Node setConnectionType(Change.SetConnectionType change) {
        return Members.only(
                "setConnectionType",
                new Members()
                        .put("managedInstance", change.instance().text())
                        .put("proxyOverride", change.connectionType())
                        .build());
    }

    @Override
    public Node removeLock(Change.RemoveLock change) {
        return Members.only(
                "removeLock", new Members().put("lock", change.lock().text()).build());
    }

    private static Members group(ResourceId group) {
        return new Members().put("networkSecurityGroup", group.text());
    }

    private static Members table(ResourceId table) {
        return new Members().put("routeTable", table.text());
    }

    private static Node orNull(@Nullable ResourceId id) {
        return id == null ? new Node.Null(Place.PLATFORM) : Members.text(id.text());
    }
}
