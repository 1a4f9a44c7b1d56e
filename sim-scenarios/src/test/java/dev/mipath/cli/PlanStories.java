package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("A Terraform plan answers before anything is deployed")
class PlanStories {
    private static final String PLAN = "src/test/resources/cases/plan.tf.json";
    private static final List<String> QUESTION = List.of("--from", "app-vm-0", "--profile", "2020");

    @TempDir
    Path folder;

    private static Traced ask(String file) {
        return Traced.ask(List.of(file, QUESTION.get(0), QUESTION.get(1), QUESTION.get(2), QUESTION.get(3)));
    }

    @Test
    @DisplayName("a plan that closes the redirect range: the client hangs, and the plan's own line is why")
    void redirectRangeClosed() throws IOException {
        Traced traced = ask(PLAN);
        assertThat(traced.code()).isEqualTo(1);
        assertThat(traced.out())
                .startsWith("BLOCKED   app-vm-0 (10.1.0.4) → mi-prod.")
                .contains("blocker 1  NSG_DENY_INBOUND  nsg-mi / deny_all_inbound (4096)   " + PLAN + ":455")
                .contains("it names 1433, the flow has 11000");
        assertThat(Files.readAllLines(Path.of(PLAN)).get(455))
                .contains("\"address\": \"module.network.azurerm_network_security_rule.deny_all_inbound\"");
    }

    @Test
    @DisplayName("the same plan with the range opened connects")
    void redirectRangeOpen() throws IOException {
        Traced traced =
                ask(Files.writeString(folder.resolve("open.json"), open()).toString());
        assertThat(traced.out()).startsWith("CONNECTED");
        assertThat(traced.code()).isZero();
    }

    private static String open() throws IOException {
        return Files.readString(Path.of(PLAN))
                .replace("\"destination_port_range\": \"1433\"", "\"destination_port_range\": null")
                .replace(
                        "\"destination_port_ranges\": null,\n                \"direction\": \"Inbound\",\n"
                                + "                \"name\": \"allow_tds\"",
                        "\"destination_port_ranges\": [\"1433\", \"11000-11999\"],\n"
                                + "                \"direction\": \"Inbound\",\n                \"name\": \"allow_tds\"");
    }

    @Test
    @DisplayName("a plan whose allowed source is known after apply is undetermined, and names what is missing")
    void unknownSource() throws IOException {
        String unknown = open();
        int rule = unknown.indexOf("\"address\": \"module.network.azurerm_network_security_rule.allow_tds\"");
        int source = unknown.indexOf("\"source_address_prefix\": \"VirtualNetwork\",", rule);
        unknown = unknown.substring(0, source) + unknown.substring(unknown.indexOf('\n', source));
        int change = unknown.lastIndexOf(
                "\"address\": \"module.network.azurerm_network_security_rule.allow_tds\"",
                unknown.indexOf("\"configuration\""));
        int after = unknown.indexOf("\"after_unknown\": {", change) + "\"after_unknown\": {".length();
        unknown = unknown.substring(0, after) + "\"source_address_prefix\": true," + unknown.substring(after);
        Traced traced =
                ask(Files.writeString(folder.resolve("unknown.json"), unknown).toString());
        assertThat(traced.code()).isEqualTo(3);
        assertThat(traced.out())
                .contains("module.network.azurerm_network_security_rule.allow_tds.source_address_prefix");
    }
}
