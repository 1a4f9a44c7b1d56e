package dev.mipath.engine;

import dev.mipath.instance.SessionTable;
import dev.mipath.instance.SessionTable.Message;

/**
 * The argument of an event about a client's packet: the message in the low eight bits, how it was answered above, and the
 * attempt it belongs to above that, so that what comes too late is known.
 */
final class Messages {
    /** Messages of an event's argument beyond those of the login. */
    static final int QUERY = 30;

    static final int RESET = 31;
    /** Marks of an event's argument. */
    static final int REFUSED = 1 << 8;

    static final int ROUTED = 1 << 9;

    /** A reset of the connection to a node. */
    static final int AT_NODE = 1 << 10;

    static final int NAME_QUERY = SessionTable.number(Message.NAME_QUERY);
    static final int SYN = SessionTable.number(Message.SYN);
    static final int HELLO = SessionTable.number(Message.CLIENT_HELLO);
    static final int LOGIN = SessionTable.number(Message.LOGIN);
    static final int NODE_QUERY = SessionTable.number(Message.NODE_QUERY);
    static final int NODE_SYN = SessionTable.number(Message.NODE_SYN);
    static final int NODE_HELLO = SessionTable.number(Message.NODE_HELLO);
    static final int NODE_LOGIN = SessionTable.number(Message.NODE_LOGIN);

    private Messages() {}

    /** The argument of an event about the present attempt's message. */
    static int argument(Connections k, int c, int message) {
        return (k.generation[c] & 0xFF) << 16 | message;
    }

    /** Whether an event is about the present attempt. */
    static boolean isPresent(Connections k, int c, int argument) {
        return argument >>> 16 == (k.generation[c] & 0xFF);
    }
}
