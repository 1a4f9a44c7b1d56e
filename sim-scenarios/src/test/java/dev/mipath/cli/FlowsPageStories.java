package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Schemas;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@DisplayName("The page of flows for the network team")
class FlowsPageStories {
    private static final String WORKS = "scenario:hub-spoke-redirect-works";
    private static final String NETWORK = Hub.of(2022) + """
            networkSecurityGroups:
              - name: nsg
                rules:
                  - {name: tds, priority: 500, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.0/16,
                     destinationPorts: 1433}
                  - {name: rest, priority: 4000, direction: Inbound, access: Deny}
            routeTables:
              - name: rt
                routes: [{name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.9.4}]
            managedInstances: [{name: mi1, subnet: mi, proxyOverride: Redirect, publicDataEndpointEnabled: true}]
            """;

    @TempDir
    Path folder;

    private String file(String yaml) throws IOException {
        return Files.writeString(folder.resolve("n.yaml"), yaml).toString();
    }

    private static String line(CommandRun run, String... words) {
        List<String> found = run.out()
                .lines()
                .filter(line -> List.of(words).stream().allMatch(line::contains))
                .toList();
        assertThat(found).as(run.out()).hasSize(1);
        return found.get(0);
    }

    @Test
    @DisplayName("names each flow once, with its carrier and where its routes lead")
    void carried() {
        CommandRun run = CommandRun.line("explain-mi " + WORKS).exits(ExitCode.YES);
        assertThat(line(run, "AzureLoadBalancer", "mi-healthprobe-in-10-0-1-0-24 ("))
                .doesNotContain("sqlmgmt");
        assertThat(line(run, "AzureCloud", "mi-services-out")).contains("Internet by mi-");
        assertThat(CommandRun.line("explain-mi --format md " + WORKS)
                        .exits(ExitCode.YES)
                        .out())
                .contains("| out | TCP | 443, 12000 |", "| your clients | ports |");
        CommandRun harmed =
                CommandRun.line("explain-mi scenario:deny-all-above-probe").exits(ExitCode.NO);
        assertThat(harmed.out()).contains("MISSING: denied are");
    }

    @Test
    @DisplayName("does not call a rule about another tag a carrier because their known members meet")
    void otherTags() throws IOException {
        CommandRun run = CommandRun.of("explain-mi", file(NETWORK)).exits(ExitCode.YES);
        assertThat(line(run, "in ", "CorpNetSaw")).contains("mi-corpsaw-in").doesNotContain("sqlmgmt", "healthprobe");
        assertThat(line(run, "in ", "SqlManagement"))
                .contains("mi-sqlmgmt-in")
                .contains("Internet by …_UseOnly_mi-SqlManagement");
        String later = NETWORK.replace("profile: 2022", "profile: 2022-11");
        CommandRun storage = CommandRun.of("explain-mi", file(later)).exits(ExitCode.YES);
        assertThat(line(storage, "Storage.northeurope")).contains("strg-s-out").doesNotContain("strg-p-out");
    }

    @Test
    @DisplayName("tells whom of the customer's clients the rules let in, port by port")
    void clients() throws IOException {
        CommandRun run = CommandRun.of("explain-mi", file(NETWORK)).exits(ExitCode.YES);
        assertThat(line(run, "to log in", "1433")).contains("tds (500)", "10.1.0.0/16");
        assertThat(line(run, "to follow a redirect", "11000-11999")).contains("nobody, as far as the input tells");
        assertThat(line(run, "to the public endpoint", "3342")).contains("nobody, as far as the input tells");
        CommandRun proxied = CommandRun.of("explain-mi", file(NETWORK.replace("Redirect", "Proxy")))
                .exits(ExitCode.YES);
        assertThat(proxied.out()).doesNotContain("follow a redirect  ");
    }

    @Test
    @DisplayName("does not call carried what it cannot know")
    void unknown() throws IOException {
        String hidden = NETWORK.replace("networkSecurityGroup: nsg", "networkSecurityGroup: {unknown: group}")
                .replace("routeTable: rt", "routeTable: {unknown: table}");
        CommandRun run = CommandRun.of("explain-mi", file(hidden)).exits(ExitCode.UNDETERMINED);
        assertThat(run.out()).contains("NOT KNOWN: the input does not hold all rules");
        String open = NETWORK.replace("networkSecurityGroup: nsg, ", "");
        assertThat(CommandRun.of("explain-mi", file(open)).exits(ExitCode.YES).out())
                .contains("no security group filters it");
        String unplaced = NETWORK.replace("addressPrefix: 10.0.1.0/24", "addressPrefix: {unknown: prefix}");
        CommandRun.of("explain-mi", file(unplaced)).exits(ExitCode.UNDETERMINED);
    }

    @Test
    @DisplayName("counts security admin rules, which stand before the group")
    void adminRules() throws IOException {
        String guarded = NETWORK + """
                adminRules:
                  - name: corp
                    vnets: [hub]
                    onInstances: All
                    rules: [{name: no, priority: 1, direction: Outbound, access: Deny, protocol: Tcp, destinationPorts: 443}]
                """;
        CommandRun run = CommandRun.of("explain-mi", file(guarded)).exits(ExitCode.NO);
        assertThat(line(run, "out ", "AzureCloud")).contains("MISSING: denied are TCP");
    }

    @Test
    @DisplayName("is written in JSON as its schema says")
    void json() throws IOException {
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Schemas.text("flows"));
        String out = CommandRun.of("explain-mi", file(NETWORK), "--format", "json")
                .exits(ExitCode.YES)
                .out();
        assertThat(schema.validate(out, InputFormat.JSON)).isEmpty();
        assertThat(out)
                .contains("\"requirement\" : \"health-probe-in\"", "\"purpose\" : \"public-endpoint\"")
                .contains("\"state\" : \"carried\"");
        assertThat(schema.validate(out.replace("\"carried\"", "\"fine\""), InputFormat.JSON))
                .isNotEmpty();
    }
}
