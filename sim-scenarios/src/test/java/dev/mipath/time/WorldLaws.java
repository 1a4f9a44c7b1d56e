package dev.mipath.time;

import static dev.mipath.time.MiRun.HOST;
import static dev.mipath.time.MiRun.MILLI;
import static dev.mipath.time.MiRun.PROXY_HOST;
import static dev.mipath.time.MiRun.PUBLIC_HOST;
import static dev.mipath.time.MiRun.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import com.sun.management.ThreadMXBean;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Session;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.Snapshot;
import dev.mipath.engine.SynProfile;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.engine.Upkeep;
import dev.mipath.net.Address;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What holds in every world: random clients, random faults for a minute (the safety phase), then none for three (the
 * liveness phase). A seed that fails is the whole reproduction.
 */
@DisplayName("in a world with faults")
class WorldLaws {
    private static final int SEEDS = Integer.getInteger("mipath.swarm", 12);
    private static final long FAULTS_UNTIL = 60 * SECOND;
    private static final long END = 240 * SECOND;

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "every connection ends in one outcome, ports come back, queues obey Little, and those who come late get in")
    void invariants(int seed) {
        SimulationPlan plan = plan(seed);
        MiWorld world = new MiWorld(plan, new RandomStreams(seed));
        List<Long> lateEnds = new ArrayList<>();
        Simulation simulation = new Simulation(world, (time, sequence, kind, element, connection, decision) -> {
            if (MiWorld.kindName(kind).equals("ended") && time > FAULTS_UNTIL + 60 * SECOND) lateEnds.add(decision);
        });
        simulation.runUntil(END);
        RunReport report = world.report(simulation);
        String what = "seed " + seed;
        long ended =
                report.outcomes().values().stream().mapToLong(Long::longValue).sum();
        assertThat(ended).as(what).isEqualTo(report.attempts());
        assertThat(report.outcomes()).as(what).doesNotContainKey("open");
        assertThat(world.liveConnections()).as(what).isZero();
        assertThat(report.snat())
                .as(what)
                .allSatisfy(use -> assertThat(use.inUse()).isZero());
        assertThat(world.littleHolds(simulation.now())).as(what).isTrue();
        // A minute after all was mended whoever comes gets in.
        assertThat(lateEnds).as(what).isNotEmpty().containsOnly(0L);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("ways decided once and followed are the ways decided for every packet")
    void cachedEqualsFresh(int seed) {
        assertThat(fingerprint(seed, seed, true)).isEqualTo(fingerprint(seed, seed, false));
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "the same seed gives the same records, another seed gives others, and a run put back goes the same way")
    void determinism(int seed) {
        String once = fingerprint(seed, seed, false);
        assertThat(fingerprint(seed, seed, false)).isEqualTo(once);
        assertThat(fingerprint(seed, seed + 1000, false)).isNotEqualTo(once);
        SimulationPlan plan = plan(seed);
        MiWorld world = new MiWorld(plan, new RandomStreams(seed));
        Simulation simulation = new Simulation(world);
        simulation.runUntil(20 * SECOND);
        Snapshot snapshot = simulation.snapshot();
        simulation.runUntil(45 * SECOND);
        simulation.restore(snapshot);
        simulation.runUntil(END);
        assertThat(simulation.log().fingerprint()).isEqualTo(once);
    }

    @Test
    @DisplayName("without any, clients that come again and again allocate nothing")
    void allocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        SimulationPlan plan = MiRun.usual()
                .clients(500, HOST, ClientProfile.SQL_CLIENT, new Session(3, 50 * MILLI, true, MILLI), LOOP)
                .population(population(
                        "proxied",
                        "10.1.0.200",
                        500,
                        LOOP,
                        PROXY_HOST,
                        1433,
                        ClientProfile.SQL_CLIENT,
                        Session.ONE_QUERY))
                .plan();
        Simulation simulation = new Simulation(new MiWorld(plan, new RandomStreams(1)));
        simulation.runUntil(40 * SECOND);
        long events = simulation.events();
        long before = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        simulation.runUntil(60 * SECOND);
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - before;
        assertThat(simulation.events() - events).isGreaterThan(200_000);
        // What the run itself allocates once, and what the compiler of the JVM may not yet have removed.
        assertThat((double) allocated / (simulation.events() - events)).isLessThan(0.5);
    }

    private static final Population.Arrivals LOOP = new Population.Arrivals.ClosedLoop(200 * MILLI);

    private static String fingerprint(int plan, int seed, boolean fresh) {
        MiWorld world = new MiWorld(plan(plan), new RandomStreams(seed));
        if (fresh) world.decideEveryPacket();
        Simulation simulation = new Simulation(world);
        simulation.runUntil(END);
        return simulation.log().fingerprint();
    }

    /** Clients and faults of a seed; whole kinds of faults are left out at random. */
    private static SimulationPlan plan(int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        MiRun run = MiRun.usual()
                .until(END)
                .set(Setting.SNAT_PORTS_NAT_GATEWAY, 5 + random.nextInt(20))
                .set(Setting.HEALTH_FAILURES, 2)
                .set(Setting.DEPENDENCY_INTERVAL, 10 * SECOND)
                .set(Setting.FAIL_OVER, 3 * SECOND)
                .upkeep(new Upkeep(
                        "mi-prod",
                        "storage",
                        Upkeep.Direction.DEPENDENCY,
                        Address.parse("52.239.1.1"),
                        ImmutableList.of(443)));
        Session session = new Session(1 + random.nextInt(3), random.nextLong(10 * SECOND), true, 3 * MILLI);
        Population.Arrivals arrivals = new Population.Arrivals.Poisson(SECOND / 2);
        ClientProfile client = ClientProfile.SQL_CLIENT
                .with(SynProfile.ALL.get(random.nextInt(3)))
                .with(15 * SECOND, random.nextInt(3), 2 * SECOND);
        run.clients(40, HOST, client, session, arrivals);
        run.population(population("proxied", "10.1.0.200", 30, arrivals, PROXY_HOST, 1433, client, session));
        run.population(population("public", "10.9.0.16", 30, arrivals, PUBLIC_HOST, 3342, client, session));
        run.population(population(
                "late",
                "10.1.0.210",
                20,
                new Population.Arrivals.Every(8 * SECOND),
                HOST,
                1433,
                client.with(15 * SECOND, 0, 0),
                Session.ONE_QUERY));
        String[] links = {
            "internal load balancer 10.0.1.4", "peering vnet-spoke/spoke-to-hub", "peering vnet-hub/hub-to-spoke",
            "gateway 10.0.1.5", "node 10.0.1.7 of mi-prod", "VNet vnet-hub"
        };
        boolean[] omitted = new boolean[7];
        for (int i = 0; i < omitted.length; i++) omitted[i] = random.nextInt(3) == 0;
        for (int i = 0; i < 8; i++) {
            int kind = random.nextInt(omitted.length);
            Link link = new Link(links[random.nextInt(links.length)], null);
            long at = random.nextLong(FAULTS_UNTIL - 15 * SECOND);
            if (omitted[kind]) continue;
            switch (kind) {
                case 0 -> run.at(at, new Action.Partition(link));
                case 1 -> run.at(at, new Action.Hold(link));
                case 2 -> run.at(at, new Action.Slow(link, random.nextLong(SECOND / 4)));
                case 3 -> run.at(at, new Action.Lose(link, 1 + random.nextInt(3), 10));
                case 4 -> run.at(at, new Action.Restart("gateway 10.0.1." + (5 + random.nextInt(2)), 5 * SECOND));
                case 5 -> run.at(at, new Action.FailOver("mi-prod"));
                default -> {
                    run.at(at, new Action.Revoke("mi-prod"));
                    run.at(at + 5 * SECOND, new Action.Renew("mi-prod"));
                }
            }
        }
        for (String link : links) run.at(FAULTS_UNTIL, new Action.Repair(new Link(link, null)));
        return run.plan();
    }

    private static Population population(
            String name,
            String address,
            int clients,
            Population.Arrivals arrivals,
            String host,
            int port,
            ClientProfile client,
            Session session) {
        return new Population(
                name,
                Population.Source.of(Address.parse(address)),
                clients,
                arrivals,
                new Population.Target(host, port),
                client,
                session);
    }
}
