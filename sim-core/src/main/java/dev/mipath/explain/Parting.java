package dev.mipath.explain;

import com.google.common.base.Ascii;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Phase;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The first decision that two conversations of one client do not have in common.
 *
 * @param phase the phase it falls in
 * @param before what decides in the one, safe to show; null where it has no such hop
 * @param after what decides in the other
 */
public record Parting(
        String phase, @Nullable String before, @Nullable String after) {
    /** Where the one parts from the other; nothing when every hop goes alike and both end alike. */
    public static Optional<Parting> of(Conversation before, Conversation after) {
        List<Phase> ones = before.phases();
        List<Phase> others = after.phases();
        for (int i = 0; i < Math.max(ones.size(), others.size()); i++) {
            @Nullable Phase one = i < ones.size() ? ones.get(i) : null;
            @Nullable Phase other = i < others.size() ? others.get(i) : null;
            if (one == null || other == null || one.state() != other.state()) return Optional.of(phases(one, other));
            for (boolean back : new boolean[] {false, true}) {
                @Nullable Parting parting = steps(one, other, back);
                if (parting != null) return Optional.of(parting);
            }
            if (one.outcome() != other.outcome()) return Optional.of(phases(one, other));
        }
        return Optional.empty();
    }

    private static Parting phases(@Nullable Phase one, @Nullable Phase other) {
        @Nullable Phase named = one == null ? other : one;
        return new Parting(named == null ? "" : named.state().phase(), outcome(one), outcome(other));
    }

    private static @Nullable String outcome(@Nullable Phase phase) {
        return phase == null
                ? null
                : phase.state().phase() + " "
                        + Ascii.toLowerCase(phase.outcome().name()).replace('_', '-');
    }

    private static @Nullable Parting steps(Phase one, Phase other, boolean back) {
        List<Step> ours = back ? one.back() : one.forward();
        List<Step> theirs = back ? other.back() : other.forward();
        for (int i = 0; i < Math.max(ours.size(), theirs.size()); i++) {
            @Nullable Step mine = i < ours.size() ? ours.get(i) : null;
            @Nullable Step its = i < theirs.size() ? theirs.get(i) : null;
            if (mine != null && its != null && decision(mine).equals(decision(its))) continue;
            return new Parting(one.state().phase(), told(mine), told(its));
        }
        return null;
    }

    /** What a decision comes to; the number of a rule is no part of it, for rules of the service move. */
    private static String decision(Step step) {
        String outcome = step.at() + (Decision.forwards(step.decision()) ? " on " : " ends ");
        if (step.why() instanceof Evidence.RuleMatched matched) {
            return outcome + matched.rule().rule().name() + " "
                    + matched.rule().rule().access();
        }
        return outcome + HopWords.of(step);
    }

    private static @Nullable String told(@Nullable Step step) {
        if (step == null) return null;
        String words = HopWords.of(step);
        return Safe.text(step.at()) + (words.isEmpty() ? "" : ": " + words);
    }
}
