package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Safe;
import dev.mipath.profile.Era;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import java.util.Optional;
import java.util.regex.Pattern;

/** Which era's rules hold: said by the user, by the input, or told by names in it (contract: Sources). */
final class Eras {
    /** The input says it or its names tell, else it is 2020. */
    static final String AUTO = "auto";

    static final Option OPTION = Option.choice(
            "--profile",
            "ERA",
            "The era of the instance's own rules.",
            ImmutableList.<String>builder()
                    .add(AUTO)
                    .addAll(Era.names())
                    .build()
                    .toArray(String[]::new));

    private Eras() {}

    /**
     * An era.
     *
     * @param era the era
     * @param sure whether it was given or recognised
     */
    record Chosen(Era era, boolean sure) {}

    static Chosen choose(String option, Topology topology) {
        String name = option.equals(AUTO) && topology.profile() != null ? topology.profile() : option;
        if (!name.equals(AUTO)) {
            return new Chosen(
                    Era.named(name)
                            .orElseThrow(() -> new UsageException("there is no profile `" + Safe.text(name) + "` ("
                                    + String.join(", ", Era.names()) + ")")),
                    true);
        }
        return recognised(topology).map(era -> new Chosen(era, true)).orElse(new Chosen(Era.Y2020, false));
    }

    /** The newest sign counts: what the service adds stays when an era ends, what it took away does not come back. */
    private static Optional<Era> recognised(Topology topology) {
        Signs signs = new Signs();
        for (NetworkSecurityGroup group : topology.networkSecurityGroups()) {
            for (SecurityRule rule : group.rules()) signs.see(rule.name());
        }
        for (RouteTable table : topology.routeTables()) {
            for (Route route : table.routes()) signs.see(route.name());
        }
        return signs.era();
    }

    /** What names tell (contract: Sources; facts 4.23 to 4.30, 8.12). */
    private static final class Signs {
        private static final String SERVICE = "Microsoft.Sql-managedInstances_UseOnly_";
        private static final Pattern RULE_OF_2022 = Pattern.compile("mi-.*-v10");
        private static final Pattern RULE_OF_NOVEMBER = Pattern.compile("mi-(aad|onedsc)-out-.*");
        private static final Pattern ROUTE_OF_2022 = Pattern.compile("mi-(SqlManagement|CorpNetSaw|CorpNetPublic)");
        private static final Pattern ROUTE_OF_2020 = Pattern.compile("mi-[0-9-]+-nexthop-internet");

        private boolean november2022;
        private boolean y2022;
        private boolean current;
        private boolean y2020;

        private void see(String name) {
            boolean own = name.startsWith(SERVICE);
            String rest = own ? name.substring(SERVICE.length()) : name;
            november2022 |= own && RULE_OF_NOVEMBER.matcher(rest).matches();
            y2022 |= own
                    && (RULE_OF_2022.matcher(rest).matches()
                            || ROUTE_OF_2022.matcher(rest).matches());
            current |= rest.startsWith("mi-optional-azure-out") || own && rest.startsWith("subnet-");
            y2020 |= ROUTE_OF_2020.matcher(rest).matches();
        }

        private Optional<Era> era() {
            if (november2022) return Optional.of(Era.NOVEMBER_2022);
            if (y2022) return Optional.of(Era.Y2022);
            if (y2020) return Optional.of(Era.Y2020);
            return current ? Optional.of(Era.CURRENT) : Optional.empty();
        }
    }
}
