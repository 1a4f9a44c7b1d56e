package dev.mipath.explain;

import dev.mipath.compile.Compilation;
import dev.mipath.explain.Picture.Shape;
import dev.mipath.explain.Picture.Tone;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.topology.Client;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything the input declares: VNets, subnets and what is attached to them, machines, peerings, gateways, sites. */
final class TopologyPicture {
    /** The box of what the Internet is. */
    static final String INTERNET = "internet";
    /** The box of the platform's own addresses. */
    static final String PLATFORM = "platform";

    private final Compilation compiled;
    private final Topology topology;
    private final Picture picture;
    private final Map<String, String> byElement = new HashMap<>();

    TopologyPicture(Compilation compiled, String title) {
        this.compiled = compiled;
        this.topology = compiled.topology();
        this.picture = new Picture(title);
        topology.vnets().forEach(this::vnet);
        topology.services(Firewall.class).forEach(this::firewall);
        topology.vnets().forEach(this::peerings);
        topology.virtualNetworkGateways().forEach(this::gateway);
        topology.localNetworkGateways().forEach(this::site);
        topology.clients().forEach(this::client);
        topology.gatewayConnections().forEach(this::connection);
    }

    Picture picture() {
        return picture;
    }

    /** The box of an element of the network, by the element's name, or null when it has none. */
    @Nullable
    String box(String element) {
        if (element.equals("Internet")) picture.box(INTERNET, null, Shape.CLOUD, "Internet");
        if (element.equals("the platform")) picture.box(PLATFORM, null, Shape.CLOUD, "the platform", "168.63.129.16");
        return byElement.get(element);
    }

    /** The group of a virtual cluster. */
    static String cluster(VirtualCluster cluster) {
        return key("cluster", cluster.subnet());
    }

    private static String key(String kind, ResourceId id) {
        return kind + " " + com.google.common.base.Ascii.toLowerCase(id.text());
    }

    private void vnet(Vnet vnet) {
        byElement.put("Internet", INTERNET);
        byElement.put("the platform", PLATFORM);
        String group = key("group", vnet.id());
        picture.group(
                group,
                null,
                "VNet " + vnet.id().name(),
                Words.list(vnet.addressPrefixes(), 3) + (vnet.location().isUnknown() ? "" : ", " + vnet.location()),
                vnet.dnsServers().isEmpty() ? "" : "DNS " + Words.list(vnet.dnsServers(), 3));
        String router = key("vnet", vnet.id());
        picture.box(router, group, Shape.ROUND, "VNet " + vnet.id().name());
        byElement.put("VNet " + vnet.id().name(), router);
        byElement.put("admin rules of VNet " + vnet.id().name() + ", outbound", router);
        byElement.put("admin rules of VNet " + vnet.id().name() + ", inbound", router);
        for (Subnet subnet : vnet.subnets()) subnet(subnet, group, router);
    }

    private void subnet(Subnet subnet, String vnet, String router) {
        String group = key("group", subnet.id());
        String name = subnet.id().qualifiedName();
        picture.group(group, vnet, "subnet " + subnet.id().name(), Words.list(subnet.prefixes(), 2));
        String anchor = key("subnet", subnet.id());
        @Nullable Given<ResourceId> nsg = subnet.attached().networkSecurityGroup();
        picture.box(
                anchor,
                group,
                nsg == null ? Shape.BOX : Shape.NOTE,
                nsg == null ? "no security group" : "NSG " + name(nsg),
                nsg == null ? "" : rules(nsg));
        picture.paint(picture.line(router, anchor, "", false), Tone.FAINT);
        byElement.put("subnet " + name, anchor);
        if (nsg != null) {
            byElement.put(name(nsg) + " on subnet " + name + ", inbound", anchor);
            byElement.put(name(nsg) + " on subnet " + name + ", outbound", anchor);
        }
        byElement.put("routes of subnet " + name, anchor);
        @Nullable Given<ResourceId> table = subnet.attached().routeTable();
        if (table != null) {
            String routes = key("routes", subnet.id());
            picture.box(routes, group, Shape.NOTE, "route table " + name(table), routes(table));
            picture.paint(picture.line(anchor, routes, "", true), Tone.FAINT);
            byElement.put("routes of subnet " + name, routes);
        }
        byElement.put("a host of subnet " + name, anchor);
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (!nic.ipConfigurations().isEmpty()
                    && nic.ipConfigurations().get(0).subnet().is(subnet.id())) nic(nic, group, anchor);
        }
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            if (cluster.subnet().equals(subnet.id())) cluster(cluster, group, anchor);
        }
        topology.privateEndpoints().stream()
                .filter(endpoint -> endpoint.subnet().is(subnet.id()))
                .forEach(endpoint -> member("private endpoint ", endpoint.id(), group, anchor));
    }

    private void member(String kind, ResourceId id, String group, String anchor) {
        picture.box(key(kind, id), group, Shape.BOX, kind + id.name());
        picture.paint(picture.line(anchor, key(kind, id), "", false), Tone.FAINT);
    }

    private void nic(NetworkInterface nic, String group, String anchor) {
        @Nullable ResourceId machine = nic.virtualMachine();
        @Nullable Address address = compiled.address(nic.id());
        String box = key("nic", nic.id());
        @Nullable Given<ResourceId> nsg = nic.networkSecurityGroup();
        picture.box(
                box,
                group,
                Shape.ROUND,
                machine == null ? "NIC " + nic.id().name() : machine.name(),
                address == null ? "address not known" : address.toString(),
                nic.enableIpForwarding().is(true) ? "IP forwarding" : "",
                nsg == null ? "" : "NSG " + name(nsg) + " on its NIC");
        picture.paint(picture.line(anchor, box, "", false), Tone.FAINT);
        byElement.put(machine == null ? "NIC " + nic.id().name() : machine.name(), box);
        if (nsg == null) return;
        byElement.put(name(nsg) + " on NIC " + nic.id().name() + ", inbound", box);
        byElement.put(name(nsg) + " on NIC " + nic.id().name() + ", outbound", box);
    }

    /** A firewall is the machine whose NIC has its address, or one of its own in its subnet. */
    private void firewall(Firewall firewall) {
        String name = firewall.id().name();
        String box = key("firewall", firewall.id());
        @Nullable Given<Address> stated = firewall.privateIpAddress();
        for (NetworkInterface nic : topology.networkInterfaces()) {
            @Nullable Address address = compiled.address(nic.id());
            if (stated != null && address != null && stated.is(address)) box = key("nic", nic.id());
        }
        @Nullable Given<ResourceId> in = firewall.subnet();
        @Nullable ResourceId subnet = in == null ? null : in.value().orElse(null);
        if (!picture.has(box) && subnet != null && picture.has(key("group", subnet))) {
            String rules = Words.count(firewall.rules().size(), "rule") + "   " + Words.place(firewall.place(), false);
            picture.box(box, key("group", subnet), Shape.ROUND, "firewall " + name, rules);
            picture.paint(picture.line(key("subnet", subnet), box, "", false), Tone.FAINT);
            byElement.put(name, box);
        }
        if (picture.has(box)) byElement.put("rules of firewall " + name, box);
    }

    private void cluster(VirtualCluster cluster, String subnet, String anchor) {
        String group = cluster(cluster);
        picture.group(group, subnet, "virtual cluster", "DNS zone " + cluster.dnsZone());
        String balancer = group + " balancer";
        picture.box(
                balancer,
                group,
                Shape.BOX,
                "internal load balancer",
                cluster.loadBalancer().toString());
        picture.paint(picture.line(anchor, balancer, "", false), Tone.FAINT);
        byElement.put("internal load balancer " + cluster.loadBalancer(), balancer);
        byElement.put("load balancer " + cluster.loadBalancer() + ", way back", balancer);
        for (Address gateway : cluster.gateways()) {
            String box = group + " " + gateway;
            picture.box(box, group, Shape.BOX, "gateway", gateway.toString());
            picture.paint(picture.line(balancer, box, "", false), Tone.FAINT);
            byElement.put("gateway " + gateway, box);
        }
        for (VirtualCluster.Hosted hosted : cluster.instances()) {
            for (VirtualCluster.Node node : hosted.nodes()) {
                String box = group + " " + node.address();
                picture.box(box, group, Shape.ROUND, "node of " + hosted.name(), node.address() + ":" + node.port());
                for (Address gateway : cluster.gateways()) {
                    picture.paint(picture.line(group + " " + gateway, box, "", true), Tone.FAINT);
                }
                byElement.put("node " + node.address() + " of " + hosted.name(), box);
            }
        }
    }

    private void peerings(Vnet vnet) {
        for (Peering link : vnet.peerings()) {
            @Nullable ResourceId remote = link.remoteVnet().value().orElse(null);
            String to = remote == null ? key("remote", link.id()) : key("vnet", remote);
            if (!picture.has(to)) {
                picture.box(
                        to, null, Shape.CLOUD, remote == null ? "a VNet not in the input" : "VNet " + remote.name());
            }
            Peering.Flags flags = link.flags();
            @Nullable Given<Peering.State> state = link.state();
            String label = link.id().name() + "\n"
                    + (state == null
                            ? "state not given"
                            : state.map(Peering.State::azureName).orElse("state ?")) + "\naccess "
                    + flag(flags.allowVirtualNetworkAccess()) + ", forwarded " + flag(flags.allowForwardedTraffic())
                    + "\ntransit " + flag(flags.allowGatewayTransit()) + ", remote gateways "
                    + flag(flags.useRemoteGateways());
            Picture.Line line = picture.line(key("vnet", vnet.id()), to, label, false);
            boolean broken = state != null && !state.mayBe(Peering.State.CONNECTED)
                    || flags.allowVirtualNetworkAccess().is(false);
            if (broken) picture.paint(line, Tone.BAD);
        }
    }

    private static String flag(Given<Boolean> flag) {
        return flag.isUnknown() ? "?" : flag.is(true) ? "on" : "off";
    }

    private void gateway(VirtualNetworkGateway gateway) {
        @Nullable ResourceId subnet = gateway.subnet().value().orElse(null);
        boolean known = subnet != null && picture.has(key("group", subnet));
        String box = key("gateway", gateway.id());
        picture.box(
                box,
                known && subnet != null ? key("group", subnet) : null,
                Shape.BOX,
                "gateway " + gateway.id().name(),
                Words.brief(gateway.type()));
        if (known && subnet != null) picture.paint(picture.line(key("subnet", subnet), box, "", false), Tone.FAINT);
        byElement.put("gateway " + gateway.id().name(), box);
    }

    private void site(LocalNetworkGateway site) {
        String box = key("site", site.id());
        picture.box(box, null, Shape.CLOUD, "site " + site.id().name(), Words.list(site.addressPrefixes(), 3));
        byElement.put("site " + site.id().name(), box);
    }

    private void client(Client client) {
        String box = key("client", client.id());
        picture.box(box, null, Shape.CLOUD, "client " + client.id().name(), client.kind());
        byElement.put("client " + client.id().name(), box);
    }

    private void connection(GatewayConnection connection) {
        @Nullable
        ResourceId gateway = connection.virtualNetworkGateway().value().orElse(null);
        @Nullable Given<ResourceId> far = connection.localNetworkGateway();
        @Nullable ResourceId site = far == null ? null : far.value().orElse(null);
        if (gateway == null || site == null) return;
        if (!picture.has(key("gateway", gateway)) || !picture.has(key("site", site))) return;
        picture.line(
                key("gateway", gateway),
                key("site", site),
                "connection " + connection.id().name(),
                false);
    }

    private static String name(Given<ResourceId> id) {
        return id.value().map(ResourceId::name).orElse("?");
    }

    private String rules(Given<ResourceId> group) {
        return group.value()
                .flatMap(topology::networkSecurityGroup)
                .map(found -> Words.count(found.rules().size(), "rule") + "   " + Words.place(found.place(), false))
                .orElse("not in the input");
    }

    private String routes(Given<ResourceId> table) {
        return table.value()
                .flatMap(topology::routeTable)
                .map(found -> Words.count(found.routes().size(), "route") + "   " + Words.place(found.place(), false))
                .orElse("not in the input");
    }

    /** The boxes of the hosts that can be clients: machines that forward nothing, and sites. */
    static List<NetworkInterface> clients(Topology topology) {
        return topology.networkInterfaces().stream()
                .filter(nic -> !nic.enableIpForwarding().is(true))
                .toList();
    }
}
