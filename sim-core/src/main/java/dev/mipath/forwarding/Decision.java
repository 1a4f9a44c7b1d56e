package dev.mipath.forwarding;

/**
 * What an element decided about a packet, packed into a {@code long} so that deciding allocates nothing.
 *
 * <p>Bits 63..56 hold the version of the network, 55..48 zero for "goes on" or one more than the {@link
 * Ending}'s ordinal, 47..24 the next element, 23..0 the index of the rule, route or flow that decided.
 */
public final class Decision {
    /** The largest element number or reason. */
    public static final int LIMIT = 0xFF_FFFF;

    private static final Ending[] ENDINGS = Ending.values();

    private Decision() {}

    /** The packet goes on to this element. */
    public static long forward(int next, int reason) {
        return (long) next << 24 | reason;
    }

    /** The packet's journey ends here. */
    @SuppressWarnings("EnumOrdinal") // The number lives no longer than the network that made it.
    public static long end(Ending ending, int reason) {
        return (long) (ending.ordinal() + 1) << 48 | reason;
    }

    static long stamped(long decision, int version) {
        return decision | (long) (version & 0xFF) << 56;
    }

    static int version(long decision) {
        return (int) (decision >>> 56);
    }

    /** Whether the packet goes on. */
    public static boolean forwards(long decision) {
        return (decision >>> 48 & 0xFF) == 0;
    }

    /** How the journey ended; only when it does not {@linkplain #forwards go on}. */
    public static Ending ending(long decision) {
        return ENDINGS[(int) (decision >>> 48 & 0xFF) - 1];
    }

    /** The element the packet goes to; only when it {@linkplain #forwards goes on}. */
    public static int next(long decision) {
        return (int) (decision >>> 24) & LIMIT;
    }

    /** The index of what decided, meaningful to the element that decided. */
    public static int reason(long decision) {
        return (int) decision & LIMIT;
    }
}
