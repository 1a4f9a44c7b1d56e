package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.MissingReferences;
import dev.mipath.format.Problems;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Puts parts that were declared as resources of their own into the resource they are a part of. */
final class Parts {
    private final Problems problems;
    private final Notices notices;

    Parts(Problems problems, Notices notices) {
        this.problems = problems;
        this.notices = notices;
    }

    /** A VNet that holds just this part, to be merged with what else is known of it. */
    static @Nullable Vnet vnetOf(ResourceId vnet, Record part) {
        ImmutableList<Subnet> subnets = part instanceof Subnet subnet ? ImmutableList.of(subnet) : ImmutableList.of();
        ImmutableList<Peering> peerings =
                part instanceof Peering peering ? ImmutableList.of(peering) : ImmutableList.of();
        if (subnets.isEmpty() && peerings.isEmpty()) return null;
        Place place = FactMerger.placeOf(part);
        return new Vnet(
                vnet,
                place,
                Given.unknown("location of `" + vnet.name() + "`", place),
                ImmutableList.of(Given.unknown("address space of `" + vnet.name() + "`", place)),
                ImmutableList.of(),
                subnets,
                peerings);
    }

    /** A group nobody declared, whose other rules nobody knows. */
    static NetworkSecurityGroup unseenGroup(ResourceId id, Place place) {
        return new NetworkSecurityGroup(
                id, place, ImmutableList.of(RuleReader.anything("other rules of `" + id.name() + "`", place)));
    }

    /** A table nobody declared, whose other routes nobody knows. */
    static RouteTable unseenTable(ResourceId id, Place place) {
        return new RouteTable(
                id,
                place,
                Given.unknown("route propagation of `" + id.name() + "`", place),
                ImmutableList.of(RouteReader.anything("other routes of `" + id.name() + "`", place)));
    }

    NetworkSecurityGroup with(NetworkSecurityGroup group, SecurityRule rule) {
        return group.withRules(plus(group.rules(), rule, SecurityRule::name));
    }

    RouteTable with(RouteTable table, Route route) {
        return table.withRoutes(plus(table.routes(), route, Route::name));
    }

    private <T extends Record> ImmutableList<T> plus(List<T> parts, T part, Function<T, String> nameOf) {
        List<T> all = new ArrayList<>();
        boolean found = false;
        for (T had : parts) {
            if (!nameOf.apply(had).equalsIgnoreCase(nameOf.apply(part))) {
                all.add(had);
                continue;
            }
            found = true;
            all.add(had);
            FactMerger merger = new FactMerger();
            Object unused = merger.merge(had, part);
            FactMerger.Difference difference = merger.differing();
            if (difference != null) Contradiction.report(difference, problems);
        }
        if (!found) all.add(part);
        return ImmutableList.copyOf(all);
    }

    /** Tells that only a part of a resource is known. */
    void noticeUnseen(ResourceId whole, Record part) {
        notices.add(
                MissingReferences.CODE,
                FactMerger.placeOf(part),
                "this is a part of " + MissingReferences.notInInput(whole));
    }
}
