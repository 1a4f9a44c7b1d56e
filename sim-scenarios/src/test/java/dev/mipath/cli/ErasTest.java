package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the service adds by itself, era by era, as the question commands show it. */
@DisplayName("The eras of the instance's own rules")
class ErasTest {
    private static final String SERVICE = "Microsoft.Sql-managedInstances_UseOnly_";
    private static final Pattern NAME = Pattern.compile("_UseOnly_mi-(.*)-10-0-1-0-24.*");

    @TempDir
    Path folder;

    private String file(World world) throws IOException {
        Path file = folder.resolve("case.yaml");
        Files.writeString(file, world.yaml());
        return file.toString();
    }

    private static World silent() {
        return World.usual().with("profile: \"2020\"\n", "");
    }

    private List<JsonNode> rules(World world, String profile) throws IOException {
        CommandRun run = CommandRun.of(
                "effective-rules", file(world), "--subnet", "snet-mi", "--profile", profile, "--format", "json");
        assertThat(run.code()).as(run.err()).isZero();
        List<JsonNode> rules = new ArrayList<>();
        for (JsonNode group : new JsonMapper().readTree(run.out()).get("value")) {
            group.get("effectiveSecurityRules").forEach(rules::add);
        }
        return rules;
    }

    /** {@code in 100 sqlmgmt-in}, for each rule of the service, in the order of the answer. */
    private List<String> provisioned(World world, String profile) throws IOException {
        List<String> found = new ArrayList<>();
        for (JsonNode rule : rules(world, profile)) {
            Matcher name = NAME.matcher(rule.get("name").asString());
            if (!name.find()) continue;
            found.add(
                    rule.get("direction").asString().startsWith("In")
                            ? "in " + rule.get("priority") + " " + name.group(1)
                            : "out " + rule.get("priority") + " " + name.group(1));
        }
        return found;
    }

    @Test
    @DisplayName("2020: seven rules, as the specification's tables have them")
    void y2020() throws IOException {
        assertThat(provisioned(World.usual(), "2020"))
                .containsExactly(
                        "in 100 sqlmgmt-in",
                        "in 101 corpsaw-in",
                        "in 102 corppublic-in",
                        "in 103 healthprobe-in",
                        "in 104 internal-in",
                        "out 100 services-out",
                        "out 101 internal-out");
    }

    @Test
    @DisplayName("2020-manual: the service adds nothing")
    void manual() throws IOException {
        assertThat(provisioned(World.usual(), "2020-manual")).isEmpty();
        assertThat(routes(World.usual(), "2020-manual")).isEmpty();
    }

    @Test
    @DisplayName("2022: the rules of 2020 with one port more, and thirteen routes, twelve of them to tags")
    void y2022() throws IOException {
        assertThat(provisioned(World.usual(), "2022")).hasSize(7).contains("in 101 corpsaw-in");
        assertThat(rules(World.usual(), "2022").toString()).contains("1440-1440");
        assertThat(routes(World.usual(), "2022"))
                .containsExactly(
                        "subnet-10-0-1-0-24-to-vnetlocal",
                        "mi-Storage",
                        "mi-SqlManagement",
                        "mi-AzureMonitor",
                        "mi-CorpNetSaw",
                        "mi-CorpNetPublic",
                        "mi-AzureActiveDirectory",
                        "mi-AzureCloud.westeurope",
                        "mi-AzureCloud.northeurope",
                        "mi-Storage.westeurope",
                        "mi-Storage.northeurope",
                        "mi-EventHub.westeurope",
                        "mi-EventHub.northeurope");
    }

    @Test
    @DisplayName("2022-11: no management endpoint any more, and storage of both regions")
    void november() throws IOException {
        assertThat(provisioned(World.usual(), "2022-11"))
                .containsExactly(
                        "in 100 healthprobe-in",
                        "in 101 internal-in",
                        "out 100 optional-azure-out",
                        "out 101 aad-out",
                        "out 102 onedsc-out",
                        "out 103 internal-out",
                        "out 104 strg-p-out",
                        "out 105 strg-s-out");
        assertThat(routes(World.usual(), "2022-11"))
                .containsExactly(
                        "subnet-10-0-1-0-24-to-vnetlocal",
                        "mi-AzureActiveDirectory",
                        "mi-OneDsCollector",
                        "mi-Storage.westeurope",
                        "mi-Storage.northeurope");
    }

    @Test
    @DisplayName("current: what the data path needs")
    void current() throws IOException {
        assertThat(provisioned(World.usual(), "current"))
                .containsExactly(
                        "in 100 healthprobe-in",
                        "in 101 internal-in",
                        "out 100 optional-azure-out",
                        "out 101 internal-out");
        assertThat(routes(World.usual(), "current")).containsExactly("subnet-10-0-1-0-24-to-vnetlocal");
    }

    @Test
    @DisplayName("A region without a pair has one storage route less; an unknown region leaves the tag open")
    void regions() throws IOException {
        World alone = World.usual().with("location: westeurope", "location: Israel Central");
        assertThat(routes(alone, "2022-11"))
                .endsWith("mi-OneDsCollector", "mi-Storage.israelcentral")
                .hasSize(4);
        World unknown =
                World.usual().with("location: westeurope\n    addressPrefixes: 10.0.", "addressPrefixes: 10.0.");
        assertThat(routes(unknown, "2022-11"))
                .endsWith("mi-Storage.‹region of vnet-hub›", "mi-Storage.‹paired region of vnet-hub›");
    }

    @Test
    @DisplayName(
            "The service takes the lowest free priorities, and an equal rule of the customer's does not keep it away")
    void besideTheCustomers() throws IOException {
        World own = World.usual()
                .instanceRules(
                        "name: deny_probe, priority: 100, direction: Inbound, access: Deny, source: AzureLoadBalancer",
                        "name: health_probe, priority: 102, direction: Inbound, access: Allow, source: AzureLoadBalancer,"
                                + " destination: 10.0.1.0/24");
        assertThat(provisioned(own, "current")).startsWith("in 101 healthprobe-in", "in 103 internal-in");
    }

    @Test
    @DisplayName("What the export shows already is not added again, whatever its version")
    void alreadyThere() throws IOException {
        World shown = World.usual()
                .instanceRules("name: " + SERVICE + "mi-healthprobe-in-10-0-1-0-24-v11, priority: 200,"
                        + " direction: Inbound, access: Allow, source: AzureLoadBalancer, destination: 10.0.1.0/24");
        assertThat(provisioned(shown, "current")).startsWith("in 100 internal-in", "in 200 healthprobe-in");
    }

    @Test
    @DisplayName("An assumed rule says so where others name their line")
    void marked() throws IOException {
        List<JsonNode> rules = rules(World.usual(), "2020");
        assertThat(rules.stream().filter(rule -> rule.get("name").asString().contains(SERVICE)))
                .hasSize(7)
                .allMatch(rule -> rule.get("location").isNull());
        assertThat(rules.stream().filter(rule -> rule.get("name").asString().matches("securityRules/[a-z_]+")))
                .hasSize(2)
                .allMatch(rule -> rule.get("location").get("line").asInt() > 0);
        String text = CommandRun.of("effective-rules", file(World.usual()), "--subnet", "snet-mi")
                .exits(0)
                .out();
        assertThat(text)
                .containsPattern("healthprobe-in-10-0-1-0-24 .* assumed by profile 2020\n")
                .contains("SERVICE_AIDED_RULES_ASSUMED", "profile 2020");
    }

    private List<String> routes(World world, String profile) throws IOException {
        CommandRun run = CommandRun.of(
                "effective-routes", file(world), "--subnet", "snet-mi", "--profile", profile, "--format", "json");
        assertThat(run.code()).as(run.err()).isZero();
        List<String> names = new ArrayList<>();
        for (JsonNode route : new JsonMapper().readTree(run.out()).get("value")) {
            JsonNode name = route.get("name");
            boolean own = name != null && name.asString().startsWith(SERVICE);
            if (own) names.add(name.asString().substring(SERVICE.length()));
        }
        return names;
    }

    @Test
    @DisplayName("2020 keeps its prefixes from an appliance that takes 0.0.0.0/0; current does not")
    void nextHops() throws IOException {
        World tunnelled = World.usual()
                .instanceRoutes("name: default, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance,"
                        + " nextHopIpAddress: 10.0.2.4");
        String[] ask = {
            "next-hop", file(tunnelled), "--source-ip", "10.0.1.9", "--dest-ip", "13.64.9.9", "--profile", "2020"
        };
        assertThat(CommandRun.of(ask).exits(0).out())
                .startsWith("Internet")
                .contains("mi-13-64-11-nexthop-internet", "assumed by profile 2020");
        ask[7] = "current";
        assertThat(CommandRun.of(ask).exits(0).out()).startsWith("VirtualAppliance 10.0.2.4");
    }

    @Test
    @DisplayName("A flow that only the service's rule lets pass")
    void flows() throws IOException {
        String[] ask = {
            "test-ip-flow",
            file(World.usual()),
            "--direction",
            "Inbound",
            "--protocol",
            "TCP",
            "--local",
            "10.0.1.5:9999",
            "--remote",
            "168.63.129.16:50000",
            "--profile",
            "2020"
        };
        assertThat(CommandRun.of(ask).exits(0).out()).startsWith("ALLOW").contains("mi-healthprobe-in");
        ask[11] = "2020-manual";
        assertThat(CommandRun.of(ask).exits(1).out()).startsWith("DENY").contains("deny_all_inbound (4096)");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "mi-13-64-11-nexthop-internet, route, 2020",
        "mi-optional-azure-out-10-0-1-0-24, rule, current",
        SERVICE + "subnet-10-0-1-0-24-to-vnetlocal, route, current",
        SERVICE + "mi-SqlManagement, route, 2022",
        SERVICE + "mi-services-out-10-0-1-0-24-v10, rule, 2022",
        SERVICE + "mi-aad-out-10-0-1-0-24-v11, rule, 2022-11",
        SERVICE + "mi-onedsc-out-10-0-1-0-24-v11, rule, 2022-11",
        "anything, rule, 2020",
        "anything, route, 2020"
    })
    @DisplayName("Names tell the era")
    void recognised(String name, String kind, String era) throws IOException {
        World world = kind.equals("rule")
                ? silent().instanceRules("name: " + name + ", priority: 3000, direction: Outbound, access: Allow")
                : silent().instanceRoutes("name: " + name + ", addressPrefix: 10.7.0.0/16, nextHopType: None");
        String text = CommandRun.of("effective-rules", file(world), "--subnet", "snet-mi")
                .exits(0)
                .out();
        assertThat(text).contains("\nprofile " + era + " (");
    }

    @Test
    @DisplayName("The topology's own word goes before its names, and the user's before both")
    void said() throws IOException {
        World world = World.usual()
                .instanceRoutes("name: " + SERVICE + "mi-SqlManagement, addressPrefix: 10.7.0.0/16, nextHopType: None");
        String[] ask = {"effective-rules", file(world), "--subnet", "snet-mi"};
        assertThat(CommandRun.of(ask).exits(0).out()).contains("\nprofile 2020 (");
        String[] more = {"effective-rules", file(world), "--subnet", "snet-mi", "--profile", "current"};
        assertThat(CommandRun.of(more).exits(0).out()).contains("\nprofile current (");
        String[] wrong = {"effective-rules", file(world), "--subnet", "snet-mi", "--profile", "1999"};
        assertThat(CommandRun.of(wrong).exits(2).err()).contains("1999", "2020-manual");
    }
}
