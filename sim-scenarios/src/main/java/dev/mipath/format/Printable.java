package dev.mipath.format;

/** Text of foreign origin made safe to print: nothing in it can move a cursor, colour a line or reorder letters. */
public final class Printable {
    /** Longer values are cut in messages; the place says where the rest stands. */
    private static final int QUOTE_MAX = 80;

    private Printable() {}

    /** The text with control characters, line breaks, bidirectional marks and lone surrogates written as escapes. */
    public static String text(String text) {
        if (text.codePoints().noneMatch(Printable::unsafe)) return text;
        StringBuilder safe = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            if (!unsafe(c)) safe.appendCodePoint(c);
            else if (c == '\n') safe.append("\\n");
            else if (c == '\r') safe.append("\\r");
            else if (c == '\t') safe.append("\\t");
            else safe.append(String.format("\\u%04x", c));
        });
        return safe.toString();
    }

    /** The text in backticks, cut when long, as messages quote what they found. */
    public static String quoted(String text) {
        int end = Math.min(text.length(), QUOTE_MAX);
        return "`" + text(text.substring(0, end)) + (end < text.length() ? "…" : "") + "`";
    }

    private static boolean unsafe(int c) {
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> true;
            default -> false;
        };
    }
}
