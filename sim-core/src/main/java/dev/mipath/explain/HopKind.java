package dev.mipath.explain;

import dev.mipath.forwarding.Evidence;

/** The contract's word for the kind of a hop. */
final class HopKind implements Evidence.Cases<String> {
    @Override
    public String ruleMatched(Evidence.RuleMatched evidence) {
        return "nsg";
    }

    @Override
    public String ruleUndetermined(Evidence.RuleUndetermined evidence) {
        return "nsg";
    }

    @Override
    public String platformAddress(Evidence.PlatformAddress evidence) {
        return "nsg";
    }

    @Override
    public String flowRemembered(Evidence.FlowRemembered evidence) {
        return "nsg";
    }

    @Override
    public String routeChosen(Evidence.RouteChosen evidence) {
        return "route";
    }

    @Override
    public String routeUndetermined(Evidence.RouteUndetermined evidence) {
        return "route";
    }

    @Override
    public String noRoute(Evidence.NoRoute evidence) {
        return "route";
    }

    @Override
    public String peeringMet(Evidence.PeeringMet evidence) {
        return "peering";
    }

    @Override
    public String sourceFirewall(Evidence.SourceFirewall evidence) {
        return "firewall";
    }

    @Override
    public String sourceKept(Evidence.SourceKept evidence) {
        return "nat";
    }

    @Override
    public String balanced(Evidence.Balanced evidence) {
        return "load-balancer";
    }

    @Override
    public String translated(Evidence.Translated evidence) {
        return "nat";
    }

    @Override
    public String clientSends(Evidence.ClientSends evidence) {
        return "client";
    }

    /** The element's name begins with what it is. */
    @Override
    public String at(Evidence.At evidence) {
        String where = evidence.where();
        if (where.contains("load balancer")) return "load-balancer";
        if (where.startsWith("gateway ")) return "mi-gateway";
        if (where.startsWith("node ")) return "node";
        if (where.startsWith("VNet ")) return "vnet";
        if (where.startsWith("subnet ")) return "subnet";
        return "host";
    }
}
