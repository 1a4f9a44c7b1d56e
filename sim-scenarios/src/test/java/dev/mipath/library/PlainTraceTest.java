package dev.mipath.library;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import com.google.common.collect.ImmutableSet;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import dev.mipath.trace.TraceRequest.Behaviour;
import dev.mipath.trace.TraceRequest.Client;
import dev.mipath.trace.TraceRequest.Target;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** What many questions cost that nobody asks the reasons of: replays, matrices and all pairs live off it. */
class PlainTraceTest {
    private static final int TRACES = 2_000;

    private static long allocated(Runnable pass) {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        pass.run();
        long before = threads.getCurrentThreadAllocatedBytes();
        pass.run();
        return threads.getCurrentThreadAllocatedBytes() - before;
    }

    private static long reasons(Conversation told) {
        long reasons = 0;
        for (Conversation.Phase phase : told.phases()) {
            for (Step step : phase.forward()) reasons += step.why().hashCode();
            for (Step step : phase.back()) reasons += step.why().hashCode();
        }
        return reasons;
    }

    @Test
    @DisplayName("A trace that nobody asks for reasons gathers none")
    void gathersNoReasons() {
        Scenario scenario = ScenarioLibrary.named("hub-spoke-redirect-works").orElseThrow();
        Compilation compiled =
                NetworkCompiler.compile(scenario.read().topology(), CompileOptions.DEFAULTS.with(Era.Y2020));
        TraceRequest request = new TraceRequest(
                new Client("client", Address.parse("10.1.0.10"), null, true),
                new Target(compiled.estate().instances().get(0).hostName(), null, 1433, Protocol.TCP),
                new Behaviour(50_000, false, true, ImmutableMap.of(), ImmutableSet.of()));
        long[] sum = new long[1];
        long plain = allocated(() -> {
            for (int i = 0; i < TRACES; i++) {
                Conversation told = ConversationTracer.trace(compiled.network(), compiled.estate(), request);
                sum[0] += told.phases().size();
            }
        });
        long explained = allocated(() -> {
            for (int i = 0; i < TRACES; i++) {
                sum[0] += reasons(ConversationTracer.trace(compiled.network(), compiled.estate(), request));
            }
        });
        assertThat(plain).as("of %d bytes with reasons", explained).isLessThan(explained * 3 / 4);
    }
}
