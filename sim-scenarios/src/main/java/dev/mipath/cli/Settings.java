package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.explain.Safe;
import java.util.List;

/** Reads {@code --setting name=value}: the choices that the facts leave open. */
final class Settings {
    static final String HELP = "Settings:"
            + "\n  virtualNetworkTagRoutes=all|appliance       which routes of a subnet widen its tag VirtualNetwork:"
            + "\n                                              all (default, as documented) or those to appliances only"
            + "\n  defaultRouteRemovesReserved=forwarding|any  which user routes 0.0.0.0/0 remove Azure's None routes:"
            + "\n                                              to appliance or gateway (default, as recorded), or any";

    private Settings() {}

    static CompileOptions of(List<String> settings) {
        CompileOptions options = CompileOptions.DEFAULTS;
        for (String setting : settings) {
            options = switch (setting) {
                case "virtualNetworkTagRoutes=all" -> with(options, TagRoutes.ALL);
                case "virtualNetworkTagRoutes=appliance" -> with(options, TagRoutes.APPLIANCE);
                case "defaultRouteRemovesReserved=forwarding" -> with(options, DefaultRouteRemoves.FORWARDING);
                case "defaultRouteRemovesReserved=any" -> with(options, DefaultRouteRemoves.ANY);
                default ->
                    throw new UsageException("there is no setting `" + Safe.text(setting)
                            + "` (virtualNetworkTagRoutes=all|appliance, defaultRouteRemovesReserved=forwarding|any)");
            };
        }
        return options;
    }

    private static CompileOptions with(CompileOptions options, TagRoutes routes) {
        return new CompileOptions(options.serviceTags(), routes, options.defaultRouteRemovesReserved(), options.era());
    }

    private static CompileOptions with(CompileOptions options, DefaultRouteRemoves removes) {
        return new CompileOptions(options.serviceTags(), options.virtualNetworkTagRoutes(), removes, options.era());
    }
}
