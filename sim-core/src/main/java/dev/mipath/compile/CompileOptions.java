package dev.mipath.compile;

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
 */
public record CompileOptions(
        ServiceTags serviceTags,
        TagRoutes virtualNetworkTagRoutes,
        DefaultRouteRemoves defaultRouteRemovesReserved,
        @Nullable Era era) {
    /** The documented behaviour with the built-in tags. */
    public static final CompileOptions DEFAULTS =
            new CompileOptions(ServiceTags.builtIn(), TagRoutes.ALL, DefaultRouteRemoves.FORWARDING, null);

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

    /** The same choices with other tags. */
    public CompileOptions with(ServiceTags tags) {
        return new CompileOptions(tags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, era);
    }

    /** The same choices with other routes widening the tag VirtualNetwork. */
    public CompileOptions with(TagRoutes routes) {
        return new CompileOptions(serviceTags, routes, defaultRouteRemovesReserved, era);
    }

    /** The same choices with other default routes removing the reserved ones. */
    public CompileOptions with(DefaultRouteRemoves removes) {
        return new CompileOptions(serviceTags, virtualNetworkTagRoutes, removes, era);
    }

    /** The same choices in an era. */
    public CompileOptions with(@Nullable Era newEra) {
        return new CompileOptions(serviceTags, virtualNetworkTagRoutes, defaultRouteRemovesReserved, newEra);
    }
}
