package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import dev.mipath.topology.Place;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Truths nobody here wrote, asked as a user asks them: a scenario file, {@code simulate --replications 20}, and the theory's
 * value inside the 95 % interval that the answer prints. One in twenty may lie outside; the seed is fixed, so the answer is
 * the same every time.
 */
@DisplayName("Queues that a scenario file describes")
class QueueingTheoryStories {
    private static final String NODE = "stations.node 10.0.1.7 of mi1.";
    private static final String OTHER_NODE = "stations.node 10.0.1.8 of mi2.";
    private static final String GATEWAY = "stations.gateway 10.0.1.5.";
    private static final double MILLI = 1e6;
    /** Wide intervals hold anything. */
    private static final double WIDEST = 0.1;

    @TempDir
    private Path folder = Path.of("");

    private record Checked(String what, double theory, double mean, double half) {
        boolean inside() {
            return Math.abs(theory - mean) <= half;
        }
    }

    private final ImmutableList.Builder<Checked> checks = ImmutableList.builder();
    private String system = "";
    private Node.Obj figures = new Node.Obj(Place.PLATFORM, ImmutableList.of());

    private void play(String name, String workload, String rest) throws IOException {
        system = name;
        String second =
                "  - {name: mi2, subnet: snet-mi, fullyQualifiedDomainName: mi2.0123abcd4567.database.windows.net,"
                        + " dnsZone: 0123abcd4567, proxyOverride: Redirect}\nnetworkSecurityGroups:";
        Path file = folder.resolve(name.replace('/', '-') + ".yaml");
        Files.writeString(
                file,
                TimedNetwork.TEXT.replace("networkSecurityGroups:", second) + "workload:\n" + workload + rest + "\n");
        CommandRun run = CommandRun.of(
                        "simulate", file.toString(), "--replications", "20", "--seed", "2020", "--format", "json")
                .exits(0);
        Node.Obj answer = (Node.Obj) JsonReader.read("answer", run.out().getBytes(StandardCharsets.UTF_8));
        figures = (Node.Obj) member(answer, "figures");
    }

    private static Node member(Node.Obj of, String name) {
        return Objects.requireNonNull(of.get(name), name);
    }

    private static double number(Node.Obj of, String name) {
        return Double.parseDouble(((Node.Num) member(of, name)).text());
    }

    private void holds(String figure, double theory) {
        Node.Obj estimate = (Node.Obj) member(figures, figure);
        Checked check =
                new Checked(system + " " + figure, theory, number(estimate, "mean"), number(estimate, "half95"));
        assertThat(check.half / theory)
                .as("an interval narrow enough: %s", check)
                .isLessThan(WIDEST);
        checks.add(check);
    }

    private static String clients(String name, String to, String gap, String session) {
        return "  - {name: " + name + ", from: " + (name.equals("one") ? "10.0.2.16" : "10.0.2.32")
                + ", addresses: 4, to: " + to + ", clients: 16000, arrivals: {poisson: " + gap + "}, retries: 0, "
                + session + "}\n";
    }

    /** Erlang's loss formula, by its recursion. */
    private static double erlangB(int servers, double load) {
        double blocked = 1;
        for (int k = 1; k <= servers; k++) blocked = load * blocked / (k + load * blocked);
        return blocked;
    }

    /** Erlang's chance to wait. */
    private static double erlangC(int servers, double load) {
        double blocked = erlangB(servers, load);
        return blocked / (1 - load / servers * (1 - blocked));
    }

    @Test
    @DisplayName("are as long as theory says: M/M/1, M/M/c, M/D/1, M/G/1, M/M/c/c, and a Jackson network")
    void theory() throws IOException {
        oneServer();
        severalServers();
        fixedTimes();
        mixedTimes();
        noRoom();
        network();
        List<Checked> all = checks.build();
        List<Checked> missed = all.stream().filter(check -> !check.inside()).toList();
        assertThat(missed).as("of %s", all).hasSizeLessThanOrEqualTo(all.size() / 20);
    }

    private void oneServer() throws IOException {
        play(
                "M/M/1",
                clients("one", "mi1", "16ms", "serviceTime: 9.6ms"),
                "settings: {until: 100s, gatewayLogin: 0s, nodeServers: 1}");
        holds(NODE + "utilisation", 0.6);
        holds(NODE + "meanPresent", 0.6 / 0.4);
        holds(NODE + "meanWait", 9.6 * MILLI * 0.6 / 0.4);
    }

    private void severalServers() throws IOException {
        play(
                "M/M/c",
                clients("one", "mi1", "16ms", "serviceTime: 44.8ms"),
                "settings: {until: 100s, gatewayLogin: 0s, nodeServers: 4}");
        double load = 2.8;
        holds(NODE + "utilisation", load / 4);
        holds(NODE + "meanBusy", load);
        holds(NODE + "meanWait", 44.8 * MILLI * erlangC(4, load) / (4 - load));
        holds(NODE + "meanWaiting", load * erlangC(4, load) / (4 - load));
    }

    /** Pollaczek and Khinchine, twice: the node's queries and, one after the other, the gateway's logins. */
    private void fixedTimes() throws IOException {
        play(
                "M/D/1",
                clients("one", "mi1", "16ms", "serviceTime: 9.6ms, serviceAtRandom: false"),
                "settings: {until: 100s, gatewayLogin: 0s, nodeServers: 1}");
        holds(NODE + "utilisation", 0.6);
        holds(NODE + "meanWait", 9.6 * MILLI * 0.6 / (2 * 0.4));
        play(
                "M/D/1 of logins",
                clients("one", "mi1", "16ms", "queries: 0"),
                "settings: {until: 100s, gatewayLogin: 11.2ms, gatewayServers: 1, probeInterval: 5ms, probeFailures: 1}\n"
                        + "timeline: [{at: 0s, drain: gateway 10.0.1.6}]");
        holds(GATEWAY + "utilisation", 0.7);
        holds(GATEWAY + "meanWait", 11.2 * MILLI * 0.7 / (2 * 0.3));
    }

    /** Pollaczek and Khinchine with two kinds of queries: what counts is the mean square of the service time. */
    private void mixedTimes() throws IOException {
        play(
                "M/G/1",
                clients(
                        "one",
                        "mi1",
                        "16ms",
                        "queryMix: [{share: 3, serviceTime: 4ms, serviceAtRandom: false}, {share: 1, serviceTime: 24ms}]"),
                "settings: {until: 200s, gatewayLogin: 0s, nodeServers: 1}");
        double load = 9.0 / 16;
        double meanSquare = 0.75 * 4 * 4 + 0.25 * 2 * 24 * 24;
        holds(NODE + "utilisation", load);
        holds(NODE + "meanWait", MILLI * meanSquare / 16 / (2 * (1 - load)));
    }

    /** Erlang's loss, at the node and at the gateway. */
    private void noRoom() throws IOException {
        double refused = erlangB(5, 3.5);
        play(
                "M/M/c/c",
                clients("one", "mi1", "16ms", "serviceTime: 56ms"),
                "settings: {until: 100s, gatewayLogin: 0s, nodeServers: 5, nodeWaiting: 0}");
        holds(NODE + "blocking", refused);
        holds(NODE + "meanPresent", 3.5 * (1 - refused));
        play(
                "M/M/c/c of logins",
                clients("one", "mi1", "16ms", "queries: 0"),
                "settings: {until: 100s, gatewayLogin: 56ms, gatewayLoginAtRandom: true, gatewayServers: 5, gatewayWaiting: 0,"
                        + " probeInterval: 5ms, probeFailures: 1}\ntimeline: [{at: 0s, drain: gateway 10.0.1.6}]");
        holds(GATEWAY + "blocking", refused);
        holds(GATEWAY + "utilisation", 3.5 * (1 - refused) / 5);
    }

    /** Jackson: every station is as if it were alone, though half of what reaches a node has just been there. */
    private void network() throws IOException {
        String session = "queries: 2, queriesAtRandom: true, think: 40ms, thinkAtRandom: true, serviceTime: ";
        play(
                "Jackson",
                clients("one", "mi1", "20ms", session + "6ms") + clients("two", "mi2", "30ms", session + "10.5ms"),
                "settings: {until: 150s, gatewayLogin: 14.4ms, gatewayLoginAtRandom: true, gatewayServers: 2, nodeServers: 1,"
                        + " probeInterval: 5ms, probeFailures: 1}\ntimeline: [{at: 0s, drain: gateway 10.0.1.6}]");
        double gateway = 14.4 / 20 + 14.4 / 30;
        holds(GATEWAY + "meanPresent", gateway + erlangC(2, gateway) * gateway / (2 - gateway));
        holds(GATEWAY + "meanWait", 14.4 * MILLI * erlangC(2, gateway) / (2 - gateway));
        holds(NODE + "meanPresent", 0.6 / 0.4);
        holds(NODE + "meanWait", 6 * MILLI * 0.6 / 0.4);
        holds(OTHER_NODE + "meanPresent", 0.7 / 0.3);
        holds(OTHER_NODE + "utilisation", 0.7);
    }
}
