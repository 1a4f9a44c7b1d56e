package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Given;
import dev.mipath.topology.NextHopType;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Route;
import dev.mipath.topology.RouteDestination;
import dev.mipath.topology.RouteTable;
import dev.mipath.trace.PathWalk;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Recorded answers of Network Watcher's next hop and connectivity check. No recording gives the VNet's range; where the
 * answer is the same for every range that could be meant, it is reproduced for each.
 */
@DisplayName("Next hop")
class NextHopRecordingsTest {
    private static final String RANGE = "the address range of vm1VNET";

    /** Every VNet range that holds the addresses of the requests, 10.0.0.6 and 10.0.0.9. */
    static Stream<String> ranges() {
        return IntStream.rangeClosed(8, 28).mapToObj(length -> "10.0.0.0/" + length);
    }

    @ParameterizedTest(name = "in a VNet of {0}")
    @MethodSource("ranges")
    @DisplayName("of 2020")
    void of2020(String range) {
        assertThat(MachineOf2020.group().name()).isEqualTo("nsg1");
        Recorded request = Recorded.in("recordings/cli-nw-nextHop-47.request.json");
        assertThat(request.text("sourceIPAddress")).isEqualTo("10.0.0.9");
        answers(
                MachineOf2020.vnet(range).compiled(),
                request,
                Recorded.in("recordings/cli-nw-nextHop-47.response.json"));
    }

    @ParameterizedTest(name = "in a VNet of {0}")
    @MethodSource("ranges")
    @DisplayName("of 2018, asked with a source address that is not the machine's")
    void of2018(String range) {
        Recorded recorded = Recorded.in("recordings-mi/nw/2018-09-11-nexthop-200.json");
        assertThat(recorded.text("request", "sourceIPAddress")).isEqualTo("123.4.5.6");
        answers(MachineOf2020.vnet(range).compiled(), recorded.at("request"), recorded.at("response"));
    }

    private static void answers(Compilation compiled, Recorded request, Recorded response) {
        RouteFact route = certain(choice(compiled, request.text("destinationIPAddress")));
        assertThat(route.hop().type()).isEqualTo(Given.of(NextHopType.parse(response.text("nextHopType"))));
        assertThat(route.hop().address()).isNull();
        assertThat(route.origin().table()).isNull();
        assertThat(response.text("routeTableId")).isEqualTo("System Route");
    }

    @Test
    @DisplayName("is undetermined without the range, which is what the recordings lack")
    void withoutRange() {
        Choice choice = choice(Rebuilt.vnetOfUnknownRange().compiled(), "10.0.0.6");
        if (choice.contrary() == null) throw new AssertionError("decided without the range");
        assertThat(choice.contrary().route().missing()).containsExactly(RANGE);
    }

    @Test
    @DisplayName("of the REST specification, with a table and an address that no real answer has together")
    void example() {
        Recorded example = Recorded.in("rest-examples-network/NetworkWatcherNextHopGet.json");
        Recorded request = example.at("parameters", "parameters");
        Route route = new Route(
                "own",
                Rebuilt.PLACE,
                Given.of(new RouteDestination.Block(Prefix.parse("10.0.0.0/24"))),
                Given.of(NextHopType.VNET_LOCAL),
                null,
                false,
                Given.of(true));
        ResourceId table = new ResourceId(example.body().text("routeTableId"));
        Compilation compiled = Rebuilt.vnet("10.0.0.0/16")
                .nicAddress(request.text("sourceIPAddress"))
                .table(new RouteTable(table, Rebuilt.PLACE, Given.of(false), ImmutableList.of(route)))
                .compiled();
        RouteFact chosen = certain(choice(compiled, request.text("destinationIPAddress")));
        assertThat(chosen.hop().type())
                .isEqualTo(Given.of(NextHopType.parse(example.body().text("nextHopType"))));
        assertThat(chosen.origin().table()).isEqualTo(table);
        assertThat(example.body().text("nextHopIpAddress")).isEqualTo("10.0.0.1");
        assertThat(chosen.hop().address())
                .as("VnetLocal has no address of a hop")
                .isNull();
    }

    @ParameterizedTest(name = "in a VNet of {0}")
    @MethodSource("ranges")
    @DisplayName("of the connectivity check of 2020")
    void connectivityCheck(String range) {
        Recorded request = Recorded.in("recordings/cli-nw-connectivityCheck-21.request.json");
        Recorded answer = Recorded.in("recordings/cli-nw-connectivityCheck-21.response.json");
        List<Recorded> hops = answer.items("hops");
        assertThat(hops).extracting(hop -> hop.text("type")).containsExactly("Source", "Internet");
        assertThat(answer.text("connectionStatus")).isEqualTo("Reachable");
        // What the name in the request resolved to, only the answer says.
        Packet packet = new Packet(
                Address.parse(hops.get(0).text("address")),
                50_000,
                Address.parse(hops.get(1).text("address")),
                Integer.parseInt(request.text("destination", "port")),
                Protocol.TCP);
        Compilation compiled =
                MachineOf2020.vnet(range).nicGroup(MachineOf2020.groupOf2019()).compiled();
        PathWalk walk =
                PathWalk.follow(compiled.network(), Rebuilt.nicEdge(compiled).start(), packet, FlowMemory.NONE);
        assertThat(walk.ending().success()).isTrue();
        assertThat(walk.steps()).hasSize(4);
        // Outbound access gives the packet a public source on its way out.
        assertThat(walk.steps().get(2).why()).isInstanceOf(Evidence.Translated.class);
        assertThat(((Evidence.RuleMatched) walk.steps().get(0).why()).rule().qualifiedName())
                .isEqualTo("defaultSecurityRules/AllowInternetOutBound");
        assertThat(((Evidence.RouteChosen) walk.steps().get(1).why())
                        .route()
                        .hop()
                        .type())
                .isEqualTo(Given.of(NextHopType.INTERNET));
    }

    @Test
    @DisplayName("of the connectivity check of the REST specification, undetermined without the VNet of the source")
    void exampleCheck() {
        Recorded body = Recorded.in("rest-examples-network/NetworkWatcherConnectivityCheck.json")
                .body();
        assertThat(body.text("connectionStatus")).isEqualTo("Connected");
        assertThat(body.items("hops")).extracting(hop -> hop.text("type")).containsExactly("Source", "VirtualNetwork");
        Choice choice = choice(
                Rebuilt.vnetOfUnknownRange().compiled(),
                body.items("hops").get(1).text("address"));
        if (choice.contrary() == null) throw new AssertionError("decided without the range");
        assertThat(choice.contrary().route().missing()).containsExactly(RANGE);
    }

    private static Choice choice(Compilation compiled, String destination) {
        EffectiveRoutes routes = compiled.routes(Rebuilt.SUBNET);
        if (routes == null) throw new AssertionError("the subnet has routes");
        return routes.choices()
                .get(routes.table().match(Address.parse(destination).bits()));
    }

    private static RouteFact certain(Choice choice) {
        assertThat(choice.contrary()).isNull();
        if (choice.winner() == null) throw new AssertionError("no route");
        return choice.winner().route();
    }
}
