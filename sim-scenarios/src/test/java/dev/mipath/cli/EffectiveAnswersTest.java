package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A recorded answer about routes")
class EffectiveAnswersTest {
    private static final String QUESTION = " --source-ip 10.0.%d.9 --dest-ip 192.0.2.1";

    @TempDir
    Path folder;

    private Path network;
    private Path answer;

    @BeforeEach
    void files() throws IOException {
        network = Files.writeString(folder.resolve("net.yaml"), """
                mipath: topology/1
                vnets:
                  - name: v
                    addressPrefixes: 10.0.0.0/16
                    subnets: [{name: a, addressPrefix: 10.0.1.0/24}, {name: b, addressPrefix: 10.0.2.0/24}]
                networkInterfaces:
                  - {name: nic-a, subnet: v/a, privateIpAddress: 10.0.1.4}
                """);
        answer = answer("routes.json", "");
    }

    private Path answer(String name, String beside) throws IOException {
        return Files.writeString(folder.resolve(name), """
                {%s"value": [
                 {"source": "Default", "state": "Active", "addressPrefix": ["10.0.0.0/16"], "nextHopType": "VnetLocal", "nextHopIpAddress": []},
                 {"source": "VirtualNetworkGateway", "state": "Active", "addressPrefix": ["192.0.2.0/24"], "nextHopType": "VirtualNetworkGateway", "nextHopIpAddress": ["10.2.0.4"]},
                 {"source": "VirtualNetworkGateway", "state": "Active", "addressPrefix": ["192.0.2.0/24"], "nextHopType": "VirtualNetworkGateway", "nextHopIpAddress": ["10.2.0.5"]}]}
                """.formatted(beside));
    }

    private CommandRun ask(String options, int subnet) {
        return CommandRun.line("next-hop " + network + " " + options + QUESTION.formatted(subnet));
    }

    @Test
    @DisplayName("is not used where nobody says whose it is, and the option that says so is named")
    void unbound() {
        CommandRun run = ask(answer + " --verbose", 1).exits(0);
        assertThat(run.out())
                .startsWith("Internet")
                .contains("EFFECTIVE_UNBOUND  " + answer + ":1")
                .contains("not used (--effective-of");
    }

    @Test
    @DisplayName("holds in the subnet of the NIC it is said to be of, and nowhere else")
    void stated() {
        for (String file : new String[] {"routes.json", answer.toString()}) {
            String option = answer + " --effective-of " + file + "=nic-a";
            assertThat(ask(option, 1).exits(0).out())
                    .startsWith("VirtualNetworkGateway 10.2.0.4")
                    .contains("equal cost: it carries a share of the traffic too");
            assertThat(ask(option, 2).exits(0).out()).startsWith("Internet");
        }
    }

    @Test
    @DisplayName("holds for the NIC that was saved with it, and stays with it through an import")
    void enveloped() throws IOException {
        Path saved = answer("saved.json", "\"networkInterface\": {\"id\": \"NIC-A\"}, ");
        assertThat(ask(saved.toString(), 1).exits(0).out()).startsWith("VirtualNetworkGateway");
        Path own = folder.resolve("own.yaml");
        CommandRun.line("import " + network + " " + saved + " -o " + own).exits(0);
        assertThat(CommandRun.line("next-hop " + own + QUESTION.formatted(1))
                        .exits(0)
                        .out())
                .startsWith("VirtualNetworkGateway");
        assertThat(CommandRun.line("next-hop " + own + QUESTION.formatted(2))
                        .exits(0)
                        .out())
                .startsWith("Internet");
    }

    @Test
    @DisplayName("of a NIC or file that is not there is refused with the nearest name")
    void wrongNames() {
        assertThat(ask(answer + " --effective-of routes.json=nic-b", 1).exits(2).err())
                .isEqualTo(
                        answer + ":1: these effective routes are said to be of NIC `nic-b`, which is not in the input"
                                + " (did you mean `nic-a`?)\n");
        assertThat(ask(answer + " --effective-of route.json=nic-a", 1).exits(2).err())
                .isEqualTo(
                        "--effective-of: `route.json` is no effective route answer of the input (name a source, as in"
                                + " `--effective-of FILE=NIC`)\n");
        assertThat(ask(answer + " --effective-of routes.json", 1).exits(2).err())
                .isEqualTo("mipath: --effective-of `routes.json` is not FILE=NIC\n");
    }

    @Test
    @DisplayName("by id of a NIC that is not in the input is told as such")
    void interfaceNotInInput() {
        String id = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/networkInterfaces/far";
        assertThat(ask(answer + " --verbose --effective-of routes.json=" + id, 1)
                        .exits(0)
                        .out())
                .contains("EFFECTIVE_UNBOUND", "of NIC far, which is not in the input");
    }
}
