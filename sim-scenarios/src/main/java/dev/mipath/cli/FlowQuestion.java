package dev.mipath.cli;

import dev.mipath.net.Protocol;
import dev.mipath.topology.Direction;
import org.jspecify.annotations.Nullable;

/** What {@code test-ip-flow} is asked; to be read into again and again. */
final class FlowQuestion {
    private Direction direction = Direction.INBOUND;
    private Protocol protocol = Protocol.TCP;
    private final FlowEnd local = new FlowEnd();
    private final FlowEnd remote = new FlowEnd();
    private @Nullable String target;

    Direction direction() {
        return direction;
    }

    Protocol protocol() {
        return protocol;
    }

    FlowEnd local() {
        return local;
    }

    FlowEnd remote() {
        return remote;
    }

    /** The id or name of the NIC or VM that is meant, or null. */
    @Nullable
    String target() {
        return target;
    }

    void target(@Nullable String idOrName) {
        target = idOrName;
    }

    void direction(String word) {
        if (word.equalsIgnoreCase("Inbound")) direction = Direction.INBOUND;
        else if (word.equalsIgnoreCase("Outbound")) direction = Direction.OUTBOUND;
        else throw new UsageException("direction `" + word + "` is not one of Inbound, Outbound");
    }

    void protocol(String word) {
        if (word.equalsIgnoreCase("TCP")) protocol = Protocol.TCP;
        else if (word.equalsIgnoreCase("UDP")) protocol = Protocol.UDP;
        else throw new UsageException("protocol `" + word + "` is not one of TCP, UDP");
    }

    /** The protocol as flow logs write it: {@code T} or {@code U}, or IANA's number. */
    void protocolOfLog(String word) {
        protocol = switch (word) {
            case "T", "6" -> Protocol.TCP;
            case "U", "17" -> Protocol.UDP;
            case "1" -> Protocol.ICMP;
            case "50" -> Protocol.ESP;
            case "51" -> Protocol.AH;
            default -> throw new UsageException("protocol `" + word + "` is none that a security rule can name");
        };
    }
}
