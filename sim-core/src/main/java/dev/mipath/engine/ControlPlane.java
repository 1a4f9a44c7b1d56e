package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import org.jspecify.annotations.Nullable;

/**
 * Azure's control plane as a run meets it: it takes edits of the network and operations on instances, refuses some, and says
 * what the network is afterwards. Whoever makes a plan makes it, because only there networks are compiled and requirements
 * judged. The same past gives the same answer.
 *
 * <p>Models: "Connectivity architecture", "Some operations started by end users or applications might require SQL Managed
 * Instance to interact with the platform", and the notes on the network intent policy (read 2026-11-22).
 */
public interface ControlPlane {
    /** The control plane of a plan in which nobody asks for anything. */
    ControlPlane IDLE = (past, moment) -> {
        throw new IllegalArgumentException("nobody asked for anything");
    };

    /**
     * What it makes of a moment of a request.
     *
     * @param past the moments of all requests that came about before, in order
     * @param moment what comes about now
     */
    Answer answer(ImmutableList<Moment> past, Moment moment);

    /** What a request asks for. */
    enum Kind {
        /** Edits of the network. */
        CHANGE,
        /** A new instance; it serves when the request is done. */
        CREATE,
        /** An instance is taken away. */
        DELETE,
        /** An instance gets other machines; the primary changes with them. */
        SCALE,
        /** A database of an instance. */
        DATABASE
    }

    /**
     * Something that is asked for.
     *
     * @param at when, in nanoseconds
     * @param name what people call it, such as {@code createInstance mi-new}
     * @param kind what it asks for
     * @param instance the resource name of the instance it is about, or null
     */
    record Request(
            long at, String name, Kind kind, @Nullable String instance) {
        public Request {
            if (at < 0) throw new IllegalArgumentException("nothing is asked for before the start");
        }
    }

    /** The moments of a request at which something may change. */
    enum Mark {
        /** It arrives, is checked, and is refused or begun. */
        ASKED,
        /** What was asked for takes effect. */
        EFFECT,
        /** All is done. */
        END,
        /** It failed, and what was begun is taken back. */
        UNDONE
    }

    /**
     * A moment of a request.
     *
     * @param request the request's number in the plan
     * @param mark which moment
     */
    record Moment(int request, Mark mark) {}

    /**
     * A part of an operation: it takes its time, and is over when its calls pass.
     *
     * @param name what people call it
     * @param time the setting that says how long it takes
     * @param mark what comes about at its end, or null
     * @param calls the connections that it needs
     * @param unknown the names of further calls whose addresses nobody knows
     */
    record Phase(
            String name,
            Setting time,
            @Nullable Mark mark,
            ImmutableList<Upkeep> calls,
            ImmutableList<String> unknown) {}

    /**
     * An answer.
     *
     * @param verdict the answer
     * @param code Azure's error code of a refusal; null for others and where none is known
     * @param reason why, in words
     * @param network the network from now on, or null when it stays
     * @param phases what follows, for a request that was begun
     * @param notes what else a reader has to know
     */
    record Answer(
            Verdict verdict,
            @Nullable String code,
            String reason,
            NetworkTimeline.@Nullable Epoch network,
            ImmutableList<Phase> phases,
            ImmutableList<String> notes) {
        /** Nothing is changed. */
        public static Answer refused(@Nullable String code, String reason) {
            return new Answer(Verdict.REFUSED, code, reason, null, ImmutableList.of(), ImmutableList.of());
        }
    }

    /** What the answer comes to. */
    enum Verdict {
        /** It is done, or begun. */
        ACCEPTED,
        /** It is done, and the service puts its own rules and routes back. */
        CORRECTED,
        /** Nothing is changed. */
        REFUSED
    }
}
