package dev.mipath.time;

import static dev.mipath.time.MiRun.HOST;
import static dev.mipath.time.MiRun.MILLI;
import static dev.mipath.time.MiRun.PROXY_HOST;
import static dev.mipath.time.MiRun.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.MiWorld;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Session;
import dev.mipath.engine.RandomStreams;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.Setting;
import dev.mipath.engine.Simulation;
import dev.mipath.engine.SimulationPlan;
import dev.mipath.engine.SynProfile;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.instance.SessionTable.Dialect;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A login")
class LoginStories {
    private static final String TDS_RULE =
            "access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433";
    private static final String REDIRECT_RULE =
            "access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 11000-11999";
    private static final Session NONE = new Session(0, 0, false, 0);

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"windows", "linux", "linux-6.5"})
    @DisplayName("that no NSG lets in is tried as often and given up as late as the client's system does")
    void synTimes(String system) {
        SynProfile profile = SynProfile.ALL.stream()
                .filter(each -> each.name().equals(system))
                .findFirst()
                .orElseThrow();
        SimulationPlan plan = MiRun.usual()
                .with(TDS_RULE, TDS_RULE.replace("Allow", "Deny"))
                .clients(1, "10.0.1.4", ClientProfile.PLAIN.with(profile), NONE)
                .until(200 * SECOND)
                .plan();
        List<Long> syns = new ArrayList<>();
        List<Long> ends = new ArrayList<>();
        MiWorld world = new MiWorld(plan, new RandomStreams(1));
        Simulation simulation = new Simulation(world, (time, sequence, kind, element, connection, decision) -> {
            if (MiWorld.kindName(kind).equals("dropped")) syns.add(time);
            if (MiWorld.kindName(kind).equals("ended")) ends.add(time);
        });
        simulation.runUntil(plan.until());
        List<Long> expected = new ArrayList<>();
        for (int n = 0; n < profile.syns(); n++) expected.add(profile.offset(n));
        assertThat(syns).isEqualTo(expected);
        assertThat(ends).containsExactly(profile.offset(profile.syns()));
        assertThat(world.report(simulation).symptoms()).containsEntry("timeout", 1L);
    }

    @Test
    @DisplayName("with the redirect range closed hangs for 21 seconds behind an open gateway")
    void hangsTwentyOneSeconds() {
        RunReport report = MiRun.usual()
                .with(REDIRECT_RULE, REDIRECT_RULE.replace("Allow", "Deny"))
                .clients(1, HOST, ClientProfile.PLAIN, NONE)
                .run();
        assertThat(report.outcomes()).containsOnlyKeys("blocked");
        assertThat(report.endings()).containsOnlyKeys("NSG_DENY_INBOUND");
        // The first connection was opened; the second sent three SYNs.
        assertThat(report.latency("connect").count()).isEqualTo(1);
        assertThat(report.drops())
                .singleElement()
                .satisfies(drop -> assertThat(drop.packets()).isEqualTo(3));
    }

    @ParameterizedTest(name = "{0} {1}")
    @CsvSource({"Proxy,TDS_7_4,5", "Redirect,TDS_7_4,10", "Proxy,STRICT,4", "Redirect,STRICT,8"})
    @DisplayName("takes the round trips that the protocol needs, and no more")
    void roundTrips(String type, Dialect dialect, int trips) {
        RunReport report = MiRun.usual()
                .set(Setting.RTT_PLATFORM, 0)
                .set(Setting.RTT_VNET, 0)
                .set(Setting.RTT_PEERED, 100 * MILLI)
                .set(Setting.GATEWAY_LOGIN, 0)
                .set(Setting.NODE_LOGIN, 0)
                .clients(1, type.equals("Proxy") ? PROXY_HOST : HOST, ClientProfile.SQL_CLIENT.with(dialect), NONE)
                .run();
        assertThat(report.outcomes()).containsOnlyKeys("connected");
        long login = report.latency("login").histogram().getMaxValue();
        assertThat(login / MILLI).isBetween(trips * 100L, trips * 100L + 1);
    }

    @Test
    @DisplayName("by the wrong name is refused by the gateway, and not tried again")
    void byAddress() {
        RunReport report = MiRun.usual()
                .clients(3, "10.0.1.4", ClientProfile.SQL_CLIENT, NONE)
                .run();
        assertThat(report.symptoms()).containsExactlyEntriesOf(Map.of("login-error", 3L));
        assertThat(report.endings()).containsOnlyKeys("GATEWAY_NAME_UNKNOWN");
        assertThat(report.attempts()).isEqualTo(3);
    }

    @Test
    @DisplayName("that fails is tried again after the driver's interval, as often as it says")
    void retries() {
        RunReport report = MiRun.usual()
                .with(TDS_RULE, TDS_RULE.replace("Allow", "Deny"))
                .clients(2, HOST, ClientProfile.SQL_CLIENT.with(5 * SECOND, 2, 10 * SECOND), NONE)
                .run();
        assertThat(report.attempts()).isEqualTo(6);
        assertThat(report.outcomes()).containsExactlyEntriesOf(Map.of("blocked", 6L));
    }

    @Test
    @DisplayName("of a pool that failed fails at once for the blocking period")
    void blockingPeriod() {
        Population.Arrivals each = new Population.Arrivals.Every(SECOND);
        RunReport report = MiRun.usual()
                .with(TDS_RULE, TDS_RULE.replace("Allow", "Deny"))
                .clients(
                        10,
                        HOST,
                        ClientProfile.SQL_CLIENT.with(SECOND / 2, 0, 0).blocking(true),
                        NONE,
                        each)
                .run();
        // Fails at 0.5 s and blocks for 5 s: those at 1..5 s fail at once; that at 6 s fails and blocks for 10 s.
        assertThat(report.symptoms()).containsEntry("timeout", 2L).containsEntry("pool-blocked", 8L);
    }

    @Test
    @DisplayName("waits at a gateway that is too small, and less at one that is made larger")
    void scaling() {
        MiRun small = MiRun.usual()
                .set(Setting.GATEWAY_SERVERS, 1)
                .set(Setting.GATEWAY_LOGIN, 100 * MILLI)
                .clients(100, HOST, ClientProfile.SQL_CLIENT, NONE);
        RunReport before = small.run();
        RunReport after = small.at(SECOND, new Action.ScaleGateways(20)).run();
        // Two gateways, ten logins a second each: the last waits for some five seconds.
        assertThat(before.latency("login").percentile(100)).isGreaterThan(4 * SECOND);
        assertThat(after.latency("login").percentile(100)).isLessThan(2 * SECOND);
        assertThat(after.outcomes()).containsExactlyEntriesOf(Map.of("connected", 100L));
    }

    @Test
    @DisplayName("of an old client is served by the gateway, whatever the connection type")
    void oldClients() {
        RunReport redirect =
                MiRun.usual().clients(1, HOST, ClientProfile.SQL_CLIENT, NONE).run();
        RunReport old =
                MiRun.usual().clients(1, HOST, ClientProfile.OLD_TDS, NONE).run();
        assertThat(old.outcomes()).containsOnlyKeys("connected");
        assertThat(old.events()).isLessThan(redirect.events());
    }
}
