package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.LoadBalancer;
import dev.mipath.azure.LoadBalancer.Backend;
import dev.mipath.azure.LoadBalancer.Distribution;
import dev.mipath.azure.LoadBalancer.Mode;
import dev.mipath.compile.AssumedAddresses.Assignment;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.LoadBalancer.Frontend;
import dev.mipath.topology.LoadBalancer.Pool;
import dev.mipath.topology.LoadBalancer.Probe;
import dev.mipath.topology.LoadBalancer.Rule;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/** Builds the customers' load balancers: a frontend where packets arrive, a way back in every subnet of its backends. */
final class BalancerWiring {
    private final Topology topology;
    private final Wiring wiring;
    private final AssumedAddresses addresses;
    private final List<Placed> frontends = new ArrayList<>();
    /** One for both directions, so that answers meet the same appliance. */
    private final Map<Integer, Integer> waysToAppliances = new HashMap<>();

    private int probes;

    /** A frontend with an address. */
    private record Placed(dev.mipath.topology.LoadBalancer balancer, Frontend frontend, Address address, int element) {
        /** The rules of this frontend. */
        List<Rule> rules() {
            List<Rule> own = new ArrayList<>();
            for (Rule rule : balancer.rules()) {
                if (rule.frontend().equalsIgnoreCase(frontend.name())) own.add(rule);
            }
            return own;
        }
    }

    BalancerWiring(Topology topology, Wiring wiring, AssumedAddresses addresses) {
        this.topology = topology;
        this.wiring = wiring;
        this.addresses = addresses;
        for (dev.mipath.topology.LoadBalancer balancer : topology.loadBalancers()) {
            for (Frontend frontend : balancer.frontends()) {
                addressOf(balancer, frontend)
                        .ifPresent(address -> frontends.add(new Placed(balancer, frontend, address, wiring.reserve())));
            }
        }
    }

    /** The declared address, else the lowest free of the subnet; of a public one, whatever the input gives. */
    private Optional<Address> addressOf(dev.mipath.topology.LoadBalancer balancer, Frontend frontend) {
        @Nullable Given<ResourceId> subnet = frontend.subnet();
        @Nullable Given<Address> declared = frontend.privateIpAddress();
        if (subnet != null) {
            if (declared != null) return declared.value();
            return subnet.value()
                    .flatMap(topology::subnet)
                    .flatMap(found -> addresses.assume(
                            found,
                            "frontend " + frontend.name() + " of load balancer "
                                    + balancer.id().name(),
                            balancer.place()));
        }
        @Nullable ResourceId outside = frontend.publicIpAddress();
        return outside == null ? Optional.empty() : Optional.of(wiring.publicAddress(topology, outside));
    }

    /** Adds the private frontends of a VNet to what the VNet hands packets to. */
    void addTo(Vnet vnet, SortedMap<Prefix, Integer> vnetEntries) {
        for (Placed placed : frontends) {
            @Nullable Given<ResourceId> subnet = placed.frontend.subnet();
            if (subnet != null && isIn(vnet, subnet)) vnetEntries.put(Prefix.host(placed.address), placed.element);
        }
    }

    private static boolean isIn(Vnet vnet, Given<ResourceId> id) {
        for (Subnet subnet : vnet.subnets()) if (id.is(subnet.id())) return true;
        return false;
    }

    /** The first element of what a subnet's machines send: the ways back of the frontends they stand behind. */
    int wayBack(ResourceId subnet, int exit) {
        int first = exit;
        for (Placed placed : frontends) {
            for (Assignment member : members(placed)) {
                if (!member.subnet().equals(subnet)) continue;
                first = wiring.add(new LoadBalancer.Return(placed.element, placed.address, first));
                break;
            }
        }
        return first;
    }

    /** The frontends whose address the machine has beside its own, because a rule with floating IP leads to it. */
    ImmutableList<Address> floating(ResourceId networkInterface) {
        ImmutableList.Builder<Address> own = ImmutableList.builder();
        for (Placed placed : frontends) {
            for (Rule rule : placed.rules()) {
                if (!rule.enableFloatingIp().is(true)) continue;
                for (Assignment member : members(placed.balancer, rule)) {
                    if (member.networkInterface().id().equals(networkInterface)) own.add(placed.address);
                }
            }
        }
        return own.build();
    }

    /** The address of every frontend, by the load balancer's id where it has but one, and by the frontend's own. */
    ImmutableMap<ResourceId, Address> addresses() {
        ImmutableMap.Builder<ResourceId, Address> all = ImmutableMap.builder();
        for (Placed placed : frontends) {
            ResourceId id = placed.balancer.id();
            if (placed.balancer.frontends().size() == 1) all.put(id, placed.address);
            all.put(new ResourceId(id.text() + "/" + placed.frontend.name()), placed.address);
        }
        return all.buildKeepingLast();
    }

    /** All private frontends. */
    ImmutableSet<Address> privateFrontends() {
        ImmutableSet.Builder<Address> all = ImmutableSet.builder();
        for (Placed placed : frontends) if (placed.frontend.subnet() != null) all.add(placed.address);
        return all.build();
    }

    /** The private frontends of a load balancer in a VNet. */
    ImmutableList<Address> privateFrontends(dev.mipath.topology.LoadBalancer balancer, Vnet vnet) {
        ImmutableList.Builder<Address> own = ImmutableList.builder();
        for (Placed placed : frontends) {
            @Nullable Given<ResourceId> subnet = placed.frontend.subnet();
            if (placed.balancer.equals(balancer) && subnet != null && isIn(vnet, subnet)) own.add(placed.address);
        }
        return own.build();
    }

    /** Builds the frontends, when all machines are built. */
    void build() {
        for (Placed placed : frontends) {
            wiring.set(placed.element, element(placed, null, placed.element));
            if (placed.frontend.subnet() == null) {
                wiring.publicFrontends.put(Prefix.host(placed.address), placed.element);
            }
        }
    }

    /** The way to appliances behind a frontend that a route names as its next hop (fact 2.10). */
    @Nullable
    Integer wayToAppliances(Address hop, Vnet vnet) {
        for (Placed placed : frontends) {
            @Nullable Given<ResourceId> subnet = placed.frontend.subnet();
            if (subnet == null || !placed.address.equals(hop) || !isIn(vnet, subnet)) continue;
            @Nullable Integer known = waysToAppliances.get(placed.element);
            if (known != null) return known;
            int element = wiring.reserve();
            waysToAppliances.put(placed.element, element);
            wiring.set(element, element(placed, Mode.TRANSPARENT, element));
            return element;
        }
        return null;
    }

    private LoadBalancer element(Placed placed, @Nullable Mode mode, int self) {
        ImmutableList.Builder<LoadBalancer.Rule> rules = ImmutableList.builder();
        @Nullable String missing = null;
        for (Rule rule : placed.rules()) {
            if (isKnown(rule)) rules.add(rule(placed, rule, mode, self));
            else
                missing = "load-balancing rule " + rule.name() + " of "
                        + placed.balancer.id().name();
        }
        List<Assignment> all = members(placed);
        @Nullable
        SubnetView there = all.isEmpty() ? null : wiring.views.get(all.get(0).subnet());
        int next = there == null
                ? Wiring.NOWHERE
                : wiring.vnetSwitch(there.reach().vnet().id());
        String name = "load balancer " + placed.balancer.id().name() + " " + placed.address;
        return new LoadBalancer(
                new LoadBalancer.Frontend(name, placed.balancer.id(), placed.balancer.place()),
                rules.build(),
                ImmutableMap.of(),
                missing,
                self,
                next);
    }

    private static boolean isKnown(Rule rule) {
        return !rule.protocol().isUnknown()
                && !rule.frontendPort().isUnknown()
                && !rule.backendPort().isUnknown()
                && !rule.enableFloatingIp().isUnknown();
    }

    private LoadBalancer.Rule rule(Placed placed, Rule rule, @Nullable Mode mode, int self) {
        Mode usual = rule.enableFloatingIp().is(true) ? Mode.FLOATING : Mode.TRANSLATE;
        ImmutableList.Builder<Backend> backends = ImmutableList.builder();
        for (Assignment member : members(placed.balancer, rule)) {
            @Nullable Address address = member.address();
            @Nullable SubnetView there = wiring.views.get(member.subnet());
            if (address == null || there == null) continue;
            int health = probe(placed, rule, address, there, self);
            backends.add(new Backend(health, address, wiring.wayTo(member, there)));
        }
        return new LoadBalancer.Rule(
                rule.name(),
                rule.protocol().orElse(Protocol.ANY),
                rule.frontendPort().orElse(LoadBalancer.ALL_PORTS),
                rule.backendPort().orElse(LoadBalancer.ALL_PORTS),
                distribution(rule),
                mode == null ? usual : mode,
                backends.build());
    }

    /** The number of the probe's finding; a rule without a probe takes its backends for healthy. */
    private int probe(Placed placed, Rule rule, Address address, SubnetView there, int self) {
        int number = --probes;
        for (Probe probe : placed.balancer.probes()) {
            if (!probe.name().equalsIgnoreCase(rule.probe()) || probe.port().isUnknown()) continue;
            int entry = wiring.vnetSwitch(there.reach().vnet().id());
            int port = probe.port().orElse(LoadBalancer.ALL_PORTS);
            wiring.addProbe(new Network.HealthProbe(self, number, address, port, entry));
        }
        return number;
    }

    private static Distribution distribution(Rule rule) {
        String word = rule.loadDistribution();
        if (word.equalsIgnoreCase(dev.mipath.topology.LoadBalancer.SOURCE_IP)) return Distribution.ADDRESSES;
        return word.equalsIgnoreCase(dev.mipath.topology.LoadBalancer.SOURCE_IP_PROTOCOL)
                ? Distribution.ADDRESSES_AND_PROTOCOL
                : Distribution.FIVE_TUPLE;
    }

    private List<Assignment> members(Placed placed) {
        Map<Address, Assignment> all = new LinkedHashMap<>();
        for (Rule rule : placed.rules()) {
            for (Assignment member : members(placed.balancer, rule)) {
                if (member.address() != null) all.putIfAbsent(member.address(), member);
            }
        }
        return new ArrayList<>(all.values());
    }

    /** The machines of a rule's pool; a pool names its NICs, or the NICs name their pool. */
    private List<Assignment> members(dev.mipath.topology.LoadBalancer balancer, Rule rule) {
        List<Assignment> members = new ArrayList<>();
        for (Pool pool : balancer.pools()) {
            if (!pool.name().equalsIgnoreCase(rule.pool())) continue;
            for (Assignment assignment : addresses.assignments()) {
                if (PoolMembers.has(balancer, pool, assignment)) members.add(assignment);
            }
        }
        return members;
    }
}
