package dev.mipath.time;

import static dev.mipath.time.MiRun.HOST;
import static dev.mipath.time.MiRun.MILLI;
import static dev.mipath.time.MiRun.PROXY_HOST;
import static dev.mipath.time.MiRun.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Session;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.Snapshot;
import dev.mipath.net.Address;
import dev.mipath.swarm.SwarmWorld;
import java.lang.management.ManagementFactory;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds in the worlds of a swarm beside its laws. A seed that fails is the whole reproduction. */
@DisplayName("in a world with faults")
class WorldLaws {
    private static final int SEEDS = Integer.getInteger("mipath.swarm", 12);

    static IntStream seeds() {
        return IntStream.range(0, SEEDS);
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
        simulation.runUntil(plan.until());
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
        SimulationPlan drawn = plan(plan);
        MiWorld world = new MiWorld(drawn, new RandomStreams(seed));
        if (fresh) world.decideEveryPacket();
        Simulation simulation = new Simulation(world);
        simulation.runUntil(drawn.until());
        return simulation.log().fingerprint();
    }

    private static SimulationPlan plan(int seed) {
        return SwarmWorld.drawn(seed).plan();
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
