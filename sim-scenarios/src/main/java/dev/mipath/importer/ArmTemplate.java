package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The resources a deployment template declares, evaluated.
 *
 * <p>Models: "Understand the structure and syntax of ARM templates" (both forms of {@code resources}), resource loops,
 * conditions, child resources. Leaves out: nested and linked templates, functions the template defines itself, outputs,
 * {@code dependsOn} (order does not change what exists).
 */
final class ArmTemplate {
    /** Resources one template may declare: the platform's own limit. */
    private static final int RESOURCES_MAX = 800;

    private final ArmEvaluator evaluator;
    private final Problems problems;
    private final Notices notices;
    private final List<Resource> found = new ArrayList<>();
    private boolean overfull;

    private ArmTemplate(Node.Obj template, Map<String, Node> given, Problems problems, Notices notices) {
        this.problems = problems;
        this.notices = notices;
        evaluator = new ArmEvaluator(template, given, problems, notices);
    }

    /**
     * Evaluates a template.
     *
     * @param template the template as read
     * @param given values of parameters by lower-case name; others take their default or stay unknown
     */
    static ImmutableList<Resource> evaluate(
            Node.Obj template, Map<String, Node> given, Problems problems, Notices notices) {
        ArmTemplate evaluation = new ArmTemplate(template, given, problems, notices);
        try {
            evaluation.all(template.get("resources"), null);
        } catch (ArmFailure e) {
            problems.add(template.place(), e.problem(), e.remedy());
        }
        return ImmutableList.copyOf(evaluation.found);
    }

    /** The type and full name of the resource that children stand in. */
    private record Parent(String type, String name) {}

    private void all(@Nullable Node resources, @Nullable Parent parent) {
        if (resources instanceof Node.Arr array) {
            for (Node item : array.items()) one(item, parent);
        } else if (resources instanceof Node.Obj bySymbol) {
            for (Node.Member member : bySymbol.members()) one(member.value(), parent);
        } else if (resources != null) {
            problems.add(resources.place(), "`resources` is not a list", "write the resources in brackets");
        }
    }

    private void one(Node node, @Nullable Parent parent) {
        if (!(node instanceof Node.Obj raw)) {
            problems.add(node.place(), "a resource is not an object", "write it in braces");
            return;
        }
        // A resource that exists already is only named by the template, not declared.
        if (raw.get("existing") instanceof Node.Bool existing && existing.value()) return;
        if (!(raw.get("copy") instanceof Node.Obj loop)) {
            declare(raw, parent, true);
            return;
        }
        String name = evaluator.loopName(loop);
        for (Node index : evaluator.indexes(loop, "one resource that may exist stands for all of them")) {
            evaluator.inLoop(name, index, () -> {
                declare(raw, parent, !(index instanceof Node.Unknown));
                return index;
            });
        }
    }

    private void declare(Node.Obj raw, @Nullable Parent parent, boolean counted) {
        String type = text(raw, "type");
        if (type == null || overfull) return;
        if (parent != null && type.indexOf('.') < 0) type = parent.type() + "/" + type;
        if (Ascii.equalsIgnoreCase(type, "Microsoft.Resources/deployments")) {
            notices.add(
                    Notices.NESTED_TEMPLATE,
                    raw.place(),
                    "this deploys another template, which is not followed; what that template declares is missing here");
            return;
        }
        Node condition = raw.get("condition") == null ? null : evaluator.evaluate(required(raw, "condition"));
        if (condition instanceof Node.Bool bool && !bool.value()) return;
        boolean certain = counted && (condition == null || condition instanceof Node.Bool);
        String name = text(raw, "name");
        if (name == null) return;
        if (parent != null && !name.contains("/")) name = parent.name() + "/" + name;
        String id = ResourceTypes.id(Opaque.GROUP_ID, type, name);
        if (ResourceReader.reads(type)) add(raw, id, type, name, certain);
        else ResourceReader.noticeUnmodelled(type, name, raw.place(), notices);
        if (raw.get("resources") != null) all(raw.get("resources"), new Parent(type, name));
    }

    private void add(Node.Obj raw, @Nullable String id, String type, String name, boolean certain) {
        if (id == null) {
            problems.add(
                    raw.place(),
                    "the name " + Printable.quoted(name) + " has another number of parts than the type "
                            + Printable.quoted(type),
                    "name the parent too, as in `vnet/subnet`");
            return;
        }
        if (!certain) {
            notices.add(
                    Notices.CONDITION_UNKNOWN,
                    raw.place(),
                    "whether `" + Printable.text(name)
                            + "` exists depends on a value that is not given; it is taken to exist");
        }
        if (found.size() == RESOURCES_MAX) {
            overfull = true;
            problems.add(
                    raw.place(),
                    "the template declares more than " + RESOURCES_MAX + " resources",
                    "the platform refuses it too; split the template");
            return;
        }
        found.add(new Resource(new ResourceId(id), type, body(raw, type), certain));
    }

    /** The members that carry network facts. The rest may hold scripts and secrets that nobody needs evaluated. */
    private Node.Obj body(Node.Obj raw, String type) {
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        for (Node.Member member : raw.members()) {
            switch (Ascii.toLowerCase(member.name())) {
                case "name", "location", "sku" -> members.add(evaluated(member));
                case "properties" ->
                    members.add(
                            Ascii.equalsIgnoreCase(type, "Microsoft.Compute/virtualMachines")
                                    ? networkOnly(member)
                                    : evaluated(member));
                default -> {}
            }
        }
        return new Node.Obj(raw.place(), members.build());
    }

    private Node.Member networkOnly(Node.Member properties) {
        if (!(properties.value() instanceof Node.Obj object)) return evaluated(properties);
        ImmutableList<Node.Member> kept = object.members().stream()
                .filter(member -> member.name().equalsIgnoreCase("networkProfile"))
                .map(this::evaluated)
                .collect(ImmutableList.toImmutableList());
        return new Node.Member(properties.name(), properties.place(), new Node.Obj(object.place(), kept));
    }

    private Node.Member evaluated(Node.Member member) {
        return new Node.Member(member.name(), member.place(), evaluator.evaluate(member.value()));
    }

    private static Node required(Node.Obj object, String name) {
        Node node = object.get(name);
        return node == null ? new Node.Null(object.place()) : node;
    }

    private @Nullable String text(Node.Obj raw, String name) {
        Node node = raw.get(name);
        String text = node == null ? null : Opaque.text(evaluator.evaluate(node));
        if (node != null && text == null) {
            problems.add(node.place(), "`" + name + "` is " + Fields.kind(node) + ", not a text", "write it in quotes");
            return null;
        }
        if (node == null || text == null || text.isEmpty()) {
            Place place = node == null ? raw.place() : node.place();
            problems.add(place, "a resource has no `" + name + "`", "give it one");
            return null;
        }
        return text;
    }
}
