package dev.mipath.cli;

import dev.mipath.explain.JsonText;
import dev.mipath.explain.SwarmText;
import dev.mipath.swarm.SwarmRun;
import dev.mipath.swarm.SwarmScene;
import dev.mipath.swarm.SwarmWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Plays many worlds of faults, each of its own seed, and tells which laws they broke. */
final class Swarm {
    static final String OPTION = "--swarm";
    private static final int WORLDS_MAX = 1_000_000;

    private final long seed;
    private final int worlds;
    private final Arguments arguments;
    private final Terminal terminal;
    private final AtomicInteger done = new AtomicInteger();

    Swarm(long seed, Arguments arguments, Terminal terminal) {
        this.seed = seed;
        this.worlds = (int) arguments.number(OPTION, 1, WORLDS_MAX);
        this.arguments = arguments;
        this.terminal = terminal;
        List<String> others = new ArrayList<>(RunFiles.OPTIONS);
        others.add("--compare");
        if (arguments.number("--replications", 1, 10_000) > 1) others.add("--replications");
        for (String option : others) {
            if (!arguments.has(option)) continue;
            throw new UsageException(option + " is not for many worlds (take " + OPTION + " or " + option + " out)");
        }
    }

    /** Prints what came of worlds around a scene, or of worlds drawn whole where there is none. */
    int print(@Nullable SwarmScene scene) {
        int threads = (int) arguments.number("--threads", 1, 256);
        try (RunProgress progress = new RunProgress(terminal)) {
            List<SwarmRun> runs = play(scene, threads, progress);
            if (terminal.watched()) terminal.progress("");
            if (progress.interrupted()) terminal.note("interrupted; this is what came of the worlds that are complete");
            SwarmText told = new SwarmText(seed, worlds, runs);
            if (Answers.json(arguments)) terminal.out().println(JsonText.page(told.members()));
            else terminal.out().print(told.text(terminal.ink()));
            boolean holds = true;
            for (SwarmRun run : runs) {
                if (run.holds()) continue;
                holds = false;
                terminal.error("replay: " + Replay.ofWorld(arguments, run.seed()));
            }
            return holds ? ExitCode.YES : ExitCode.NO;
        }
    }

    /** The worlds that came to their end. */
    private List<SwarmRun> play(@Nullable SwarmScene scene, int threads, RunProgress progress) {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<@Nullable SwarmRun>> running = new ArrayList<>();
            for (int i = 0; i < worlds; i++) {
                long of = seed + i;
                running.add(pool.submit(() -> play(scene, of, progress)));
            }
            List<SwarmRun> complete = new ArrayList<>();
            for (Future<@Nullable SwarmRun> each : running) {
                @Nullable SwarmRun run = each.get();
                if (run != null) complete.add(run);
            }
            return complete;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("nobody interrupts a swarm", e);
        } catch (ExecutionException e) {
            // The message of the cause names the seed.
            Throwable cause = e.getCause() == null ? e : e.getCause();
            throw new IllegalStateException(String.valueOf(cause.getMessage()), cause);
        } finally {
            pool.shutdownNow();
        }
    }

    private @Nullable SwarmRun play(@Nullable SwarmScene scene, long of, RunProgress progress) {
        if (progress.interrupted()) return null;
        try {
            SwarmWorld world = scene == null ? SwarmWorld.drawn(of) : SwarmWorld.around(scene, of);
            if (!progress.run(world.simulation(), world.until(), false)) return null;
            SwarmRun run = world.judge();
            if (terminal.watched()) terminal.progress(done.incrementAndGet() + " of " + worlds + " worlds");
            return run;
        } catch (RuntimeException | OutOfMemoryError e) {
            terminal.error("replay: " + Replay.ofWorld(arguments, of));
            throw new IllegalStateException("the world of seed " + of + " failed", e);
        }
    }
}
