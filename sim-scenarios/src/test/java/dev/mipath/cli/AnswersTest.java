package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The single questions: their words, their JSON, their exit codes. */
class AnswersTest {
    private static final String CLOSED = "scenario:redirect-range-closed";
    private static final String CASE = "src/test/resources/cases/contoso.yaml";
    private static final String FLOW = "test-ip-flow " + CLOSED + " --direction Inbound --protocol TCP ";

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "flow-denied, 1, --direction Inbound --protocol TCP --local 10.0.1.7:11000 --remote 10.1.0.4:50001",
        "flow-allowed, 0, --direction inbound --protocol tcp --local 10.0.1.4:1433 --remote 10.1.0.4:*",
        "flow-unknown, 3, --direction Inbound --protocol TCP --local 10.0.1.7:9000 --remote 52.1.0.4:50000",
        "flow-nowhere, 3, --direction Inbound --protocol UDP --local 10.9.9.9:53 --remote 10.1.0.4:50000",
        "flow-platform, 0, --direction Outbound --protocol UDP --local 10.0.1.7:* --remote 168.63.129.16:53"
    })
    void flowsOfTheScenario(String golden, int code, String question) throws IOException {
        CommandRun.line("test-ip-flow " + CLOSED + " " + question).exits(code).isGolden(golden + ".txt");
        CommandRun.line("test-ip-flow " + CLOSED + " " + question + " --format json")
                .exits(code)
                .isGolden(golden + ".json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "case-two-layers, 1, --direction Outbound --protocol TCP --local 10.0.0.4:50000 --remote 10.1.0.4:1433 --vm vm-a",
        "case-second-layer, 1, --direction Outbound --protocol UDP --local 10.0.0.4:50000 --remote 10.1.0.4:53 --nic nic-a",
        "case-no-group, 0, --direction Inbound --protocol TCP --local 10.0.0.4:80 --remote 10.1.0.4:5 --vnet vnet-b",
        "case-missing-group, 3, --direction Inbound --protocol TCP --local 10.0.3.4:80 --remote 10.1.0.4:5"
    })
    void flowsOfTheCase(String golden, int code, String question) throws IOException {
        CommandRun.line("test-ip-flow " + CASE + " " + question).exits(code).isGolden(golden + ".txt");
        CommandRun.line("test-ip-flow " + CASE + " " + question + " --format json")
                .exits(code)
                .isGolden(golden + ".json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "hop-user, 0, scenario:redirect-range-closed --source-ip 10.0.1.4 --dest-ip 13.64.9.9",
        "hop-none, 0, scenario:redirect-range-closed --source-ip 10.0.1.4 --dest-ip 10.9.9.9",
        "hop-nowhere, 3, scenario:redirect-range-closed --source-ip 10.9.9.9 --dest-ip 10.0.1.4",
        "hop-losers, 0, src/test/resources/cases/contoso.yaml --source-ip 10.0.0.4 --dest-ip 13.65.0.1 --vm vm-a",
        "hop-appliance, 0, src/test/resources/cases/contoso.yaml --source-ip 10.0.0.4 --dest-ip 10.1.0.4 --vm vm-a",
        "hop-peer, 0, src/test/resources/cases/contoso.yaml --source-ip 10.0.2.4 --dest-ip 10.1.0.4"
    })
    void nextHops(String golden, int code, String question) throws IOException {
        CommandRun.line("next-hop " + question).exits(code).isGolden(golden + ".txt");
        CommandRun.line("show-next-hop " + question + " --format json")
                .exits(code)
                .isGolden(golden + ".json");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({"effective-rules, vnet-a/app", "effective-routes, vnet-a/app", "effective-routes, plain"})
    void effectiveAnswers(String command, String subnet) throws IOException {
        String golden = command + "-" + subnet.replace('/', '-');
        CommandRun.line(command + " " + CASE + " --subnet " + subnet).exits(0).isGolden(golden + ".txt");
        CommandRun.line(command + " " + CASE + " --subnet " + subnet + " --format json")
                .exits(0)
                .isGolden(golden + ".json");
    }

    @Test
    void effectiveRulesOfANicAreBothLayers() throws IOException {
        CommandRun.line("effective-rules " + CASE + " --nic nic-a").exits(0).isGolden("effective-rules-nic-a.txt");
    }

    @Test
    void everyRuleIsShownWhenAsked() throws IOException {
        CommandRun.line(FLOW + "--local 10.0.1.7:11000 --remote 10.1.0.4:50001 --verbose")
                .exits(1)
                .isGolden("flow-denied-verbose.txt");
    }

    @Test
    void addressInTwoVnetsNamesBoth() {
        CommandRun run = CommandRun.line("next-hop " + CASE + " --source-ip 10.0.0.4 --dest-ip 10.1.0.4")
                .exits(2);
        assertThat(run.err()).contains("vnet-a/app", "vnet-b/app", "--vnet");
        assertThat(run.out()).isEmpty();
    }

    @Test
    void targetThatHasAnotherAddressIsRefused() {
        CommandRun run = CommandRun.line("next-hop " + CASE + " --source-ip 10.0.0.9 --dest-ip 10.1.0.4 --vm vm-a");
        assertThat(run.exits(2).err()).contains("`vm-a` does not have the address 10.0.0.9 (it has 10.0.0.4)");
    }

    @ParameterizedTest
    @CsvSource({
        "--local 10.0.1.7 --remote 10.1.0.4:5, --local `10.0.1.7` is not IP:PORT",
        "--local 10.0.1.7:70000 --remote 10.1.0.4:5, `70000` is not a port",
        "--local 10.0.1.777:1 --remote 10.1.0.4:5, `10.0.1.777` is not an IP address",
        "--local 10.0.1.7:1 --remote [2001:db8::1]:5, not of one family",
        "--local 10.0.1.7:1, missing --remote",
        "--local 10.0.1.7:1 --remote 10.1.0.4:5 --vnet vnet-hab, there is no VNet `vnet-hab`",
        "--local 10.0.1.7:1 --remote 10.1.0.4:5 --setting x=y, there is no setting `x=y`"
    })
    void questionsThatCannotBeAsked(String ends, String message) {
        CommandRun run = CommandRun.line(FLOW + ends).exits(2);
        assertThat(run.err()).contains(message);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void unknownSubnetHasANearOne() {
        CommandRun run =
                CommandRun.line("effective-routes " + CASE + " --subnet plainn").exits(2);
        assertThat(run.err()).contains("there is no subnet `plainn` (did you mean `");
        assertThat(CommandRun.line("effective-routes " + CASE + " --subnet app")
                        .exits(2)
                        .err())
                .contains("vnet-a/app | vnet-b/app");
    }

    @Test
    void unknownScenarioHasANearOne() {
        CommandRun run =
                CommandRun.line("next-hop scenario:redirect-range-close --source-ip 10.0.1.4 --dest-ip 1.1.1.1");
        assertThat(run.exits(2).err()).contains("did you mean `redirect-range-closed`?");
    }

    @Test
    void settingsChangeTheAnswer() {
        String question = "test-ip-flow " + CLOSED
                + " --direction Inbound --protocol TCP --local 10.0.1.4:1433 --remote 13.64.9.9:50000 --format json";
        assertThat(CommandRun.line(question).exits(0).out()).contains("allow_tds");
        assertThat(CommandRun.line(question + " --setting virtualNetworkTagRoutes=appliance")
                        .exits(1)
                        .out())
                .contains("deny_all_inbound");
    }
}
