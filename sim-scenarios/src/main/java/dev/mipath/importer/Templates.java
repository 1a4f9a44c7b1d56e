package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The templates of an import with the parameters files that belong to them.
 *
 * <p>A parameters file belongs to the template in its folder that declares all its names. Where several could be meant
 * nothing is guessed: the user says which with {@code --parameters TEMPLATE=FILE}.
 */
final class Templates {
    private static final String SETTLE = "say which with `--parameters TEMPLATE=FILE`";

    /** A document and the file it was read from; each is itself, whatever it says. */
    private static final class Read {
        private final SourceFiles.SourceFile file;
        private final Node.Obj root;

        Read(SourceFiles.SourceFile file, Node.Obj root) {
            this.file = file;
            this.root = root;
        }

        SourceFiles.SourceFile file() {
            return file;
        }

        Node.Obj root() {
            return root;
        }
    }

    private final ImportRequest request;
    private final Problems problems;
    private final Notices notices;
    private final List<Read> templates = new ArrayList<>();
    private final List<Read> parameters = new ArrayList<>();

    Templates(ImportRequest request, Problems problems, Notices notices) {
        this.request = request;
        this.problems = problems;
        this.notices = notices;
    }

    void addTemplate(SourceFiles.SourceFile file, Node.Obj root) {
        templates.add(new Read(file, root));
    }

    void addParameters(SourceFiles.SourceFile file, Node.Obj root) {
        parameters.add(new Read(file, root));
    }

    /** The resources of all templates; told are the parameters files that were passed over. */
    ImmutableList<Resource> evaluate(List<Imported.Skipped> skipped) {
        checkArguments();
        Map<Read, List<Read>> files = paired(skipped);
        ArmLinks links = new ArmLinks();
        for (Read template : templates) links.add(template.file(), template.root());
        Map<Read, ArmRun> runs = new LinkedHashMap<>();
        for (Read template : templates) {
            List<Read> own = files.getOrDefault(template, List.of());
            if (own.size() > 1) {
                problems.add(
                        template.file().place(),
                        "several parameters files could belong to this template: " + names(own),
                        SETTLE);
                continue;
            }
            Map<String, Node> given = new LinkedHashMap<>();
            for (Read file : own) given.putAll(ArmParameters.ofFile(file.root(), problems));
            request.parameters().forEach((name, value) -> {
                if (declared(template).contains(key(name))) {
                    given.put(key(name), ArmParameters.ofArgument(template.root(), name, value));
                }
            });
            ArmRun run = new ArmRun(new Problems(), new Notices(), links);
            ArmTemplate.evaluate(template.root(), given, run);
            runs.put(template, run);
        }
        ImmutableList.Builder<Resource> resources = ImmutableList.builder();
        runs.forEach((template, run) -> {
            // A template that another one deploys is no network of its own; its parameters come from there.
            if (links.isLinked(template.root()) && !run.isCircular()) return;
            resources.addAll(run.found());
            problems.addAll(run.problems().list());
            notices.addAll(run.notices().list());
        });
        return resources.build();
    }

    private void checkArguments() {
        for (String name : request.parameters().keySet()) {
            if (templates.stream().noneMatch(template -> declared(template).contains(key(name)))) {
                problems.add(
                        new Place("--parameter " + name, 0, ""),
                        "no template of the input declares a parameter " + Printable.quoted(name),
                        "repair the name");
            }
        }
        request.parametersFiles().forEach((template, file) -> {
            checkNamed(template, templates, "template");
            checkNamed(file, parameters, "parameters file");
        });
    }

    private void checkNamed(String name, List<Read> among, String what) {
        if (among.stream().noneMatch(read -> isNamed(read, name))) {
            problems.add(
                    new Place("--parameters", 0, ""),
                    Printable.quoted(name) + " is no " + what + " of the input",
                    "name a source, as in `--parameters TEMPLATE=FILE`");
        }
    }

    private static boolean isNamed(Read read, String name) {
        return read.file().isCalled(name);
    }

    private Map<Read, List<Read>> paired(List<Imported.Skipped> skipped) {
        Map<Read, List<Read>> files = new LinkedHashMap<>();
        for (Read file : parameters) {
            List<Read> candidates = settled(file);
            if (candidates.isEmpty()) candidates = candidates(file);
            if (candidates.size() == 1) {
                files.computeIfAbsent(candidates.get(0), template -> new ArrayList<>())
                        .add(file);
            } else if (candidates.size() > 1) {
                problems.add(
                        file.file().place(),
                        "these parameters could belong to several templates: " + names(candidates),
                        SETTLE);
            } else if (file.file().named()) {
                problems.add(
                        file.file().place(),
                        "a parameters file, and no template of the input declares all its names",
                        "name its template too");
            } else {
                skipped.add(new Imported.Skipped(
                        Printable.text(file.file().name()), "a parameters file for no template of the input"));
            }
        }
        // What the command line settles for a template ends the search for it.
        for (Map.Entry<Read, List<Read>> entry : files.entrySet()) {
            List<Read> settled = entry.getValue().stream()
                    .filter(file -> settled(file).contains(entry.getKey()))
                    .toList();
            if (!settled.isEmpty()) entry.setValue(settled);
        }
        return files;
    }

    /** The templates that the command line gives the file to. */
    private List<Read> settled(Read file) {
        Set<Read> settled = new HashSet<>();
        request.parametersFiles().forEach((template, named) -> {
            if (isNamed(file, named))
                templates.stream().filter(read -> isNamed(read, template)).forEach(settled::add);
        });
        return List.copyOf(settled);
    }

    private List<Read> candidates(Read file) {
        Set<String> names = new HashSet<>();
        if (file.root().get("parameters") instanceof Node.Obj object) {
            for (Node.Member member : object.members()) names.add(key(member.name()));
        }
        return templates.stream()
                .filter(template -> template.file().folder().equals(file.file().folder()))
                .filter(template -> declared(template).containsAll(names))
                .toList();
    }

    private static Set<String> declared(Read template) {
        return ArmNames.declared(template.root()).stream().map(Templates::key).collect(Collectors.toSet());
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static String names(List<Read> files) {
        return files.stream().map(read -> Printable.quoted(read.file().name())).collect(Collectors.joining(", "));
    }
}
