package dev.mipath.topology;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Applies one change to one topology; everything the change does not name is shared, not copied. */
final class Editor implements Change.Cases<Topology> {
    private final Topology topology;

    Editor(Topology topology) {
        this.topology = topology;
    }

    @Override
    public Topology addRule(Change.AddRule change) {
        return inGroup(change.group(), rules -> {
            for (SecurityRule rule : rules) {
                if (rule.name().equalsIgnoreCase(change.rule().name())) {
                    throw new IllegalArgumentException(
                            "security group `" + change.group().name() + "` already has a rule `" + rule.name() + "`");
                }
                boolean sameSlot = !rule.priority().isUnknown()
                        && rule.priority().equals(change.rule().priority())
                        && rule.direction().equals(change.rule().direction());
                if (sameSlot) {
                    throw new IllegalArgumentException(
                            "priority " + rule.priority() + " is taken by rule `" + rule.name()
                                    + "` of security group `" + change.group().name() + "`");
                }
            }
            return plus(rules, change.rule());
        });
    }

    @Override
    public Topology replaceRule(Change.ReplaceRule change) {
        return inGroup(
                change.group(),
                rules -> replaced(
                        rules,
                        rule -> rule.name().equalsIgnoreCase(change.rule().name()),
                        rule -> change.rule(),
                        "rule `" + change.rule().name() + "`"));
    }

    @Override
    public Topology removeRule(Change.RemoveRule change) {
        return inGroup(
                change.group(),
                rules -> without(
                        rules, rule -> rule.name().equalsIgnoreCase(change.rule()), "rule `" + change.rule() + "`"));
    }

    @Override
    public Topology addRoute(Change.AddRoute change) {
        return inTable(change.table(), table -> {
            for (Route route : table.routes()) {
                if (route.name().equalsIgnoreCase(change.route().name())) {
                    throw new IllegalArgumentException(
                            "route table `" + change.table().name() + "` already has a route `" + route.name() + "`");
                }
            }
            return table.withRoutes(plus(table.routes(), change.route()));
        });
    }

    @Override
    public Topology replaceRoute(Change.ReplaceRoute change) {
        return inTable(
                change.table(),
                table -> table.withRoutes(replaced(
                        table.routes(),
                        route -> route.name().equalsIgnoreCase(change.route().name()),
                        route -> change.route(),
                        "route `" + change.route().name() + "`")));
    }

    @Override
    public Topology removeRoute(Change.RemoveRoute change) {
        return inTable(
                change.table(),
                table -> table.withRoutes(without(
                        table.routes(),
                        route -> route.name().equalsIgnoreCase(change.route()),
                        "route `" + change.route() + "`")));
    }

    @Override
    public Topology setSecurityGroup(Change.SetSecurityGroup change) {
        @Nullable ResourceId group = change.group();
        @Nullable Given<ResourceId> given = group == null ? null : Given.of(group);
        if (topology.networkInterface(change.target()).isPresent()) {
            return topology.toBuilder()
                    .networkInterfaces(replaced(
                            topology.networkInterfaces(),
                            nic -> nic.id().equals(change.target()),
                            nic -> nic.withNetworkSecurityGroup(given),
                            "NIC"))
                    .build();
        }
        return inSubnet(
                change.target(),
                subnet -> subnet.with(new Subnet.Attached(
                        given, subnet.attached().routeTable(), subnet.attached().natGateway())));
    }

    @Override
    public Topology setRouteTable(Change.SetRouteTable change) {
        @Nullable ResourceId table = change.table();
        return inSubnet(
                change.subnet(),
                subnet -> subnet.with(new Subnet.Attached(
                        subnet.attached().networkSecurityGroup(),
                        table == null ? null : Given.of(table),
                        subnet.attached().natGateway())));
    }

    @Override
    public Topology setBgpPropagationDisabled(Change.SetBgpPropagationDisabled change) {
        return inTable(
                change.table(),
                table -> new RouteTable(table.id(), table.place(), Given.of(change.disabled()), table.routes()));
    }

    @Override
    public Topology setPeeringFlags(Change.SetPeeringFlags change) {
        return inPeering(change.peering(), peering -> peering.with(change.flags()));
    }

    @Override
    public Topology setPeeringState(Change.SetPeeringState change) {
        return inPeering(change.peering(), peering -> peering.with(change.state()));
    }

    @Override
    public Topology addPeering(Change.AddPeering change) {
        return inVnet(change.vnet(), vnet -> vnet.withPeerings(plus(vnet.peerings(), change.peering())));
    }

    @Override
    public Topology setIpForwarding(Change.SetIpForwarding change) {
        return topology.toBuilder()
                .networkInterfaces(replaced(
                        topology.networkInterfaces(),
                        nic -> nic.id().equals(change.networkInterface()),
                        nic -> nic.withIpForwarding(change.on()),
                        "NIC `" + change.networkInterface().name() + "`"))
                .build();
    }

    @Override
    public Topology setDnsServers(Change.SetDnsServers change) {
        return inVnet(
                change.vnet(),
                vnet -> vnet.withDnsServers(
                        change.servers().stream().map(Given::of).collect(ImmutableList.toImmutableList())));
    }

    @Override
    public Topology setConnectionType(Change.SetConnectionType change) {
        return topology.toBuilder()
                .managedInstances(replaced(
                        topology.managedInstances(),
                        instance -> instance.id().equals(change.instance()),
                        instance -> instance.withProxyOverride(change.connectionType()),
                        "managed instance `" + change.instance().name() + "`"))
                .build();
    }

    @Override
    public Topology removeLock(Change.RemoveLock change) {
        return topology.toBuilder()
                .services(without(
                        topology.services(),
                        service -> service instanceof ManagementLock
                                && service.id().equals(change.lock()),
                        "lock `" + change.lock().name() + "`"))
                .build();
    }

    private Topology inGroup(ResourceId id, UnaryOperator<ImmutableList<SecurityRule>> edit) {
        return topology.toBuilder()
                .networkSecurityGroups(replaced(
                        topology.networkSecurityGroups(),
                        group -> group.id().equals(id),
                        group -> group.withRules(edit.apply(group.rules())),
                        "security group `" + id.name() + "`"))
                .build();
    }

    private Topology inTable(ResourceId id, UnaryOperator<RouteTable> edit) {
        return topology.toBuilder()
                .routeTables(replaced(
                        topology.routeTables(),
                        table -> table.id().equals(id),
                        edit,
                        "route table `" + id.name() + "`"))
                .build();
    }

    private Topology inVnet(ResourceId id, UnaryOperator<Vnet> edit) {
        return topology.toBuilder()
                .vnets(replaced(topology.vnets(), vnet -> vnet.id().equals(id), edit, "VNet `" + id.name() + "`"))
                .build();
    }

    private Topology inSubnet(ResourceId id, UnaryOperator<Subnet> edit) {
        Predicate<Subnet> named = subnet -> subnet.id().equals(id);
        return inOwner(
                vnet -> vnet.subnets().stream().anyMatch(named),
                vnet -> vnet.withSubnets(replaced(vnet.subnets(), named, edit, "subnet")),
                "subnet or NIC `" + id.qualifiedName() + "`");
    }

    private Topology inPeering(ResourceId id, UnaryOperator<Peering> edit) {
        Predicate<Peering> named = peering -> peering.id().equals(id);
        return inOwner(
                vnet -> vnet.peerings().stream().anyMatch(named),
                vnet -> vnet.withPeerings(replaced(vnet.peerings(), named, edit, "peering")),
                "peering `" + id.qualifiedName() + "`");
    }

    private Topology inOwner(Predicate<Vnet> owns, UnaryOperator<Vnet> edit, String what) {
        return topology.toBuilder()
                .vnets(replaced(topology.vnets(), owns, edit, what))
                .build();
    }

    private static <T> ImmutableList<T> plus(List<T> list, T added) {
        return ImmutableList.<T>builder().addAll(list).add(added).build();
    }

    private static <T> ImmutableList<T> replaced(List<T> list, Predicate<T> which, Function<T, T> edit, String what) {
        if (list.stream().noneMatch(which)) throw notThere(what);
        return list.stream()
                .map(item -> which.test(item) ? edit.apply(item) : item)
                .collect(ImmutableList.toImmutableList());
    }

    private static <T> ImmutableList<T> without(List<T> list, Predicate<T> which, String what) {
        if (list.stream().noneMatch(which)) throw notThere(what);
        return list.stream().filter(which.negate()).collect(ImmutableList.toImmutableList());
    }

    private static IllegalArgumentException notThere(String what) {
        return new IllegalArgumentException("there is no " + what + " to change");
    }
}
