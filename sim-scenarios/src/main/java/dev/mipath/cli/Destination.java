package dev.mipath.cli;

import dev.mipath.explain.Safe;
import org.jspecify.annotations.Nullable;

/**
 * A word of {@code --to}: {@code HOST}, {@code HOST:PORT}, {@code [ADDRESS]:PORT}.
 *
 * @param host what stands before the port, without brackets
 * @param port the port, or null when none is given
 */
record Destination(String host, @Nullable Integer port) {
    private static final int PORT_LAST = 65_535;

    /**
     * Reads a word.
     *
     * @throws UsageException when the port is none
     */
    static Destination of(String text) {
        int colon = text.lastIndexOf(':');
        boolean bracketed = text.startsWith("[");
        boolean hasPort = colon > 0 && (bracketed ? text.charAt(colon - 1) == ']' : text.indexOf(':') == colon);
        String host = hasPort ? text.substring(0, colon) : text;
        if (bracketed && host.endsWith("]")) host = host.substring(1, host.length() - 1);
        return new Destination(host, hasPort ? port(text.substring(colon + 1)) : null);
    }

    private static Integer port(String text) {
        try {
            int port = Integer.parseInt(text);
            if (port >= 0 && port <= PORT_LAST) return port;
        } catch (NumberFormatException e) {
            throw new UsageException("`" + Safe.text(text) + "` is not a port (0..65535)");
        }
        throw new UsageException("`" + Safe.text(text) + "` is not a port (0..65535)");
    }
}
