package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.importer.Proposal;
import dev.mipath.importer.Rebase;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.Change;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SameFacts;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.Comparator;
import java.util.List;
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
        // Added peerings stand last, as edits add them; a rule or route that goes and comes again keeps its place,
        // which
        // says nothing.
        assertThat(SameFacts.of(groups(rebased.topology()), groups(after)))
                .as("seed %d", seed)
                .isTrue();
        assertThat(SameFacts.of(tables(rebased.topology()), tables(after)))
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

    private static List<NetworkSecurityGroup> groups(Topology topology) {
        return topology.networkSecurityGroups().stream()
                .map(group -> group.withRules(
                        ImmutableList.sortedCopyOf(Comparator.comparing(SecurityRule::name), group.rules())))
                .toList();
    }

    private static List<RouteTable> tables(Topology topology) {
        return topology.routeTables().stream()
                .map(table ->
                        table.withRoutes(ImmutableList.sortedCopyOf(Comparator.comparing(Route::name), table.routes())))
                .toList();
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
