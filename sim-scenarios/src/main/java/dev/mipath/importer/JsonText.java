package dev.mipath.importer;

import dev.mipath.format.Node;
import java.util.function.IntConsumer;

/** JSON as the template function {@code string} writes it: without blanks, members in their order. */
final class JsonText {
    private final StringBuilder out = new StringBuilder();
    private final IntConsumer step;

    private JsonText(IntConsumer step) {
        this.step = step;
    }

    /**
     * The text of a value that holds nothing unknown.
     *
     * @param step told the characters of every value that is written; may end the writing
     */
    static String of(Node value, IntConsumer step) {
        JsonText text = new JsonText(step);
        text.write(value);
        return text.out.toString();
    }

    private void write(Node value) {
        int before = out.length();
        if (value instanceof Node.Str text) {
            quoted(text.text());
        } else if (value instanceof Node.Num number) {
            out.append(number.text());
        } else if (value instanceof Node.Bool bool) {
            out.append(bool.value());
        } else if (value instanceof Node.Arr array) {
            char separator = '[';
            for (Node item : array.items()) {
                out.append(separator);
                separator = ',';
                write(item);
            }
            out.append(array.items().isEmpty() ? "[]" : "]");
        } else if (value instanceof Node.Obj object) {
            char separator = '{';
            for (Node.Member member : object.members()) {
                out.append(separator);
                separator = ',';
                quoted(member.name());
                out.append(':');
                write(member.value());
            }
            out.append(object.members().isEmpty() ? "{}" : "}");
        } else {
            out.append("null");
        }
        step.accept(1 + (out.length() - before) / 64);
    }

    private void quoted(String text) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' || c == '\\') out.append('\\').append(c);
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else out.append(c);
        }
        out.append('"');
    }
}
