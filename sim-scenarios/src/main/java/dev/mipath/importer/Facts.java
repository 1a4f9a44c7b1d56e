package dev.mipath.importer;

import dev.mipath.format.Conflicts;
import dev.mipath.format.MissingReferences;
import dev.mipath.format.Nearest;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.ApplicationSecurityGroup;
import dev.mipath.topology.Client;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.EveryResource;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.NetworkService;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateEndpoint;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualMachine;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The facts of all sources, merged by resource id while they arrive. */
final class Facts {
    private final Problems problems;
    private final Map<Key, Record> resources = new LinkedHashMap<>();
    private final List<Child> children = new ArrayList<>();
    private final List<EffectiveSecurityRules> effectiveRules = new ArrayList<>();
    private final List<EffectiveRouteTable> effectiveRoutes = new ArrayList<>();
    private final Set<Place> complete = new HashSet<>();
    private @Nullable String name;
    private @Nullable String profile;

    /** Ids may be bare names, which are unique only within their type. */
    private record Key(Class<?> type, ResourceId id) {}

    private record Child(ResourceId parent, Record fact) {}

    Facts(Problems problems) {
        this.problems = problems;
    }

    /** Adds a resource; the same id again must say the same or more. */
    void add(ResourceId id, Record resource) {
        Key key = new Key(resource.getClass(), id);
        Record had = resources.get(key);
        if (had == null) {
            resources.put(key, resource);
            return;
        }
        FactMerger merger = new FactMerger();
        Object merged = merger.merge(had, resource);
        FactMerger.Difference difference = merger.differing();
        FactMerger.Difference leftOut = merger.leftOut();
        if (difference == null && leftOut != null && bothComplete(leftOut)) difference = leftOut;
        if (difference != null) Contradiction.report(difference, problems);
        else if (merged instanceof Record both) resources.put(key, both);
    }

    /** Notes that Azure itself says what the resource declared here is: what is left out is not there. */
    void addComplete(Place place) {
        complete.add(place);
    }

    private boolean bothComplete(FactMerger.Difference difference) {
        return complete.contains(FactMerger.placeOf(difference.one()))
                && complete.contains(FactMerger.placeOf(difference.other()));
    }

    /** Adds a resource that is a part of another, which may come later or never. */
    void addChild(ResourceId parent, Record fact) {
        children.add(new Child(parent, fact));
    }

    void add(EffectiveSecurityRules answer) {
        if (effectiveRules.stream().noneMatch(had -> SameFacts.of(had, answer))) effectiveRules.add(answer);
    }

    void add(EffectiveRouteTable answer) {
        if (effectiveRoutes.stream().noneMatch(had -> SameFacts.of(had, answer))) effectiveRoutes.add(answer);
    }

    /** Adds everything that a topology of our own format declares. */
    void addAll(Topology topology, Notices notices) {
        if (name == null) name = topology.name();
        if (profile == null) profile = topology.profile();
        EveryResource.in(topology).forEach(it -> add(it.id(), (Record) it));
        topology.clients().forEach(it -> add(it.id(), it));
        topology.effectiveSecurityRules().forEach(this::add);
        topology.effectiveRouteTables().forEach(this::add);
        for (Notice notice : topology.notices()) {
            // Another source may hold what this one refers to; that is judged once, for all of them.
            if (!notice.code().equals(MissingReferences.CODE))
                notices.add(notice.code(), notice.place(), notice.text());
        }
    }

    /** The topology of everything added; parts are put into their wholes, and what they miss is noticed. */
    Topology topology(Notices notices) {
        joinParts(new Parts(problems, notices));
        checkConflicts();
        linkMachines();
        Topology.Builder builder = new Topology.Builder().name(name).profile(profile);
        Assembly assembly = new Assembly(resources.values());
        assembly.records().forEach(zone -> add(zone.id(), zone));
        resources
                .values()
                .forEach(resource ->
                        add(builder, resource instanceof LoadBalancer balancer ? assembly.aimed(balancer) : resource));
        assembly.services().forEach(builder::add);
        effectiveRules.forEach(builder::add);
        effectiveRoutes.forEach(answer -> builder.add(withInterface(answer)));
        notices.addAll(MissingReferences.in(builder.build()));
        notices.list().forEach(builder::add);
        return builder.build();
    }

    /** The answer with the identity of the NIC that the user or the answer names by its name alone. */
    private EffectiveRouteTable withInterface(EffectiveRouteTable answer) {
        @Nullable ResourceId asked = answer.networkInterface();
        if (asked == null || asked.text().startsWith("/")) return answer;
        List<ResourceId> found = new ArrayList<>();
        List<String> names = new ArrayList<>();
        for (Record resource : resources.values()) {
            if (!(resource instanceof NetworkInterface nic)) continue;
            names.add(nic.id().name());
            if (nic.id().name().equalsIgnoreCase(asked.name())) found.add(nic.id());
        }
        if (found.size() == 1) return answer.of(found.get(0));
        String near = Nearest.to(asked.name(), names).orElse(null);
        problems.add(
                answer.place(),
                found.isEmpty()
                        ? "these effective routes are said to be of NIC " + Printable.quoted(asked.name())
                                + ", which is not in the input"
                        : "several NICs are called " + Printable.quoted(asked.name()),
                !found.isEmpty()
                        ? "give its id"
                        : near == null ? "give the NIC too (`az network nic show`)" : "did you mean `" + near + "`?");
        return answer;
    }

    private void joinParts(Parts parts) {
        for (Child child : children) {
            ResourceId id = child.parent();
            Vnet vnet = Parts.vnetOf(id, child.fact());
            Class<?> whole = vnet != null
                    ? Vnet.class
                    : child.fact() instanceof SecurityRule ? NetworkSecurityGroup.class : RouteTable.class;
            Key key = new Key(whole, id);
            Record had = resources.get(key);
            if (had == null) parts.noticeUnseen(id, child.fact());
            if (vnet != null) {
                add(id, vnet);
            } else if (child.fact() instanceof SecurityRule rule) {
                NetworkSecurityGroup group =
                        had instanceof NetworkSecurityGroup known ? known : Parts.unseenGroup(id, rule.place());
                resources.put(key, parts.with(group, rule));
            } else if (child.fact() instanceof Route route) {
                RouteTable table = had instanceof RouteTable known ? known : Parts.unseenTable(id, route.place());
                resources.put(key, parts.with(table, route));
            }
        }
        children.clear();
    }

    /** Judged when all parts are in their wholes, wherever they came from. */
    private void checkConflicts() {
        for (Record resource : resources.values()) {
            if (resource instanceof NetworkSecurityGroup group) Conflicts.ofRules(group.rules(), problems);
            else if (resource instanceof RouteTable table) Conflicts.ofRoutes(table.routes(), problems);
        }
    }

    private static void add(Topology.Builder builder, Record resource) {
        if (resource instanceof Vnet it) builder.add(it);
        else if (resource instanceof NetworkSecurityGroup it) builder.add(it);
        else if (resource instanceof RouteTable it) builder.add(it);
        else if (resource instanceof NetworkInterface it) builder.add(it);
        else if (resource instanceof VirtualMachine it) builder.add(it);
        else if (resource instanceof ApplicationSecurityGroup it) builder.add(it);
        else if (resource instanceof ManagedInstance it) builder.add(it);
        else if (resource instanceof VirtualNetworkGateway it) builder.add(it);
        else if (resource instanceof LocalNetworkGateway it) builder.add(it);
        else if (resource instanceof GatewayConnection it) builder.add(it);
        else if (resource instanceof PrivateEndpoint it) builder.add(it);
        else if (resource instanceof LoadBalancer it) builder.add(it);
        else if (resource instanceof NetworkService it) builder.add(it);
        else if (resource instanceof Client it) builder.add(it);
    }

    /** A machine names its NICs; a template's NIC does not name its machine. */
    private void linkMachines() {
        for (Record resource : List.copyOf(resources.values())) {
            if (!(resource instanceof VirtualMachine machine)) continue;
            for (ResourceId id : machine.networkInterfaces()) {
                Key key = new Key(NetworkInterface.class, id);
                if (resources.get(key) instanceof NetworkInterface nic && nic.virtualMachine() == null) {
                    resources.put(
                            key,
                            new NetworkInterface(
                                    nic.id(),
                                    nic.place(),
                                    nic.ipConfigurations(),
                                    nic.networkSecurityGroup(),
                                    nic.enableIpForwarding(),
                                    machine.id()));
                }
            }
        }
    }
}
