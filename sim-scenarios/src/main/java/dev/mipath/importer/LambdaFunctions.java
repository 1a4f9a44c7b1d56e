package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Template functions that take a function, such as {@code map} and {@code filter} ("Lambda functions"). */
final class LambdaFunctions {
    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("map", lenient(2, 2, LambdaFunctions::map))
            .put("filter", lenient(2, 2, LambdaFunctions::filter))
            .put("reduce", lenient(3, 3, LambdaFunctions::reduce))
            .put("sort", lenient(2, 2, LambdaFunctions::sort))
            .put("toobject", lenient(2, 3, LambdaFunctions::toObject))
            .put("groupby", lenient(2, 2, LambdaFunctions::groupBy))
            .put("mapvalues", lenient(2, 2, LambdaFunctions::mapValues))
            .put("lambdavariables", lenient(1, 1, LambdaFunctions::variable))
            .buildOrThrow();

    private LambdaFunctions() {}

    private static Node map(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        List<Node> mapped = new ArrayList<>();
        ImmutableList<Node> items = call.items(0);
        for (int i = 0; i < items.size(); i++) mapped.add(apply(call, 1, items.get(i), index(call, i)));
        return call.of(mapped);
    }

    private static Node filter(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        List<Node> kept = new ArrayList<>();
        ImmutableList<Node> items = call.items(0);
        for (int i = 0; i < items.size(); i++) {
            Node keep = apply(call, 1, items.get(i), index(call, i));
            if (Opaque.isOpen(keep)) return unknown(call);
            if (keep instanceof Node.Bool bool && bool.value()) kept.add(items.get(i));
        }
        return call.of(kept);
    }

    private static Node reduce(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        Node result = call.arg(1);
        ImmutableList<Node> items = call.items(0);
        for (int i = 0; i < items.size(); i++) result = apply(call, 2, result, items.get(i), index(call, i));
        return result;
    }

    /** Sorts by insertion, so that a lambda that is no order ends too. */
    private static Node sort(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        List<Node> sorted = new ArrayList<>();
        for (Node item : call.items(0)) {
            int at = sorted.size();
            while (at > 0) {
                Node before = apply(call, 1, item, sorted.get(at - 1));
                if (Opaque.isOpen(before)) return unknown(call);
                if (!(before instanceof Node.Bool bool && bool.value())) break;
                at--;
            }
            sorted.add(at, item);
        }
        return call.of(sorted);
    }

    private static Node toObject(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        Map<String, Node.Member> members = new LinkedHashMap<>();
        for (Node item : call.items(0)) {
            String key = Opaque.text(apply(call, 1, item));
            if (key == null) throw call.wrong(1, "a lambda that gives a text");
            Node value = call.size() == 3 ? apply(call, 2, item) : item;
            members.put(key.toLowerCase(Locale.ROOT), new Node.Member(key, call.here(), value));
        }
        return call.object(List.copyOf(members.values()));
    }

    private static Node groupBy(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        Map<String, List<Node>> groups = new LinkedHashMap<>();
        for (Node item : call.items(0)) {
            String key = Opaque.text(apply(call, 1, item));
            if (key == null) throw call.wrong(1, "a lambda that gives a text");
            groups.computeIfAbsent(key, any -> new ArrayList<>()).add(item);
        }
        List<Node.Member> members = new ArrayList<>();
        groups.forEach((key, items) -> members.add(new Node.Member(key, call.here(), call.of(items))));
        return call.object(members);
    }

    private static Node mapValues(ArmCall call) {
        if (Opaque.isOpen(call.arg(0))) return unknown(call);
        List<Node.Member> members = new ArrayList<>();
        for (Node.Member member : call.object(0).members()) {
            members.add(new Node.Member(member.name(), member.place(), apply(call, 1, member.value())));
        }
        return call.object(members);
    }

    private static Node index(ArmCall call, int i) {
        return new Node.Num(call.here(), Integer.toString(i));
    }

    /** The lambda stands unevaluated in the arguments: its last part is the body, those before name its variables. */
    private static Node apply(ArmCall call, int lambdaAt, Node... arguments) {
        if (!(call.raw(lambdaAt) instanceof ArmExpression.Call lambda)
                || !lambda.name().equalsIgnoreCase("lambda")
                || lambda.arguments().isEmpty()) {
            throw new ArmFailure(
                    "argument " + (lambdaAt + 1) + " of `" + call.name() + "` is not a lambda",
                    "repair the expression");
        }
        Map<String, Node> variables = new HashMap<>();
        int named = lambda.arguments().size() - 1;
        for (int i = 0; i < Math.min(named, arguments.length); i++) {
            if (lambda.arguments().get(i) instanceof ArmExpression.Text name) {
                variables.put(name.value().toLowerCase(Locale.ROOT), arguments[i]);
            }
        }
        return call.evaluator().inLambda(variables, lambda.arguments().get(named), call.here());
    }

    private static Node variable(ArmCall call) {
        Node value = call.evaluator().lambdaVariable(call.text(0));
        if (value == null) {
            throw new ArmFailure("there is no lambda variable `" + call.text(0) + "` here", "repair the name");
        }
        return value;
    }

    private static Node unknown(ArmCall call) {
        return new Node.Unknown(call.place(), call.name() + "(" + Opaque.canonical(call.arg(0)) + ", …)");
    }
}
