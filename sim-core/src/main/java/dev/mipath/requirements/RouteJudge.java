package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.MISSING;
import static dev.mipath.requirements.Finding.Reason.STOLEN;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Candidate;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.space.FlowLine;
import dev.mipath.space.RouteMap;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Judges the subnet's routes by where they send what has to go a certain way. */
final class RouteJudge {
    private static final ImmutableList<PortRange> ANY_PORT = ImmutableList.of(PortRange.ANY);
    private static final Set<NextHopType> LOCAL = Set.of(NextHopType.VNET_LOCAL);
    private static final Set<NextHopType> DIRECT =
            Set.of(NextHopType.INTERNET, NextHopType.VIRTUAL_NETWORK_SERVICE_ENDPOINT, NextHopType.INTERFACE_ENDPOINT);

    private final SubnetCase of;
    private final Verdicts verdicts;

    RouteJudge(SubnetCase of, Verdicts verdicts) {
        this.of = of;
        this.verdicts = verdicts;
    }

    /** What the parts of the space that leave a requirement's way come to. */
    private static final class Astray {
        private final List<AddressSet> lost = new ArrayList<>();
        private final List<AddressSet> doubtful = new ArrayList<>();
        private final Set<RouteFact> culprits = new LinkedHashSet<>();
        private @Nullable String missing;
    }

    void judge() {
        if (of.prefix().isEmpty()) {
            verdicts.unknown(Requirement.ROUTE_SUBNET_LOCAL, "the subnet's IPv4 prefix");
            return;
        }
        RouteMap map = RouteMap.of(of.tables().routes());
        judge(Requirement.ROUTE_SUBNET_LOCAL, astray(map, of.addresses(), LOCAL), NextHopType.VNET_LOCAL);
        Era era = of.manual() ? Era.Y2020 : of.era();
        if (era.routes().isEmpty()) return;
        Astray all = new Astray();
        List<AddressSet> prefixes = new ArrayList<>();
        for (Era.ServiceRoute route : era.routes()) {
            if (route.prefix() != null) prefixes.add(AddressSet.of(route.prefix()));
            else if (route.tag() != null) addTag(route.tag(), map, all);
        }
        add(map, AddressSet.unionOf(prefixes).minus(PlatformRanges.HOST_VIRTUAL), DIRECT, all);
        judge(Requirement.ROUTES_TO_AZURE, all, NextHopType.INTERNET);
    }

    private void addTag(String wanted, RouteMap map, Astray all) {
        @Nullable String tag = Compilation.narrowed(wanted, of.vnet());
        if (tag == null) return;
        add(map, v4(AddressSet.of(of.tags().members(tag))), DIRECT, all);
        if (of.tags().prefixes(tag).isPresent()) return;
        for (RouteMap.Part part : map.within(v4(PlatformRanges.TAG_SPACE))) {
            @Nullable Choice choice = part.choice();
            @Nullable Candidate winner = choice == null ? null : choice.winner();
            if (choice == null || winner == null || leads(winner, DIRECT) || tagRouteWins(choice, tag)) continue;
            boolean byUser = winner.route().origin().source() == RouteFact.Source.USER;
            if (byUser && all.missing == null) all.missing = Compilation.missingTag(tag);
            if (byUser) all.doubtful.add(part.addresses());
        }
    }

    private static AddressSet v4(AddressSet set) {
        return set.intersection(AddressSet.of(Prefix.ALL_V4));
    }

    /** Any prefix of a tag is longer than that of 0.0.0.0/0, so the route to the tag wins whatever it holds. */
    private static boolean tagRouteWins(Choice choice, @Nullable String tag) {
        @Nullable Candidate winner = choice.winner();
        @Nullable Candidate other = choice.contrary();
        boolean everything =
                winner != null && winner.prefix() != null && winner.prefix().length() == 0;
        @Nullable String named = other == null ? null : other.route().origin().tag();
        return everything && named != null && (tag == null || named.equalsIgnoreCase(tag)) && leads(other, DIRECT);
    }

    private static boolean leads(@Nullable Candidate candidate, Set<NextHopType> right) {
        return candidate != null
                && candidate
                        .route()
                        .hop()
                        .type()
                        .value()
                        .filter(right::contains)
                        .isPresent();
    }

    private Astray astray(RouteMap map, AddressSet wanted, Set<NextHopType> right) {
        Astray astray = new Astray();
        add(map, wanted, right, astray);
        return astray;
    }

    private void add(RouteMap map, AddressSet wanted, Set<NextHopType> right, Astray astray) {
        for (RouteMap.Part part : map.within(wanted)) {
            @Nullable Choice choice = part.choice();
            @Nullable Candidate winner = choice == null ? null : choice.winner();
            if (choice != null && choice.contrary() != null && !tagRouteWins(choice, null)) {
                astray.doubtful.add(part.addresses());
                astray.missing = String.join(", ", choice.contrary().route().missing());
                continue;
            }
            boolean tagWins = choice != null && choice.contrary() != null;
            // The deprecated mode wants entries of the customer's own, even where a system route does as well.
            boolean own =
                    !of.manual() || winner != null && winner.route().origin().source() == RouteFact.Source.USER;
            if (tagWins || leads(winner, right) && own) continue;
            astray.lost.add(part.addresses());
            if (winner != null && !leads(winner, right)) astray.culprits.add(winner.route());
        }
    }

    private void judge(Requirement requirement, Astray astray, NextHopType wanted) {
        verdicts.judged(requirement);
        AddressSet lost = AddressSet.unionOf(astray.lost);
        if (!lost.isEmpty()) {
            List<RouteFact> stealing = astray.culprits.stream()
                    .filter(route -> route.origin().place().isInInput())
                    .toList();
            boolean missing = stealing.isEmpty();
            Finding finding = new Finding(
                    requirement,
                    missing ? MISSING : STOLEN,
                    place(stealing),
                    stealing.stream().map(RouteJudge::name).distinct().collect(ImmutableList.toImmutableList()),
                    ImmutableList.of(line(lost)),
                    ImmutableList.of(),
                    null);
            boolean noTable = verdicts.found(Requirement.ROUTE_TABLE_PRESENT);
            verdicts.add(
                    noTable
                            ? finding.because(Requirement.ROUTE_TABLE_PRESENT)
                            : finding.with(Remedies.route(of, stealing, lost, wanted)));
        } else if (!astray.doubtful.isEmpty()) {
            verdicts.unknown(
                    requirement,
                    astray.missing == null ? "the routes" : astray.missing,
                    ImmutableList.of(line(AddressSet.unionOf(astray.doubtful))));
        }
    }

    /** What follows the word route in a sentence. */
    private static String name(RouteFact route) {
        @Nullable String name = route.origin().name();
        if (name != null) return name;
        String whither =
                route.prefixes().isEmpty() ? "" : "for " + route.prefixes().get(0) + " ";
        if (route.origin().source() == RouteFact.Source.VIRTUAL_NETWORK_GATEWAY) return whither + "learnt by a gateway";
        NextHopType type = route.hop().type().orElse(NextHopType.NONE);
        boolean peering = type == NextHopType.VNET_PEERING || type == NextHopType.VNET_GLOBAL_PEERING;
        return whither + (peering ? "of a peering" : "of Azure's own");
    }

    private Place place(List<RouteFact> stealing) {
        for (RouteFact route : stealing) return route.origin().place();
        return of.table().map(table -> table.place()).orElse(of.subnet().place());
    }

    private FlowLine line(AddressSet destinations) {
        return new FlowLine(ImmutableList.of(), of.addresses(), ANY_PORT, destinations, ANY_PORT);
    }
}
