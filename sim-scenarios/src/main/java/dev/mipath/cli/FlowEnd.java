package dev.mipath.cli;

import dev.mipath.net.Address;

/** One end of a flow as primitives, to be read into again and again. */
final class FlowEnd {
    /** What {@code *} stands for: an arbitrary ephemeral port. */
    static final int ANY_PORT = 50_000;

    private static final int PORT_MAX = 65_535;

    private boolean v6;
    private int bits;
    private Address object = Address.v4(0);
    private int port;

    boolean v6() {
        return v6;
    }

    /** The 32 bits of an IPv4 address. */
    int bits() {
        return bits;
    }

    int port() {
        return port;
    }

    Address address() {
        return v6 ? object : Address.v4(bits);
    }

    void address(Address address) {
        v6 = address.v6();
        bits = v6 ? 0 : address.bits();
        object = address;
    }

    void port(int number) {
        if (number < 0 || number > PORT_MAX) throw new UsageException("port " + number + " is not in 0..65535");
        port = number;
    }

    /** Reads the address that an option gives. */
    void read(String option, Arguments arguments) {
        String text = arguments.get(option);
        try {
            address(Address.parse(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(option + " " + e.getMessage() + " (such as 10.0.1.4)");
        }
    }

    /** Reads an address; IPv4 without making an object. */
    void address(char[] text, int offset, int length) {
        int end = offset + length;
        int value = 0;
        int at = offset;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int octet = 0;
            while (at < end && at - start < 3 && isDigit(text[at])) octet = octet * 10 + text[at++] - '0';
            boolean leadingZero = at - start > 1 && text[start] == '0';
            boolean ends = part == 3 ? at == end : at < end && text[at] == '.';
            if (at == start || octet > 255 || leadingZero || !ends) {
                unusual(new String(text, offset, length));
                return;
            }
            value = value << 8 | octet;
            at++;
        }
        v6 = false;
        bits = value;
    }

    private void unusual(String text) {
        try {
            address(Address.parse(text));
        } catch (IllegalArgumentException e) {
            throw new UsageException(String.valueOf(e.getMessage()));
        }
    }

    /** Reads a port; {@code *} is an arbitrary ephemeral one. */
    void port(char[] text, int offset, int length) {
        if (length == 1 && text[offset] == '*') {
            port = ANY_PORT;
            return;
        }
        int number = 0;
        for (int i = offset; i < offset + length; i++) {
            if (!isDigit(text[i]) || number > PORT_MAX) throw notAPort(new String(text, offset, length));
            number = number * 10 + text[i] - '0';
        }
        if (length == 0 || number > PORT_MAX) throw notAPort(new String(text, offset, length));
        port = number;
    }

    private static UsageException notAPort(String text) {
        return new UsageException("`" + text + "` is not a port (0..65535, or `*` for any)");
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Reads {@code 10.0.1.4:1433}, {@code [2001:db8::4]:1433}; {@code *} for an arbitrary port. */
    void read(String option, String text) {
        int colon = text.lastIndexOf(':');
        boolean brackets = text.startsWith("[") && text.charAt(Math.max(colon - 1, 0)) == ']';
        boolean whole = colon > 0 && (brackets || text.indexOf(':') == colon);
        if (!whole) {
            throw new UsageException(
                    option + " `" + text + "` is not IP:PORT (such as 10.0.1.4:1433 or [2001:db8::4]:1433)");
        }
        String host = brackets ? text.substring(1, colon - 1) : text.substring(0, colon);
        address(host.toCharArray(), 0, host.length());
        port(text.substring(colon + 1).toCharArray(), 0, text.length() - colon - 1);
    }
}
