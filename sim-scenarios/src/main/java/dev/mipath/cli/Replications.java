package dev.mipath.cli;

import dev.mipath.engine.MiWorld;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Replicated;
import dev.mipath.explain.RunSummary;
import dev.mipath.format.TimeScript;
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
    private final Arguments arguments;
    private final Terminal terminal;

    Replications(int count, long seed, int threads, Arguments arguments, Terminal terminal) {
        this.count = count;
        this.seed = seed;
        this.threads = threads;
        this.arguments = arguments;
        this.terminal = terminal;
    }

    /**
     * One complete run.
     *
     * @param number which replication, from 0
     * @param report what came of it
     */
    private record Played(int number, RunReport report) {}

    /**
     * Prints what came of the plan, and of the other where there is one how it differs.
     *
     * @param script what is expected of every run of the plan, or null
     */
    int print(SimulationPlans.Planned planned, @Nullable TimeScript script, @Nullable SimulationPlan other) {
        SimulationPlan plan = planned.plan();
        try (RunProgress progress = new RunProgress(terminal)) {
            List<Played> runs = play(plan, progress);
            List<Played> others = other == null ? List.of() : play(other, progress);
            if (progress.interrupted()) terminal.note("interrupted; this is what came of the runs that are complete");
            Map<Long, FigureCheck> checks = new LinkedHashMap<>();
            for (Played run : runs) checks.put(seedOf(run.number), new FigureCheck(script, run.report));
            if (Answers.json(arguments)) {
                Map<String, Object> members = members(runs, other != null, others, checks);
                planned.basis().addTo(members);
                terminal.out().println(JsonText.page(members));
            } else {
                terminal.out().print(text(runs, other != null, others, checks));
                terminal.out().print(planned.basis().text(terminal.ink(), terminal.verbose()));
            }
            checks.values().removeIf(FigureCheck::holds);
            for (long failed : checks.keySet())
                terminal.error("replay: " + Replay.line(arguments, failed, plan.until()));
            if (!checks.isEmpty()) return ExitCode.NO;
            long undetermined = 0;
            for (Played run : runs) undetermined += RunSummary.undetermined(run.report);
            return Simulate.exit(undetermined, terminal);
        }
    }

    private long seedOf(int number) {
        return new RandomStreams(seed).replication(number).seed();
    }

    /** The runs that came to their end. */
    private List<Played> play(SimulationPlan plan, RunProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<@Nullable RunReport>> running = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                int number = i;
                running.add(pool.submit(() -> play(plan, number, progress)));
            }
            List<Played> complete = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                @Nullable RunReport report = running.get(i).get();
                if (report != null) complete.add(new Played(i, report));
            }
            return complete;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a run", e);
        } catch (ExecutionException e) {
            throw new IllegalStateException("a run failed", e.getCause());
        } finally {
            pool.shutdownNow();
        }
    }

    private @Nullable RunReport play(SimulationPlan plan, int number, RunProgress progress) {
        if (progress.interrupted()) return null;
        MiWorld world = new MiWorld(plan, new RandomStreams(seed).replication(number));
        Simulation simulation = new Simulation(world);
        return progress.run(simulation, plan.until(), false) ? world.report(simulation) : null;
    }

    private Map<String, Object> members(
            List<Played> runs, boolean compared, List<Played> others, Map<Long, FigureCheck> checks) {
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("schema", "mipath.replications/1");
        members.put("seed", seed);
        members.put("replications", count);
        members.put("complete", runs.size());
        members.put(
                "fingerprints",
                runs.stream().map(run -> run.report.fingerprint()).toList());
        members.put("figures", Replicated.of(reports(runs)).members());
        if (compared) members.put("difference", difference(runs, others).members());
        List<Object> failed = new ArrayList<>();
        checks.forEach((of, check) -> {
            if (check.holds()) return;
            Map<String, Object> each = new LinkedHashMap<>();
            each.put("seed", of);
            check.addTo(each);
            failed.add(each);
        });
        if (!failed.isEmpty()) members.put("failed", failed);
        return members;
    }

    private String text(List<Played> runs, boolean compared, List<Played> others, Map<Long, FigureCheck> checks) {
        StringBuilder text = new StringBuilder();
        text.append(runs.size() == count ? "" : runs.size() + " of ");
        text.append(count).append(count == 1 ? " run" : " replications");
        text.append(runs.size() == count ? "" : " complete,");
        text.append(" from seed ").append(seed);
        text.append(meaning(runs.size())).append('\n');
        text.append(Replicated.of(reports(runs)).text(false));
        checks.forEach((of, check) -> {
            if (check.holds()) return;
            text.append("not as expected with seed ").append(of).append('\n');
            text.append(check.text(terminal.ink()));
        });
        if (!compared) return text.toString();
        text.append("the other minus this, run by run with the same chances");
        int pairs = pairs(runs, others).size();
        if (pairs < count) text.append("; ").append(pairs + " of " + count + " complete");
        String differs = difference(runs, others).text(true);
        return text.append('\n')
                .append(differs.isEmpty() ? "  nothing differs\n" : differs)
                .toString();
    }

    private static String meaning(int complete) {
        if (complete > 1) return ", mean ± half of the 95 % interval";
        return complete == 1 ? " (take --replications N for an interval)" : "";
    }

    private static List<RunReport> reports(List<Played> runs) {
        return runs.stream().map(Played::report).toList();
    }

    /** The runs of the plan whose partner is complete too. */
    private static List<Played> pairs(List<Played> runs, List<Played> others) {
        List<Integer> numbers = others.stream().map(Played::number).toList();
        return runs.stream().filter(run -> numbers.contains(run.number)).toList();
    }

    private static Replicated difference(List<Played> runs, List<Played> others) {
        return Replicated.difference(reports(pairs(others, runs)), reports(pairs(runs, others)));
    }
}
