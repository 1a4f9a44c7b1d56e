package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.topology.Place;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * VNets, subnets, peerings, groups and tables of Terraform in Azure's words.
 *
 * <p>A rule, route, subnet or peering may stand inside its whole or be a resource of its own; Terraform's view of the
 * whole then lists it as it was before. So what is a resource of its own, or is taken away by the plan, is left out of
 * the whole's list.
 */
final class TerraformNetworks {
    private static final List<String> SUBNET_TYPE = List.of("azurerm_subnet");
    private static final List<String> PEERING_TYPE = List.of("azurerm_virtual_network_peering");
    private static final List<String> RULE_TYPE = List.of("azurerm_network_security_rule");
    private static final List<String> ROUTE_TYPE = List.of("azurerm_route");

    private final TerraformIds ids;
    private final TerraformConfiguration configuration;
    private final TerraformAttachments attachments;
    private final Notices notices;
    private final Set<String> own = new HashSet<>();
    private final Map<String, Place> assumedEmpty = new LinkedHashMap<>();

    TerraformNetworks(
            TerraformIds ids,
            TerraformConfiguration configuration,
            TerraformAttachments attachments,
            TerraformDocument.Read document,
            Notices notices) {
        this.ids = ids;
        this.configuration = configuration;
        this.attachments = attachments;
        this.notices = notices;
        for (List<TerraformInstance> all : List.of(document.instances(), document.deleted())) {
            for (TerraformInstance instance : all) {
                boolean part = SUBNET_TYPE.contains(instance.type())
                        || PEERING_TYPE.contains(instance.type())
                        || RULE_TYPE.contains(instance.type())
                        || ROUTE_TYPE.contains(instance.type());
                if (part && !instance.data()) own.add(Ascii.toLowerCase(ids.idOf(instance)));
            }
        }
    }

    private boolean standsAlone(String wholeId, String kind, Node item) {
        return item instanceof Node.Obj object
                && object.get("name") instanceof Node.Str name
                && own.contains(Ascii.toLowerCase(wholeId + "/" + kind + "/" + name.text()));
    }

    /** The blocks of a list that the whole itself holds; a list that nothing sets is empty when it is made. */
    private ImmutableList<Node> inside(TerraformInstance whole, String block, String kind) {
        ImmutableList.Builder<Node> inside = ImmutableList.builder();
        for (Node item : whole.blocks(block)) {
            if (item instanceof Node.Unknown && whole.created() && configuration.leavesOut(whole, block)) {
                assumedEmpty.put(Printable.text(whole.address() + "." + block), item.place());
            } else if (!standsAlone(ids.idOf(whole), kind, item)) {
                inside.add(item);
            }
        }
        return inside.build();
    }

    /** Tells which lists were taken as empty so far. */
    void noticeAssumed() {
        if (assumedEmpty.isEmpty()) return;
        notices.add(
                Notices.PLAN_LIST_ASSUMED_EMPTY,
                assumedEmpty.values().iterator().next(),
                "the plan leaves lists open that its configuration does not set; they are taken as empty but for"
                        + " resources of their own: `" + String.join("`, `", assumedEmpty.keySet()) + "`");
    }

    Node.Obj vnet(TerraformInstance vnet) {
        TerraformBody body = new TerraformBody(vnet.values(), vnet.place())
                .copy("name", "name")
                .copy("location", "location");
        Node space = vnet.attribute("address_space");
        if (space != null) body.put("addressSpace", TerraformBody.object("addressPrefixes", space));
        Node servers = vnet.attribute("dns_servers");
        boolean none = servers instanceof Node.Unknown && configuration.leavesOut(vnet, "dns_servers");
        if (servers != null && !none) body.put("dhcpOptions", TerraformBody.object("dnsServers", servers));
        ImmutableList.Builder<Node> subnets = ImmutableList.builder();
        for (Node item : inside(vnet, "subnet", "subnets")) {
            int number = vnet.blocks("subnet").indexOf(item);
            subnets.add(item instanceof Node.Obj object ? subnetInside(vnet, object, number) : item);
        }
        body.put("subnets", new Node.Arr(vnet.place(), subnets.build()));
        ImmutableList.Builder<Node> peerings = ImmutableList.builder();
        if (vnet.attribute("vnet_peerings") instanceof Node.Obj links) {
            for (Node.Member link : links.members()) {
                Node.Obj peering = foundPeering(vnet, link);
                if (!standsAlone(ids.idOf(vnet), "virtualNetworkPeerings", peering)) peerings.add(peering);
            }
        }
        return body.put("virtualNetworkPeerings", new Node.Arr(vnet.place(), peerings.build()))
                .build();
    }

    /** A link that a data source lists: where it leads, and nothing of its switches. */
    private static Node.Obj foundPeering(TerraformInstance vnet, Node.Member link) {
        TerraformBody body = new TerraformBody(new Node.Obj(link.place(), ImmutableList.of()), link.place())
                .put("name", new Node.Str(link.place(), link.name()))
                .refer("remoteVirtualNetwork", link.value());
        for (String flag : List.of(
                "allowVirtualNetworkAccess", "allowForwardedTraffic", "allowGatewayTransit", "useRemoteGateways")) {
            body.put(
                    flag,
                    new Node.Unknown(link.place(), vnet.address() + ".vnet_peerings." + link.name() + "." + flag));
        }
        return body.build();
    }

    private Node.Obj subnetInside(TerraformInstance vnet, Node.Obj item, int number) {
        String name = item.get("name") instanceof Node.Str text ? text.text() : "";
        return subnet(item, item.place(), ids.idOf(vnet) + "/subnets/" + name, attribute -> {
            String type = attribute.equals("route_table_id") ? TerraformIds.TABLE : TerraformIds.GROUP;
            String called = attribute.equals("route_table_id") ? attribute : "security_group";
            return ids.reference(vnet, List.of("subnet", Integer.toString(number), called), type);
        });
    }

    Node.Obj subnet(TerraformInstance subnet) {
        return subnet(subnet.values(), subnet.place(), ids.idOf(subnet), attribute -> {
            String type = attribute.equals("route_table_id") ? TerraformIds.TABLE : TerraformIds.GROUP;
            return ids.reference(subnet, List.of(attribute), type);
        });
    }

    /** What names the group or table of a subnet in the subnet itself. */
    private interface OwnReference {
        @Nullable
        Node of(String attribute);
    }

    private Node.Obj subnet(Node.Obj values, Place place, String id, OwnReference reference) {
        TerraformBody body = new TerraformBody(values, place)
                .copy("name", "name")
                .copy("address_prefix", "addressPrefix")
                .copy("address_prefixes", "addressPrefixes")
                .copy("private_endpoint_network_policies", "privateEndpointNetworkPolicies");
        String enabled = "private_endpoint_network_policies_enabled";
        if (values.get("private_endpoint_network_policies") == null && values.get(enabled) instanceof Node.Bool on) {
            body.put("privateEndpointNetworkPolicies", new Node.Str(on.place(), on.value() ? "Enabled" : "Disabled"));
        }
        Node group = attachments.ofSubnet(id, TerraformIds.GROUP);
        body.refer("networkSecurityGroup", group != null ? group : reference.of("network_security_group_id"));
        Node table = attachments.ofSubnet(id, TerraformIds.TABLE);
        body.refer("routeTable", table != null ? table : reference.of("route_table_id"));
        body.refer("natGateway", attachments.ofSubnet(id, TerraformIds.NAT));
        return body.put("delegations", each(values.get("delegation"), TerraformNetworks::delegation))
                .put("serviceEndpoints", each(values.get("service_endpoints"), TerraformNetworks::endpoint))
                .build();
    }

    private static Node delegation(Node item) {
        if (!(item instanceof Node.Obj object)) return item;
        Node service = object.get("service_delegation");
        if (service instanceof Node.Arr array && !array.items().isEmpty())
            service = array.items().get(0);
        TerraformBody body = new TerraformBody(object, object.place()).copy("name", "name");
        return body.put("serviceName", service instanceof Node.Obj named ? named.get("name") : service)
                .build();
    }

    private static Node endpoint(Node item) {
        return item instanceof Node.Str service ? TerraformBody.object("service", service) : item;
    }

    private static @Nullable Node each(@Nullable Node list, java.util.function.UnaryOperator<Node> translated) {
        // Whether an unknown list holds a delegation decides nothing that is not decided elsewhere.
        if (!(list instanceof Node.Arr array)) return list instanceof Node.Unknown ? null : list;
        return new Node.Arr(
                array.place(), array.items().stream().map(translated).collect(ImmutableList.toImmutableList()));
    }

    Node.Obj peering(TerraformInstance peering) {
        Node complete = peering.attribute("peer_complete_virtual_networks_enabled");
        if (complete instanceof Node.Bool whole && !whole.value()) {
            notices.add(
                    Notices.NOT_MODELLED,
                    complete.place(),
                    "`" + Printable.text(peering.address())
                            + "` peers some subnets only, which is not modelled; answers take the whole VNets");
        }
        return new TerraformBody(peering.values(), peering.place())
                .copy("name", "name")
                .copy("allow_virtual_network_access", "allowVirtualNetworkAccess")
                .copy("allow_forwarded_traffic", "allowForwardedTraffic")
                .copy("allow_gateway_transit", "allowGatewayTransit")
                .copy("use_remote_gateways", "useRemoteGateways")
                .refer(
                        "remoteVirtualNetwork",
                        ids.reference(peering, List.of("remote_virtual_network_id"), TerraformIds.VNET))
                .build();
    }

    Node.Obj group(TerraformInstance group) {
        ImmutableList.Builder<Node> rules = ImmutableList.builder();
        for (Node item : inside(group, "security_rule", "securityRules")) {
            int number = group.blocks("security_rule").indexOf(item);
            rules.add(item instanceof Node.Obj rule ? rule(group, rule, rule.place(), number) : item);
        }
        return new TerraformBody(group.values(), group.place())
                .copy("name", "name")
                .put("securityRules", new Node.Arr(group.place(), rules.build()))
                .build();
    }

    Node.Obj rule(TerraformInstance rule) {
        return rule(rule, rule.values(), rule.place(), -1);
    }

    private Node.Obj rule(TerraformInstance of, Node.Obj values, Place place, int number) {
        TerraformBody body = new TerraformBody(values, place);
        for (String attribute : List.of("name", "priority", "direction", "access", "protocol")) {
            body.copy(attribute, attribute);
        }
        for (String side : List.of("source", "destination")) {
            body.copy(side + "_port_range", side + "PortRange")
                    .copy(side + "_port_ranges", side + "PortRanges")
                    .copy(side + "_address_prefix", side + "AddressPrefix")
                    .copy(side + "_address_prefixes", side + "AddressPrefixes");
            String groups = side + "_application_security_group_ids";
            List<String> path =
                    number < 0 ? List.of(groups) : List.of("security_rule", Integer.toString(number), groups);
            body.put(side + "ApplicationSecurityGroups", ids.references(of, path, TerraformIds.APPLICATION_GROUP));
        }
        return body.build();
    }

    Node.Obj table(TerraformInstance table) {
        ImmutableList.Builder<Node> routes = ImmutableList.builder();
        for (Node item : inside(table, "route", "routes")) {
            routes.add(item instanceof Node.Obj route ? route(route, route.place()) : item);
        }
        TerraformBody body = new TerraformBody(table.values(), table.place())
                .copy("name", "name")
                .put("routes", new Node.Arr(table.place(), routes.build()));
        boolean opposite = table.attribute("bgp_route_propagation_enabled") != null;
        if (opposite) body.copyOpposite("bgp_route_propagation_enabled", "disableBgpRoutePropagation");
        else body.copy("disable_bgp_route_propagation", "disableBgpRoutePropagation");
        return body.build();
    }

    Node.Obj route(Node.Obj values, Place place) {
        return new TerraformBody(values, place)
                .copy("name", "name")
                .copy("address_prefix", "addressPrefix")
                .copy("next_hop_type", "nextHopType")
                .copy("next_hop_in_ip_address", "nextHopIpAddress")
                .build();
    }
}
