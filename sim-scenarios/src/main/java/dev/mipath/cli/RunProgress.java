package dev.mipath.cli;

import dev.mipath.engine.Simulation;
import dev.mipath.engine.Stop;
import dev.mipath.explain.RunText;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Runs simulations to their end, says how far they are, and ends them early when the user interrupts: then the process
 * waits until what came of them so far is printed, which {@link #close} says.
 */
final class RunProgress implements AutoCloseable {
    private static final long STRIDE = 1 << 16;
    private static final long SAY_EVERY_NANOS = 500_000_000;
    private static final long LAST_WORDS_SECONDS = 30;

    private final Terminal terminal;
    private final CountDownLatch told = new CountDownLatch(1);
    private final Thread hook = new Thread(this::interrupt, "interrupted");
    private volatile boolean interrupted;

    RunProgress(Terminal terminal) {
        this.terminal = terminal;
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Whether the user wants no more. */
    boolean interrupted() {
        return interrupted;
    }

    /** Runs one simulation, and tells whether it came to its end; of several at a time none is watched. */
    boolean run(Simulation simulation, long until, boolean alone) {
        long begun = System.nanoTime();
        long said = begun;
        boolean watched = alone && terminal.watched();
        Stop stop = Stop.STEPS;
        while (stop == Stop.STEPS && !interrupted) {
            stop = simulation.step(STRIDE, until);
            long now = System.nanoTime();
            if (!watched || now - said < SAY_EVERY_NANOS) continue;
            said = now;
            terminal.progress(words(simulation, until, now - begun));
        }
        if (watched) terminal.progress("");
        boolean whole = stop != Stop.STEPS;
        if (whole) simulation.runUntil(until);
        if (!alone) return whole;
        if (!whole) {
            terminal.note("interrupted at " + RunText.time(simulation.now()) + "; this is what came of it so far");
        }
        long took = Math.max(1, System.nanoTime() - begun);
        // Counted as the report and the file of events count them.
        long events = simulation.log().records();
        terminal.note(String.format(
                Locale.ROOT, "%d events in %.2f s: %.0f a second", events, took / 1e9, events * 1e9 / took));
        return whole;
    }

    private static String words(Simulation simulation, long until, long took) {
        long events = simulation.log().records();
        double share = simulation.now() / (double) until;
        return String.format(
                Locale.ROOT,
                "%s of %s, %d events, %.1f million a second, %.0f s to go",
                RunText.time(simulation.now()),
                RunText.time(until),
                events,
                events * 1e3 / took,
                share > 0 ? took / 1e9 * (1 - share) / share : 0);
    }

    private void interrupt() {
        interrupted = true;
        try {
            if (!told.await(LAST_WORDS_SECONDS, TimeUnit.SECONDS)) terminal.error("the run does not end in time");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        terminal.out().flush();
        told.countDown();
        if (!interrupted) Runtime.getRuntime().removeShutdownHook(hook);
    }
}
