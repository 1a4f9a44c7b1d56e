package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.Seeds;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever a topology declares can be written, and is read again as the same facts. */
class TopologyYamlLaws {
    static IntStream seeds() {
        return Seeds.of(500, 5_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenIsReadAgain(int seed) {
        Topology topology = RandomTopologies.of(seed);
        String written = TopologyYaml.write(topology);
        Topology again = Documents.topology(written).topology();
        assertThat(SameFacts.in(topology, again))
                .as("seed %d:%n%s", seed, written)
                .isTrue();
        assertThat(TopologyYaml.write(again)).as("seed %d", seed).isEqualTo(written);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void questionsAreKept(int seed) {
        TopologyDocument document = RandomQuestions.of(seed);
        String written = TopologyYaml.write(document);
        assertThat(Documents.againstSchema(written))
                .as("seed %d:%n%s", seed, written)
                .isEmpty();
        TopologyDocument again = Documents.topology(written);
        assertThat(SameFacts.of(document.ask(), again.ask()))
                .as("seed %d:%n%s", seed, written)
                .isTrue();
        assertThat(SameFacts.of(document.expect(), again.expect()))
                .as("seed %d:%n%s", seed, written)
                .isTrue();
        assertThat(TopologyYaml.write(again)).isEqualTo(written);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenFitsTheSchema(int seed) {
        String written = TopologyYaml.write(RandomTopologies.of(seed));
        assertThat(Documents.againstSchema(written))
                .as("seed %d:%n%s", seed, written)
                .isEmpty();
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenHasNoControlCharacter(int seed) {
        String written = TopologyYaml.write(RandomTopologies.of(seed));
        assertThat(written.codePoints().filter(c -> c != '\n' && Character.isISOControl(c)))
                .as("seed %d", seed)
                .isEmpty();
    }
}
