package dev.mipath.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A short swarm: in every world, drawn whole from its seed, every law holds. */
@DisplayName("in worlds drawn from seeds")
class SwarmLaws {
    private static final int WORLDS = Integer.getInteger("mipath.swarm", 60);

    static SwarmRun played(SwarmWorld world) {
        world.simulation().runUntil(world.until());
        return world.judge();
    }

    @Test
    @DisplayName("all laws hold, and every law and every kind of fault has been put to the test")
    void laws() {
        Set<String> kinds = new LinkedHashSet<>();
        Set<String> outcomes = new LinkedHashSet<>();
        long packets = 0;
        long judged = 0;
        long tries = 0;
        long ports = 0;
        for (int seed = 0; seed < WORLDS; seed++) {
            SwarmRun run = played(SwarmWorld.drawn(seed));
            assertThat(run.violations()).as("seed %d, %s", seed, run.faults()).isEmpty();
            run.faults().forEach(fault -> kinds.add(fault.kind()));
            outcomes.addAll(run.outcomes().keySet());
            packets += run.packets();
            judged += run.judged();
            tries += run.tries();
            ports += run.exhausted();
        }
        assertThat(kinds)
                .contains("partition", "hold", "clog", "slow", "lose", "crash", "restart", "drain", "fail over")
                .contains("revoke", "scale", "deny rule", "route to nowhere", "disconnect", "delete");
        assertThat(outcomes).contains("connected", "blocked", "refused");
        assertThat(List.of(packets, judged, tries, ports)).allMatch(count -> count > WORLDS);
    }

    @Test
    @DisplayName("a packet that outlives its connection takes no source port where the network has changed meanwhile")
    void latePacket() {
        assertThat(played(SwarmWorld.drawn(1033)).violations()).isEmpty();
    }

    @Test
    @DisplayName("a login that is sent again after a change from Proxy to Redirect is a redirected one")
    void typeChangesBetweenTries() {
        assertThat(played(SwarmWorld.drawn(1413)).violations()).isEmpty();
        assertThat(played(SwarmWorld.drawn(2570)).violations()).isEmpty();
    }

    @Test
    @DisplayName("the same seed makes the same world, and another another")
    void determinism() {
        List<SwarmRun> runs = IntStream.of(3, 3, 4)
                .mapToObj(seed -> played(SwarmWorld.drawn(seed)))
                .toList();
        assertThat(runs.get(1).fingerprint()).isEqualTo(runs.get(0).fingerprint());
        assertThat(runs.get(1).faults()).isEqualTo(runs.get(0).faults());
        assertThat(runs.get(2).fingerprint()).isNotEqualTo(runs.get(0).fingerprint());
    }

    @Test
    @DisplayName("all faults are over when the first phase ends")
    void faultsEnd() {
        for (long seed = 0; seed < 20; seed++) {
            assertThat(SwarmWorld.drawn(seed).judge().faults())
                    .isNotNull()
                    .allMatch(fault -> fault.from() <= fault.to())
                    .allMatch(fault -> fault.to() <= SwarmWorld.scene(0).until());
        }
    }
}
