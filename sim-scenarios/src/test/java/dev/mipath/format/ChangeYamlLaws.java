package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Change;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever can be changed can be written, and is read again as the same change. */
class ChangeYamlLaws {
    static IntStream seeds() {
        return Seeds.of(300, 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    void whatIsWrittenIsReadAgain(int seed) {
        Topology topology = RandomTopologies.of(seed);
        ImmutableList<Change> changes = RandomChanges.of(seed, topology);
        String written = ChangeYaml.write(changes);
        ImmutableList<Change> again = ChangeYaml.read("c.yaml", Documents.bytes(written), topology);
        assertThat(SameFacts.of(changes, again))
                .as("seed %d:%n%s", seed, written)
                .isTrue();
        assertThat(Documents.againstChangeSchema(written))
                .as("seed %d:%n%s", seed, written)
                .isEmpty();
    }

    @Test
    void everyKindOccurs() {
        Set<Class<?>> kinds = new HashSet<>();
        seeds().forEach(seed ->
                RandomChanges.of(seed, RandomTopologies.of(seed)).forEach(change -> kinds.add(change.getClass())));
        assertThat(kinds).containsExactlyInAnyOrder(Change.class.getPermittedSubclasses());
    }
}
