package dev.mipath.swarm;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.NetworkTimeline.Epoch;
import dev.mipath.engine.Population;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport.State;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Settings;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.Upkeep;
import dev.mipath.forwarding.FlowMemory.PortPool;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.net.Address;
import dev.mipath.topology.Access;
import dev.mipath.topology.Change;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Given;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.SecurityRule;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** A law that cannot be broken is none: each finds the fault that is planted for it. */
@DisplayName("a planted fault is found:")
class PlantedFaultsTest {
    private static final long SECOND = 1_000_000_000L;
    /** Its clients all connect. */
    private static final long CALM = 9;

    private final Violations violations = new Violations();

    private ImmutableList<Law> found() {
        return violations.kept().stream().map(Violation::law).distinct().collect(ImmutableList.toImmutableList());
    }

    /** The network of a seed, or the same with all that goes to instances denied. */
    private static NetworkTimeline network(boolean closed) {
        SwarmScene scene = SwarmWorld.scene(CALM);
        Topology topology = scene.topology();
        if (closed) {
            SecurityRule deny = new SecurityRule(
                    "closed",
                    new Place("planted", 1, ""),
                    Given.of(150),
                    Given.of(Direction.INBOUND),
                    Given.of(Access.DENY),
                    SecurityRule.Match.ANY);
            topology = topology.with(new Change.AddRule(new ResourceId("nsg-mi"), deny));
        }
        Compilation compiled = NetworkCompiler.compile(topology, scene.options());
        return new NetworkTimeline(
                ImmutableList.of(new Epoch(0, compiled.network().withVersion(1), compiled.estate())));
    }

    private static ImmutableList<Population> clients() {
        SwarmScene scene = SwarmWorld.scene(CALM);
        Compilation compiled = NetworkCompiler.compile(scene.topology(), scene.options());
        return new DrawnClients(compiled, new Draws(CALM, "clients")).populations();
    }

    /** Plays the open network, watched by laws that believe in another. */
    private void play(NetworkTimeline believed) {
        ImmutableList<Population> clients = clients();
        SimulationPlan plan = new SimulationPlan(
                network(false), clients, ImmutableList.of(), ImmutableList.of(), Settings.STANDARD, 30 * SECOND);
        FaultLedger faults = new FaultLedger();
        Walker walker = new Walker(believed, faults);
        PortLedger ports = new PortLedger(Settings.STANDARD, violations);
        HealthLedger health = new HealthLedger(walker, Settings.STANDARD, violations);
        Passage passage = new Passage(walker, violations);
        Liveness liveness = new Liveness(clients, believed.epochs().get(0), 0, ports, health, violations);
        MiWorld world = new MiWorld(plan, new RandomStreams(CALM));
        world.tellAll(new Observers(ImmutableList.of(faults, walker, passage, ports, health, liveness)));
        new Simulation(world).runUntil(30 * SECOND);
        assertThat(passage.taken()).isPositive();
        assertThat(liveness.judged()).isPositive();
    }

    @Test
    @DisplayName("none where there is none")
    void none() {
        play(network(false));
        assertThat(found()).isEmpty();
    }

    @Test
    @DisplayName("packets delivered and clients connected that the network denies")
    void deniedAndDelivered() {
        play(network(true));
        assertThat(found()).containsExactlyInAnyOrder(Law.PASSAGE, Law.LIVENESS);
        assertThat(violations.kept()).anyMatch(one -> one.wanted().startsWith("NSG_DENY_INBOUND at nsg-mi"));
    }

    @Test
    @DisplayName("a connection with two outcomes, with none, or over twice")
    void outcomes() {
        Conservation law = new Conservation(clients(), violations);
        Address client = Address.parse("10.0.3.4");
        law.begun(0, 0, 0, client);
        law.ended(1, 0, "connected", "NONE", "mi1");
        law.gone(2, 0);
        assertThat(found()).isEmpty();
        law.begun(2, 1, 0, client);
        law.ended(3, 1, "connected", "NONE", "mi1");
        law.ended(4, 1, "blocked", "LOST", "mi1");
        assertThat(violations.count()).isEqualTo(1);
        law.gone(5, 1);
        law.gone(6, 1);
        assertThat(violations.count()).isEqualTo(2);
        law.begun(7, 2, 0, client);
        law.gone(8, 2);
        assertThat(violations.count()).isEqualTo(3);
        assertThat(found()).containsExactly(Law.CONSERVATION);
    }

    @Test
    @DisplayName("a port booked twice, more flows than ports, a port kept, a rest cut short")
    void ports() {
        Settings settings =
                Settings.STANDARD.with(Setting.SNAT_PORTS_NAT_GATEWAY, 2).with(Setting.SNAT_COOL_DOWN, SECOND);
        PortLedger law = new PortLedger(settings, violations);
        law.portTaken(0, 1, 0, SourcePorts.of(PortPool.SHARED));
        law.portTaken(0, 2, 0, SourcePorts.of(PortPool.SHARED));
        law.portRefused(0, 3, 0, SourcePorts.of(PortPool.SHARED));
        law.portReleased(1, 1, 0);
        law.portFreed(1 + SECOND, 0);
        assertThat(found()).isEmpty();
        law.portTaken(2 * SECOND, 2, 0, SourcePorts.of(PortPool.SHARED));
        assertThat(violations.count()).as("booked twice").isEqualTo(1);
        law.portTaken(2 * SECOND, 4, 0, SourcePorts.of(PortPool.SHARED));
        assertThat(violations.count()).as("more flows than ports").isEqualTo(2);
        law.gone(3 * SECOND, 4);
        assertThat(violations.count()).as("kept").isEqualTo(3);
        law.portReleased(3 * SECOND, 2, 0);
        law.portFreed(3 * SECOND + 1, 0);
        assertThat(violations.count()).as("rest cut short").isEqualTo(4);
        law.portRefused(4 * SECOND, 5, 0, SourcePorts.of(PortPool.SHARED));
        assertThat(violations.count()).as("refused though free").isEqualTo(5);
        assertThat(found()).containsExactly(Law.SNAT_PORTS);
    }

    @Test
    @DisplayName("a customer whose waiting is lost, and one who came and neither went nor is there")
    void waiting() {
        // Of three who came one was served at once, one waited 4 ns and one was turned away.
        Waiting.check(new MiWorld.Queue("gateway", 3, 1, 2, 0, 4, 4), SECOND, violations);
        assertThat(found()).isEmpty();
        Waiting.check(new MiWorld.Queue("gateway", 3, 1, 2, 0, 0, 4), SECOND, violations);
        assertThat(violations.count()).as("waiting lost").isEqualTo(1);
        Waiting.check(new MiWorld.Queue("gateway", 3, 1, 1, 0, 4, 4), SECOND, violations);
        assertThat(violations.count()).as("customer lost").isEqualTo(2);
        assertThat(found()).containsExactly(Law.LITTLE);
    }

    @Test
    @DisplayName("an instance that is called well though its traffic fails, and one that serves while unavailable")
    void health() {
        Settings settings = Settings.STANDARD.with(Setting.HEALTH_FAILURES, 1);
        HealthLedger law = new HealthLedger(new Walker(network(false), new FaultLedger()), settings, violations);
        Upkeep upkeep = new Upkeep(
                "mi1", "storage", Upkeep.Direction.DEPENDENCY, Address.parse("52.239.1.1"), ImmutableList.of(443));
        law.judged(0, upkeep, State.UNAVAILABLE);
        assertThat(found()).isEmpty();
        law.begun(1, 0, 0, Address.parse("10.0.3.4"));
        law.ended(2, 0, "connected", "NONE", "mi1");
        assertThat(violations.count()).isEqualTo(1);
        law.judged(3, upkeep, State.HEALTHY);
        assertThat(violations.count()).isEqualTo(2);
        assertThat(found()).containsExactly(Law.HEALTH);
    }
}
