package dev.mipath.net;

/**
 * A block of addresses in CIDR form; host bits are always zero, so equal blocks are equal records.
 *
 * @param network the first address of the block
 * @param length the number of leading bits that are fixed, 0..32 or 0..128
 */
public record Prefix(Address network, int length) implements Comparable<Prefix> {
    /** 0.0.0.0/0. */
    public static final Prefix ALL_V4 = new Prefix(Address.v4(0), 0);

    /** ::/0. */
    public static final Prefix ALL_V6 = new Prefix(Address.FIRST_V6, 0);

    public Prefix {
        if (length < 0 || length > network.width()) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + network.width());
        }
        if (!masked(network, length).equals(network)) {
            throw new IllegalArgumentException("host bits are set in `" + network + "/" + length + "`; the block is `"
                    + masked(network, length) + "/" + length + "`");
        }
    }

    /** The block of this length that holds the address. */
    public static Prefix covering(Address address, int length) {
        return new Prefix(masked(address, length), length);
    }

    /** The block that holds this address alone. */
    public static Prefix host(Address address) {
        return new Prefix(address, address.width());
    }

    /**
     * Reads {@code 10.0.0.0/16}, {@code 2001:db8::/32}, or a bare address as the block of that address.
     *
     * @throws IllegalArgumentException when the text is no block, or has host bits set
     */
    public static Prefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return host(Address.parse(text));
        return new Prefix(Address.parse(text.substring(0, slash)), length(text, slash));
    }

    /**
     * Reads as {@link #parse} does but drops host bits, as Azure does for the prefixes of security rules.
     *
     * @throws IllegalArgumentException when the text is no block
     */
    public static Prefix parseDroppingHostBits(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) return host(Address.parse(text));
        Address address = Address.parse(text.substring(0, slash));
        int length = length(text, slash);
        if (length > address.width()) {
            throw new IllegalArgumentException("prefix length " + length + " is not in 0.." + address.width());
        }
        return covering(address, length);
    }

    private static int length(String text, int slash) {
        int digits = text.length() - slash - 1;
        int length = 0;
        for (int i = slash + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9' || digits > 3) throw new IllegalArgumentException("`" + text + "` is not a prefix");
            length = length * 10 + (c - '0');
        }
        if (digits == 0) throw new IllegalArgumentException("`" + text + "` is not a prefix");
        return length;
    }

    private static Address masked(Address address, int length) {
        if (!address.v6()) return Address.v4(length == 0 ? 0 : address.bits() & -1 << 32 - length);
        // A shift by 64 is a shift by 0 in Java, so the edges are spelt out.
        long high = length == 0 ? 0 : length >= 64 ? address.high() : address.high() & -1L << 64 - length;
        long low = length <= 64 ? 0 : address.low() & -1L << 128 - length;
        return Address.v6(high, low);
    }

    /** Whether this is an IPv6 block. */
    public boolean v6() {
        return network.v6();
    }

    /** The lowest address of the block. */
    public Address first() {
        return network;
    }

    /** The highest address of the block. */
    public Address last() {
        if (!v6()) return Address.v4(length == 0 ? -1 : network.bits() | ~(-1 << 32 - length));
        long high = length == 0 ? -1 : length >= 64 ? network.high() : network.high() | ~(-1L << 64 - length);
        long low = length <= 64 ? -1 : length == 128 ? network.low() : network.low() | ~(-1L << 128 - length);
        return Address.v6(high, low);
    }

    /** The last address before the broadcast one; of a block of one address, that one. */
    public Address lastHost() {
        @org.jspecify.annotations.Nullable Address before = last().previous();
        return before != null && contains(before) ? before : first();
    }

    /** Whether the address lies in the block; never for an address of the other family. */
    public boolean contains(Address address) {
        return address.v6() == v6() && masked(address, length).equals(network);
    }

    /** Whether the other block lies wholly in this one; true for an equal block. */
    public boolean contains(Prefix other) {
        return other.length >= length && contains(other.network);
    }

    /** Whether the blocks share an address. */
    public boolean overlaps(Prefix other) {
        return contains(other) || other.contains(this);
    }

    /** Orders by first address, then shorter (wider) first. */
    @Override
    public int compareTo(Prefix other) {
        int byNetwork = network.compareTo(other.network);
        return byNetwork != 0 ? byNetwork : Integer.compare(length, other.length);
    }

    // Written out for the sake of a cold start, as in Address.
    @Override
    public boolean equals(@org.jspecify.annotations.Nullable Object other) {
        return other instanceof Prefix prefix && length == prefix.length && network.equals(prefix.network);
    }

    @Override
    public int hashCode() {
        return 31 * network.hashCode() + length;
    }

    @Override
    public String toString() {
        return network + "/" + length;
    }
}
