package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.ManagedInstance;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.TraceRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client on the Internet and the public endpoint, against the slow and obvious answer (facts 1.18, 2.13, 4.2). */
class PublicEndpointLaws {
    private static final List<Address> CLIENTS =
            List.of(Address.parse("8.8.8.8"), Address.parse("13.64.9.9"), Address.parse("40.68.20.5"));

    /** What the connection meets first; empty when it connects. */
    private record Expected(String code, String by) {}

    static IntStream seeds() {
        return Seeds.of(600, 2_500).filter(seed -> !tunnelled(RandomHubs.world(seed)));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("the rule, the probe and the route back decide, and nothing else")
    void decides(int seed) {
        HubWorld hubs = world(seed);
        Compilation compiled = hubs.compile();
        for (Address client : CLIENTS) {
            for (ManagedInstance instance : hubs.world().topology().managedInstances()) {
                String host = hostOf(instance);
                Conversation told = HubWorld.trace(compiled, request(client, host));
                assertThat(first(told))
                        .as("seed %d, %s to %s", seed, client, host)
                        .isEqualTo(expected(hubs, client, host));
            }
        }
    }

    @Test
    @DisplayName("the worlds hold every way in which it ends")
    void worldsAreMixed() {
        Map<String, Integer> counts = new HashMap<>();
        for (int seed : seeds().toArray()) {
            HubWorld hubs = world(seed);
            for (ManagedInstance instance : hubs.world().topology().managedInstances()) {
                for (Address client : CLIENTS) {
                    counts.merge(expected(hubs, client, hostOf(instance)).code(), 1, Integer::sum);
                }
            }
        }
        for (String code : List.of("", "NSG_DENY_INBOUND", "NO_HEALTHY_BACKEND", "on return")) {
            assertThat(counts.getOrDefault(code, 0))
                    .as("%s in %s", code, counts)
                    .isGreaterThan(20);
        }
    }

    /** Where a gateway has learnt 0.0.0.0/0, every public address is one of its site (contract: Commands). */
    private static boolean tunnelled(HubWorld hubs) {
        return hubs.world().topology().virtualNetworkGateways().stream()
                .anyMatch(gateway -> gateway.learnedPrefixes().stream().anyMatch(prefix -> prefix.is(Prefix.ALL_V4)));
    }

    private static HubWorld world(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        Topology old = hubs.world().topology();
        Topology.Builder all = new Topology.Builder().profile(old.profile());
        old.vnets().forEach(all::add);
        old.networkSecurityGroups().forEach(all::add);
        old.routeTables().forEach(all::add);
        old.networkInterfaces().forEach(all::add);
        old.virtualMachines().forEach(all::add);
        old.virtualNetworkGateways().forEach(all::add);
        old.localNetworkGateways().forEach(all::add);
        old.gatewayConnections().forEach(all::add);
        for (ManagedInstance instance : old.managedInstances()) {
            all.add(new ManagedInstance(
                    instance.id(),
                    instance.place(),
                    instance.subnet(),
                    instance.fullyQualifiedDomainName(),
                    instance.dnsZone(),
                    instance.proxyOverride(),
                    Given.of(true),
                    instance.tier()));
        }
        return hubs.with(all.build());
    }

    private static String hostOf(ManagedInstance instance) {
        String host = instance.fullyQualifiedDomainName();
        if (host == null) throw new IllegalStateException("these instances have names");
        return host;
    }

    private static TraceRequest request(Address client, String host) {
        int dot = host.indexOf('.');
        String name = host.substring(0, dot) + ".public" + host.substring(dot);
        return new TraceRequest(
                new TraceRequest.Client(client.toString(), client, null, false),
                new TraceRequest.Target(name, null, 3342, Protocol.TCP),
                new TraceRequest.Behaviour(50_000, false, true, ImmutableMap.of(), ImmutableSet.of()));
    }

    /** The group sees the gateway's address and the client's; the answer takes the routes of the instance's subnet. */
    private static Expected expected(HubWorld hubs, Address client, String host) {
        PlainFacts facts = new PlainFacts(ServiceOracle.provisioned(hubs));
        ClusterOracle.Cluster cluster =
                new ClusterOracle(hubs.world().topology(), hubs.era()).of(host).orElseThrow();
        PlainFacts.Site site = new PlainFacts.Site(cluster.vnet(), cluster.subnet(), null);
        FlowOracle flows = new FlowOracle(facts);
        Address healthy = null;
        String killer = "";
        for (Address gateway : cluster.gateways()) {
            Packet probe = new Packet(FlowOracle.HOST_SERVICES, 50_000, gateway, 1433, Protocol.TCP);
            FlowOracle.Answer told = flows.ask(site, Direction.INBOUND, probe);
            if (told.access() == Access.ALLOW && healthy == null) healthy = gateway;
            if (told.access() == Access.DENY && killer.isEmpty()) killer = told.group() + " " + told.rule();
        }
        if (healthy == null) return new Expected("NO_HEALTHY_BACKEND", killer);
        Packet arriving = new Packet(client, 50_000, healthy, 3342, Protocol.TCP);
        FlowOracle.Answer told = flows.ask(site, Direction.INBOUND, arriving);
        if (told.access() == Access.DENY) return new Expected("NSG_DENY_INBOUND", told.group() + " " + told.rule());
        RouteOracle routes = new RouteOracle(facts);
        RouteOracle.@Nullable Row row = routes.ask(routes.rows(cluster.vnet(), cluster.subnet()), client);
        boolean straight = row != null && row.hop() == NextHopType.INTERNET;
        return straight ? new Expected("", "") : new Expected("on return", "");
    }

    /** What was told of the connection itself; the gateway's own way to the node is another law's. */
    private static Expected first(Conversation told) {
        Optional<Conversation.Problem> first = told.problems().stream().findFirst();
        if (first.isEmpty() || first.get().state() != State.CONNECT) return new Expected("", "");
        Conversation.Problem problem = first.get();
        if (problem.onReturn()) return new Expected("on return", "");
        @Nullable Step step = problem.cause() != null ? problem.cause() : problem.step();
        String by = step != null && step.why() instanceof Evidence.RuleMatched matched
                ? matched.rule().group() + " " + matched.rule().qualifiedName()
                : "";
        return new Expected(problem.ending().name(), by);
    }
}
