package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("Times that protocols fix, in a scenario file,")
class ProtocolTimeStories {
    private static final String SPOKE = """
              - name: vnet-spoke
                location: westeurope
                addressPrefixes: 10.1.0.0/16
                subnets: [{name: snet-far, addressPrefix: 10.1.0.0/24}]
                peerings: [{name: to-hub, remoteVnet: vnet-hub, state: Connected}]
            managedInstances:
            """;
    private static final String NETWORK =
            TimedNetwork.TEXT.replace("managedInstances:\n", SPOKE).replace("addressPrefix: 10.0.2.0/24}\n", """
                    addressPrefix: 10.0.2.0/24}
                        peerings: [{name: to-spoke, remoteVnet: vnet-spoke, state: Connected}]
                    """);

    @TempDir
    private Path folder = Path.of("");

    private String file(String text) throws IOException {
        return Files.writeString(folder.resolve("case.yaml"), text).toString();
    }

    /** The seconds at which events of a kind happened. */
    private static List<Double> times(List<String> lines, String event) {
        List<Double> times = new ArrayList<>();
        for (String line : lines) {
            Node.Obj object = (Node.Obj) JsonReader.read("event", line.getBytes(StandardCharsets.UTF_8));
            if (object.get("event") instanceof Node.Str kind
                    && kind.text().equals(event)
                    && object.get("t") instanceof Node.Num time) {
                times.add(Double.parseDouble(time.text()) / 1e9);
            }
        }
        return times;
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "windows,0 3 9,21",
        "linux,0 1 3 7 15 31 63,127",
        "linux-6.5,0 1 2 3 4 5 7 11 19 35 67,131",
    })
    @DisplayName("are those at which a system sends SYNs that nobody answers, and gives up")
    void syns(String system, String sent, double givenUp) throws IOException {
        Path events = folder.resolve("events.jsonl");
        String silent = NETWORK.replace(
                "{name: allow_tds, priority: 1000, direction: Inbound, access: Allow",
                "{name: allow_tds, priority: 1000, direction: Inbound, access: Deny");
        String clients =
                "workload: [{name: one, from: 10.0.2.4, to: 10.0.1.4, driver: plain, system: " + system + "}]\n";
        CommandRun.of(
                        "simulate",
                        file(silent + clients + "settings: {until: 3min}\n"
                                + "expect: [{figure: symptoms.timeout, is: 1}]\n"),
                        "--events",
                        events.toString())
                .exits(0);
        List<String> lines = Files.readAllLines(events);
        List<Double> expected =
                Arrays.stream(sent.split(" ", -1)).map(Double::valueOf).toList();
        assertThat(times(lines, "dropped")).isEqualTo(expected);
        assertThat(times(lines, "ended")).containsExactly(givenUp);
    }

    @ParameterizedTest(name = "{0}, TDS {1}")
    @CsvSource({"Proxy,7.4,5", "Redirect,7.4,10", "Proxy,strict,4", "Redirect,strict,8"})
    @DisplayName("are round trips before the first query")
    void roundTrips(String type, String tds, int trips) throws IOException {
        String text = NETWORK.replace("proxyOverride: Redirect", "proxyOverride: " + type);
        CommandRun.of(
                        "simulate",
                        file(text
                                + """
                        workload: [{name: one, from: 10.1.0.4, to: mi1, tds: "%s"}]
                        settings: {until: 30s, rttPeered: 100ms, rttVnet: 0s, rttPlatform: 0s, gatewayLogin: 0s, gatewayRelay: 0s, nodeLogin: 0s}
                        expect:
                          - {figure: latency.login.p50, least: %dms, most: %dms}
                          - {figure: latency.first-query.p50, least: %dms, most: %dms}
                        """.formatted(
                                        tds, 100 * trips, 100 * trips + 2, 100 * trips + 100, 100 * trips + 102)))
                .exits(0);
    }

    @Test
    @DisplayName(
            "end an idle session behind the load balancer after four minutes and at the gateway after its own limit")
    void idle() throws IOException {
        String proxy = NETWORK.replace("proxyOverride: Redirect", "proxyOverride: Proxy");
        String clients = """
                workload:
                  - {name: quick, from: 10.0.2.4, to: mi1, queries: 2, think: 239s, retries: 0}
                  - {name: slow, from: 10.0.2.5, to: mi1, queries: 2, think: 241s, retries: 0}
                  - {name: alive, from: 10.0.2.6, to: mi1, queries: 2, think: 241s, retries: 0, keepAlive: 30s}
                """;
        CommandRun.of("simulate", file(proxy + clients + """
                        settings: {until: 10min}
                        expect:
                          - {figure: symptoms.cut, is: 1}
                          - {figure: symptoms.none, is: 2}
                          - {figure: endings.IDLE, is: 1}
                          - {figure: queries.answered, is: 5}
                        """)).exits(0);
        CommandRun.of("simulate", file(proxy + clients + """
                        settings: {until: 10min, loadBalancerIdle: 10min, gatewayIdle: 240s}
                        expect: [{figure: symptoms.cut, is: 1}, {figure: endings.IDLE, is: 1}]
                        """)).exits(0);
        CommandRun.of("simulate", file(NETWORK + clients + """
                        settings: {until: 10min}
                        expect: [{figure: symptoms.cut, is: 0}, {figure: queries.answered, is: 6}]
                        """)).exits(0);
    }
}
