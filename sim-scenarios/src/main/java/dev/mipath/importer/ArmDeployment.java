package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.topology.Place;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A template that another template deploys, inline or by a link to a file of the input.
 *
 * <p>Models: "Using linked and nested templates when deploying Azure resources": inner and outer scope of expressions,
 * parameters, outputs, other resource groups. Leaves out: templates on the web, template specs.
 */
final class ArmDeployment {
    /** Templates within templates; generated ones nest a handful deep. */
    private static final int DEPTH_MAX = 20;

    private final ArmEvaluator outer;
    private final ArmRun run;
    private final Node.Obj raw;
    private final String name;
    private final ImmutableMap<String, Node> loops;
    private final int depth;
    private @Nullable ArmTemplate inner;
    private @Nullable Node outputs;
    private boolean opened;
    private boolean underway;

    /**
     * A deployment that is followed when it is first asked for.
     *
     * @param outer evaluates the deploying template, where the parameters stand
     * @param raw the deployment as it stands in that template, inside the copy loops that run now
     * @param depth how many templates are around the deployed one
     */
    ArmDeployment(ArmEvaluator outer, ArmRun run, Node.Obj raw, String name, int depth) {
        this.outer = outer;
        this.run = run;
        this.raw = raw;
        this.name = name;
        this.depth = depth;
        loops = outer.loops();
    }

    static boolean isType(String type) {
        return Ascii.equalsIgnoreCase(type, "Microsoft.Resources/deployments");
    }

    String name() {
        return name;
    }

    /** Declares what the deployed template declares. */
    void declare(boolean certain) {
        ArmTemplate template = inner();
        if (template == null) {
            run.notices()
                    .add(
                            Notices.NESTED_TEMPLATE,
                            raw.place(),
                            "deployment `" + Printable.text(name)
                                    + "` deploys another template that the input does not hold; what that template declares"
                                    + " is missing here (give its file too)");
            return;
        }
        outer.inLoops(loops, () -> {
            template.declare(certain);
            return template;
        });
    }

    /** What {@code reference()} gives of it; each output that its template does not give is unknown. */
    Node outputs(Place here) {
        Node known = outputs;
        if (known != null) return known;
        ArmTemplate template = inner();
        if (template == null) return new Node.Unknown(here, "reference('" + name + "')");
        Node told = alone(template::outputs);
        Node state = new Node.Unknown(raw.place(), "reference('" + name + "').provisioningState");
        Node reference = new Node.Obj(
                raw.place(),
                ImmutableList.of(
                        new Node.Member("outputs", raw.place(), told),
                        new Node.Member("provisioningState", raw.place(), state)));
        outputs = reference;
        return reference;
    }

    private @Nullable ArmTemplate inner() {
        if (!opened) {
            inner = alone(this::open);
            opened = true;
        }
        return inner;
    }

    /** Something done in the loops of this deployment; asking for itself while it is done is a circle. */
    private <T> T alone(Supplier<T> action) {
        if (underway) {
            throw new ArmFailure(
                    "the outputs of deployment " + Printable.quoted(name) + " are defined by themselves",
                    "take the circle apart");
        }
        underway = true;
        try {
            return outer.inLoops(loops, action);
        } finally {
            underway = false;
        }
    }

    private @Nullable ArmTemplate open() {
        if (!(raw.get("properties") instanceof Node.Obj properties)) return null;
        Node.Obj template = properties.get("template") instanceof Node.Obj inline ? inline : null;
        boolean linked = template == null;
        if (template == null) template = linked(properties);
        if (template == null) return null;
        if (depth >= DEPTH_MAX) throw run.circle(DEPTH_MAX);
        ArmScope scope = scope();
        if (!linked && !isInner(properties, template)) return new ArmTemplate(template, outer, scope, run, depth + 1);
        Map<String, Node> given = new LinkedHashMap<>();
        ArmParameters.ofFile(properties, run.problems())
                .forEach((name, value) -> given.put(name, outer.evaluate(value)));
        return new ArmTemplate(template, new ArmEvaluator(template, given, scope, run), scope, run, depth + 1);
    }

    /** Outer is the standard; templates with symbolic names know inner only. */
    private boolean isInner(Node.Obj properties, Node.Obj template) {
        Node options = properties.get("expressionEvaluationOptions");
        Node word = options instanceof Node.Obj object ? object.get("scope") : null;
        if (word != null) return "inner".equalsIgnoreCase(Opaque.text(outer.evaluate(word)));
        return template.get("resources") instanceof Node.Obj;
    }

    private Node.@Nullable Obj linked(Node.Obj properties) {
        if (!(properties.get("templateLink") instanceof Node.Obj link)) return null;
        for (String member : new String[] {"relativePath", "uri"}) {
            Node target = link.get(member);
            String text = target == null ? null : Opaque.text(outer.evaluate(target));
            Node.Obj found =
                    text == null ? null : run.links().find(text, raw.place().file());
            if (found != null) return found;
        }
        return null;
    }

    private ArmScope scope() {
        String subscription = text("subscriptionId");
        String group = text("resourceGroup");
        ArmScope here = outer.scope();
        return new ArmScope(
                subscription == null ? here.subscription() : subscription, group == null ? here.group() : group);
    }

    private @Nullable String text(String member) {
        Node node = raw.get(member);
        String text = node == null ? null : Opaque.text(outer.evaluate(node));
        return text == null || text.isEmpty() ? null : text;
    }
}
