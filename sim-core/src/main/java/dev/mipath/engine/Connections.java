package dev.mipath.engine;

import java.util.Arrays;

/** The state of every client's connection, field by field; a client has one at a time, and its number is its slot. */
final class Connections {
    /** Not begun, or over. */
    static final byte AWAY = 0;
    /** A message is under way. */
    static final byte ASKING = 1;
    /** Logged in, before the next query. */
    static final byte THINKING = 2;
    /** A query is under way. */
    static final byte QUERYING = 3;
    /** Waits before it tries again. */
    static final byte RESTING = 4;
    /** Waits before its next session. */
    static final byte PAUSING = 5;

    /** The gateway passes everything on. */
    static final int PROXIED = 1;
    /** What was sent has arrived and is worked on, so that nobody repeats it. */
    static final int TAKEN = 2;
    /** The connection is the one to the node that the client was sent on to. */
    static final int ON_NODE = 4;
    /** The session was logged in before and was cut. */
    static final int AGAIN = 8;
    /** No query of the session was answered yet. */
    static final int FRESH = 16;

    /** At most so many bits number a connection, so that the rest of an int tells its attempts apart. */
    static final int NUMBER_BITS = 24;

    private static final int ATTEMPTS = (1 << Integer.SIZE - 1 - NUMBER_BITS) - 1;

    final byte[] phase;
    final byte[] message;
    final byte[] tries;
    final byte[] attempt;
    final byte[] generation;
    final byte[] cause;
    final byte[] flags;
    final byte[] server;
    final int[] number;
    final int[] queries;
    final long[] begun;
    final long[] lastSeen;
    final long[] asked;
    /** The address the present connection goes to, as a number of {@link Names}. */
    final int[] target;

    final int[] forward;
    final int[] back;
    final int[] memory;
    final int[] snat;
    /** The same of a name's question, and then of the gateway's flow to the node. */
    final int[] sideForward;

    final int[] sideBack;
    final int[] sideMemory;
    /** The state of the world in which the ways were found. */
    final int[] era;
    /** The machines that serve it, by element, and how often each had started; -1 for none. */
    final short[] gateway;

    final short[] node;
    final byte[] gatewayBoot;
    final byte[] nodeBoot;
    /** The instance it is for, in {@link Instances}; -1 for none. */
    final short[] instance;
    /** The port the present connection goes to. */
    final char[] port;

    Connections(int clients) {
        phase = new byte[clients];
        message = new byte[clients];
        tries = new byte[clients];
        attempt = new byte[clients];
        generation = new byte[clients];
        cause = new byte[clients];
        flags = new byte[clients];
        server = new byte[clients];
        number = new int[clients];
        queries = new int[clients];
        begun = new long[clients];
        lastSeen = new long[clients];
        asked = new long[clients];
        target = new int[clients];
        forward = new int[clients];
        back = new int[clients];
        memory = new int[clients];
        snat = new int[clients];
        sideForward = new int[clients];
        sideBack = new int[clients];
        sideMemory = new int[clients];
        era = new int[clients];
        gateway = new short[clients];
        node = new short[clients];
        gatewayBoot = new byte[clients];
        nodeBoot = new byte[clients];
        instance = new short[clients];
        port = new char[clients];
        Arrays.fill(gateway, (short) -1);
        Arrays.fill(node, (short) -1);
        Arrays.fill(instance, (short) -1);
    }

    /** Whether an attempt or session of the client's is under way: it rests, pauses or is away otherwise. */
    boolean isUnderWay(int client) {
        return phase[client] >= ASKING && phase[client] <= QUERYING;
    }

    boolean is(int client, int flag) {
        return (flags[client] & flag) != 0;
    }

    void set(int client, int flag, boolean on) {
        flags[client] = (byte) (on ? flags[client] | flag : flags[client] & ~flag);
    }

    /** The present attempt of a connection as a customer of a machine: a later attempt is another one. */
    int customer(int client) {
        return (generation[client] & ATTEMPTS) << NUMBER_BITS | client;
    }

    /** The connection of a customer. */
    static int ofCustomer(int customer) {
        return customer & (1 << NUMBER_BITS) - 1;
    }

    /** Whether a customer is its connection's present attempt. */
    boolean isPresent(int customer) {
        return customer(ofCustomer(customer)) == customer;
    }

    /** How many bytes one connection takes here. */
    static int bytesEach() {
        return 8 + 2 + 4 * 2 + 8 * 3 + 4 * 10 + 2 * 4;
    }

    World.Memento save() {
        Object[] fields = fields();
        Object[] saved = new Object[fields.length];
        for (int i = 0; i < fields.length; i++) saved[i] = copy(fields[i]);
        return () -> {
            for (int i = 0; i < fields.length; i++) System.arraycopy(saved[i], 0, fields[i], 0, phase.length);
        };
    }

    private Object[] fields() {
        return new Object[] {
            phase,
            message,
            tries,
            attempt,
            generation,
            cause,
            flags,
            server,
            number,
            queries,
            begun,
            lastSeen,
            asked,
            target,
            forward,
            back,
            memory,
            snat,
            sideForward,
            sideBack,
            sideMemory,
            era,
            gateway,
            node,
            gatewayBoot,
            nodeBoot,
            instance,
            port
        };
    }

    private static Object copy(Object array) {
        if (array instanceof byte[] bytes) return bytes.clone();
        if (array instanceof short[] shorts) return shorts.clone();
        if (array instanceof char[] chars) return chars.clone();
        if (array instanceof int[] ints) return ints.clone();
        return ((long[]) array).clone();
    }
}
