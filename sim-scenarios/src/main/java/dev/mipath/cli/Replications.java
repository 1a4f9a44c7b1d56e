package dev.mipath.cli;

import dev.mipath.engine.MiWorld;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Replicated;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Plays a plan many times, each with other chances; a second plan, with the same chances, for comparison. */
final class Replications {
    private final int count;
    private final long seed;
    private final int threads;
    private final Terminal terminal;

    Replications(int count, long seed, int threads, Terminal terminal) {
        this.count = count;
        this.seed = seed;
        this.threads = threads;
        this.terminal = terminal;
    }

    /** Prints what came of the plan, and of the other where there is one how it differs. */
    int print(SimulationPlan plan, @Nullable SimulationPlan other, boolean json) {
        try (RunProgress progress = new RunProgress(terminal)) {
            List<RunReport> runs = play(plan, progress);
            List<RunReport> others = other == null ? List.of() : play(other, progress);
            if (json) terminal.out().println(JsonText.page(members(runs, others)));
            else terminal.out().print(text(runs, others));
        }
        return ExitCode.YES;
    }

    private List<RunReport> play(SimulationPlan plan, RunProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<RunReport>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(pool.submit(() -> play(plan, number, progress)));
            }
            List<RunReport> reports = new ArrayList<>();
            for (Future<RunReport> each : running) reports.add(each.get());
            return reports;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a run", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private RunReport play(SimulationPlan plan, int number, RunProgress progress) {
        MiWorld world = new MiWorld(plan, new RandomStreams(seed).replication(number));
        Simulation simulation = new Simulation(world);
        progress.run(simulation, plan.until(), false);
        return world.report(simulation);
    }

    private Map<String, Object> members(List<RunReport> runs, List<RunReport> others) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schema", "mipath.replications/1");
        members.put("seed", seed);
        members.put("replications", count);
        members.put("fingerprints", runs.stream().map(RunReport::fingerprint).toList());
        members.put("figures", Replicated.of(runs).members());
        if (!others.isEmpty()) {
            members.put("difference", Replicated.difference(others, runs).members());
        }
        return members;
    }

    private String text(List<RunReport> runs, List<RunReport> others) {
        String text = count + " replications from seed " + seed + ", mean ± half of the 95 % interval\n"
                + Replicated.of(runs).text(false);
        if (others.isEmpty()) return text;
        return text + "the other minus this, run by run with the same chances\n"
                + Replicated.difference(others, runs).text(true);
    }
}
