package dev.mipath.requirements;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.space.FlowBox;
import dev.mipath.space.RouteMap;
import dev.mipath.topology.AddressTerm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One next hop of what goes from a subnet to a peer.
 *
 * @param routes the routes that lead there, user routes first; empty where no route does, or it is not known which
 * @param certain whether it is known which route takes these packets
 * @param destinations the peer's addresses that go there
 */
public record PeerWay(ImmutableList<RouteFact> routes, boolean certain, AddressSet destinations) {
    /** Where packets of a flow, or the answers to them, leave the subnet: one way for each next hop. */
    static ImmutableList<PeerWay> of(MandatoryFlow flow, EffectiveRoutes effective, RouteMap map) {
        @Nullable RouteFact toTag = toTag(flow, effective);
        boolean vague = peer(flow.sure(), flow).isEmpty();
        Map<Object, Set<RouteFact>> routes = new LinkedHashMap<>();
        Map<Object, List<AddressSet>> destinations = new LinkedHashMap<>();
        for (RouteMap.Part part : map.within(peer(vague ? flow.possible() : flow.sure(), flow))) {
            @Nullable Choice choice = part.choice();
            @Nullable Candidate winner = choice == null ? null : choice.winner();
            @Nullable RouteFact route = winner == null ? null : winner.route();
            boolean open = choice != null && choice.contrary() != null;
            // Any prefix of a tag is longer than that of 0.0.0.0/0, so the route to the peer's tag wins whatever it
            // holds.
            if (open && toTag != null && winner != null && isEverything(winner)) {
                route = toTag;
                open = false;
            }
            Object key = open ? "open" : route == null ? "none" : List.of(route.hop());
            Set<RouteFact> its = routes.computeIfAbsent(key, any -> new LinkedHashSet<>());
            if (!open && route != null) its.add(route);
            destinations.computeIfAbsent(key, any -> new ArrayList<>()).add(part.addresses());
        }
        ImmutableList.Builder<PeerWay> ways = ImmutableList.builder();
        routes.forEach((key, its) -> ways.add(new PeerWay(
                its.stream()
                        .sorted(Comparator.comparing(route -> route.origin().source()))
                        .collect(ImmutableList.toImmutableList()),
                !key.equals("open"),
                AddressSet.unionOf(destinations.getOrDefault(key, List.of())))));
        return ways.build();
    }

    private static boolean isEverything(Candidate candidate) {
        return candidate.prefix() != null && candidate.prefix().length() == 0;
    }

    /** The route that names the peer's tag, or one that holds it; null when there is none or the peer is no tag. */
    private static @Nullable RouteFact toTag(MandatoryFlow flow, EffectiveRoutes effective) {
        if (!(flow.peer() instanceof AddressTerm.Tag peer)) return null;
        for (RouteFact route : effective.facts()) {
            @Nullable String tag = route.origin().tag();
            boolean stands = route.standing() == RouteFact.Standing.ACTIVE;
            if (tag != null && stands && CarriedFlow.holds(tag, peer.name())) return route;
        }
        return null;
    }

    private static AddressSet peer(FlowBox box, MandatoryFlow flow) {
        AddressSet peer = flow.inbound() ? box.source() : box.destination();
        // No route table moves what goes to the platform's own address (fact 2.22), and the subnet has IPv4 alone.
        return peer.intersection(AddressSet.of(Prefix.ALL_V4)).minus(PlatformRanges.HOST_VIRTUAL);
    }
}
