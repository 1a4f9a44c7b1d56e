package dev.mipath.profile;

import com.google.common.base.Splitter;
import com.google.common.collect.ImmutableList;
import dev.mipath.net.Prefix;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * An era of the managed instance's own rules: what the service adds to a subnet and how its data path behaves.
 *
 * @param name the name that {@code --profile} takes
 * @param source where the rules were read
 * @param defaultConnectionType what an instance without a stated type does: {@code Proxy} or {@code Redirect} (fact 4.7)
 * @param redirectRange whether redirected clients use ports 11000-11999; otherwise 1433 (fact 4.8)
 * @param reachableOverGlobalPeering whether another region's VNet reaches the instance (fact 3.7)
 * @param provisions whether the service adds its rules and routes by itself; otherwise they are the customer's to make
 * @param version what the names of its rules end in, but for optional ones (facts 4.26, 4.28, 8.12)
 * @param rules the security rules the service provisions
 * @param routes the routes the service provisions beside the subnet's own
 */
public record Era(
        String name,
        String source,
        String defaultConnectionType,
        boolean redirectRange,
        boolean reachableOverGlobalPeering,
        boolean provisions,
        String version,
        ImmutableList<ServiceRule> rules,
        ImmutableList<ServiceRoute> routes) {
    /** The term of a {@link ServiceRule} that stands for the instance's subnet. */
    public static final String SUBNET = "MI SUBNET";

    /** Ends a service tag that is narrowed to the region of the instance. */
    public static final String REGION = ".{region}";

    /** Ends a service tag that is narrowed to the region paired with the instance's. */
    public static final String PAIRED_REGION = ".{paired region}";

    private static final ServiceRule HEALTH_PROBE_IN = in("healthprobe-in", "*", "AzureLoadBalancer");
    private static final ServiceRule INTERNAL_IN = in("internal-in", "*", SUBNET);
    private static final ServiceRule INTERNAL_OUT = out("internal-out", "*", SUBNET);
    private static final ServiceRule OPTIONAL_AZURE_OUT = out("optional-azure-out", "Tcp", "AzureCloud", 443);
    private static final ServiceRule CORPNET_PUBLIC_IN = in("corppublic-in", "Tcp", "CorpNetPublic", 9000, 9003);
    private static final ServiceRule SERVICES_OUT = out("services-out", "Tcp", "AzureCloud", 443, 12000);
    private static final ServiceRule MANAGEMENT_IN =
            in("sqlmgmt-in", "Tcp", "SqlManagement", 9000, 9003, 1438, 1440, 1452);

    /** The specification's service-aided mode. */
    public static final Era Y2020 = new Era(
            "2020",
            "Connectivity architecture for Azure SQL Managed Instance, service-aided subnet configuration, 2020-03-17",
            "Proxy",
            true,
            false,
            true,
            "",
            ImmutableList.of(
                    MANAGEMENT_IN,
                    in("corpsaw-in", "Tcp", "CorpNetSaw", 9000, 9003),
                    CORPNET_PUBLIC_IN,
                    HEALTH_PROBE_IN,
                    INTERNAL_IN,
                    SERVICES_OUT,
                    INTERNAL_OUT),
            routes2020());

    /** The specification's deprecated mode: the same data path, and nothing is provisioned. */
    public static final Era MANUAL_2020 = new Era(
            "2020-manual",
            "Connectivity architecture for Azure SQL Managed Instance, deprecated: network requirements without"
                    + " service-aided subnet configuration, 2020-03-17",
            "Proxy",
            true,
            false,
            false,
            "",
            ImmutableList.of(),
            ImmutableList.of());

    /** Rules v10 and thirteen routes, most of them to service tags (facts 4.25, 4.26, 8.10, 8.11, 8.14). */
    public static final Era Y2022 = new Era(
            "2022",
            "Connectivity architecture of April 2022; injected rules v10 (facts 4.25, 4.26, section 8)",
            "Proxy",
            true,
            true,
            true,
            "-v10",
            ImmutableList.of(
                    MANAGEMENT_IN,
                    in("corpsaw-in", "Tcp", "CorpNetSaw", 9000, 9003, 1440),
                    CORPNET_PUBLIC_IN,
                    HEALTH_PROBE_IN,
                    INTERNAL_IN,
                    SERVICES_OUT,
                    INTERNAL_OUT),
            toTags(
                    "Storage",
                    "SqlManagement",
                    "AzureMonitor",
                    "CorpNetSaw",
                    "CorpNetPublic",
                    "AzureActiveDirectory",
                    "AzureCloud" + REGION,
                    "AzureCloud" + PAIRED_REGION,
                    "Storage" + REGION,
                    "Storage" + PAIRED_REGION,
                    "EventHub" + REGION,
                    "EventHub" + PAIRED_REGION));

    /** The wave of November 2022, which took the management endpoint away (facts 4.27, 4.28). */
    public static final Era NOVEMBER_2022 = new Era(
            "2022-11",
            "Connectivity architecture after the November 2022 feature wave; injected rules v11 (facts 4.27, 4.28)",
            "Proxy",
            true,
            true,
            true,
            "-v11",
            ImmutableList.of(
                    HEALTH_PROBE_IN,
                    INTERNAL_IN,
                    OPTIONAL_AZURE_OUT,
                    out("aad-out", "Tcp", "AzureActiveDirectory", 443),
                    out("onedsc-out", "Tcp", "OneDsCollector", 443),
                    INTERNAL_OUT,
                    out("strg-p-out", "*", "Storage" + REGION, 443),
                    out("strg-s-out", "*", "Storage" + PAIRED_REGION, 443)),
            toTags("AzureActiveDirectory", "OneDsCollector", "Storage" + REGION, "Storage" + PAIRED_REGION));

    /** The newest text: only what the data path itself needs is mandatory (facts 4.29, 8.12). */
    public static final Era CURRENT = new Era(
            "current",
            "Service-aided subnet configuration, newest stored text; injected rules v12 (facts 4.29, section 8)",
            "Redirect",
            false,
            true,
            true,
            "-v12",
            ImmutableList.of(HEALTH_PROBE_IN, INTERNAL_IN, OPTIONAL_AZURE_OUT, INTERNAL_OUT),
            ImmutableList.of());

    /** Every era, in the order in which they are told to people. */
    public static final ImmutableList<Era> ALL = ImmutableList.of(Y2020, MANUAL_2020, Y2022, NOVEMBER_2022, CURRENT);

    /**
     * A rule the service provisions.
     *
     * @param stem the part of its name that tells it from the others
     * @param inbound the direction
     * @param protocol Azure's spelling
     * @param from a service tag or {@link #SUBNET}
     * @param to a service tag, which may end in {@link #REGION} or {@link #PAIRED_REGION}, or {@link #SUBNET}
     * @param ports the destination ports; empty for all
     */
    public record ServiceRule(
            String stem, boolean inbound, String protocol, String from, String to, ImmutableList<Integer> ports) {}

    /**
     * A route to next hop Internet that the service provisions.
     *
     * @param name its name; for a route to a tag without the service's usual prefix
     * @param prefix what it covers, or null for a route to a tag
     * @param tag the service tag it covers, which may end in {@link #REGION} or {@link #PAIRED_REGION}; or null
     */
    public record ServiceRoute(
            String name, @Nullable Prefix prefix, @Nullable String tag) {}

    /** The names of all eras. */
    public static ImmutableList<String> names() {
        ImmutableList.Builder<String> names = ImmutableList.builder();
        for (Era era : ALL) names.add(era.name);
        return names.build();
    }

    /** The era of this name. */
    public static Optional<Era> named(String name) {
        for (Era era : ALL) if (era.name.equals(name)) return Optional.of(era);
        return Optional.empty();
    }

    private static ServiceRule in(String stem, String protocol, String from, Integer... ports) {
        return new ServiceRule(stem, true, protocol, from, SUBNET, ImmutableList.copyOf(ports));
    }

    private static ServiceRule out(String stem, String protocol, String to, Integer... ports) {
        return new ServiceRule(stem, false, protocol, SUBNET, to, ImmutableList.copyOf(ports));
    }

    private static ImmutableList<ServiceRoute> toTags(String... tags) {
        ImmutableList.Builder<ServiceRoute> routes = ImmutableList.builder();
        for (String tag : tags) routes.add(new ServiceRoute("mi-" + tag, null, tag));
        return routes.build();
    }

    private static ImmutableList<ServiceRoute> routes2020() {
        ImmutableList.Builder<ServiceRoute> routes = ImmutableList.builder();
        for (String line : Splitter.on('\n').omitEmptyStrings().split(Routes2020.ROUTES)) {
            int space = line.indexOf(' ');
            routes.add(new ServiceRoute(line.substring(0, space), Prefix.parse(line.substring(space + 1)), null));
        }
        return routes.build();
    }
}
