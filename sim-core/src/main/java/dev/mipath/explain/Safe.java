package dev.mipath.explain;

/** Text of foreign origin made safe to print: nothing in it can move a cursor, colour a line or reorder letters. */
public final class Safe {
    private static final String HEX = "0123456789abcdef";

    private Safe() {}

    /** The text with control characters, line breaks, bidirectional marks and lone surrogates written as escapes. */
    public static String text(String text) {
        int length = text.length();
        for (int i = 0; i < length; i++) {
            char c = text.charAt(i);
            if (c < ' ' || c > '~') return escaped(text);
        }
        return text;
    }

    /** JSON with everything that {@link #text} escapes written as JSON's own escapes; it stands in strings only. */
    static String json(String json) {
        for (int i = 0; i < json.length(); i++) {
            if (json.charAt(i) > '~') return escapedJson(json);
        }
        return json;
    }

    private static String escapedJson(String json) {
        StringBuilder safe = new StringBuilder(json.length() + 16);
        for (int i = 0; i < json.length(); ) {
            int c = json.codePointAt(i);
            int length = Character.charCount(c);
            if (c <= '~' || !unsafe(c)) safe.appendCodePoint(c);
            else for (int j = i; j < i + length; j++) escape(json.charAt(j), safe);
            i += length;
        }
        return safe.toString();
    }

    private static String escaped(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            if (!unsafe(c)) safe.appendCodePoint(c);
            else if (c == '\n') safe.append("\\n");
            else if (c == '\r') safe.append("\\r");
            else if (c == '\t') safe.append("\\t");
            else escape(c, safe);
        }
        return safe.toString();
    }

    private static void escape(int c, StringBuilder safe) {
        safe.append("\\u");
        for (int shift = c > 0xFFFF ? 20 : 12; shift >= 0; shift -= 4) safe.append(HEX.charAt(c >>> shift & 15));
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
