package dev.mipath.net;

import org.jspecify.annotations.Nullable;

/**
 * The ports from first to last, both included.
 *
 * @param first the lowest port, 0..65535
 * @param last the highest port, {@code first}..65535
 */
public record PortRange(int first, int last) {
    /** Every port; Azure writes {@code *}. */
    public static final PortRange ANY = new PortRange(0, 65_535);

    public PortRange {
        if (first < 0 || last > 65_535 || first > last) {
            throw new IllegalArgumentException("ports " + first + "-" + last + " are not in 0..65535 in rising order");
        }
    }

    /**
     * Reads {@code 1433}, {@code 11000-11999} or {@code *}.
     *
     * @throws IllegalArgumentException when the text is none of these
     */
    public static PortRange parse(String text) {
        if (text.equals("*")) return ANY;
        int dash = text.indexOf('-');
        if (dash < 0) return new PortRange(port(text, text), port(text, text));
        return new PortRange(
                port(text.substring(0, dash).strip(), text),
                port(text.substring(dash + 1).strip(), text));
    }

    private static int port(String digits, String whole) {
        int port = 0;
        for (int i = 0; i < digits.length(); i++) {
            char c = digits.charAt(i);
            if (c < '0' || c > '9' || i > 4) throw new IllegalArgumentException("`" + whole + "` is not a port range");
            port = port * 10 + (c - '0');
        }
        if (digits.isEmpty() || port > 65_535)
            throw new IllegalArgumentException("`" + whole + "` is not a port range");
        return port;
    }

    /** Whether the port lies in the range. */
    public boolean contains(int port) {
        return port >= first && port <= last;
    }

    /** {@code *}, {@code 1433} or {@code 11000-11999}, as Azure writes them. */
    @Override
    public String toString() {
        if (equals(ANY)) return "*";
        return first == last ? Integer.toString(first) : first + "-" + last;
    }

    // Written out: what the compiler generates for records is linked at run time, which costs a cold start dearly.
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PortRange that && first == that.first && last == that.last;
    }

    @Override
    public int hashCode() {
        return first * 65_537 + last;
    }
}
