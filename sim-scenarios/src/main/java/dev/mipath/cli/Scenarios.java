package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.RunSummary;
import dev.mipath.explain.RunText;
import dev.mipath.explain.Safe;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TopologyDocument;
import dev.mipath.format.TopologyYaml;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code mipath scenarios}: the built-in situations. */
final class Scenarios implements Subcommand {
    /** The run that a scenario's figures are of. */
    private static final long SEED = 1;

    @Override
    public Syntax syntax() {
        return Syntax.of("scenarios", "List, show, run or export the built-in situations.")
                .with(Positional.one("ACTION", "list, show, run or export."))
                .with(Positional.optional("NAME", "The scenario; `run` also takes a topology file of yours."))
                .with(Positional.optional("DIR", "The folder that `export` writes to."))
                .with(Option.flag("--force", "Let `export` replace files that are there."), Answers.FORMAT)
                .footer("list            names and lessons"
                        + "\nshow NAME       the story"
                        + "\nrun NAME        asks the questions under `expect:` and compares the answers; plays what has a `workload:`"
                        + "\nexport NAME DIR writes topology.yaml and story.md");
    }

    @Override
    public int run(Arguments arguments, Terminal terminal) throws IOException {
        String action = arguments.get("ACTION");
        @Nullable String name = arguments.find("NAME");
        if (action.equals("list")) return list(arguments, terminal);
        if (name == null && List.of("show", "run", "export").contains(action)) {
            throw new UsageException("`scenarios " + action + "` needs a NAME (`mipath scenarios list` names them)");
        }
        return switch (action) {
            case "show" -> show(String.valueOf(name), terminal);
            case "run" -> ask(String.valueOf(name), arguments, terminal);
            case "export" -> export(String.valueOf(name), arguments, terminal);
            default -> throw new UsageException("`" + Safe.text(action) + "` is not one of list, show, run, export");
        };
    }

    private static int list(Arguments arguments, Terminal terminal) {
        if (Answers.json(arguments)) {
            List<Object> all = new ArrayList<>();
            for (Scenario scenario : ScenarioLibrary.all()) {
                Map<String, Object> members = new LinkedHashMap<>();
                members.put("name", scenario.name());
                members.put("title", scenario.title());
                members.put("kind", scenario.kind().text());
                members.put("lesson", scenario.lesson());
                all.add(members);
            }
            terminal.out().println(JsonText.page(all));
            return ExitCode.YES;
        }
        for (Scenario scenario : ScenarioLibrary.all()) {
            terminal.out().println(scenario.name() + "  " + scenario.title());
            terminal.out().println("    " + scenario.lesson());
        }
        return ExitCode.YES;
    }

    private static int show(String name, Terminal terminal) {
        terminal.out().println(Sources.scenario(name).story().stripTrailing());
        return ExitCode.YES;
    }

    private static int ask(String name, Arguments arguments, Terminal terminal) throws IOException {
        boolean builtIn = ScenarioLibrary.named(name).isPresent() || !Files.exists(Path.of(name));
        if (builtIn && looksLikeFile(name)) {
            throw new UsageException("there is neither a scenario nor a file `" + Safe.text(name)
                    + "` (`mipath scenarios list` names the scenarios)");
        }
        if (!builtIn && !Files.isRegularFile(Path.of(name))) {
            throw new UsageException("`" + Safe.text(name) + "` is a folder (give a topology file with `expect:`)");
        }
        TopologyDocument document = builtIn ? Sources.scenario(name).read() : document(name);
        @Nullable TimeScript time = document.time();
        if (time != null && SimulationPlans.isPlayed(time)) return play(name, document, time, arguments, terminal);
        ExpectationRun run = new ExpectationRun(document);
        if (Answers.json(arguments)) terminal.out().println(JsonText.page(run.members(name)));
        else terminal.out().print(run.text(terminal.ink()));
        return run.holds() ? ExitCode.YES : ExitCode.NO;
    }

    /** Plays a situation in time from seed 1, and asks its questions, where it has any, of the network at the start. */
    private static int play(
            String name, TopologyDocument document, TimeScript time, Arguments arguments, Terminal terminal) {
        ExpectationRun run = new ExpectationRun(document);
        CompileOptions options = CompileOptions.DEFAULTS.with(
                Eras.choose(Eras.AUTO, document.topology()).era());
        SimulationPlan plan =
                SimulationPlans.of(Sources.Read.of(document), options, null).plan();
        try (RunProgress progress = new RunProgress(terminal)) {
            MiWorld world = new MiWorld(plan, new RandomStreams(SEED));
            Simulation simulation = new Simulation(world);
            progress.run(simulation, plan.until(), true);
            if (progress.interrupted()) return ExitCode.NO;
            RunReport report = world.report(simulation);
            FigureCheck check = new FigureCheck(time, report);
            if (Answers.json(arguments)) {
                Map<String, Object> members = run.members(name);
                check.addTo(members);
                members.put("holds", run.holds() && check.holds());
                terminal.out().println(JsonText.page(members));
            } else {
                if (!document.expect().isEmpty()) terminal.out().print(run.text(terminal.ink()));
                terminal.out().print(RunText.of(SEED, report, terminal.ink()));
                terminal.out().print(check.text(terminal.ink()));
                terminal.out().print(check.sum());
            }
            if (!run.holds() || !check.holds()) return ExitCode.NO;
            // Figures that hold are the answer; where none is expected the run itself is, and may not know.
            return time.expect().isEmpty() ? Simulate.exit(RunSummary.undetermined(report), terminal) : ExitCode.YES;
        }
    }

    private static TopologyDocument document(String file) throws IOException {
        byte[] content = Files.readAllBytes(Path.of(file));
        if (!new String(content, StandardCharsets.UTF_8).contains(TopologyYaml.KEY)) {
            throw new UsageException("`" + Safe.text(file) + "` is no topology file of MiPath, only those hold"
                    + " questions (`mipath import` makes one of Azure's files; write `expect:` into it)");
        }
        return TopologyYaml.read(file, content);
    }

    private static boolean looksLikeFile(String name) {
        return ScenarioLibrary.named(name).isEmpty() && (name.indexOf('/') >= 0 || name.indexOf('.') >= 0);
    }

    private static int export(String name, Arguments arguments, Terminal terminal) throws IOException {
        @Nullable String folder = arguments.find("DIR");
        if (folder == null) throw new UsageException("`scenarios export NAME` needs a DIR to write to");
        try {
            Sources.scenario(name).export(Path.of(folder), arguments.has("--force"));
        } catch (FileAlreadyExistsException e) {
            throw new UsageException("`" + Safe.text(e.getFile()) + "` is there already (--force replaces it)");
        }
        terminal.note("wrote topology.yaml and story.md to " + Safe.text(folder));
        return ExitCode.YES;
    }
}
