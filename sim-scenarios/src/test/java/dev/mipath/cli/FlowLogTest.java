package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.testing.SharedData;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@DisplayName("test-ip-flow --flows with a flow log")
class FlowLogTest {
    private static final String CLOSED = "scenario:redirect-range-closed";

    @TempDir
    Path folder;

    /** A subnet whose group holds one rule of the customer, as the recorded machine had. */
    private String topology(String prefix, String rule) throws IOException {
        String yaml = """
                mipath: topology/1
                vnets: [{name: v, addressPrefixes: 'PREFIX', subnets: [{name: s, addressPrefix: 'PREFIX', networkSecurityGroup: n}]}]
                networkSecurityGroups: [{name: n, rules: [RULE]}]
                """.replace("PREFIX", prefix).replace("RULE", rule);
        return Files.writeString(folder.resolve("topology.yaml"), yaml).toString();
    }

    @ParameterizedTest(name = "{0}: {3} flows")
    @CsvSource(delimiter = '|', textBlock = """
            flowlog_tmp.json         | 192.168.2.0/24 | {name: ssh, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, destinationPorts: 22}     | 897 | 1
            sample_nsg_flowlogs.json | 10.1.2.0/24    | {name: webout, priority: 100, direction: Outbound, access: Allow, protocol: Tcp, destinationPorts: 443} | 173 | 152
            sample_vnet_flowlog.json | 10.1.1.0/24    | {name: web, priority: 100, direction: Inbound, access: Allow, protocol: Tcp, destinationPorts: 80}       | 29  | 21
            """)
    @DisplayName(
            "of a real network answers as the service did, each flow in its place; without the rule it tells the flows")
    void recorded(String file, String prefix, String rule, int flows, int byRule) throws IOException {
        String log = SharedData.require("azure/flowlogs").resolve(file).toString();
        CommandRun run = CommandRun.of("test-ip-flow", topology(prefix, rule), "--flows", log);
        assertThat(run.out().lines()).hasSize(flows).noneMatch(line -> line.contains("logged"));
        assertThat(run.err()).contains(flows + " flows, 0 answered otherwise than logged");
        assertThat(run.code()).isZero();

        CommandRun without = CommandRun.of("test-ip-flow", topology(prefix, ""), "--flows", log);
        assertThat(without.out().lines()).hasSize(flows);
        assertThat(without.out().lines().filter(line -> line.contains("\"logged\":\"Allow\"")))
                .hasSize(byRule)
                .allMatch(line -> line.contains("\"loggedRuleName\":\"UserRule"));
        assertThat(without.exits(0).err()).contains(byRule + " answered otherwise than logged");
    }

    private static String group(String version, String rule, String... tuples) {
        return "{\"records\":[{\"category\":\"NetworkSecurityGroupFlowEvent\",\"properties\":{\"Version\":" + version
                + ",\"flows\":[{\"rule\":\"" + rule + "\",\"flows\":[{\"mac\":\"0\",\"flowTuples\":[\""
                + String.join("\",\"", tuples) + "\"]}]}]}}]}";
    }

    private static String vnet(String rule, String... tuples) {
        return "{\"time\":\"2026\",\"flowLogVersion\":4,\"flowRecords\":{\"flows\":[{\"aclID\":\"x\",\"flowGroups\":"
                + "[{\"rule\":\"" + rule + "\",\"flowTuples\":[\"" + String.join("\",\"", tuples) + "\"]}]}]}}";
    }

    private static List<String> answers(String log, int exit) {
        return CommandRun.line("test-ip-flow " + CLOSED + " --flows -", log)
                .exits(exit)
                .out()
                .lines()
                .toList();
    }

    @Test
    @DisplayName(
            "trap 29: D is a decision in a group's log and a state in a VNet's; times and protocols are written otherwise")
    void versions() {
        String inbound = "10.1.0.4,10.0.1.4,50123,1433,";
        String allowed =
                "{\"access\":\"Allow\",\"ruleName\":\"securityRules/allow_tds\",\"networkSecurityGroup\":\"nsg-mi\",\"priority\":1000}";
        String rule = "UserRule_allow_tds";
        assertThat(answers(group("1", rule, "1586260795," + inbound + "T,I,A"), 0))
                .containsExactly(allowed);
        assertThat(answers(group("2", rule, "1651525202," + inbound + "T,I,A,E,10,3205,10,6104"), 0))
                .containsExactly(allowed);
        for (String state : List.of("B", "C", "E")) {
            assertThat(answers(vnet(rule, "1710413935827," + inbound + "6,I," + state + ",NX,0,0,0,0"), 0))
                    .containsExactly(allowed);
        }
        assertThat(answers(vnet(rule, "1710413935827," + inbound + "6,I,D,NX,0,0,0,0"), 0))
                .singleElement()
                .asString()
                .startsWith("{\"access\":\"Allow\",\"logged\":\"Deny\",")
                .endsWith("\"loggedRuleName\":\"" + rule + "\",\"flow\":\"1710413935827," + inbound
                        + "6,I,D,NX,0,0,0,0\"}");
        assertThat(answers(group("1", rule, "1586260795," + inbound + "T,I,D"), 0)
                        .get(0))
                .contains("\"logged\":\"Deny\"");
    }

    @Test
    @DisplayName("tells another rule than the logged one too, also where the verdicts agree; a cut name is the rule's")
    void rules() throws IOException {
        String tuple = "1586260795,10.9.0.4,10.1.2.4,50123,80,T,I,A";
        String longName = "a".repeat(70);
        String file = topology(
                "10.1.2.0/24",
                "{name: " + longName
                        + ", priority: 100, direction: Inbound, access: Allow, protocol: Tcp, destinationPorts: 80}");
        String log = group("1", "UserRule_other", tuple) + "\n" + group("1", "UserRule_" + longName, tuple) + "\n"
                + group("1", "userrule_" + longName, tuple).replace("userrule", "UserRule") + "\n"
                + group("1", "UserRule_" + longName.substring(0, 65), tuple) + "\n"
                + vnet("UserRule", tuple.replace("T,I,A", "6,I,B,NX,0,0,0,0")) + "\n"
                + vnet("DefaultRule", tuple.replace("T,I,A", "6,I,B,NX,0,0,0,0"));
        List<Boolean> differ = CommandRun.line("test-ip-flow " + file + " --flows -", log)
                .exits(0)
                .out()
                .lines()
                .map(line -> line.contains("logged"))
                .toList();
        assertThat(differ).containsExactly(true, false, false, false, false, true);
    }

    @Test
    @DisplayName("answers a flow it cannot read with an error in its place, and goes on")
    void errors() {
        String good = "1586260795,10.1.0.4,10.0.1.4,50123,1433,T,I,A";
        List<String> lines = answers(
                group(
                                "1",
                                "UserRule_allow_tds",
                                good,
                                "x",
                                "1,10.1.0.400,10.0.1.4,1,2,T,I,A",
                                "1,10.1.0.4,10.0.1.4,1,2,T,X,A",
                                "1,10.1.0.4,10.0.1.4,1,2,T,I,Z",
                                "1,10.1.0.4,10.0.1.4,1,2,99,I,B",
                                "\\u001b[31m",
                                good)
                        .replace("\"x\"", "\"x\",7,[[1]]"),
                2);
        assertThat(lines).hasSize(10);
        assertThat(lines.get(0)).startsWith("{\"access\":\"Allow\"").isEqualTo(lines.get(9));
        assertThat(lines.get(1)).contains("`x` is not a flow of a flow log");
        assertThat(lines.get(2)).contains("a flow is not a text").isEqualTo(lines.get(3));
        assertThat(lines.get(4)).contains("`10.1.0.400` is not an IP address");
        assertThat(lines.get(5)).contains("has no direction");
        assertThat(lines.get(6)).contains("does not say what became of the flow");
        assertThat(lines.get(7)).contains("protocol `99`");
        assertThat(lines.get(8)).startsWith("{\"error\"").doesNotContain("\u001b");
    }

    @Test
    @DisplayName("that breaks off answers the flows before, says where, and exits 2")
    void broken() {
        String good = group("1", "UserRule_allow_tds", "1586260795,10.1.0.4,10.0.1.4,50123,1433,T,I,A");
        CommandRun run = CommandRun.line(
                "test-ip-flow " + CLOSED + " --flows -", good + "\n" + good.substring(0, good.length() - 3));
        assertThat(run.exits(2).out().lines()).hasSize(2);
        assertThat(run.err()).contains("-:2: this is not JSON").contains("the flows before it are answered");
    }

    @Test
    @DisplayName("of any length, in one document or many, keeps the order")
    void many() throws IOException {
        String[] tuples = IntStream.range(0, 20_000)
                .mapToObj(i -> "1586260795,10.1.0.4,10.0.1.4," + (1024 + i) + "," + (i % 7 == 0 ? 9 : 1433) + ",T,I,A")
                .toArray(String[]::new);
        String record = group("1", "UserRule_allow_tds", tuples);
        Path file = Files.writeString(folder.resolve("log.json"), record + "\n" + record);
        List<String> lines = CommandRun.of("test-ip-flow", CLOSED, "--flows", file.toString())
                .exits(0)
                .out()
                .lines()
                .toList();
        assertThat(lines).hasSize(40_000);
        List<Integer> differing = IntStream.range(0, 20_000)
                .filter(i -> lines.get(i).contains("\"logged\":\"Allow\""))
                .boxed()
                .collect(Collectors.toList());
        assertThat(differing)
                .containsExactlyElementsOf(IntStream.range(0, 20_000)
                        .filter(i -> i % 7 == 0)
                        .boxed()
                        .toList());
    }

    @Test
    @DisplayName("is told from questions by its content, whatever stands before the first telling member")
    void recognized() {
        String question = "{\"note\":\"" + "x".repeat(100_000) + "\",\"direction\":\"Inbound\",\"protocol\":\"TCP\","
                + "\"localIPAddress\":\"10.0.1.4\",\"localPort\":1433,\"remoteIPAddress\":\"10.1.0.4\",\"remotePort\":1}";
        assertThat(answers(question, 0)).singleElement().asString().startsWith("{\"access\":\"Allow\"");
        String log = group("1", "UserRule_allow_tds", "1,10.1.0.4,10.0.1.4,50123,1433,T,I,A")
                .replace("{\"records\"", "{\"note\":\"" + "x".repeat(100_000) + "\",\"records\"");
        assertThat(answers(log, 0)).singleElement().asString().startsWith("{\"access\":\"Allow\"");
        assertThat(answers("", 0)).isEmpty();
    }
}
