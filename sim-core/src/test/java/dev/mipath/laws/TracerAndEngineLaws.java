package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.Compilation;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.TraceRequest;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One truth: what a client feels in the engine, with no load and no faults, is what the tracer tells. */
@DisplayName("the tracer and the engine")
class TracerAndEngineLaws {
    private static final int SEEDS = Integer.getInteger("mipath.engine.seeds", 120);

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("see the same hops up to the first that stops the client, and the same end")
    void sameHops(int seed) {
        HubWorld hubs = RandomHubs.world(seed);
        Compilation compiled = hubs.compile();
        for (TraceRequest request : hubs.requests()) {
            Conversation told = HubWorld.trace(compiled, request);
            OneTruth.compare(told, compiled, "seed " + seed + ", " + request);
        }
    }

    @Test
    @DisplayName("are compared on conversations that end in every way")
    void mixed() {
        Map<String, Integer> outcomes = new TreeMap<>();
        for (int seed : seeds().toArray()) {
            HubWorld hubs = RandomHubs.world(seed);
            Compilation compiled = hubs.compile();
            for (TraceRequest request : hubs.requests()) {
                outcomes.merge(HubWorld.trace(compiled, request).outcome().name(), 1, Integer::sum);
            }
        }
        assertThat(outcomes).containsKeys("CONNECTED", "BLOCKED", "MISROUTED");
    }
}
