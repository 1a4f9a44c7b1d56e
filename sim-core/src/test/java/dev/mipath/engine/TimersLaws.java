package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TimersLaws {
    private static final int WORK = 0;
    private static final int TIMER = 1;
    private static final int ENTITIES = 20;

    /** Arms and cancels timers at random, and keeps for each instant the set of timers that must fire. */
    private static final class Fidget implements World {
        private final SplittableRandom random;
        private final TreeMap<Long, TreeSet<Integer>> due = new TreeMap<>();
        private final long[] deadlines = new long[ENTITIES];
        private final List<String> fired = new ArrayList<>();
        private int work = 4_000;

        Fidget(int seed) {
            random = new SplittableRandom(seed);
        }

        @Override
        public void begin(Simulation simulation) {
            simulation.timers(TIMER, 1);
            simulation.at(0, WORK, 0);
        }

        @Override
        public void handle(Simulation simulation, int kind, int entity, int argument) {
            if (kind == TIMER) {
                fired.add(simulation.now() + " " + entity);
                TreeSet<Integer> now = due.getOrDefault(simulation.now(), new TreeSet<>());
                assertThat(now).as("at %d", simulation.now()).contains(entity);
                now.remove(entity);
                if (now.isEmpty()) due.remove(simulation.now());
                deadlines[entity] = 0;
                assertThat(simulation.timers(TIMER).isArmed(entity)).isFalse();
                if (random.nextInt(4) == 0) arm(simulation, entity);
                return;
            }
            int someone = random.nextInt(ENTITIES);
            if (random.nextInt(5) == 0) {
                forget(simulation, someone);
                simulation.timers(TIMER).cancel(someone);
            } else {
                arm(simulation, someone);
            }
            if (--work > 0) simulation.after(random.nextLong(8), WORK, 0);
        }

        private void arm(Simulation simulation, int entity) {
            forget(simulation, entity);
            deadlines[entity] = simulation.now() + random.nextLong(100);
            due.computeIfAbsent(deadlines[entity], t -> new TreeSet<>()).add(entity);
            simulation.timers(TIMER).arm(entity, deadlines[entity]);
            assertThat(simulation.timers(TIMER).deadline(entity)).isEqualTo(deadlines[entity]);
        }

        private void forget(Simulation simulation, int entity) {
            TreeSet<Integer> others = due.get(deadlines[entity]);
            if (others == null || !simulation.timers(TIMER).isArmed(entity)) return;
            others.remove(entity);
            if (others.isEmpty()) due.remove(deadlines[entity]);
        }

        @Override
        public Memento save() {
            throw new IllegalStateException("nobody goes back here");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10})
    void aTimerFiresAtItsLastDeadlineAndAtNoOtherTime(int seed) {
        Fidget fidget = new Fidget(seed);
        Simulation simulation = new Simulation(fidget);
        assertThat(simulation.run(() -> {
                    assertThat(fidget.due.isEmpty() || fidget.due.firstKey() >= simulation.now())
                            .as("nothing is overdue at %d", simulation.now())
                            .isTrue();
                    return false;
                }))
                .isEqualTo(Stop.DRAINED);
        assertThat(fidget.due).isEmpty();
        assertThat(fidget.fired).hasSizeGreaterThan(100);
    }

    /** However often it is moved, a timer has few entries in the queue. */
    @ParameterizedTest
    @ValueSource(ints = {1_000, 10_000})
    void movingATimerLeavesNoTrailInTheQueue(int moves) {
        Simulation simulation = new Simulation(new Fidget(1));
        simulation.step(1);
        Timers others = simulation.timers(7, 1);
        long before = simulation.pending();
        for (int i = 0; i < moves; i++) others.arm(0, 1_000_000 + i);
        assertThat(simulation.pending()).isEqualTo(before + 1);
    }
}
