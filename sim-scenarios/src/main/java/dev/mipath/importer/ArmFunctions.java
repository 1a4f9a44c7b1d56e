package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;

/** The functions of template expressions, by lower-case name. */
final class ArmFunctions {
    /** What a function does with a call. */
    interface Function {
        Node apply(ArmCall call);
    }

    private static final ImmutableMap<String, Function> ALL = ImmutableMap.<String, Function>builder()
            .putAll(TextFunctions.ALL)
            .putAll(ListFunctions.ALL)
            .putAll(LogicFunctions.ALL)
            .putAll(NumberFunctions.ALL)
            .putAll(LambdaFunctions.ALL)
            .putAll(ResourceFunctions.ALL)
            .buildOrThrow();

    private ArmFunctions() {}

    /** The result of a call; a function nobody models gives an unknown and a notice. */
    static Node call(ArmCall call) {
        Function function = ALL.get(Ascii.toLowerCase(call.name()));
        if (function != null) return function.apply(call);
        call.evaluator()
                .notices()
                .add(
                        Notices.FUNCTION_NOT_MODELLED,
                        call.here(),
                        "the template function `" + Printable.text(call.name())
                                + "` is not evaluated; what it gives is unknown");
        return call.unknown();
    }

    /** A function that needs this many arguments and can say nothing when one of them is unknown. */
    static Function strict(int min, int max, Function function) {
        return lenient(min, max, call -> {
            for (Node value : call.args()) if (Opaque.isOpen(value)) return call.unknown();
            return function.apply(call);
        });
    }

    /** A function that needs this many arguments and looks at unknowns itself. */
    static Function lenient(int min, int max, Function function) {
        return call -> {
            if (call.size() < min || call.size() > max) {
                throw new ArmFailure(
                        "`" + call.name() + "` is given " + call.size() + " arguments", "repair the expression");
            }
            return function.apply(call);
        };
    }
}
