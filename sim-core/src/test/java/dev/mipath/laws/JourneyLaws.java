package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.compile.Compilation;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.repair.Repair;
import dev.mipath.testing.RealServiceTags;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Access;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.TraceRequest;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A client's whole way to an instance, against the slow and obvious answer. */
class JourneyLaws {
    /** How often the worlds must show each way at least, all seeds together. */
    private static final ImmutableMap<String, Integer> WAYS = ImmutableMap.<String, Integer>builder()
            .put("connected", 400)
            .put("blocked", 1000)
            .put("refused", 10)
            .put("misrouted", 100)
            .put("in dns", 150)
            .put("in connect", 1000)
            .put("in login", 20)
            .put("in redirect-connect", 10)
            .put("NSG_DENY_INBOUND", 200)
            .put("NSG_DENY_INBOUND on return", 5)
            .put("NSG_DENY_OUTBOUND", 100)
            .put("ROUTE_NONE", 120)
            .put("ROUTE_NONE on return", 5)
            .put("ROUTE_NO_PATH", 100)
            .put("ROUTE_NO_PATH on return", 20)
            .put("ROUTE_LOOP", 2)
            .put("APPLIANCE_UNKNOWN", 50)
            .put("APPLIANCE_NOT_FORWARDING", 5)
            .put("APPLIANCE_NOT_FORWARDING on return", 3)
            .put("ASYMMETRIC_RETURN on return", 80)
            .put("PEERING_NOT_CONNECTED", 40)
            .put("PEERING_ACCESS_OFF", 50)
            .put("PEERING_FORWARDED_OFF", 20)
            .put("PEERING_NOT_CONNECTED on return", 5)
            .put("PEERING_NOT_TRANSITIVE", 100)
            .put("PEERING_NOT_TRANSITIVE on return", 1)
            .put("GATEWAY_TRANSIT_MISMATCH on return", 5)
            .put("GLOBAL_PEERING_BASIC_LB", 20)
            .put("NO_HEALTHY_BACKEND", 20)
            .put("NO_LOAD_BALANCING_RULE", 20)
            .put("GATEWAY_NAME_UNKNOWN", 10)
            .put("DNS_NAME_UNKNOWN", 50)
            .put("DNS_SERVER_UNREACHABLE", 50)
            .put("PLATFORM_DNS_BLOCKED", 10)
            .buildOrThrow();

    /** The same for what customers' firewalls, load balancers and private endpoints add. */
    private static final ImmutableMap<String, Integer> SERVED = ImmutableMap.<String, Integer>builder()
            .put("FIREWALL_DENY", 10)
            .put("PRIVATE_ENDPOINT_PORT", 20)
            .put("LOAD_BALANCER_HAIRPIN", 4)
            .put("NO_LOAD_BALANCING_RULE", 30)
            .put("NO_HEALTHY_BACKEND", 20)
            .put("GLOBAL_PEERING_BASIC_LB", 10)
            .put("connected by rules", 10)
            .put("connected by load", 150)
            .put("connected by private", 60)
            .put("either", 5)
            .buildOrThrow();

    static IntStream seeds() {
        return Seeds.of(600, 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("outcome and first blocker are those of the end-to-end oracle, and nothing stops a connected path")
    void outcomeAndFirstBlocker(int seed) {
        agree(seed, RandomHubs.world(seed));
    }

    static IntStream seedsOfRealTags() {
        return Seeds.from(20_000, 20, 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfRealTags")
    @DisplayName("so they are when service tags are as many and as large as in Microsoft's file")
    void withRealTags(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        Map<String, ImmutableList<Prefix>> tags = new HashMap<>(hubs.world().tags());
        tags.putAll(RealServiceTags.of(List.copyOf(tags.keySet())));
        agree(seed, new HubWorld(hubs.world().withTags(ImmutableMap.copyOf(tags)), hubs.era(), hubs.requests()));
    }

    static IntStream seedsOfServices() {
        return Seeds.from(40_000, 250, 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfServices")
    @DisplayName("so they are through the customer's firewalls, load balancers and private endpoints")
    void withServices(int seed) {
        HubWorld hubs = RandomHubs.served(seed);
        Compilation compiled = hubs.compile();
        for (TraceRequest request : hubs.requests()) {
            Conversation told = HubWorld.trace(compiled, request);
            Set<ConnectOracle.Verdict> expected = ConnectOracle.askAll(hubs, request);
            assertThat(expected)
                    .as(
                            "seed %d, %s, not %s",
                            seed, request, verdict(told, expected.iterator().next()))
                    .anyMatch(each -> verdict(told, each).equals(each));
            if (told.outcome() == Conversation.Outcome.CONNECTED)
                assertThat(told.problems()).isEmpty();
        }
    }

    private static void agree(int seed, HubWorld hubs) {
        Compilation compiled = hubs.compile();
        for (TraceRequest request : hubs.requests()) {
            Conversation told = HubWorld.trace(compiled, request);
            ConnectOracle.Verdict expected = ConnectOracle.ask(hubs, request);
            assertThat(verdict(told, expected)).as("seed %d, %s", seed, request).isEqualTo(expected);
            if (told.outcome() == Conversation.Outcome.CONNECTED)
                assertThat(told.problems()).isEmpty();
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("what is offered as a remedy connects")
    void remediesConnect(int seed) {
        remediesConnect(seed, RandomHubs.world(seed));
    }

    static IntStream seedsOfMends() {
        return Seeds.from(40_000, 60, 1_500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seedsOfMends")
    @DisplayName("what is offered as a remedy connects through the customer's services too")
    void remediesConnectWithServices(int seed) {
        remediesConnect(seed, RandomHubs.served(seed));
    }

    private static void remediesConnect(int seed, HubWorld hubs) {
        Compilation compiled = hubs.compile();
        TraceRequest request = new Dice(seed + 7).of(hubs.requests());
        Conversation told = HubWorld.trace(compiled, request);
        if (told.outcome() == Conversation.Outcome.CONNECTED) return;
        Repair repair = Repair.of(compiled, hubs.options(), told);
        if (!repair.proven()) return;
        Topology mended = hubs.world().topology();
        for (Change change : offered(repair)) mended = mended.with(change);
        HubWorld after = hubs.with(mended);
        String what = "seed " + seed + ", " + request + ", after " + offered(repair);
        assertThat(HubWorld.trace(after.compile(), request).problems()).as(what).isEmpty();
        assertThat(ConnectOracle.askAll(after, request))
                .as(what)
                .anyMatch(verdict -> verdict.outcome().equals("connected"));
    }

    private static List<Change> offered(Repair repair) {
        return repair.mends().stream()
                .filter(mend -> mend.causedBy() == null)
                .flatMap(mend -> mend.remedy().changes().stream())
                .toList();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("one more allow never stops what was connected")
    void allowsNeverStop(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        Dice dice = new Dice(~(long) seed);
        Compilation compiled = hubs.compile();
        List<NetworkSecurityGroup> groups = hubs.world().topology().networkSecurityGroups();
        for (TraceRequest request : hubs.requests()) {
            Conversation told = HubWorld.trace(compiled, request);
            if (told.outcome() != Conversation.Outcome.CONNECTED || groups.isEmpty()) continue;
            Change allow = allow(hubs, dice.of(groups).id(), dice);
            Topology wider = hubs.world().topology().with(allow);
            assertThat(HubWorld.trace(hubs.with(wider).compile(), request).problems())
                    .as("seed %d, %s, after %s", seed, request, allow)
                    .isEmpty();
        }
    }

    /** At the lowest priority that is free when the service has taken its own. */
    private static Change allow(HubWorld hubs, ResourceId group, Dice dice) {
        NetworkSecurityGroup full = ServiceOracle.provisioned(hubs)
                .topology()
                .networkSecurityGroup(group)
                .orElseThrow();
        Direction direction = dice.of(Direction.values());
        int port = dice.of(1433, 11_000, 53);
        SecurityRule.Match any = SecurityRule.Match.ANY;
        SecurityRule.Match match = dice.oneIn(2)
                ? any
                : new SecurityRule.Match(
                        any.protocol(),
                        any.source(),
                        any.sourcePorts(),
                        any.destination(),
                        ImmutableList.of(Given.of(new PortRange(port, port))));
        return new Change.AddRule(
                group,
                new SecurityRule(
                        "one-more",
                        full.place(),
                        Given.of(ServiceOracle.lowestFree(full.rules(), direction)),
                        Given.of(direction),
                        Given.of(Access.ALLOW),
                        match));
    }

    @Test
    @DisplayName("the worlds hold every way in which a connection ends")
    void worldsAreMixed() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed : seeds().toArray()) {
            HubWorld hubs = RandomHubs.world(seed);
            for (TraceRequest request : hubs.requests()) count(ConnectOracle.ask(hubs, request), counts);
        }
        areAtLeast(WAYS, counts);
    }

    @Test
    @DisplayName("the worlds with services hold every way in which those end it or let it pass")
    void servicesAreMixed() {
        Map<String, Integer> counts = new TreeMap<>();
        for (int seed : seedsOfServices().toArray()) {
            HubWorld hubs = RandomHubs.served(seed);
            Compilation compiled = hubs.compile();
            for (TraceRequest request : hubs.requests()) {
                Set<ConnectOracle.Verdict> verdicts = ConnectOracle.askAll(hubs, request);
                verdicts.forEach(verdict -> count(verdict, counts));
                if (verdicts.size() > 1) counts.merge("either", 1, Integer::sum);
                Conversation told = HubWorld.trace(compiled, request);
                if (told.outcome() != Conversation.Outcome.CONNECTED) continue;
                told.phases().stream()
                        .flatMap(phase -> phase.forward().stream())
                        .map(step -> step.at().replaceAll(" .*", ""))
                        .filter(List.of("rules", "load", "private")::contains)
                        .distinct()
                        .forEach(by -> counts.merge("connected by " + by, 1, Integer::sum));
            }
        }
        areAtLeast(SERVED, counts);
    }

    private static void count(ConnectOracle.Verdict verdict, Map<String, Integer> counts) {
        counts.merge(verdict.outcome(), 1, Integer::sum);
        PacketOracle.@Nullable Stop stop = verdict.stop();
        if (stop == null) return;
        counts.merge(stop.code() + (stop.onReturn() ? " on return" : ""), 1, Integer::sum);
        counts.merge("in " + verdict.phase(), 1, Integer::sum);
    }

    private static void areAtLeast(Map<String, Integer> wanted, Map<String, Integer> counts) {
        wanted.forEach((way, least) -> assertThat(counts.getOrDefault(way, 0))
                .as("%s in %s", way, counts)
                .isGreaterThanOrEqualTo(least));
    }

    /** What was told, in the oracle's words; who is to blame for a circle is not compared. */
    static ConnectOracle.Verdict verdict(Conversation told, ConnectOracle.Verdict expected) {
        String outcome = Ascii.toLowerCase(told.outcome().name());
        Optional<Conversation.Problem> first = told.problems().stream().findFirst();
        if (first.isEmpty()) return new ConnectOracle.Verdict(outcome, null, null);
        Conversation.Problem problem = first.get();
        boolean circle = expected.stop() != null && expected.stop().by().isEmpty();
        String by = circle ? "" : by(problem);
        PacketOracle.Stop stop = new PacketOracle.Stop(problem.ending().name(), problem.onReturn(), by);
        return new ConnectOracle.Verdict(outcome, problem.state().phase(), stop);
    }

    private static String by(Conversation.Problem problem) {
        @Nullable Step step = problem.cause() != null ? problem.cause() : problem.step();
        if (step == null) return "";
        if (step.why() instanceof Evidence.RuleMatched matched) {
            return matched.rule().group() + " " + matched.rule().qualifiedName();
        }
        if (step.why() instanceof Evidence.RouteChosen chosen) {
            var origin = chosen.route().origin();
            return origin.table() == null ? chosen.prefix().toString() : origin.table() + " " + origin.name();
        }
        if (step.why() instanceof Evidence.PeeringMet met) return met.link().text();
        if (step.why() instanceof Evidence.SourceFirewall firewall) return String.valueOf(firewall.owner());
        if (step.why() instanceof Evidence.At at) {
            return at.owner() != null
                    ? at.owner().text()
                    : at.where().substring(at.where().lastIndexOf(' ') + 1);
        }
        return "no route";
    }
}
