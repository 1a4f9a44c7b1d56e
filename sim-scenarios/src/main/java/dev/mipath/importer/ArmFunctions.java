package dev.mipath.importer;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;
import dev.mipath.format.Printable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

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
        String name = Ascii.toLowerCase(call.name());
        Function function = ALL.get(name.startsWith("sys.") ? name.substring(4) : name);
        if (function != null) return function.apply(call);
        // Every resource type may have its own, such as `listKeys` and `listAccountSas`; all ask the running resource.
        if (name.startsWith("list")) return call.unknown();
        Node.Obj own = call.name().indexOf('.') > 0 ? call.evaluator().names().function(call.name()) : null;
        if (own != null) return own(call, own);
        call.evaluator()
                .notices()
                .add(
                        Notices.FUNCTION_NOT_MODELLED,
                        call.here(),
                        "the template function `" + Printable.text(call.name())
                                + "` is not evaluated; what it gives is unknown");
        return call.unknown();
    }

    /** A function that the template defines itself, called with its namespace. */
    private static Node own(ArmCall call, Node.Obj function) {
        Node output = function.get("output") instanceof Node.Obj object ? object.get("value") : null;
        if (output == null) {
            throw new ArmFailure(
                    "the function " + Printable.quoted(call.name()) + " gives nothing", "give it an `output`");
        }
        List<Node> declared =
                function.get("parameters") instanceof Node.Arr parameters ? parameters.items() : List.of();
        if (declared.size() != call.size()) {
            throw new ArmFailure(
                    "`" + call.name() + "` is given " + call.size() + " arguments and declares " + declared.size(),
                    "repair the expression");
        }
        Map<String, Node> given = new HashMap<>();
        for (int i = 0; i < declared.size(); i++) {
            if (declared.get(i) instanceof Node.Obj object && object.get("name") instanceof Node.Str name) {
                given.put(Ascii.toLowerCase(name.text()), call.arg(i));
            }
        }
        return call.evaluator().inFunction(given, output);
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
