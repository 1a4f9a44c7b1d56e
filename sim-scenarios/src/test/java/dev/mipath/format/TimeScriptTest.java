package dev.mipath.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Arrivals;
import dev.mipath.engine.Setting;
import dev.mipath.engine.SynProfile;
import dev.mipath.engine.TimedAction.Action;
import dev.mipath.engine.TimedAction.Link;
import dev.mipath.format.TimeScript.Workload;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("What a file says about time")
class TimeScriptTest {
    private static final String HEAD = """
            mipath: topology/1
            networkSecurityGroups:
              - {name: nsg, rules: []}
            """;
    private static final String ALL = HEAD + """
            workload:
              - {name: app, from: 10.0.2.4, to: "mi1.0123abcd.database.windows.net:1433", clients: 30, addresses: 2, firstPort: 50000, arrivals: {poisson: 20ms}, driver: mssql-jdbc, system: linux-6.5, tds: strict, loginTimeout: 5s, retries: 3, retryInterval: 2s, nameCache: 1min, keepAlive: 30s, blocksPool: true, queries: 4, think: 500ms, thinkAtRandom: true, serviceTime: 1.5ms}
              - {name: others, from: 10.0.2.9, to: 10.0.1.4}
              - {name: loop, from: 10.0.2.9, to: 10.0.1.4, arrivals: {closedLoop: 3s}}
              - {name: row, from: 10.0.2.9, to: 10.0.1.4, arrivals: {every: 1us}, serviceTime: 2ms, serviceAtRandom: false}
              - {name: mix, from: 10.0.2.9, to: 10.0.1.4, queries: 3, queriesAtRandom: true, queryMix: [{share: 9, serviceTime: 2ms}, {serviceTime: 1s, serviceAtRandom: false}]}
            timeline:
              - at: 30s
                change:
                  - removeRule: {networkSecurityGroup: nsg, name: late}
              - at: 10s
                change:
                  - addRule: {networkSecurityGroup: nsg, name: late, priority: 200, direction: Inbound, access: Deny}
              - {at: 1s, crash: a}
              - {at: 2s, start: a}
              - {at: 3s, restart: a, down: 4s}
              - {at: 4s, drain: a}
              - {at: 5s, partition: {element: a, next: b}}
              - {at: 6s, hold: a}
              - {at: 7s, release: a}
              - {at: 8s, repair: a}
              - {at: 9s, slow: a, by: 50ms}
              - {at: 10s, lose: a, probability: 1/100}
              - {at: 11s, revoke: mi1}
              - {at: 12s, renew: mi1}
              - {at: 13s, failOver: mi1}
              - {at: 14s, moveName: fog, to: 10.0.1.9}
              - {at: 15s, scaleGateways: 4}
              - {at: 16s, clog: a, for: 3s}
              - {at: 16s, createInstance: {name: mi-new, subnet: snet, tier: GeneralPurpose}}
              - {at: 17s, scaleInstance: mi-new, tier: BusinessCritical}
              - {at: 18s, createDatabase: sales, instance: mi-new}
              - {at: 19s, deleteInstance: mi-new}
            settings: {until: 2min, intentPolicy: off, rttVnet: 700us, gatewayServers: 3, gatewayLoginAtRandom: true, nodeWaiting: 0}
            expect:
              - {figure: outcomes.connected, is: 30}
              - {figure: health.mi1, is: HEALTHY}
              - {figure: latency.login.p99, least: 1ms, most: 2s}
              - {figure: stations.a.utilisation, least: 0.25, most: 1}
              - nextHop: {sourceIp: 10.0.1.4, destIp: 10.1.0.4}
                answer: {nextHopType: None}
            """;

    private static TimeScript read(String text) {
        return Objects.requireNonNull(
                TopologyYaml.read("case.yaml", Documents.bytes(text)).time());
    }

    @Test
    @DisplayName("is read as written")
    void read() {
        TimeScript script = read(ALL);
        Workload app = script.workload().get(0);
        assertThat(app.clients()).isEqualTo(30);
        assertThat(app.arrivals()).isEqualTo(new Arrivals.Poisson(20_000_000));
        assertThat(app.profile().system()).isEqualTo(SynProfile.LINUX_6_5);
        assertThat(app.profile().loginTimeout()).isEqualTo(5_000_000_000L);
        assertThat(app.profile().blocksPool()).isTrue();
        assertThat(app.session()).isEqualTo(new Population.Session(4, 500_000_000, true, 1_500_000));
        assertThat(script.workload().get(3).session().mix()).containsExactly(new Population.Query(1, 2_000_000, false));
        Population.Session mixed = script.workload().get(4).session();
        assertThat(mixed.someQueries()).isTrue();
        assertThat(mixed.mix())
                .containsExactly(
                        new Population.Query(9, 2_000_000, true), new Population.Query(1, 1_000_000_000, false));
        assertThat(script.workload().get(1).profile()).isEqualTo(ClientProfile.SQL_CLIENT);
        assertThat(script.workload().get(1).arrivals()).isEqualTo(new Arrivals.AtOnce());
        assertThat(script.timeline()).hasSize(22);
        assertThat(script.timeline().get(0).changes()).hasSize(1);
        assertThat(script.timeline().get(4).action()).isEqualTo(new Action.Restart("a", 4_000_000_000L));
        assertThat(script.timeline().get(6).action()).isEqualTo(new Action.Partition(new Link("a", "b")));
        assertThat(script.timeline().get(11).action()).isEqualTo(new Action.Lose(new Link("a", null), 1, 100));
        assertThat(script.timeline().get(19).operation())
                .isEqualTo(new InstanceOperation.Scale("mi-new", "BusinessCritical"));
        assertThat(script.timeline().get(21).operation()).isEqualTo(new InstanceOperation.Delete("mi-new"));
        assertThat(script.policyOff()).isTrue();
        assertThat(script.until()).isEqualTo(120_000_000_000L);
        assertThat(script.settings())
                .containsExactly(
                        new TimeScript.Changed(Setting.RTT_VNET, 700_000),
                        new TimeScript.Changed(Setting.GATEWAY_SERVERS, 3),
                        new TimeScript.Changed(Setting.GATEWAY_LOGIN_AT_RANDOM, 1),
                        new TimeScript.Changed(Setting.NODE_WAITING, 0));
        assertThat(script.expect()).hasSize(4);
        assertThat(script.expect().get(3).least()).isEqualTo(0.25);
        assertThat(script.expect().get(2).least()).isEqualTo(1_000_000);
        assertThat(TopologyYaml.read("case.yaml", Documents.bytes(ALL)).expect())
                .hasSize(1);
    }

    @Test
    @DisplayName("is written as it is read, and fits the schema")
    void roundTrip() {
        assertThat(Documents.againstSchema(ALL)).isEmpty();
        String once = TopologyYaml.write(TopologyYaml.read("case.yaml", Documents.bytes(ALL)));
        assertThat(Documents.againstSchema(once)).isEmpty();
        String twice = TopologyYaml.write(TopologyYaml.read("case.yaml", Documents.bytes(once)));
        assertThat(twice).isEqualTo(once);
        TimeScript back = read(once);
        assertThat(back.workload().get(0).profile())
                .isEqualTo(read(ALL).workload().get(0).profile());
        assertThat(back.workload())
                .extracting(Workload::session)
                .containsExactlyElementsOf(
                        read(ALL).workload().stream().map(Workload::session).toList());
        assertThat(back.settings()).isEqualTo(read(ALL).settings());
        assertThat(back.policyOff()).isTrue();
        assertThat(back.timeline())
                .extracting(happening -> happening.operation() == null
                        ? ""
                        : happening.operation().title())
                .endsWith(
                        "createInstance mi-new",
                        "scaleInstance mi-new",
                        "createDatabase sales",
                        "deleteInstance mi-new");
        assertThat(back.timeline())
                .extracting(TimeScript.Happening::action)
                .containsExactlyElementsOf(read(ALL).timeline().stream()
                        .map(TimeScript.Happening::action)
                        .toList());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "workload: [{name: a, from: b}]|a population of clients lacks `to`",
                "workload: [{name: a, from: b, to: c, clients: 0}]|`clients` 0 is not in 1..16777216",
                "workload: [{name: a, from: b, to: c, clients: 5000}]|5000 clients do not fit on 1 address, which holds 4096",
                "workload: [{name: a, from: b, to: c, arrivals: {every: 1s, poisson: 1s}}]|clients arrive in one way",
                "workload: [{name: a, from: b, to: c, arrivals: {every: 10}}]|`10` is a number without a unit",
                "workload: [{name: a, from: b, to: c, think: 5 parsecs}]|`5 parsecs` is no time",
                "workload: [{name: a, from: b, to: c, think: 31000h}]|`31000h` is too long",
                "workload: [{name: a, from: b, to: c, driver: SqlCleint}]|did you mean `SqlClient`?",
                "workload: [{name: a, from: b, to: c, colour: red}]|is not a key of a population of clients",
                "timeline: [{at: 1s}]|one thing happens at a time",
                "timeline: [{at: 1s, crash: a, start: b}]|one thing happens at a time",
                "timeline: [{at: 1s, lose: a, probability: 3/2}]|`3/2` is no probability",
                "timeline: [{at: 1s, createDatabase: sales}]|lacks `instance`",
                "timeline: [{at: 1s, createInstance: mi-new}]|a managed instance is written with keys",
                "timeline: [{at: 1s, createInstance: {name: m, subnet: s}, deleteInstance: m}]|one thing happens at a time",
                "settings: {intentPolicy: maybe}|`maybe` is none of the words",
                "timeline: [{at: 1s, scaleGateways: 0}]|0 servers are not in",
                "timeline: [{at: 1s, change: [{removeRule: {networkSecurityGroup: nsg, name: x}}]}]|case.yaml:4 at /timeline/0/change/0",
                "settings: {until: 0s}|a run ends after its start",
                "settings: {rttVnett: 1s}|did you mean `rttVnet`?",
                "settings: {dnsTries: 1s}|a number is expected",
                "workload: [{name: a, from: b, to: c, serviceTime: 1s, queryMix: [{serviceTime: 1s}]}]|the service time of queries is told twice",
                "workload: [{name: a, from: b, to: c, queryMix: []}]|a mix of no queries",
                "workload: [{name: a, from: b, to: c, queryMix: [{share: 0}]}]|`share` 0 is not in 1..1000000",
                "workload: [{name: a, from: b, to: c, queryMix: [{share: 1000000}, {share: 1}]}]|the shares are 1000001 together",
                "settings: {nodeServers: 0}|nodeServers is below 1",
                "settings: {gatewayLoginAtRandom: 1}|`true` or `false` is expected",
                "expect: [{figure: attempts}]|the figure is expected to be anything",
                "expect: [{figure: attempts, is: 3, least: 2}]|one value and a range",
                "expect: [{figure: attempts, least: 1e999}]|is too large",
            })
    @DisplayName("that cannot be meant is told with its place")
    void wrong(String line, String problem) {
        InputException wrong = catchThrowableOfType(
                InputException.class, () -> TopologyYaml.read("case.yaml", Documents.bytes(HEAD + line)));
        assertThat(wrong).hasMessageContaining(problem);
        assertThat(wrong.getMessage()).startsWith("case.yaml:4 at /");
    }

    @ParameterizedTest
    @CsvSource({"1ns,1", "1.5us,1500", "4min,240000000000", "1 h,3600000000000", "0s,0", "720h,2592000000000000"})
    void spans(String text, long nanos) {
        assertThat(Durations.parse(text)).isEqualTo(nanos);
        assertThat(Durations.parse(Durations.print(nanos))).isEqualTo(nanos);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "s",
                "-1s",
                "1",
                "1.5ns",
                "1..2s",
                "1 d",
                "721h",
                "99999999999999999999999999999999999h",
                "٣s"
            })
    void noSpans(String text) {
        assertThatThrownBy(() -> Durations.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
