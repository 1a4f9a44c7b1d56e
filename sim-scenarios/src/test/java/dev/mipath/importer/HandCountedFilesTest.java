package dev.mipath.importer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableMap;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.AdminRules;
import dev.mipath.topology.EffectiveRouteTable;
import dev.mipath.topology.EffectiveSecurityRules;
import dev.mipath.topology.ExpressRouteCircuit;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Firewall;
import dev.mipath.topology.LoadBalancer;
import dev.mipath.topology.NatGateway;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.PrivateDnsZone;
import dev.mipath.topology.PublicIpAddress;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every recorded file that is imported declares what {@code counted-files.txt} says. */
@DisplayName("A counted file")
class HandCountedFilesTest {
    private static final Path TABLE = Path.of("src/test/resources/counted-files.txt");

    /** A file may describe the network by nothing at all, if the reason stands here. */
    private static final ImmutableMap<String, String> NOTHING = ImmutableMap.<String, String>builder()
            .put("recordings-mi/ifg/.*servertrustgroups.*", "a trust between instances opens and closes no way")
            .put("recordings-mi/nip/.*", "the platform's own policy on a subnet; the profiles hold what it demands")
            .put("recordings-mi/vc/.*-0mi\\.json", "a cluster without an instance")
            .put("rest-examples-network/DefaultSecurityRuleList\\.json", "the rules that every group has")
            .put("rest-examples-network/NetworkWatcherFlowLogGet\\.json", "where logs are kept")
            .put(
                    "rest-examples-sql/ManagedInstancePrivateEndpointConnectionGet\\.json",
                    "an approval; the endpoint itself is another resource")
            .buildOrThrow();

    static List<String> lines() throws IOException {
        try (Stream<String> lines = Files.lines(TABLE)) {
            return lines.filter(line -> !line.startsWith("#")).toList();
        }
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("lines")
    @DisplayName("declares what was counted")
    void holds(String line) {
        String file = line.substring(0, line.indexOf(": "));
        Imported read = Importer.read(
                ImportRequest.of(SharedData.require("azure").resolve(file).toString()));
        assertThat(file + ": " + counts(read)).isEqualTo(line);
    }

    @Test
    @DisplayName("is every file that is imported")
    void complete() throws IOException {
        SharedData.require("azure");
        assertThat(lines().stream().map(line -> line.substring(0, line.indexOf(": "))))
                .containsExactlyInAnyOrderElementsOf(SharedFilesTest.importedFiles());
    }

    @Test
    @DisplayName("that declares nothing has a reason")
    void nothingHasAReason() throws IOException {
        for (String line : lines()) {
            String file = line.substring(0, line.indexOf(": "));
            assertThat(NOTHING.keySet().stream().anyMatch(pattern -> Pattern.matches(pattern, file)))
                    .as(line)
                    .isEqualTo(line.endsWith(": nothing"));
        }
    }

    private static String counts(Imported read) {
        Topology topology = read.topology();
        StringJoiner counts = new StringJoiner(" ");
        count("vnets", topology.vnets().size(), counts);
        count("subnets", each(topology.vnets(), Vnet::subnets).count(), counts);
        count("peerings", each(topology.vnets(), Vnet::peerings).count(), counts);
        count("groups", topology.networkSecurityGroups().size(), counts);
        count(
                "rules",
                each(topology.networkSecurityGroups(), NetworkSecurityGroup::rules)
                        .filter(rule -> rule.present().is(true))
                        .count(),
                counts);
        count("tables", topology.routeTables().size(), counts);
        count(
                "routes",
                each(topology.routeTables(), RouteTable::routes)
                        .filter(route -> route.present().is(true))
                        .count(),
                counts);
        count("nics", topology.networkInterfaces().size(), counts);
        count("vms", topology.virtualMachines().size(), counts);
        count("instances", topology.managedInstances().size(), counts);
        count("endpoints", topology.privateEndpoints().size(), counts);
        balancers(topology, counts);
        count("gateways", topology.virtualNetworkGateways().size(), counts);
        count("sites", topology.localNetworkGateways().size(), counts);
        count("connections", topology.gatewayConnections().size(), counts);
        services(topology, counts);
        answers(read, counts);
        return counts.length() == 0 ? "nothing" : counts.toString();
    }

    private static void balancers(Topology topology, StringJoiner counts) {
        List<LoadBalancer> balancers = topology.loadBalancers();
        count("balancers", balancers.size(), counts);
        count("frontends", each(balancers, LoadBalancer::frontends).count(), counts);
        Predicate<@Nullable String> ofNat = pool -> pool != null && pool.startsWith("target of ");
        count(
                "pools",
                each(balancers, LoadBalancer::pools)
                        .filter(pool -> !ofNat.test(pool.name()))
                        .count(),
                counts);
        count("probes", each(balancers, LoadBalancer::probes).count(), counts);
        Map<Boolean, Long> rules = each(balancers, LoadBalancer::rules)
                .collect(Collectors.partitioningBy(rule -> ofNat.test(rule.pool()), Collectors.counting()));
        count("balancingRules", rules.getOrDefault(false, 0L), counts);
        count("natRules", rules.getOrDefault(true, 0L), counts);
    }

    private static void services(Topology topology, StringJoiner counts) {
        count("circuits", topology.services(ExpressRouteCircuit.class).size(), counts);
        count("applicationGroups", topology.applicationSecurityGroups().size(), counts);
        count("publicAddresses", topology.services(PublicIpAddress.class).size(), counts);
        count("natGateways", topology.services(NatGateway.class).size(), counts);
        count("zones", topology.services(PrivateDnsZone.class).size(), counts);
        count("failoverGroups", topology.services(FailoverGroup.class).size(), counts);
        count("firewalls", topology.services(Firewall.class).size(), counts);
        count("adminCollections", topology.services(AdminRules.class).size(), counts);
    }

    private static void answers(Imported read, StringJoiner counts) {
        List<EffectiveSecurityRules> rules = read.topology().effectiveSecurityRules();
        count("effectiveRules", rules.size(), counts);
        count("rulesInEffect", each(rules, EffectiveSecurityRules::rules).count(), counts);
        List<EffectiveRouteTable> routes = read.topology().effectiveRouteTables();
        count("effectiveRoutes", routes.size(), counts);
        count("routesInEffect", each(routes, EffectiveRouteTable::routes).count(), counts);
        count(
                "serviceTags",
                read.serviceTags().stream()
                        .mapToLong(list -> list.prefixes().keySet().size())
                        .sum(),
                counts);
    }

    private static <T, P> Stream<P> each(List<T> all, Function<T, ? extends List<P>> parts) {
        return all.stream().flatMap(one -> parts.apply(one).stream());
    }

    private static void count(String what, long number, StringJoiner counts) {
        if (number > 0) counts.add(what + "=" + number);
    }
}
