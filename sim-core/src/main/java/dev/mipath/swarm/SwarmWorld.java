package dev.mipath.swarm;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Population;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunObserver;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.profile.Era;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * One world of faults, and the laws that watch it. First things go wrong (the safety phase: nothing may happen that must not),
 * then all is repaired (the liveness phase: what should happen must). A seed and a scene make the same world every time.
 */
public final class SwarmWorld {
    private static final long SECOND = 1_000_000_000L;
    /** How long clients are watched when all has settled. */
    private static final long WATCHED = 45 * SECOND;
    /** How long a drawn world goes wrong. */
    private static final long SAFETY = 60 * SECOND;

    private final long seed;
    private final ImmutableList<Fault> faults;
    private final SimulationPlan plan;
    private final MiWorld world;
    private final Violations violations = new Violations();
    private final Conservation conservation;
    private final Passage passage;
    private final HealthLedger health;
    private final Liveness liveness;
    private final Simulation simulation;

    private SwarmWorld(long seed, SwarmScene scene) {
        this.seed = seed;
        Networks networks = new Networks(scene);
        // What is there from the start on can fail at any time.
        Epoch usual = networks.timeline().epochs().get(0);
        SwarmScene peopled = peopled(seed, scene);
        DrawnFaults drawn = new DrawnFaults(
                new Draws(seed, "faults"),
                peopled,
                Ways.of(usual, peopled.populations()),
                machines(usual),
                instances(usual),
                new DrawnChanges(new Draws(seed, "changes"), scene.topology(), networks));
        drawn.draw();
        faults = drawn.faults();
        plan = plan(peopled, networks.timeline(), drawn);
        ImmutableList<Population> populations = plan.populations();
        Epoch last = plan.networks().epochs().get(plan.networks().epochs().size() - 1);
        FaultLedger ledger = new FaultLedger();
        Walker walker = new Walker(plan.networks(), ledger);
        PortLedger ports = new PortLedger(plan.settings(), violations);
        conservation = new Conservation(populations, violations);
        passage = new Passage(walker, violations);
        health = new HealthLedger(walker, plan.settings(), violations);
        liveness = new Liveness(populations, last, plan.until() - WATCHED, ports, health, violations);
        ImmutableList.Builder<RunObserver> all = ImmutableList.builder();
        all.add(ledger, walker, conservation, passage, ports, health, liveness);
        world = new MiWorld(plan, new RandomStreams(seed));
        world.tellAll(new Observers(all.build()));
        simulation = new Simulation(world);
    }

    /** A world of which all is drawn, the network too. */
    public static SwarmWorld drawn(long seed) {
        return new SwarmWorld(seed, scene(seed));
    }

    /** A world around a scene, of which the faults are drawn, and the clients where it has none. */
    public static SwarmWorld around(SwarmScene scene, long seed) {
        return new SwarmWorld(seed, scene);
    }

    /** The scene of a seed. */
    static SwarmScene scene(long seed) {
        Draws draws = new Draws(seed, "scene");
        Topology topology = DrawnNetwork.of(seed);
        CompileOptions options = CompileOptions.DEFAULTS
                .with(Era.named(topology.profile() == null ? "" : topology.profile())
                        .orElse(Era.Y2020))
                .with(CompileOptions.AssumedAddress.HOLDS);
        Settings settings = Settings.STANDARD
                .with(Setting.SNAT_PORTS_NAT_GATEWAY, 5 + draws.below(20))
                .with(Setting.SNAT_PORTS_PREALLOCATED, 5 + draws.below(20))
                .with(Setting.SNAT_COOL_DOWN, draws.oneIn(2) ? 0 : draws.time(10 * SECOND))
                .with(Setting.HEALTH_FAILURES, 1 + draws.below(4))
                .with(Setting.DEPENDENCY_INTERVAL, 5 * SECOND)
                .with(Setting.MANAGEMENT_INTERVAL, 5 * SECOND)
                .with(Setting.FAIL_OVER, 3 * SECOND)
                .with(Setting.GATEWAY_SERVERS, 1 + draws.below(4))
                .with(Setting.GATEWAY_LOGIN, draws.time(SECOND / 10));
        DrawnClients clients = new DrawnClients(NetworkCompiler.compile(topology, options), new Draws(seed, "clients"));
        return new SwarmScene(
                topology, options, ImmutableList.of(), ImmutableList.of(), clients.upkeep(), settings, SAFETY);
    }

    private static SwarmScene peopled(long seed, SwarmScene scene) {
        if (!scene.populations().isEmpty()) return scene;
        Compilation compiled = NetworkCompiler.compile(scene.topology(), scene.options());
        return new SwarmScene(
                scene.topology(),
                scene.options(),
                scene.edits(),
                new DrawnClients(compiled, new Draws(seed, "clients")).populations(),
                scene.upkeep(),
                scene.settings(),
                scene.until());
    }

    private static List<String> machines(Epoch epoch) {
        TreeSet<String> machines = new TreeSet<>();
        for (int i = 0; i < epoch.network().size(); i++) {
            String name = epoch.network().name(i);
            if (name.startsWith("gateway ") || name.startsWith("node ")) machines.add(name);
        }
        return new ArrayList<>(machines);
    }

    private static List<String> instances(Epoch epoch) {
        TreeSet<String> instances = new TreeSet<>();
        for (Hosted instance : epoch.estate().instances()) instances.add(instance.name());
        return new ArrayList<>(instances);
    }

    private static SimulationPlan plan(SwarmScene scene, NetworkTimeline networks, DrawnFaults drawn) {
        long until = scene.until() + settling(scene) + WATCHED;
        ImmutableList.Builder<Population> populations = ImmutableList.builder();
        populations.addAll(scene.populations());
        for (Population population : scene.populations()) populations.add(Latecomers.of(population, until));
        return new SimulationPlan(
                networks, populations.build(), scene.upkeep(), drawn.actions(), scene.settings(), until);
    }

    /** How long after the repair all has settled: names are asked anew, probes and tries have come through. */
    private static long settling(SwarmScene scene) {
        Settings settings = scene.settings();
        long longest = 30 * SECOND;
        longest = Math.max(longest, settings.get(Setting.DNS_TTL));
        longest = Math.max(longest, settings.get(Setting.FAIL_OVER));
        longest =
                Math.max(longest, settings.get(Setting.PROBE_INTERVAL) * (1 + settings.count(Setting.PROBE_FAILURES)));
        for (Population population : scene.populations()) {
            longest = Math.max(longest, population.client().nameCache());
        }
        if (!scene.upkeep().isEmpty()) {
            longest = Math.max(longest, settings.get(Setting.MANAGEMENT_INTERVAL));
            longest = Math.max(longest, settings.get(Setting.DEPENDENCY_INTERVAL));
        }
        return longest + SECOND;
    }

    /** The seed. */
    public long seed() {
        return seed;
    }

    /** The run, which the caller drives. */
    public Simulation simulation() {
        return simulation;
    }

    /** When it ends, in nanoseconds. */
    public long until() {
        return plan.until();
    }

    /** All that happens in it. */
    public SimulationPlan plan() {
        return plan;
    }

    /** What came of it, when it has been driven to its end. */
    public SwarmRun judge() {
        RunReport report = world.report(simulation);
        conservation.check(report, world.liveConnections());
        for (MiWorld.Queue queue : world.queues(simulation.now())) Waiting.check(queue, simulation.now(), violations);
        return new SwarmRun(
                seed,
                report.attempts(),
                report.outcomes(),
                report.snat().stream().mapToLong(RunReport.SnatUse::exhausted).sum(),
                report.fingerprint(),
                faults,
                passage.taken(),
                liveness.judged(),
                health.tries(),
                violations.kept(),
                violations.count());
    }
}
