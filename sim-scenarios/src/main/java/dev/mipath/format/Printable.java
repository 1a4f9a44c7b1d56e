package dev.mipath.format;

import dev.mipath.explain.Safe;

/** Text of foreign origin made safe to print: nothing in it can move a cursor, colour a line or reorder letters. */
public final class Printable {
    /** Longer values are cut in messages; the place says where the rest stands. */
    private static final int QUOTE_MAX = 80;

    private Printable() {}

    /** The text with control characters, line breaks, bidirectional marks and lone surrogates written as escapes. */
    public static String text(String text) {
        return Safe.text(text);
    }

    /** The text in backticks, cut when long, as messages quote what they found. */
    public static String quoted(String text) {
        int end = Math.min(text.length(), QUOTE_MAX);
        return "`" + text(text.substring(0, end)) + (end < text.length() ? "…" : "") + "`";
    }
}
