package dev.mipath.importer;

import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Values that the input does not give, inside and outside of texts.
 *
 * <p>An unknown is one value; a text made with an unknown keeps it as a placeholder between angle quotes, so that names
 * stay readable and equal expressions stay equal.
 */
final class Opaque {
    private static final Pattern PARAMETER = Pattern.compile("parameters\\('([^']*)'\\)");
    private static final int CANONICAL_MAX = 400;

    private Opaque() {}

    /** The text by which an unknown stands inside a name: {@code ‹name›} for the parameter of that name. */
    static String placeholder(String what) {
        return "‹" + PARAMETER.matcher(what).replaceAll("$1") + "›";
    }

    /** Whether a text holds a placeholder. */
    static boolean isOpen(String text) {
        return text.indexOf('‹') >= 0 && text.indexOf('›') >= 0;
    }

    /** Whether a value, looked at as a whole, is not fully given. */
    static boolean isOpen(Node node) {
        return node instanceof Node.Unknown || node instanceof Node.Str text && isOpen(text.text());
    }

    /**
     * Whether anything inside a value is not given.
     *
     * @param step told every value that is looked at
     */
    static boolean isOpenInside(Node node, IntConsumer step) {
        step.accept(1);
        if (node instanceof Node.Arr array) return array.items().stream().anyMatch(item -> isOpenInside(item, step));
        if (node instanceof Node.Obj object) {
            return object.members().stream().anyMatch(member -> isOpenInside(member.value(), step));
        }
        return isOpen(node);
    }

    /** One spelling for a value, the same for equal values, as it stands inside the name of an unknown. */
    static String canonical(Node node) {
        StringBuilder text = new StringBuilder();
        write(node, text);
        return text.length() <= CANONICAL_MAX
                ? text.toString()
                : text.substring(0, CANONICAL_MAX) + "…" + text.toString().hashCode();
    }

    private static void write(Node node, StringBuilder out) {
        // A value can be shared many times over; the name of an unknown need not show all of it.
        if (out.length() > CANONICAL_MAX * 8) return;
        if (node instanceof Node.Unknown unknown) {
            out.append(unknown.what());
        } else if (node instanceof Node.Str text) {
            if (text.text().equals(ArmScope.ANY.groupId())) out.append("resourceGroup().id");
            else out.append('\'').append(text.text().replace("'", "''")).append('\'');
        } else if (node instanceof Node.Num number) {
            out.append(number.text());
        } else if (node instanceof Node.Bool bool) {
            out.append(bool.value()).append("()");
        } else if (node instanceof Node.Null) {
            out.append("null()");
        } else if (node instanceof Node.Arr array) {
            String separator = "createArray(";
            if (array.items().isEmpty()) out.append(separator);
            for (Node item : array.items()) {
                out.append(separator);
                separator = ", ";
                write(item, out);
            }
            out.append(')');
        } else if (node instanceof Node.Obj object) {
            String separator = "createObject(";
            if (object.members().isEmpty()) out.append(separator);
            for (Node.Member member : object.members()) {
                out.append(separator).append('\'').append(member.name()).append("', ");
                separator = ", ";
                write(member.value(), out);
            }
            out.append(')');
        }
    }

    /** The text of a scalar inside another text, with a placeholder for an unknown; null for arrays and objects. */
    static @Nullable String text(Node node) {
        if (node instanceof Node.Str text) return text.text();
        if (node instanceof Node.Num number) return number.text();
        if (node instanceof Node.Bool bool) return bool.value() ? "True" : "False";
        if (node instanceof Node.Unknown unknown) return placeholder(unknown.what());
        if (node instanceof Node.Null) return "";
        return null;
    }

    /** The same value said to stand at another place. */
    static Node at(Node node, Place place) {
        if (node instanceof Node.Str text) return new Node.Str(place, text.text());
        if (node instanceof Node.Num number) return new Node.Num(place, number.text());
        if (node instanceof Node.Bool bool) return new Node.Bool(place, bool.value());
        if (node instanceof Node.Null) return new Node.Null(place);
        if (node instanceof Node.Arr array) return new Node.Arr(place, array.items());
        if (node instanceof Node.Obj object) return new Node.Obj(place, object.members());
        return new Node.Unknown(place, ((Node.Unknown) node).what());
    }
}
