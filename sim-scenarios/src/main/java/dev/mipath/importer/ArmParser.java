package dev.mipath.importer;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.InputLimits;
import dev.mipath.format.Printable;

/** Parses a template expression. The language has literals, calls, members and elements, and no operators. */
final class ArmParser {
    private final String text;
    private int at;
    private int depth;

    private ArmParser(String text) {
        this.text = text;
    }

    /** Whether a string of a template is an expression and not plain text. */
    static boolean isExpression(String text) {
        return text.length() > 1 && text.startsWith("[") && text.endsWith("]") && text.charAt(1) != '[';
    }

    /**
     * Parses the text of a string with its brackets.
     *
     * @throws ArmFailure when it is no expression
     */
    static ArmExpression parse(String bracketed) {
        ArmParser parser = new ArmParser(bracketed.substring(1, bracketed.length() - 1));
        ArmExpression parsed = parser.expression();
        parser.blanks();
        if (parser.at < parser.text.length()) throw parser.unexpected();
        return parsed;
    }

    private ArmExpression expression() {
        if (++depth > InputLimits.DEPTH_MAX) throw failure("the expression is nested too deeply");
        ArmExpression parsed = postfix(primary());
        depth--;
        return parsed;
    }

    private ArmExpression primary() {
        blanks();
        char c = peek();
        if (c == '\'') return new ArmExpression.Text(quoted());
        if (c == '-' || isDigit(c)) return new ArmExpression.Whole(digits());
        String name = name();
        while (peek() == '.' && !name.isEmpty()) {
            at++;
            name += "." + name();
        }
        blanks();
        if (name.isEmpty() || peek() != '(') throw unexpected();
        return new ArmExpression.Call(name, arguments());
    }

    private ImmutableList<ArmExpression> arguments() {
        ImmutableList.Builder<ArmExpression> arguments = ImmutableList.builder();
        at++;
        blanks();
        if (peek() == ')') {
            at++;
            return arguments.build();
        }
        while (true) {
            arguments.add(expression());
            blanks();
            char c = peek();
            if (c != ',' && c != ')') throw unexpected();
            at++;
            if (c == ')') return arguments.build();
        }
    }

    private ArmExpression postfix(ArmExpression start) {
        ArmExpression of = start;
        while (true) {
            blanks();
            char c = peek();
            if (c == '.') {
                at++;
                boolean safe = accept('?');
                String name = name();
                if (name.isEmpty()) throw unexpected();
                of = new ArmExpression.Property(of, name, safe);
            } else if (c == '[') {
                at++;
                boolean safe = accept('?');
                ArmExpression index = expression();
                blanks();
                if (!accept(']')) throw unexpected();
                of = new ArmExpression.Element(of, index, safe);
            } else {
                return of;
            }
        }
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        at++;
        while (true) {
            if (at >= text.length()) throw failure("a text in the expression has no closing quote");
            char c = text.charAt(at++);
            if (c != '\'') value.append(c);
            else if (peek() != '\'') return value.toString();
            else value.append(text.charAt(at++));
        }
    }

    private String digits() {
        int start = at++;
        while (isDigit(peek())) at++;
        return text.substring(start, at);
    }

    private String name() {
        int start = at;
        while (at < text.length() && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) at++;
        return text.substring(start, at);
    }

    private boolean accept(char c) {
        if (peek() != c) return false;
        at++;
        return true;
    }

    private void blanks() {
        while (at < text.length() && Character.isWhitespace(text.charAt(at))) at++;
    }

    /** The next character, or 0 at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private ArmFailure unexpected() {
        return failure(
                at >= text.length()
                        ? "the expression ends too early"
                        : "unexpected " + Printable.quoted(text.substring(at, at + 1)) + " in character " + (at + 2)
                                + " of the expression");
    }

    private static ArmFailure failure(String problem) {
        return new ArmFailure(problem, "repair the expression; a plain text that begins with `[` is written `[[`");
    }
}
