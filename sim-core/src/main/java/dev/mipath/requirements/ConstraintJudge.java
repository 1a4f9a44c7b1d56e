package dev.mipath.requirements;

import static dev.mipath.requirements.Finding.Reason.FORBIDDEN;
import static dev.mipath.requirements.Finding.Reason.MISMATCH;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.profile.Feature;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Judges what the virtual network around the subnet must not have. */
final class ConstraintJudge {
    private final SubnetCase of;
    private final Verdicts verdicts;

    ConstraintJudge(SubnetCase of, Verdicts verdicts) {
        this.of = of;
        this.verdicts = verdicts;
    }

    void judge() {
        globalPeering();
        gatewayFlags();
        dnsZones();
        if (!of.of2020()) reservedZones();
        if (of.era().equals(Era.NOVEMBER_2022) || of.era().equals(Era.CURRENT)) ipv6();
        if (of.era().equals(Era.CURRENT)) {
            shared(Requirement.OWN_NSG, subnet -> subnet.attached().networkSecurityGroup());
            shared(Requirement.OWN_ROUTE_TABLE, subnet -> subnet.attached().routeTable());
        }
    }

    private void globalPeering() {
        if (of.era().reachableOverGlobalPeering()) return;
        verdicts.judged(Requirement.NO_GLOBAL_PEERING);
        for (Peering peering : of.vnet().peerings()) {
            Optional<Vnet> remote = peering.remoteVnet().value().flatMap(of.topology()::vnet);
            Optional<String> here = of.vnet().location().value();
            Optional<String> there = remote.flatMap(vnet -> vnet.location().value());
            boolean same = remote.isPresent()
                    && remote.get().location().equals(of.vnet().location());
            if (same) continue;
            if (here.isEmpty() || there.isEmpty()) {
                verdicts.unknown(
                        Requirement.NO_GLOBAL_PEERING,
                        "the region of " + peering.remoteVnet().map(ResourceId::name));
            } else if (!RegionPairs.spelling(here.get()).equals(RegionPairs.spelling(there.get()))) {
                verdicts.add(Finding.of(
                        Requirement.NO_GLOBAL_PEERING,
                        FORBIDDEN,
                        peering.place(),
                        peering.id().name(),
                        there.get()));
            }
        }
    }

    /** Fact 3.5, trap 12: a gateway is shared only when both ends say so. */
    private void gatewayFlags() {
        for (Peering peering : of.vnet().peerings()) {
            if (!peering.flags().useRemoteGateways().is(true)) continue;
            verdicts.judged(Requirement.GATEWAY_FLAGS);
            Optional<Vnet> remote = peering.remoteVnet().value().flatMap(of.topology()::vnet);
            for (Peering back : remote.map(Vnet::peerings).orElse(ImmutableList.of())) {
                boolean isBack = back.remoteVnet().is(of.vnet().id());
                if (!isBack || !back.flags().allowGatewayTransit().is(false)) continue;
                Peering.Flags flags = back.flags();
                Peering.Flags on = new Peering.Flags(
                        flags.allowVirtualNetworkAccess(),
                        flags.allowForwardedTraffic(),
                        Given.of(true),
                        flags.useRemoteGateways());
                verdicts.add(Finding.of(
                                Requirement.GATEWAY_FLAGS,
                                MISMATCH,
                                back.place(),
                                peering.id().name(),
                                back.id().name())
                        .with(List.of(new Change.SetPeeringFlags(back.id(), on))));
            }
        }
    }

    private void dnsZones() {
        if (of.instances().size() < 2) return;
        verdicts.judged(Requirement.ONE_DNS_ZONE);
        Set<String> zones = new LinkedHashSet<>();
        @Nullable Place place = null;
        for (ManagedInstance instance : of.instances()) {
            if (instance.dnsZone() != null && zones.add(Ascii.toLowerCase(instance.dnsZone()))) {
                place = instance.place();
            }
        }
        if (zones.size() > 1 && place != null) {
            verdicts.add(Finding.of(Requirement.ONE_DNS_ZONE, MISMATCH, place, zones.toArray(String[]::new)));
        }
    }

    private void reservedZones() {
        verdicts.judged(Requirement.RESERVED_ZONES);
        for (PrivateDnsZone zone : of.topology().services(PrivateDnsZone.class)) {
            if (!hides(Ascii.toLowerCase(zone.id().name()))) continue;
            switch (NamePreconditions.linked(zone, of.vnet().id())) {
                case MET ->
                    verdicts.add(Finding.of(
                            Requirement.RESERVED_ZONES,
                            FORBIDDEN,
                            zone.place(),
                            zone.id().name()));
                case UNKNOWN ->
                    verdicts.unknown(
                            Requirement.RESERVED_ZONES,
                            "the virtual networks that zone " + zone.id().name() + " is linked to");
                case BROKEN -> {}
            }
        }
    }

    /** Fact 4.3: the private link zone of the instance's own DNS zone breaks the instance, too. */
    private boolean hides(String zone) {
        return Feature.RESERVED_NAMES.contains(zone)
                || of.instances().stream()
                        .anyMatch(instance -> zone.equals(NamePreconditions.privateLinkZone(instance)));
    }

    private void ipv6() {
        verdicts.judged(Requirement.NO_IPV6);
        for (Given<Prefix> prefix : of.subnet().prefixes()) {
            if (prefix.value().filter(Prefix::v6).isPresent())
                foundV6(of.subnet().place(), prefix.toString());
        }
        for (SecurityRule rule : of.group().map(NetworkSecurityGroup::rules).orElse(ImmutableList.of())) {
            boolean v6 = hasV6(rule.match().source()) || hasV6(rule.match().destination());
            if (v6) foundV6(rule.place(), rule.name());
        }
        for (Route route : of.table().map(RouteTable::routes).orElse(ImmutableList.of())) {
            boolean v6 =
                    route.destination().orElse(new RouteDestination.Tag("")) instanceof RouteDestination.Block block
                            && block.prefix().v6();
            if (v6) foundV6(route.place(), route.name());
        }
    }

    private static boolean hasV6(List<AddressTerm> terms) {
        return terms.stream()
                .anyMatch(term -> term instanceof AddressTerm.Block block
                        && block.prefix().v6());
    }

    private void foundV6(Place place, String what) {
        Finding finding = Finding.of(Requirement.NO_IPV6, FORBIDDEN, place, what);
        verdicts.add(finding.with(Remedies.removeNamed(of, what)));
    }

    private void shared(Requirement requirement, Function<Subnet, @Nullable Given<ResourceId>> attached) {
        verdicts.judged(requirement);
        @Nullable Given<ResourceId> own = attached.apply(of.subnet());
        if (own == null || own.isUnknown()) return;
        for (Peering peering : of.vnet().peerings()) {
            Optional<Vnet> remote = peering.remoteVnet().value().flatMap(of.topology()::vnet);
            for (Subnet other : remote.map(Vnet::subnets).orElse(ImmutableList.of())) {
                boolean instances = of.topology().managedInstances().stream()
                        .anyMatch(instance -> instance.subnet().is(other.id()));
                if (instances && own.equals(attached.apply(other))) {
                    verdicts.add(Finding.of(
                            requirement,
                            MISMATCH,
                            of.subnet().place(),
                            own.map(ResourceId::name).toString(),
                            other.id().qualifiedName()));
                }
            }
        }
    }
}
