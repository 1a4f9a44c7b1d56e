package dev.mipath.engine;

import java.util.List;

/** A network of stations with random customers, to hold the engine against the theory of queues. Means are in nanoseconds. */
final class Queues implements World {
    static final long SECOND = 1_000_000_000L;

    private static final int ARRIVAL = 0;
    private static final int END = 1;

    /**
     * One station.
     *
     * @param gap the mean time between two customers from outside, 0 for none
     * @param fixed whether every service takes its mean time
     * @param next where a customer goes from here: percent for each station, the rest leave
     */
    record Node(int servers, int room, long gap, long service, boolean fixed, List<Integer> next) {}

    private final List<Node> nodes;
    private final Station[] stations;
    private final RandomStream gaps;
    private final RandomStream services;
    private final RandomStream ways;
    private final long[] arrived;
    private final long[] served;

    Queues(RandomStreams streams, List<Node> nodes) {
        this.nodes = nodes;
        gaps = streams.stream("queues", "gap");
        services = streams.stream("queues", "service");
        ways = streams.stream("queues", "way");
        stations = new Station[nodes.size()];
        for (int i = 0; i < stations.length; i++) {
            stations[i] = new Station(nodes.get(i).servers, nodes.get(i).room);
        }
        arrived = new long[stations.length];
        served = new long[stations.length];
    }

    Station station(int node) {
        return stations[node];
    }

    @Override
    public void begin(Simulation simulation) {
        for (int i = 0; i < stations.length; i++) arrivalAfter(simulation, i);
    }

    @Override
    public void handle(Simulation simulation, int kind, int node, int argument) {
        if (kind == ARRIVAL) {
            arrivalAfter(simulation, node);
            enter(simulation, node);
            return;
        }
        if (stations[node].depart(simulation.now()) != Station.NOBODY) serve(simulation, node);
        int way = ways.below(node, stations[node].departures(), 100);
        List<Integer> next = nodes.get(node).next;
        for (int i = 0; i < next.size(); i++) {
            way -= next.get(i);
            if (way < 0) {
                enter(simulation, i);
                return;
            }
        }
    }

    private void arrivalAfter(Simulation simulation, int node) {
        long gap = nodes.get(node).gap;
        if (gap > 0) simulation.after(gaps.exponential(node, arrived[node]++, gap), ARRIVAL, node);
    }

    private void enter(Simulation simulation, int node) {
        if (stations[node].arrive(simulation.now(), 1) == Station.Reception.STARTS) serve(simulation, node);
    }

    private void serve(Simulation simulation, int node) {
        Node station = nodes.get(node);
        long time = station.fixed ? station.service : services.exponential(node, served[node], station.service);
        served[node]++;
        simulation.after(time, END, node);
    }

    @Override
    public Memento save() {
        throw new IllegalStateException("nobody goes back here");
    }
}
