package dev.mipath.repair;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.forwarding.Step;
import dev.mipath.repair.Remedy.Kind;
import dev.mipath.topology.Change;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import dev.mipath.trace.Conversation.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Edits of the two halves of one peering. */
final class PeeringRemedies {
    private final Topology topology;

    PeeringRemedies(Topology topology) {
        this.topology = topology;
    }

    /** One half of a peering and the VNet it belongs to. */
    private record Half(Vnet vnet, Peering link) {}

    Remedy of(Problem problem) {
        @Nullable Step step = problem.step();
        @Nullable ResourceId link = null;
        @Nullable ResourceId otherLink = null;
        if (step != null && step.why() instanceof Evidence.PeeringMet met) {
            link = met.link();
            otherLink = met.otherLink();
        } else if (step != null && step.why() instanceof Evidence.RouteChosen chosen && chosen.missing() != null) {
            MissingWay way = chosen.missing();
            if (way instanceof MissingWay.NoTransit transit) return lend(transit);
            link = way.link();
            otherLink = way instanceof MissingWay.PeeringDown down ? down.otherLink() : null;
        }
        Optional<Half> own = half(link);
        if (step == null || own.isEmpty()) return Remedy.advice(Kind.NONE);
        return of(Decision.ending(step.decision()), own.get(), half(otherLink));
    }

    private Optional<Half> half(@Nullable ResourceId link) {
        for (Vnet vnet : topology.vnets()) {
            for (Peering peering : vnet.peerings()) {
                if (peering.id().equals(link)) return Optional.of(new Half(vnet, peering));
            }
        }
        return Optional.empty();
    }

    private Remedy of(Ending ending, Half own, Optional<Half> other) {
        return switch (ending) {
            case PEERING_NOT_CONNECTED -> connected(own, other);
            case PEERING_ACCESS_OFF -> accessOn(own.link, other);
            default -> other.map(there -> flag(forwardedOn(there.link))).orElse(Remedy.advice(Kind.NONE));
        };
    }

    private Remedy connected(Half own, Optional<Half> other) {
        Optional<Vnet> remote = own.link.remoteVnet().value().flatMap(topology::vnet);
        if (remote.isEmpty()) return Remedy.advice(Kind.NONE);
        List<Change> changes = new ArrayList<>();
        if (other.isPresent()) {
            if (!Given.of(Peering.State.CONNECTED).equals(other.get().link.state()))
                changes.add(new Change.SetPeeringState(other.get().link.id(), Peering.State.CONNECTED));
        } else {
            changes.add(new Change.AddPeering(remote.get().id(), link(remote.get(), own.vnet)));
        }
        if (!Given.of(Peering.State.CONNECTED).equals(own.link.state())) {
            changes.add(new Change.SetPeeringState(own.link.id(), Peering.State.CONNECTED));
        }
        return new Remedy(Kind.CONNECT_PEERING, ImmutableList.copyOf(changes), ImmutableList.of());
    }

    /** A new half, with Azure's defaults. */
    static Peering link(Vnet from, Vnet to) {
        String name = "to-" + to.id().name();
        String parent = from.id().text();
        String id = parent.startsWith("/") ? parent + "/virtualNetworkPeerings/" + name : parent + "/" + name;
        return new Peering(
                new ResourceId(id),
                from.place(),
                Given.of(to.id()),
                Given.of(Peering.State.CONNECTED),
                Peering.Flags.DEFAULTS,
                ImmutableList.of());
    }

    private static Remedy accessOn(Peering own, Optional<Half> other) {
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        for (Peering link : other.isPresent() ? List.of(own, other.get().link) : List.of(own)) {
            Peering.Flags flags = link.flags();
            if (!flags.allowVirtualNetworkAccess().is(false)) continue;
            changes.add(new Change.SetPeeringFlags(
                    link.id(),
                    new Peering.Flags(
                            Given.of(true),
                            flags.allowForwardedTraffic(),
                            flags.allowGatewayTransit(),
                            flags.useRemoteGateways())));
        }
        return new Remedy(Kind.SET_PEERING_FLAG, changes.build(), ImmutableList.of());
    }

    static Change forwardedOn(Peering link) {
        Peering.Flags flags = link.flags();
        return new Change.SetPeeringFlags(
                link.id(),
                new Peering.Flags(
                        flags.allowVirtualNetworkAccess(),
                        Given.of(true),
                        flags.allowGatewayTransit(),
                        flags.useRemoteGateways()));
    }

    private static Remedy flag(Change change) {
        return new Remedy(Kind.SET_PEERING_FLAG, ImmutableList.of(change), ImmutableList.of());
    }

    /** Azure wants the lender's switch on before the user's (fact 3.5). */
    private Remedy lend(MissingWay.NoTransit transit) {
        ResourceId user = transit.uses() ? transit.otherLink() : transit.link();
        ResourceId lender = transit.uses() ? transit.link() : transit.otherLink();
        ImmutableList.Builder<Change> changes = ImmutableList.builder();
        half(lender)
                .map(half -> half.link)
                .filter(link -> link.flags().allowGatewayTransit().is(false))
                .ifPresent(link ->
                        changes.add(transit(link, Given.of(true), link.flags().useRemoteGateways())));
        half(user)
                .map(half -> half.link)
                .filter(link -> link.flags().useRemoteGateways().is(false))
                .ifPresent(link -> changes.add(transit(link, link.flags().allowGatewayTransit(), Given.of(true))));
        return new Remedy(Kind.LEND_GATEWAY, changes.build(), ImmutableList.of());
    }

    private static Change transit(Peering link, Given<Boolean> allows, Given<Boolean> uses) {
        Peering.Flags flags = link.flags();
        return new Change.SetPeeringFlags(
                link.id(),
                new Peering.Flags(flags.allowVirtualNetworkAccess(), flags.allowForwardedTraffic(), allows, uses));
    }
}
