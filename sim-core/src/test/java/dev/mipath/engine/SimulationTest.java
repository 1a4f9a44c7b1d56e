package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SimulationTest {
    private static final Journaled.Command NUDGE = s -> s.after(1_000, Chatter.NUDGE, 2, 99);

    private static Simulation chatter() {
        return new Simulation(new Chatter(42, 10));
    }

    @Test
    void stepsStopAfterSoManyEvents() {
        Simulation simulation = chatter();
        assertThat(simulation.step(17)).isEqualTo(Stop.STEPS);
        assertThat(simulation.events()).isEqualTo(17);
        assertThat(simulation.log().records()).isEqualTo(17);
    }

    @Test
    void runningUntilATimeLeavesTheClockThereAndLaterEventsPending() {
        Simulation simulation = chatter();
        assertThat(simulation.runUntil(5_000_000_000L)).isEqualTo(Stop.TIME);
        assertThat(simulation.now()).isEqualTo(5_000_000_000L);
        long events = simulation.events();
        assertThat(simulation.step(1)).isEqualTo(Stop.STEPS);
        assertThat(simulation.now()).isGreaterThan(5_000_000_000L);
        assertThat(simulation.events()).isEqualTo(events + 1);
    }

    @Test
    void stridesDoNotChangeWhatHappens() {
        Simulation whole = chatter();
        whole.runUntil(20_000_000_000L);
        Simulation inStrides = chatter();
        for (int i = 1; i <= 20; i++) {
            inStrides.step(i);
            inStrides.runUntil(Math.max(inStrides.now(), i * 1_000_000_000L));
        }
        inStrides.runUntil(20_000_000_000L);
        assertThat(inStrides.log().fingerprint()).isEqualTo(whole.log().fingerprint());
    }

    @Test
    void aConditionStopsRightAfterTheEventThatMetIt() {
        Chatter chatter = new Chatter(1, 5);
        Simulation simulation = new Simulation(chatter);
        assertThat(simulation.run(() -> chatter.calls(3) == 7)).isEqualTo(Stop.CONDITION);
        assertThat(chatter.calls(3)).isEqualTo(7);
    }

    @Test
    void aPauseStopsBeforeTheNextEvent() {
        Simulation simulation = chatter();
        simulation.command(s -> s.after(50, Chatter.NUDGE, 1));
        simulation.run(() -> {
            if (simulation.events() == 30) simulation.pause();
            return false;
        });
        assertThat(simulation.events()).isEqualTo(30);
        assertThat(simulation.step(1)).isEqualTo(Stop.STEPS);
    }

    @Test
    void thePastIsClosed() {
        Simulation simulation = chatter();
        simulation.step(50);
        assertThatThrownBy(() -> simulation.at(simulation.now() - 1, Chatter.CALL, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulation.at(simulation.now(), 256, 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulation.at(simulation.now(), 1, -1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> simulation.at(simulation.now(), 1, 1, 1 << 24))
                .isInstanceOf(IllegalArgumentException.class);
    }

    /** Commands at several moments, two of them at the same; then back to every moment, and on to the end again. */
    @ParameterizedTest
    @ValueSource(ints = {1, 7, 100})
    void goingBackAndOnAgainGivesTheSameBytesCommandsIncluded(int every) {
        Simulation simulation = chatter();
        simulation.keepSnapshots(every);
        List<String> fingerprints = new ArrayList<>();
        for (int i = 0; i < 600; i++) {
            fingerprints.add(simulation.log().fingerprint());
            if (i == 100 || i == 350) simulation.command(NUDGE);
            if (i == 350) simulation.command(s -> s.after(10, Chatter.CALL, 4, 7));
            if (i == 200) {
                simulation.runUntil(simulation.now() + 1);
                simulation.command(NUDGE);
            }
            simulation.step(1);
        }
        String end = simulation.log().fingerprint();
        for (int target : new int[] {599, 351, 350, 250, 101, 100, 99, 0, 400, 200, 3}) {
            simulation.rewindTo(target);
            assertThat(simulation.events()).isEqualTo(target);
            assertThat(simulation.log().fingerprint())
                    .as("after %d events", target)
                    .isEqualTo(fingerprints.get(target));
        }
        simulation.rewindTo(600);
        assertThat(simulation.log().fingerprint()).isEqualTo(end);
        assertThat(simulation.journal()).hasSize(4);
    }

    @Test
    void aNewCommandReplacesThoseAheadOfIt() {
        Simulation simulation = chatter();
        Snapshot start = simulation.snapshot();
        simulation.step(100);
        simulation.command(NUDGE);
        simulation.step(100);
        simulation.restore(start);
        simulation.step(50);
        simulation.command(NUDGE);
        simulation.step(150);
        assertThat(simulation.journal()).extracting(Journaled::events).containsExactly(50L);
        Simulation straight = chatter();
        straight.step(50);
        straight.command(NUDGE);
        straight.step(150);
        assertThat(simulation.log().fingerprint()).isEqualTo(straight.log().fingerprint());
    }

    @Test
    void theSinkHearsHowFarTheSimulationWentBack() {
        List<Long> heard = new ArrayList<>();
        Simulation simulation = new Simulation(new Chatter(3, 4), new EventSink() {
            @Override
            public void accept(long time, long sequence, int kind, int element, int connection, long decision) {
                assertThat(sequence).isEqualTo(heard.size());
                heard.add(time);
            }

            @Override
            public void rewound(long sequence) {
                heard.subList((int) sequence, heard.size()).clear();
            }
        });
        simulation.keepSnapshots(10);
        simulation.step(100);
        List<Long> first = List.copyOf(heard);
        simulation.rewindTo(33);
        assertThat(heard).hasSize(33);
        simulation.step(67);
        assertThat(heard).isEqualTo(first);
    }

    @Test
    void snapshotsAreThinnedOutWithAge() {
        Simulation simulation = chatter();
        simulation.keepSnapshots(1);
        simulation.step(5_000);
        long before = simulation.events();
        simulation.rewindTo(1);
        simulation.rewindTo(before);
        assertThatThrownBy(() -> chatter().rewindTo(-1)).isInstanceOf(IllegalStateException.class);
    }
}
