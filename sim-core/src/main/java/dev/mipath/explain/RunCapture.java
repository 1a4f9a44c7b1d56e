package dev.mipath.explain;

import dev.mipath.engine.CaptureSink;
import dev.mipath.engine.ClientPacket;
import dev.mipath.engine.ClientPacket.What;
import dev.mipath.net.Packet;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a run as the packets that a capture at its clients would hold. It keeps one connection's sequence numbers for each
 * client that has one, and nothing of what was written.
 */
public final class RunCapture implements CaptureSink {
    private static final Bytes NOTHING = new Bytes();

    private final PcapngFile file;
    private final Frames frames = new Frames();
    private final int nameSeconds;
    private final Map<Integer, Flow> flows = new HashMap<>();
    private long packets;

    /**
     * A capture that has begun.
     *
     * @param out where it goes; not closed here
     * @param nameSeconds how long the answer to a name holds
     */
    public RunCapture(OutputStream out, int nameSeconds) throws IOException {
        file = new PcapngFile(out);
        this.nameSeconds = nameSeconds;
    }

    /** How many packets were written. */
    public long packets() {
        return packets;
    }

    @Override
    public void packet(ClientPacket seen) {
        try {
            switch (seen.kind()) {
                case NAME -> name(seen);
                case SYN -> open(seen);
                case CONNECTION -> end(seen);
                case PRELOGIN, HELLO, KEY, TLS, LOGIN, QUERY -> data(seen);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void name(ClientPacket seen) throws IOException {
        int id = seen.connection() * 31 + seen.host().hashCode() & 0xFFFF;
        Bytes message = seen.what() == What.SENT
                ? DnsMessages.query(id, seen.host())
                : DnsMessages.answer(id, seen.host(), seen.address(), nameSeconds);
        write(seen, frames.udp(seen.packet(), message));
    }

    private void open(ClientPacket seen) throws IOException {
        @Nullable Flow flow = flows.get(seen.client());
        if (seen.what() == What.SENT) {
            boolean again = flow != null && flow.isOpening(seen.packet());
            Flow opening = again && flow != null ? flow : new Flow(seen);
            flows.put(seen.client(), opening);
            write(seen, frames.tcp(seen.packet(), opening.first, 0, Frames.SYN, NOTHING));
        } else if (flow != null && seen.what() == What.REFUSED) {
            write(seen, frames.tcp(seen.packet(), 0, flow.first + 1, Frames.RST | Frames.ACK, NOTHING));
            flows.remove(seen.client());
        } else if (flow != null) {
            int theirs = flow.theirs;
            write(seen, frames.tcp(seen.packet(), theirs, flow.first + 1, Frames.SYN | Frames.ACK, NOTHING));
            flow.open();
            write(seen, frames.tcp(flow.packet, flow.ours, flow.theirs, Frames.ACK, NOTHING));
        }
    }

    private void data(ClientPacket seen) throws IOException {
        @Nullable Flow flow = flows.get(seen.client());
        if (flow == null) return;
        Bytes data = message(seen);
        int flags = Frames.PSH | Frames.ACK;
        if (seen.what() == What.SENT) {
            // What was not answered yet is sent again from where it began.
            write(seen, frames.tcp(flow.packet, flow.ours, flow.theirs, flags, data));
            flow.unanswered = data.size();
        } else {
            flow.ours += flow.unanswered;
            flow.unanswered = 0;
            write(seen, frames.tcp(seen.packet(), flow.theirs, flow.ours, flags, data));
            flow.theirs += data.size();
        }
    }

    private void end(ClientPacket seen) throws IOException {
        @Nullable Flow flow = flows.remove(seen.client());
        if (flow == null) return;
        int sent = flow.ours + flow.unanswered;
        if (seen.what() != What.SENT) {
            write(seen, frames.tcp(flow.packet.reversed(), flow.theirs, sent, Frames.RST | Frames.ACK, NOTHING));
        } else if (flow.isOpen) {
            write(seen, frames.tcp(flow.packet, sent, flow.theirs, Frames.FIN | Frames.ACK, NOTHING));
        }
    }

    private static Bytes message(ClientPacket seen) {
        boolean sent = seen.what() == What.SENT;
        boolean refused = seen.what() == What.REFUSED;
        return switch (seen.kind()) {
            case PRELOGIN -> refused ? TdsMessages.refused(error(seen), seen.cause()) : TdsMessages.prelogin(!sent);
            // Alone on the connection, as TDS 8.0 has it, TLS would hide from dissectors that TDS in clear follows.
            case TLS, HELLO -> TdsMessages.tunnel(hello(seen));
            case KEY -> TdsMessages.tunnel(sent ? TlsRecords.clientKey() : TlsRecords.finished());
            case LOGIN -> sent ? TdsMessages.login("client" + seen.client(), seen.host()) : login(seen);
            case QUERY ->
                sent
                        ? TdsMessages.batch()
                        : refused ? TdsMessages.refused(error(seen), seen.cause()) : TdsMessages.batchDone();
            case NAME, SYN, CONNECTION -> NOTHING;
        };
    }

    private static Bytes hello(ClientPacket seen) {
        if (seen.what() == What.SENT) return TlsRecords.clientHello(seen.host());
        return seen.what() == What.REFUSED ? TlsRecords.revoked() : TlsRecords.serverHello();
    }

    private static Bytes login(ClientPacket seen) {
        return switch (seen.what()) {
            case ROUTED -> TdsMessages.routed(seen.host(), seen.routedPort());
            case REFUSED -> TdsMessages.refused(error(seen), seen.cause());
            case SENT, ANSWERED -> TdsMessages.loggedIn();
        };
    }

    /** The number of Azure SQL's error that tells a client to name another server, or to try again later. */
    private static int error(ClientPacket seen) {
        return seen.cause().equals("GATEWAY_NAME_UNKNOWN") ? 40_532 : 40_613;
    }

    private void write(ClientPacket seen, Bytes frame) throws IOException {
        packets++;
        file.packet(seen.time(), frame, "connection " + seen.connection() + ", event " + seen.event());
    }

    /** The present connection of a client. */
    private static final class Flow {
        /** As the client sends. */
        final Packet packet;

        final int first;
        /** The next byte of either side; those of the client once they are answered. */
        int ours;

        int theirs;
        int unanswered;
        boolean isOpen;

        Flow(ClientPacket opening) {
            packet = opening.packet();
            first = mixed(opening.connection() * 31 + packet.destinationPort());
            theirs = mixed(~first);
        }

        boolean isOpening(Packet other) {
            return !isOpen && packet.equals(other);
        }

        void open() {
            ours = first + 1;
            theirs++;
            isOpen = true;
        }

        /** Sequence numbers that begin anywhere, and the same for the same run. */
        private static int mixed(int number) {
            int mixed = (number ^ number >>> 16) * 0x45D9F3B;
            mixed = (mixed ^ mixed >>> 16) * 0x45D9F3B;
            return mixed ^ mixed >>> 16;
        }
    }
}
