package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.Population.Arrivals;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Clients, resolvers, load balancers, gateways, nodes and the management plane in virtual time. Whether and where a packet
 * passes is asked of the plan's networks, for every packet that opens a connection and every answer to it; what follows on
 * an open connection takes the way that was decided, until the network, a fault or a name changes.
 */
public final class MiWorld implements World {
    private final SimulationPlan plan;
    private final Stage stage;
    private final ClientSide client;
    private final ServerSide server;
    private final Actions actions;
    private final HealthWatch watch;
    private final Operations operations;
    /** By population: how many of its clients have begun. */
    private int[] begun;

    /**
     * The world of a plan.
     *
     * @param plan what happens
     * @param random all chance in it
     */
    public MiWorld(SimulationPlan plan, RandomStreams random) {
        this.plan = plan;
        stage = new Stage(plan, random);
        Ways ways = new Ways(stage);
        client = new ClientSide(stage, ways);
        server = new ServerSide(stage, ways);
        actions = new Actions(stage, client, server);
        watch = new HealthWatch(stage);
        operations = new Operations(stage, actions, server, watch);
        begun = new int[plan.populations().size()];
    }

    /** Has every hop that is decided told; null for nobody. */
    public void tellSteps(@Nullable StepSink sink) {
        stage.paths.tell(sink);
    }

    /** Has everything told that a capture at the clients would see; null for nobody. */
    public void tellPackets(@Nullable CaptureSink sink) {
        client.capture().tell(sink);
    }

    /** Has an observer told what happens, from before the first event on; null for nobody. */
    public void tellAll(@Nullable RunObserver observer) {
        stage.observation.tell(observer);
    }

    /** Has every packet decided hop by hop, those on open connections too; slower, and nothing else. */
    public void decideEveryPacket() {
        stage.neverCache();
    }

    @Override
    public void begin(Simulation simulation) {
        stage.start(simulation, simulation.timers(Kinds.TIMER, stage.clients.size()));
        List<NetworkTimeline.Epoch> epochs = plan.networks().epochs();
        for (int i = 1; i < epochs.size(); i++) simulation.at(epochs.get(i).from(), Kinds.SWAP, i);
        operations.begin(simulation);
        for (int i = 0; i < plan.timeline().size(); i++) {
            simulation.at(plan.timeline().get(i).at(), Kinds.ACTION, i);
        }
        watch.probe(true);
        simulation.after(stage.settings.get(Setting.PROBE_INTERVAL), Kinds.PROBE, 0);
        for (int i = 0; i < plan.upkeep().size(); i++) simulation.at(0, Kinds.UPKEEP, i);
        for (int p = 0; p < begun.length; p++) {
            simulation.at(gap(p, 0), Kinds.BEGIN, p);
        }
    }

    /** The time between the client before and this one. */
    private long gap(int population, int nth) {
        Arrivals arrivals = plan.populations().get(population).arrivals();
        if (arrivals instanceof Arrivals.Every every) return nth == 0 ? 0 : every.gap();
        if (arrivals instanceof Arrivals.Poisson poisson) {
            return stage.times().arrival(population, nth, poisson.meanGap());
        }
        return 0;
    }

    @Override
    public void handle(Simulation simulation, int kind, int entity, int argument) {
        client.capture().during(simulation.log().records());
        record(simulation, kind, entity, argument);
        switch (kind) {
            case Kinds.AT_SERVER -> server.receive(entity, argument);
            case Kinds.AT_CLIENT -> client.receive(entity, argument);
            case Kinds.TIMER -> client.wake(entity);
            case Kinds.SERVED -> server.served(entity, argument);
            case Kinds.AT_NODE -> server.relay().atNode(entity, argument);
            case Kinds.AT_GATEWAY -> server.relay().atGateway(entity, argument);
            case Kinds.BEGIN -> next(simulation, entity);
            case Kinds.PORT_FREE -> {
                stage.pools.give(entity);
                stage.observation.portFreed(entity);
            }
            case Kinds.STARTED -> actions.start(entity);
            case Kinds.REQUEST -> operations.ask(entity);
            case Kinds.PHASE -> operations.phase(entity, argument);
            case Kinds.ACTION -> actions.apply(plan.timeline().get(entity).action());
            case Kinds.UNCLOGGED -> actions.unclog(entity, argument - 1);
            case Kinds.SWAP -> {
                stage.turnTo(entity);
                stage.observation.turned(entity);
                watch.probe(false);
            }
            case Kinds.PROBE -> {
                watch.probe(false);
                simulation.after(stage.settings.get(Setting.PROBE_INTERVAL), Kinds.PROBE, 0);
            }
            case Kinds.UPKEEP -> {
                watch.tend(entity);
                boolean called = plan.upkeep().get(entity).direction() == Upkeep.Direction.MANAGEMENT;
                Setting interval = called ? Setting.MANAGEMENT_INTERVAL : Setting.DEPENDENCY_INTERVAL;
                simulation.after(stage.settings.get(interval), Kinds.UPKEEP, entity);
            }
            default -> throw new IllegalArgumentException("there is no event of kind " + kind);
        }
    }

    private void next(Simulation simulation, int population) {
        int nth = begun[population]++;
        if (nth + 1 < plan.populations().get(population).clients()) {
            simulation.after(gap(population, nth + 1), Kinds.BEGIN, population);
        }
        client.arrive(stage.clients.first(population) + nth);
    }

    /** Where packets arrive is told, unless they come too late for anybody to wait for them. */
    private void record(Simulation simulation, int kind, int entity, int argument) {
        Connections k = stage.connections;
        boolean ofConnection = kind >= Kinds.AT_SERVER && kind <= Kinds.AT_GATEWAY;
        int c = kind == Kinds.SERVED ? Connections.ofCustomer(entity) : entity;
        int element = Kinds.NOWHERE;
        long decision = ofConnection ? argument : entity;
        int way = ofConnection && isAwaited(c, argument) ? way(kind, c, argument) : -1;
        if (way >= 0 && stage.paths.isKnown(way)) {
            Path path = stage.paths.path(way);
            element = path.last();
            decision = path.lastDecision();
        }
        int connection = ofConnection ? k.number[c] : -1;
        simulation.log().record(simulation.now(), kind, element, connection, decision);
    }

    private boolean isAwaited(int c, int argument) {
        Connections k = stage.connections;
        int message = argument & 0xFF;
        boolean query = message == Messages.QUERY;
        return Messages.isPresent(k, c, argument)
                && (query ? k.phase[c] == Connections.QUERYING : k.message[c] == message);
    }

    private int way(int kind, int c, int argument) {
        Connections k = stage.connections;
        if (kind == Kinds.AT_CLIENT) return isName(argument & 0xFF) ? -1 : k.back[c];
        if (kind == Kinds.AT_NODE) return k.sideForward[c];
        if (kind == Kinds.AT_GATEWAY) return k.sideBack[c];
        if (kind == Kinds.AT_SERVER) return isName(argument & 0xFF) ? k.sideForward[c] : k.forward[c];
        return -1;
    }

    private static boolean isName(int message) {
        return message == Messages.NAME_QUERY || message == Messages.NODE_QUERY;
    }

    /** Does something that is in no plan; as a command of a simulation it is journaled. */
    public void apply(TimedAction.Action action) {
        actions.apply(action);
    }

    /** The name of the element of a record; empty where it has none. */
    public String elementName(int element) {
        return element < stage.elements.size() ? stage.elements.name(element) : "";
    }

    /** The name of the kind of a record. */
    public static String kindName(int kind) {
        return Kinds.name(kind);
    }

    /** What came of it so far. */
    public RunReport report(Simulation simulation) {
        ImmutableList.Builder<RunReport.SnatUse> snat = ImmutableList.builder();
        stage.pools.report(snat);
        return stage.tally.report(
                simulation.now(),
                simulation.log().records(),
                simulation.log().fingerprint(),
                stage.elements,
                snat.build(),
                stage.machines.report(simulation.now()),
                operations.report(simulation.now()));
    }

    /** How many connections are under way. */
    public long liveConnections() {
        return stage.tally.live();
    }

    /** Whether Little's law holds at every gateway and node so far. */
    public boolean littleHolds(long now) {
        return stage.machines.littleHolds(now);
    }

    /** How often customers came to each gateway and node and how long they waited there, counted in two ways. */
    public ImmutableList<Queue> queues(long now) {
        return stage.machines.queues(now);
    }

    /**
     * The customers of one machine so far.
     *
     * @param machine its name
     * @param arrivals how many came
     * @param refusals how many of them found no room
     * @param departures how many have gone again
     * @param present how many wait or are served
     * @param waited how long all of them have waited together, in nanoseconds, customer by customer
     * @param waitingArea the number waiting summed over time: customers times nanoseconds
     */
    public record Queue(
            String machine,
            long arrivals,
            long refusals,
            long departures,
            long present,
            long waited,
            long waitingArea) {}

    /** The bytes of state that one connection takes in the world; its timer and its events come on top. */
    public static int bytesPerConnection() {
        return Connections.bytesEach();
    }

    @Override
    public Memento save() {
        Memento ofStage = stage.save();
        Memento ofClient = client.save();
        Memento ofWatch = watch.save();
        Memento ofOperations = operations.save();
        int[] savedBegun = begun.clone();
        return () -> {
            ofStage.restore();
            ofClient.restore();
            ofWatch.restore();
            ofOperations.restore();
            begun = savedBegun.clone();
        };
    }
}
