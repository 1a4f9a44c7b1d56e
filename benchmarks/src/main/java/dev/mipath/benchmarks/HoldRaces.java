package dev.mipath.benchmarks;

import dev.mipath.engine.EventQueue;
import java.util.PriorityQueue;
import nl.tudelft.simulation.dsol.eventlists.RedBlackTree;
import nl.tudelft.simulation.dsol.formalisms.eventscheduling.AbstractSimEvent;
import org.cloudsimplus.core.SimEntity;
import org.cloudsimplus.core.events.CloudSimEvent;
import org.cloudsimplus.core.events.FutureQueue;
import org.cloudsimplus.core.events.SimEvent;
import umontreal.ssj.simevents.Event;
import umontreal.ssj.simevents.Simulator;
import umontreal.ssj.simevents.eventlist.SplayTree;

/**
 * The hold model: take the earliest of so many pending events and schedule it again. Each simulator's queue is its
 * default one, used as the simulator itself uses it. The sum depends on the order, ties included.
 */
final class HoldRaces {
    private static final long SEED = 5;

    private HoldRaces() {}

    /**
     * The race, its slices so long that each queue does all its upkeep within one.
     *
     * @param all whether the simulators' queues take part, which take seconds to fill with a million events
     */
    static Race race(String work, int pending, boolean all) {
        int slice = Math.max(20_000, pending / 5);
        Race race = new Race(work, slice, Math.min(slice, 50_000)).wholeSlices();
        race.add("mipath", new Ladder(pending));
        race.add("priority-queue", new Heap(pending));
        if (!all) return race;
        if (Ns3.loaded()) {
            for (String scheduler : Ns3.SCHEDULERS) race.add("ns3-" + scheduler, new Ns3(scheduler, pending, SEED));
        }
        race.add("ssj-splay", new Splay(pending));
        race.add("dsol", new RedBlack(pending));
        race.add("cloudsim-plus", new SortedSet(pending));
        return race;
    }

    /** The engine's queue. */
    static final class Ladder implements Race.Contestant {
        private final EventQueue queue = new EventQueue();
        private final Delays delays = new Delays(SEED);
        private long holds;

        Ladder(int pending) {
            long[] start = Delays.start(pending, SEED);
            for (int i = 0; i < pending; i++) queue.push(start[i], i);
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                queue.pop();
                long time = queue.time();
                long event = queue.event();
                sum = sum * 31 + (time ^ event);
                queue.push(time + delays.get(holds++), event);
            }
            return sum;
        }
    }

    /** java.util.PriorityQueue with an object an event. */
    static final class Heap implements Race.Contestant {
        private record Entry(long time, long sequence, int event) implements Comparable<Entry> {
            @Override
            public int compareTo(Entry other) {
                return time != other.time ? Long.compare(time, other.time) : Long.compare(sequence, other.sequence);
            }
        }

        private final PriorityQueue<Entry> queue = new PriorityQueue<>();
        private final Delays delays = new Delays(SEED);
        private long pushed;
        private long holds;

        Heap(int pending) {
            long[] start = Delays.start(pending, SEED);
            for (int i = 0; i < pending; i++) queue.add(new Entry(start[i], pushed++, i));
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                Entry entry = queue.remove();
                sum = sum * 31 + (entry.time ^ entry.event);
                queue.add(new Entry(entry.time + delays.get(holds++), pushed++, entry.event));
            }
            return sum;
        }
    }

    /** SSJ's default list; an event object is scheduled again, as SSJ allows. */
    static final class Splay implements Race.Contestant {
        private static final Simulator SIMULATOR = new Simulator();

        private static final class Rescheduled extends Event {
            private final int number;

            Rescheduled(int number, double time) {
                super(SIMULATOR);
                this.number = number;
                eventTime = time;
            }

            void moveTo(double time) {
                eventTime = time;
            }

            @Override
            public void actions() {
                // The race looks at the order alone.
            }
        }

        private final SplayTree queue = new SplayTree();
        private final Delays delays = new Delays(SEED);
        private int pushed;
        private long holds;

        Splay(int pending) {
            long[] start = Delays.start(pending, SEED);
            for (int i = 0; i < pending; i++) add(new Rescheduled(i, start[i]));
        }

        private void add(Rescheduled event) {
            event.setRa(pushed++);
            queue.add(event);
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                Rescheduled event = (Rescheduled) queue.removeFirst();
                long time = (long) event.time();
                sum = sum * 31 + (time ^ event.number);
                event.moveTo((double) (time + delays.get(holds++)));
                add(event);
            }
            return sum;
        }
    }

    /** DSOL's default list. */
    static final class RedBlack implements Race.Contestant {
        private static final class Scheduled extends AbstractSimEvent<Double> {
            private static final long serialVersionUID = 1;

            private final int number;

            Scheduled(int number, double time) {
                super(time);
                this.number = number;
            }

            @Override
            public void execute() {
                // The race looks at the order alone.
            }
        }

        private final RedBlackTree<Double> queue = new RedBlackTree<>();
        private final Delays delays = new Delays(SEED);
        private long holds;

        RedBlack(int pending) {
            long[] start = Delays.start(pending, SEED);
            for (int i = 0; i < pending; i++) queue.add(new Scheduled(i, start[i]));
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                Scheduled event = (Scheduled) queue.removeFirst();
                long time = event.getAbsoluteExecutionTime().longValue();
                sum = sum * 31 + (time ^ event.number);
                queue.add(new Scheduled(event.number, time + delays.get(holds++)));
            }
            return sum;
        }
    }

    /** CloudSim Plus's list of future events. All have one tag, for it orders ties by tag before age. */
    static final class SortedSet implements Race.Contestant {
        private final FutureQueue queue = new FutureQueue();
        private final Delays delays = new Delays(SEED);
        private long holds;

        SortedSet(int pending) {
            long[] start = Delays.start(pending, SEED);
            for (int i = 0; i < pending; i++) add(start[i], i);
        }

        private void add(long time, Object number) {
            queue.addEvent(new CloudSimEvent(SimEvent.Type.SEND, time, SimEntity.NULL, SimEntity.NULL, 1, number));
        }

        @Override
        public long run(int from, int to) {
            long sum = 0;
            for (int i = from; i < to; i++) {
                SimEvent event = queue.first();
                queue.remove(event);
                long time = (long) event.getTime();
                Integer number = (Integer) event.getData();
                sum = sum * 31 + (time ^ number);
                add(time + delays.get(holds++), number);
            }
            return sum;
        }
    }
}
