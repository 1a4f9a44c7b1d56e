package dev.mipath.compile;

import com.google.common.collect.ImmutableMap;
import dev.mipath.net.Address;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import org.jspecify.annotations.Nullable;

/**
 * The choices that the facts leave open, each a named setting.
 *
 * @param serviceTags what service tags stand for
 * @param virtualNetworkTagRoutes which routes of a subnet's table widen its tag VirtualNetwork (fact 1.20a)
 * @param defaultRouteRemovesReserved which user routes for 0.0.0.0/0 remove the reserved None routes (fact 2.3a)
 * @param era the era of the managed instances' own rules, or null to judge by what the input declares alone
 * @param resolved what a resolver is known to answer, by lower-case host name; it places an instance's load balancer
 * @param assumed how far an address holds that the input leaves to Azure
 */
public record CompileOptions(
        ServiceTags serviceTags,
        TagRoutes virtualNetworkTagRoutes,
        DefaultRouteRemoves defaultRouteRemovesReserved,
        @Nullable Era era,
        ImmutableMap<String, Address> resolved,
        AssumedAddress assumed) {
    /** The documented behaviour with the built-in tags. */
    public static final CompileOptions DEFAULTS = new CompileOptions(
            ServiceTags.builtIn(),
            TagRoutes.ALL,
            DefaultRouteRemoves.FORWARDING,
            null,
            ImmutableMap.of(),
            AssumedAddress.MAY_DIFFER);

    /** Which routes of a subnet's table widen its tag VirtualNetwork. */
    public enum TagRoutes {
        /** Every route, as the documentation says. */
        ALL,
        /** Routes to appliances only, as far as users have confirmed it. */
        APPLIANCE
    }

    /** Which user routes for 0.0.0.0/0 remove the reserved None routes. */
    public enum DefaultRouteRemoves {
        /** Those to an appliance or a gateway, as recorded. */
        FORWARDING,
        /** Those to the Internet too; there is no recording of that case. */
        ANY
    }

    /** How far an assumed address holds. */
    public enum AssumedAddress {
        /** It may be any that is free; what depends on it is not decided (contract: Sources). */
        MAY_DIFFER,
        /** It is taken for the real one. */
        HOLDS
    }

    /** The same choices with other tags. */
    public CompileOptions with(ServiceTags tags) {
        return new CompileOptions(tags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, era, resolved, assumed);
    }

    /** The same choices with other routes widening the tag VirtualNetwork. */
    public CompileOptions with(TagRoutes routes) {
        return new CompileOptions(serviceTags, routes, defaultRouteRemovesReserved, era, resolved, assumed);
    }

    /** The same choices with other default routes removing the reserved ones. */
    public CompileOptions with(DefaultRouteRemoves removes) {
        return new CompileOptions(serviceTags, virtualNetworkTagRoutes, removes, era, resolved, assumed);
    }

    /** The same choices in an era. */
    public CompileOptions with(@Nullable Era newEra) {
        return new CompileOptions(
                serviceTags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, newEra, resolved, assumed);
    }

    /** The same choices where a resolver is known to give these answers, by lower-case host name. */
    public CompileOptions withResolved(ImmutableMap<String, Address> answers) {
        return new CompileOptions(
                serviceTags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, era, answers, assumed);
    }

    /** The same choices with assumed addresses that hold this far. */
    public CompileOptions with(AssumedAddress holding) {
        return new CompileOptions(
                serviceTags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, era, resolved, holding);
    }
}
