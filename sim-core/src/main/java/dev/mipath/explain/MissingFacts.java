package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.trace.Conversation;
import org.jspecify.annotations.Nullable;

/** What would have to be known to decide. */
final class MissingFacts {
    private MissingFacts() {}

    /** Everything that the conversation lacks, each once. */
    static ImmutableSet<String> of(Conversation conversation) {
        ImmutableSet.Builder<String> missing = ImmutableSet.builder();
        for (Conversation.Problem problem : conversation.problems()) {
            @Nullable Step step = problem.step();
            if (problem.ending() == Ending.UNDETERMINED && step != null) missing.addAll(of(step.why()));
        }
        return missing.build();
    }

    static ImmutableList<String> of(Evidence why) {
        if (why instanceof Evidence.RuleUndetermined rule) return rule.missing();
        if (why instanceof Evidence.RouteUndetermined route) return route.missing();
        if (why instanceof Evidence.PeeringMet peering) {
            return ImmutableList.of("the state and switches of both links of peering "
                    + peering.link().qualifiedName());
        }
        return ImmutableList.of();
    }
}
