package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.requirements.NetworkIntentPolicy.Verdict;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What comes of a change.
 *
 * @param verdict what the platform answers, and what breaks
 * @param edits what a plan or what-if answer changes; empty for a list of edits, which says so itself
 * @param doubts what is not known of the change itself, in sentences that are safe to print
 * @param asked how many flows were asked for before and after
 * @param changed how many of them change
 * @param flows those; of very many the first, and all that the input expects to stay
 */
public record ChangeAnswer(
        Verdict verdict,
        ImmutableList<Edited> edits,
        ImmutableList<String> doubts,
        int asked,
        int changed,
        ImmutableList<Flow> flows) {
    /**
     * One difference that a plan makes.
     *
     * @param kind {@code added}, {@code changed} or {@code removed}
     * @param name the resource, or the rule or route with its group or table
     */
    public record Edited(String kind, String name) {}

    /**
     * A flow that changes.
     *
     * @param question the question
     * @param before the answer before the change
     * @param after the answer after it
     * @param parting the first different decision, or null where the answers themselves are the decision
     * @param broken whether the input expects the answer of before
     */
    public record Flow(
            String question,
            Map<String, @Nullable Object> before,
            Map<String, @Nullable Object> after,
            @Nullable Parting parting,
            boolean broken) {}

    /** Whether there is any subnet of instances, or was. */
    public boolean concernsInstances() {
        return !verdict.after().subnets().isEmpty()
                || !verdict.change().removed().isEmpty();
    }

    /** Whether something of the change, or of what comes of it, is not known. */
    public boolean isUnknown() {
        return !doubts.isEmpty() || !verdict.change().broken().open().isEmpty();
    }

    /** Whether an expectation of the input holds no more. */
    public boolean breaksExpectations() {
        return flows.stream().anyMatch(Flow::broken);
    }
}
