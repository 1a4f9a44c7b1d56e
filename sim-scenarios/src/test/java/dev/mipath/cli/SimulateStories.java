package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.JsonReader;
import dev.mipath.format.Node;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("A simulated run")
class SimulateStories {
    private static final String NETWORK = TimedNetwork.TEXT + """
            workload:
              - {name: app, from: 10.0.2.4, to: mi1, clients: 40, arrivals: {poisson: 100ms}, driver: plain, queries: 2, think: 300ms, thinkAtRandom: true, serviceTime: 2ms}
            settings: {until: 40s}
            """;

    private static final String ONE = "workload: [{name: app, from: 10.0.2.4, to: mi1}]\n";

    @TempDir
    private Path folder = Path.of("");

    private String open = "";
    private String closing = "";

    @BeforeEach
    void write() throws IOException {
        open = file("open.yaml", NETWORK + "expect: [{figure: outcomes.connected, is: 40}]\n");
        closing = file(
                "closing.yaml", NETWORK + TimedNetwork.CLOSES + "expect: [{figure: outcomes.connected, is: 40}]\n");
    }

    private String file(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text).toString();
    }

    private static String member(CommandRun run, String name) {
        Node.Obj summary = (Node.Obj) JsonReader.read("summary", run.out().getBytes(StandardCharsets.UTF_8));
        Node value = summary.get(name);
        return value instanceof Node.Num number
                ? number.text()
                : value instanceof Node.Str text ? text.text() : String.valueOf(value);
    }

    @Test
    @DisplayName("lets each client of a row of addresses leave as who has its address, a declared machine or another")
    void machinesAmongAddresses() throws IOException {
        String network = TimedNetwork.TEXT + """
                networkInterfaces: [{name: nic, subnet: snet-app, privateIpAddress: 10.0.2.5, virtualMachine: vm, networkSecurityGroup: nsg-vm}]
                virtualMachines: [{name: vm, networkInterfaces: nic}]
                workload: [{name: app, from: 10.0.2.4, to: mi1, clients: 3, addresses: 3, retries: 0, arrivals: {every: 1s}}]
                """;
        String denies = network.replace(
                "networkSecurityGroups:",
                "networkSecurityGroups:\n  - {name: nsg-vm, rules: [{name: shut, priority: 100, direction: Outbound, access: Deny}]}");
        CommandRun run = CommandRun.of("simulate", file("row.yaml", denies)).exits(0);
        assertThat(run.out()).contains("outcomes     1 blocked, 2 connected");
    }

    @Test
    @DisplayName("tells what came of it, and is content when that was expected")
    void asExpected() {
        CommandRun run = CommandRun.of("simulate", open, "--seed", "3").exits(0);
        assertThat(run.out())
                .contains("40 connection attempts in 40 s of simulated time, seed 3")
                .contains("outcomes     40 connected")
                .contains("✓ outcomes.connected 40");
    }

    @Test
    @DisplayName(
            "that did not come out as expected says so on its page and as JSON, and how to replay it even when quiet")
    void notAsExpectedEverywhere() throws IOException {
        Path page = folder.resolve("failed.html");
        CommandRun run = CommandRun.of("simulate", closing, "--quiet", "--format", "json", "--report", page.toString())
                .exits(1);
        String replay = "mipath simulate " + closing + " --seed 1 --until 40s";
        assertThat(run.err()).isEqualTo("replay: " + replay + System.lineSeparator());
        assertThat(member(run, "replay")).isEqualTo(replay);
        String html = Files.readString(page);
        assertThat(html)
                .contains("<h2>Expectations: 0 of 1 held</h2>", "<td class=\"n\">", "<span class=\"bad\">failed</span>")
                .contains("<code>" + replay + "</code>", "connections, the most at a time");
        String failures = html.substring(html.indexOf("<h2>What attempts and sessions failed by"));
        long blocked = Long.parseLong(
                failures.replaceAll("(?s).*?NSG_DENY_INBOUND</span></td><td class=\"n\">(\\d+)<.*", "$1"));
        assertThat(failures).contains(String.format(Locale.ROOT, "%.1f %%", 100.0 * blocked / 40));
        assertThat(html.split("<table>", -1)).hasSameSizeAs(html.split("<div class=\"wide\"><table>", -1));
    }

    @Test
    @DisplayName("that did not come out as expected fails and says how to replay it")
    void notAsExpected() {
        CommandRun run = CommandRun.of("simulate", closing, "--seed", "3").exits(1);
        assertThat(run.out()).contains("blocked").contains("NSG_DENY_INBOUND").contains("✗ outcomes.connected");
        assertThat(run.err()).contains("replay: mipath simulate " + closing + " --seed 3 --until 40s");
        String replay =
                run.err().substring(run.err().indexOf("replay: mipath ") + 15).strip();
        assertThat(CommandRun.line(replay).out()).isEqualTo(run.out());
    }

    @Test
    @DisplayName("is the same for the same seed to the byte, with its events written or not")
    void deterministic() throws IOException {
        Path first = folder.resolve("first.jsonl");
        Path second = folder.resolve("second.jsonl");
        CommandRun one = CommandRun.of("simulate", closing, "--format", "json", "--events", first.toString());
        CommandRun two = CommandRun.of("simulate", closing, "--format", "json", "--events", second.toString());
        CommandRun bare = CommandRun.of("simulate", closing, "--format", "json");
        assertThat(Files.readString(second)).isEqualTo(Files.readString(first));
        assertThat(two.out()).isEqualTo(one.out());
        assertThat(bare.out()).isEqualTo(one.out());
        CommandRun other = CommandRun.of("simulate", closing, "--format", "json", "--seed", "2");
        assertThat(member(other, "fingerprint")).isNotEqualTo(member(one, "fingerprint"));
    }

    @Test
    @DisplayName("writes every event as a line of JSON in the order of time")
    void events() throws IOException {
        Path events = folder.resolve("events.jsonl");
        CommandRun run = CommandRun.of("simulate", open, "--format", "json", "--events", events.toString());
        List<String> lines = Files.readAllLines(events);
        assertThat(lines).hasSize(Integer.parseInt(member(run, "events")));
        long before = 0;
        for (int i = 0; i < lines.size(); i++) {
            Node.Obj line = (Node.Obj) JsonReader.read("line", lines.get(i).getBytes(StandardCharsets.UTF_8));
            Node t = line.get("t");
            assertThat(t).isInstanceOf(Node.Num.class);
            long time = t instanceof Node.Num number ? Long.parseLong(number.text()) : -1;
            assertThat(time).isGreaterThanOrEqualTo(before);
            before = time;
            assertThat(lines.get(i)).contains("\"seq\":" + i + ",");
        }
    }

    @Test
    @DisplayName("is told on one page, which lets no name of the input become markup")
    void report() throws IOException {
        String file = file(
                "<b>name.yaml",
                NETWORK.replace("nsg-mi", "'<img src=x onerror=alert(1)>'")
                        + TimedNetwork.CLOSES.replace("nsg-mi", "'<img src=x onerror=alert(1)>'"));
        Path page = folder.resolve("run.html");
        CommandRun run =
                CommandRun.of("simulate", file, "--report", page.toString()).exits(0);
        String html = Files.readString(page);
        assertThat(html)
                .startsWith("<!doctype html>")
                .contains("&lt;b&gt;name.yaml", "&lt;img src=x onerror=alert(1)&gt;", "NSG_DENY_INBOUND", "blocked")
                .doesNotContain("<img", "<script", "<b>", "http://", "https://", "url(");
        assertThat(html)
                .contains("<li>2 s change: removeRule allow_redirect</li>", "class=\"mark\"", "how long things took")
                .contains("INSTANCE_ADDRESSES_ASSUMED", "profile 2020");
        assertThat(run.out()).contains(html.substring(html.indexOf("<code>") + 6, html.indexOf("</code>")));
        CommandRun bare = CommandRun.of("simulate", file).exits(0);
        assertThat(bare.out()).isEqualTo(run.out());
    }

    @Test
    @DisplayName("many times over gives means with intervals, whatever the number of threads")
    void replications() {
        String[] words = {"simulate", open, "--replications", "6", "--format", "json", "--threads", "1"};
        CommandRun one = CommandRun.of(words).exits(0);
        words[words.length - 1] = "2";
        CommandRun two = CommandRun.of(words).exits(0);
        assertThat(two.out()).isEqualTo(one.out());
        assertThat(one.out()).contains("\"latency.login.mean\"").contains("\"half95\"");
        CommandRun alone = CommandRun.of("simulate", open, "--format", "json");
        assertThat(one.out()).contains(member(alone, "fingerprint"));
    }

    @Test
    @DisplayName("compared with a variant tells what differs, run by run")
    void compared() {
        CommandRun run = CommandRun.of("simulate", open, "--compare", closing, "--replications", "4")
                .exits(0);
        String difference = run.out().substring(run.out().indexOf("the other minus this"));
        assertThat(difference).contains("outcomes.blocked").contains("differs");
        CommandRun same = CommandRun.of("simulate", open, "--compare", open, "--replications", "4")
                .exits(0);
        assertThat(same.out()).contains("the other minus this, run by run with the same chances\n  nothing differs\n");
    }

    @Test
    @DisplayName("of a file that names nothing that exists is refused with the places")
    void unknownNames() throws IOException {
        String file = file(
                "names.yaml",
                NETWORK.replace("from: 10.0.2.4", "from: nobody")
                        + "timeline: [{at: 1s, crash: gateway 10.0.1.55}, {at: 2s, revoke: mi2}]\n");
        CommandRun run = CommandRun.of("simulate", file).exits(2);
        assertThat(run.err().lines())
                .hasSize(3)
                .allMatch(line -> line.startsWith(file + ":"))
                .anyMatch(line -> line.contains("/workload/0") && line.contains("nobody"))
                .anyMatch(line -> line.contains("no element of the network") && line.contains("gateway 10.0.1.5"))
                .anyMatch(line -> line.contains("no managed instance") && line.contains("mi1"));
    }

    @Test
    @DisplayName("needs somebody who connects, and a time that is one")
    void refusals() throws IOException {
        String still = file("still.yaml", NETWORK.substring(0, NETWORK.indexOf("workload:")));
        assertThat(CommandRun.of("simulate", still).exits(2).err()).contains("write `workload:`");
        assertThat(CommandRun.of("simulate", open, "--until", "soon").exits(2).err())
                .contains("--until: `soon` is no time");
        assertThat(CommandRun.of("simulate", open, "--events", "x", "--replications", "2")
                        .exits(2)
                        .err())
                .contains("--events tells of one run");
    }

    @Test
    @DisplayName("writes no file over what it reads, nor over another it writes")
    void overwriting() throws IOException {
        String text = Files.readString(Path.of(open));
        String linked = Files.createSymbolicLink(folder.resolve("link.yaml"), Path.of(open))
                .toString();
        for (String option : List.of("--report", "--events", "--pcap")) {
            for (String place : List.of(open, linked, folder + "/../" + folder.getFileName() + "/open.yaml")) {
                assertThat(CommandRun.of("simulate", open, option, place)
                                .exits(2)
                                .err())
                        .startsWith(
                                "mipath: " + option + " `" + place + "` would overwrite what is read from `" + open);
            }
        }
        assertThat(CommandRun.of("simulate", folder.toString(), "--report", open)
                        .exits(2)
                        .err())
                .contains("would overwrite");
        String one = folder.resolve("one").toString();
        assertThat(CommandRun.of("simulate", open, "--report", one, "--pcap", folder + "/./one")
                        .exits(2)
                        .err())
                .contains("--report and --pcap are the same file");
        assertThat(Files.readString(Path.of(open))).isEqualTo(text);
        assertThat(Path.of(one)).doesNotExist();
    }

    @Test
    @DisplayName("tells of a file that it cannot write before it plays, and leaves nothing of the others")
    void unwritable() {
        Path events = folder.resolve("events.jsonl");
        String lost = folder.resolve("nowhere/run.html").toString();
        CommandRun run = CommandRun.of("simulate", open, "--events", events.toString(), "--report", lost)
                .exits(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).isEqualTo("mipath: `" + lost + "` cannot be used: there is no such folder\n");
        assertThat(CommandRun.of("simulate", open, "--pcap", folder.toString())
                        .exits(2)
                        .err())
                .isEqualTo("mipath: `" + folder + "` cannot be used: it is a folder\n");
        assertThat(folder.toFile().list()).containsExactlyInAnyOrder("open.yaml", "closing.yaml");
    }

    @Test
    @DisplayName("is replayed with all that bears on it, as a shell takes it")
    void replay() throws IOException {
        String spaced = file("it's closing.yaml", Files.readString(Path.of(closing)));
        CommandRun run = CommandRun.of(
                        "simulate", spaced, "--profile", "2022", "--tag", "Corp=192.0.2.0/24", "--format", "json")
                .exits(1);
        assertThat(run.err())
                .contains("replay: mipath simulate '" + folder + "/it'\\''s closing.yaml' --seed 1 --until 40s"
                        + " --profile 2022 --tag Corp=192.0.2.0/24\n");
    }

    @Test
    @DisplayName("many times over holds each run to what is expected, and says which seed failed")
    void replicationsNotAsExpected() {
        CommandRun run = CommandRun.of("simulate", closing, "--replications", "3", "--seed", "3")
                .exits(1);
        assertThat(run.out()).contains("not as expected with seed 3\n✗ outcomes.connected");
        List<String> replays = run.err()
                .lines()
                .filter(line -> line.startsWith("replay: mipath "))
                .toList();
        assertThat(replays).hasSize(3);
        for (String replay : replays) {
            String seed = replay.replaceAll(".*--seed[ =](-?[0-9]+) .*", "$1");
            CommandRun alone = CommandRun.line(replay.substring(15)).exits(1);
            String found = alone.out()
                    .lines()
                    .filter(line -> line.startsWith("✗"))
                    .findFirst()
                    .orElseThrow();
            assertThat(run.out()).contains("not as expected with seed " + seed + "\n" + found);
        }
    }

    @Test
    @DisplayName("compared once has no interval")
    void comparedOnce() {
        CommandRun text = CommandRun.of("simulate", open, "--compare", closing).exits(0);
        assertThat(text.out())
                .contains("take --replications N for an interval", "outcomes.blocked")
                .doesNotContain("±", "Infinity", "NaN", "differs");
        CommandRun json = CommandRun.of("simulate", open, "--compare", closing, "--format", "json");
        assertThat(json.out()).contains("\"half95\" : null").doesNotContain("Infinity", "NaN");
    }

    @Test
    @DisplayName("reads the other variant as it reads the source: folders and options too")
    void comparedFolder() throws IOException {
        Path other = Files.createDirectory(folder.resolve("other"));
        Files.copy(Path.of(open), other.resolve("topology.yaml"));
        CommandRun run = CommandRun.of("simulate", open, "--compare", other.toString(), "--replications", "2")
                .exits(0);
        assertThat(run.out()).contains("the other minus this, run by run with the same chances\n  nothing differs\n");
    }

    @Test
    @DisplayName("counts its events once")
    void eventCount() {
        CommandRun run = CommandRun.of("simulate", open, "--format", "json");
        assertThat(run.err()).startsWith(member(run, "events") + " events in ");
    }

    @Test
    @DisplayName("tells times that were expected as times")
    void timesAsTimes() throws IOException {
        String file = file("slow.yaml", NETWORK + "expect: [{figure: latency.login.p99, most: 1us}]\n");
        assertThat(CommandRun.of("simulate", file).exits(1).out())
                .containsPattern("✗ latency\\.login\\.p99 [0-9.]+ ms, expected at most 1 µs {2}");
    }

    @Test
    @DisplayName("with a setting that would let no time pass is refused at its place")
    void settingsOutOfBounds() throws IOException {
        String file = file(
                "still.yaml",
                NETWORK.replace(
                        "{until: 40s}",
                        "{until: 40s, probeInterval: 0s, managementInterval: 1ns, dependencyInterval: 999us,"
                                + " healthFailures: 0, probeFailures: 0}"));
        assertThat(CommandRun.of("simulate", file).exits(2).err().lines())
                .hasSize(5)
                .allMatch(line -> line.startsWith(file + ":22 at /settings/"))
                .anyMatch(line -> line.endsWith("probeInterval is below 1ms (write 1ms or more)"))
                .anyMatch(line -> line.contains("/settings/managementInterval"))
                .anyMatch(line -> line.contains("/settings/dependencyInterval"))
                .anyMatch(line -> line.endsWith("healthFailures is below 1 (write 1 or more)"))
                .anyMatch(line -> line.contains("/settings/probeFailures"));
    }

    @Test
    @DisplayName("of more clients than can be counted is told the range")
    void tooManyClients() throws IOException {
        String file = file("many.yaml", NETWORK.replace("clients: 40", "clients: 1000000000000"));
        assertThat(CommandRun.of("simulate", file).exits(2).err())
                .contains("`1000000000000` is out of range (write a number from 0 to 2147483647)");
        String most = "{from: 8.8.0.0, to: mi1, clients: 16000000, addresses: 4000, name: ";
        String two = TimedNetwork.TEXT + "workload: [" + most + "one}, " + most + "two}]\n";
        assertThat(CommandRun.of("simulate", file("two.yaml", two)).exits(2).err())
                .contains("at /workload/1: with these there are 32000000 clients, over 16777216 (lower `clients`)");
    }

    /** What is wrong with a scenario, read but not played. */
    private CommandRun refused(String lines) throws IOException {
        CommandRun run = CommandRun.of("simulate", file("wrong.yaml", TimedNetwork.TEXT + lines))
                .exits(2);
        assertThat(run.err()).contains("wrong.yaml:");
        return run;
    }

    @Test
    @DisplayName("of what would silently count or do nothing is refused at its place")
    void silence() throws IOException {
        assertThat(refused(
                                ONE
                                        + "timeline: [{at: 5s, moveName: mi1.0123abcd4567.database.windows.nett, to: 10.0.1.9}]\n")
                        .err())
                .contains("at /timeline/0: nobody looks up the name")
                .contains("did you mean `mi1.0123abcd4567.database.windows.net`?");
        assertThat(refused(ONE + "timeline: [{at: 70s, failOver: mi1}]\n").err())
                .contains("at /timeline/0: this happens at 70s, and the run ends at 1min");
        assertThat(refused("workload: [{name: app, from: 10.0.2.4, to: mi1, addresses: 253}]\n")
                        .err())
                .contains(
                        "at /workload/0: 253 addresses from 10.0.2.4 on end at 10.0.3.0, outside `vnet-hub/snet-app`");
        assertThat(refused(ONE.replace("}]", "}, {name: app, from: 10.0.2.5, to: mi1}]"))
                        .err())
                .contains("at /workload/1: there are clients called `app` already");
        assertThat(refused(ONE + "timeline: [{at: 1s, lose: gateway 10.0.1.5, probability: 0.5}]\n")
                        .err())
                .contains("`0.5` is no fraction (write how many packets of how many are lost, such as `1/2`");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "outcomes.conected|did you mean `connected`?",
                "symptoms.cutt|did you mean `cut`?",
                "endings.NSG_DENY_INBOUD|did you mean `NSG_DENY_INBOUND`?",
                "latency.login.p95|for `p95`",
                "latency.logn.p99|did you mean `login`?",
                "health.mi2|did you mean `mi1`?",
                "stations.gateway 10.0.1.4.served|did you mean `gateway 10.0.1.5`?",
                "stations.gateway 10.0.1.5.meanwait|did you mean `meanWait`?",
                "attempt|did you mean `attempts`?",
                "outcomes|for nothing",
            })
    @DisplayName("of a figure that no run has is refused at its place")
    void unknownFigures(String figure, String remedy) throws IOException {
        assertThat(refused(ONE + "expect: [{figure: " + figure + ", is: 0}]\n").err())
                .contains("at /expect/0: no run has the figure")
                .contains(remedy);
    }

    @Test
    @DisplayName("does not call well what it does not know")
    void undetermined() throws IOException {
        String unknown = TimedNetwork.TEXT.replace(
                "access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433",
                "access: {unknown: parameter}, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433");
        String text = unknown + ONE.replace("}]", ", clients: 3, retries: 0}]");
        CommandRun run = CommandRun.of("simulate", file("open.yaml", text)).exits(ExitCode.UNDETERMINED);
        assertThat(run.out()).contains("outcomes     3 undetermined").contains("symptoms     3 unknown");
        assertThat(run.err()).contains("it is not known how 3 attempts end").contains("`mipath trace`");
        CommandRun.of("simulate", file("open.yaml", text), "--replications", "2")
                .exits(ExitCode.UNDETERMINED);
        assertThat(CommandRun.of("scenarios", "run", file("open.yaml", text))
                        .exits(ExitCode.UNDETERMINED)
                        .err())
                .contains("it is not known how 3 attempts end");
        String known = text + "expect: [{figure: outcomes.undetermined, is: 3}]\n";
        CommandRun.of("scenarios", "run", file("known.yaml", known)).exits(ExitCode.YES);
    }

    @Test
    @DisplayName("adds up: every attempt that ended has one symptom, cut sessions too")
    void addsUp() {
        CommandRun run = CommandRun.line("simulate scenario:gateway-restart-cuts-proxy");
        assertThat(run.out()).contains("outcomes     40 connected").contains("symptoms     20 cut, 20 none");
    }

    @Test
    @DisplayName("tells what it rests on: the era, what was assumed, and what is not played")
    void basis() {
        CommandRun run = CommandRun.of("simulate", open).exits(0);
        assertThat(run.out())
                .contains("profile 2020")
                .contains("service tags: ")
                .contains("INSTANCE_ADDRESSES_ASSUMED")
                .contains("TRAFFIC_NOT_PLAYED")
                .contains("the calls of CorpNetSaw");
        CommandRun json = CommandRun.of("simulate", open, "--format", "json").exits(0);
        assertThat(member(json, "profile")).isEqualTo("2020");
        assertThat(json.out()).contains("\"assumptions\"").contains("\"code\" : \"TRAFFIC_NOT_PLAYED\"");
        CommandRun given = CommandRun.of(
                        "simulate", open, "--tag", "CorpNetSaw=20.1.3.0/24", "--tag", "CorpNetPublic=20.1.4.0/24")
                .exits(0);
        assertThat(given.out()).doesNotContain("TRAFFIC_NOT_PLAYED");
    }

    @Test
    @DisplayName("moves a name to one of several instances behind an address, and asks which is meant")
    void movedName() throws IOException {
        String two = TimedNetwork.TEXT.replace("networkSecurityGroups:\n", """
                  - {name: mi2, subnet: snet-mi, fullyQualifiedDomainName: mi2.0123abcd4567.database.windows.net, dnsZone: 0123abcd4567, proxyOverride: Redirect}
                networkSecurityGroups:
                """);
        String moves = """
                workload: [{name: app, from: 10.0.2.4, to: fog.0123abcd4567.database.windows.net, retries: 0, serviceTime: 1ms}]
                timeline: [{at: 0s, moveName: fog.0123abcd4567.database.windows.net, to: WHERE}]
                expect: [{figure: outcomes.connected, is: 1}]
                """;
        CommandRun vague = CommandRun.of("simulate", file("two.yaml", two + moves.replace("WHERE", "10.0.1.4")))
                .exits(2);
        assertThat(vague.err())
                .contains("10.0.1.4 is the address of several instances (name the one: write `mi1` or `mi2`)");
        CommandRun run = CommandRun.of("simulate", file("two.yaml", two + moves.replace("WHERE", "mi2")))
                .exits(0);
        assertThat(run.out()).contains(" of mi2: 1").doesNotContain(" of mi1: 1");
    }

    @Test
    @DisplayName("numbers what is no connection's in its events by population, action and call")
    void numbers() throws IOException {
        Path events = folder.resolve("numbers.jsonl");
        CommandRun.of("simulate", closing, "--events", events.toString());
        List<String> lines = Files.readAllLines(events);
        assertThat(lines).noneMatch(line -> line.contains("16777215"));
        assertThat(lines).anyMatch(line -> line.contains("\"event\":\"begin\",\"number\":0,"));
        assertThat(lines).anyMatch(line -> line.contains("\"event\":\"upkeep\",\"number\":1,"));
    }
}
