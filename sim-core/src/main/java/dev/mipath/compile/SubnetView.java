package dev.mipath.compile;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableListMultimap;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What the terms of rules and routes mean in one subnet: service tags differ by subnet (fact 1.20a). Meanings are worked
 * out once, when they are first asked for; a view belongs to one compile and one thread.
 */
final class SubnetView {
    private static final String GATEWAY_SUBNET = "GatewaySubnet";

    private final Subnet subnet;
    private final VnetReach reach;
    private final @Nullable RouteTable table;
    private final ImmutableMap<ResourceId, Meaning> groupMembers;
    private final ImmutableListMultimap<String, Prefix> recordedTags;
    private final CompileOptions options;
    private final Map<String, Meaning> tags = new HashMap<>();
    private @Nullable Meaning addedByRoutes;

    /**
     * A view.
     *
     * @param subnet the subnet
     * @param reach what its VNet reaches
     * @param table its route table; null when it has none or the input does not hold it
     * @param groupMembers the members of application security groups
     * @param recordedTags what tags stood for in a recorded answer about this very place, which then wins
     * @param options the open choices
     */
    private SubnetView(
            Subnet subnet,
            VnetReach reach,
            @Nullable RouteTable table,
            ImmutableMap<ResourceId, Meaning> groupMembers,
            ImmutableListMultimap<String, Prefix> recordedTags,
            CompileOptions options) {
        this.subnet = subnet;
        this.reach = reach;
        this.table = table;
        this.groupMembers = groupMembers;
        this.recordedTags = recordedTags;
        this.options = options;
    }

    Subnet subnet() {
        return subnet;
    }

    /** Whether the subnet is its VNet's door to a gateway: nothing else may live there, and Azure prescribes its name. */
    boolean isGatewaySubnet() {
        if (subnet.id().name().equalsIgnoreCase(GATEWAY_SUBNET)) return true;
        for (VnetReach.Learnt range : reach.learnt())
            if (range.gateway().subnet().is(subnet.id())) return true;
        return false;
    }

    VnetReach reach() {
        return reach;
    }

    @Nullable
    RouteTable table() {
        return table;
    }

    CompileOptions options() {
        return options;
    }

    static SubnetView of(
            Subnet subnet,
            VnetReach reach,
            Topology topology,
            ImmutableMap<ResourceId, Meaning> groupMembers,
            UnaryOperator<RouteTable> provision,
            CompileOptions options) {
        @Nullable Given<ResourceId> tableId = subnet.attached().routeTable();
        @Nullable
        RouteTable table = tableId == null
                ? null
                : tableId.value().flatMap(topology::routeTable).map(provision).orElse(null);
        return new SubnetView(subnet, reach, table, groupMembers, ImmutableListMultimap.of(), options);
    }

    /** The same place with the tags of a recorded answer. */
    SubnetView withRecordedTags(ImmutableListMultimap<String, Prefix> tags) {
        return new SubnetView(subnet, reach, table, groupMembers, tags, options);
    }

    /** What has to be known about the subnet's own table, or null when it is known or there is none. */
    @Nullable
    String missingTable() {
        @Nullable Given<ResourceId> tableId = subnet.attached().routeTable();
        if (tableId == null || table != null) return null;
        return tableId instanceof Given.Unknown<ResourceId> unknown
                ? unknown.what()
                : "route table " + tableId.value().orElseThrow().name();
    }

    /** The addresses of a source or destination entry. */
    Meaning of(AddressTerm term) {
        if (term instanceof AddressTerm.Any) return Meaning.of(AddressSet.any());
        if (term instanceof AddressTerm.Block block) return Meaning.of(AddressSet.of(block.prefix()));
        if (term instanceof AddressTerm.Tag tag) return ofTag(tag.name());
        if (term instanceof AddressTerm.Group group) {
            Meaning members = groupMembers.get(group.id());
            return members != null
                    ? members
                    : Meaning.atMost(
                            reach.virtualNetwork().possible(),
                            "the members of application security group "
                                    + group.id().name());
        }
        return Meaning.atMost(AddressSet.any(), ((AddressTerm.Unknown) term).what());
    }

    /** The addresses that a listing shows of an entry: of a tag that is not loaded none, rather than a few. */
    AddressSet listed(AddressTerm term) {
        Meaning meaning = of(term);
        boolean few = term instanceof AddressTerm.Tag tag && meaning.missing().contains(missingTag(tag.name()));
        return few ? AddressSet.empty() : meaning.certain();
    }

    private Meaning ofTag(String tag) {
        String name = Ascii.toLowerCase(tag);
        @Nullable Meaning known = tags.get(name);
        if (known == null) {
            known = workOut(tag);
            tags.put(name, known);
        }
        return known;
    }

    private Meaning workOut(String tag) {
        for (String recorded : recordedTags.keySet()) {
            if (recorded.equalsIgnoreCase(tag)) return Meaning.of(AddressSet.of(recordedTags.get(recorded)));
        }
        if (tag.equalsIgnoreCase("VirtualNetwork")) return virtualNetwork();
        if (tag.equalsIgnoreCase("Internet")) {
            AddressSet internet =
                    AddressSet.of(options.serviceTags().prefixes("Internet").orElse(ImmutableList.of()));
            return Meaning.of(internet).minus(reach.ownAndPeers());
        }
        return publicTag(tag);
    }

    /** A tag of the download; one that is not loaded lies somewhere in public space. */
    Meaning publicTag(String tag) {
        Optional<ImmutableList<Prefix>> prefixes = options.serviceTags().prefixes(tag);
        return prefixes.map(blocks -> Meaning.of(AddressSet.of(blocks)))
                .orElseGet(() -> new Meaning(
                        AddressSet.of(options.serviceTags().members(tag)),
                        PlatformRanges.TAG_SPACE,
                        ImmutableList.of(missingTag(tag))));
    }

    static String missingTag(String tag) {
        String how = ServiceTags.isPublished(tag)
                ? "load them with --service-tags"
                : "give them with --tag " + tag + "=PREFIX";
        return "the prefixes of service tag " + tag + " (" + how + ")";
    }

    private Meaning virtualNetwork() {
        return virtualNetworkWithoutRoutes().union(addedByRoutes());
    }

    private Meaning virtualNetworkWithoutRoutes() {
        return reach.virtualNetwork().union(Meaning.of(AddressSet.of(PlatformRanges.HOST_SERVICES)));
    }

    /** What the tag holds only because of the subnet's own routes; may be the whole Internet (trap 3). */
    AddressSet grownByRoutes() {
        if (!recordedTags.isEmpty()) return AddressSet.empty();
        return addedByRoutes().possible().minus(virtualNetworkWithoutRoutes().certain());
    }

    private Meaning addedByRoutes() {
        if (addedByRoutes == null) addedByRoutes = workOutAddedByRoutes();
        return addedByRoutes;
    }

    private Meaning workOutAddedByRoutes() {
        @Nullable String missing = missingTable();
        if (missing != null) return Meaning.atMost(AddressSet.any(), missing);
        if (table == null) return Meaning.NOTHING;
        List<Meaning> added = new ArrayList<>();
        for (Route route : table.routes()) added.add(addedBy(route));
        return Meaning.unionOf(added);
    }

    private Meaning addedBy(Route route) {
        boolean all = options.virtualNetworkTagRoutes() == TagRoutes.ALL;
        if (!all && !route.nextHopType().mayBe(NextHopType.VIRTUAL_APPLIANCE)) return Meaning.NOTHING;
        Meaning covered = coveredBy(route.destination());
        if (!all && route.nextHopType() instanceof Given.Unknown<NextHopType> unknown) {
            return Meaning.atMost(covered.possible(), unknown.what());
        }
        if (route.present() instanceof Given.Unknown<Boolean> unknown) {
            return Meaning.atMost(covered.possible(), unknown.what());
        }
        return covered;
    }

    private Meaning coveredBy(Given<RouteDestination> destination) {
        if (destination instanceof Given.Unknown<RouteDestination> unknown) {
            return Meaning.atMost(AddressSet.any(), unknown.what());
        }
        RouteDestination known = destination.value().orElseThrow();
        return known instanceof RouteDestination.Block block
                ? Meaning.of(AddressSet.of(block.prefix()))
                : publicTag(((RouteDestination.Tag) known).name());
    }
}
