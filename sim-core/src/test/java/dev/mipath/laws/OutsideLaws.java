package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Era;
import dev.mipath.testing.Seeds;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.TraceRequest;
import dev.mipath.trace.TraceRequest.Flow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes to an instance's management endpoint, and what an instance connects to, against the slow and obvious answer. */
class OutsideLaws {
    private static final Address STRANGER = Address.parse("198.51.100.254");
    private static final List<String> CALLERS = List.of("SqlManagement", "CorpNetSaw", "CorpNetPublic");
    private static final String REGION = "AzureCloud.westeurope";

    /** How often the worlds must show each way at least, all seeds together. */
    private static final ImmutableMap<String, Integer> WAYS = ImmutableMap.<String, Integer>builder()
            .put("call connected", 200)
            .put("call BUILT_IN_FIREWALL", 50)
            .put("call NSG_DENY_INBOUND", 100)
            .put("call ROUTE_NONE on return", 5)
            .put("call ASYMMETRIC_RETURN on return", 10)
            .put("out connected", 300)
            .put("out NSG_DENY_OUTBOUND", 50)
            .put("out ROUTE_NONE", 5)
            .put("out APPLIANCE_UNKNOWN", 2)
            .put("out as the management endpoint", 100)
            .put("out as itself in its region", 20)
            .put("out as somebody else", 20)
            .buildOrThrow();

    static IntStream seeds() {
        return Seeds.of(400, 2_000);
    }

    /** The world of a seed, with some of Azure's addresses in the region of most VNets. */
    private static HubWorld world(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        ImmutableMap.Builder<String, ImmutableList<Prefix>> tags = ImmutableMap.<String, ImmutableList<Prefix>>builder()
                .putAll(hubs.world().tags());
        ImmutableList<Prefix> azure = hubs.world().tags().getOrDefault("AzureCloud", ImmutableList.of());
        tags.put(REGION, azure.subList(0, azure.size() / 2));
        return new HubWorld(hubs.world().withTags(tags.buildOrThrow()), hubs.era(), hubs.requests());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("a call of the management endpoint ends as the end-to-end oracle says")
    void calls(int seed) {
        HubWorld hubs = world(seed);
        Compilation compiled = hubs.compile();
        for (TraceRequest call : calls(hubs, compiled, new Dice(seed))) {
            Conversation told = HubWorld.trace(compiled, call);
            ConnectOracle.Verdict expected = expectedOfCall(hubs, call);
            assertThat(JourneyLaws.verdict(told, expected))
                    .as("seed %d, %s", seed, call)
                    .isEqualTo(expected);
        }
    }

    private static List<TraceRequest> calls(HubWorld hubs, Compilation compiled, Dice dice) {
        List<TraceRequest> calls = new ArrayList<>();
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            VirtualCluster.@Nullable Management management = cluster.management();
            if (management == null) continue;
            String host = cluster.instances().get(0).hostName();
            for (String tag : CALLERS) {
                for (Prefix prefix : hubs.world().tags().getOrDefault(tag, ImmutableList.of())) {
                    add(calls, compiled, tag, prefix.v6() ? STRANGER : prefix.last(), host, management, dice);
                }
            }
            add(calls, compiled, null, STRANGER, host, management, dice);
        }
        return calls;
    }

    private static void add(
            List<TraceRequest> calls,
            Compilation compiled,
            @Nullable String tag,
            Address from,
            String host,
            VirtualCluster.Management management,
            Dice dice) {
        if (!compiled.network().edges(from).isEmpty()) return;
        int port = dice.of(9000, 9003, 1438, 1440, 1452);
        @Nullable String caller = from.equals(STRANGER) ? null : tag;
        calls.add(new TraceRequest(
                new TraceRequest.Client(String.valueOf(tag), from, null, true),
                new TraceRequest.Target(host, management.address(), port, Protocol.TCP),
                TraceRequest.Behaviour.DEFAULT,
                new Flow.Management(caller, ImmutableList.of(port))));
    }

    private static ConnectOracle.Verdict expectedOfCall(HubWorld hubs, TraceRequest call) {
        PlainFacts facts = new PlainFacts(ServiceOracle.provisioned(hubs));
        ClusterOracle clusters = new ClusterOracle(hubs.world().topology(), hubs.era());
        PacketOracle packets = new PacketOracle(facts, clusters);
        Address from = call.client().address();
        boolean microsoft = CALLERS.stream().anyMatch(tag -> PlainFacts.anyHolds(facts.tag(tag), from));
        Packet packet = new Packet(from, 50_000, from, call.target().port(), Protocol.TCP);
        PacketOracle.End end = packets.call(clusters.of(call.target().host()).orElseThrow(), packet, microsoft);
        if (end.stop() == null) return new ConnectOracle.Verdict("connected", null, null);
        return ConnectOracle.Verdict.blocked("connect", end.stop());
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("what an instance connects to is reached as the oracle says, and sees the address that it says")
    void connections(int seed) {
        HubWorld hubs = world(seed);
        Compilation compiled = hubs.compile();
        for (TraceRequest request : connections(hubs, compiled, new Dice(seed))) {
            Conversation told = HubWorld.trace(compiled, request);
            ConnectOracle.Verdict expected = expected(hubs, request);
            assertThat(JourneyLaws.verdict(told, expected))
                    .as("seed %d, %s", seed, request)
                    .isEqualTo(expected);
            if (expected.stop() == null) {
                assertThat(seenAs(compiled, told))
                        .as("seed %d, %s", seed, request)
                        .isEqualTo(expectedSource(hubs, request));
            }
        }
    }

    private static List<TraceRequest> connections(HubWorld hubs, Compilation compiled, Dice dice) {
        List<TraceRequest> requests = new ArrayList<>();
        List<Address> targets = new ArrayList<>(List.of(STRANGER));
        for (String tag : List.of("AzureCloud", "SqlManagement")) {
            for (Prefix prefix : hubs.world().tags().getOrDefault(tag, ImmutableList.of())) {
                if (!prefix.v6()) targets.add(prefix.last());
            }
        }
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            Address node = cluster.instances().get(0).primary().address();
            String vnet = String.valueOf(cluster.subnet().parentName());
            for (Address target : targets) {
                if (!compiled.network().edges(target).isEmpty()) continue;
                int port = dice.of(443, 443, 12_000, 445, 587);
                requests.add(new TraceRequest(
                        new TraceRequest.Client("instance", node, vnet, false),
                        new TraceRequest.Target("service", target, port, Protocol.TCP),
                        TraceRequest.Behaviour.DEFAULT,
                        new Flow.Outbound(
                                "service", Dependency.Purpose.OWN, null, null, ImmutableList.of(port), null)));
            }
        }
        return requests;
    }

    private static PlainFacts.Site siteOf(PlainFacts facts, TraceRequest request) {
        return facts.sites(request.client().address()).stream()
                .filter(site -> site.vnet().id().name().equals(request.client().vnet()))
                .findFirst()
                .orElseThrow();
    }

    private static ConnectOracle.Verdict expected(HubWorld hubs, TraceRequest request) {
        PlainFacts facts = new PlainFacts(ServiceOracle.provisioned(hubs));
        PacketOracle packets =
                new PacketOracle(facts, new ClusterOracle(hubs.world().topology(), hubs.era()));
        Packet packet = new Packet(
                request.client().address(),
                50_000,
                request.target().address() == null ? STRANGER : request.target().address(),
                request.target().port(),
                Protocol.TCP);
        PacketOracle.End end = packets.exchange(new PacketOracle.Place.In(siteOf(facts, request)), packet, List.of());
        if (end.stop() == null) return new ConnectOracle.Verdict("connected", null, null);
        boolean astray = end.stop().code().equals(PacketOracle.ASTRAY);
        PacketOracle.Stop stop = astray
                ? new PacketOracle.Stop(
                        "ROUTE_NO_PATH", end.stop().onReturn(), end.stop().by())
                : end.stop();
        return new ConnectOracle.Verdict(astray ? "misrouted" : "blocked", "connect", stop);
    }

    /** Fact 4.32, trap 21. */
    private static String expectedSource(HubWorld hubs, TraceRequest request) {
        PlainFacts facts = new PlainFacts(ServiceOracle.provisioned(hubs));
        PacketOracle packets =
                new PacketOracle(facts, new ClusterOracle(hubs.world().topology(), hubs.era()));
        PlainFacts.Site site = siteOf(facts, request);
        Address to =
                request.target().address() == null ? STRANGER : request.target().address();
        boolean endpoint = !hubs.era().equals(Era.CURRENT);
        if (!endpoint || !packets.leavesStraight(site, to)) return "somebody else";
        boolean regional =
                PlainFacts.region(site.vnet()).equals("westeurope") && PlainFacts.anyHolds(facts.tag(REGION), to);
        return regional ? "itself in its region" : "the management endpoint";
    }

    private static String seenAs(Compilation compiled, Conversation told) {
        ImmutableList<Step> way = told.phases().get(0).forward();
        Address source = way.get(way.size() - 1).arrived().source();
        if (source.equals(told.request().client().address())) return "itself in its region";
        for (VirtualCluster cluster : compiled.estate().clusters()) {
            VirtualCluster.@Nullable Management management = cluster.management();
            boolean here = cluster.instances()
                    .get(0)
                    .primary()
                    .address()
                    .equals(told.request().client().address());
            if (here && management != null && management.address().equals(source)) return "the management endpoint";
        }
        return "somebody else";
    }

    @Test
    @DisplayName("the worlds hold every way in which these connections end")
    void worldsAreMixed() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed : seeds().toArray()) {
            HubWorld hubs = world(seed);
            Compilation compiled = hubs.compile();
            for (TraceRequest call : calls(hubs, compiled, new Dice(seed)))
                count("call ", expectedOfCall(hubs, call), counts);
            for (TraceRequest request : connections(hubs, compiled, new Dice(seed))) {
                ConnectOracle.Verdict verdict = expected(hubs, request);
                count("out ", verdict, counts);
                if (verdict.stop() == null) counts.merge("out as " + expectedSource(hubs, request), 1, Integer::sum);
            }
        }
        WAYS.forEach((way, least) -> assertThat(counts.getOrDefault(way, 0))
                .as("%s in %s", way, counts)
                .isGreaterThanOrEqualTo(least));
    }

    private static void count(String what, ConnectOracle.Verdict verdict, Map<String, Integer> counts) {
        PacketOracle.@Nullable Stop stop = verdict.stop();
        String way = stop == null ? "connected" : stop.code() + (stop.onReturn() ? " on return" : "");
        counts.merge(what + way, 1, Integer::sum);
    }
}
