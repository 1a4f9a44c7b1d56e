package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Packet;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.ResourceId;
import dev.mipath.trace.FilterQuestion;
import dev.mipath.trace.PathWalk;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A walk meets the elements that the two questions ask, and they say the same to both. */
class WalkLaws {
    private static final int WALKS = 300;

    static IntStream seeds() {
        return Seeds.from(2_000, 150, 1_000);
    }

    /** What an element did; the way to an appliance has a filter of its own with the subnet's rules and name. */
    private record Met(String at, boolean passed, int reason) {
        static Met of(String at, long decision) {
            return new Met(at, Decision.forwards(decision), Decision.reason(decision));
        }
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("The walked rules and routes of a packet are the answers of test-ip-flow and next-hop")
    void walksAnswerAsTheQuestionsDo(int seed) {
        forEachPacket(seed, (network, edge, packet) -> {
            PathWalk walk = PathWalk.follow(network, edge.start(), packet, FlowMemory.NONE);
            String what = "seed " + seed + ", " + packet;
            List<Met> walked = met(walk.steps());
            List<Met> leaving = met(FilterQuestion.steps(network, edge.outboundFilters(), new Header().set(packet)));
            assertThat(walked).as(what).hasSizeGreaterThanOrEqualTo(leaving.size());
            assertThat(walked.subList(0, leaving.size())).as(what).isEqualTo(leaving);
            if (!leaving.isEmpty() && !leaving.get(leaving.size() - 1).passed()) return;
            long chosen = network.decide(edge.routes(), new Header().set(packet), FlowMemory.NONE, 0);
            assertThat(walked.get(leaving.size())).as(what).isEqualTo(Met.of(network.name(edge.routes()), chosen));
            Edge there = arrivedAt(network, walk, packet);
            if (there == null) return;
            List<Met> arriving = met(FilterQuestion.steps(network, there.inboundFilters(), new Header().set(packet)));
            assertThat(walked).as(what).containsAll(arriving);
            assertThat(arriving).as(what).allMatch(Met::passed);
        });
    }

    private interface Check {
        void of(Network network, Edge edge, Packet packet);
    }

    /** Random packets of a random world, each at every edge that may send it. */
    private static void forEachPacket(int seed, Check check) {
        World world = RandomTopologies.world(seed);
        Network network = world.compile().network();
        Questions questions = new Questions(world, seed);
        for (int i = 0; i < WALKS; i++) {
            Packet packet = questions.from(questions.local());
            for (Edge edge : network.edges(packet.source())) check.of(network, edge, packet);
        }
    }

    private static List<Met> met(List<Step> steps) {
        return steps.stream().map(step -> Met.of(step.at(), step.decision())).toList();
    }

    /** The edge of the declared subnet where the packet arrived, or null when it did not, or elsewhere. */
    private static @Nullable Edge arrivedAt(Network network, PathWalk walk, Packet packet) {
        if (walk.ending() != Ending.DELIVERED) return null;
        // Fact 3.21: no filter of the subnet stands before a private endpoint.
        if (walk.steps().get(walk.steps().size() - 1).at().startsWith("private endpoint")) return null;
        if (!(walk.steps().get(walk.steps().size() - 1).why() instanceof Evidence.At at)) return null;
        @Nullable ResourceId owner = at.owner();
        if (owner == null) return null;
        return network.edges(packet.destination()).stream()
                .filter(edge -> owner.equals(edge.subnet()) || owner.equals(edge.networkInterface()))
                .findFirst()
                .orElse(null);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("Answers of an allowed flow need no rule; other packets do")
    void answersNeedNoRule(int seed) {
        forEachPacket(seed, (network, edge, packet) -> {
            FlowTable memory = new FlowTable();
            PathWalk walk = PathWalk.follow(network, edge.start(), packet, memory);
            Edge there = arrivedAt(network, walk, packet);
            if (there == null || packet.source().equals(packet.destination())) return;
            List<Integer> back = new ArrayList<>(there.outboundFilters());
            back.addAll(edge.inboundFilters());
            for (int filter : back) answersPass(seed, network, filter, packet.reversed(), memory);
        });
    }

    private static void answersPass(int seed, Network network, int filter, Packet reply, FlowTable memory) {
        long remembered = network.decide(filter, new Header().set(reply), memory, 0);
        assertThat(Decision.forwards(remembered)).as("seed %d, %s", seed, reply).isTrue();
        assertThat(network.evidence(filter, new Header().set(reply), remembered))
                .isInstanceOf(Evidence.FlowRemembered.class);
        Packet other = new Packet(
                reply.source(), reply.sourcePort(), reply.destination(), reply.destinationPort() ^ 1, reply.protocol());
        long judged = network.decide(filter, new Header().set(other), new FlowTable(), 0);
        assertThat(network.decide(filter, new Header().set(other), memory, 0))
                .as("seed %d, unrelated %s", seed, other)
                .isEqualTo(judged);
    }
}
