package dev.mipath.importer;

import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import dev.mipath.format.Problems;
import dev.mipath.topology.Place;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The parameters and variables of one template, each evaluated when first named and then remembered. */
final class ArmNames {
    private final ArmEvaluator evaluator;
    private final Problems problems;
    private final Map<String, Node> given;
    private final Node.@Nullable Obj parameters;
    private final Node.@Nullable Obj definitions;
    private final Map<String, Node> rawVariables = new HashMap<>();
    private final Map<String, Node.Obj> variableLoops = new HashMap<>();
    private final Map<String, Node> values = new HashMap<>();
    private final Set<String> underway = new LinkedHashSet<>();
    private final Node.Obj template;
    private @Nullable Map<String, Node> own;

    /** Parameter values given from outside, by lower-case name. */
    ArmNames(ArmEvaluator evaluator, Node.Obj template, Map<String, Node> given, Problems problems) {
        this.evaluator = evaluator;
        this.template = template;
        this.given = given;
        this.problems = problems;
        parameters = template.get("parameters") instanceof Node.Obj object ? object : null;
        definitions = template.get("definitions") instanceof Node.Obj object ? object : null;
        if (!(template.get("variables") instanceof Node.Obj variables)) return;
        for (Node.Member member : variables.members()) {
            if (member.name().equalsIgnoreCase("copy") && member.value() instanceof Node.Arr loops) {
                for (Node loop : loops.items()) {
                    if (loop instanceof Node.Obj object && object.get("name") instanceof Node.Str name) {
                        variableLoops.put(key(name.text()), object);
                    }
                }
            } else {
                rawVariables.put(key(member.name()), member.value());
            }
        }
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    /** The names of the parameters the template declares, as written. */
    static List<String> declared(Node.Obj template) {
        List<String> names = new ArrayList<>();
        if (template.get("parameters") instanceof Node.Obj object) {
            for (Node.Member member : object.members()) names.add(member.name());
        }
        return names;
    }

    /** Something evaluated where only these parameters are to be seen, as in a function that the template defines. */
    Node within(Map<String, Node> seen, Supplier<Node> inside) {
        Map<String, Node> outer = own;
        own = seen;
        try {
            return inside.get();
        } finally {
            own = outer;
        }
    }

    /** A function that the template defines, by its name with its namespace; null when it defines none of that name. */
    Node.@Nullable Obj function(String qualified) {
        if (!(template.get("functions") instanceof Node.Arr namespaces)) return null;
        int dot = qualified.indexOf('.');
        for (Node item : namespaces.items()) {
            if (!(item instanceof Node.Obj space && space.get("namespace") instanceof Node.Str name)) continue;
            if (!name.text().equalsIgnoreCase(qualified.substring(0, dot))) continue;
            if (space.get("members") instanceof Node.Obj members
                    && members.get(qualified.substring(dot + 1)) instanceof Node.Obj function) return function;
        }
        return null;
    }

    /** A resource by its symbolic name, as it is written; null when the template has none of that name. */
    Node.@Nullable Obj resource(String symbol) {
        return template.get("resources") instanceof Node.Obj all && all.get(symbol) instanceof Node.Obj resource
                ? resource
                : null;
    }

    Node parameter(String name, Place here) {
        if (own != null) {
            Node seen = own.get(key(name));
            if (seen != null) return seen;
            throw new ArmFailure(
                    "the function declares no parameter " + Printable.quoted(name), "declare it or repair the name");
        }
        Node declaration = parameters == null ? null : parameters.get(name);
        if (!(declaration instanceof Node.Obj declared)) {
            throw new ArmFailure(
                    "the template declares no parameter " + Printable.quoted(name), "declare it or repair the name");
        }
        return once("parameters('" + name + "')", here, () -> {
            Node outside = given.get(key(name));
            if (outside != null) return outside;
            Node standard = declared.get("defaultValue");
            if (standard != null) return evaluator.evaluate(standard);
            if (nullable(declared)) return new Node.Null(declared.place());
            return new Node.Unknown(declared.place(), "parameters('" + name + "')");
        });
    }

    /** A parameter that may be left out; the word stands at the parameter or at the type it names. */
    private boolean nullable(Node.Obj declared) {
        if (declared.get("nullable") instanceof Node.Bool word && word.value()) return true;
        if (!(declared.get("$ref") instanceof Node.Str reference) || definitions == null) return false;
        String type = reference.text().substring(reference.text().lastIndexOf('/') + 1);
        return definitions.get(type) instanceof Node.Obj object
                && object.get("nullable") instanceof Node.Bool word
                && word.value();
    }

    Node variable(String name, Place here) {
        if (own != null) {
            throw new ArmFailure(
                    "a function that the template defines cannot see variables",
                    "give it what it needs as a parameter");
        }
        Node raw = rawVariables.get(key(name));
        Node.Obj loop = variableLoops.get(key(name));
        if (raw == null && loop == null) {
            throw new ArmFailure(
                    "the template declares no variable " + Printable.quoted(name), "declare it or repair the name");
        }
        return once("variables('" + name + "')", here, () -> raw != null ? evaluator.evaluate(raw) : looped(loop));
    }

    private Node looped(Node.@Nullable Obj loop) {
        Node input = loop == null ? null : loop.get("input");
        if (loop == null || input == null) return new Node.Null(template.place());
        return evaluator.items(loop, input);
    }

    private Node once(String what, Place here, Supplier<Node> evaluation) {
        String key = key(what);
        Node known = values.get(key);
        if (known != null) return known;
        if (!underway.add(key)) {
            ReferenceCycles.report(template, here, problems);
            return new Node.Unknown(here, what);
        }
        try {
            Node value = evaluation.get();
            values.put(key, value);
            return value;
        } finally {
            underway.remove(key);
        }
    }
}
