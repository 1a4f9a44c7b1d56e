package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.ImmutableSortedSet;
import com.google.common.collect.Sets;
import dev.mipath.compile.EffectiveRoutes.Row;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RouteFact.Hop;
import dev.mipath.forwarding.RouteFact.Origin;
import dev.mipath.forwarding.RouteFact.Source;
import dev.mipath.forwarding.RouteFact.Standing;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes a recorded effective route table for the subnet it belongs to: that of the NIC it is said to be of. Of an answer
 * without a NIC only the VNet can be told, by its VnetLocal rows; it is taken where that VNet has one subnet.
 */
final class RecordedRoutes {
    private final Topology topology;
    private final CompileNotices notices;

    RecordedRoutes(Topology topology, CompileNotices notices) {
        this.topology = topology;
        this.notices = notices;
    }

    EffectiveRoutes orElse(SubnetView view, EffectiveRoutes derived) {
        for (EffectiveRouteTable answer : topology.effectiveRouteTables()) {
            if (!belongs(answer, view)) continue;
            EffectiveRoutes recorded = EffectiveRoutes.of(rows(answer, view));
            if (!sameUserRows(recorded, derived)) {
                notices.tellDifference(
                        view.subnet().id(), answer.place(), view.subnet().place(), "the routes");
            }
            tellPlatformRoutes(view, answer, recorded, derived);
            return recorded;
        }
        return derived;
    }

    private boolean belongs(EffectiveRouteTable answer, SubnetView view) {
        @Nullable ResourceId asked = answer.networkInterface();
        if (asked != null) return ofInterface(asked, answer.place(), view);
        List<Vnet> owners = topology.vnets().stream()
                .filter(vnet -> ranges(vnet).equals(ranges(answer)))
                .toList();
        if (!owners.contains(view.reach().vnet())) return false;
        if (owners.size() == 1 && view.reach().vnet().subnets().size() == 1) return true;
        unbound(
                "do not say which NIC they are of; they are not used (--effective-of FILE=NIC says it)",
                answer.place());
        return false;
    }

    private boolean ofInterface(ResourceId asked, Place place, SubnetView view) {
        for (NetworkInterface nic : topology.networkInterfaces()) {
            if (!nic.id().equals(asked)) continue;
            for (NetworkInterface.IpConfiguration ip : nic.ipConfigurations()) {
                if (ip.subnet().is(view.subnet().id())) return true;
            }
            return false;
        }
        unbound(
                "are of NIC " + asked.name() + ", which is not in the input; they are not used (`az network nic show`"
                        + " fetches it)",
                place);
        return false;
    }

    private void unbound(String why, Place place) {
        notices.add("EFFECTIVE_UNBOUND", "the recorded effective routes " + why, place);
    }

    private static ImmutableSet<Prefix> ranges(Vnet vnet) {
        return vnet.addressPrefixes().stream()
                .flatMap(range -> range.value().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private static ImmutableSet<Prefix> ranges(EffectiveRouteTable answer) {
        return answer.routes().stream()
                .filter(row -> row.nextHopType() == NextHopType.VNET_LOCAL
                        && row.source().equalsIgnoreCase("Default"))
                .flatMap(row -> row.prefixes().stream())
                .collect(ImmutableSet.toImmutableSet());
    }

    private static ImmutableList<Row> rows(EffectiveRouteTable answer, SubnetView view) {
        ImmutableList.Builder<Row> rows = ImmutableList.builder();
        for (EffectiveRouteTable.Row row : answer.routes()) {
            Source source = source(row.source());
            @Nullable
            Given<dev.mipath.net.Address> address = row.nextHopIpAddresses().isEmpty()
                    ? null
                    : Given.of(row.nextHopIpAddresses().get(0));
            Origin origin = new Origin(
                    source,
                    row.name(),
                    source == Source.USER && view.table() != null ? view.table().id() : null,
                    null,
                    false,
                    row.place());
            Standing standing = row.active() ? Standing.ACTIVE : Standing.USER_ROUTE_HAS_PREFIX;
            RouteFact fact = new RouteFact(
                    origin,
                    row.prefixes(),
                    new Hop(Given.of(row.nextHopType()), address),
                    standing,
                    ImmutableList.of());
            rows.add(new Row(fact, AddressSet.empty(), link(row, view)));
        }
        return rows.build();
    }

    private static @Nullable Peering link(EffectiveRouteTable.Row row, SubnetView view) {
        Optional<VnetReach.Peer> peer = view.reach().peers().stream()
                .filter(candidate -> candidate.ranges().stream()
                        .anyMatch(range ->
                                range.value().filter(row.prefixes()::contains).isPresent()))
                .findFirst();
        return peer.map(VnetReach.Peer::link).orElse(null);
    }

    private static Source source(String word) {
        for (Source source : Source.values()) if (source.azureName().equalsIgnoreCase(word)) return source;
        return Source.DEFAULT;
    }

    /** Azure's own None rows differ by date (fact 8.3), so only what users and gateways brought in is compared. */
    private static boolean sameUserRows(EffectiveRoutes one, EffectiveRoutes other) {
        return brought(one).equals(brought(other));
    }

    /** Fact 2.4: which ranges the platform sends nowhere by itself is told, not judged. */
    private void tellPlatformRoutes(
            SubnetView view, EffectiveRouteTable answer, EffectiveRoutes recorded, EffectiveRoutes derived) {
        ImmutableSortedSet<Prefix> here = sentNowhere(recorded);
        ImmutableSortedSet<Prefix> elsewhere = sentNowhere(derived);
        List<String> differences = new ArrayList<>();
        if (!elsewhere.containsAll(here))
            differences.add("None here only: " + listed(Sets.difference(here, elsewhere)));
        if (!here.containsAll(elsewhere)) {
            differences.add("None elsewhere only: " + listed(Sets.difference(elsewhere, here)));
        }
        if (differences.isEmpty()) return;
        notices.add(
                "PLATFORM_ROUTE_DIFFERS",
                "the platform's own routes in the recorded answer for "
                        + view.subnet().id().qualifiedName() + " are not those of other dates ("
                        + String.join("; ", differences) + "); the recorded answer is taken",
                answer.place());
    }

    private static ImmutableSortedSet<Prefix> sentNowhere(EffectiveRoutes routes) {
        return routes.facts().stream()
                .filter(fact -> fact.origin().source() == Source.DEFAULT && fact.standing() == Standing.ACTIVE)
                .filter(fact -> fact.hop().type().is(NextHopType.NONE))
                .flatMap(fact -> fact.prefixes().stream())
                .collect(ImmutableSortedSet.toImmutableSortedSet(Comparator.naturalOrder()));
    }

    private static String listed(Set<Prefix> prefixes) {
        return prefixes.stream().map(Prefix::toString).collect(Collectors.joining(", "));
    }

    private static ImmutableSet<List<Object>> brought(EffectiveRoutes routes) {
        return routes.facts().stream()
                .filter(fact -> fact.origin().source() != Source.DEFAULT && fact.standing() == Standing.ACTIVE)
                .map(fact -> List.<Object>of(fact.prefixes(), fact.hop().type()))
                .collect(ImmutableSet.toImmutableSet());
    }
}
