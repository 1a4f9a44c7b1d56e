package dev.mipath.net;

import com.google.common.base.Ascii;
import org.jspecify.annotations.Nullable;

/** The protocols that Azure's security rules can name (facts 1.8, 1.9). */
public enum Protocol {
    /** Every protocol; only rules have it, never a packet. Azure writes {@code *}, effective answers {@code All}. */
    ANY(-1, "*"),
    TCP(6, "Tcp"),
    UDP(17, "Udp"),
    ICMP(1, "Icmp"),
    ESP(50, "Esp"),
    AH(51, "Ah");

    private static final @Nullable Protocol[] BY_NUMBER = new Protocol[256];

    static {
        for (Protocol protocol : values()) if (protocol != ANY) BY_NUMBER[protocol.number] = protocol;
    }

    private final int number;
    private final String azureName;

    Protocol(int number, String azureName) {
        this.number = number;
        this.azureName = azureName;
    }

    /** The number IANA gave the protocol, or -1 for {@link #ANY}. */
    public int number() {
        return number;
    }

    /**
     * The protocol of this IANA number.
     *
     * @param number 0..255
     * @throws IllegalArgumentException when none of the constants has it
     */
    public static Protocol numbered(int number) {
        @Nullable Protocol protocol = BY_NUMBER[number];
        if (protocol == null) throw new IllegalArgumentException("protocol " + number + " has no name");
        return protocol;
    }

    /** The spelling of ARM templates. */
    public String azureName() {
        return azureName;
    }

    /** Whether the protocol has ports; for the others rules' ports mean nothing. */
    public boolean hasPorts() {
        return this == TCP || this == UDP;
    }

    /**
     * Reads Azure's spellings in any case: {@code Tcp}, {@code TCP}, {@code *}, {@code All}, {@code Any}, …
     *
     * @throws IllegalArgumentException when the text names none of them
     */
    public static Protocol parse(String text) {
        return switch (Ascii.toLowerCase(text)) {
            case "*", "all", "any" -> ANY;
            case "tcp", "6" -> TCP;
            case "udp", "17" -> UDP;
            case "icmp", "1" -> ICMP;
            case "esp", "50" -> ESP;
            case "ah", "51" -> AH;
            default -> throw new IllegalArgumentException("`" + text + "` is not a protocol");
        };
    }
}
