package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.net.Prefix;
import dev.mipath.profile.Era;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.Given;
import dev.mipath.topology.NetworkSecurityGroup;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteTable;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A subnet of managed instances of May 2021: from the customer's rules and routes alone, the service's are made again. */
@DisplayName("What the service added to a recorded subnet")
class ProvisionedRecordingsTest {
    private static final Place PLACE = new Place("rebuilt", 1, "");
    private static final ResourceId VNET = new ResourceId("stgCliTestVname");
    private static final ResourceId SUBNET = new ResourceId("stgCliTestVname/stgCliTestSubnet");

    private static Topology imported(String file) {
        return Importer.read(ImportRequest.of(
                        SharedData.require("azure/recordings-mi/nsg-rt/" + file).toString()))
                .topology();
    }

    private static boolean isService(String name) {
        return name.startsWith("Microsoft.Sql-managedInstances_UseOnly_");
    }

    private static Compilation rebuilt(NetworkSecurityGroup group, RouteTable table) {
        Given<Prefix> range = Given.of(Prefix.parse("10.0.0.0/24"));
        Subnet subnet = new Subnet(
                SUBNET,
                PLACE,
                ImmutableList.of(range),
                new Subnet.Attached(Given.of(group.id()), Given.of(table.id()), null),
                ImmutableList.of("Microsoft.Sql/managedInstances"),
                ImmutableList.of(),
                null);
        Vnet vnet = new Vnet(
                VNET,
                PLACE,
                Given.of("westeurope"),
                ImmutableList.of(Given.of(Prefix.parse("10.0.0.0/16"))),
                ImmutableList.of(),
                ImmutableList.of(subnet),
                ImmutableList.of());
        Topology topology = new Topology.Builder()
                .add(vnet)
                .add(group.withRules(group.rules().stream()
                        .filter(rule -> !isService(rule.name()))
                        .collect(ImmutableList.toImmutableList())))
                .add(table.withRoutes(table.routes().stream()
                        .filter(route -> !isService(route.name()))
                        .collect(ImmutableList.toImmutableList())))
                .build();
        return NetworkCompiler.compile(topology, CompileOptions.DEFAULTS.with(Era.Y2022));
    }

    /** Everything about a rule; tags are compared without case, as Azure does. */
    private static String told(SecurityRule rule) {
        return (rule.name() + " " + rule.priority() + " " + rule.direction() + " " + rule.access() + " " + rule.match())
                .toLowerCase(Locale.ROOT);
    }

    private static Stream<SecurityRule> rules(RuleList list) {
        return list.entries().stream()
                .map(entry -> entry.rule())
                .filter(fact -> !fact.isDefault())
                .map(fact -> fact.rule())
                .distinct();
    }

    @Test
    @DisplayName("its rules, with their names, priorities, ports and tags")
    void rules() {
        NetworkSecurityGroup group =
                imported("2021-nsg-stgCliTestNsg.json").networkSecurityGroups().get(0);
        RouteTable table = imported("2021-routetable-stgCliTestRouteTable.json")
                .routeTables()
                .get(0);
        Compilation.Layer layer = rebuilt(group, table).layer(SUBNET);
        assertThat(layer).isNotNull();
        List<String> recorded = group.rules().stream().map(rule -> told(rule)).toList();
        assertThat(Stream.concat(rules(layer.inbound()), rules(layer.outbound()))
                        .map(rule -> told(rule)))
                .hasSize(12)
                .containsExactlyInAnyOrderElementsOf(recorded);
    }

    @Test
    @DisplayName("its routes, in their order; its own route stays away where the customer has one like it")
    void routes() {
        NetworkSecurityGroup group =
                imported("2021-nsg-stgCliTestNsg.json").networkSecurityGroups().get(0);
        RouteTable table = imported("2021-routetable-stgCliTestRouteTable.json")
                .routeTables()
                .get(0);
        List<String> recorded = table.routes().stream()
                .sorted(Comparator.comparing(route -> isService(route.name())))
                .map(ProvisionedRecordingsTest::told)
                .toList();
        EffectiveRoutes routes = rebuilt(group, table).routes(SUBNET);
        assertThat(routes).isNotNull();
        assertThat(routes.facts().stream()
                        .map(RouteFact::origin)
                        .filter(origin -> origin.source() == RouteFact.Source.USER)
                        .map(origin -> origin.name() + " " + origin.tag()))
                .containsExactlyElementsOf(recorded);
    }

    private static String told(Route route) {
        boolean tag = route.destination().toString().matches("[A-Za-z.]+");
        return route.name() + " " + (tag ? route.destination().toString() : "null");
    }
}
