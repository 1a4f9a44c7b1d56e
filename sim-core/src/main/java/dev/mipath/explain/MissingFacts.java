package dev.mipath.explain;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.Step;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.Conversation.Finding;
import org.jspecify.annotations.Nullable;

/** What would have to be known to decide. */
final class MissingFacts {
    private MissingFacts() {}

    /** Everything that the conversation lacks, each once. */
    static ImmutableSet<String> of(Conversation conversation) {
        ImmutableSet.Builder<String> missing = ImmutableSet.builder();
        for (Conversation.Problem problem : conversation.problems()) {
            if (problem.ending() == Ending.UNDETERMINED) missing.addAll(of(problem));
        }
        return missing.build();
    }

    private static ImmutableList<String> of(@Nullable Finding finding) {
        if (finding instanceof Finding.ForeignName foreign) {
            return ImmutableList.of(
                    "what the client's resolver answers for " + foreign.name() + " (--resolve NAME=IP)");
        }
        if (finding instanceof Finding.InstanceUnplaced unplaced) return ImmutableList.of(unplaced.missing());
        if (finding instanceof Finding.ClientOutside outside) {
            return ImmutableList.of("the VNet or site that holds " + outside.address());
        }
        if (finding instanceof Finding.PublicEndpoint endpoint) {
            return ImmutableList.of("whether the public endpoint of " + endpoint.instance() + " is enabled");
        }
        return ImmutableList.of();
    }

    /** What one problem lacks. */
    static ImmutableList<String> of(Conversation.Problem problem) {
        if (problem.finding() instanceof Finding.AddressDepends depends) {
            return ImmutableList.of(address(depends));
        }
        if (problem.finding() instanceof Finding.PortDepends depends) {
            return ImmutableList.of("the port of the node of instance " + depends.instance()
                    + ", which Azure chooses of 11000-11999 and changes (write the rule for all of 11000-11999)");
        }
        @Nullable Step step = problem.step();
        return step == null ? of(problem.finding()) : of(step.why());
    }

    private static String address(Finding.AddressDepends depends) {
        return switch (depends.holder()) {
            case INTERFACE ->
                "the private address of NIC " + depends.name()
                        + " (az network nic show, or --from with the IP address)";
            case OTHER ->
                "the address of " + depends.name() + ", which is assumed to be " + depends.assumed()
                        + " (give the IP address, or declare it)";
            case FRONTEND ->
                "the address of the load balancer's frontend in subnet " + depends.name()
                        + ", which is assumed to be " + depends.assumed()
                        + " (az network lb frontend-ip show, or declare its privateIpAddress)";
            case LOAD_BALANCER ->
                "the address of the internal load balancer in subnet " + depends.name()
                        + " (--resolve NAME=IP with what the client's resolver answers)";
            case MACHINE ->
                "the address of a gateway or node in subnet " + depends.name()
                        + ", which Azure chooses and changes (write the rule or route for the whole subnet)";
        };
    }

    static ImmutableList<String> of(Evidence why) {
        if (why instanceof Evidence.RuleUndetermined rule) return rule.missing();
        if (why instanceof Evidence.RouteUndetermined route) return route.missing();
        if (why instanceof Evidence.SourceFirewall firewall) return firewall.missing();
        if (why instanceof Evidence.Balanced balanced && balanced.missing() != null) {
            return ImmutableList.of(balanced.missing());
        }
        if (why instanceof Evidence.Translated translated && translated.by().missing() != null) {
            return ImmutableList.of(translated.by().missing());
        }
        if (why instanceof Evidence.ClientSends client) return client.missing();
        if (why instanceof Evidence.PeeringMet peering) {
            return ImmutableList.of("the state and switches of both links of peering "
                    + peering.link().qualifiedName());
        }
        return ImmutableList.of();
    }
}
