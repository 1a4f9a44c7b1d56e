package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The batch modes: one answer a line, in order, whatever the lines are. */
class BatchTest {
    private static final String CLOSED = "scenario:redirect-range-closed";
    private static final String CASE = "src/test/resources/cases/contoso.yaml";
    private static final String GOOD =
            "{\"direction\":\"Inbound\",\"protocol\":\"TCP\",\"localIPAddress\":\"10.0.1.4\",\"localPort\":\"1433\","
                    + "\"remoteIPAddress\":\"10.1.0.4\",\"remotePort\":\"50123\"}";
    private static final String ALLOWED =
            "{\"access\":\"Allow\",\"ruleName\":\"securityRules/allow_tds\",\"networkSecurityGroup\":\"nsg-mi\",\"priority\":1000}";

    @TempDir
    Path folder;

    @Test
    void answersAreThoseOfTheSingleQuestions() throws IOException {
        SplittableRandom random = new SplittableRandom(11);
        List<String> lines = new ArrayList<>();
        List<String> singles = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String direction = random.nextBoolean() ? "Inbound" : "outbound";
            String protocol = random.nextBoolean() ? "TCP" : "Udp";
            String local = "10.0.1." + random.nextInt(4, 255);
            String remote = random.nextBoolean() ? "10.1.0." + random.nextInt(1, 255) : "52.0.0." + random.nextInt(255);
            int port = random.nextBoolean() ? 1433 : random.nextInt(9_000, 12_000);
            lines.add("{\"direction\":\"" + direction + "\",\"protocol\":\"" + protocol + "\",\"localIPAddress\":\""
                    + local + "\",\"localPort\":" + port + ",\"remoteIPAddress\":\"" + remote
                    + "\",\"remotePort\":\"*\",\"extra\":{\"a\":[1,2]}}");
            singles.add(CommandRun.of(
                            "test-ip-flow",
                            CLOSED,
                            "--direction",
                            direction,
                            "--protocol",
                            protocol,
                            "--local",
                            local + ":" + port,
                            "--remote",
                            remote + ":*",
                            "--format",
                            "json")
                    .out()
                    .strip());
        }
        Path file = Files.write(folder.resolve("flows.jsonl"), lines);
        CommandRun run = CommandRun.of("test-ip-flow", CLOSED, "--flows", file.toString())
                .exits(0);
        assertThat(run.out().lines()).containsExactlyElementsOf(singles);
    }

    @Test
    void brokenLinesAreAnsweredInTheirPlace() {
        String input = String.join(
                "\n",
                GOOD,
                "{\"direction\":\"Inbound\"",
                "",
                GOOD,
                "[]",
                "{\"direction\":\"Sideways\"}",
                GOOD.replace("1433", "99999"),
                GOOD.replace("10.0.1.4", "10.0.1.400"),
                GOOD.replace("\"protocol\":\"TCP\",", ""),
                GOOD + " x",
                "not json \u001b[31m",
                GOOD);
        CommandRun run =
                CommandRun.line("test-ip-flow " + CLOSED + " --flows -", input).exits(2);
        List<String> lines = run.out().lines().toList();
        assertThat(lines).hasSize(11);
        assertThat(List.of(lines.get(0), lines.get(2), lines.get(10))).containsOnly(ALLOWED);
        assertThat(lines.get(1)).startsWith("{\"error\":\"this is not JSON");
        assertThat(lines.get(3)).contains("not a JSON object");
        assertThat(lines.get(4)).contains("direction `Sideways`");
        assertThat(lines.get(5)).contains("`99999` is not a port");
        assertThat(lines.get(6)).contains("`10.0.1.400` is not an IP address");
        assertThat(lines.get(7)).contains("missing `protocol`");
        assertThat(lines.get(8)).startsWith("{\"error\"");
        assertThat(lines.get(9)).doesNotContain("\u001b");
        assertThat(run.err()).contains("8 of 11 lines");
    }

    @Test
    void addressNobodyDeclaresIsNoError() {
        CommandRun run =
                CommandRun.line("test-ip-flow " + CLOSED + " --flows -", GOOD.replace("10.0.1.4", "10.9.9.9") + "\r\n");
        assertThat(run.exits(0).out())
                .isEqualTo("{\"access\":\"Unknown\",\"missing\":[\"a subnet that holds 10.9.9.9\"]}\n");
    }

    @Test
    void targetDecidesBetweenVnets() {
        String question = "{\"sourceIPAddress\":\"10.0.0.4\",\"destinationIPAddress\":\"13.65.0.1\"";
        String input = question + "}\n" + question + ",\"targetResourceId\":\"vm-a\"}\n" + question
                + ",\"targetResourceId\":\"nic-b\"}\n";
        List<String> lines = CommandRun.line("next-hop " + CASE + " --queries -", input)
                .exits(2)
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0)).startsWith("{\"error\"").contains("vnet-a/app", "vnet-b/app");
        assertThat(lines.get(1)).contains("\"nextHopType\":\"None\"", "\"routeName\":\"nowhere\"");
        assertThat(lines.get(2)).contains("\"nextHopType\":\"Internet\"", "\"routeTableId\":\"System Route\"");
        assertThat(CommandRun.line("next-hop " + CASE + " --vnet vnet-b --queries -", question + "}")
                        .exits(0)
                        .out())
                .contains("Internet");
    }

    @Test
    void manyLinesOfEveryLengthKeepTheirOrder() throws IOException {
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < 5_000; i++) {
            lines.add(GOOD.replace("50123", String.valueOf(1024 + i))
                    .replace("{", "{\"pad\":\"" + "x".repeat(i % 97 * 11) + "\","));
        }
        lines.set(4_000, GOOD.replace("10.1.0.4", "203.0.113.9"));
        lines.set(2_000, GOOD.replace("{", "{\"pad\":\"" + "y".repeat(200_000) + "\","));
        Path file = Files.write(folder.resolve("many.jsonl"), lines);
        List<String> answers = CommandRun.of("test-ip-flow", CLOSED, "--flows", file.toString())
                .exits(0)
                .out()
                .lines()
                .toList();
        assertThat(answers).hasSize(5_000);
        assertThat(answers.get(4_000)).contains("deny_all_inbound");
        assertThat(answers.get(3_999)).isEqualTo(ALLOWED);
        assertThat(answers.stream().filter(ALLOWED::equals)).hasSize(4_999);
    }

    @Test
    void sixthVersionAddressesAreAsked() {
        CommandRun run = CommandRun.line(
                "next-hop " + CASE + " --queries -",
                "{\"sourceIPAddress\":\"2001:db8::4\",\"destinationIPAddress\":\"2001:db8::5\"}");
        assertThat(run.exits(0).out()).contains("a subnet that holds 2001:db8::4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"direction\":\"Outbound\"",
                "\"protocol\":\"UDP\"",
                "\"localIPAddress\":\"10.0.1.5\"",
                "\"localPort\":1",
                "\"remoteIPAddress\":\"10.1.0.5\"",
                "\"remotePort\":\"1\"",
                "\"targetResourceId\":\"app-vm\",\"targetResourceId\":\"app-nic\"",
                "\"note\":1,\"note\":{\"a\":[2]}"
            })
    void memberThatStandsTwiceIsAnErrorInItsLineOnly(String more) {
        String name = more.substring(0, more.indexOf(':')).replace("\"", "`");
        String input = GOOD + "\n" + GOOD.replace("}", "," + more + "}") + "\n" + GOOD + "\n";
        assertThat(CommandRun.line("test-ip-flow " + CLOSED + " --flows -", input)
                        .exits(2)
                        .out()
                        .lines())
                .containsExactly(ALLOWED, "{\"error\":\"" + name + " stands twice in the line\"}", ALLOWED);
    }

    @Test
    void memberOfARouteQuestionStandsOnceToo() {
        String twice =
                "{\"sourceIPAddress\":\"10.0.1.4\",\"destinationIPAddress\":\"1.2.3.4\",\"sourceIPAddress\":\"10.0.1.5\"}";
        assertThat(CommandRun.line("next-hop " + CLOSED + " --queries -", twice)
                        .exits(2)
                        .out())
                .isEqualTo("{\"error\":\"`sourceIPAddress` stands twice in the line\"}\n");
    }

    @Test
    void unknownTargetIsToldWithTheNearestId() {
        String head =
                "{\"sourceIPAddress\":\"10.0.0.4\",\"destinationIPAddress\":\"13.65.0.1\",\"targetResourceId\":\"";
        String id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Compute/virtualMachines/";
        List<String> lines = CommandRun.line(
                        "next-hop " + CASE + " --queries -",
                        head + "vm-aa\"}\n" + head + id + "vm-x\"}\n" + head + "elsewhere\"}\n" + head + id
                                + "vm-a\"}\n")
                .exits(2)
                .out()
                .lines()
                .toList();
        assertThat(lines.get(0)).isEqualTo("{\"error\":\"there is no VM or NIC `vm-aa` (did you mean `vm-a`?)\"}");
        assertThat(lines.get(1)).contains("there is no VM or NIC `" + id + "vm-x` (did you mean `vm-a`?)");
        assertThat(lines.get(2)).contains("(there is vm-a, vm-b, nic-a, nic-b");
        assertThat(lines.get(3))
                .as("a file without ids is asked by the last part of one")
                .contains("nowhere");
    }

    @Test
    void blankLinesAreNoQuestions() {
        CommandRun run = CommandRun.line("test-ip-flow " + CLOSED + " --flows -", "\n \t\r\n" + GOOD + "\n\n");
        assertThat(run.exits(0).out()).isEqualTo(ALLOWED + "\n");
        assertThat(run.err()).isEmpty();
    }
}
