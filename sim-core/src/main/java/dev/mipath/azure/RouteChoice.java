package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.primitives.Ints;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Evidence.LosingRoute;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.NextHopType;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the route of what leaves a subnet.
 *
 * <p>Models: virtual network traffic routing, facts 2.1 to 2.23 (read 2026-11-22).
 *
 * <p>Leaves out: several next hops of one prefix, which gateways alone can have (fact 8.7; a route table with two routes
 * for a prefix is refused by Azure). They share the traffic at equal cost; the first listed stands for all, for they all
 * lead through the gateway.
 */
public final class RouteChoice implements Element {
    private final String name;
    private final ImmutableList<RouteFact> rows;
    private final LpmTable table;
    private final ImmutableList<Choice> choices;
    private final int[] targets;
    private final Supplier<MissingWays> missing;

    /**
     * The choice of one subnet.
     *
     * @param name the element's name
     * @param rows every row of the subnet, those that take no part included
     * @param table from a destination to the index of a choice
     * @param choices the distinct choices
     * @param targets the element each choice's winner leads to, choice by choice; below 0 where the winner drops or leads
     *     nowhere
     * @param missing the ways that the VNet lacks; asked for where a packet finds none, and the same for every caller
     */
    public RouteChoice(
            String name,
            ImmutableList<RouteFact> rows,
            LpmTable table,
            ImmutableList<Choice> choices,
            ImmutableList<Integer> targets,
            Supplier<MissingWays> missing) {
        this.name = name;
        this.rows = rows;
        this.table = table;
        this.choices = choices;
        this.targets = Ints.toArray(targets);
        this.missing = missing;
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        int index = header.v6()
                ? table.match(header.destinationHigh(), header.destinationLow())
                : table.match((int) header.destinationLow());
        if (index == LpmTable.NONE) return Decision.end(Ending.ROUTE_NO_PATH, Decision.LIMIT);
        Choice choice = choices.get(index);
        if (choice.contrary() != null) return Decision.end(Ending.UNDETERMINED, index);
        @Nullable Candidate winner = choice.winner();
        if (winner == null) return Decision.end(Ending.ROUTE_NO_PATH, index);
        boolean drops = winner.route().hop().type().is(NextHopType.NONE);
        int target = targets[index];
        if (!drops && target >= 0) return Decision.forward(target, index);
        @Nullable MissingWay way = missing(winner.route(), header);
        return Decision.end(way != null ? way.ending() : drops ? Ending.ROUTE_NONE : Ending.ROUTE_NO_PATH, index);
    }

    /** What lacks where Azure's own routes drop, or where there is no gateway; what a user's None drops is the user's. */
    private @Nullable MissingWay missing(RouteFact route, Header header) {
        boolean toGateway = route.hop().type().is(NextHopType.VIRTUAL_NETWORK_GATEWAY);
        if (!toGateway && route.origin().source() == RouteFact.Source.USER) return null;
        @Nullable MissingWay way = missing.get().of(header);
        return toGateway && !(way instanceof MissingWay.NoTransit) ? null : way;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        Address destination = arrived.destination();
        int index = Decision.reason(decision);
        @Nullable Choice choice = index == Decision.LIMIT ? null : choices.get(index);
        if (choice != null && choice.contrary() != null) {
            RouteFact maybe = choice.contrary().route();
            @Nullable
            RouteFact certain = choice.winner() == null ? null : choice.winner().route();
            return new Evidence.RouteUndetermined(maybe, certain, maybe.missing());
        }
        @Nullable Candidate winner = choice == null ? null : choice.winner();
        ImmutableList<LosingRoute> losers = losers(destination, winner);
        if (winner == null || winner.prefix() == null) return new Evidence.NoRoute(losers);
        @Nullable MissingWay way = Decision.forwards(decision) ? null : missing(winner.route(), arrived);
        return new Evidence.RouteChosen(winner.route(), winner.prefix(), losers, way);
    }

    @Override
    public @Nullable Address nextHop(long decision) {
        int index = Decision.reason(decision);
        @Nullable Choice choice = index == Decision.LIMIT ? null : choices.get(index);
        if (choice == null || choice.contrary() != null || choice.winner() == null) return null;
        return choice.winner().route().hop().knownAddress();
    }

    private ImmutableList<LosingRoute> losers(Address destination, @Nullable Candidate winner) {
        boolean platformAddress = PlatformRanges.HOST_VIRTUAL.contains(destination);
        boolean bgpOverridden = false;
        for (RouteFact row : rows) {
            bgpOverridden |= row.origin().overridesBgp() && longestCovering(row, destination) != null;
        }
        List<LosingRoute> losers = new ArrayList<>();
        for (RouteFact row : rows) {
            @Nullable Prefix prefix = longestCovering(row, destination);
            if (prefix == null || winner != null && winner.route().equals(row)) continue;
            Candidate loser = new Candidate(prefix, row);
            losers.add(new LosingRoute(
                    row, prefix, RoutePreference.lossOf(loser, winner, platformAddress, bgpOverridden)));
        }
        return ImmutableList.copyOf(losers);
    }

    private static @Nullable Prefix longestCovering(RouteFact row, Address destination) {
        @Nullable Prefix longest = null;
        for (Prefix prefix : row.prefixes()) {
            if (prefix.contains(destination) && (longest == null || prefix.length() > longest.length())) {
                longest = prefix;
            }
        }
        return longest;
    }
}
