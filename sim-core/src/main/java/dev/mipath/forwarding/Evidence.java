package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.profile.ClientKind;
import dev.mipath.topology.Notice;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/** The facts a decision rests on. Renderers turn them into words; nothing here is prose. */
public sealed interface Evidence {
    /** Calls the case that fits. */
    <T> T fold(Cases<T> cases);

    /**
     * A security rule decided.
     *
     * @param rule the first rule that matches
     * @param trials every other rule of the list in order of evaluation, with the fields that match
     * @param maybes rules before it that may match but would do the same
     * @param caveats what a reader must know about this verdict
     */
    record RuleMatched(
            RuleFact rule,
            ImmutableList<RuleTrial> trials,
            ImmutableList<RuleFact> maybes,
            ImmutableList<Notice> caveats)
            implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.ruleMatched(this);
        }
    }

    /**
     * A rule that may match stands before the first that certainly does, and would do otherwise.
     *
     * @param group the security group
     * @param maybe the rule that may match
     * @param certain the first rule that certainly matches, or null
     * @param missing what would have to be known
     * @param trials every rule of the list in order of evaluation, with the fields that match
     */
    record RuleUndetermined(
            ResourceId group,
            RuleFact maybe,
            @Nullable RuleFact certain,
            ImmutableList<String> missing,
            ImmutableList<RuleTrial> trials)
            implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.ruleUndetermined(this);
        }
    }

    /**
     * A platform address, which ordinary denies do not stop (fact 1.27).
     *
     * @param group the security group that let it pass
     * @param trials every rule of the list in order of evaluation, with the fields that match
     */
    record PlatformAddress(ResourceId group, ImmutableList<RuleTrial> trials) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.platformAddress(this);
        }
    }

    /**
     * The flow was let pass before (fact 1.10).
     *
     * @param group the security group that remembers it
     */
    record FlowRemembered(ResourceId group) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.flowRemembered(this);
        }
    }

    /**
     * A route was chosen.
     *
     * @param route the winner
     * @param prefix the winner's prefix that covers the destination
     * @param losers every other row that covers the destination, with why it lost
     * @param missing the way that Azure does not give, so that this route drops the packet; null for others
     */
    record RouteChosen(
            RouteFact route,
            Prefix prefix,
            ImmutableList<LosingRoute> losers,
            @Nullable MissingWay missing) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.routeChosen(this);
        }
    }

    /**
     * A row that may exist, or whose hop is unknown, would send the packet elsewhere.
     *
     * @param maybe the row that may win
     * @param certain the best certain row, or null
     * @param missing what would have to be known
     */
    record RouteUndetermined(RouteFact maybe, @Nullable RouteFact certain, ImmutableList<String> missing)
            implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.routeUndetermined(this);
        }
    }

    /**
     * No row covers the destination.
     *
     * @param losers rows that would, but take no part
     */
    record NoRoute(ImmutableList<LosingRoute> losers) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.noRoute(this);
        }
    }

    /**
     * A peering was met; it let the packet pass or the decision's ending says why not.
     *
     * @param link the link the packet leaves by
     * @param otherLink the other VNet's link, or null when there is none
     * @param place where the deciding link was declared
     */
    record PeeringMet(ResourceId link, @Nullable ResourceId otherLink, Place place) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.peeringMet(this);
        }
    }

    /**
     * A load balancer took the packet, or the input does not say what it does with it.
     *
     * @param where the name of the frontend
     * @param owner the load balancer, or the subnet of the instance's own
     * @param rule the rule that took it, or null for the instance's own
     * @param place where it was declared
     * @param backends how many machines the rule shares flows among
     * @param missing what would have to be known, or null
     */
    record Balanced(
            String where,
            ResourceId owner,
            @Nullable String rule,
            Place place,
            int backends,
            @Nullable String missing) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.balanced(this);
        }
    }

    /**
     * The packet got a public source address, or none was there to get.
     *
     * @param where the name of the place
     * @param to the public address, or null when nothing gives the source one
     * @param by what gives it or gives none
     * @param ports how many source ports the sender has to one destination, as far as the network says; else 0
     * @param assumed whether the address is not in the input
     */
    record Translated(String where, @Nullable Address to, OutboundFact by, int ports, boolean assumed)
            implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.translated(this);
        }
    }

    /**
     * What a client runs on sent the packet into the network, or did not.
     *
     * @param client the client
     * @param place where it was declared
     * @param kind what it runs on
     * @param routes the destinations that surely go into the network
     * @param broken what the kind never does, or null
     * @param missing what would have to be known
     */
    record ClientSends(
            ResourceId client,
            Place place,
            ClientKind kind,
            ImmutableList<Prefix> routes,
            ClientKind.@Nullable Limit broken,
            ImmutableList<String> missing)
            implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.clientSends(this);
        }
    }

    /**
     * The packet is at a host, a site or the Internet, or is handed on inside a VNet.
     *
     * @param where the name of the place
     * @param owner the resource that owns the place, or null
     */
    record At(String where, @Nullable ResourceId owner) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.at(this);
        }
    }

    /**
     * A firewall that judges by the source alone was met: the one on the nodes, or that of a service.
     *
     * @param where the name of the place
     * @param owner the resource that owns the place, or null
     * @param missing what would have to be known where it cannot decide
     */
    record SourceFirewall(String where, @Nullable ResourceId owner, ImmutableList<String> missing) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.sourceFirewall(this);
        }
    }

    /**
     * A place was passed where others get a public source address, and this packet keeps its private one.
     *
     * @param where the name of the place
     */
    record SourceKept(String where) implements Evidence {
        @Override
        public <T> T fold(Cases<T> cases) {
            return cases.sourceKept(this);
        }
    }

    /**
     * A rule that did not decide.
     *
     * @param rule the rule
     * @param fields which of its fields match, as bits of {@code RuleTable}: 1 source, 2 source port, 4 destination, 8
     *     destination port, 16 protocol
     * @param possible which of its fields match or may match, as the same bits
     * @param afterWinner whether it stands after the rule that decided, so that it was never asked
     */
    record RuleTrial(RuleFact rule, int fields, int possible, boolean afterWinner) {}

    /**
     * A row that covers the destination and did not win.
     *
     * @param route the row
     * @param prefix its prefix that covers the destination
     * @param why what decided against it
     */
    record LosingRoute(RouteFact route, Prefix prefix, Loss why) {}

    /** Why a row that covers the destination did not win. */
    enum Loss {
        /** The winner's prefix is longer. */
        LONGER_PREFIX,
        /** At the same prefix a user route beats gateway and system routes (fact 2.1). */
        USER_FIRST,
        /** At the same prefix a gateway route beats a system route (fact 2.1). */
        GATEWAY_BEFORE_SYSTEM,
        /** VNet, peering and endpoint routes beat gateway routes, longer ones too (fact 2.7). */
        SYSTEM_BEFORE_GATEWAY,
        /** A service endpoint's routes cannot be overridden (fact 2.8). */
        SERVICE_ENDPOINT_FIRST,
        /** A private endpoint's route yields only to certain user routes (fact 3.20). */
        PRIVATE_ENDPOINT_FIRST,
        /** A user route marked to override BGP beats it (fact 2.18). */
        BGP_OVERRIDE,
        /** At the same prefix a more specific service tag, or none, goes first (fact 2.14). */
        TAG_ORDER,
        /** An equal row stands before it. */
        LISTED_LATER,
        /** The row takes no part; its standing says why. */
        NOT_ACTIVE,
        /** No table moves the platform's own addresses (fact 2.22). */
        PLATFORM_ADDRESS
    }

    /** One method per kind of evidence, so that a new kind breaks every renderer at compile time. */
    interface Cases<T> {
        T ruleMatched(RuleMatched evidence);

        T ruleUndetermined(RuleUndetermined evidence);

        T platformAddress(PlatformAddress evidence);

        T flowRemembered(FlowRemembered evidence);

        T routeChosen(RouteChosen evidence);

        T routeUndetermined(RouteUndetermined evidence);

        T noRoute(NoRoute evidence);

        T peeringMet(PeeringMet evidence);

        T balanced(Balanced evidence);

        T translated(Translated evidence);

        T clientSends(ClientSends evidence);

        T at(At evidence);

        T sourceFirewall(SourceFirewall evidence);

        T sourceKept(SourceKept evidence);
    }
}
