package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.importer.Proposal;
import dev.mipath.importer.Rebase;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Change;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.Topology;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A proposal is the difference of two statements, and nothing else of the network it is put on. */
class ProposalLaws {
    static IntStream seeds() {
        return Seeds.of(100, 3_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("On what it was worked out from it gives what it leads to")
    void onItsOwnGround(int seed) {
        Topology before = RandomTopologies.of(seed);
        Topology after = before;
        for (Change change : RandomChanges.of(seed, before)) after = after.with(change);
        Rebase rebased = new Proposal(before, after, ImmutableList.of(), ImmutableList.of()).on(before);
        // Added peerings and rules stand last, as edits add them.
        assertThat(SameFacts.of(rebased.topology().networkSecurityGroups(), after.networkSecurityGroups()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(SameFacts.of(rebased.topology().routeTables(), after.routeTables()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(SameFacts.of(rebased.topology().vnets(), after.vnets()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(SameFacts.of(rebased.topology().managedInstances(), after.managedInstances()))
                .as("seed %d", seed)
                .isTrue();
        assertThat(rebased.edits().isEmpty()).as("seed %d", seed).isEqualTo(SameFacts.in(before, after));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("One that changes nothing leaves every network as it is")
    void nothing(int seed) {
        Topology network = RandomTopologies.of(seed);
        Topology other = RandomTopologies.of(seed + 1);
        Rebase rebased = new Proposal(other, other, ImmutableList.of(), ImmutableList.of()).on(network);
        assertThat(SameFacts.in(rebased.topology(), network))
                .as("seed %d", seed)
                .isTrue();
        assertThat(rebased.edits()).isEmpty();
    }
}
