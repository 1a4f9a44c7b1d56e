package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.engine.EventSink;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.RunBasis;
import dev.mipath.explain.RunCapture;
import dev.mipath.explain.RunHtml;
import dev.mipath.explain.RunSeries;
import dev.mipath.explain.RunSummary;
import dev.mipath.explain.RunText;
import dev.mipath.format.Durations;
import dev.mipath.profile.Era;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mipath simulate}: what clients, gateways and the management plane live through over time. */
final class Simulate implements Subcommand {
    private static final long SECOND = 1_000_000_000L;

    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("simulate", "Play a scenario in virtual time and tell what came of it.")
                .with(
                        Option.number("--seed", "N", "Chooses all that is left to chance; the same seed, the same run.")
                                .or("1"),
                        Option.text("--until", "TIME", "When the run ends, such as 60s; the input says it otherwise."),
                        Option.file(RunFiles.EVENTS, "FILE", "Write every event as a line of JSON."),
                        Option.file(
                                RunFiles.CAPTURE, "FILE", "Write what the clients send and get as a pcapng capture."),
                        Option.file(RunFiles.PAGE, "FILE", "Write one HTML page with plots."),
                        Option.text("--compare", "OTHER", "Also play this file or scenario, and tell what differs."),
                        Option.number("--replications", "N", "Play so many times, each with other chances.")
                                .or("1"),
                        Option.number(
                                Swarm.OPTION,
                                "N",
                                "Play N worlds of random faults and hold them to laws; without SOURCE the networks are"
                                        + " random too."),
                        Option.number("--threads", "N", "Play so many at the same time.")
                                .or("1"),
                        Answers.FORMAT);
        return Sources.optionallyCompiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        long seed = arguments.number("--seed", Long.MIN_VALUE, Long.MAX_VALUE);
        RunFiles.check(arguments);
        if (arguments.has(Swarm.OPTION)) return swarm(seed, arguments, terminal);
        if (arguments.list(Sources.LABEL).isEmpty()) {
            throw new UsageException("SOURCE is missing (name a file, a folder or a scenario, or take " + Swarm.OPTION
                    + " N for random worlds)");
        }
        Sources.Read read = Sources.read(arguments, terminal);
        SimulationPlans.Planned planned = plan(read, arguments);
        SimulationPlan plan = planned.plan();
        int replications = (int) arguments.number("--replications", 1, 10_000);
        @Nullable String other = arguments.find("--compare");
        if (replications > 1 || other != null) {
            for (String option : RunFiles.OPTIONS) {
                if (!arguments.has(option)) continue;
                throw new UsageException(option + " tells of one run (take --replications and --compare out)");
            }
            int threads = (int) arguments.number("--threads", 1, 256);
            @Nullable
            SimulationPlan compared = other == null
                    ? null
                    : plan(Sources.read(List.of(other), arguments, terminal), arguments)
                            .plan();
            return new Replications(replications, seed, threads, arguments, terminal)
                    .print(planned, read.time(), compared);
        }
        try (RunFiles files = RunFiles.open(arguments);
                RunProgress progress = new RunProgress(terminal)) {
            MiWorld world = new MiWorld(plan, new RandomStreams(seed));
            @Nullable OutputFile page = files.of(RunFiles.PAGE);
            RunSeries series = new RunSeries(plan.until(), world::liveConnections);
            RunReport report = playSeen(world, page == null ? EventSink.NONE : series, plan, files, progress);
            FigureCheck check = new FigureCheck(progress.interrupted() ? null : read.time(), report);
            String replay = Replay.line(arguments, seed, plan.until());
            if (page != null) {
                String title = String.join(" ", arguments.list(Sources.LABEL));
                String html = RunHtml.of(title, seed, report, series, planned.basis(), check.shown(), replay);
                page.write(html.getBytes(StandardCharsets.UTF_8));
            }
            files.finish();
            print(report, check, planned.basis(), replay, seed, arguments, terminal);
            if (check.holds()) return exit(RunSummary.undetermined(report), terminal);
            // Also for whoever asked to be quiet: without it a failure cannot be looked into.
            terminal.error("replay: " + replay);
            return ExitCode.NO;
        }
    }

    private static int swarm(long seed, Arguments arguments, Terminal terminal) {
        Swarm swarm = new Swarm(seed, arguments, terminal);
        if (arguments.list(Sources.LABEL).isEmpty()) {
            if (arguments.has("--until"))
                throw new UsageException("--until is for a SOURCE (random worlds have a time)");
            return swarm.print(null);
        }
        Sources.Read read = Sources.read(arguments, terminal);
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        return swarm.print(SimulationPlans.scene(read, options, until(arguments)));
    }

    /** The exit code of a run that came out as expected. */
    static int exit(long undetermined, Terminal terminal) {
        if (undetermined == 0) return ExitCode.YES;
        terminal.note("it is not known how " + undetermined
                + " attempts end; `mipath trace` with the same ends says what is" + " missing");
        return ExitCode.UNDETERMINED;
    }

    private static void print(
            RunReport report,
            FigureCheck check,
            RunBasis basis,
            String replay,
            long seed,
            Arguments arguments,
            Terminal terminal) {
        if (Answers.json(arguments)) {
            Map<String, Object> members = RunSummary.members(seed, report);
            basis.addTo(members);
            check.addTo(members);
            if (!check.holds()) members.put("replay", replay);
            terminal.out().println(JsonText.page(members));
        } else {
            terminal.out().print(RunText.of(seed, report, terminal.ink()));
            terminal.out().print(check.text(terminal.ink()));
            terminal.out().print(basis.text(terminal.ink(), terminal.verbose()));
        }
    }

    private static SimulationPlans.Planned plan(Sources.Read read, Arguments arguments) {
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        return SimulationPlans.of(read, options, until(arguments));
    }

    /** Plays, and writes the files of what was seen that were asked for. */
    private static RunReport playSeen(
            MiWorld world, EventSink sink, SimulationPlan plan, RunFiles files, RunProgress progress)
            throws IOException {
        @Nullable OutputFile capture = files.of(RunFiles.CAPTURE);
        if (capture != null) {
            int nameSeconds = (int) (plan.settings().get(Setting.DNS_TTL) / SECOND);
            world.tellPackets(new RunCapture(capture, nameSeconds));
        }
        return playTold(world, sink, plan, files, progress);
    }

    private static RunReport playTold(
            MiWorld world, EventSink sink, SimulationPlan plan, RunFiles files, RunProgress progress)
            throws IOException {
        @Nullable OutputFile events = files.of(RunFiles.EVENTS);
        if (events == null) return play(world, sink, plan, progress);
        try (EventLines lines = new EventLines(events, world)) {
            EventSink both = (time, sequence, kind, element, connection, decision) -> {
                lines.accept(time, sequence, kind, element, connection, decision);
                sink.accept(time, sequence, kind, element, connection, decision);
            };
            return play(world, both, plan, progress);
        }
    }

    private static RunReport play(MiWorld world, EventSink sink, SimulationPlan plan, RunProgress progress) {
        Simulation simulation = new Simulation(world, sink);
        progress.run(simulation, plan.until(), true);
        return world.report(simulation);
    }

    private static @Nullable Long until(Arguments arguments) {
        @Nullable String text = arguments.find("--until");
        if (text == null) return null;
        try {
            long until = Durations.parse(text);
            if (until > 0) return until;
            throw new UsageException("--until 0 is no time to run");
        } catch (IllegalArgumentException e) {
            throw new UsageException("--until: " + e.getMessage() + " (" + Durations.REMEDY + ")");
        }
    }
}
