package dev.mipath.engine;

import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Ending;

/** Why something ended, as a number: an {@link Ending}, or what only time brings. */
final class Causes {
    static final int NONE = 0;
    /** Nothing came back in time. */
    static final int NO_ANSWER = 100;
    /** A packet arrived at somebody else's. */
    static final int ASTRAY = 101;
    /** A flow was forgotten for having been silent. */
    static final int IDLE = 102;
    /** A fault: the machine does not run. */
    static final int CRASHED = 103;
    /** A fault: nothing passes the link. */
    static final int PARTITIONED = 104;
    /** A fault: the link waits. */
    static final int HELD = 105;
    /** A fault: the link lost it. */
    static final int LOST = 106;
    /** The machine closed the connection. */
    static final int RESET = 107;
    /** The certificate of one side is revoked. */
    static final int REVOKED = 108;
    /** No node of the instance serves at the moment. */
    static final int NO_PRIMARY = 109;
    /** The service does not vouch for the instance. */
    static final int UNAVAILABLE = 110;
    /** The queue was full. */
    static final int OVERLOADED = 111;
    /** The pool fails at once for a while. */
    static final int POOL_BLOCKED = 112;
    /** Connected, but to somebody else than who was asked for. */
    static final int MISROUTED = 113;

    private static final String[] NAMES = {
        "NO_ANSWER",
        "ASTRAY",
        "IDLE",
        "CRASHED",
        "PARTITIONED",
        "HELD",
        "LOST",
        "RESET",
        "CERTIFICATE_REVOKED",
        "NO_PRIMARY",
        "INSTANCE_UNAVAILABLE",
        "OVERLOADED",
        "POOL_BLOCKED",
        "MISROUTED"
    };

    /** One more than the largest number. */
    static final int SIZE = 128;

    private static final Ending[] ENDINGS = Ending.values();

    private Causes() {}

    /** The number of an ending. */
    @SuppressWarnings("EnumOrdinal") // The number lives no longer than the run.
    static int of(Ending ending) {
        return ending == Ending.DELIVERED ? NONE : ending.ordinal() + 1;
    }

    /** The ending of a number, or DELIVERED for what only time brings. */
    static Ending ending(int cause) {
        return cause == NONE || cause >= NO_ANSWER ? Ending.DELIVERED : ENDINGS[cause - 1];
    }

    /** The name of a number. */
    static String name(int cause) {
        if (cause == NONE) return "NONE";
        return cause >= NO_ANSWER ? NAMES[cause - NO_ANSWER] : ENDINGS[cause - 1].name();
    }

    /** The names of all. */
    static ImmutableSet<String> names() {
        ImmutableSet.Builder<String> names = ImmutableSet.builder();
        for (Ending ending : ENDINGS) names.add(ending.name());
        return names.add(NAMES).build();
    }

    /** How an attempt that ended so counts. */
    static String outcome(int cause) {
        if (cause == NONE) return "connected";
        if (cause == ASTRAY || cause == MISROUTED) return "misrouted";
        if (cause >= RESET) return "refused";
        Ending ending = ending(cause);
        if (ending == Ending.UNDETERMINED) return "undetermined";
        return ending.refuses() ? "refused" : "blocked";
    }
}
