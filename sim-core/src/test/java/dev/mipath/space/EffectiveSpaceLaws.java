package dev.mipath.space;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableSet;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.Compilation.Layer;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.laws.Dice;
import dev.mipath.laws.RandomTopologies;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.space.RandomBoxes.Probe;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Vnet;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The sets say of each packet what the tables say that the network decides by. */
class EffectiveSpaceLaws {
    static IntStream seeds() {
        return IntStream.range(9_000, 9_012);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("The diagram of effective rules names the entry that the rule table names")
    void rules(int seed) {
        Compilation made = RandomTopologies.world(seed).compile();
        RandomBoxes random = new RandomBoxes(seed);
        for (Vnet vnet : made.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                @Nullable Layer layer = made.layer(subnet.id());
                if (layer == null) continue;
                for (RuleList list : List.of(layer.inbound(), layer.outbound())) {
                    Policy policy = Policy.of(list, ImmutableSet.of());
                    PolicyDiagram diagram = new PolicyDiagram(new PacketSpace(policy.boxes()), policy);
                    for (int i = 0; i < 60; i++) agree(seed, list, diagram, random.probe(policy));
                }
            }
        }
    }

    private static void agree(int seed, RuleList list, PolicyDiagram diagram, Probe probe) {
        if (probe.source().v6() != probe.destination().v6()) return;
        Address from = probe.source();
        Address to = probe.destination();
        int expected = from.v6()
                ? list.table()
                        .match(
                                from.high(),
                                from.low(),
                                probe.sourcePort(),
                                to.high(),
                                to.low(),
                                probe.destinationPort(),
                                probe.protocol())
                : list.table()
                        .match(from.bits(), probe.sourcePort(), to.bits(), probe.destinationPort(), probe.protocol());
        assertThat(diagram.firstMatch(probe.protocol(), from, probe.sourcePort(), to, probe.destinationPort()))
                .as("seed %d, %s, %s", seed, list.group(), probe)
                .isEqualTo(expected);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("The map of effective routes parts the address space, and each part has the choice of its addresses")
    void routes(int seed) {
        Compilation made = RandomTopologies.world(seed).compile();
        Dice dice = new Dice(seed);
        for (Vnet vnet : made.topology().vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                EffectiveRoutes routes = requireNonNull(made.routes(subnet.id()));
                RouteMap map = RouteMap.of(routes);
                List<AddressSet> parts = new ArrayList<>();
                for (RouteMap.Part part : map.within(AddressSet.any())) parts.add(part.addresses());
                assertThat(AddressSet.unionOf(parts)).as("seed %d", seed).isEqualTo(AddressSet.any());
                for (int i = 0; i < 60; i++) {
                    Address address = corner(routes, dice);
                    int index = address.v6()
                            ? routes.table().match(address.high(), address.low())
                            : routes.table().match(address.bits());
                    @Nullable
                    Choice expected =
                            index == LpmTable.NONE ? null : routes.choices().get(index);
                    List<RouteMap.Part> found = map.within(AddressSet.of(Prefix.host(address)));
                    assertThat(found).as("seed %d, %s", seed, address).hasSize(1);
                    assertThat(found.get(0).choice())
                            .as("seed %d, %s", seed, address)
                            .isSameAs(expected);
                }
            }
        }
    }

    private static Address corner(EffectiveRoutes routes, Dice dice) {
        List<Prefix> prefixes = new ArrayList<>();
        routes.rows().forEach(row -> prefixes.addAll(row.route().prefixes()));
        if (prefixes.isEmpty() || dice.oneIn(5)) return dice.anywhere(dice.oneIn(2));
        Address inside = dice.in(dice.of(prefixes));
        @Nullable Address beside = dice.oneIn(2) ? inside.next() : inside.previous();
        return dice.oneIn(3) && beside != null ? beside : inside;
    }
}
