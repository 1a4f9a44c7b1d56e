package dev.mipath.net;

import inet.ipaddr.AddressStringException;
import inet.ipaddr.IPAddress;
import inet.ipaddr.IPAddressString;
import inet.ipaddr.IPAddressStringParameters;
import inet.ipaddr.IncompatibleAddressException;
import inet.ipaddr.ipv6.IPv6Address;

/**
 * An IPv4 or IPv6 address as primitives, so that hot code can read it without unpacking objects.
 *
 * <p>Addresses are ordered IPv4 first, then IPv6, each numerically.
 *
 * @param v6 whether this is an IPv6 address
 * @param high the upper 64 bits of an IPv6 address; 0 for IPv4
 * @param low the lower 64 bits of an IPv6 address; the 32 address bits, unsigned, for IPv4
 */
public record Address(boolean v6, long high, long low) implements Comparable<Address> {
    /** The highest IPv4 address, 255.255.255.255. */
    public static final Address LAST_V4 = v4(-1);

    /** The lowest IPv6 address, {@code ::}; it follows {@link #LAST_V4} in the order of addresses. */
    public static final Address FIRST_V6 = v6(0, 0);

    public Address {
        if (!v6 && (high != 0 || low >>> 32 != 0)) {
            throw new IllegalArgumentException("an IPv4 address has 32 bits");
        }
    }

    /** The IPv4 address with these 32 bits. */
    public static Address v4(int bits) {
        return new Address(false, 0, bits & 0xFFFF_FFFFL);
    }

    /** The IPv6 address with these 128 bits. */
    public static Address v6(long high, long low) {
        return new Address(true, high, low);
    }

    /**
     * Reads dotted-quad IPv4 (no leading zeros, which some tools read as octal) or any usual IPv6 text.
     *
     * @throws IllegalArgumentException when the text is neither; the message says so in a user's words
     */
    public static Address parse(String text) {
        if (text.indexOf(':') >= 0) return parseV6(text);
        long bits = 0;
        int at = 0;
        for (int part = 0; part < 4; part++) {
            int start = at;
            int octet = 0;
            while (at < text.length() && at - start < 3 && isDigit(text.charAt(at))) {
                octet = octet * 10 + (text.charAt(at++) - '0');
            }
            boolean leadingZero = at - start > 1 && text.charAt(start) == '0';
            boolean ends = part == 3 ? at == text.length() : at < text.length() && text.charAt(at) == '.';
            if (at == start || octet > 255 || leadingZero || !ends) throw notAnAddress(text);
            bits = bits << 8 | octet;
            at++;
        }
        return v4((int) bits);
    }

    private static Address parseV6(String text) {
        try {
            IPAddress parsed = new IPAddressString(text, V6Text.STRICT).toAddress();
            if (parsed instanceof IPv6Address address && !address.isMultiple()) {
                long[] halves = halves(address.getBytes());
                return v6(halves[0], halves[1]);
            }
        } catch (AddressStringException | IncompatibleAddressException e) {
            throw new IllegalArgumentException(notAnAddress(text).getMessage(), e);
        }
        throw notAnAddress(text);
    }

    private static long[] halves(byte[] bytes) {
        long[] halves = new long[2];
        for (int i = 0; i < 16; i++) halves[i >> 3] = halves[i >> 3] << 8 | bytes[i] & 0xFF;
        return halves;
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static IllegalArgumentException notAnAddress(String text) {
        return new IllegalArgumentException("`" + text + "` is not an IP address");
    }

    /** The 32 bits of an IPv4 address, as {@link #v4} takes them; meaningless for IPv6. */
    public int bits() {
        return (int) low;
    }

    /** 32 for IPv4, 128 for IPv6. */
    public int width() {
        return v6 ? 128 : 32;
    }

    /** The address after this one of the same family, or null after the family's last. */
    public @org.jspecify.annotations.Nullable Address next() {
        if (!v6) return low == 0xFFFF_FFFFL ? null : new Address(false, 0, low + 1);
        long nextLow = low + 1;
        if (nextLow != 0) return v6(high, nextLow);
        return high == -1 ? null : v6(high + 1, 0);
    }

    /** The address before this one of the same family, or null before the family's first. */
    public @org.jspecify.annotations.Nullable Address previous() {
        if (low != 0) return new Address(v6, high, low - 1);
        return high == 0 ? null : v6(high - 1, -1);
    }

    @Override
    public int compareTo(Address other) {
        if (v6 != other.v6) return v6 ? 1 : -1;
        int byHigh = Long.compareUnsigned(high, other.high);
        return byHigh != 0 ? byHigh : Long.compareUnsigned(low, other.low);
    }

    // Written out: what the compiler gives records is bootstrapped by the first call, at a quarter of a cold start's
    // cost.
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Address address && v6 == address.v6 && high == address.high && low == address.low;
    }

    @Override
    public int hashCode() {
        return 31 * Long.hashCode(high) + Long.hashCode(low) + (v6 ? 1 : 0);
    }

    /** The canonical text: dotted quad, or RFC 5952 for IPv6. */
    @Override
    public String toString() {
        if (v6) return V6Text.canonical(this);
        return (low >>> 24) + "." + (low >>> 16 & 255) + "." + (low >>> 8 & 255) + "." + (low & 255);
    }

    byte[] bytes() {
        int size = width() / 8;
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            int fromEnd = size - 1 - i;
            bytes[i] = (byte) ((fromEnd < 8 ? low : high) >>> (fromEnd & 7) * 8);
        }
        return bytes;
    }

    /** Loaded only when IPv6 text is met: the library behind it is large and IPv4 answers should start fast. */
    private static final class V6Text {
        static final IPAddressStringParameters STRICT = new IPAddressStringParameters.Builder()
                .allowAll(false)
                .allowEmpty(false)
                .allowWildcardedSeparator(false)
                .allowSingleSegment(false)
                .allowPrefix(false)
                .allowMask(false)
                .allowIPv4(false)
                .allowIPv6(true)
                .getIPv6AddressParametersBuilder()
                .allowZone(false)
                .allowBase85(false)
                .allowBinary(false)
                .getParentBuilder()
                .toParams();

        static String canonical(Address address) {
            return new IPv6Address(address.bytes()).toCanonicalString();
        }
    }
}
