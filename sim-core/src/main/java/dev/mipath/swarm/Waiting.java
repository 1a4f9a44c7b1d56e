package dev.mipath.swarm;

import dev.mipath.engine.MiWorld;

/** {@link Law#LITTLE}: compares the two counts of how long customers waited at a machine, and who came with who went. */
final class Waiting {
    private Waiting() {}

    /** At the end of a run. */
    static void check(MiWorld.Queue queue, long now, Violations violations) {
        if (queue.waited() != queue.waitingArea()) {
            violations.add(
                    Law.LITTLE,
                    now,
                    queue.machine(),
                    queue.waited() + " ns waited by all customers",
                    queue.waitingArea() + " customers times ns");
        }
        long gone = queue.refusals() + queue.departures() + queue.present();
        if (queue.arrivals() != gone) {
            violations.add(Law.LITTLE, now, queue.machine(), queue.arrivals() + " came", gone + " went or are there");
        }
    }
}
