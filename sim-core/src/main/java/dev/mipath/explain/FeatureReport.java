package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.profile.Feature;
import dev.mipath.requirements.Preconditions.Judged;
import dev.mipath.requirements.Preconditions.State;
import org.jspecify.annotations.Nullable;

/**
 * Everything an answer about a feature is made of.
 *
 * @param context what it was computed from
 * @param profile the era whose rules hold
 * @param feature the feature
 * @param instance the instance's name
 * @param peer the peer's name, or null when nobody was named
 * @param needs what has to hold before
 * @param flows its flows
 */
public record FeatureReport(
        Context context,
        String profile,
        Feature feature,
        String instance,
        @Nullable String peer,
        ImmutableList<Judged> needs,
        ImmutableList<Walked> flows) {
    /**
     * A flow and what became of it.
     *
     * @param flow the flow
     * @param from who opens it
     * @param to whom it is for
     * @param parts its ports, those that end alike together; empty when it could not be followed
     * @param missing what would have to be known to follow it, or null
     */
    public record Walked(
            Feature.Flow flow,
            String from,
            String to,
            ImmutableList<Part> parts,
            @Nullable String missing) {
        State state() {
            State state = missing == null ? State.MET : State.UNKNOWN;
            for (Part part : parts) {
                if (part.state == State.BROKEN) return State.BROKEN;
                if (part.state == State.UNKNOWN) state = State.UNKNOWN;
            }
            return state;
        }
    }

    /**
     * Ports that end alike.
     *
     * @param firstPort the first
     * @param lastPort the last
     * @param state whether the way is open
     * @param report the whole answer for the first of them
     */
    public record Part(int firstPort, int lastPort, State state, TraceReport report) {
        String ports() {
            return firstPort == lastPort ? Integer.toString(firstPort) : firstPort + "-" + lastPort;
        }
    }

    /** Whether all is well: broken when anything is, unknown when anything else is. */
    public State state() {
        State state = State.MET;
        for (Judged need : needs) state = worse(state, need.state());
        for (Walked flow : flows) state = worse(state, flow.state());
        return state;
    }

    private static State worse(State one, State other) {
        if (one == State.BROKEN || other == State.BROKEN) return State.BROKEN;
        return one == State.UNKNOWN ? one : other;
    }
}
