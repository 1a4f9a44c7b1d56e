package dev.mipath.instance;

/**
 * The client's conversation as a table: in this state, after this input, do that and go there. It has no clock and
 * sends nothing itself, so that every driver can drive the same one.
 *
 * <p>Models: the login sequence of TDS 7.x with a routing token, facts 4.10 and 4.11 (read 2026-11-22).
 *
 * <p>Leaves out: TDS 8.0, more than one redirection, retries.
 */
public final class SqlSession {
    /** The phases of a conversation, in order; the last two are ends. */
    public enum State {
        DNS,
        CONNECT,
        PRELOGIN,
        TLS,
        LOGIN,
        REDIRECT_DNS,
        REDIRECT_CONNECT,
        REDIRECT_TLS,
        REDIRECT_LOGIN,
        LOGGED_IN,
        FAILED;

        /** The name of the phase in answers, such as {@code redirect-dns}. */
        public String phase() {
            return com.google.common.base.Ascii.toLowerCase(name()).replace('_', '-');
        }
    }

    /** What can happen to a conversation. */
    public enum Input {
        /** The step succeeded. */
        DONE,
        /** The gateway answered the login with a routing token (fact 4.10). */
        ROUTED,
        /** No answer came. */
        SILENCE,
        /** The other side said no. */
        REFUSED
    }

    private static final State[] STATES = State.values();
    private static final Input[] INPUTS = Input.values();
    private static final State[][] NEXT = new State[STATES.length][INPUTS.length];

    static {
        after(State.DNS, State.CONNECT);
        after(State.CONNECT, State.PRELOGIN);
        after(State.PRELOGIN, State.TLS);
        after(State.TLS, State.LOGIN);
        after(State.LOGIN, State.LOGGED_IN);
        after(State.REDIRECT_DNS, State.REDIRECT_CONNECT);
        after(State.REDIRECT_CONNECT, State.REDIRECT_TLS);
        after(State.REDIRECT_TLS, State.REDIRECT_LOGIN);
        after(State.REDIRECT_LOGIN, State.LOGGED_IN);
        put(State.LOGIN, Input.ROUTED, State.REDIRECT_DNS);
    }

    private SqlSession() {}

    private static void after(State state, State next) {
        put(state, Input.DONE, next);
        put(state, Input.SILENCE, State.FAILED);
        put(state, Input.REFUSED, State.FAILED);
    }

    @SuppressWarnings("EnumOrdinal") // Both enums exist to number this table.
    private static void put(State state, Input input, State next) {
        NEXT[index(state)][input.ordinal()] = next;
    }

    @SuppressWarnings("EnumOrdinal") // Both enums exist to number this table.
    private static int index(State state) {
        return state.ordinal();
    }

    /**
     * The state after an input.
     *
     * @throws IllegalArgumentException when the input cannot happen in the state
     */
    @SuppressWarnings("EnumOrdinal") // Both enums exist to number this table.
    public static State next(State state, Input input) {
        State next = NEXT[index(state)][input.ordinal()];
        if (next == null) throw new IllegalArgumentException(input + " cannot happen in " + state);
        return next;
    }

    /** Whether the conversation is over. */
    public static boolean isEnd(State state) {
        return state == State.LOGGED_IN || state == State.FAILED;
    }
}
