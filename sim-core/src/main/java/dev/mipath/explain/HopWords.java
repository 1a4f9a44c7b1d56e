package dev.mipath.explain;

import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** What decided at a hop, in a clause. */
final class HopWords implements Evidence.Cases<String> {
    private HopWords() {}

    /** What decided at a step; empty where nothing but the place itself did. */
    static String of(Step step) {
        if (isMovedByNoTable(step)) {
            return "an address of the platform itself, which no route table moves";
        }
        return step.why().fold(new HopWords());
    }

    /** Whether a route is nominal only, because no table moves the packet's destination (fact 2.22). */
    static boolean isMovedByNoTable(Step step) {
        return step.why() instanceof Evidence.RouteChosen
                && PlatformRanges.HOST_VIRTUAL.contains(step.arrived().destination());
    }

    @Override
    public String ruleMatched(Evidence.RuleMatched evidence) {
        return Safe.text(evidence.rule().rule().name()) + " ("
                + evidence.rule().rule().priority() + ") "
                + Words.access(evidence.rule());
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
        return evidence.otherLink() == null
                ? ""
                : "its other half is " + Safe.text(evidence.otherLink().qualifiedName());
    }

    @Override
    public String sourceFirewall(Evidence.SourceFirewall evidence) {
        return "judges by the source alone";
    }

    @Override
    public String sourceKept(Evidence.SourceKept evidence) {
        return "keeps its private address: services of the own region are not reached by NAT";
    }

    @Override
    public String balanced(Evidence.Balanced evidence) {
        return evidence.rule() == null
                ? ""
                : "rule " + Safe.text(evidence.rule()) + ", " + Words.count(evidence.backends(), "backend");
    }

    @Override
    public String translated(Evidence.Translated evidence) {
        if (evidence.to() == null) return "nothing gives it a public address";
        @Nullable ResourceId resource = evidence.by().resource();
        @Nullable String rule = evidence.by().rule();
        String by = resource == null ? "default outbound access" : Safe.text(resource.name());
        String ports = evidence.ports() > 0 ? ", " + Words.count(evidence.ports(), "source port") : "";
        return "leaves as " + evidence.to() + ", by " + (rule == null ? "" : "rule " + Safe.text(rule) + " of ") + by
                + ports;
    }

    @Override
    public String clientSends(Evidence.ClientSends evidence) {
        return evidence.kind().title();
    }

    @Override
    public String at(Evidence.At evidence) {
        return "";
    }
}
