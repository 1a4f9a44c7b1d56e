package dev.mipath.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventQueueLaws {
    private record Entry(long time, long sequence) {}

    /** The queue and, beside it, one that is obviously right. */
    private static final class Twins {
        private final EventQueue queue = new EventQueue();
        private final PriorityQueue<Entry> oracle =
                new PriorityQueue<>(Comparator.comparingLong(Entry::time).thenComparingLong(Entry::sequence));
        private long pushed;
        private long clock;

        void push(long time) {
            oracle.add(new Entry(time, pushed));
            queue.push(time, pushed++);
        }

        void pop() {
            Entry expected = oracle.poll();
            assertThat(queue.pop()).isEqualTo(expected != null);
            if (expected == null) return;
            assertThat(queue.time()).isEqualTo(expected.time);
            assertThat(queue.event()).isEqualTo(expected.sequence);
            clock = expected.time;
        }

        void popUntil(long until) {
            boolean due = !oracle.isEmpty() && oracle.peek().time <= until;
            if (due) {
                pop();
            } else {
                assertThat(queue.pop(until)).isFalse();
            }
        }

        void peek() {
            assertThat(queue.earliest()).isEqualTo(oracle.isEmpty() ? EventQueue.NEVER : oracle.peek().time);
        }

        void size() {
            assertThat(queue.size()).isEqualTo(oracle.size());
        }
    }

    private static long delay(SplittableRandom random, int shape) {
        return switch (shape) {
            case 0 -> random.nextLong(1L << 30);
            case 1 -> random.nextLong(4);
            case 2 -> (1 + random.nextLong(3)) * 10_000_000L;
            case 3 -> 1L << random.nextInt(56);
            default -> Math.round(-1e8 * Math.log(1 - random.nextDouble()));
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void eventsLeaveByTimeAndThenByArrival(int shape) {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed * 7 + shape);
            Twins twins = new Twins();
            int bias = 20 + random.nextInt(60);
            for (int i = 0; i < 3_000; i++) {
                if (i % 500 == 0) bias = 20 + random.nextInt(60);
                if (random.nextInt(100) < bias) {
                    twins.push(twins.clock + delay(random, shape == 5 ? random.nextInt(5) : shape));
                } else {
                    twins.pop();
                }
            }
            twins.size();
            while (!twins.oracle.isEmpty()) twins.pop();
            twins.pop();
        }
    }

    @Test
    void whatIsInjectedAfterALookAheadStillComesInItsPlace() {
        for (int seed = 0; seed < 100; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            Twins twins = new Twins();
            for (int i = 0; i < 3_000; i++) {
                switch (random.nextInt(6)) {
                    case 0, 1 -> twins.push(twins.clock + delay(random, random.nextInt(5)));
                    case 2 -> twins.pop();
                    case 3 -> twins.peek();
                    case 4 -> twins.popUntil(twins.clock + delay(random, random.nextInt(5)));
                    default -> twins.push(twins.clock == 0 ? 0 : random.nextLong(twins.clock));
                }
            }
            while (!twins.oracle.isEmpty()) twins.pop();
        }
    }

    @Test
    void burstsOfOneInstantLeaveInTheOrderTheyCame() {
        Twins twins = new Twins();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 20_000; i++) twins.push(1_000_000 + i % 3);
        for (int i = 0; i < 60_000; i++) {
            if (i % 3 == 0) twins.push(twins.clock + random.nextInt(2) * 1_000_000L);
            twins.pop();
        }
        twins.size();
    }

    /** Everything lands in a window that was opened when it was nearly empty. */
    @Test
    void aBurstIntoAnOpenWindowLeavesInOrder() {
        Twins twins = new Twins();
        SplittableRandom random = new SplittableRandom(6);
        twins.push(1L << 40);
        twins.push((1L << 40) + (1L << 35));
        twins.pop();
        for (int i = 0; i < 50_000; i++) twins.push(twins.clock + random.nextLong(1L << 34));
        while (!twins.oracle.isEmpty()) twins.pop();
    }

    @Test
    void aCopyGoesItsOwnWay() {
        SplittableRandom random = new SplittableRandom(7);
        Twins twins = new Twins();
        for (int i = 0; i < 5_000; i++) twins.push(delay(random, 4));
        for (int i = 0; i < 1_000; i++) twins.pop();
        EventQueue copy = twins.queue.copy();
        for (int i = 0; i < 1_000; i++) copy.push(twins.clock + delay(random, 0), -1);
        for (int i = 0; i < 3_000; i++) copy.pop();
        while (!twins.oracle.isEmpty()) twins.pop();
    }

    @Test
    void timesReachFromNullToTheEndOfTime() {
        Twins twins = new Twins();
        twins.push(EventQueue.END_OF_TIME - 1);
        twins.push(0);
        twins.push(EventQueue.END_OF_TIME - 1);
        twins.push(1L << 60);
        for (int i = 0; i < 5; i++) twins.pop();
        assertThat(twins.queue.earliest()).isEqualTo(EventQueue.NEVER);
    }
}
