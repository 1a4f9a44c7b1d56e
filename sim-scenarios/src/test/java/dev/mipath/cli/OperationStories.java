package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.mipath.format.TopologyDocument;
import dev.mipath.library.Scenario;
import dev.mipath.library.ScenarioLibrary;
import dev.mipath.topology.ManagedInstance;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@DisplayName("A request to Azure's control plane")
class OperationStories {
    private static final JsonMapper JSON = new JsonMapper();

    @TempDir
    private Path folder = Path.of("");

    private String changed(String name, String... parts) throws IOException {
        String text = new String(ScenarioLibrary.named(name).orElseThrow().content(), StandardCharsets.UTF_8);
        for (int i = 0; i < parts.length; i += 2) {
            assertThat(text).contains(parts[i]);
            text = text.replace(parts[i], parts[i + 1]);
        }
        return Files.writeString(folder.resolve("case.yaml"), text).toString();
    }

    private static JsonNode request(String source, String name) {
        CommandRun run = CommandRun.line("simulate " + source + " --format json");
        for (JsonNode request : JSON.readTree(run.out()).get("requests")) {
            if (request.get("name").asString().equals(name)) return request;
        }
        throw new AssertionError("no request " + name + " in " + run.out());
    }

    /** Every built-in situation that has an instance and stands still, and its first instance. */
    static List<Arguments> standing() {
        List<Arguments> found = new ArrayList<>();
        for (Scenario scenario : ScenarioLibrary.all(Scenario.Kind.STATIC)) {
            // A trace asks for the service's name first; calls of the engine go to addresses (docs/not-modelled.md).
            if (scenario.name().equals("platform-dns-blocked")) continue;
            TopologyDocument document = scenario.read();
            for (ManagedInstance instance : document.topology().managedInstances()) {
                if (instance.fullyQualifiedDomainName() == null) continue;
                found.add(arguments(scenario.name(), instance.id().name()));
                break;
            }
        }
        return found;
    }

    /** The engine tries what the tracer tells: the two may not differ about any call. */
    @ParameterizedTest(name = "{0}")
    @MethodSource("standing")
    @DisplayName("fails by the calls, and only by those, that a trace finds blocked")
    void asTheTraceTells(String scenario, String instance) throws IOException {
        String text = new String(ScenarioLibrary.named(scenario).orElseThrow().content(), StandardCharsets.UTF_8);
        String timed = text + "\ntimeline:\n  - {at: 1s, createDatabase: sales, instance: " + instance + "}\n"
                + "settings: {until: 10min, requestTries: 1}\n";
        String file = Files.writeString(folder.resolve("case.yaml"), timed).toString();
        JsonNode request = request(file, "createDatabase sales");
        Set<String> failed = new TreeSet<>();
        for (JsonNode failure : request.get("failures"))
            failed.add(failure.get("call").asString());
        Set<String> blocked = new TreeSet<>();
        CommandRun called = CommandRun.line("trace " + file + " --from SqlManagement --to " + instance);
        boolean endpoint = !called.out().contains("no management endpoint");
        if (called.code() == ExitCode.NO && endpoint) blocked.add("SqlManagement");
        for (String service : List.of("storage", "keyvault")) {
            CommandRun run = CommandRun.line("trace " + file + " --from " + instance + " --to " + service);
            if (run.code() == ExitCode.NO) blocked.add(service);
        }
        assertThat(failed).isEqualTo(blocked);
        assertThat(request.get("outcome").asString()).isEqualTo(blocked.isEmpty() ? "done" : "failed");
    }

    @Test
    @DisplayName("names the call, the rule and its line where it fails")
    void namesTheRule() {
        JsonNode failure = request("scenario:database-needs-management", "createDatabase sales")
                .get("failures")
                .get(0);
        assertThat(failure.get("call").asString()).isEqualTo("SqlManagement");
        assertThat(failure.get("port").asInt()).isEqualTo(9000);
        assertThat(failure.get("rule").asString()).isEqualTo("no-strangers");
        List<String> lines = new String(
                        ScenarioLibrary.named("database-needs-management")
                                .orElseThrow()
                                .content(),
                        StandardCharsets.UTF_8)
                .lines()
                .toList();
        int line = failure.get("location").get("line").asInt();
        assertThat(lines.get(line - 1)).contains("name: no-strangers");
    }

    @Test
    @DisplayName("names the route where that leads the answer astray")
    void namesTheRoute() throws IOException {
        String text = new String(
                ScenarioLibrary.named("management-broken-by-udr").orElseThrow().content(), StandardCharsets.UTF_8);
        String file = Files.writeString(
                        folder.resolve("case.yaml"),
                        text + "\ntimeline:\n  - {at: 1s, createDatabase: sales, instance: mi-prod}\n"
                                + "settings: {until: 10min}\n")
                .toString();
        JsonNode failure = request(file, "createDatabase sales").get("failures").get(0);
        assertThat(failure.get("code").asString()).isEqualTo("ASYMMETRIC_RETURN");
        assertThat(failure.get("onReturn").asBoolean()).isTrue();
        assertThat(failure.get("rule").asString()).isEqualTo("all-to-firewall");
    }

    @Test
    @DisplayName("changes nothing where it is refused, and what it would have changed goes on")
    void refusedIsNotDone() throws IOException {
        String refused = changed("management-harmed", ", intentPolicy: off", "");
        CommandRun run = CommandRun.line("simulate " + refused);
        assertThat(run.out())
                .contains("90 connected")
                .contains("change 90s: refused, ConflictWithNetworkIntentPolicy")
                .contains("case.yaml:");
        // The edit that takes the rule out again has nothing to do.
        assertThat(request(refused, "change 500s").get("outcome").asString()).isEqualTo("refused");
    }

    @Test
    @DisplayName("fails by a fault too, and passes once that is over before the last try")
    void faults() throws IOException {
        String cut = "timeline:\n  - {at: 1min, partition: management endpoint of vnet-mi/snet-mi}\n";
        String element = Objects.requireNonNull(elementOfManagement());
        String source = changed(
                "database-needs-management",
                "      - {name: no-strangers, priority: 100, direction: Inbound, access: Deny, protocol: Tcp, source: Internet, destinationPorts: 9000-9003}\n",
                "",
                "  - at: 10min\n    change:\n      - removeRule: {networkSecurityGroup: nsg-mi, name: no-strangers}\n",
                "",
                "  - {figure: requests.change 10min.outcome, is: done}\n",
                "",
                "timeline:\n",
                cut.replace("management endpoint of vnet-mi/snet-mi", element));
        JsonNode failed = request(source, "createDatabase sales");
        assertThat(failed.get("outcome").asString()).isEqualTo("failed");
        assertThat(failed.get("failures").get(0).get("code").asString()).isEqualTo("PARTITIONED");
        String text = Files.readString(Path.of(source));
        Files.writeString(
                Path.of(source), text.replace("timeline:\n", "timeline:\n  - {at: 200s, repair: " + element + "}\n"));
        JsonNode passed = request(source, "createDatabase sales");
        assertThat(passed.get("outcome").asString()).isEqualTo("done");
        // Tried after one minute, and after one more.
        assertThat(passed.get("duration").asLong()).isEqualTo(120_000_000_000L);
    }

    /** The first element that a call of the management plane meets. */
    private static String elementOfManagement() {
        CommandRun run = CommandRun.line(
                "trace scenario:database-needs-management --from SqlManagement --to mi-prod --format json");
        return JSON.readTree(run.out())
                .get("phases")
                .get(0)
                .get("forward")
                .get(1)
                .get("at")
                .asString();
    }

    @Test
    @DisplayName("is refused while its instance is being deleted, and fails when that goes meanwhile")
    void beingDeleted() throws IOException {
        String file = changed("cluster-expands", "  - {at: 4h, scaleInstance: mi-prod, tier: BusinessCritical}\n", """
                  - {at: 4h, scaleInstance: mi-prod, tier: BusinessCritical}
                  - {at: 14401s, deleteInstance: mi-prod}
                  - {at: 14402s, deleteInstance: mi-prod}
                  - {at: 14403s, createDatabase: late, instance: mi-prod}
                """);
        JsonNode scale = request(file, "scaleInstance mi-prod");
        assertThat(scale.get("outcome").asString()).isEqualTo("failed");
        assertThat(scale.toString()).contains("instance mi-prod was deleted meanwhile");
        assertThat(request(file, "deleteInstance mi-prod").get("outcome").asString())
                .isEqualTo("done");
        for (String late : List.of("deleteInstance mi-prod #2", "createDatabase late")) {
            JsonNode refused = request(file, late);
            assertThat(refused.get("outcome").asString()).isEqualTo("refused");
            assertThat(refused.toString()).contains("instance mi-prod is being deleted");
        }
    }

    @Test
    @DisplayName("of an instance that there never is, is a mistake in the input")
    void unknownInstance() throws IOException {
        String file = changed("last-instance-deleted", "deleteInstance: mi-prod", "deleteInstance: mi-pord");
        CommandRun run = CommandRun.line("simulate " + file).exits(ExitCode.USAGE);
        assertThat(run.err())
                .contains("case.yaml:")
                .contains("there is no managed instance `mi-pord` (did you mean `mi-prod`?)");
    }

    @Test
    @DisplayName("gives the same run to the byte, whatever plays at the same time")
    void sameBytes() {
        String line = "simulate scenario:cluster-expands --replications 4 --format json --threads ";
        assertThat(CommandRun.line(line + 2).out())
                .isEqualTo(CommandRun.line(line + 1).out());
        String one = "simulate scenario:create-fails-on-rule --format json";
        assertThat(CommandRun.line(one).out()).isEqualTo(CommandRun.line(one).out());
    }
}
