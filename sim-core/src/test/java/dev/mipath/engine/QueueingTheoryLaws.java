package dev.mipath.engine;

import static dev.mipath.engine.Queues.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.engine.Queues.Node;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/**
 * Truths nobody here wrote: 20 replications, the first tenth of each cut off, and the theory's value inside the 95 %
 * interval of Student's t. The seeds are fixed, so a value that is inside stays inside.
 */
class QueueingTheoryLaws {
    private static final int REPLICATIONS = 20;

    /** The 97.5 % quantile of Student's t with 19 degrees of freedom. */
    private static final double T_19 = 2.0930;

    private static final int ENDLESS = Integer.MAX_VALUE;

    /** What a station counted between the end of the warm-up and the end of the run. */
    private record Counted(double waited, double refused, double present) {}

    private static List<Counted> replications(int node, long seconds, List<Node> nodes) {
        Counted[] all = new Counted[REPLICATIONS];
        for (int i = 0; i < REPLICATIONS; i++) {
            Queues queues = new Queues(new RandomStreams(2020).replication(i), nodes);
            Simulation simulation = new Simulation(queues);
            Station station = queues.station(node);
            long warm = seconds * SECOND / 10;
            simulation.runUntil(warm);
            long waited = station.waited();
            long started = station.started();
            long refused = station.refusals();
            long arrived = station.arrivals();
            long area = station.waitingArea(warm) + station.busyArea(warm);
            long end = seconds * SECOND;
            simulation.runUntil(end);
            all[i] = new Counted(
                    (station.waited() - waited) / (double) (station.started() - started) / SECOND,
                    (station.refusals() - refused) / (double) (station.arrivals() - arrived),
                    (station.waitingArea(end) + station.busyArea(end) - area) / (double) (end - warm));
            assertThat(station.littleHolds(end)).as("Little's law").isTrue();
        }
        return List.of(all);
    }

    private static void assertInside(List<Counted> runs, ToDoubleFunction<Counted> what, double theory) {
        double mean = runs.stream().mapToDouble(what).average().orElseThrow();
        double squares = runs.stream()
                .mapToDouble(run -> Math.pow(what.applyAsDouble(run) - mean, 2))
                .sum();
        double half = T_19 * Math.sqrt(squares / (REPLICATIONS - 1) / REPLICATIONS);
        assertThat(theory).as("%.5f ± %.5f", mean, half).isBetween(mean - half, mean + half);
        assertThat(half / theory)
                .as("an interval narrow enough to say something")
                .isLessThan(0.06);
    }

    /** Erlang's loss formula, by its recursion. */
    private static double erlangB(int servers, double load) {
        double blocked = 1;
        for (int k = 1; k <= servers; k++) blocked = load * blocked / (k + load * blocked);
        return blocked;
    }

    @Test
    void oneServer() {
        Node node = new Node(1, ENDLESS, SECOND * 5 / 4, SECOND, false, List.of());
        List<Counted> runs = replications(0, 60_000, List.of(node));
        assertInside(runs, Counted::waited, 0.8 / (1 - 0.8));
        assertInside(runs, Counted::present, 0.8 / (1 - 0.8));
    }

    @Test
    void severalServersByErlangC() {
        double load = 3.2;
        double blocked = erlangB(4, load);
        double delayed = blocked / (1 - load / 4 * (1 - blocked));
        Node node = new Node(4, ENDLESS, SECOND * 10 / 32, SECOND, false, List.of());
        assertInside(replications(0, 30_000, List.of(node)), Counted::waited, delayed / (4 - load));
    }

    @Test
    void fixedServiceTimesByPollaczekAndKhinchine() {
        Node node = new Node(1, ENDLESS, SECOND * 5 / 4, SECOND, true, List.of());
        assertInside(replications(0, 60_000, List.of(node)), Counted::waited, 0.8 / (2 * (1 - 0.8)));
    }

    @Test
    void noWaitingRoomByErlangB() {
        Node node = new Node(10, 0, SECOND / 8, SECOND, false, List.of());
        assertInside(replications(0, 10_000, List.of(node)), Counted::refused, erlangB(10, 8));
    }

    /** Jackson: each station of a network is as if alone, with the traffic that the equations of flow give. */
    @Test
    void aNetworkOfStationsByJackson() {
        List<Node> nodes = List.of(
                new Node(1, ENDLESS, SECOND * 2, SECOND, false, List.of(0, 50, 30)),
                new Node(1, ENDLESS, 0, SECOND * 9 / 10, false, List.of(20, 0, 40)),
                new Node(2, ENDLESS, SECOND * 4, SECOND * 2, false, List.of(10, 0, 0)));
        double[] traffic = {0.5, 0, 0.25};
        for (int i = 0; i < 200; i++) {
            double first = 0.5 + 0.2 * traffic[1] + 0.1 * traffic[2];
            double second = 0.5 * traffic[0];
            double third = 0.25 + 0.3 * traffic[0] + 0.4 * traffic[1];
            traffic = new double[] {first, second, third};
        }
        assertInside(replications(0, 60_000, nodes), Counted::present, traffic[0] / (1 - traffic[0]));
        double second = traffic[1] * 0.9;
        assertInside(replications(1, 60_000, nodes), Counted::present, second / (1 - second));
        double load = traffic[2] * 2;
        double blocked = erlangB(2, load);
        double delayed = blocked / (1 - load / 2 * (1 - blocked));
        assertInside(replications(2, 60_000, nodes), Counted::present, load + delayed * load / (2 - load));
    }
}
