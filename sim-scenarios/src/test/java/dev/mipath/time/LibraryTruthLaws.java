package dev.mipath.time;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.laws.OneTruth;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Era;
import dev.mipath.topology.NetworkInterface;
import dev.mipath.topology.Topology;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** In every built-in situation each machine's way to each instance is the same for the tracer and the engine. */
@DisplayName("in every built-in situation")
class LibraryTruthLaws {
    static List<Scenario> all() {
        return ScenarioLibrary.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("all")
    @DisplayName("the engine's hops are the tracer's")
    void sameHops(Scenario scenario) {
        compare(scenario);
    }

    @Test
    @DisplayName("there is somebody to ask for")
    void asksMany() {
        assertThat(all().stream().mapToInt(LibraryTruthLaws::compare).sum()).isGreaterThan(20);
    }

    private static int compare(Scenario scenario) {
        Topology topology = scenario.read().topology();
        @Nullable String profile = topology.profile();
        Era era = profile == null ? Era.Y2020 : Era.named(profile).orElse(Era.Y2020);
        Compilation compiled = NetworkCompiler.compile(
                topology, CompileOptions.DEFAULTS.with(era).with(CompileOptions.AssumedAddress.HOLDS));
        int asked = 0;
        for (NetworkInterface machine : topology.networkInterfaces()) {
            @Nullable Address address = compiled.address(machine.id());
            if (address == null) continue;
            for (Hosted instance : compiled.estate().instances()) {
                TraceRequest request = new TraceRequest(
                        new TraceRequest.Client(machine.id().name(), address, null, true),
                        new TraceRequest.Target(instance.hostName(), null, 1433, Protocol.TCP),
                        TraceRequest.Behaviour.DEFAULT);
                Conversation told = ConversationTracer.trace(compiled.network(), compiled.estate(), request);
                OneTruth.compare(told, compiled, scenario.name() + ", " + request);
                asked++;
            }
        }
        return asked;
    }
}
