package dev.mipath.engine;

import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import org.jspecify.annotations.Nullable;

/**
 * What a capture at a client sees of one message.
 *
 * @param time nanoseconds since the start
 * @param event the number of the record of the event in which it happened
 * @param client whose it is; a client has one connection at a time
 * @param connection the number of the connection
 * @param kind the message that is sent, or answered
 * @param what whether it is the message or what came of it
 * @param packet its 5-tuple, as the client sees it
 * @param host the name that is asked for, or that the login names; where the client is sent on, the name it is sent on to
 * @param address what a name leads to; null for no such name, and for all that is no answer about a name
 * @param routedPort where the client is sent on, the port; else 0
 * @param cause why it was refused; empty where it was not
 */
public record ClientPacket(
        long time,
        long event,
        int client,
        int connection,
        Kind kind,
        What what,
        Packet packet,
        String host,
        @Nullable Address address,
        int routedPort,
        String cause) {
    /** Messages of a client. */
    public enum Kind {
        /** Asks for the address of a name. */
        NAME,
        /** Opens a connection. */
        SYN,
        /** PRELOGIN of TDS. */
        PRELOGIN,
        /** The first flight of TLS inside PRELOGIN packets. */
        HELLO,
        /** The second flight of TLS inside PRELOGIN packets. */
        KEY,
        /** TLS before all else, as TDS 8.0 has it. */
        TLS,
        /** LOGIN7. */
        LOGIN,
        /** A batch of SQL. */
        QUERY,
        /** An open connection as such. */
        CONNECTION
    }

    /** What became of it. */
    public enum What {
        /** The client sends it, for the first time or again; of a connection: closes it. */
        SENT,
        /** The answer arrives. */
        ANSWERED,
        /** The answer arrives, and sends the client on to another place. */
        ROUTED,
        /** It is refused; of a connection: a reset arrives. */
        REFUSED
    }
}
