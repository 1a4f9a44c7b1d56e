package dev.mipath.engine;

import dev.mipath.instance.SessionTable;
import dev.mipath.instance.SessionTable.Message;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/** Tells a sink what the clients send and get; nothing depends on it. */
final class Capture {
    private final Stage stage;
    private final Ways ways;
    private @Nullable CaptureSink sink;
    private long event;
    private boolean paused;

    Capture(Stage stage, Ways ways) {
        this.stage = stage;
        this.ways = ways;
    }

    void tell(@Nullable CaptureSink newSink) {
        sink = newSink;
    }

    /** Nothing is told until the end of the pause. */
    void pause(boolean isPaused) {
        paused = isPaused;
    }

    /** What follows happens in the event of this record. */
    void during(long record) {
        event = record;
    }

    /** A client asks for a name. */
    void asks(int c, int p, Address server, String host) {
        if (sink != null) tell(c, p, ClientPacket.Kind.NAME, ClientPacket.What.SENT, server, host, null, 0, 0);
    }

    /** What a name leads to; a negative number of the answer for no such name. */
    void told(int c, int p, Address server, String host, int answer) {
        if (sink == null) return;
        @Nullable Address found = answer < 0 ? null : stage.names.address(answer);
        tell(c, p, ClientPacket.Kind.NAME, ClientPacket.What.ANSWERED, server, host, found, 0, 0);
    }

    /** A client sends this message on its connection. */
    void sends(int c, int p, int message) {
        if (sink != null) onConnection(c, p, kind(p, message), ClientPacket.What.SENT, 0);
    }

    /** The answer to a message, with its marks, arrives at the client. */
    void gets(int c, int p, int argument) {
        if (sink == null) return;
        boolean refused = (argument & Messages.REFUSED) != 0;
        boolean routed = (argument & Messages.ROUTED) != 0;
        ClientPacket.What what =
                refused ? ClientPacket.What.REFUSED : routed ? ClientPacket.What.ROUTED : ClientPacket.What.ANSWERED;
        int cause = stage.connections.cause[c];
        onConnection(c, p, kind(p, argument & 0xFF), what, refused ? cause : Causes.NONE);
    }

    /** A reset arrives at the client. */
    void isReset(int c, int p) {
        if (sink != null) onConnection(c, p, ClientPacket.Kind.CONNECTION, ClientPacket.What.REFUSED, 0);
    }

    /** The client closes its connection, if it has one. */
    void closes(int c, int p) {
        // Before its first name is answered, a client has nowhere to connect to.
        if (sink == null || stage.connections.message[c] == Messages.NAME_QUERY) return;
        onConnection(c, p, ClientPacket.Kind.CONNECTION, ClientPacket.What.SENT, 0);
    }

    private ClientPacket.Kind kind(int p, int message) {
        if (message == Messages.QUERY) return ClientPacket.Kind.QUERY;
        boolean strict = stage.clients.of(p).client().dialect() == SessionTable.Dialect.STRICT;
        Message named = SessionTable.message(message);
        return switch (named) {
            case NAME_QUERY, NODE_QUERY -> ClientPacket.Kind.NAME;
            case SYN, NODE_SYN -> ClientPacket.Kind.SYN;
            case PRELOGIN, NODE_PRELOGIN -> ClientPacket.Kind.PRELOGIN;
            case CLIENT_HELLO, NODE_HELLO -> strict ? ClientPacket.Kind.TLS : ClientPacket.Kind.HELLO;
            case CLIENT_KEY, NODE_KEY -> ClientPacket.Kind.KEY;
            case LOGIN, NODE_LOGIN -> ClientPacket.Kind.LOGIN;
            case READY, FAILED -> throw new IllegalArgumentException(named + " is no message");
        };
    }

    private void onConnection(int c, int p, ClientPacket.Kind kind, ClientPacket.What what, int cause) {
        Connections k = stage.connections;
        boolean routed = what == ClientPacket.What.ROUTED;
        boolean atNode = routed || k.is(c, Connections.ON_NODE);
        boolean named = atNode && stage.instances.hosted(k.instance[c]) != null;
        String host = named
                ? stage.instances.primary(k.instance[c]).hostName()
                : stage.clients.of(p).target().host();
        int port = routed && named ? stage.instances.primary(k.instance[c]).port() : 0;
        tell(c, p, kind, what, stage.names.address(k.target[c]), host, null, port, cause);
    }

    private void tell(
            int c,
            int p,
            ClientPacket.Kind kind,
            ClientPacket.What what,
            Address to,
            String host,
            @Nullable Address found,
            int routedPort,
            int cause) {
        Connections k = stage.connections;
        boolean name = kind == ClientPacket.Kind.NAME;
        int own = ways.port(c, p, !name && k.is(c, Connections.ON_NODE));
        Packet out = new Packet(
                ways.address(c, p), own, to, name ? Stage.DNS_PORT : k.port[c], name ? Protocol.UDP : Protocol.TCP);
        Packet seen = what == ClientPacket.What.SENT ? out : out.reversed();
        String why = cause == Causes.NONE ? "" : Causes.name(cause);
        if (sink != null && !paused) {
            sink.packet(new ClientPacket(
                    stage.now(), event, c, k.number[c], kind, what, seen, host, found, routedPort, why));
        }
    }
}
