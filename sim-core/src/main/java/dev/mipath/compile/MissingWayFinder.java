package dev.mipath.compile;

import com.google.common.base.Suppliers;
import com.google.common.collect.ImmutableList;
import dev.mipath.azure.MissingWays;
import dev.mipath.forwarding.MissingWay;
import dev.mipath.forwarding.MissingWay.NoTransit;
import dev.mipath.forwarding.MissingWay.PeerOfPeer;
import dev.mipath.forwarding.MissingWay.PeeringDown;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.Peering;
import dev.mipath.topology.Peering.State;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.VirtualNetworkGateway;
import dev.mipath.topology.Vnet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a VNet would reach if every peering worked, were transitive and lent its gateway. What is not known does not
 * count: a route that only may exist is the route choice's to tell.
 */
final class MissingWayFinder {
    private final Map<ResourceId, VnetReach> reaches = new LinkedHashMap<>();
    private final Map<ResourceId, Supplier<MissingWays>> known = new HashMap<>();

    void add(VnetReach reach) {
        reaches.put(reach.vnet().id(), reach);
    }

    /** The ways that a VNet lacks; worked out when a packet first needs one, which in most networks none does. */
    Supplier<MissingWays> of(VnetReach from) {
        return known.computeIfAbsent(from.vnet().id(), id -> Suppliers.memoize(() -> new Search(from).ways()));
    }

    private static boolean works(VnetReach.Peer peer) {
        return peer.remote() != null
                && peer.state().is(State.CONNECTED)
                && peer.otherState().is(State.CONNECTED);
    }

    /** The search for one VNet: its own broken peerings first, then the peers of peers, then the gateways of peers. */
    private final class Search {
        private final VnetReach from;
        private final List<MissingWay> ways = new ArrayList<>();
        private final SortedMap<Prefix, Integer> byPrefix = new TreeMap<>();

        Search(VnetReach from) {
            this.from = from;
        }

        MissingWays ways() {
            Set<ResourceId> met = new HashSet<>();
            met.add(from.vnet().id());
            for (VnetReach.Peer peer : from.peers()) addBroken(peer, met);
            for (VnetReach other : reaches.values()) addHalf(other, met);
            addPeersOfPeers(met);
            for (VnetReach.Peer peer : from.peers()) if (works(peer)) addTransit(peer);
            return ways.isEmpty()
                    ? MissingWays.NONE
                    : new MissingWays(PrefixSweep.longest(byPrefix), ImmutableList.copyOf(ways));
        }

        private void add(MissingWay way, Collection<Given<Prefix>> ranges) {
            ways.add(way);
            for (Given<Prefix> range : ranges) {
                if (range instanceof Given.Known<Prefix> prefix) byPrefix.putIfAbsent(prefix.known(), ways.size() - 1);
            }
        }

        /** A link of the VNet's own that is surely not Connected brings no route. */
        private void addBroken(VnetReach.Peer peer, Set<ResourceId> met) {
            @Nullable Vnet remote = peer.remote();
            if (remote == null || peer.state().mayBe(State.CONNECTED)) return;
            @Nullable Peering other = peer.otherLink();
            Peering link = peer.link();
            met.add(remote.id());
            add(new PeeringDown(link.id(), link.place(), other == null ? null : other.id()), peer.ranges());
        }

        /** The other VNet has a link here, and this one has none back. */
        private void addHalf(VnetReach other, Set<ResourceId> met) {
            for (VnetReach.Peer peer : other.peers()) {
                boolean here = peer.link().remoteVnet().is(from.vnet().id());
                if (!here || peer.otherLink() != null || !peer.otherState().is(State.DISCONNECTED)) continue;
                if (!met.add(other.vnet().id())) continue;
                Peering link = peer.link();
                add(new PeeringDown(link.id(), link.place(), null), other.vnet().addressPrefixes());
            }
        }

        /** Nearest first, so that of VNets with the same addresses the nearest is told. */
        private void addPeersOfPeers(Set<ResourceId> met) {
            Map<ResourceId, ImmutableList<ResourceId>> chains = new HashMap<>();
            ArrayDeque<VnetReach> queue = new ArrayDeque<>();
            chains.put(from.vnet().id(), ImmutableList.of(from.vnet().id()));
            queue.add(from);
            while (!queue.isEmpty()) {
                VnetReach here = queue.remove();
                ImmutableList<ResourceId> chain =
                        chains.getOrDefault(here.vnet().id(), ImmutableList.of());
                for (VnetReach.Peer peer : here.peers()) {
                    @Nullable Vnet remote = peer.remote();
                    if (remote == null || !works(peer) || chains.containsKey(remote.id())) continue;
                    ImmutableList<ResourceId> longer = ImmutableList.<ResourceId>builder()
                            .addAll(chain)
                            .add(remote.id())
                            .build();
                    chains.put(remote.id(), longer);
                    @Nullable VnetReach there = reaches.get(remote.id());
                    if (there != null) queue.add(there);
                    if (longer.size() > 2 && met.add(remote.id())) addBehind(longer, remote);
                }
            }
        }

        private void addBehind(ImmutableList<ResourceId> chain, Vnet remote) {
            for (VnetReach.Peer first : from.peers()) {
                boolean begins = works(first) && first.link().remoteVnet().is(chain.get(1));
                if (!begins) continue;
                Peering link = first.link();
                add(new PeerOfPeer(link.id(), link.place(), chain), remote.addressPrefixes());
                return;
            }
        }

        /** Fact 3.5: who has a gateway of its own, or uses another peer's, cannot use this one as well. */
        private void addTransit(VnetReach.Peer peer) {
            @Nullable Vnet remote = peer.remote();
            @Nullable Peering other = peer.otherLink();
            @Nullable VnetReach there = remote == null ? null : reaches.get(remote.id());
            if (remote == null || other == null || there == null || isServed(peer)) return;
            Given<Boolean> uses = peer.link().flags().useRemoteGateways();
            Given<Boolean> allows = other.flags().allowGatewayTransit();
            if (!uses.is(false) && !allows.is(false)) return;
            for (VnetReach.Learnt learnt : there.learnt()) {
                boolean certain = learnt.missing().isEmpty() && stands(learnt.gateway(), remote);
                // By a default route a gateway knows nobody in particular.
                boolean particular = learnt.prefix().map(Prefix::length).orElse(0) > 0;
                if (!certain || !particular || isInVnet(learnt.prefix())) continue;
                Peering off = uses.is(false) ? peer.link() : other;
                add(
                        new NoTransit(
                                off.id(),
                                off.place(),
                                (uses.is(false) ? other : peer.link()).id(),
                                learnt.gateway().id(),
                                !uses.is(false),
                                !allows.is(false)),
                        ImmutableList.of(learnt.prefix()));
            }
        }

        /** Fact 2.7: what a gateway knows inside a VNet's range does not count. */
        private boolean isInVnet(Given<Prefix> learnt) {
            for (Prefix range : byPrefix.keySet()) {
                if (learnt.map(range::contains).orElse(false)) return true;
            }
            return false;
        }

        private boolean isServed(VnetReach.Peer asked) {
            for (VnetReach.Peer peer : from.peers()) {
                boolean other = !peer.link().id().equals(asked.link().id());
                if (other && !peer.link().flags().useRemoteGateways().is(false)) return true;
            }
            for (VnetReach.Learnt learnt : from.learnt()) if (stands(learnt.gateway(), from.vnet())) return true;
            return false;
        }
    }

    /** Whether a gateway stands in one of the VNet's subnets. */
    static boolean stands(VirtualNetworkGateway gateway, Vnet vnet) {
        for (Subnet subnet : vnet.subnets()) if (gateway.subnet().is(subnet.id())) return true;
        return false;
    }
}
