package dev.mipath.importer;

import static dev.mipath.importer.ArmFunctions.lenient;
import static dev.mipath.importer.ArmFunctions.strict;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableMap;
import dev.mipath.format.Node;

/** Template functions that decide (Azure Resource Manager, "Logical functions" and "Comparison functions"). */
final class LogicFunctions {
    private static final int ANY = Integer.MAX_VALUE;

    static final ImmutableMap<String, ArmFunctions.Function> ALL = ImmutableMap.<String, ArmFunctions.Function>builder()
            .put("if", lenient(3, 3, LogicFunctions::choose))
            .put("not", strict(1, 1, c -> c.of(!truth(c, 0))))
            .put("and", lenient(1, ANY, c -> all(c, false)))
            .put("or", lenient(1, ANY, c -> all(c, true)))
            .put("bool", strict(1, 1, c -> c.of(truth(c, 0))))
            .put("true", lenient(0, 0, c -> c.of(true)))
            .put("false", lenient(0, 0, c -> c.of(false)))
            .put("null", lenient(0, 0, c -> new Node.Null(c.here())))
            .put("equals", lenient(2, 2, LogicFunctions::equal))
            .put("greater", strict(2, 2, c -> c.of(compare(c) > 0)))
            .put("greaterorequals", strict(2, 2, c -> c.of(compare(c) >= 0)))
            .put("less", strict(2, 2, c -> c.of(compare(c) < 0)))
            .put("lessorequals", strict(2, 2, c -> c.of(compare(c) <= 0)))
            .put("coalesce", lenient(1, ANY, LogicFunctions::coalesce))
            .buildOrThrow();

    private LogicFunctions() {}

    /** Reads a truth value the way the platform does: 0 and 1 and the words count too. */
    static boolean truth(ArmCall call, int i) {
        Node value = call.arg(i);
        if (value instanceof Node.Bool bool) return bool.value();
        String text = Opaque.text(value);
        if (text != null && (Ascii.equalsIgnoreCase(text, "true") || text.equals("1"))) return true;
        if (text != null && (Ascii.equalsIgnoreCase(text, "false") || text.equals("0"))) return false;
        throw call.wrong(i, "true or false");
    }

    private static Node choose(ArmCall call) {
        Node condition = call.arg(0);
        if (!Opaque.isOpen(condition)) return call.arg(truth(call, 0) ? 1 : 2);
        return Same.of(call.arg(1), call.arg(2), call.evaluator()::step) == Same.YES ? call.arg(1) : call.unknown();
    }

    /** {@code and} ends at the first false, {@code or} at the first true; an unknown before that decides nothing. */
    private static Node all(ArmCall call, boolean ending) {
        boolean open = false;
        for (int i = 0; i < call.size(); i++) {
            if (Opaque.isOpen(call.arg(i))) open = true;
            else if (truth(call, i) == ending) return call.of(ending);
        }
        return open ? call.unknown() : call.of(!ending);
    }

    private static Node equal(ArmCall call) {
        return switch (Same.of(call.arg(0), call.arg(1), call.evaluator()::step)) {
            case YES -> call.of(true);
            case NO -> call.of(false);
            case MAYBE -> call.unknown();
        };
    }

    private static int compare(ArmCall call) {
        Long left = Wholes.parse(call.arg(0));
        Long right = Wholes.parse(call.arg(1));
        return left != null && right != null
                ? left.compareTo(right)
                : call.text(0).compareTo(call.text(1));
    }

    private static Node coalesce(ArmCall call) {
        for (int i = 0; i < call.size(); i++) {
            if (call.arg(i) instanceof Node.Unknown) return i == call.size() - 1 ? call.arg(i) : call.unknown();
            if (!(call.arg(i) instanceof Node.Null)) return call.arg(i);
        }
        return new Node.Null(call.here());
    }
}
