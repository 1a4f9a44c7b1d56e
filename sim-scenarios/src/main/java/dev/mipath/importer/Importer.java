package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.Ask;
import dev.mipath.format.Expectation;
import dev.mipath.format.InputException;
import dev.mipath.format.MissingReferences;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.format.TimeScript;
import dev.mipath.format.TopologyDocument;
import dev.mipath.format.TopologyYaml;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads all sources into one topology. */
public final class Importer {
    static final String SCENARIO = "scenario:";

    private final ImportRequest request;
    private final Problems problems = new Problems();
    private final Notices notices = new Notices();
    private final Facts facts = new Facts(problems);
    private final ResourceReader resources = new ResourceReader(problems, notices);
    private final Templates templates;
    private final List<ServiceTagList> serviceTags = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final List<Imported.Skipped> skipped = new ArrayList<>();
    private final List<Expectation> expect = new ArrayList<>();
    private final Set<String> used = new HashSet<>();
    private @Nullable Ask ask;
    private @Nullable TimeScript time;

    private Importer(ImportRequest request) {
        this.request = request;
        templates = new Templates(request, problems, notices);
    }

    /**
     * Imports what the request names.
     *
     * @throws InputException with everything that is wrong with the input
     */
    public static Imported read(ImportRequest request) {
        Importer importer = new Importer(request);
        try {
            return importer.run();
        } catch (StackOverflowError e) {
            // Variables of a template can nest each other deeper than any document may; no real template does.
            importer.problems.add(
                    new Place(String.join(" ", request.sources()), 0, ""),
                    "the values of the input are nested too deeply",
                    "give the deployed resources instead (`az network vnet list -o json`)");
            throw new InputException(importer.problems.list());
        }
    }

    private Imported run() {
        for (String source : request.sources()) {
            if (source.startsWith(SCENARIO)) scenario(source);
        }
        for (SourceFiles.SourceFile file : SourceFiles.read(request, skipped, problems)) {
            Problems found = new Problems();
            Shape shape = DocumentReader.read(file, found);
            problems.addAll(found.list());
            take(file, shape, !found.isEmpty());
        }
        for (Resource resource : templates.evaluate(skipped)) resources.read(resource, facts);
        checkStated();
        Topology topology = facts.topology(notices);
        problems.throwIfAny();
        return new Imported(
                topology,
                ask,
                ImmutableList.copyOf(expect),
                time,
                ImmutableList.copyOf(serviceTags),
                ImmutableList.copyOf(notes),
                ImmutableList.copyOf(skipped));
    }

    private void scenario(String source) {
        Optional<TopologyDocument> scenario = request.scenarios().apply(source.substring(SCENARIO.length()));
        if (scenario.isPresent()) {
            own(scenario.get());
        } else {
            problems.add(new Place(source, 0, ""), "there is no such scenario", "see `scenarios list`");
        }
    }

    private void take(SourceFiles.SourceFile file, Shape shape, boolean broken) {
        if (shape instanceof Shape.Template it) {
            templates.addTemplate(file, it.root());
        } else if (shape instanceof Shape.Parameters it) {
            templates.addParameters(file, it.root());
        } else if (shape instanceof Shape.Terraform it) {
            TerraformReader.read(it.root(), problems, notices).forEach(resource -> resources.read(resource, facts));
        } else if (shape instanceof Shape.Resources it) {
            it.items().forEach(item -> resource(file, item));
        } else if (shape instanceof Shape.EffectiveRules it) {
            EffectiveReader reader = new EffectiveReader(problems, notices);
            it.entries().forEach(entry -> reader.rules(entry).forEach(facts::add));
        } else if (shape instanceof Shape.EffectiveRoutes it) {
            facts.add(stated(file, new EffectiveReader(problems, notices).routes(it.answer(), it.rows())));
        } else if (shape instanceof Shape.GroupRules it) {
            it.associations().forEach(entry -> GroupView.read(entry, facts, problems, notices));
        } else if (shape instanceof Shape.Tags it) {
            serviceTags.add(ServiceTagList.read(it.root(), problems));
        } else if (shape instanceof Shape.Ours it) {
            TopologyDocument read = TopologyYaml.read(it.root(), problems);
            if (read != null) own(read);
        } else if (shape instanceof Shape.Several it) {
            it.parts().forEach(part -> take(file, part, broken));
        } else if (shape instanceof Shape.Stray it) {
            problems.add(
                    it.item().place(),
                    "an entry of the list is " + Fields.kind(it.item()) + ", not an object",
                    "take it out, or save the answer again");
        } else if (shape instanceof Shape.Refused it) {
            passOver(file, "this is " + it.what(), it.remedy());
        } else if (!broken) {
            passOver(file, "neither JSON nor YAML of a known shape", "see the list of inputs in docs/cli.md");
        }
    }

    /** The answer with the NIC that the request says it is of. */
    private EffectiveRouteTable stated(SourceFiles.SourceFile file, EffectiveRouteTable answer) {
        EffectiveRouteTable told = answer;
        for (Map.Entry<String, String> entry : request.effectiveOf().entrySet()) {
            if (!file.isCalled(entry.getKey())) continue;
            used.add(entry.getKey());
            ResourceId asked = new ResourceId(entry.getValue());
            @Nullable ResourceId own = told.networkInterface();
            if (own != null && !own.name().equalsIgnoreCase(asked.name())) {
                problems.add(
                        answer.place(),
                        "the answer is of NIC " + Printable.quoted(own.name()) + ", and --effective-of says "
                                + Printable.quoted(asked.name()),
                        "correct --effective-of, or leave it out");
            }
            if (own == null) told = told.of(asked);
        }
        return told;
    }

    private void checkStated() {
        for (String file : request.effectiveOf().keySet()) {
            if (used.contains(file)) continue;
            problems.add(
                    new Place("--effective-of", 0, ""),
                    Printable.quoted(file) + " is no effective route answer of the input",
                    "name a source, as in `--effective-of FILE=NIC`");
        }
    }

    private void own(TopologyDocument document) {
        facts.addAll(document.topology(), notices);
        if (ask == null) ask = document.ask();
        expect.addAll(document.expect());
        if (time == null) time = document.time();
    }

    private void resource(SourceFiles.SourceFile file, Node.Obj body) {
        String type = Recognizer.typeOf(body);
        if (type == null) return;
        String name = identity("name", body.get("name"));
        String id = identity("id", Recognizer.idOf(body));
        if (id.isEmpty()) id = name;
        if (ResourceReader.reads(type)) {
            if (id.isEmpty()) problems.add(body.place(), "a resource has neither `id` nor `name`", "give it its `id`");
            else if (ResourceReader.isBare(body, type)) noticeBare(new ResourceId(id), body);
            else resources.read(new Resource(new ResourceId(id), type, body, true), facts);
        } else {
            String called = name.isEmpty() ? id : name;
            boolean told = ResourceReader.noticeUnmodelled(type, called, body.place(), notices);
            if (!told && file.named()) {
                notes.add(Printable.text(
                        file.name() + ": `" + called + "` of type `" + type + "` holds nothing that an answer needs"));
            }
        }
    }

    /** The member as a text, empty when it is absent; anything else is a problem. */
    private String identity(String member, @Nullable Node node) {
        if (node == null || node instanceof Node.Null) return "";
        if (node instanceof Node.Str text) return text.text();
        problems.add(node.place(), "`" + member + "` is " + Fields.kind(node) + ", not a text", "write it in quotes");
        return "";
    }

    /** Lists of all resources hold their names only; a group without its rules must not pass for an empty one. */
    private void noticeBare(ResourceId id, Node.Obj body) {
        notices.add(
                MissingReferences.CODE,
                body.place(),
                "this says no more than the name of " + MissingReferences.notInInput(id));
    }

    /** A file nobody can use is an error when the user named it, and a note when it merely lay in a folder. */
    private void passOver(SourceFiles.SourceFile file, String what, String remedy) {
        if (file.named()) problems.add(file.place(), what, remedy);
        else skipped.add(new Imported.Skipped(Printable.text(file.name()), Printable.text(what)));
    }
}
