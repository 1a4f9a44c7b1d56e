package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The resources a deployment template declares, evaluated, those of the templates that it deploys among them.
 *
 * <p>Models: "Understand the structure and syntax of ARM templates" (both forms of {@code resources}, functions of the
 * template's own), resource loops, conditions, child resources, nested and linked templates. Leaves out: {@code dependsOn}
 * (order does not change what exists).
 */
final class ArmTemplate {
    /** Resources one template may declare: the platform's own limit. */
    private static final int RESOURCES_MAX = 800;

    private final Node.Obj template;
    private final ArmEvaluator evaluator;
    private final ArmScope scope;
    private final ArmRun run;
    private final Problems problems;
    private final Notices notices;
    private final int depth;

    /** The deployments by the objects they are written as, in the order of their copies. */
    private final IdentityHashMap<Node, List<ArmDeployment>> deployments = new IdentityHashMap<>();

    private boolean certain = true;
    private int declared;
    private boolean overfull;

    /**
     * A template that is still to be evaluated.
     *
     * @param evaluator evaluates its expressions: its own names, or those of the template that it stands in
     * @param scope where its resources go
     * @param depth how many templates are around it
     */
    ArmTemplate(Node.Obj template, ArmEvaluator evaluator, ArmScope scope, ArmRun run, int depth) {
        this.template = template;
        this.evaluator = evaluator;
        this.scope = scope;
        this.run = run;
        this.depth = depth;
        problems = run.problems();
        notices = run.notices();
    }

    /**
     * Evaluates a template and all that it deploys.
     *
     * @param template the template as read
     * @param given values of parameters by lower-case name; others take their default or stay unknown
     * @param run receives what is found
     */
    static void evaluate(Node.Obj template, Map<String, Node> given, ArmRun run) {
        ArmEvaluator evaluator = new ArmEvaluator(template, given, ArmScope.ANY, run);
        try {
            new ArmTemplate(template, evaluator, ArmScope.ANY, run, 0).declare(true);
        } catch (ArmFailure e) {
            run.problems().add(template.place(), e.problem(), e.remedy());
        }
    }

    /**
     * Declares the resources.
     *
     * @param exists whether the deployment that this template belongs to certainly takes place
     */
    void declare(boolean exists) {
        certain = exists;
        // Expressions may refer to what a deployment further down gives.
        if (template.get("resources") instanceof Node.Arr array) {
            for (Node item : array.items()) register(item, null);
        } else if (template.get("resources") instanceof Node.Obj bySymbol) {
            for (Node.Member member : bySymbol.members()) register(member.value(), member.name());
        }
        all(template.get("resources"), null);
    }

    /** The outputs by name, each an object with its {@code value}. */
    Node outputs() {
        ImmutableList.Builder<Node.Member> all = ImmutableList.builder();
        if (template.get("outputs") instanceof Node.Obj outputs) {
            for (Node.Member member : outputs.members()) {
                if (member.value() instanceof Node.Obj output) all.add(output(member, output));
            }
        }
        return new Node.Obj(template.place(), all.build());
    }

    private Node.Member output(Node.Member member, Node.Obj output) {
        Node value = output.get("copy") instanceof Node.Obj loop
                ? evaluator.items(loop, loop.get("input"))
                : evaluator.evaluate(required(output, "value"));
        Node.Member told = new Node.Member("value", member.place(), value);
        return new Node.Member(member.name(), member.place(), new Node.Obj(member.place(), ImmutableList.of(told)));
    }

    /** The type and full name of the resource that children stand in. */
    private record Parent(String type, String name) {}

    private void register(Node node, @Nullable String symbol) {
        boolean deployment = node instanceof Node.Obj object
                && object.get("type") instanceof Node.Str type
                && ArmDeployment.isType(type.text());
        if (!deployment || !(node instanceof Node.Obj raw)) return;
        List<ArmDeployment> copies = new ArrayList<>();
        eachCopy(raw, index -> {
            String name = text(raw, "name");
            ArmDeployment it = new ArmDeployment(evaluator, run, raw, name == null ? "" : name, depth);
            copies.add(it);
            evaluator.deployments().add(raw.get("copy") == null ? symbol : null, it);
        });
        deployments.put(raw, copies);
    }

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
        Iterator<ArmDeployment> copies =
                deployments.getOrDefault(raw, List.of()).iterator();
        eachCopy(raw, index -> {
            ArmDeployment deployment = copies.hasNext() ? copies.next() : null;
            declare(raw, parent, deployment, !(index instanceof Node.Unknown));
        });
    }

    /** Does something for every copy of a resource, inside its loop. */
    private void eachCopy(Node.Obj raw, Consumer<@Nullable Node> action) {
        if (!(raw.get("copy") instanceof Node.Obj loop)) {
            action.accept(null);
            return;
        }
        String name = evaluator.loopName(loop);
        for (Node index : evaluator.indexes(loop, "one resource that may exist stands for all of them")) {
            evaluator.inLoop(name, index, () -> {
                action.accept(index);
                return index;
            });
        }
    }

    private void declare(Node.Obj raw, @Nullable Parent parent, @Nullable ArmDeployment deployment, boolean counted) {
        String type = text(raw, "type");
        if (type == null || overfull) return;
        if (parent != null && type.indexOf('.') < 0) type = parent.type() + "/" + type;
        Node condition = raw.get("condition") == null ? null : evaluator.evaluate(required(raw, "condition"));
        if (condition instanceof Node.Bool bool && !bool.value()) return;
        boolean exists = counted && certain && (condition == null || condition instanceof Node.Bool);
        String name = text(raw, "name");
        if (name == null) return;
        if (ArmDeployment.isType(type)) {
            ArmDeployment it = deployment == null ? new ArmDeployment(evaluator, run, raw, name, depth) : deployment;
            it.declare(exists);
            return;
        }
        if (parent != null && !name.contains("/")) name = parent.name() + "/" + name;
        String id = Ascii.equalsIgnoreCase(type, LockReader.TYPE)
                ? LockReader.id(locked(raw), name)
                : ResourceTypes.id(scope.groupId(), type, name);
        if (ResourceReader.reads(type)) add(raw, id, type, name, exists);
        else ResourceReader.noticeUnmodelled(type, name, raw.place(), notices);
        if (raw.get("resources") != null) all(raw.get("resources"), new Parent(type, name));
    }

    /** The id of what a lock is on: its {@code scope}, or without one the resource group. */
    private String locked(Node.Obj raw) {
        Node node = raw.get("scope");
        String text = node == null ? null : Opaque.text(evaluator.evaluate(node));
        if (text == null || text.isEmpty()) return scope.groupId();
        return text.startsWith("/") ? text : scope.groupId() + "/providers/" + text;
    }

    private void add(Node.Obj raw, @Nullable String id, String type, String name, boolean exists) {
        if (id == null) {
            problems.add(
                    raw.place(),
                    "the name " + Printable.quoted(name) + " has another number of parts than the type "
                            + Printable.quoted(type),
                    "name the parent too, as in `vnet/subnet`");
            return;
        }
        if (!exists) {
            notices.add(
                    Notices.CONDITION_UNKNOWN,
                    raw.place(),
                    "whether `" + Printable.text(name)
                            + "` exists depends on a value that is not given; it is taken to exist");
        }
        if (declared == RESOURCES_MAX) {
            overfull = true;
            problems.add(
                    raw.place(),
                    "the template declares more than " + RESOURCES_MAX + " resources",
                    "the platform refuses it too; split the template");
            return;
        }
        declared++;
        run.add(new Resource(new ResourceId(id), type, body(raw, type), exists), raw.place());
    }

    /** The members that carry network facts. The rest may hold scripts and secrets that nobody needs evaluated. */
    private Node.Obj body(Node.Obj raw, String type) {
        ImmutableList.Builder<Node.Member> members = ImmutableList.builder();
        for (Node.Member member : raw.members()) {
            switch (Ascii.toLowerCase(member.name())) {
                case "name", "location", "sku", "scope" -> members.add(evaluated(member));
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
