package dev.mipath.azure;

import com.google.common.base.Ascii;
import dev.mipath.forwarding.Evidence.Loss;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.forwarding.RouteFact.Source;
import dev.mipath.forwarding.RouteFact.Standing;
import dev.mipath.net.Prefix;
import dev.mipath.topology.NextHopType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which of the rows that cover a destination Azure takes: the longest prefix, then user before gateway before
 * system routes (fact 2.1), with the documented exceptions (facts 2.7, 2.8, 2.14, 2.18, 3.20).
 */
public final class RoutePreference {
    private RoutePreference() {}

    /**
     * A row with the one of its prefixes that covers the destination.
     *
     * @param prefix the prefix; null for a row whose prefix is unknown and so may be any
     * @param route the row
     */
    public record Candidate(@Nullable Prefix prefix, RouteFact route) {}

    /**
     * What is known of the choice for one destination.
     *
     * @param winner the best of the certain rows, or null when none covers the destination
     * @param contrary an uncertain row that may win and would send the packet elsewhere, or null
     */
    public record Choice(
            @Nullable Candidate winner, @Nullable Candidate contrary) {}

    /**
     * The choice among the rows that cover a destination.
     *
     * @param covering the rows in the order in which they are listed
     * @param platformAddress whether the destination is one of the platform's own, which no table moves (fact 2.22)
     */
    public static Choice choose(List<Candidate> covering, boolean platformAddress) {
        List<Candidate> certain = new ArrayList<>();
        List<Candidate> uncertain = new ArrayList<>();
        for (Candidate candidate : covering) {
            boolean takesPart = platformAddress
                    ? candidate.route().origin().source() == Source.DEFAULT
                    : candidate.route().standing() == Standing.ACTIVE;
            if (takesPart) (candidate.route().certain() ? certain : uncertain).add(candidate);
        }
        boolean gatewayRoutesOut = certain.stream().anyMatch(RoutePreference::keepsGatewayRoutesOut);
        @Nullable Candidate winner = best(certain, gatewayRoutesOut);
        if (uncertain.isEmpty()) return new Choice(winner, null);
        @Nullable Candidate contrary = contrary(winner, winner, uncertain, gatewayRoutesOut);
        @Nullable Candidate doubt = doubt(certain, uncertain, gatewayRoutesOut);
        if (contrary == null && doubt != null) {
            @Nullable Candidate otherwise = best(certain, !gatewayRoutesOut);
            boolean alike = otherwise == null ? winner == null : leadAlike(winner, otherwise);
            contrary = alike ? contrary(winner, otherwise, uncertain, !gatewayRoutesOut) : doubt;
        }
        return new Choice(winner, contrary);
    }

    /** An uncertain row that may go before the best certain one and leads elsewhere than the winner, or null. */
    private static @Nullable Candidate contrary(
            @Nullable Candidate winner,
            @Nullable Candidate bestCertain,
            List<Candidate> uncertain,
            boolean gatewayRoutesOut) {
        for (Candidate maybe : uncertain) {
            boolean out = gatewayRoutesOut && isGatewayRoute(maybe);
            boolean first = bestCertain == null || compare(maybe, bestCertain) <= 0;
            if (!out && first && !leadAlike(winner, maybe)) return maybe;
        }
        return null;
    }

    /** The uncertain row that decides whether gateway routes take part at all, or null when that is certain. */
    private static @Nullable Candidate doubt(
            List<Candidate> certain, List<Candidate> uncertain, boolean gatewayRoutesOut) {
        @Nullable Candidate doubt = null;
        if (!gatewayRoutesOut) {
            for (Candidate maybe : uncertain) if (doubt == null && keepsGatewayRoutesOut(maybe)) doubt = maybe;
            return doubt;
        }
        for (Candidate keeper : certain) {
            if (!keepsGatewayRoutesOut(keeper)) continue;
            // A user route of the same prefix would put a system route out of the choice (fact 2.20).
            @Nullable Candidate rival = keeper.route().origin().overridesBgp() ? null : rival(keeper, uncertain);
            if (rival == null) return null;
            doubt = rival;
        }
        return doubt;
    }

    private static @Nullable Candidate rival(Candidate keeper, List<Candidate> uncertain) {
        for (Candidate maybe : uncertain) {
            boolean user = maybe.route().origin().source() == Source.USER;
            if (user && (maybe.prefix() == null || maybe.prefix().equals(keeper.prefix()))) return maybe;
        }
        return null;
    }

    private static boolean leadAlike(@Nullable Candidate winner, Candidate other) {
        return winner != null && winner.route().sameHop(other.route());
    }

    private static @Nullable Candidate best(List<Candidate> active, boolean gatewayRoutesOut) {
        @Nullable Candidate best = null;
        for (Candidate candidate : active) {
            boolean out = gatewayRoutesOut && isGatewayRoute(candidate);
            if (!out && (best == null || compare(candidate, best) < 0)) best = candidate;
        }
        return best;
    }

    /** Below 0 when the first goes before the second; 0 leaves the order of listing to decide. */
    private static int compare(Candidate one, Candidate other) {
        int byEndpoint = Integer.compare(endpointRank(one), endpointRank(other));
        if (byEndpoint != 0) return byEndpoint;
        int byLength = Integer.compare(lengthOf(other), lengthOf(one));
        if (byLength != 0) return byLength;
        int bySource =
                one.route().origin().source().compareTo(other.route().origin().source());
        return bySource != 0 ? bySource : Integer.compare(tagRank(one.route()), tagRank(other.route()));
    }

    private static int endpointRank(Candidate candidate) {
        if (is(candidate, NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT)) return 0;
        return is(candidate, NextHopType.INTERFACE_ENDPOINT) ? 1 : 2;
    }

    /** A row of unknown prefix may have the longest. */
    private static int lengthOf(Candidate candidate) {
        return candidate.prefix() == null
                ? Integer.MAX_VALUE
                : candidate.prefix().length();
    }

    private static boolean keepsGatewayRoutesOut(Candidate candidate) {
        if (candidate.route().origin().overridesBgp()) return true;
        return candidate.route().origin().source() == Source.DEFAULT
                && (is(candidate, NextHopType.VNET_LOCAL)
                        || is(candidate, NextHopType.VNET_PEERING)
                        || is(candidate, NextHopType.VNET_GLOBAL_PEERING));
    }

    private static boolean isGatewayRoute(Candidate candidate) {
        return candidate.route().origin().source() == Source.VIRTUAL_NETWORK_GATEWAY;
    }

    private static boolean is(Candidate candidate, NextHopType type) {
        return candidate.route().hop().type().is(type);
    }

    /** Fact 2.14: explicit prefix, regional tag, top-level tag, AzureCloud.region, AzureCloud. */
    private static int tagRank(RouteFact route) {
        @Nullable String tag = route.origin().tag();
        if (tag == null) return 0;
        String name = Ascii.toLowerCase(tag);
        if (name.equals("azurecloud")) return 4;
        if (name.startsWith("azurecloud.")) return 3;
        return name.indexOf('.') < 0 ? 2 : 1;
    }

    /**
     * Why a row that covers the destination did not win.
     *
     * @param platformAddress whether the destination is one of the platform's own
     * @param bgpOverridden whether a user route that overrides BGP covers the destination, the winner or another
     */
    public static Loss lossOf(
            Candidate loser, @Nullable Candidate winner, boolean platformAddress, boolean bgpOverridden) {
        if (platformAddress && loser.route().origin().source() != Source.DEFAULT) return Loss.PLATFORM_ADDRESS;
        if (loser.route().standing() != Standing.ACTIVE || winner == null) return Loss.NOT_ACTIVE;
        if (endpointRank(winner) < endpointRank(loser)) {
            return endpointRank(winner) == 0 ? Loss.SERVICE_ENDPOINT_FIRST : Loss.PRIVATE_ENDPOINT_FIRST;
        }
        Source first = winner.route().origin().source();
        // Where none is kept out, a gateway route goes before a system route of its length, whichever that is.
        boolean keptOut = lengthOf(winner) < lengthOf(loser)
                || lengthOf(winner) == lengthOf(loser)
                        && (first == Source.DEFAULT || winner.route().origin().overridesBgp());
        if (isGatewayRoute(loser) && keptOut) {
            return bgpOverridden ? Loss.BGP_OVERRIDE : Loss.SYSTEM_BEFORE_GATEWAY;
        }
        if (lengthOf(winner) > lengthOf(loser)) return Loss.LONGER_PREFIX;
        if (first != loser.route().origin().source()) {
            return first == Source.USER ? Loss.USER_FIRST : Loss.GATEWAY_BEFORE_SYSTEM;
        }
        return tagRank(winner.route()) < tagRank(loser.route()) ? Loss.TAG_ORDER : Loss.LISTED_LATER;
    }
}
