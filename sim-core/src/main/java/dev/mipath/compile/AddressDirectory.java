package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Network;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.Given;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Tells which subnet, and which NIC in it, holds an address; VNets that are not peered may use the same addresses. */
final class AddressDirectory implements Network.Directory {
    private final ImmutableList<SubnetEdges> subnets;
    private final ImmutableList<LpmTable> byVnet;
    private final ImmutableList<SiteEdge> sites;
    private final ImmutableSet<Address> frontends;
    private final ImmutableMap<Address, Edge> clients;
    private final ImmutableMap<Address, ImmutableList<Address>> alternatives;

    /**
     * The edges of one subnet.
     *
     * @param subnet the subnet
     * @param declared the edge of each NIC's address
     * @param undeclared the edge of every other address of the subnet
     */
    record SubnetEdges(Subnet subnet, ImmutableMap<Address, Edge> declared, Edge undeclared) {}

    /**
     * The edge of a site behind a gateway.
     *
     * @param prefix a range of the site
     * @param edge where its packets enter
     */
    record SiteEdge(Prefix prefix, Edge edge) {}

    /**
     * A directory.
     *
     * @param subnets the edges of all subnets
     * @param sites those of the sites
     * @param frontends the addresses of load balancers
     * @param clients those of clients in no subnet
     * @param alternatives what assumed addresses could be instead
     */
    AddressDirectory(
            List<SubnetEdges> subnets,
            ImmutableList<SiteEdge> sites,
            ImmutableSet<Address> frontends,
            ImmutableMap<Address, Edge> clients,
            ImmutableMap<Address, ImmutableList<Address>> alternatives) {
        this.frontends = frontends;
        this.alternatives = alternatives;
        this.subnets = ImmutableList.copyOf(subnets);
        this.clients = clients;
        this.sites = sites;
        Map<ResourceId, SortedMap<Prefix, Integer>> prefixes = new LinkedHashMap<>();
        for (int i = 0; i < subnets.size(); i++) {
            SortedMap<Prefix, Integer> own =
                    prefixes.computeIfAbsent(subnets.get(i).undeclared().vnet(), vnet -> new TreeMap<>());
            for (Given<Prefix> prefix : subnets.get(i).subnet().prefixes()) {
                if (prefix instanceof Given.Known<Prefix> known) own.put(known.known(), i);
            }
        }
        ImmutableList.Builder<LpmTable> tables = ImmutableList.builder();
        for (SortedMap<Prefix, Integer> own : prefixes.values()) tables.add(PrefixSweep.longest(own));
        this.byVnet = tables.build();
    }

    @Override
    public ImmutableList<Edge> holders(Address address) {
        ImmutableList<Edge> edges = edges(address);
        if (!isAtSite(address) && !clients.containsKey(address)) return edges;
        ImmutableList.Builder<Edge> all = ImmutableList.builder();
        for (Edge edge : edges) if (!edge.ofSite()) all.add(edge);
        @Nullable Edge client = clients.get(address);
        if (client != null) all.add(client);
        for (SiteEdge site : sites) if (site.prefix().contains(address)) all.add(site.edge());
        return all.build();
    }

    @Override
    public ImmutableList<Address> alternatives(Address address) {
        if (alternatives.isEmpty()) return ImmutableList.of();
        return alternatives.getOrDefault(address, ImmutableList.of());
    }

    private boolean isAtSite(Address address) {
        for (SiteEdge site : sites) if (site.prefix().contains(address)) return true;
        return false;
    }

    @Override
    public boolean isFrontend(Address address) {
        return frontends.contains(address);
    }

    @Override
    public ImmutableList<Edge> edges(Address address) {
        @Nullable Edge only = null;
        @Nullable List<Edge> several = null;
        // By number, for every packet asks and an iterator would be made for each.
        for (int vnet = 0; vnet < byVnet.size(); vnet++) {
            LpmTable table = byVnet.get(vnet);
            int number = address.v6() ? table.match(address.high(), address.low()) : table.match(address.bits());
            if (number == LpmTable.NONE) continue;
            SubnetEdges found = subnets.get(number);
            Edge declared = found.declared().get(address);
            Edge edge = declared == null ? found.undeclared() : declared;
            if (only == null) {
                only = edge;
            } else {
                if (several == null) several = new ArrayList<>();
                several.add(edge);
            }
        }
        if (only == null) {
            @Nullable Edge client = clients.get(address);
            return client == null ? site(address) : ImmutableList.of(client);
        }
        return several == null
                ? ImmutableList.of(only)
                : ImmutableList.<Edge>builder().add(only).addAll(several).build();
    }

    /** No subnet holds the address; the longest range of a site may. */
    private ImmutableList<Edge> site(Address address) {
        @Nullable SiteEdge best = null;
        for (SiteEdge site : sites) {
            boolean longer =
                    best == null || site.prefix().length() > best.prefix().length();
            if (site.prefix().contains(address) && longer) best = site;
        }
        return best == null ? ImmutableList.of() : ImmutableList.of(best.edge());
    }
}
