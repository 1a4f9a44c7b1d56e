package dev.mipath.time;

import static dev.mipath.time.MiRun.HOST;
import static dev.mipath.time.MiRun.PROXY_HOST;
import static dev.mipath.time.MiRun.PUBLIC_HOST;
import static dev.mipath.time.MiRun.SECOND;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Session;
import dev.mipath.engine.RunReport;
import dev.mipath.engine.RunReport.State;
import dev.mipath.engine.Setting;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.engine.Upkeep;
import dev.mipath.net.Address;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("A session")
class SessionStories {
    private static final long MINUTE = 60 * SECOND;
    /** Two queries with five minutes between them. */
    private static final Session IDLE = new Session(2, 5 * MINUTE, false, 0);

    private static final Session EVERY_TEN_SECONDS = new Session(6, 10 * SECOND, false, 0);
    private static final ClientProfile ONCE = ClientProfile.SQL_CLIENT.with(15 * SECOND, 0, 0);
    private static final String TDS_RULE =
            "access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433";
    private static final String REDIRECT_RULE =
            "access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 11000-11999";

    @Test
    @DisplayName("behind the load balancer dies silently when it is idle for more than four minutes (trap 31)")
    void idleBehindTheBalancer() {
        RunReport report = MiRun.usual()
                .clients(1, PROXY_HOST, ONCE, IDLE)
                .until(10 * MINUTE)
                .run();
        assertThat(report.symptoms()).containsEntry("cut", 1L);
        assertThat(report.endings()).containsEntry("IDLE", 1L);
        assertThat(report.drops())
                .filteredOn(drop -> drop.reason().equals("IDLE"))
                .isNotEmpty()
                .allSatisfy(drop -> assertThat(drop.element()).contains("load balancer"));
        assertThat(report.latency("query").count()).isEqualTo(1);
    }

    @Test
    @DisplayName("with the node itself, or kept alive, outlives the same silence")
    void idleOnTheNode() {
        RunReport node =
                MiRun.usual().clients(1, HOST, ONCE, IDLE).until(10 * MINUTE).run();
        RunReport kept = MiRun.usual()
                .clients(1, PROXY_HOST, ONCE.keeping(0, 30 * SECOND), IDLE)
                .until(10 * MINUTE)
                .run();
        assertThat(node.latency("query").count()).isEqualTo(2);
        assertThat(kept.latency("query").count()).isEqualTo(2);
        assertThat(node.symptoms()).doesNotContainKey("cut");
    }

    @Test
    @DisplayName("lives on when the rule that let it in goes, and new ones are stopped (trap 6)")
    void ruleChange() {
        RunReport report = MiRun.usual()
                .clients(1, HOST, ONCE, EVERY_TEN_SECONDS, new Population.Arrivals.AtOnce())
                .population(new Population(
                        "late",
                        Population.Source.of(Address.parse("10.1.0.200")),
                        2,
                        new Population.Arrivals.Every(20 * SECOND),
                        new Population.Target(HOST, 1433),
                        ONCE,
                        new Session(0, 0, false, 0)))
                .from(15 * SECOND, REDIRECT_RULE, REDIRECT_RULE.replace("Allow", "Deny"))
                .from(16 * SECOND, TDS_RULE, TDS_RULE.replace("Allow", "Deny"))
                .run();
        // All six queries of the old session; of the two late clients the one at 0 s.
        assertThat(report.latency("query").count()).isEqualTo(6);
        assertThat(report.outcomes()).containsEntry("connected", 2L).containsEntry("blocked", 1L);
        assertThat(report.symptoms()).doesNotContainKey("cut");
    }

    @Test
    @DisplayName("through a gateway is cut when that restarts; one with a node is not")
    void gatewayRestart() {
        MiRun run = MiRun.usual()
                .clients(20, HOST, ONCE, EVERY_TEN_SECONDS)
                .population(new Population(
                        "proxied",
                        Population.Source.of(Address.parse("10.1.0.200")),
                        20,
                        new Population.Arrivals.AtOnce(),
                        new Population.Target(PROXY_HOST, 1433),
                        ONCE,
                        EVERY_TEN_SECONDS))
                .at(25 * SECOND, new Action.Restart("gateway 10.0.1.5", 5 * SECOND))
                .at(25 * SECOND, new Action.Restart("gateway 10.0.1.6", 5 * SECOND));
        RunReport report = run.run();
        assertThat(report.symptoms()).containsEntry("cut", 20L);
        assertThat(report.latency("query").count()).isEqualTo(20 * 6 + 20 * 3);
    }

    @Test
    @DisplayName("stays with a gateway that is drained; new ones go to the other")
    void drain() {
        Population.Arrivals each = new Population.Arrivals.Every(SECOND);
        RunReport report = MiRun.usual()
                .clients(40, PROXY_HOST, ONCE, EVERY_TEN_SECONDS, each)
                .at(5 * SECOND, new Action.Drain("gateway 10.0.1.5"))
                .run();
        assertThat(report.outcomes()).containsExactlyEntriesOf(Map.of("connected", 40L));
        assertThat(report.symptoms()).doesNotContainKey("cut");
    }

    @Test
    @DisplayName("with a node that crashes is found dead by the next query, and the driver finds the next primary")
    void nodeCrash() {
        RunReport report = MiRun.usual()
                .clients(5, HOST, ClientProfile.SQL_CLIENT.with(15 * SECOND, 4, 5 * SECOND), EVERY_TEN_SECONDS)
                .set(Setting.FAIL_OVER, 8 * SECOND)
                .at(25 * SECOND, new Action.FailOver("mi-prod"))
                .until(3 * MINUTE)
                .run();
        assertThat(report.symptoms()).containsEntry("cut", 5L);
        assertThat(report.endings()).containsKey("NO_PRIMARY");
        assertThat(report.latency("query").count()).isEqualTo(5 * 6);
    }

    @Test
    @DisplayName("is closed when a certificate is revoked, and nobody gets in until it is renewed")
    void revoked() {
        RunReport report = MiRun.usual()
                .clients(3, HOST, ONCE, EVERY_TEN_SECONDS)
                .population(new Population(
                        "late",
                        Population.Source.of(Address.parse("10.1.0.200")),
                        3,
                        new Population.Arrivals.Every(20 * SECOND),
                        new Population.Target(HOST, 1433),
                        ONCE,
                        new Session(0, 0, false, 0)))
                .at(15 * SECOND, new Action.Revoke("mi-prod"))
                .at(30 * SECOND, new Action.Renew("mi-prod"))
                .run();
        assertThat(report.symptoms()).containsEntry("cut", 3L).containsEntry("certificate-error", 1L);
        assertThat(report.outcomes()).containsEntry("connected", 5L).containsEntry("refused", 1L);
    }

    @Test
    @DisplayName("goes where the client still believes the name leads, until the answer is too old")
    void cachedName() {
        RunReport report = MiRun.usual()
                .set(Setting.DNS_TTL, 30 * SECOND)
                .clients(6, HOST, ONCE, new Session(0, 0, false, 0), new Population.Arrivals.Every(10 * SECOND))
                .at(5 * SECOND, new Action.MoveName(HOST, Address.parse("10.0.1.99")))
                .until(90 * SECOND)
                .run();
        // One address asks at 0 s and believes what it heard for 30 s; from then on nobody is at home.
        assertThat(report.outcomes()).containsEntry("connected", 4L);
        assertThat(report.outcomes().getOrDefault("blocked", 0L)
                        + report.outcomes().getOrDefault("misrouted", 0L)
                        + report.outcomes().getOrDefault("refused", 0L))
                .isEqualTo(2);
    }

    @Test
    @DisplayName("needs a source port where a NAT gateway translates, and the last come in vain")
    void sourcePorts() {
        RunReport report = MiRun.usual()
                .set(Setting.SNAT_PORTS_NAT_GATEWAY, 10)
                .population(batch(15))
                .run();
        assertThat(report.outcomes()).containsEntry("connected", 10L).containsEntry("blocked", 5L);
        assertThat(report.endings()).containsEntry("SNAT_EXHAUSTED", 5L);
        assertThat(report.snat()).singleElement().satisfies(use -> {
            assertThat(use.peak()).isEqualTo(10);
            assertThat(use.inUse()).isZero();
            assertThat(use.exhausted()).isPositive();
        });
    }

    @Test
    @DisplayName("is refused by an instance whose management traffic was harmed for too long, and comes back with it")
    void managementHarmed() {
        String rule = "{name: allow_tds, priority: 1000,";
        RunReport report = MiRun.usual()
                .upkeep(new Upkeep(
                        "mi-prod",
                        "storage",
                        Upkeep.Direction.DEPENDENCY,
                        Address.parse("52.239.1.1"),
                        ImmutableList.of(443)))
                .set(Setting.HEALTH_FAILURES, 3)
                .clients(8, HOST, ONCE, new Session(0, 0, false, 0), new Population.Arrivals.Every(100 * SECOND))
                .from(
                        90 * SECOND,
                        rule,
                        "{name: no-way-out, priority: 100, direction: Outbound, access: Deny, destination: Internet}\n      - "
                                + rule)
                .from(
                        500 * SECOND,
                        "{name: no-way-out, priority: 100, direction: Outbound, access: Deny, destination: Internet}\n      - ",
                        "")
                .until(900 * SECOND)
                .run();
        assertThat(report.health().stream().map(RunReport.Health::state))
                .containsExactly(State.DEGRADED, State.UNAVAILABLE, State.HEALTHY);
        assertThat(report.health().get(0).cause()).contains("NSG_DENY_OUTBOUND");
        assertThat(report.endings()).containsKey("INSTANCE_UNAVAILABLE");
        assertThat(report.outcomes().get("connected")).isGreaterThan(3);
    }

    @Test
    @DisplayName("waits on a held link and goes on when that is released")
    void held() {
        RunReport report = MiRun.usual()
                .clients(4, HOST, ONCE.with(40 * SECOND, 0, 0), EVERY_TEN_SECONDS)
                .at(0, new Action.Hold(new Link("internal load balancer 10.0.1.4", null)))
                .at(2 * SECOND, new Action.Release(new Link("internal load balancer 10.0.1.4", null)))
                .run();
        assertThat(report.outcomes()).containsExactlyEntriesOf(Map.of("connected", 4L));
        assertThat(report.latency("login").histogram().getMinValue()).isBetween(2 * SECOND, 3 * SECOND);
    }

    @Test
    @DisplayName("is slower on a slow link, and now and then repeated on a lossy one")
    void slowAndLossy() {
        Link link = new Link("internal load balancer 10.0.1.4", null);
        RunReport usual =
                MiRun.usual().clients(50, PROXY_HOST, ONCE, EVERY_TEN_SECONDS).run();
        RunReport slow = MiRun.usual()
                .clients(50, PROXY_HOST, ONCE, EVERY_TEN_SECONDS)
                .at(0, new Action.Slow(link, 30_000_000))
                .run();
        RunReport lossy = MiRun.usual()
                .clients(50, PROXY_HOST, ONCE, EVERY_TEN_SECONDS)
                .at(0, new Action.Lose(link, 1, 10))
                .until(120 * SECOND)
                .run();
        long plain = usual.latency("login").percentile(50);
        assertThat(slow.latency("login").percentile(50)).isBetween(plain + 140_000_000, plain + 170_000_000);
        assertThat(lossy.drops()).anySatisfy(drop -> assertThat(drop.reason()).isEqualTo("LOST"));
        assertThat(lossy.latency("query").count()).isEqualTo(50 * 6);
    }

    @Test
    @DisplayName("ends when its instance is deleted, and who comes later is served by the one made anew")
    void instanceComesAndGoes() {
        String proxied = MiRun.lineOf("mi-proxy");
        RunReport report = MiRun.usual()
                .population(population("open", "10.1.0.200", 4, new Population.Arrivals.AtOnce(), EVERY_TEN_SECONDS))
                .population(population(
                        "late",
                        "10.1.0.210",
                        9,
                        new Population.Arrivals.Every(10 * SECOND),
                        new Session(0, 0, false, 0)))
                .from(25 * SECOND, proxied, "")
                .from(45 * SECOND, "managedInstances:\n", "managedInstances:\n" + proxied)
                .until(3 * MINUTE)
                .run();
        // Three queries of each session, and the fourth finds that its instance is gone.
        assertThat(report.symptoms()).containsEntry("cut", 4L);
        assertThat(report.endings()).containsEntry("ELEMENT_REMOVED", 4L);
        assertThat(report.latency("query").count()).isEqualTo(4 * 3);
        // Of the late ones those at 30 and 40 s find no such instance.
        assertThat(report.outcomes()).containsEntry("connected", 4L + 7);
        assertThat(report.attempts()).isEqualTo(4 + 9);
    }

    @Test
    @DisplayName("hears of a restart at once, and of a silent crash only by its own patience")
    void silentCrash() {
        MiRun restarted = MiRun.usual()
                .clients(8, PROXY_HOST, ONCE, EVERY_TEN_SECONDS)
                .at(25 * SECOND, new Action.Restart("gateway 10.0.1.5", MINUTE))
                .at(25 * SECOND, new Action.Restart("gateway 10.0.1.6", MINUTE));
        MiRun crashed = MiRun.usual()
                .clients(8, PROXY_HOST, ONCE, EVERY_TEN_SECONDS)
                .at(25 * SECOND, new Action.Crash("gateway 10.0.1.5"))
                .at(25 * SECOND, new Action.Crash("gateway 10.0.1.6"));
        assertThat(restarted.until(26 * SECOND).run().symptoms()).containsEntry("cut", 8L);
        assertThat(crashed.until(30 * SECOND).run().symptoms()).doesNotContainKey("cut");
        RunReport late = crashed.until(MINUTE).run();
        assertThat(late.symptoms()).containsEntry("cut", 8L);
        assertThat(late.endings()).containsEntry("CRASHED", 8L).doesNotContainKey("RESET");
        assertThat(restarted.until(MINUTE).run().endings()).containsEntry("RESET", 8L);
    }

    @ParameterizedTest(name = "{0} ports")
    @ValueSource(ints = {1024, 512, 256, 128, 64, 32})
    @DisplayName("gets one of the ports that a pool of its size sets aside for each machine (fact 3.14)")
    void portsByPoolSize(int ports) {
        RunReport report = MiRun.usual()
                .with(
                        "addressPrefix: 10.9.0.0/24, natGateway: nat",
                        "addressPrefix: 10.9.0.0/24, defaultOutboundAccess: true")
                .set(Setting.SNAT_PORTS_PREALLOCATED, ports)
                .population(batch(ports + 7))
                .run();
        assertThat(report.outcomes()).containsEntry("connected", (long) ports);
        assertThat(report.endings()).containsEntry("SNAT_EXHAUSTED", 7L);
        assertThat(report.snat())
                .singleElement()
                .satisfies(use -> assertThat(use.peak()).isEqualTo(ports));
    }

    @Test
    @DisplayName("gets one of the ports that an outbound rule sets aside for each machine, whatever the settings say")
    void portsByOutboundRule() {
        RunReport report = MiRun.usual()
                .with("addressPrefix: 10.9.0.0/24, natGateway: nat", "addressPrefix: 10.9.0.0/24")
                .with("managedInstances:\n", """
                        networkInterfaces: [{name: nic-batch, subnet: vnet-far/snet-batch, privateIpAddress: 10.9.0.16}]
                        loadBalancers:
                          - name: lb-batch
                            sku: Standard
                            frontends: [{name: fe, publicIpAddress: pip}]
                            pools: [{name: all, networkInterfaces: nic-batch}]
                            outboundRules: [{name: out, frontends: fe, pool: all, allocatedOutboundPorts: 16}]
                        managedInstances:
                        """)
                .set(Setting.SNAT_PORTS_PREALLOCATED, 5)
                .population(batch(23))
                .run();
        assertThat(report.outcomes()).containsEntry("connected", 16L);
        assertThat(report.endings()).containsEntry("SNAT_EXHAUSTED", 7L);
    }

    @Test
    @DisplayName("leaves a source port that rests before the next gets it")
    void portsRest() {
        MiRun run = MiRun.usual()
                .set(Setting.SNAT_PORTS_NAT_GATEWAY, 1)
                .population(new Population(
                        "batch",
                        Population.Source.of(Address.parse("10.9.0.16")),
                        6,
                        new Population.Arrivals.Every(10 * SECOND),
                        new Population.Target(PUBLIC_HOST, 3342),
                        ONCE.with(5 * SECOND, 0, 0),
                        Session.ONE_QUERY));
        assertThat(run.run().outcomes()).containsExactlyEntriesOf(Map.of("connected", 6L));
        // Those at 0, 30 and no other: whoever comes within 25 s finds the port at rest.
        RunReport rested = run.set(Setting.SNAT_COOL_DOWN, 25 * SECOND).run();
        assertThat(rested.outcomes()).containsEntry("connected", 2L).containsEntry("blocked", 4L);
        assertThat(rested.endings()).containsEntry("SNAT_EXHAUSTED", 4L);
    }

    @Test
    @DisplayName("is not served by what a gateway finishes for a client's earlier try")
    void lateService() {
        RunReport report = MiRun.usual()
                .set(Setting.GATEWAY_LOGIN, 30 * SECOND)
                .clients(1, HOST, ONCE.with(15 * SECOND, 1, 10 * SECOND), new Session(0, 0, false, 0))
                .run();
        // The first try's login is done at 30 s, 5 s into the second try; its own would be at 55 s.
        assertThat(report.outcomes()).doesNotContainKey("connected");
        assertThat(report.symptoms()).containsExactlyEntriesOf(Map.of("timeout", 2L));
    }

    @Test
    @DisplayName("whose answers alone need a source port gives it back when it is over")
    void portOfAnswers() {
        // The clients' VNet has public addresses for its own, and a route of the server's sends them to the Internet.
        String astray = "{name: rt-astray, routes: [{name: a, addressPrefix: 20.1.0.0/16, nextHopType: Internet}]}";
        String back = "[{name: far-to-spoke, remoteVnet: vnet-spoke, state: Connected}]";
        RunReport report = MiRun.usual()
                .with("addressPrefixes: 10.1.0.0/16", "addressPrefixes: 20.1.0.0/16")
                .with("addressPrefix: 10.1.0.0/20", "addressPrefix: 20.1.0.0/20")
                .with(
                        "- {name: spoke-to-hub, remoteVnet: vnet-hub, state: Connected}",
                        "- {name: spoke-to-far, remoteVnet: vnet-far, state: Connected}")
                .with("natGateway: nat}\n", "natGateway: nat, routeTable: rt-astray}\n    peerings: " + back + "\n")
                .with("- {name: rt-mi, routes: []}", "- {name: rt-mi, routes: []}\n  - " + astray)
                .population(new Population(
                        "app",
                        Population.Source.of(Address.parse("20.1.0.16")),
                        3,
                        new Population.Arrivals.AtOnce(),
                        new Population.Target("10.9.0.20", 1433),
                        ONCE,
                        Session.ONE_QUERY))
                .run();
        assertThat(report.outcomes()).containsExactlyEntriesOf(Map.of("blocked", 3L));
        assertThat(report.snat()).singleElement().satisfies(use -> {
            assertThat(use.peak()).isPositive();
            assertThat(use.inUse()).isZero();
        });
    }

    @Test
    @DisplayName("asks a public DNS server by a translator's port, which is free four minutes later (fact 3.13)")
    void portsOfQuestions() {
        MiRun run = MiRun.usual()
                .with("addressPrefixes: 10.1.0.0/16", "addressPrefixes: 10.1.0.0/16\n    dnsServers: 8.8.8.8")
                .with("networkSecurityGroup: nsg-app}", "networkSecurityGroup: nsg-app, natGateway: nat}")
                .set(Setting.DNS_TTL, SECOND)
                .clients(8, PROXY_HOST, ONCE, new Session(0, 0, false, 0), new Population.Arrivals.Every(100 * SECOND))
                .until(15 * MINUTE);
        RunReport three = run.set(Setting.SNAT_PORTS_NAT_GATEWAY, 3).run();
        assertThat(three.outcomes()).containsExactlyEntriesOf(Map.of("connected", 8L));
        assertThat(three.snat()).singleElement().satisfies(use -> {
            assertThat(use.peak()).isEqualTo(3);
            // The questions of the last 240 s: those at 700 s only, as the run ends at 900 s.
            assertThat(use.inUse()).isEqualTo(1);
        });
        // With two ports those who ask at 200 s and 500 s find both taken.
        RunReport two = run.set(Setting.SNAT_PORTS_NAT_GATEWAY, 2).run();
        assertThat(two.outcomes()).containsEntry("connected", 6L);
        assertThat(two.endings()).containsExactlyEntriesOf(Map.of("DNS_SERVER_UNREACHABLE", 2L));
    }

    private static Population population(
            String name, String address, int clients, Population.Arrivals arrivals, Session session) {
        return new Population(
                name,
                Population.Source.of(Address.parse(address)),
                clients,
                arrivals,
                new Population.Target(PROXY_HOST, 1433),
                ONCE,
                session);
    }

    /** Clients of one machine that all connect at once, by way of the Internet. */
    private static Population batch(int clients) {
        return new Population(
                "batch",
                Population.Source.of(Address.parse("10.9.0.16")),
                clients,
                new Population.Arrivals.AtOnce(),
                new Population.Target(PUBLIC_HOST, 3342),
                ONCE,
                EVERY_TEN_SECONDS);
    }
}
