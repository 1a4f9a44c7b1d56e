package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StationLaws {
    /** Against a queue of plain objects, nanosecond by nanosecond. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void itServesAsAPlainQueueDoesAndLittlesLawHolds(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        int servers = 1 + random.nextInt(4);
        int room = seed % 3 == 0 ? 0 : random.nextInt(200);
        Station station = new Station(servers, room);
        ArrayDeque<Integer> waiting = new ArrayDeque<>();
        int busy = 0;
        long waitingArea = 0;
        long busyArea = 0;
        List<World.Memento> saved = new ArrayList<>();
        for (int now = 1; now < 4_000; now++) {
            waitingArea += waiting.size();
            busyArea += busy;
            if (random.nextInt(100) < (now / 500 % 2 == 0 ? 60 : 35)) {
                Station.Reception expected;
                if (busy < servers) {
                    busy++;
                    expected = Station.Reception.STARTS;
                } else if (waiting.size() < room) {
                    waiting.add(now);
                    expected = Station.Reception.WAITS;
                } else {
                    expected = Station.Reception.REFUSED;
                }
                assertThat(station.arrive(now, now)).isEqualTo(expected);
            } else if (busy > 0) {
                int expected = waiting.isEmpty() ? Station.NOBODY : waiting.remove();
                if (expected == Station.NOBODY) busy--;
                assertThat(station.depart(now)).isEqualTo(expected);
            }
            if (now == 2_000) saved.add(station.save());
            assertThat(station.waiting()).isEqualTo(waiting.size());
            assertThat(station.busy()).isEqualTo(busy);
            assertThat(station.littleHolds(now)).isTrue();
        }
        assertThat(station.waitingArea(4_000)).isEqualTo(waitingArea + waiting.size());
        assertThat(station.busyArea(4_000)).isEqualTo(busyArea + busy);
        saved.get(0).restore();
        assertThat(station.littleHolds(2_500)).isTrue();
        station.empty(2_600);
        assertThat(station.waiting() + station.busy()).isZero();
        assertThat(station.littleHolds(2_700)).isTrue();
    }
}
