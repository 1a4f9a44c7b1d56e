package dev.mipath.laws;

import static dev.mipath.laws.PlainFacts.known;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Direction;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The customer's load balancers (facts 3.9 to 3.12): the first rule for the port, the backends whose probe their groups let
 * in, one of them for a whole flow. Which one a hash chooses nobody can know from outside, so whoever asks may ask for
 * each choice.
 */
final class BalancerOracle {
    private static final int CHOICES = 4;

    private final PlainFacts facts;
    private final FlowOracle flows;
    private final int choices;
    private final Map<String, Integer> kept = new HashMap<>();
    private int chosen;

    /** A frontend in a VNet. */
    record Front(LoadBalancer balancer, Address address) {}

    /** What becomes of a packet: a machine and the port it is for, or a code and what is to blame. */
    record Handed(PlainFacts.@Nullable Site site, Address machine, int port, String code, String by) {}

    /** {@code choices} has one bit for each flow that may go to either of two machines. */
    BalancerOracle(PlainFacts facts, FlowOracle flows, int choices) {
        this.facts = facts;
        this.flows = flows;
        this.choices = choices;
    }

    /** How many flows had more than one machine to go to. */
    int chosen() {
        return Math.min(chosen, CHOICES);
    }

    Optional<Front> at(Vnet vnet, Address address) {
        for (LoadBalancer balancer : facts.world.topology().loadBalancers()) {
            for (LoadBalancer.Frontend frontend : balancer.frontends()) {
                boolean here =
                        vnet.subnets().stream().anyMatch(subnet -> subnet.id().equals(known(frontend.subnet())));
                if (here && known(frontend.privateIpAddress()).equals(address)) {
                    return Optional.of(new Front(balancer, address));
                }
            }
        }
        return Optional.empty();
    }

    /** Whom a frontend hands a packet to; a transparent one leaves it as it is, and remembers the flow both ways. */
    Handed hand(Front front, Packet packet, boolean transparent) {
        for (LoadBalancer.Rule rule : front.balancer.rules()) {
            Protocol protocol = known(rule.protocol());
            boolean takes = (protocol == Protocol.ANY || protocol == packet.protocol())
                    && (known(rule.frontendPort()) == 0 || known(rule.frontendPort()) == packet.destinationPort());
            if (takes) return hand(front, rule, packet, transparent);
        }
        return new Handed(
                null,
                front.address,
                0,
                "NO_LOAD_BALANCING_RULE",
                front.balancer.id().text());
    }

    private Handed hand(Front front, LoadBalancer.Rule rule, Packet packet, boolean transparent) {
        List<PlainFacts.Site> all = machines(front.balancer);
        List<Integer> healthy = new ArrayList<>();
        String killer = "";
        for (int i = 0; i < all.size(); i++) {
            String by = shut(front.balancer, rule, all.get(i));
            if (by == null) healthy.add(i);
            else if (killer.isEmpty()) killer = by;
        }
        String where = front.balancer.id() + " " + transparent + " ";
        @Nullable Integer known = kept.get(where + packet);
        if (known == null && transparent) known = kept.get(where + packet.reversed());
        if (known == null && healthy.isEmpty()) return new Handed(null, front.address, 0, "NO_HEALTHY_BACKEND", killer);
        int index = known == null ? choose(healthy) : known;
        PlainFacts.Site site = all.get(index);
        Address machine = addressOf(site);
        if (!transparent && machine.equals(packet.source())) {
            return new Handed(null, machine, 0, "LOAD_BALANCER_HAIRPIN", "no route");
        }
        kept.put(where + packet, index);
        int port = known(rule.backendPort()) == 0 ? packet.destinationPort() : known(rule.backendPort());
        return new Handed(site, machine, port, "", "");
    }

    private int choose(List<Integer> healthy) {
        if (healthy.size() == 1) return healthy.get(0);
        int bit = choices >> chosen++ % CHOICES & 1;
        return healthy.get(bit);
    }

    private List<PlainFacts.Site> machines(LoadBalancer balancer) {
        List<PlainFacts.Site> all = new ArrayList<>();
        for (NetworkInterface nic : facts.world.topology().networkInterfaces()) {
            for (ResourceId member : balancer.pools().get(0).networkInterfaces()) {
                if (!member.equals(nic.id())) continue;
                Address address = known(nic.ipConfigurations().get(0).privateIpAddress());
                facts.sites(address).stream()
                        .filter(site -> site.subnet()
                                .id()
                                .equals(known(nic.ipConfigurations().get(0).subnet())))
                        .forEach(all::add);
            }
        }
        return all;
    }

    private static Address addressOf(PlainFacts.Site site) {
        return known(PlainFacts.stated(site.nic()).ipConfigurations().get(0).privateIpAddress());
    }

    /** The rule that keeps a probe out, or null (fact 1.28). */
    private @Nullable String shut(LoadBalancer balancer, LoadBalancer.Rule rule, PlainFacts.Site site) {
        for (LoadBalancer.Probe probe : balancer.probes()) {
            if (!probe.name().equals(rule.probe())) continue;
            Packet packet =
                    new Packet(FlowOracle.HOST_SERVICES, 50_000, addressOf(site), known(probe.port()), Protocol.TCP);
            FlowOracle.Answer told = flows.ask(site, Direction.INBOUND, packet);
            if (told.access() == Access.DENY) return told.group() + " " + told.rule();
        }
        return null;
    }
}
