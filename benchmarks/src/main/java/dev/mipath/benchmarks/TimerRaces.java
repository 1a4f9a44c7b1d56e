package dev.mipath.benchmarks;

import dev.mipath.engine.Simulation;
import dev.mipath.engine.World;
import java.util.PriorityQueue;

/**
 * Timers that are nearly always moved before they fire: an entity works after about 100 ms, and each time its
 * timer of a second begins anew. An operation is one event, of either sort.
 */
final class TimerRaces {
    private static final long SEED = 7;
    private static final long LIMIT = 1_000_000_000;

    private TimerRaces() {}

    static Race race(String work, int entities) {
        int slice = Math.max(20_000, entities / 5);
        return new Race(work, slice, Math.min(slice, 50_000))
                .wholeSlices()
                .add("mipath", new Ours(entities))
                .add("priority-queue-lazy", new Lazy(entities));
    }

    /** The engine as it is: a simulation with timers. */
    static final class Ours implements Race.Contestant, World {
        private static final int WORK = 0;
        private static final int TIMER = 1;

        private final int entities;
        private final Delays delays = new Delays(SEED);
        private final Simulation simulation;
        private long works;
        private long sum;

        Ours(int entities) {
            this.entities = entities;
            simulation = new Simulation(this);
        }

        @Override
        public void begin(Simulation simulation) {
            simulation.timers(TIMER, entities);
            long[] start = Delays.start(entities, SEED);
            for (int i = 0; i < entities; i++) simulation.at(start[i], WORK, i);
        }

        @Override
        public void handle(Simulation simulation, int kind, int entity, int argument) {
            long now = simulation.now();
            sum = sum * 31 + (now ^ entity);
            if (kind == TIMER) return;
            simulation.timers(TIMER).arm(entity, now + LIMIT);
            simulation.at(now + delays.get(works++), WORK, entity);
        }

        @Override
        public Memento save() {
            return () -> {};
        }

        @Override
        public long run(int from, int to) {
            sum = 0;
            simulation.step(to - from);
            return sum;
        }
    }

    /** java.util.PriorityQueue that leaves dead timers in and skips them when they come up. */
    static final class Lazy implements Race.Contestant {
        private static final class Entry implements Comparable<Entry> {
            private final long time;
            private final long sequence;
            private final int entity;
            private final boolean timer;
            private boolean dead;

            Entry(long time, long sequence, int entity, boolean timer) {
                this.time = time;
                this.sequence = sequence;
                this.entity = entity;
                this.timer = timer;
            }

            @Override
            public int compareTo(Entry other) {
                return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
            }
        }

        private final PriorityQueue<Entry> queue = new PriorityQueue<>();
        private final Delays delays = new Delays(SEED);
        private final Entry[] timers;
        private long pushed;
        private long works;

        Lazy(int entities) {
            timers = new Entry[entities];
            long[] start = Delays.start(entities, SEED);
            for (int i = 0; i < entities; i++) {
                timers[i] = new Entry(0, 0, i, true);
                queue.add(new Entry(start[i], pushed++, i, false));
            }
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; ) {
                Entry entry = queue.remove();
                if (entry.dead) continue;
                i++;
                sum = sum * 31 + (entry.time ^ entry.entity);
                if (entry.timer) continue;
                timers[entry.entity].dead = true;
                Entry timer = new Entry(entry.time + LIMIT, pushed++, entry.entity, true);
                timers[entry.entity] = timer;
                queue.add(timer);
                queue.add(new Entry(entry.time + delays.get(works++), pushed++, entry.entity, false));
            }
            return sum;
        }
    }
}
