package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.errorprone.annotations.CanIgnoreReturnValue;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkInterface.IpConfiguration;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import org.jspecify.annotations.Nullable;

/** Turns a topology into the tree of its document; what the reader would assume anyway is left out. */
final class TopologyWriter {
    /** The document, its lists and their resources are blocks; rules, routes and small things stand on one line. */
    static final int BLOCK_DEPTH = 2;

    private final IdentityWriter identities;
    private final RuleWriter rules;

    private TopologyWriter(References references) {
        identities = new IdentityWriter(references);
        rules = new RuleWriter(identities);
    }

    static Node tree(TopologyDocument document) {
        return new TopologyWriter(References.of(document.topology())).document(document);
    }

    private void time(@Nullable TimeScript time, Members members) {
        if (time != null) TimeScriptWriter.write(time, members, this::managedInstance);
    }

    private static @Nullable Node expect(TopologyDocument document) {
        ImmutableList.Builder<Node> items = ImmutableList.builder();
        document.expect().forEach(each -> items.add(new ExpectationWriter().expectation(each)));
        if (document.time() != null) document.time().expect().forEach(each -> items.add(TimeScriptWriter.figure(each)));
        ImmutableList<Node> all = items.build();
        return all.isEmpty() ? null : Members.list(all, item -> item);
    }

    private Node document(TopologyDocument document) {
        Topology topology = document.topology();
        @Nullable Ask ask = document.ask();
        return new Members()
                .put(TopologyYaml.KEY, TopologyYaml.VERSION)
                .put("name", topology.name())
                .put("profile", topology.profile())
                .listed("vnets", topology.vnets(), this::vnet)
                .listed("networkSecurityGroups", topology.networkSecurityGroups(), this::group)
                .listed("routeTables", topology.routeTables(), this::table)
                .listed("networkInterfaces", topology.networkInterfaces(), this::networkInterface)
                .listed("virtualMachines", topology.virtualMachines(), this::machine)
                .listed(
                        "applicationSecurityGroups",
                        topology.applicationSecurityGroups(),
                        group -> identities
                                .named(ResourceKind.APPLICATION_SECURITY_GROUP, group.id())
                                .build())
                .listed("managedInstances", topology.managedInstances(), this::managedInstance)
                .listed("virtualNetworkGateways", topology.virtualNetworkGateways(), this::gateway)
                .listed(
                        "localNetworkGateways",
                        topology.localNetworkGateways(),
                        site -> identities
                                .named(ResourceKind.LOCAL_NETWORK_GATEWAY, site.id())
                                .put("addressPrefixes", prefixes(site.addressPrefixes()))
                                .build())
                .listed("gatewayConnections", topology.gatewayConnections(), this::connection)
                .listed("privateEndpoints", topology.privateEndpoints(), this::privateEndpoint)
                .listed("clients", topology.clients(), client -> ClientReader.tree(client, identities))
                .also(members -> new ServiceWriter(identities).services(topology, members))
                .listed("effectiveSecurityRules", topology.effectiveSecurityRules(), this::effectiveRules)
                .listed("effectiveRouteTables", topology.effectiveRouteTables(), this::effectiveRoutes)
                .put("ask", ask == null ? null : ExpectationWriter.ask(ask))
                .also(members -> time(document.time(), members))
                .put("expect", expect(document))
                .build();
    }

    private Node vnet(Vnet vnet) {
        Members members = identities.named(ResourceKind.VNET, vnet.id());
        boolean noLocation = vnet.location() instanceof Given.Unknown<String> unknown
                && unknown.what().equals(NetworkReader.NO_LOCATION);
        if (!noLocation) members.put("location", vnet.location(), Members::text);
        return members.put("addressPrefixes", prefixes(vnet.addressPrefixes()))
                .listed("dnsServers", vnet.dnsServers(), TopologyWriter::address)
                .listed("subnets", vnet.subnets(), subnet -> subnet(vnet.id(), subnet))
                .listed(
                        "peerings",
                        vnet.peerings(),
                        peering -> peering(
                                        identities.child(ResourceKind.PEERING, vnet.id(), peering.id()),
                                        peering,
                                        identities)
                                .build())
                .build();
    }

    private Node subnet(ResourceId vnet, Subnet subnet) {
        Members members = identities.child(ResourceKind.SUBNET, vnet, subnet.id());
        if (subnet.prefixes().size() == 1)
            members.put("addressPrefix", prefix(subnet.prefixes().get(0)));
        else members.put("addressPrefixes", prefixes(subnet.prefixes()));
        Subnet.Attached attached = subnet.attached();
        return members.put(
                        "networkSecurityGroup",
                        identities.given(ResourceKind.NETWORK_SECURITY_GROUP, attached.networkSecurityGroup()))
                .put("routeTable", identities.given(ResourceKind.ROUTE_TABLE, attached.routeTable()))
                .put("natGateway", identities.given(ResourceKind.NAT_GATEWAY, attached.natGateway()))
                .listed("delegations", subnet.delegations(), Members::text)
                .listed("serviceEndpoints", subnet.serviceEndpoints(), Members::text)
                .put("privateEndpointNetworkPolicies", subnet.privateEndpointNetworkPolicies())
                .flag("defaultOutboundAccess", subnet.defaultOutboundAccess(), true)
                .build();
    }

    /** The keys of one peering link behind its identity. */
    @CanIgnoreReturnValue
    static Members peering(Members members, Peering peering, IdentityWriter identities) {
        members.put("remoteVnet", identities.given(ResourceKind.VNET, peering.remoteVnet()))
                .put("state", peering.state(), state -> Members.text(state.azureName()));
        flags(members, peering.flags(), Peering.Flags.DEFAULTS);
        return members.listed(
                "remoteAddressPrefixes", peering.remoteAddressPrefixes(), prefix -> Members.text(prefix.toString()));
    }

    private static void flags(Members members, Peering.Flags flags, Peering.Flags usual) {
        flag(
                members,
                "allowVirtualNetworkAccess",
                flags.allowVirtualNetworkAccess(),
                usual.allowVirtualNetworkAccess());
        flag(members, "allowForwardedTraffic", flags.allowForwardedTraffic(), usual.allowForwardedTraffic());
        flag(members, "allowGatewayTransit", flags.allowGatewayTransit(), usual.allowGatewayTransit());
        flag(members, "useRemoteGateways", flags.useRemoteGateways(), usual.useRemoteGateways());
    }

    private static void flag(Members members, String key, Given<Boolean> flag, Given<Boolean> usual) {
        members.flag(key, flag, usual.orElse(false));
    }

    private Node group(NetworkSecurityGroup group) {
        return identities
                .named(ResourceKind.NETWORK_SECURITY_GROUP, group.id())
                .listed("rules", group.rules(), rules::rule)
                .build();
    }

    private Node table(RouteTable table) {
        return identities
                .named(ResourceKind.ROUTE_TABLE, table.id())
                .flag("disableBgpRoutePropagation", table.disableBgpRoutePropagation(), false)
                .listed("routes", table.routes(), rules::route)
                .build();
    }

    private Node networkInterface(NetworkInterface nic) {
        Members members = identities.named(ResourceKind.NETWORK_INTERFACE, nic.id());
        ImmutableList<IpConfiguration> addresses = nic.ipConfigurations();
        boolean one = addresses.size() == 1 && addresses.get(0).name().equals(MachineReader.ONLY_CONFIGURATION);
        if (one) configuration(members, addresses.get(0));
        else {
            members.put(
                    "ipConfigurations",
                    Members.list(
                            addresses,
                            address -> configuration(new Members().put("name", address.name()), address)
                                    .build()));
        }
        return members.put(
                        "networkSecurityGroup",
                        identities.given(ResourceKind.NETWORK_SECURITY_GROUP, nic.networkSecurityGroup()))
                .flag("enableIpForwarding", nic.enableIpForwarding(), false)
                .put("virtualMachine", identities.referenceOrNull(ResourceKind.VIRTUAL_MACHINE, nic.virtualMachine()))
                .build();
    }

    @CanIgnoreReturnValue
    private Members configuration(Members members, IpConfiguration address) {
        return members.put("subnet", identities.given(ResourceKind.SUBNET, address.subnet()))
                .put("privateIpAddress", addressOrNull(address.privateIpAddress()))
                .put(
                        "publicIpAddress",
                        identities.referenceOrNull(ResourceKind.PUBLIC_IP_ADDRESS, address.publicIpAddress()))
                .listed(
                        "applicationSecurityGroups",
                        address.applicationSecurityGroups(),
                        group -> identities.reference(ResourceKind.APPLICATION_SECURITY_GROUP, group))
                .listed(
                        "loadBalancerBackendAddressPools",
                        address.loadBalancerBackendAddressPools(),
                        pool -> Members.text(pool.text()));
    }

    private Node machine(VirtualMachine machine) {
        return identities
                .named(ResourceKind.VIRTUAL_MACHINE, machine.id())
                .listed(
                        "networkInterfaces",
                        machine.networkInterfaces(),
                        nic -> identities.reference(ResourceKind.NETWORK_INTERFACE, nic))
                .build();
    }

    private Node managedInstance(ManagedInstance instance) {
        return identities
                .named(ResourceKind.MANAGED_INSTANCE, instance.id())
                .put("subnet", identities.given(ResourceKind.SUBNET, instance.subnet()))
                .put("fullyQualifiedDomainName", instance.fullyQualifiedDomainName())
                .put("dnsZone", instance.dnsZone())
                .put("proxyOverride", instance.proxyOverride(), Members::text)
                .flag("publicDataEndpointEnabled", instance.publicDataEndpointEnabled(), false)
                .put("tier", instance.tier(), Members::text)
                .put("managementIpAddress", addressOrNull(instance.managementIpAddress()))
                .put(
                        "dnsZonePartner",
                        instance.dnsZonePartner() == null
                                ? null
                                : identities.given(ResourceKind.MANAGED_INSTANCE, instance.dnsZonePartner()))
                .build();
    }

    private Node gateway(VirtualNetworkGateway gateway) {
        return identities
                .named(ResourceKind.VIRTUAL_NETWORK_GATEWAY, gateway.id())
                .put("subnet", identities.given(ResourceKind.SUBNET, gateway.subnet()))
                .put("type", gateway.type(), Members::text)
                .listed("learnedPrefixes", gateway.learnedPrefixes(), TopologyWriter::prefix)
                .build();
    }

    private Node connection(GatewayConnection connection) {
        return identities
                .named(ResourceKind.GATEWAY_CONNECTION, connection.id())
                .put(
                        "virtualNetworkGateway",
                        identities.given(ResourceKind.VIRTUAL_NETWORK_GATEWAY, connection.virtualNetworkGateway()))
                .put(
                        "localNetworkGateway",
                        identities.given(ResourceKind.LOCAL_NETWORK_GATEWAY, connection.localNetworkGateway()))
                .build();
    }

    private Node privateEndpoint(PrivateEndpoint endpoint) {
        return identities
                .named(ResourceKind.PRIVATE_ENDPOINT, endpoint.id())
                .put("subnet", identities.given(ResourceKind.SUBNET, endpoint.subnet()))
                .put("privateIpAddress", addressOrNull(endpoint.privateIpAddress()))
                .put("service", identities.given(ResourceKind.MANAGED_INSTANCE, endpoint.service()))
                .build();
    }

    private Node effectiveRules(EffectiveSecurityRules answer) {
        References known = identities.references();
        ResourceId at = answer.association();
        ResourceKind kind = known.has(ResourceKind.SUBNET, at) ? ResourceKind.SUBNET : ResourceKind.NETWORK_INTERFACE;
        boolean declared = known.has(kind, at);
        String key = kind == ResourceKind.SUBNET ? "subnet" : "networkInterface";
        Members tags = new Members();
        answer.tagMap().asMap().forEach((tag, prefixes) -> tags.put(tag, texts(ImmutableList.copyOf(prefixes))));
        return new Members()
                .put(
                        "networkSecurityGroup",
                        identities.reference(ResourceKind.NETWORK_SECURITY_GROUP, answer.networkSecurityGroup()))
                .put(
                        declared ? key : "association",
                        declared ? identities.reference(kind, at) : Members.text(at.text()))
                .put("rules", Members.list(answer.rules(), rules::rule))
                .put("tags", answer.tagMap().isEmpty() ? null : tags.build())
                .build();
    }

    private Node effectiveRoutes(EffectiveRouteTable answer) {
        @Nullable ResourceId asked = answer.networkInterface();
        return new Members()
                .put(
                        "networkInterface",
                        asked == null ? null : identities.reference(ResourceKind.NETWORK_INTERFACE, asked))
                .put("routes", Members.list(answer.routes(), TopologyWriter::row))
                .build();
    }

    private static Node row(EffectiveRouteTable.Row row) {
        return new Members()
                .put("name", row.name())
                .put("source", row.source())
                .put("state", row.active() ? "Active" : "Invalid")
                .put("addressPrefixes", texts(row.prefixes()))
                .put("nextHopType", row.nextHopType().azureName())
                .listed("nextHopIpAddresses", row.nextHopIpAddresses(), address -> Members.text(address.toString()))
                .build();
    }

    private static Node prefixes(ImmutableList<Given<Prefix>> prefixes) {
        return Members.list(prefixes, TopologyWriter::prefix);
    }

    private static Node prefix(Given<Prefix> prefix) {
        return Members.given(prefix, known -> Members.text(known.toString()));
    }

    private static Node texts(ImmutableList<Prefix> prefixes) {
        return Members.list(prefixes, prefix -> Members.text(prefix.toString()));
    }

    private static Node address(Given<Address> address) {
        return Members.given(address, known -> Members.text(known.toString()));
    }

    private static @Nullable Node addressOrNull(@Nullable Given<Address> address) {
        return address == null ? null : address(address);
    }
}
