package dev.mipath.explain;

import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.SecurityRule;
import java.util.List;

/** An edit as the {@code az} command that makes it. Names are quoted for a shell. */
final class AzCommand implements Change.Cases<String> {
    static final AzCommand WRITER = new AzCommand();

    private AzCommand() {}

    static String of(Change change) {
        return change.fold(WRITER);
    }

    @Override
    public String addRule(Change.AddRule change) {
        return rule("create", change.group(), change.rule());
    }

    @Override
    public String replaceRule(Change.ReplaceRule change) {
        return rule("update", change.group(), change.rule());
    }

    private static String rule(String verb, ResourceId group, SecurityRule rule) {
        SecurityRule.Match match = rule.match();
        return "az network nsg rule " + verb + " -g " + resourceGroup(group) + " --nsg-name " + name(group) + " -n "
                + quoted(rule.name()) + " --priority " + rule.priority().orElse(0) + " --direction "
                + rule.direction().orElse(Direction.INBOUND).azureName() + " --access "
                + rule.access().orElse(Access.ALLOW).azureName() + " --protocol "
                + quoted(match.protocol().orElse(Protocol.ANY).azureName()) + " --source-address-prefixes"
                + words(match.source()) + " --source-port-ranges" + ports(match.sourcePorts())
                + " --destination-address-prefixes" + words(match.destination()) + " --destination-port-ranges"
                + ports(match.destinationPorts());
    }

    private static String words(List<?> terms) {
        StringBuilder words = new StringBuilder();
        for (Object term : terms) words.append(' ').append(quoted(term.toString()));
        return words.toString();
    }

    private static String ports(List<Given<PortRange>> ports) {
        return words(ports);
    }

    @Override
    public String removeRule(Change.RemoveRule change) {
        return "az network nsg rule delete -g " + resourceGroup(change.group()) + " --nsg-name " + name(change.group())
                + " -n " + quoted(change.rule());
    }

    @Override
    public String addRoute(Change.AddRoute change) {
        return route("create", change.table(), change.route());
    }

    @Override
    public String replaceRoute(Change.ReplaceRoute change) {
        return route("update", change.table(), change.route());
    }

    private static String route(String verb, ResourceId table, Route route) {
        String hop = route.nextHopIpAddress() == null ? "" : " --next-hop-ip-address " + route.nextHopIpAddress();
        return "az network route-table route " + verb + " -g " + resourceGroup(table) + " --route-table-name "
                + name(table) + " -n " + quoted(route.name()) + " --address-prefix "
                + quoted(route.destination().toString()) + " --next-hop-type "
                + route.nextHopType().orElse(NextHopType.NONE).azureName() + hop;
    }

    @Override
    public String removeRoute(Change.RemoveRoute change) {
        return "az network route-table route delete -g " + resourceGroup(change.table()) + " --route-table-name "
                + name(change.table()) + " -n " + quoted(change.route());
    }

    @Override
    public String setSecurityGroup(Change.SetSecurityGroup change) {
        ResourceId group = change.group();
        String value = group == null ? "null" : quoted(group.text());
        return subnet(change.target()) + " --network-security-group " + value;
    }

    @Override
    public String setRouteTable(Change.SetRouteTable change) {
        ResourceId table = change.table();
        return subnet(change.subnet()) + " --route-table " + (table == null ? "null" : quoted(table.text()));
    }

    private static String subnet(ResourceId id) {
        String parent = id.parentName();
        return parent == null
                ? "az network nic update -g " + resourceGroup(id) + " -n " + name(id)
                : "az network vnet subnet update -g " + resourceGroup(id) + " --vnet-name " + quoted(parent) + " -n "
                        + name(id);
    }

    @Override
    public String setBgpPropagationDisabled(Change.SetBgpPropagationDisabled change) {
        return "az network route-table update -g " + resourceGroup(change.table()) + " -n " + name(change.table())
                + " --disable-bgp-route-propagation " + change.disabled();
    }

    @Override
    public String setPeeringFlags(Change.SetPeeringFlags change) {
        Peering.Flags flags = change.flags();
        return peering("update", change.peering()) + " --set allowVirtualNetworkAccess="
                + flags.allowVirtualNetworkAccess().orElse(true) + " allowForwardedTraffic="
                + flags.allowForwardedTraffic().orElse(false) + " allowGatewayTransit="
                + flags.allowGatewayTransit().orElse(false) + " useRemoteGateways="
                + flags.useRemoteGateways().orElse(false);
    }

    /** Azure sets the state itself: a link becomes Connected when both have been made anew (fact 3.1). */
    @Override
    public String setPeeringState(Change.SetPeeringState change) {
        return peering("sync", change.peering()) + "   # or delete both links and create them again";
    }

    @Override
    public String addPeering(Change.AddPeering change) {
        Given<ResourceId> remote = change.peering().remoteVnet();
        return peering("create", change.peering().id()) + " --remote-vnet "
                + quoted(remote.map(ResourceId::text).orElse("?")) + " --allow-vnet-access";
    }

    private static String peering(String verb, ResourceId id) {
        String vnet = id.parentName();
        return "az network vnet peering " + verb + " -g " + resourceGroup(id) + " --vnet-name "
                + quoted(vnet == null ? "?" : vnet) + " -n " + name(id);
    }

    @Override
    public String setIpForwarding(Change.SetIpForwarding change) {
        return "az network nic update -g " + resourceGroup(change.networkInterface()) + " -n "
                + name(change.networkInterface()) + " --ip-forwarding " + change.on();
    }

    @Override
    public String setDnsServers(Change.SetDnsServers change) {
        return "az network vnet update -g " + resourceGroup(change.vnet()) + " -n " + name(change.vnet())
                + " --dns-servers" + (change.servers().isEmpty() ? " \"\"" : words(change.servers()));
    }

    @Override
    public String setConnectionType(Change.SetConnectionType change) {
        return "az sql mi update -g " + resourceGroup(change.instance()) + " -n " + name(change.instance())
                + " --proxy-override " + quoted(change.connectionType());
    }

    @Override
    public String removeLock(Change.RemoveLock change) {
        ResourceId lock = change.lock();
        return lock.text().startsWith("/")
                ? "az lock delete --ids " + quoted(lock.text())
                : "az lock delete -g RESOURCE_GROUP -n " + name(lock);
    }

    private static String name(ResourceId id) {
        return quoted(id.name());
    }

    /** The resource group of an Azure id; a bare name leaves it to the reader. */
    private static String resourceGroup(ResourceId id) {
        String[] parts = id.text().split("/", -1);
        for (int i = 0; i + 1 < parts.length; i++) {
            if (parts[i].equalsIgnoreCase("resourceGroups")) return quoted(parts[i + 1]);
        }
        return "RESOURCE_GROUP";
    }

    private static String quoted(String word) {
        String safe = Safe.text(word);
        boolean plain = !safe.isEmpty();
        for (int i = 0; i < safe.length() && plain; i++) {
            char c = safe.charAt(i);
            plain = c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || "-_./:,".indexOf(c) >= 0;
        }
        return plain ? safe : "'" + safe.replace("'", "'\\''") + "'";
    }
}
