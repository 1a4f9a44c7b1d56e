package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whoever collects an estate with PowerShell gets the answers that the REST API would have given. */
@DisplayName("What PowerShell saves of random resources")
class PowerShellLaws {
    static LongStream seeds() {
        return IntStream.range(0, 150).asLongStream();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("states the same facts as Azure's own answer")
    void statesTheSame(long seed) {
        List<Map<String, @Nullable Object>> answers = ArmAnswers.of(seed);
        String saved = Json.print(answers.stream().map(PowerShellForm::of).toList());
        Topology arm = Imports.topology(Json.print(answers));
        Topology powerShell = Imports.topology(saved);
        assertThat(TopologyYaml.write(powerShell)).as(saved).isEqualTo(TopologyYaml.write(arm));
        assertThat(SameFacts.in(arm, powerShell)).as(saved).isTrue();
        assertThat(Imports.codes(powerShell))
                .as(saved)
                .isEqualTo(Imports.codes(arm))
                .doesNotContain("NOT_MODELLED");
        assertThat(arm.services()).as("services of every kind").hasSize(8);
        assertThat(arm.loadBalancers()).hasSize(1);
        assertThat(arm.managedInstances()).hasSize(2);
    }
}
