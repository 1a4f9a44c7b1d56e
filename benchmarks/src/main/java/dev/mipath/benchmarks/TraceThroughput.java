package dev.mipath.benchmarks;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.Step;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import dev.mipath.trace.TraceRequest.Behaviour;
import dev.mipath.trace.TraceRequest.Client;
import dev.mipath.trace.TraceRequest.Target;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/**
 * Whole conversations a second on one core: name lookup, both connections where there are two, every packet out and
 * back. The client's address and port change from one to the next.
 */
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@State(Scope.Thread)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
        value = 3,
        jvmArgsAppend = {"-Xmx1g", "-XX:+UseSerialGC"})
public class TraceThroughput {
    private static final int CLIENTS = 200;

    /** The built-in situation. */
    @Param({"hub-spoke-redirect-works", "redirect-range-closed"})
    public String scenario = "";

    private Compilation compiled = NetworkCompiler.compile(new Topology.Builder().build(), CompileOptions.DEFAULTS);
    private final TraceRequest[] requests = new TraceRequest[CLIENTS];
    private int at;

    /** Compiles the scenario and prepares its clients. */
    @Setup
    public void load() {
        Scenario named = ScenarioLibrary.named(scenario).orElseThrow();
        compiled = NetworkCompiler.compile(named.read().topology(), CompileOptions.DEFAULTS.with(Era.Y2020));
        String host = compiled.estate().instances().get(0).hostName();
        for (int i = 0; i < CLIENTS; i++) {
            Address address = Address.v4(0x0A01_0000 + 10 + i);
            requests[i] = new TraceRequest(
                    new Client("client", address, null, true),
                    new Target(host, null, 1433, Protocol.TCP),
                    new Behaviour(50_000 + i, false, true, ImmutableMap.of(), ImmutableSet.of()));
        }
    }

    private Conversation next() {
        at = at + 1 == CLIENTS ? 0 : at + 1;
        return ConversationTracer.trace(compiled.network(), compiled.estate(), requests[at]);
    }

    /** Every decision, no reasons. */
    @Benchmark
    public Conversation withoutEvidence() {
        return next();
    }

    /** Every decision with all that was weighed. */
    @Benchmark
    public void withEvidence(Blackhole blackhole) {
        for (Conversation.Phase phase : next().phases()) {
            for (Step step : phase.forward()) blackhole.consume(step.why());
            for (Step step : phase.back()) blackhole.consume(step.why());
        }
    }
}
