package dev.mipath.instance;

import dev.mipath.instance.SqlSession.Input;
import dev.mipath.instance.SqlSession.State;

/**
 * The conversation of {@link SqlSession} message by message, as a table of numbers: in this state, after this input, send
 * that and wait in this state. A state is the message whose answer a client waits for; every message costs one round trip.
 *
 * <p>Models: the login sequence of TDS 7.4 with TLS 1.2 inside PRELOGIN packets, and of TDS 8.0 with TLS 1.3 first
 * (facts/tds.md; design of the engine, handshake round trips): from the SYN to the answer of the login 5 round trips,
 * 10 where the gateway sends the client on; strict 4 and 8.
 *
 * <p>Leaves out: the further round trips of Windows and Azure AD logins; session resumption of TLS.
 */
public final class SessionTable {
    /** How a client speaks. */
    public enum Dialect {
        /** PRELOGIN, then TLS 1.2 in two round trips inside it. */
        TDS_7_4,
        /** TDS 8.0: TLS 1.3 in one round trip, then PRELOGIN. */
        STRICT
    }

    /** What a client sends and waits for the answer of. */
    public enum Message {
        NAME_QUERY(State.DNS),
        SYN(State.CONNECT),
        PRELOGIN(State.PRELOGIN),
        CLIENT_HELLO(State.TLS),
        CLIENT_KEY(State.TLS),
        LOGIN(State.LOGIN),
        NODE_QUERY(State.REDIRECT_DNS),
        NODE_SYN(State.REDIRECT_CONNECT),
        NODE_PRELOGIN(State.REDIRECT_TLS),
        NODE_HELLO(State.REDIRECT_TLS),
        NODE_KEY(State.REDIRECT_TLS),
        NODE_LOGIN(State.REDIRECT_LOGIN),
        /** Logged in, and nothing is under way. */
        READY(State.LOGGED_IN),
        /** Over. */
        FAILED(State.FAILED);

        private final State phase;

        Message(State phase) {
            this.phase = phase;
        }

        /** The phase of the conversation that the message belongs to. */
        public State phase() {
            return phase;
        }

        /** Whether it is part of the connection to the node that a client was sent on to. */
        public boolean toNode() {
            return this.ordinalNumber() >= NODE_SYN.ordinalNumber()
                    && this.ordinalNumber() <= NODE_LOGIN.ordinalNumber();
        }

        @SuppressWarnings("EnumOrdinal") // The numbers of the table.
        private int ordinalNumber() {
            return ordinal();
        }
    }

    private static final Message[] MESSAGES = Message.values();
    private static final Input[] INPUTS = Input.values();

    /** Messages in the order of each dialect. */
    private static final Message[][] ORDER = {
        {
            Message.NAME_QUERY,
            Message.SYN,
            Message.PRELOGIN,
            Message.CLIENT_HELLO,
            Message.CLIENT_KEY,
            Message.LOGIN,
            Message.NODE_QUERY,
            Message.NODE_SYN,
            Message.NODE_PRELOGIN,
            Message.NODE_HELLO,
            Message.NODE_KEY,
            Message.NODE_LOGIN
        },
        {
            Message.NAME_QUERY,
            Message.SYN,
            Message.CLIENT_HELLO,
            Message.PRELOGIN,
            Message.LOGIN,
            Message.NODE_QUERY,
            Message.NODE_SYN,
            Message.NODE_HELLO,
            Message.NODE_PRELOGIN,
            Message.NODE_LOGIN
        }
    };

    private static final byte[] NEXT = new byte[ORDER.length * MESSAGES.length * INPUTS.length];

    static {
        for (int dialect = 0; dialect < ORDER.length; dialect++) {
            Message[] order = ORDER[dialect];
            for (Message message : MESSAGES) for (Input input : INPUTS) put(dialect, message, input, Message.FAILED);
            for (int i = 0; i < order.length; i++) {
                boolean last = order[i] == Message.LOGIN || order[i] == Message.NODE_LOGIN;
                put(dialect, order[i], Input.DONE, last ? Message.READY : order[i + 1]);
            }
            put(dialect, Message.LOGIN, Input.ROUTED, Message.NODE_QUERY);
        }
    }

    private SessionTable() {}

    private static void put(int dialect, Message message, Input input, Message next) {
        NEXT[row(dialect, number(message), number(input))] = (byte) number(next);
    }

    private static int row(int dialect, int message, int input) {
        return (dialect * MESSAGES.length + message) * INPUTS.length + input;
    }

    /**
     * The message that follows.
     *
     * @param dialect the number of the dialect
     * @param message the number of the message that was waited for
     * @param input the number of the input
     */
    public static int next(int dialect, int message, int input) {
        return NEXT[row(dialect, message, input)];
    }

    /** The message of this number. */
    public static Message message(int number) {
        return MESSAGES[number];
    }

    /** The number of a message. */
    @SuppressWarnings("EnumOrdinal") // The numbers of the table.
    public static int number(Message message) {
        return message.ordinal();
    }

    /** The number of an input. */
    @SuppressWarnings("EnumOrdinal") // The numbers of the table.
    public static int number(Input input) {
        return input.ordinal();
    }

    /** The number of a dialect. */
    @SuppressWarnings("EnumOrdinal") // The numbers of the table.
    public static int number(Dialect dialect) {
        return dialect.ordinal();
    }

    /** How many round trips a login takes from its first SYN on, names left out. */
    public static int roundTrips(Dialect dialect, boolean redirected) {
        int trips = 0;
        for (int at = number(Message.SYN); at != number(Message.READY); ) {
            if (at != number(Message.NODE_QUERY)) trips++;
            boolean routed = redirected && at == number(Message.LOGIN);
            at = next(number(dialect), at, number(routed ? Input.ROUTED : Input.DONE));
        }
        return trips;
    }
}
