package dev.mipath.engine;

/** The kinds of events, as numbers in a run's records. */
final class Kinds {
    /** The next client of a population begins; the entity is the population. */
    static final int BEGIN = 1;
    /** A packet arrives at a resolver, gateway or node; the entity of this and the following is the connection. */
    static final int AT_SERVER = 2;
    /** A packet arrives at the client. */
    static final int AT_CLIENT = 3;
    /** What a client waited for did not come, or its time to wait is over. */
    static final int TIMER = 4;
    /** A gateway or node has done its work; the entity is its customer, a connection and which of its attempts. */
    static final int SERVED = 5;
    /** A gateway's packet arrives at a node. */
    static final int AT_NODE = 6;
    /** A node's packet arrives at a gateway. */
    static final int AT_GATEWAY = 7;
    /** An action of the timeline; the entity is its number. */
    static final int ACTION = 8;
    /** Another network comes into force. */
    static final int SWAP = 9;
    /** A load balancer probes a machine. */
    static final int PROBE = 10;
    /** The management plane calls, or an instance calls what it depends on. */
    static final int UPKEEP = 11;
    /** A machine that stopped serves again. */
    static final int STARTED = 12;
    /** A source port may be taken again. */
    static final int PORT_FREE = 13;
    /** A packet was stopped; a record only, of the event that sent it. */
    static final int DROPPED = 14;
    /** A client is logged in, or has given up; a record only. */
    static final int ENDED = 15;
    /** A clogged link passes again; the entity is its element, the argument one more than the element behind, or 0. */
    static final int UNCLOGGED = 16;
    /** Azure's control plane is asked for something; the entity is the request. */
    static final int REQUEST = 17;
    /** A part of a request has taken its time, and its calls are tried. */
    static final int PHASE = 18;

    /** The element of a record that is about no element. */
    static final int NOWHERE = 0xFF_FFFF;

    private static final String[] NAMES = {
        "",
        "begin",
        "at-server",
        "at-client",
        "timer",
        "served",
        "at-node",
        "at-gateway",
        "action",
        "swap",
        "probe",
        "upkeep",
        "started",
        "port-free",
        "dropped",
        "ended",
        "unclogged",
        "request",
        "phase"
    };

    private Kinds() {}

    static String name(int kind) {
        return kind < NAMES.length ? NAMES[kind] : "";
    }
}
