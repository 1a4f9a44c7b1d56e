package dev.mipath.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import java.util.Optional;

/**
 * An era of the managed instance's own rules: what the service adds to a subnet and how its data path behaves.
 *
 * @param name the name that {@code --profile} takes
 * @param source where the rules were read
 * @param defaultConnectionType what an instance without a stated type does: {@code Proxy} or {@code Redirect} (fact 4.7)
 * @param redirectRange whether redirected clients use ports 11000-11999; otherwise 1433 (fact 4.8)
 * @param reachableOverGlobalPeering whether another region's VNet reaches the instance (fact 3.7)
 * @param rules the security rules the service provisions
 * @param routes the routes the service provisions beside the subnet's own
 */
public record Era(
        String name,
        String source,
        String defaultConnectionType,
        boolean redirectRange,
        boolean reachableOverGlobalPeering,
        ImmutableList<ServiceRule> rules,
        ImmutableList<ServiceRoute> routes) {
    /** The term of a {@link ServiceRule} that stands for the instance's subnet. */
    public static final String SUBNET = "MI SUBNET";

    private static final String DOCUMENT_2020 =
            "Connectivity architecture for Azure SQL Managed Instance, service-aided subnet configuration, 2020-03-17";

    /** The specification's service-aided mode. */
    public static final Era Y2020 = new Era(
            "2020",
            DOCUMENT_2020,
            "Proxy",
            true,
            false,
            ImmutableList.of(
                    new ServiceRule(
                            "sqlmgmt-in",
                            true,
                            "Tcp",
                            "SqlManagement",
                            SUBNET,
                            ImmutableList.of(9000, 9003, 1438, 1440, 1452)),
                    new ServiceRule("corpsaw-in", true, "Tcp", "CorpNetSaw", SUBNET, ImmutableList.of(9000, 9003)),
                    new ServiceRule(
                            "corppublic-in", true, "Tcp", "CorpNetPublic", SUBNET, ImmutableList.of(9000, 9003)),
                    new ServiceRule("healthprobe-in", true, "*", "AzureLoadBalancer", SUBNET, ImmutableList.of()),
                    new ServiceRule("internal-in", true, "*", SUBNET, SUBNET, ImmutableList.of()),
                    new ServiceRule("services-out", false, "Tcp", SUBNET, "AzureCloud", ImmutableList.of(443, 12000)),
                    new ServiceRule("internal-out", false, "*", SUBNET, SUBNET, ImmutableList.of())),
            routes2020());

    /** The newest text: only what the data path itself needs is mandatory (facts 4.29, 8.12). */
    public static final Era CURRENT = new Era(
            "current",
            "Service-aided subnet configuration, newest stored text; injected rules v12 (facts 4.29, section 8)",
            "Redirect",
            false,
            true,
            ImmutableList.of(
                    new ServiceRule("healthprobe-in", true, "*", "AzureLoadBalancer", SUBNET, ImmutableList.of()),
                    new ServiceRule("internal-in", true, "*", SUBNET, SUBNET, ImmutableList.of()),
                    new ServiceRule("optional-azure-out", false, "Tcp", SUBNET, "AzureCloud", ImmutableList.of(443)),
                    new ServiceRule("internal-out", false, "*", SUBNET, SUBNET, ImmutableList.of())),
            ImmutableList.of());

    /**
     * A rule the service provisions.
     *
     * @param stem the part of its name that tells it from the others
     * @param inbound the direction
     * @param protocol Azure's spelling
     * @param from a service tag or {@link #SUBNET}
     * @param to a service tag or {@link #SUBNET}
     * @param ports the destination ports; empty for all
     */
    public record ServiceRule(
            String stem, boolean inbound, String protocol, String from, String to, ImmutableList<Integer> ports) {}

    /**
     * A route to next hop Internet that the service provisions.
     *
     * @param name its name
     * @param prefix what it covers
     */
    public record ServiceRoute(String name, Prefix prefix) {}

    /** The era of this name, if it is modelled. */
    public static Optional<Era> named(String name) {
        return ImmutableList.of(Y2020, CURRENT).stream()
                .filter(era -> era.name().equals(name))
                .findFirst();
    }

    private static ImmutableList<ServiceRoute> routes2020() {
        ImmutableList.Builder<ServiceRoute> routes = ImmutableList.builder();
        for (String line : Splitter.on('\n').omitEmptyStrings().split(Routes2020.ROUTES)) {
            int space = line.indexOf(' ');
            routes.add(new ServiceRoute(line.substring(0, space), Prefix.parse(line.substring(space + 1))));
        }
        return routes.build();
    }
}
