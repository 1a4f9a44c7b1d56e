package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.profile.ServiceTags;
import dev.mipath.topology.AddressTerm;
import dev.mipath.topology.Given;
import dev.mipath.topology.LocalNetworkGateway;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What an assumed address could be instead, as far as that matters (contract: Sources, caveat {@code ADDRESS_DEPENDS}).
 * The prefixes of rules and routes cut a subnet into stretches inside of which all addresses are treated alike; one free
 * address of every other stretch stands for all of it. Most subnets are not cut, and then there is nothing to ask.
 */
final class PossibleAddresses {
    private final Topology topology;
    private final ServiceTags tags;
    private final AssumedAddresses addresses;
    private final Set<Prefix> told = new HashSet<>();
    private final Map<ResourceId, List<Stretch>> stretches = new HashMap<>();
    private final Map<ResourceId, ImmutableSet<Address>> occupied = new HashMap<>();
    private final Map<Address, ImmutableList<Address>> others = new LinkedHashMap<>();

    /** A part of a subnet that no rule and no route cuts, from its first address up, and one address of it. */
    private record Stretch(Address first, Address sample) {}

    private PossibleAddresses(Topology topology, ServiceTags tags, AssumedAddresses addresses) {
        this.topology = topology;
        this.tags = tags;
        this.addresses = addresses;
    }

    /**
     * The other possible addresses of every assumed one that rules or routes may treat otherwise.
     *
     * @param tags what service tags stand for
     * @param routes the routes in force
     * @param clusters the machines of managed instances
     */
    static ImmutableMap<Address, ImmutableList<Address>> of(
            Topology topology,
            ServiceTags tags,
            AssumedAddresses addresses,
            Iterable<EffectiveRoutes> routes,
            List<VirtualCluster> clusters) {
        PossibleAddresses possible = new PossibleAddresses(topology, tags, addresses);
        possible.tell(routes);
        for (AssumedAddresses.Outsider outsider : addresses.outsiders()) {
            possible.add(outsider.ranges(), outsider.address());
        }
        for (LocalNetworkGateway site : topology.localNetworkGateways()) possible.add(site);
        for (AssumedAddresses.Guess guess : addresses.guesses()) possible.add(guess.subnet(), guess.address());
        for (VirtualCluster cluster : clusters) possible.add(cluster);
        return ImmutableMap.copyOf(possible.others);
    }

    private void tell(Iterable<EffectiveRoutes> routes) {
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            for (SecurityRule rule : group.rules()) {
                for (AddressTerm term : rule.match().source()) tell(term);
                for (AddressTerm term : rule.match().destination()) tell(term);
            }
        }
        for (EffectiveRoutes table : routes) {
            for (EffectiveRoutes.Row row : table.rows()) {
                told.addAll(row.route().prefixes());
                @Nullable Given<Address> hop = row.route().hop().address();
                if (hop != null) hop.value().ifPresent(address -> told.add(Prefix.host(address)));
            }
        }
    }

    /** Of a service tag one address is tried, for all of it is treated alike. */
    private void tell(AddressTerm term) {
        if (term instanceof AddressTerm.Block block) told.add(block.prefix());
        if (!(term instanceof AddressTerm.Tag tag)) return;
        Optional<Address> sample = tags.sample(tag.name());
        if (sample.isPresent() && PlatformRanges.TAG_SPACE.contains(sample.get())) {
            if (!PlatformRanges.HOST_SERVICES.contains(sample.get())) told.add(Prefix.host(sample.get()));
        }
    }

    /** The machines of a cluster do not change places with one another: their order is assumed, too. */
    private void add(VirtualCluster cluster) {
        List<Address> machines = new ArrayList<>(cluster.gateways());
        for (VirtualCluster.Hosted instance : cluster.instances()) {
            for (VirtualCluster.Node node : instance.nodes()) machines.add(node.address());
        }
        if (!addresses.isStated(cluster.loadBalancer())) machines.add(cluster.loadBalancer());
        occupied.put(cluster.subnet(), ImmutableSet.copyOf(machines));
        for (Address machine : machines) add(cluster.subnet(), machine);
    }

    private void add(ResourceId subnet, Address assumed) {
        List<Stretch> parts = stretches.computeIfAbsent(
                subnet, id -> topology.subnet(id).map(this::parts).orElse(ImmutableList.of()));
        keep(parts, assumed);
    }

    private void keep(List<Stretch> parts, Address assumed) {
        int own = -1;
        for (int i = 0; i < parts.size() && parts.get(i).first.compareTo(assumed) <= 0; i++) own = i;
        ImmutableList.Builder<Address> elsewhere = ImmutableList.builder();
        for (int i = 0; i < parts.size(); i++) if (i != own) elsewhere.add(parts.get(i).sample);
        ImmutableList<Address> found = elsewhere.build();
        if (!found.isEmpty()) others.put(assumed, found);
    }

    /** Whoever a site's name stands for is one of many there, unless the input names that one for something. */
    private void add(LocalNetworkGateway site) {
        List<Prefix> ranges = new ArrayList<>();
        for (Given<Prefix> range : site.addressPrefixes()) range.value().ifPresent(ranges::add);
        if (ranges.isEmpty()) return;
        Address sample = ranges.get(0).lastHost();
        for (Vnet vnet : topology.vnets()) {
            for (Given<Address> server : vnet.dnsServers()) if (server.is(sample)) return;
        }
        add(ranges, sample);
    }

    private void add(List<Prefix> ranges, Address assumed) {
        List<Stretch> parts = new ArrayList<>();
        for (Prefix range : ranges) {
            NavigableSet<Address> starts = starts(range);
            for (Address first : starts) {
                boolean network = first.equals(range.first()) && range.length() < 31;
                @Nullable Address sample = network ? first.next() : first;
                boolean outside = range.length() == 0 && !PlatformRanges.PUBLIC_SPACE.contains(first);
                if (sample != null && !outside) parts.add(new Stretch(first, sample));
            }
        }
        keep(parts, assumed);
    }

    /** The stretches of a subnet in which Azure could still hand out an address; empty when it is not cut. */
    private ImmutableList<Stretch> parts(Subnet subnet) {
        ImmutableList.Builder<Stretch> parts = ImmutableList.builder();
        for (Given<Prefix> given : subnet.prefixes()) {
            @Nullable Prefix prefix = given.value().orElse(null);
            if (prefix == null) continue;
            NavigableSet<Address> starts = starts(prefix);
            if (starts.size() == 1 && subnet.prefixes().size() == 1) return ImmutableList.of();
            for (Address first : starts) {
                @Nullable Address behind = starts.higher(first);
                @Nullable
                Address sample = addresses.firstUndeclared(
                        subnet, prefix, first, behind, occupied.getOrDefault(subnet.id(), ImmutableSet.of()));
                if (sample != null) parts.add(new Stretch(first, sample));
            }
        }
        return parts.build();
    }

    /** Where the stretches of a prefix begin. */
    private NavigableSet<Address> starts(Prefix prefix) {
        TreeSet<Address> starts = new TreeSet<>();
        starts.add(prefix.first());
        for (Prefix cut : told) {
            if (cut.equals(prefix) || !prefix.contains(cut)) continue;
            starts.add(cut.first());
            @Nullable Address behind = cut.last().next();
            if (behind != null && prefix.contains(behind)) starts.add(behind);
        }
        return starts;
    }
}
