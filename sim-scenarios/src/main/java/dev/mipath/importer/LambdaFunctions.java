package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Template functions that take a function: {@code map}, {@code filter}, {@code reduce} ("Lambda functions"). */
final class LambdaFunctions {
    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("map", lenient(2, 2, LambdaFunctions::map))
            .put("filter", lenient(2, 2, LambdaFunctions::filter))
            .put("reduce", lenient(3, 3, LambdaFunctions::reduce))
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
