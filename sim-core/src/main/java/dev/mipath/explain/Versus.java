package dev.mipath.explain;

import dev.mipath.forwarding.Step;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.Problem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One question asked by two clients.
 *
 * @param here the answer to the first
 * @param there the answer to the other
 */
public record Versus(TraceReport here, TraceReport there) {
    /**
     * The first decision that is not the same for both.
     *
     * @param phase the phase it falls in
     * @param here what decides about the first client's packet, or null where no element does
     * @param there what decides about the other's
     * @param blocker the blocker that makes the difference, or null where none does
     * @param ofThere whether that blocker is the other client's
     */
    record Difference(
            String phase,
            @Nullable Step here,
            @Nullable Step there,
            @Nullable Blocker blocker,
            boolean ofThere) {}

    /** The comparison of both answers, row by row. */
    Comparison rows() {
        return new Comparison(here, there);
    }

    /** Where the two part; nothing when every phase goes alike. */
    Optional<Difference> first() {
        List<Phase> ones = here.conversation().phases();
        List<Phase> others = there.conversation().phases();
        for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
            @Nullable Phase one = i < ones.size() ? ones.get(i) : null;
            @Nullable Phase other = i < others.size() ? others.get(i) : null;
            if (one == null || other == null || one.state() != other.state()) {
                String name = one == null && other != null ? other.state().phase() : name(one);
                return Optional.of(new Difference(name, null, null, null, false));
            }
            if (!alike(one, other)) return Optional.of(difference(one, other));
        }
        return Optional.empty();
    }

    private static String name(@Nullable Phase phase) {
        return phase == null ? "" : phase.state().phase();
    }

    private boolean alike(Phase one, Phase other) {
        if (one.outcome() != other.outcome() || !Objects.equals(address(one), address(other))) return false;
        @Nullable Blocker ours = blocker(here, one);
        @Nullable Blocker theirs = blocker(there, other);
        if (ours == null || theirs == null) return ours == null && theirs == null;
        return ours.problem().ending() == theirs.problem().ending() && Objects.equals(ours.rule(), theirs.rule());
    }

    private static @Nullable String address(Phase phase) {
        if (phase.finding() instanceof Finding.Resolved resolved)
            return resolved.address().toString();
        return phase.finding() instanceof Finding.Redirected token
                ? token.node().toString()
                : null;
    }

    private Difference difference(Phase one, Phase other) {
        @Nullable Blocker ours = blocker(here, one);
        @Nullable Blocker theirs = blocker(there, other);
        @Nullable Blocker blocker = ours != null ? ours : theirs;
        @Nullable Step stopped = blocker == null ? null : blocker.problem().step();
        if (blocker == null || stopped == null) {
            return new Difference(one.state().phase(), null, null, blocker, ours == null);
        }
        boolean onReturn = blocker.problem().onReturn();
        @Nullable
        Step counterpart = counterpart(stopped, ours != null ? one : other, ours != null ? other : one, onReturn);
        if (ours != null && theirs != null && theirs.problem().step() != null)
            counterpart = theirs.problem().step();
        return ours != null
                ? new Difference(one.state().phase(), stopped, counterpart, blocker, false)
                : new Difference(one.state().phase(), counterpart, stopped, blocker, true);
    }

    private static @Nullable Blocker blocker(TraceReport report, Phase phase) {
        for (Blocker blocker : report.blockers()) {
            Problem problem = blocker.problem();
            if (problem.state() == phase.state()) return blocker;
        }
        return null;
    }

    /** What decided about the other's packet where this one was stopped: the same element, else one of its kind. */
    private static @Nullable Step counterpart(Step stopped, Phase own, Phase other, boolean onReturn) {
        List<Step> steps = onReturn ? other.back() : other.forward();
        List<Step> ours = onReturn ? own.back() : own.forward();
        for (Step step : steps) if (step.element() == stopped.element()) return step;
        int nth = 0;
        for (Step step : ours) {
            if (step.equals(stopped)) break;
            if (kind(step).equals(kind(stopped))) nth++;
        }
        for (Step step : steps) {
            if (kind(step).equals(kind(stopped)) && nth-- == 0) return step;
        }
        return steps.isEmpty() ? null : steps.get(0);
    }

    private static String kind(Step step) {
        return step.why().fold(new HopKind());
    }
}
