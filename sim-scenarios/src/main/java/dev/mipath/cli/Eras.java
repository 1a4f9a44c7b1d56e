package dev.mipath.cli;

import dev.mipath.explain.Safe;
import dev.mipath.profile.Era;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.Optional;

/** Which era's rules hold: said by the user, by the input, or told by names in it (contract: Sources). */
final class Eras {
    private Eras() {}

    /**
     * An era.
     *
     * @param era the era
     * @param sure whether it was given or recognised
     */
    record Chosen(Era era, boolean sure) {}

    static Chosen choose(String option, Topology topology) {
        String name = option.equals("auto") && topology.profile() != null ? topology.profile() : option;
        if (!name.equals("auto")) {
            return new Chosen(
                    Era.named(name)
                            .orElseThrow(() -> new UsageException(
                                    "profile `" + Safe.text(name) + "` is not modelled yet (use 2020 or current)")),
                    true);
        }
        return recognised(topology).map(era -> new Chosen(era, true)).orElse(new Chosen(Era.Y2020, false));
    }

    private static Optional<Era> recognised(Topology topology) {
        for (RouteTable table : topology.routeTables()) {
            for (Route route : table.routes()) {
                if (route.name().startsWith("mi-") && route.name().endsWith("-nexthop-internet")) {
                    return Optional.of(Era.Y2020);
                }
            }
        }
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            for (SecurityRule rule : group.rules()) {
                if (rule.name().contains("mi-optional-azure-out")) return Optional.of(Era.CURRENT);
            }
        }
        return Optional.empty();
    }
}
