package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.RegionPairs;
import dev.mipath.topology.GatewayConnection;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one VNet can reach beside itself: its peers and what is learnt through a gateway, its own or a peer's
 * (facts 2.6, 3.1 to 3.6).
 *
 * @param vnet the VNet
 * @param own its own ranges
 * @param peers its peering links
 * @param learnt the ranges learnt through a gateway
 */
record VnetReach(Vnet vnet, Meaning own, ImmutableList<Peer> peers, ImmutableList<Learnt> learnt) {
    /**
     * One peering link and what is known of the other end.
     *
     * @param link this VNet's link
     * @param state the link's state, derived where a template does not say it
     * @param remote the other VNet, or null when it is not in the input
     * @param otherLink the other VNet's link back, or null when there is none or it is not known
     * @param otherState the state of the link back; unknown when it is not known whether there is one
     * @param ranges the other VNet's ranges
     * @param isGlobal whether the VNets are in different regions
     */
    record Peer(
            Peering link,
            Given<Peering.State> state,
            @Nullable Vnet remote,
            @Nullable Peering otherLink,
            Given<Peering.State> otherState,
            ImmutableList<Given<Prefix>> ranges,
            boolean isGlobal) {}

    /**
     * A range learnt through a gateway.
     *
     * @param prefix the range
     * @param gateway the gateway
     * @param site the site behind it, or null for a range learnt by BGP
     * @param place where it was declared
     * @param missing what would have to be known to be sure that it is learnt
     */
    record Learnt(
            Given<Prefix> prefix,
            VirtualNetworkGateway gateway,
            @Nullable ResourceId site,
            Place place,
            ImmutableList<String> missing) {}

    static VnetReach of(Vnet vnet, Topology topology) {
        ImmutableList.Builder<Peer> peers = ImmutableList.builder();
        for (Peering link : vnet.peerings()) peers.add(peer(vnet, link, topology));
        return of(vnet, peers.build(), topology);
    }

    private static VnetReach of(Vnet vnet, ImmutableList<Peer> peers, Topology topology) {
        List<Learnt> learnt = new ArrayList<>(ownGatewayRanges(vnet, topology, ImmutableList.of()));
        for (Peer peer : peers) learnt.addAll(transitRanges(peer, topology));
        return new VnetReach(vnet, Meaning.ofPrefixes(vnet.addressPrefixes()), peers, ImmutableList.copyOf(learnt));
    }

    private static Peer peer(Vnet vnet, Peering link, Topology topology) {
        @Nullable
        Vnet remote = link.remoteVnet().value().flatMap(topology::vnet).orElse(null);
        @Nullable Peering otherLink = null;
        boolean mayComeBack = remote == null;
        for (Peering other : remote == null ? List.<Peering>of() : remote.peerings()) {
            if (otherLink == null && other.remoteVnet().is(vnet.id())) otherLink = other;
            // A link of the other VNet that leads nobody knows where may be the one back.
            mayComeBack |= other.remoteVnet().isUnknown();
        }
        mayComeBack &= otherLink == null;
        ImmutableList<Given<Prefix>> ranges;
        if (remote != null) {
            ranges = remote.addressPrefixes();
        } else if (!link.remoteAddressPrefixes().isEmpty()) {
            ranges = link.remoteAddressPrefixes().stream().map(Given::of).collect(ImmutableList.toImmutableList());
        } else {
            ranges = ImmutableList.of(Given.unknown(
                    "the address ranges of the VNet behind peering " + link.id().qualifiedName(), link.place()));
        }
        boolean isGlobal = remote != null
                && !remote.location().isUnknown()
                && !vnet.location().isUnknown()
                && !sameRegion(remote.location().orElse(""), vnet.location().orElse(""));
        return new Peer(
                link,
                stateOf(link, otherLink, mayComeBack),
                remote,
                otherLink,
                otherStateOf(link, otherLink, mayComeBack),
                ranges,
                isGlobal);
    }

    /** {@code West Europe} and {@code westeurope} are one region. */
    private static boolean sameRegion(String one, String other) {
        return RegionPairs.spelling(one).equals(RegionPairs.spelling(other));
    }

    /** A template declares links without states: two links that name each other will be Connected. */
    private static Given<Peering.State> stateOf(Peering near, @Nullable Peering far, boolean mayComeBack) {
        if (near.state() != null) return near.state();
        if (far != null) return Given.of(Peering.State.CONNECTED);
        return mayComeBack ? unknownLinkBack(near) : Given.of(Peering.State.INITIATED);
    }

    private static Given<Peering.State> otherStateOf(Peering link, @Nullable Peering back, boolean mayComeBack) {
        if (back != null) return stateOf(/* near= */ back, /* far= */ link, mayComeBack);
        return mayComeBack ? unknownLinkBack(link) : Given.of(Peering.State.DISCONNECTED);
    }

    private static Given<Peering.State> unknownLinkBack(Peering link) {
        return Given.unknown("the link back of peering " + link.id().qualifiedName(), link.place());
    }

    private static List<Learnt> ownGatewayRanges(Vnet vnet, Topology topology, ImmutableList<String> missing) {
        List<Learnt> learnt = new ArrayList<>();
        for (VirtualNetworkGateway gateway : topology.virtualNetworkGateways()) {
            if (!mayBeIn(vnet, gateway)) continue;
            ImmutableList<String> ifHere = and(missing, gateway.subnet());
            for (Given<Prefix> prefix : gateway.learnedPrefixes()) {
                learnt.add(new Learnt(prefix, gateway, null, gateway.place(), ifHere));
            }
            for (GatewayConnection connection : topology.gatewayConnections()) {
                if (!connection.virtualNetworkGateway().mayBe(gateway.id())) continue;
                ImmutableList<String> ifConnected = and(ifHere, connection.virtualNetworkGateway());
                learnt.addAll(siteRanges(connection, gateway, topology, ifConnected));
            }
        }
        return learnt;
    }

    private static List<Learnt> siteRanges(
            GatewayConnection connection,
            VirtualNetworkGateway gateway,
            Topology topology,
            ImmutableList<String> missing) {
        List<Learnt> learnt = new ArrayList<>();
        @Nullable Given<ResourceId> siteId = connection.localNetworkGateway();
        if (siteId == null) return learnt;
        Optional<LocalNetworkGateway> site = siteId.value()
                .flatMap(id -> topology.localNetworkGateways().stream()
                        .filter(candidate -> candidate.id().equals(id))
                        .findFirst());
        if (site.isEmpty()) {
            Given<Prefix> unknown = Given.unknown(
                    "the ranges of the site of connection " + connection.id().name(), connection.place());
            learnt.add(new Learnt(unknown, gateway, siteId.value().orElse(null), connection.place(), missing));
            return learnt;
        }
        for (Given<Prefix> prefix : site.get().addressPrefixes()) {
            learnt.add(new Learnt(prefix, gateway, site.get().id(), site.get().place(), missing));
        }
        return learnt;
    }

    /** Whether the gateway stands in one of the VNet's subnets, as far as the input says. */
    private static boolean mayBeIn(Vnet vnet, VirtualNetworkGateway gateway) {
        for (Subnet subnet : vnet.subnets()) if (gateway.subnet().mayBe(subnet.id())) return true;
        return false;
    }

    private static ImmutableList<String> and(List<String> missing, Given<?> condition) {
        ImmutableList.Builder<String> all = ImmutableList.<String>builder().addAll(missing);
        if (condition instanceof Given.Unknown<?> unknown) all.add(unknown.what());
        return all.build();
    }

    /** Trap 12: both switches of a transit, or no route at all. */
    private static List<Learnt> transitRanges(Peer peer, Topology topology) {
        @Nullable Vnet remote = peer.remote();
        Given<Boolean> use = peer.link().flags().useRemoteGateways();
        if (use.is(false) || !peer.state().mayBe(Peering.State.CONNECTED)) return List.of();
        if (remote == null) {
            Given<Prefix> unknown = Given.unknown(
                    "what the gateway behind peering " + peer.link().id().qualifiedName() + " has learnt",
                    peer.link().place());
            VirtualNetworkGateway gateway = new VirtualNetworkGateway(
                    new ResourceId("gateway of " + peer.link().id().name()),
                    peer.link().place(),
                    Given.unknown("its subnet", peer.link().place()),
                    Given.unknown("its type", peer.link().place()),
                    ImmutableList.of());
            return List.of(new Learnt(unknown, gateway, null, peer.link().place(), ImmutableList.of()));
        }
        if (!peer.otherState().mayBe(Peering.State.CONNECTED)) return List.of();
        @Nullable Peering otherLink = peer.otherLink();
        Given<Boolean> allow = otherLink == null
                ? peer.otherState().map(Peering.State.CONNECTED::equals)
                : otherLink.flags().allowGatewayTransit();
        if (allow.is(false)) return List.of();
        ImmutableList.Builder<String> missing = ImmutableList.builder();
        for (Given<?> condition : List.<Given<?>>of(use, allow, peer.state(), peer.otherState())) {
            if (condition instanceof Given.Unknown<?> unknown) missing.add(unknown.what());
        }
        return ownGatewayRanges(remote, topology, missing.build());
    }

    /** What a client that dials in to a gateway of this VNet is told it can reach: the VNet, and peers in transit (3.5). */
    Meaning behindGateway() {
        Meaning all = own;
        for (Peer peer : peers) {
            @Nullable Peering other = peer.otherLink();
            Given<Boolean> allow = peer.link().flags().allowGatewayTransit();
            Given<Boolean> use = other == null ? Given.of(false) : other.flags().useRemoteGateways();
            if (allow.is(false) || use.is(false)) continue;
            Meaning ranges = reachable(peer);
            for (Given<Boolean> flag : List.of(allow, use)) {
                if (flag instanceof Given.Unknown<Boolean> open)
                    ranges = Meaning.atMost(ranges.possible(), open.what());
            }
            all = all.union(ranges);
        }
        return all;
    }

    /** The tag VirtualNetwork without the part that a subnet's own routes add (facts 1.20, 3.3). */
    Meaning virtualNetwork() {
        Meaning all = own;
        for (Peer peer : peers) all = all.union(reachable(peer));
        for (Learnt range : learnt) {
            Meaning meaning = Meaning.ofPrefixes(ImmutableList.of(range.prefix()));
            all = all.union(
                    range.missing().isEmpty()
                            ? meaning
                            : new Meaning(AddressSet.empty(), meaning.possible(), range.missing()));
        }
        return all;
    }

    /** The own range and the peers': what the tag Internet does not hold (fact 1.23). */
    Meaning ownAndPeers() {
        Meaning all = own;
        for (Peer peer : peers) all = all.union(reachable(peer));
        return all;
    }

    private static Meaning reachable(Peer peer) {
        Given<Boolean> access = peer.link().flags().allowVirtualNetworkAccess();
        if (!peer.state().mayBe(Peering.State.CONNECTED) || access.is(false)) return Meaning.NOTHING;
        Meaning ranges = Meaning.ofPrefixes(peer.ranges());
        if (access.isUnknown()) return Meaning.atMost(ranges.possible(), ((Given.Unknown<Boolean>) access).what());
        if (peer.state() instanceof Given.Unknown<Peering.State> unknown) {
            return Meaning.atMost(ranges.possible(), unknown.what());
        }
        return ranges;
    }
}
