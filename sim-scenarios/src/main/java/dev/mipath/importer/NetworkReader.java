package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Virtual networks with their subnets and peerings, security groups and route tables. */
final class NetworkReader {
    private static final String BLOCK = "a block such as `10.0.0.0/16`";

    /** Lists of a subnet that say which services it serves. */
    private static final ImmutableList<String> SERVICES = ImmutableList.of("delegations", "serviceEndpoints");

    private final Notices notices;
    private final RuleReader rules;

    NetworkReader(Notices notices) {
        this.notices = notices;
        rules = new RuleReader(notices);
    }

    Vnet vnet(ResourceId id, Fields fields) {
        ImmutableList.Builder<Subnet> subnets = ImmutableList.builder();
        for (Node item : fields.items("subnets")) {
            Fields subnet = child(item, "a subnet", fields);
            if (subnet != null) subnets.add(subnet(childId(id, "subnets", subnet.named("a subnet"), subnet), subnet));
        }
        ImmutableList.Builder<Peering> peerings = ImmutableList.builder();
        for (Node item : fields.items("virtualNetworkPeerings")) {
            Fields peering = child(item, "a peering", fields);
            if (peering == null) continue;
            String name = peering.named("a peering");
            peerings.add(peering(childId(id, "virtualNetworkPeerings", name, peering), peering));
        }
        Given<String> location = fields.given("location", "a region", text -> text);
        return new Vnet(
                id,
                fields.place(),
                location == null ? Given.unknown("location of `" + id.name() + "`", fields.place()) : location,
                fields.nested("addressSpace").givens("addressPrefixes", BLOCK, Prefix::parse),
                fields.nested("dhcpOptions").givens("dnsServers", "an address such as `10.0.0.4`", Address::parse),
                once("subnet", subnets.build(), subnet -> subnet.id().name(), fields.problems()),
                once("peering", peerings.build(), peering -> peering.id().name(), fields.problems()));
    }

    /** The same list, after the names in it that stand twice are told. */
    private static <T extends Record> ImmutableList<T> once(
            String what, ImmutableList<T> items, Function<T, String> nameOf, Problems problems) {
        Map<String, T> firsts = new HashMap<>();
        for (T item : items) {
            String name = nameOf.apply(item);
            // Two names with an unknown in them need not be equal.
            if (name.isEmpty() || Opaque.isOpen(name)) continue;
            T first = firsts.putIfAbsent(Ascii.toLowerCase(name), item);
            if (first == null) continue;
            problems.add(
                    FactMerger.placeOf(item),
                    what + " " + Printable.quoted(name) + " stands twice; the other one is in "
                            + FactMerger.placeOf(first),
                    "rename or remove one of them");
        }
        return items;
    }

    Subnet subnet(ResourceId id, Fields fields) {
        for (String list : SERVICES) notices.openList(id, list, fields.node(list));
        ImmutableList.Builder<Given<Prefix>> prefixes = ImmutableList.builder();
        prefixes.addAll(fields.givens("addressPrefixes", BLOCK, Prefix::parse));
        boolean several = !fields.items("addressPrefixes").isEmpty();
        if (!several && fields.node("addressPrefix") instanceof Node.Arr) {
            prefixes.addAll(fields.givens("addressPrefix", BLOCK, Prefix::parse));
        } else {
            Given<Prefix> single = fields.given("addressPrefix", BLOCK, Prefix::parse);
            if (single != null && !several) prefixes.add(single);
        }
        ImmutableList<Given<Prefix>> all = prefixes.build();
        if (all.isEmpty()) {
            all = ImmutableList.of(
                    Given.unknown("address prefix of subnet `" + id.qualifiedName() + "`", fields.place()));
        }
        return new Subnet(
                id,
                fields.place(),
                all,
                new Subnet.Attached(
                        fields.reference("networkSecurityGroup"),
                        fields.reference("routeTable"),
                        fields.reference("natGateway")),
                words(fields, "delegations", "serviceName"),
                words(fields, "serviceEndpoints", "service"),
                fields.text("privateEndpointNetworkPolicies"),
                fields.flag("defaultOutboundAccess", true));
    }

    /** One word out of each object of a list, such as the service of each delegation. */
    private static ImmutableList<String> words(Fields fields, String list, String member) {
        ImmutableList.Builder<String> words = ImmutableList.builder();
        for (Node item : fields.items(list)) {
            Fields entry = child(item, "an entry of `" + list + "`", fields);
            if (entry == null) continue;
            String word = entry.text(member);
            if (word != null) words.add(word);
            else entry.missing(member, "the service");
        }
        return words.build();
    }

    Peering peering(ResourceId id, Fields fields) {
        Given<ResourceId> remote = fields.reference("remoteVirtualNetwork");
        if (remote == null) remote = Given.unknown("remote VNet of peering `" + id.name() + "`", fields.place());
        String remoteSpace =
                fields.has("remoteAddressSpace") ? "remoteAddressSpace" : "remoteVirtualNetworkAddressSpace";
        ImmutableList.Builder<Prefix> known = ImmutableList.builder();
        for (Given<Prefix> prefix : fields.nested(remoteSpace).givens("addressPrefixes", BLOCK, Prefix::parse)) {
            prefix.value().ifPresent(known::add);
        }
        return new Peering(
                id,
                fields.place(),
                remote,
                fields.given("peeringState", "`Initiated`, `Connected` or `Disconnected`", NetworkReader::state),
                new Peering.Flags(
                        fields.flag("allowVirtualNetworkAccess", true),
                        fields.flag("allowForwardedTraffic", false),
                        fields.flag("allowGatewayTransit", false),
                        fields.flag("useRemoteGateways", false)),
                known.build());
    }

    private static Peering.State state(String text) {
        for (Peering.State state : Peering.State.values()) if (state.azureName().equalsIgnoreCase(text)) return state;
        throw new IllegalArgumentException("`peeringState` is " + Printable.quoted(text));
    }

    NetworkSecurityGroup group(ResourceId id, Fields fields) {
        ImmutableList.Builder<SecurityRule> all = ImmutableList.builder();
        for (Node item : fields.items("securityRules")) {
            if (item instanceof Node.Unknown unknown) {
                all.add(RuleReader.anything(unknown.what(), unknown.place()));
                continue;
            }
            Fields rule = child(item, "a security rule", fields);
            if (rule != null) all.add(rules.declared(rule, true));
        }
        return new NetworkSecurityGroup(
                id, fields.place(), once("rule", all.build(), SecurityRule::name, fields.problems()));
    }

    SecurityRule rule(Resource resource, Fields fields) {
        return rules.declared(fields, resource.certain());
    }

    RouteTable table(ResourceId id, Fields fields) {
        ImmutableList.Builder<Route> routes = ImmutableList.builder();
        for (Node item : fields.items("routes")) {
            if (item instanceof Node.Unknown unknown) {
                routes.add(RouteReader.anything(unknown.what(), unknown.place()));
                continue;
            }
            Fields route = child(item, "a route", fields);
            if (route != null) routes.add(RouteReader.read(route, true));
        }
        return new RouteTable(
                id,
                fields.place(),
                fields.flag("disableBgpRoutePropagation", false),
                once("route", routes.build(), Route::name, fields.problems()));
    }

    /** An item of a list of children; an unknown one is nothing that could be read. */
    static @Nullable Fields child(Node item, String what, Fields parent) {
        return item instanceof Node.Unknown ? null : Fields.ofItem(item, what, parent.problems());
    }

    /** A child's own id, or the one it has under its parent. */
    static ResourceId childId(ResourceId parent, String kind, String name, Fields child) {
        String own = child.text("id");
        if (own != null && own.startsWith("/")) return new ResourceId(own);
        boolean full = parent.text().startsWith("/");
        return new ResourceId(full ? parent.text() + "/" + kind + "/" + name : parent.text() + "/" + name);
    }
}
