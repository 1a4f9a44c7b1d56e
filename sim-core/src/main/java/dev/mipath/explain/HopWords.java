package dev.mipath.explain;

import dev.mipath.forwarding.Evidence;

/** What decided at a hop, in a clause. */
final class HopWords implements Evidence.Cases<String> {
    @Override
    public String ruleMatched(Evidence.RuleMatched evidence) {
        return Safe.text(evidence.rule().rule().name()) + " ("
                + evidence.rule().rule().priority() + ") "
                + Words.access(evidence.rule().rule().access());
    }

    @Override
    public String ruleUndetermined(Evidence.RuleUndetermined evidence) {
        return Safe.text(evidence.maybe().rule().name()) + " may match";
    }

    @Override
    public String platformAddress(Evidence.PlatformAddress evidence) {
        return "a platform address, which ordinary denies do not stop";
    }

    @Override
    public String flowRemembered(Evidence.FlowRemembered evidence) {
        return "the flow was let pass before";
    }

    @Override
    public String routeChosen(Evidence.RouteChosen evidence) {
        return RouteWords.named(evidence.route()) + " (" + evidence.prefix() + ") to "
                + RouteWords.hop(evidence.route());
    }

    @Override
    public String routeUndetermined(Evidence.RouteUndetermined evidence) {
        return "a route that may exist would lead elsewhere";
    }

    @Override
    public String noRoute(Evidence.NoRoute evidence) {
        return "no route";
    }

    @Override
    public String peeringMet(Evidence.PeeringMet evidence) {
        return "";
    }

    @Override
    public String at(Evidence.At evidence) {
        return "";
    }
}
