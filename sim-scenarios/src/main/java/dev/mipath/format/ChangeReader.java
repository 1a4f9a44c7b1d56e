package dev.mipath.format;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.topology.Change;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Reads one edit of a topology; its names are those of the topology. */
final class ChangeReader {
    private final Topology topology;
    private final References references;
    private final Values values;
    private final Resources resources;
    private final RuleReader rules;
    private final NetworkReader networks;
    private final ImmutableMap<String, Function<Fields, @Nullable Change>> kinds;

    ChangeReader(Topology topology, Problems problems) {
        this.topology = topology;
        references = References.of(topology);
        values = new Values(problems);
        resources = new Resources(values, references);
        rules = new RuleReader(resources);
        networks = new NetworkReader(resources);
        kinds = ImmutableMap.<String, Function<Fields, @Nullable Change>>builder()
                .put("addRule", fields -> rule(fields, Change.AddRule::new))
                .put("replaceRule", fields -> rule(fields, Change.ReplaceRule::new))
                .put(
                        "removeRule",
                        fields -> removal(
                                fields,
                                ResourceKind.NETWORK_SECURITY_GROUP,
                                "networkSecurityGroup",
                                Change.RemoveRule::new))
                .put("addRoute", fields -> route(fields, Change.AddRoute::new))
                .put("replaceRoute", fields -> route(fields, Change.ReplaceRoute::new))
                .put(
                        "removeRoute",
                        fields -> removal(fields, ResourceKind.ROUTE_TABLE, "routeTable", Change.RemoveRoute::new))
                .put("setSecurityGroup", this::setSecurityGroup)
                .put("setRouteTable", this::setRouteTable)
                .put(
                        "setBgpPropagationDisabled",
                        fields -> toggle(
                                fields,
                                ResourceKind.ROUTE_TABLE,
                                "routeTable",
                                "disableBgpRoutePropagation",
                                Change.SetBgpPropagationDisabled::new))
                .put("setPeeringFlags", this::setPeeringFlags)
                .put("setPeeringState", this::setPeeringState)
                .put("addPeering", this::addPeering)
                .put(
                        "setIpForwarding",
                        fields -> toggle(
                                fields,
                                ResourceKind.NETWORK_INTERFACE,
                                "networkInterface",
                                "enableIpForwarding",
                                Change.SetIpForwarding::new))
                .put("setDnsServers", this::setDnsServers)
                .put("setConnectionType", this::setConnectionType)
                .put("removeLock", this::removeLock)
                .buildOrThrow();
    }

    @Nullable
    Change change(Node item) {
        if (!(item instanceof Node.Obj object) || object.members().size() != 1) {
            return values.wrong(
                    item.place(),
                    "a change is one key that says what is done",
                    "write `- addRule: {…}`; the keys are `" + String.join("`, `", kinds.keySet()) + "`");
        }
        Node.Member only = object.members().get(0);
        Function<Fields, @Nullable Change> kind = kinds.get(only.name());
        if (kind == null) {
            return values.wrong(
                    only.place(),
                    Printable.quoted(only.name()) + " is no kind of change",
                    Nearest.to(only.name(), kinds.keySet())
                            .map(near -> "did you mean `" + near + "`?")
                            .orElseGet(() -> "the kinds are `" + String.join("`, `", kinds.keySet()) + "`"));
        }
        Fields fields = Fields.of(only.value(), "the change `" + only.name() + "`", values.problems());
        if (fields == null) return null;
        Change change = kind.apply(fields);
        fields.done();
        return change;
    }

    private @Nullable Change rule(Fields fields, BiFunction<ResourceId, SecurityRule, Change> make) {
        ResourceId group = known(fields, ResourceKind.NETWORK_SECURITY_GROUP, "networkSecurityGroup");
        SecurityRule rule = rules.customerRule(fields);
        return group == null || rule == null ? null : make.apply(group, rule);
    }

    private @Nullable Change route(Fields fields, BiFunction<ResourceId, Route, Change> make) {
        ResourceId table = known(fields, ResourceKind.ROUTE_TABLE, "routeTable");
        Route route = rules.route(fields);
        return table == null || route == null ? null : make.apply(table, route);
    }

    private @Nullable Change removal(
            Fields fields, ResourceKind kind, String owner, BiFunction<ResourceId, String, Change> make) {
        ResourceId id = known(fields, kind, owner);
        String name = resources.requiredText(fields, "name");
        return id == null || name == null ? null : make.apply(id, name);
    }

    private @Nullable Change toggle(
            Fields fields, ResourceKind kind, String owner, String key, BiFunction<ResourceId, Boolean, Change> make) {
        ResourceId id = known(fields, kind, owner);
        Node value = fields.required(key);
        Boolean on = value == null ? null : values.truth(value);
        return id == null || on == null ? null : make.apply(id, on);
    }

    private @Nullable Change setSecurityGroup(Fields fields) {
        if (fields.has("subnet") == fields.has("networkInterface")) {
            values.problems()
                    .add(
                            fields.place(),
                            fields.what() + " is about one subnet or one NIC",
                            "write one of `subnet` and `networkInterface`");
        }
        ResourceId target = fields.has("subnet")
                ? known(fields, ResourceKind.SUBNET, "subnet")
                : fields.has("networkInterface")
                        ? known(fields, ResourceKind.NETWORK_INTERFACE, "networkInterface")
                        : null;
        Attached group = attached(fields, ResourceKind.NETWORK_SECURITY_GROUP, "networkSecurityGroup");
        return target == null || group == null ? null : new Change.SetSecurityGroup(target, group.id());
    }

    private @Nullable Change setRouteTable(Fields fields) {
        ResourceId subnet = known(fields, ResourceKind.SUBNET, "subnet");
        Attached table = attached(fields, ResourceKind.ROUTE_TABLE, "routeTable");
        return subnet == null || table == null ? null : new Change.SetRouteTable(subnet, table.id());
    }

    /** What is attached from now on; nothing for an explicit null. */
    private record Attached(@Nullable ResourceId id) {}

    private @Nullable Attached attached(Fields fields, ResourceKind kind, String key) {
        if (fields.isNull(key)) return new Attached(null);
        ResourceId id = known(fields, kind, key);
        return id == null ? null : new Attached(id);
    }

    private @Nullable Change setPeeringFlags(Fields fields) {
        ResourceId id = known(fields, ResourceKind.PEERING, "peering");
        Peering.Flags now = topology.vnets().stream()
                .flatMap(vnet -> vnet.peerings().stream())
                .filter(peering -> peering.id().equals(id))
                .map(Peering::flags)
                .findFirst()
                .orElse(Peering.Flags.DEFAULTS);
        Peering.Flags flags = networks.flags(fields, now);
        return id == null ? null : new Change.SetPeeringFlags(id, flags);
    }

    private @Nullable Change setPeeringState(Fields fields) {
        ResourceId id = known(fields, ResourceKind.PEERING, "peering");
        Node value = fields.required("state");
        Peering.State state = value == null ? null : values.word(value, NetworkReader.STATES);
        return id == null || state == null ? null : new Change.SetPeeringState(id, state);
    }

    private @Nullable Change addPeering(Fields fields) {
        ResourceId vnet = known(fields, ResourceKind.VNET, "vnet");
        Peering peering = networks.peering(vnet == null ? new ResourceId("VNet") : vnet, fields);
        if (vnet == null || peering == null) return null;
        if (references.has(ResourceKind.PEERING, peering.id())) {
            return values.wrong(
                    fields.place(),
                    "there is a peering " + Printable.quoted(peering.id().qualifiedName()) + " already",
                    "choose another name, or use `setPeeringFlags` and `setPeeringState`");
        }
        return new Change.AddPeering(vnet, peering);
    }

    private @Nullable Change setDnsServers(Fields fields) {
        ResourceId vnet = known(fields, ResourceKind.VNET, "vnet");
        ImmutableList<Address> servers = values.list(fields.required("dnsServers"), values::address);
        return vnet == null ? null : new Change.SetDnsServers(vnet, servers);
    }

    private @Nullable Change setConnectionType(Fields fields) {
        ResourceId instance = known(fields, ResourceKind.MANAGED_INSTANCE, "managedInstance");
        Node value = fields.required("proxyOverride");
        String type = value == null ? null : values.word(value, MachineReader.CONNECTION_TYPES);
        return instance == null || type == null ? null : new Change.SetConnectionType(instance, type);
    }

    private @Nullable Change removeLock(Fields fields) {
        ResourceId lock = known(fields, ResourceKind.MANAGEMENT_LOCK, "lock");
        return lock == null ? null : new Change.RemoveLock(lock);
    }

    /** A resource that the topology declares. */
    private @Nullable ResourceId known(Fields fields, ResourceKind kind, String key) {
        Node value = fields.required(key);
        ResourceId id = value == null ? null : resources.reference(kind, value);
        if (id == null || value == null || references.has(kind, id)) return id;
        return values.wrong(
                value.place(),
                "there is no " + kind.word() + " " + Printable.quoted(id.text()),
                Nearest.to(id.text(), references.names(kind))
                        .map(near -> "did you mean `" + near + "`?")
                        .orElse("name one that the input declares"));
    }
}
