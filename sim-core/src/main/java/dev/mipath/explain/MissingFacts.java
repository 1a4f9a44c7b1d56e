package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Evidence;

/** What would have to be known to decide. */
final class MissingFacts {
    private MissingFacts() {}

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
