package dev.mipath.format;

import java.util.regex.Pattern;

/** Prints a tree as YAML that people like to read: what fits stands on one line, the rest in indented blocks. */
final class YamlPrinter {
    private static final int WIDTH = 120;
    private static final int INDENT = 2;

    /** Words and numbers need quotes where a reader of YAML 1.1 or 1.2 would not take them for text. */
    private static final Pattern PLAIN = Pattern.compile("[\\p{L}_/‹][\\p{L}\\p{N}_./()‹›-]*");

    private static final Pattern ADDRESS_OR_PORTS = Pattern.compile("\\d+(\\.\\d+){3}(/\\d+)?|\\d+-\\d+");
    private static final Pattern NO_TEXT = Pattern.compile("(?i)null|true|false|yes|no|on|off|y|n");

    private final StringBuilder out = new StringBuilder();
    private final int blockDepth;

    private YamlPrinter(int blockDepth) {
        this.blockDepth = blockDepth;
    }

    /**
     * Prints a document.
     *
     * @param blockDepth how many levels of objects and lists are blocks even where they would fit on one line
     */
    static String print(Node root, int blockDepth) {
        YamlPrinter printer = new YamlPrinter(blockDepth);
        boolean block = (root instanceof Node.Obj || root instanceof Node.Arr) && !isEmpty(root);
        if (!block) printer.out.append(flow(root)).append('\n');
        else printer.block(root, 0, 0);
        return printer.out.toString();
    }

    /** The value in one line. */
    static String flow(Node value) {
        StringBuilder line = new StringBuilder();
        flow(value, line);
        return line.toString();
    }

    private void block(Node value, int indent, int depth) {
        if (value instanceof Node.Obj object) {
            boolean first = true;
            for (Node.Member member : object.members()) {
                // The first member stands behind the dash of a list, where the cursor already is.
                if (!first || !behindDash()) pad(indent);
                first = false;
                out.append(scalar(member.name())).append(':');
                valueOf(member.value(), indent + INDENT, depth + 1);
            }
        } else if (value instanceof Node.Arr array) {
            for (Node item : array.items()) {
                pad(indent);
                out.append('-');
                if (fits(item, depth + 1)) out.append(' ').append(flow(item)).append('\n');
                else if (item instanceof Node.Obj) {
                    out.append(' ');
                    block(item, indent + INDENT, depth + 1);
                } else {
                    out.append('\n');
                    block(item, indent + INDENT, depth + 1);
                }
            }
        }
    }

    private void valueOf(Node value, int indent, int depth) {
        if (fits(value, depth)) {
            out.append(' ').append(flow(value)).append('\n');
        } else {
            out.append('\n');
            block(value, indent, depth);
        }
    }

    private boolean behindDash() {
        int length = out.length();
        return length >= 2 && out.charAt(length - 1) == ' ' && out.charAt(length - 2) == '-';
    }

    private void pad(int indent) {
        for (int i = 0; i < indent; i++) out.append(' ');
    }

    private boolean fits(Node value, int depth) {
        if (!(value instanceof Node.Obj || value instanceof Node.Arr) || isEmpty(value)) return true;
        if (depth <= blockDepth || holdsTable(value)) return false;
        int column = out.length() - out.lastIndexOf("\n");
        return flow(value).length() + column <= WIDTH;
    }

    /** Whether a list of objects with several members stands in it: a table reads better with a row a line. */
    private static boolean holdsTable(Node value) {
        if (value instanceof Node.Obj object) {
            return object.members().stream().anyMatch(member -> holdsTable(member.value()));
        }
        return value instanceof Node.Arr array
                && array.items().stream()
                        .anyMatch(item ->
                                item instanceof Node.Obj row && row.members().size() > 1 || holdsTable(item));
    }

    private static boolean isEmpty(Node value) {
        return value instanceof Node.Obj object && object.members().isEmpty()
                || value instanceof Node.Arr array && array.items().isEmpty();
    }

    private static void flow(Node value, StringBuilder line) {
        if (value instanceof Node.Obj object) {
            line.append('{');
            String separator = "";
            for (Node.Member member : object.members()) {
                line.append(separator).append(scalar(member.name())).append(": ");
                flow(member.value(), line);
                separator = ", ";
            }
            line.append('}');
        } else if (value instanceof Node.Arr array) {
            line.append('[');
            String separator = "";
            for (Node item : array.items()) {
                line.append(separator);
                flow(item, line);
                separator = ", ";
            }
            line.append(']');
        } else {
            line.append(leaf(value));
        }
    }

    private static String leaf(Node value) {
        if (value instanceof Node.Str text) return scalar(text.text());
        if (value instanceof Node.Num number) return number.text();
        if (value instanceof Node.Bool truth) return Boolean.toString(truth.value());
        if (value instanceof Node.Unknown unknown) return "{unknown: " + scalar(unknown.what()) + "}";
        return "null";
    }

    /** A text, in quotes where it would otherwise be read as something else. */
    static String scalar(String text) {
        boolean plain = PLAIN.matcher(text).matches() && !NO_TEXT.matcher(text).matches();
        return plain || ADDRESS_OR_PORTS.matcher(text).matches() ? text : quoted(text);
    }

    private static String quoted(String text) {
        StringBuilder quoted = new StringBuilder(text.length() + 2).append('"');
        text.codePoints().forEach(c -> {
            if (c == '"' || c == '\\') quoted.append('\\').appendCodePoint(c);
            else if (c == '\n') quoted.append("\\n");
            else if (c == '\t') quoted.append("\\t");
            else if (printable(c)) quoted.appendCodePoint(c);
            else quoted.append(String.format(c > 0xFFFF ? "\\U%08x" : "\\u%04x", c));
        });
        return quoted.append('"').toString();
    }

    /** Whether the character can stand in a file without moving a cursor, reordering letters or being lost. */
    private static boolean printable(int c) {
        if (c == ' ') return true;
        return switch (Character.getType(c)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.SPACE_SEPARATOR,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR -> false;
            default -> true;
        };
    }
}
