package dev.mipath.format;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.profile.Era;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one topology document: first the names of all resources, so that any may refer to any, then the rest. */
final class TopologyReader {
    /** The lists of resources that have a name and no parent. */
    private static final ImmutableMap<String, ResourceKind> NAMED = ImmutableMap.<String, ResourceKind>builder()
            .put("networkSecurityGroups", ResourceKind.NETWORK_SECURITY_GROUP)
            .put("routeTables", ResourceKind.ROUTE_TABLE)
            .put("networkInterfaces", ResourceKind.NETWORK_INTERFACE)
            .put("virtualMachines", ResourceKind.VIRTUAL_MACHINE)
            .put("applicationSecurityGroups", ResourceKind.APPLICATION_SECURITY_GROUP)
            .put("managedInstances", ResourceKind.MANAGED_INSTANCE)
            .put("virtualNetworkGateways", ResourceKind.VIRTUAL_NETWORK_GATEWAY)
            .put("localNetworkGateways", ResourceKind.LOCAL_NETWORK_GATEWAY)
            .put("gatewayConnections", ResourceKind.GATEWAY_CONNECTION)
            .put("privateEndpoints", ResourceKind.PRIVATE_ENDPOINT)
            .put("loadBalancers", ResourceKind.LOAD_BALANCER)
            .put("publicIpAddresses", ResourceKind.PUBLIC_IP_ADDRESS)
            .put("natGateways", ResourceKind.NAT_GATEWAY)
            .put("privateDnsZones", ResourceKind.PRIVATE_DNS_ZONE)
            .put("dnsServers", ResourceKind.DNS_SERVER)
            .put("clients", ResourceKind.CLIENT)
            .put("externalServices", ResourceKind.EXTERNAL_SERVICE)
            .put("expressRouteCircuits", ResourceKind.EXPRESS_ROUTE_CIRCUIT)
            .put("failoverGroups", ResourceKind.FAILOVER_GROUP)
            .put("firewalls", ResourceKind.FIREWALL)
            .put("adminRules", ResourceKind.ADMIN_RULES)
            .put("managementLocks", ResourceKind.MANAGEMENT_LOCK)
            .buildOrThrow();

    private final Problems problems;
    private final References references = new References();
    private final Map<String, Integer> lines = new HashMap<>();
    private final Resources resources;
    private final Values values;

    TopologyReader(Problems problems) {
        this.problems = problems;
        values = new Values(problems);
        resources = new Resources(values, references);
    }

    @Nullable
    TopologyDocument read(Node root) {
        Fields fields = Fields.of(root, "a topology", problems);
        if (fields == null) return null;
        checkVersion(fields);
        index(fields);
        Topology.Builder topology = new Topology.Builder();
        topology.name(resources.optionalText(fields, "name"));
        topology.profile(profile(fields));
        networks(fields, topology);
        machines(fields, topology);
        gateways(fields, topology);
        answers(fields, topology);
        ExpectationReader expectations = new ExpectationReader(values);
        @Nullable Ask ask = expectations.ask(fields.optional("ask"));
        List<Node> figures = new ArrayList<>();
        var expected = expectations.expectations(fields.optional("expect"), figures);
        Topology built = topology.build();
        @Nullable TimeScript time = new TimeScriptReader(resources).read(fields, built, figures);
        fields.done();
        return new TopologyDocument(built, ask, expected, time);
    }

    private void checkVersion(Fields fields) {
        Node version = fields.required("mipath");
        if (version == null || version instanceof Node.Str text && text.text().equals(TopologyYaml.VERSION)) return;
        values.wrong(
                version.place(),
                "this is no version of the format that can be read here",
                "write `mipath: " + TopologyYaml.VERSION + "`");
    }

    private @Nullable String profile(Fields fields) {
        Node value = fields.optional("profile");
        if (value == null) return null;
        // 2020 without quotes is a number, and everybody writes it so.
        String text = value instanceof Node.Num number ? number.text() : values.text(value);
        if (text == null || Era.names().contains(text)) return text;
        return values.wrong(
                value.place(),
                "there is no profile " + Printable.quoted(text),
                "write `" + String.join("`, `", Era.names()) + "`");
    }

    private void networks(Fields fields, Topology.Builder topology) {
        NetworkReader networks = new NetworkReader(resources);
        each(fields, "vnets", networks::vnet, topology::add);
        RuleReader rules = new RuleReader(resources);
        each(fields, "networkSecurityGroups", item -> group(item, rules), topology::add);
        each(fields, "routeTables", item -> table(item, rules), topology::add);
    }

    private void machines(Fields fields, Topology.Builder topology) {
        MachineReader machines = new MachineReader(resources);
        each(fields, "networkInterfaces", machines::networkInterface, topology::add);
        each(fields, "virtualMachines", machines::virtualMachine, topology::add);
        each(fields, "applicationSecurityGroups", machines::applicationSecurityGroup, topology::add);
        each(fields, "managedInstances", machines::managedInstance, topology::add);
        each(fields, "privateEndpoints", machines::privateEndpoint, topology::add);
        each(fields, "loadBalancers", new BalancerReader(resources)::loadBalancer, topology::add);
        ServiceReader services = new ServiceReader(resources);
        each(fields, "publicIpAddresses", services::publicAddress, topology::add);
        each(fields, "natGateways", services::natGateway, topology::add);
        each(fields, "privateDnsZones", services::zone, topology::add);
        each(fields, "dnsServers", services::dnsServer, topology::add);
        each(fields, "clients", new ClientReader(resources)::client, topology::add);
        each(fields, "externalServices", new ExternalServiceReader(resources)::externalService, topology::add);
        each(fields, "expressRouteCircuits", new GatewayReader(resources)::circuit, topology::add);
        each(fields, "failoverGroups", services::failoverGroup, topology::add);
        each(fields, "firewalls", new FirewallReader(resources)::firewall, topology::add);
        each(fields, "adminRules", new FirewallReader(resources)::adminRules, topology::add);
        each(fields, "managementLocks", new LockReader(resources)::lock, topology::add);
    }

    private void gateways(Fields fields, Topology.Builder topology) {
        GatewayReader gateways = new GatewayReader(resources);
        each(fields, "virtualNetworkGateways", gateways::virtualNetworkGateway, topology::add);
        each(fields, "localNetworkGateways", gateways::localNetworkGateway, topology::add);
        each(fields, "gatewayConnections", gateways::gatewayConnection, topology::add);
    }

    private void answers(Fields fields, Topology.Builder topology) {
        EffectiveReader answers = new EffectiveReader(resources, new RuleReader(resources));
        each(fields, "effectiveSecurityRules", answers::securityRules, topology::add);
        each(fields, "effectiveRouteTables", answers::routeTable, topology::add);
    }

    private <T> void each(Fields fields, String key, Values.Reading<T> reading, Consumer<T> add) {
        values.rows(fields.optional(key), reading).forEach(add);
    }

    private @Nullable NetworkSecurityGroup group(Node item, RuleReader rules) {
        Fields fields = Fields.of(item, "a security group", problems);
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.NETWORK_SECURITY_GROUP::identity);
        var declared = rules.rules(fields.optional("rules"));
        fields.done();
        return id == null ? null : new NetworkSecurityGroup(id, fields.place(), declared);
    }

    private @Nullable RouteTable table(Node item, RuleReader rules) {
        Fields fields = Fields.of(item, "a route table", problems);
        if (fields == null) return null;
        ResourceId id = resources.identity(fields, ResourceKind.ROUTE_TABLE::identity);
        var propagation = values.givenOr(fields.optional("disableBgpRoutePropagation"), false, values::truth);
        var declared = rules.routes(fields.optional("routes"));
        fields.done();
        return id == null ? null : new RouteTable(id, fields.place(), propagation, declared);
    }

    private void index(Fields fields) {
        for (Node vnet : items(fields.optional("vnets"))) {
            ResourceId id = index(ResourceKind.VNET, vnet, ResourceKind.VNET::identity);
            if (id == null || !(vnet instanceof Node.Obj object)) continue;
            for (Node subnet : items(object.get("subnets"))) {
                index(ResourceKind.SUBNET, subnet, name -> ResourceKind.SUBNET.identity(id, name));
            }
            for (Node peering : items(object.get("peerings"))) {
                index(ResourceKind.PEERING, peering, name -> ResourceKind.PEERING.identity(id, name));
            }
        }
        NAMED.forEach((key, kind) -> {
            for (Node item : items(fields.optional(key))) index(kind, item, kind::identity);
        });
    }

    private static List<Node> items(@Nullable Node value) {
        if (value instanceof Node.Arr array) return array.items();
        return value == null ? List.of() : List.of(value);
    }

    /** Notes an identity without a word about what is wrong with it; the reading proper tells that. */
    private @Nullable ResourceId index(ResourceKind kind, Node item, Function<String, ResourceId> fromName) {
        ResourceId id = null;
        if (item instanceof Node.Str bare) {
            id = fromName.apply(bare.text());
        } else if (item instanceof Node.Obj object) {
            if (object.get("id") instanceof Node.Str text) id = new ResourceId(text.text());
            else if (object.get("name") instanceof Node.Str name) id = fromName.apply(name.text());
        }
        if (id == null) return null;
        Place place = item.place();
        if (!references.add(kind, id)) {
            Integer first = lines.get(kind + Ascii.toLowerCase(id.text()));
            problems.add(
                    place,
                    "the " + kind.word() + " " + Printable.quoted(id.text()) + " stands twice, first in line " + first,
                    "rename or remove one of them");
        } else {
            lines.put(kind + Ascii.toLowerCase(id.text()), place.line());
        }
        return id;
    }
}
