package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.engine.EventSink;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.RunHtml;
import dev.mipath.explain.RunSeries;
import dev.mipath.explain.RunSummary;
import dev.mipath.explain.RunText;
import dev.mipath.format.Durations;
import dev.mipath.format.TopologyDocument;
import dev.mipath.format.TopologyYaml;
import dev.mipath.library.Scenario;
import dev.mipath.profile.Era;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mipath simulate}: what clients, gateways and the management plane live through over time. */
final class Simulate implements Subcommand {
    @Override
    public Syntax syntax() {
        Syntax syntax = Syntax.of("simulate", "Play a scenario in virtual time and tell what came of it.")
                .with(
                        Option.number("--seed", "N", "Chooses all that is left to chance; the same seed, the same run.")
                                .or("1"),
                        Option.text("--until", "TIME", "When the run ends, such as 60s; the input says it otherwise."),
                        Option.file("--events", "FILE", "Write every event as a line of JSON."),
                        Option.file("--pcap", "FILE", "Write what the clients send and get as a pcapng capture."),
                        Option.file("--report", "FILE", "Write one HTML page with plots."),
                        Option.text("--compare", "OTHER", "Also play this file or scenario, and tell what differs."),
                        Option.number("--replications", "N", "Play so many times, each with other chances.")
                                .or("1"),
                        Option.number("--threads", "N", "Play so many at the same time.")
                                .or("1"),
                        Answers.FORMAT);
        return Sources.compiledIn(syntax);
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        long seed = arguments.number("--seed", 0, Long.MAX_VALUE);
        Sources.Read read = Sources.read(arguments, terminal);
        SimulationPlan plan = plan(read, arguments);
        int replications = (int) arguments.number("--replications", 1, 10_000);
        @Nullable String other = arguments.find("--compare");
        if (replications > 1 || other != null) {
            for (String option : new String[] {"--events", "--pcap", "--report"}) {
                if (!arguments.has(option)) continue;
                throw new UsageException(option + " tells of one run (take --replications and --compare out)");
            }
            int threads = (int) arguments.number("--threads", 1, 256);
            @Nullable SimulationPlan compared = other == null ? null : other(other, arguments);
            return new Replications(replications, seed, threads, terminal)
                    .print(plan, compared, Answers.json(arguments));
        }
        try (RunProgress progress = new RunProgress(terminal)) {
            MiWorld world = new MiWorld(plan, new RandomStreams(seed));
            RunReport report = play(world, plan, seed, arguments, progress);
            FigureCheck check = new FigureCheck(progress.interrupted() ? null : read.time(), report);
            print(report, check, seed, arguments, terminal);
            if (check.holds()) return ExitCode.YES;
            terminal.note("replay: mipath simulate " + String.join(" ", arguments.list(Sources.LABEL)) + " --seed "
                    + seed + " --until " + Durations.print(plan.until()));
            return ExitCode.NO;
        }
    }

    private static void print(RunReport report, FigureCheck check, long seed, Arguments arguments, Terminal terminal) {
        if (Answers.json(arguments)) {
            Map<String, Object> members = RunSummary.members(seed, report);
            check.addTo(members);
            terminal.out().println(JsonText.page(members));
        } else {
            terminal.out().print(RunText.of(seed, report, terminal.ink()));
            terminal.out().print(check.text(terminal.ink()));
        }
    }

    /** The plan of the other variant: a file or a scenario. */
    private static SimulationPlan other(String source, Arguments arguments) throws IOException {
        TopologyDocument document = source.startsWith(Scenario.PREFIX)
                ? Sources.scenario(source).read()
                : TopologyYaml.read(source, Files.readAllBytes(Path.of(source)));
        return plan(Sources.Read.of(document), arguments);
    }

    private static SimulationPlan plan(Sources.Read read, Arguments arguments) {
        Era era = Eras.choose(arguments.get("--profile"), read.topology()).era();
        CompileOptions options = Sources.options(read, arguments).with(era);
        return SimulationPlans.of(read, options, until(arguments));
    }

    /** Plays, and writes the files that were asked for. */
    private static RunReport play(
            MiWorld world, SimulationPlan plan, long seed, Arguments arguments, RunProgress progress)
            throws IOException {
        @Nullable String page = arguments.find("--report");
        if (page == null) return play(world, EventSink.NONE, plan, arguments, progress);
        RunSeries series = new RunSeries(plan.until());
        RunReport report = play(world, series, plan, arguments, progress);
        String title = String.join(" ", arguments.list(Sources.LABEL));
        Files.writeString(Path.of(page), RunHtml.of(title, seed, report, series));
        return report;
    }

    private static RunReport play(
            MiWorld world, EventSink sink, SimulationPlan plan, Arguments arguments, RunProgress progress)
            throws IOException {
        @Nullable String capture = arguments.find("--pcap");
        if (capture == null) return playTold(world, sink, plan, arguments, progress);
        try (CaptureFile file = new CaptureFile(Path.of(capture), plan.settings())) {
            world.tellPackets(file.sink());
            RunReport report = playTold(world, sink, plan, arguments, progress);
            file.finish();
            return report;
        }
    }

    private static RunReport playTold(
            MiWorld world, EventSink sink, SimulationPlan plan, Arguments arguments, RunProgress progress)
            throws IOException {
        @Nullable String events = arguments.find("--events");
        if (events == null) return play(world, sink, plan, progress);
        try (EventLines lines = new EventLines(Path.of(events), world)) {
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
