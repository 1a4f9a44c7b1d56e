package dev.mipath.benchmarks;

import com.google.common.collect.ImmutableList;
import com.sun.management.ThreadMXBean;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.Population;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.net.Address;
import dev.mipath.profile.Era;
import java.lang.management.ManagementFactory;

/**
 * The whole model of an instance under many redirected clients: names, both connections, prelogin, TLS, login, one query.
 * They arrive within a second and need two, so that nearly all of them live at once.
 *
 * <p>Run {@code java -cp benchmarks.jar dev.mipath.benchmarks.WorldThroughput [CLIENTS…]}; sizes alternate, three rounds.
 */
public final class WorldThroughput {
    private static final int ROUNDS = 3;
    private static final int CLIENTS_PER_ADDRESS = 4096;

    private WorldThroughput() {}

    /** Takes the numbers of clients; without any 10,000 and 1,000,000. */
    public static void main(String[] args) {
        int[] sizes = args.length == 0 ? new int[] {10_000, 1_000_000} : new int[args.length];
        for (int i = 0; i < args.length; i++) sizes[i] = Integer.parseInt(args[i]);
        Compilation compiled = compiled();
        System.out.println("clients  ns/event  events/s  connections/s  events/connection  live at most"
                + "  bytes/connection  bytes allocated/event in the second half");
        for (int round = 0; round < ROUNDS; round++) {
            for (int size : sizes) {
                Measured measured = measure(plan(compiled, size), size);
                System.out.printf(
                        "%,9d  %.0f  %,.0f  %,.0f  %.1f  %,d  %d  %.3f%n",
                        size,
                        measured.nanosPerEvent(),
                        measured.eventsPerSecond(),
                        measured.connectionsPerSecond(),
                        measured.eventsPerConnection(),
                        measured.live,
                        measured.bytesPerConnection,
                        measured.bytesPerEvent);
            }
        }
    }

    /**
     * What one run took.
     *
     * @param events how many it had
     * @param nanos the processor time they took, in nanoseconds
     * @param connected how many connections were complete
     * @param live the most that lived at a time
     * @param bytesPerConnection the heap that the run added by its middle, for each client
     * @param bytesPerEvent what was allocated in its second half, for each event
     */
    record Measured(
            long events, double nanos, long connected, long live, long bytesPerConnection, double bytesPerEvent) {
        double nanosPerEvent() {
            return nanos / events;
        }

        double eventsPerSecond() {
            return events / nanos * 1e9;
        }

        double connectionsPerSecond() {
            return connected / nanos * 1e9;
        }

        double eventsPerConnection() {
            return (double) events / connected;
        }
    }

    static Compilation compiled() {
        return NetworkCompiler.compile(
                ScenarioLibrary.named("hub-spoke-redirect-works")
                        .orElseThrow()
                        .read()
                        .topology(),
                CompileOptions.DEFAULTS.with(Era.Y2020).with(CompileOptions.AssumedAddress.HOLDS));
    }

    /** So many clients of the application's subnet, each once. */
    static SimulationPlan plan(Compilation compiled, int clients) {
        return plan(compiled, clients, new Population.Arrivals.Every(1_000_000_000L / clients));
    }

    private static SimulationPlan plan(Compilation compiled, int clients, Population.Arrivals arrivals) {
        int addresses = (clients - 1) / CLIENTS_PER_ADDRESS + 1;
        Population app = new Population(
                "app",
                new Population.Source(Address.parse("10.1.0.5"), addresses, null, 49_152),
                clients,
                arrivals,
                new Population.Target("mi-prod.0a1b2c3d4e5f.database.windows.net", 1433),
                ClientProfile.SQL_CLIENT,
                Population.Session.ONE_QUERY);
        Settings settings =
                Settings.STANDARD.with(Setting.RTT_PEERED, 200_000_000).with(Setting.GATEWAY_SERVERS, 256);
        return new SimulationPlan(
                NetworkTimeline.of(compiled.network(), compiled.estate()),
                ImmutableList.of(app),
                ImmutableList.of(),
                ImmutableList.of(),
                settings,
                60_000_000_000L);
    }

    /**
     * The bytes allocated for each event once clients come again and again: what is made in the first rounds, buckets of the
     * queue above all, is used again in those that follow.
     */
    static double steadyBytesPerEvent(Compilation compiled, int clients) {
        SimulationPlan plan = plan(compiled, clients, new Population.Arrivals.ClosedLoop(1_000_000_000L));
        Simulation simulation = new Simulation(new MiWorld(plan, new RandomStreams(1)));
        simulation.runUntil(10_000_000_000L);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = simulation.events();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        simulation.runUntil(20_000_000_000L);
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        return (double) allocated / (simulation.events() - before);
    }

    /** Plays a plan. */
    static Measured measure(SimulationPlan plan, int clients) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = used();
        MiWorld world = new MiWorld(plan, new RandomStreams(1));
        Simulation simulation = new Simulation(world);
        long cpu = threads.getCurrentThreadCpuTime();
        // Half of it, so that the second half shows what a steady state allocates.
        simulation.run(() -> simulation.now() >= 1_500_000_000L);
        long live = world.liveConnections();
        long pausedCpu = threads.getCurrentThreadCpuTime();
        long bytes = live == 0 ? 0 : (used() - before) / clients;
        long half = simulation.events();
        long resumed = threads.getCurrentThreadCpuTime();
        long allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId());
        simulation.runUntil(plan.until());
        allocated = threads.getThreadAllocatedBytes(Thread.currentThread().getId()) - allocated;
        double nanos = threads.getCurrentThreadCpuTime() - resumed + pausedCpu - cpu;
        RunReport report = world.report(simulation);
        long events = simulation.events();
        return new Measured(
                events,
                nanos,
                report.outcomes().getOrDefault("connected", 0L),
                report.peakConnections(),
                bytes,
                (double) allocated / (events - half));
    }

    /** The heap in use, after it was collected. */
    private static long used() {
        System.gc();
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }
}
