package dev.mipath.compile;

import dev.mipath.azure.OutboundWay;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.FlowMemory.PortPool;
import dev.mipath.forwarding.OutboundFact;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.LoadBalancer.Frontend;
import dev.mipath.topology.LoadBalancer.OutboundRule;
import dev.mipath.topology.LoadBalancer.Pool;
import dev.mipath.topology.LoadBalancer.Rule;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The ways out that load balancers give to the machines in their pools, or take from them.
 *
 * <p>Models: "Outbound rules Azure Load Balancer" and "Using SNAT for outbound connections" (read 2026-11-27), facts 3.14
 * and 3.16: outbound rules first; then load-balancing rules of public frontends, for their own protocol, unless that is
 * switched off; a machine behind a Standard load balancer has no default outbound access, unless the pool names it by
 * address. ICMP has no way out by a load balancer, and neither have secondary IP configurations.
 *
 * <p>Leaves out: which of several addresses a flow gets; Azure uses them one after the other, so it is the first here.
 */
final class BalancerOutbound {
    private final Topology topology;
    private final Wiring wiring;
    private final IdentityHashMap<Assignment, List<Membership>> memberships = new IdentityHashMap<>();
    private final IdentityHashMap<Pool, Integer> sizes = new IdentityHashMap<>();
    /** The addresses assumed of frontends that have none in the input, by load balancer and name. */
    private final Map<String, Address> unknown = new HashMap<>();

    /**
     * A machine's place in a pool.
     *
     * @param byAddress whether the pool names its address, and not its NIC
     */
    private record Membership(LoadBalancer balancer, Pool pool, boolean byAddress) {}

    BalancerOutbound(Topology topology, Wiring wiring, AssumedAddresses addresses) {
        this.topology = topology;
        this.wiring = wiring;
        for (LoadBalancer balancer : topology.loadBalancers()) {
            for (Pool pool : balancer.pools()) {
                int size = 0;
                for (Assignment assignment : addresses.assignments()) {
                    if (!PoolMembers.has(balancer, pool, assignment)) continue;
                    size++;
                    boolean primary = assignment
                            .networkInterface()
                            .ipConfigurations()
                            .get(0)
                            .equals(assignment.configuration());
                    if (!primary) continue;
                    boolean byAddress = !PoolMembers.hasNic(balancer, pool, assignment);
                    memberships
                            .computeIfAbsent(assignment, any -> new ArrayList<>())
                            .add(new Membership(balancer, pool, byAddress));
                }
                sizes.put(pool, size);
            }
        }
    }

    /**
     * The ways of a machine, of which the next takes what one does not take. Empty when load balancers leave it to its
     * subnet.
     *
     * @param first the number that the first of them will have
     */
    List<OutboundWay> of(Assignment machine, int first) {
        List<OutboundWay> ways = new ArrayList<>();
        List<Membership> of = memberships.getOrDefault(machine, List.of());
        for (Membership membership : of) addOutboundRules(membership, first, ways);
        for (Membership membership : of) addBalancingRules(membership, first, ways);
        for (Membership membership : of) {
            @Nullable OutboundWay end = end(membership);
            if (end == null) continue;
            ways.add(end);
            return ways;
        }
        if (!ways.isEmpty()) {
            OutboundWay last = ways.remove(ways.size() - 1);
            ways.add(new OutboundWay(last.address(), last.assumed(), last.by(), last.ports(), last.protocol(), -1));
        }
        return ways;
    }

    private void addOutboundRules(Membership membership, int first, List<OutboundWay> ways) {
        LoadBalancer balancer = membership.balancer;
        for (OutboundRule rule : balancer.outboundRules()) {
            boolean own = rule.pool() == null || membership.pool.name().equalsIgnoreCase(rule.pool());
            if (!own) continue;
            @Nullable String missing = missing(rule, balancer);
            OutboundFact by = new OutboundFact(balancer.id(), rule.name(), rule.place(), missing);
            List<Frontend> frontends = frontends(balancer, rule.frontends());
            int stated = rule.allocatedOutboundPorts().orElse(0);
            int ports = stated > 0 ? stated : DefaultPorts.of(size(membership), frontends.size());
            @Nullable Protocol protocol = missing == null ? rule.protocol().orElse(Protocol.ANY) : null;
            add(frontends, by, ports, protocol, first, ways);
        }
    }

    private static @Nullable String missing(OutboundRule rule, LoadBalancer balancer) {
        String of = " of outbound rule " + rule.name() + " of " + balancer.id().name();
        if (rule.pool() == null) return "the backend pool" + of;
        return rule.protocol().isUnknown() ? "the protocol" + of : null;
    }

    private int size(Membership membership) {
        return sizes.getOrDefault(membership.pool, 1);
    }

    /** The named public frontends; one that nobody knows when there are none. */
    private static List<Frontend> frontends(LoadBalancer balancer, List<String> names) {
        List<Frontend> found = new ArrayList<>();
        for (Frontend frontend : balancer.frontends()) {
            boolean named = names.stream().anyMatch(name -> name.equalsIgnoreCase(frontend.name()));
            if (named && frontend.subnet() == null) found.add(frontend);
        }
        if (found.isEmpty()) found.add(new Frontend(balancer.id().text() + " " + names, null, null, null));
        return found;
    }

    private void addBalancingRules(Membership membership, int first, List<OutboundWay> ways) {
        LoadBalancer balancer = membership.balancer;
        Map<Rule, Frontend> giving = new LinkedHashMap<>();
        Set<Frontend> all = new LinkedHashSet<>();
        for (Rule rule : balancer.rules()) {
            boolean own = membership.pool.name().equalsIgnoreCase(rule.pool());
            if (!own || rule.disableOutboundSnat().is(true)) continue;
            for (Frontend frontend : balancer.frontends()) {
                boolean isPublic = frontend.subnet() == null && frontend.privateIpAddress() == null;
                if (!isPublic || !frontend.name().equalsIgnoreCase(rule.frontend())) continue;
                giving.put(rule, frontend);
                all.add(frontend);
            }
        }
        int ports = DefaultPorts.of(size(membership), all.size());
        for (Map.Entry<Rule, Frontend> each : giving.entrySet()) {
            Rule rule = each.getKey();
            String of = " of load-balancing rule " + rule.name() + " of "
                    + balancer.id().name();
            @Nullable String missing = rule.disableOutboundSnat().isUnknown() ? "`disableOutboundSnat`" + of : null;
            if (rule.protocol().isUnknown()) missing = "the protocol" + of;
            OutboundFact by = new OutboundFact(balancer.id(), rule.name(), rule.place(), missing);
            @Nullable Protocol protocol = missing == null ? rule.protocol().orElse(Protocol.ANY) : null;
            add(List.of(each.getValue()), by, ports, protocol, first, ways);
        }
    }

    private void add(
            List<Frontend> frontends,
            OutboundFact by,
            int ports,
            @Nullable Protocol protocol,
            int first,
            List<OutboundWay> ways) {
        Frontend frontend = frontends.get(0);
        @Nullable ResourceId id = frontend.publicIpAddress();
        Address address = id == null
                ? unknown.computeIfAbsent(by.resource() + " " + frontend.name(), any -> wiring.publicAddresses.next())
                : wiring.publicAddress(topology, id);
        ways.add(new OutboundWay(
                address,
                id == null || wiring.isAssumed(id),
                by,
                new SourcePorts(PortPool.PREALLOCATED, ports, 1),
                protocol,
                first + ways.size() + 1));
    }

    /** What becomes of flows that no rule takes: nothing where a Standard load balancer stands, null for the subnet's. */
    private static @Nullable OutboundWay end(Membership membership) {
        LoadBalancer balancer = membership.balancer;
        if (membership.byAddress) return null;
        @Nullable String sku = balancer.outboundRules().isEmpty() ? balancer.sku() : LoadBalancer.STANDARD;
        if (sku != null && !sku.equalsIgnoreCase(LoadBalancer.STANDARD)) return null;
        @Nullable
        String missing =
                sku == null ? "the SKU of load balancer " + balancer.id().name() : null;
        OutboundFact by = new OutboundFact(balancer.id(), null, balancer.place(), missing);
        return OutboundWay.ofAll(null, false, by, SourcePorts.of(PortPool.PREALLOCATED));
    }
}
