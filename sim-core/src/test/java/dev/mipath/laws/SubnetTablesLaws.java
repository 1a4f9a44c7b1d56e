package dev.mipath.laws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.compile.SubnetTables;
import dev.mipath.profile.Era;
import dev.mipath.profile.ServiceTags;
import dev.mipath.testing.Seeds;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Subnet;
import dev.mipath.topology.Topology;
import dev.mipath.topology.Vnet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The tables of one subnet alone are those that the network of all subnets has there. */
class SubnetTablesLaws {
    static IntStream seeds() {
        return Seeds.from(71_000, 15, 1_500);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName("Alone as in the whole, in worlds where ranges, rules and routes tie")
    void ofWorlds(int seed) {
        World world = RandomTopologies.world(seed);
        CompileOptions options = CompileOptions.DEFAULTS
                .with(ServiceTags.loaded("law", world.tags()))
                .with(world.routesWiden())
                .with(world.defaultRemoves());
        same(world.topology(), options);
        same(Veil.hide(world, seed, 6).topology(), options);
    }

    @ParameterizedTest(name = "seed {0}")
    @MethodSource("seeds")
    @DisplayName(
            "Alone as in the whole, in hubs with gateways, endpoints, appliances and managed instances of every era")
    void ofHubs(int seed) {
        HubWorld hub = RandomHubs.world(seed);
        same(hub.world().topology(), hub.options().with(Era.ALL.get(seed % Era.ALL.size())));
    }

    private static void same(Topology topology, CompileOptions options) {
        Compilation whole = NetworkCompiler.compile(topology, options);
        for (Vnet vnet : topology.vnets()) {
            for (Subnet subnet : vnet.subnets()) {
                SubnetTables there = whole.tables(subnet.id());
                SubnetTables alone = SubnetTables.of(topology, options, subnet.id());
                assertThat(alone.routes().rows()).isEqualTo(there.routes().rows());
                assertThat(alone.routes().choices()).isEqualTo(there.routes().choices());
                assertThat(rules(alone)).isEqualTo(rules(there));
            }
        }
    }

    /** All of a layer but its compiled table, which is made of the entries alone. */
    private static ImmutableList<Object> rules(SubnetTables tables) {
        Compilation.@Nullable Layer layer = tables.layer();
        if (layer == null) return ImmutableList.of();
        ImmutableList.Builder<Object> all = ImmutableList.builder();
        all.add(layer.group(), layer.target(), layer.subnet());
        for (RuleList list : ImmutableList.of(layer.inbound(), layer.outbound())) {
            all.add(list.group(), list.direction(), list.entries(), list.grownByRoutes());
        }
        return all.build();
    }

    @Test
    @DisplayName("A subnet that is not there has no tables")
    void unknownSubnet() {
        Topology nothing = new Topology.Builder().build();
        ResourceId nowhere = new ResourceId("nowhere");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> SubnetTables.of(nothing, CompileOptions.DEFAULTS, nowhere))
                .withMessage("there is no subnet `nowhere`");
        Compilation compiled = NetworkCompiler.compile(nothing, CompileOptions.DEFAULTS);
        assertThatIllegalArgumentException().isThrownBy(() -> compiled.tables(nowhere));
    }
}
