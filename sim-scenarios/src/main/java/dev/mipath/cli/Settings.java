package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import dev.mipath.compile.CompileOptions.TagRoutes;
import dev.mipath.explain.Safe;
import java.util.List;

/** Reads {@code --setting name=value}: the choices that the facts leave open. */
final class Settings {
    static final String HELP = "Settings (the first value is the default):"
            + "\n  virtualNetworkTagRoutes=all|appliance"
            + "\n      which routes of a subnet widen its tag VirtualNetwork:"
            + "\n      all, or those to appliances"
            + "\n  defaultRouteRemovesReserved=forwarding|any"
            + "\n      which user routes 0.0.0.0/0 remove Azure's None routes:"
            + "\n      those to an appliance or gateway, or any";

    private Settings() {}

    static CompileOptions of(List<String> settings) {
        CompileOptions options = CompileOptions.DEFAULTS;
        for (String setting : settings) {
            options = switch (setting) {
                case "virtualNetworkTagRoutes=all" -> options.with(TagRoutes.ALL);
                case "virtualNetworkTagRoutes=appliance" -> options.with(TagRoutes.APPLIANCE);
                case "defaultRouteRemovesReserved=forwarding" -> options.with(DefaultRouteRemoves.FORWARDING);
                case "defaultRouteRemovesReserved=any" -> options.with(DefaultRouteRemoves.ANY);
                default ->
                    throw new UsageException("there is no setting `" + Safe.text(setting)
                            + "` (virtualNetworkTagRoutes=all|appliance, defaultRouteRemovesReserved=forwarding|any)");
            };
        }
        return options;
    }
}
