package dev.mipath.importer;

import dev.mipath.format.Node;
import org.jspecify.annotations.Nullable;

/** Whole numbers in trees: JSON numbers, and texts that hold one, as the platform accepts both. */
final class Wholes {
    private Wholes() {}

    /** The number, or null when the value is none or does not fit. */
    static @Nullable Long parse(@Nullable Node node) {
        if (node instanceof Node.Num number) return parse(number.text());
        return node instanceof Node.Str text ? parse(text.text()) : null;
    }

    static @Nullable Long parse(String text) {
        String digits = text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
        if (digits.isEmpty() || digits.length() > 19) return null;
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException e) {
            return null;
        }
    }
}
