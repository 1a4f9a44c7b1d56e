package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Files made to harm (limits: docs/inputs.md). Each ends with exit code 2, few words with a place, and no file written; the
 * time limit only catches what would never end.
 */
@DisplayName("A file made to harm")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class HostileFilesTest {
    private static final String NET = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network/";

    @TempDir
    Path folder;

    /**
     * A file and what is said of it.
     *
     * @param name what it is
     * @param content its text
     * @param problem a part of the error
     */
    record Harm(String name, String content, String problem) {
        @Override
        public String toString() {
            return name;
        }
    }

    private static String template(String members) {
        return "{\"$schema\": \"https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#\","
                + " \"contentVersion\": \"1.0.0.0\", " + members + "}";
    }

    /** Variables of which each holds the one before twice, in the form that is given. */
    private static String doubling(String letter, String first, String next, int times) {
        StringJoiner all = new StringJoiner(", ");
        all.add("\"" + letter + "0\": " + first);
        for (int i = 1; i < times; i++) {
            all.add("\"" + letter + i + "\": "
                    + next.replace("#", "[variables('" + letter + (i - 1) + "')]")
                            .replace("@", "variables('" + letter + (i - 1) + "')"));
        }
        return all.toString();
    }

    private static String table(String name, String more) {
        return "\"resources\": [{\"type\": \"Microsoft.Network/routeTables\", \"name\": \"" + name + "\", " + more
                + "\"properties\": {}}]";
    }

    private static String copies(int levels) {
        String copied = "\"copy\": {\"name\": \"c\", \"count\": 800}, ";
        String all = "{\"type\": \"Microsoft.Network/routeTables\", \"name\": \"[concat('r', copyIndex())]\", " + copied
                + "\"properties\": {}}";
        for (int i = 0; i < levels; i++) {
            all = "{\"type\": \"Microsoft.Resources/deployments\", \"name\": \"[concat('d', copyIndex())]\", " + copied
                    + "\"properties\": {\"expressionEvaluationOptions\": {\"scope\": \"inner\"}, \"template\":"
                    + " {\"resources\": ["
                    + all + "]}}}";
        }
        return template("\"resources\": [" + all + "]");
    }

    private static String rules(int count) {
        StringJoiner rules = new StringJoiner(
                ",",
                "{\"name\": \"n\", \"id\": \"" + NET + "networkSecurityGroups/n\"," + " \"securityRules\": [",
                "]}");
        for (int i = 0; i < count; i++) {
            rules.add("{\"name\":\"r" + i + "\",\"priority\":" + (100 + i % 3997)
                    + ",\"direction\":\"Inbound\",\"access\":"
                    + "\"Allow\",\"protocol\":\"Tcp\",\"sourcePortRange\":\"*\",\"sourceAddressPrefix\":\"10.0.0.0/8\","
                    + "\"destinationPortRange\":\"1433\",\"destinationAddressPrefix\":\"*\"}");
        }
        return rules.toString();
    }

    static List<Harm> harms() {
        String twins = "{\"a\": \"#\", \"b\": \"#\"}";
        String bomb =
                "mipath: topology/1\n" + doubling("a", "&a0 [x, x]", "", 1).replace("\"", "");
        StringBuilder yaml = new StringBuilder(bomb).append('\n');
        for (int i = 1; i < 40; i++) yaml.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        return List.of(
                new Harm(
                        "a million arrays in each other",
                        "{\"value\":" + "[".repeat(1_000_000),
                        "nested deeper than 200"),
                new Harm(
                        "three million values",
                        "[" + "0,".repeat(3_000_000) + "0]",
                        "holds more than 2000000 values (give the part that matters)"),
                new Harm(
                        "long names in each other",
                        ("{\"" + "n".repeat(999) + "\":").repeat(150) + "[" + "1,".repeat(100_000) + "1]"
                                + "}".repeat(150),
                        "holds more than 2000000 values"),
                new Harm("aliases that multiply", yaml.toString(), "values once its aliases are followed"),
                new Harm("an alias of itself", "mipath: topology/1\nvnets: &v\n  - *v\n", "the value contains itself"),
                new Harm("loops in loops of templates", copies(4), "more than 20000 resources"),
                new Harm(
                        "variables of themselves",
                        template("\"variables\": {\"a\": \"[variables('b')]\", \"b\": \"[variables('a')]\"}, "
                                + table("[variables('a')]", "")),
                        "defined by each other in a circle"),
                new Harm(
                        "a text that doubles",
                        template("\"variables\": {" + doubling("v", "\"xxxx\"", "\"[concat(@, @)]\"", 60) + "}, "
                                + table("[variables('v59')]", "")),
                        "builds a text of more than 1048576 characters"),
                new Harm(
                        "an object that doubles, as a text",
                        template("\"variables\": {" + doubling("v", "{}", twins, 60) + "}, "
                                + table("[string(variables('v59'))]", "")),
                        "needs more than 5000000 values"),
                new Harm(
                        "two objects that double, compared",
                        template("\"variables\": {" + doubling("v", "{}", twins, 60) + ", "
                                + doubling("w", "{}", twins, 60)
                                + "}, "
                                + table("t", "\"condition\": \"[equals(variables('v59'), variables('w59'))]\", ")),
                        "needs more than 5000000 values"),
                new Harm("a hundred thousand rules", rules(100_000), "both have Inbound priority 100"),
                new Harm("a megabyte of empty lines", "\n".repeat(1 << 20), "neither JSON nor YAML of a known shape"),
                new Harm(
                        "names that colour, move and reverse",
                        "{\"name\": \"\\u001b[31m\\u202e\\u0007\\u2066x\", \"routes\": [{\"name\": \"\\u009b2J\","
                                + " \"addressPrefix\": \"\\u001b]0;x\\u0007\", \"nextHopType\": \"None\"}]}",
                        "\\u001b]0;x\\u0007"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("harms")
    @DisplayName("is refused in few words, and nothing is written")
    void isRefused(Harm harm) throws IOException {
        Path file = Files.writeString(folder.resolve("harm"), harm.content());
        isRefused(file, harm.problem());
    }

    private void isRefused(Path file, String problem) throws IOException {
        CommandRun run = CommandRun.of(
                "import", file.toString(), "-o", folder.resolve("out.yaml").toString());
        assertThat(run.code()).as(run.err()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains(problem).doesNotContain("Exception", "at dev.mipath");
        assertThat(run.err().lines()).hasSizeLessThan(110).allMatch(line -> line.length() < 1_000);
        assertThat(run.err().chars().filter(c -> c != '\n')).allMatch(HostileFilesTest::isHarmless);
        try (Stream<Path> left = Files.list(folder)) {
            assertThat(left.toList()).containsExactly(file);
        }
    }

    /** No control character, no mark that turns the direction of writing. */
    private static boolean isHarmless(int c) {
        boolean turns = c >= 0x202A && c <= 0x202E || c >= 0x2066 && c <= 0x2069 || c == 0x200E || c == 0x200F;
        return !Character.isISOControl(c) && !turns;
    }

    @Test
    @DisplayName("of 200 MB is refused by its size; one that merely lies in a folder is skipped")
    void large() throws IOException {
        Path file = folder.resolve("large");
        try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
            sparse.write("{\"value\":[".getBytes(StandardCharsets.UTF_8));
            sparse.setLength(200L << 20);
        }
        isRefused(file, "large: the file is larger than 128 MiB (give the part that matters)");
        try (RandomAccessFile image = new RandomAccessFile(file.toFile(), "rw")) {
            image.write(0x7F);
        }
        assertThat(CommandRun.of("import", folder.toString()).exits(0).err())
                .contains("large: skipped, larger than any input");
    }

    @Test
    @DisplayName("of a hundred thousand rules that Azure could hold is read and asked")
    void manyRules() throws IOException {
        List<String> all = new ArrayList<>();
        StringJoiner subnets = new StringJoiner(",");
        for (int i = 0; i < 26; i++) {
            String group = NET + "networkSecurityGroups/n" + i;
            subnets.add("{\"name\":\"s" + i + "\",\"addressPrefix\":\"10." + i
                    + ".0.0/16\",\"networkSecurityGroup\":{\"id\":\"" + group + "\"}}");
            all.add(rules(3_900).replace(NET + "networkSecurityGroups/n", group));
        }
        all.add("{\"name\":\"v\",\"id\":\"" + NET
                + "virtualNetworks/v\",\"addressSpace\":{\"addressPrefixes\":[\"10.0.0.0/8\"]}," + "\"subnets\":["
                + subnets + "]}");
        Path file = Files.writeString(folder.resolve("rules.json"), "[" + String.join(",\n", all) + "]");
        assertThat(CommandRun.of(
                                "test-ip-flow",
                                file.toString(),
                                "--direction",
                                "Inbound",
                                "--protocol",
                                "TCP",
                                "--local",
                                "10.3.0.7:1433",
                                "--remote",
                                "10.0.0.9:50000")
                        .exits(0)
                        .out())
                .startsWith("ALLOW");
    }

    @Test
    @DisplayName("of VNets that are peered in a circle and with themselves, each by the other's gateway, is answered")
    void circles() throws IOException {
        StringJoiner vnets = new StringJoiner(",", "[", "]");
        for (int i = 0; i < 3; i++) {
            StringJoiner links = new StringJoiner(",");
            for (int other : new int[] {i, (i + 1) % 3, (i + 2) % 3}) {
                links.add("{\"name\":\"p" + other
                        + "\",\"peeringState\":\"Connected\",\"remoteVirtualNetwork\":{\"id\":\"" + NET
                        + "virtualNetworks/v" + other + "\"},\"useRemoteGateways\":true,\"allowGatewayTransit\":true}");
            }
            vnets.add("{\"name\":\"v" + i + "\",\"id\":\"" + NET + "virtualNetworks/v" + i
                    + "\",\"location\":\"l\",\"addressSpace\":{\"addressPrefixes\":[\"10." + i
                    + ".0.0/16\"]},\"subnets\":[{\"name\":"
                    + "\"s\",\"addressPrefix\":\"10." + i + ".0.0/24\"}],\"virtualNetworkPeerings\":[" + links + "]}");
        }
        Path file = Files.writeString(folder.resolve("vnets.json"), vnets.toString());
        assertThat(CommandRun.line("next-hop " + file + " --source-ip 10.0.0.4 --dest-ip 10.2.0.4")
                        .exits(0)
                        .out())
                .startsWith("VNetPeering");
        assertThat(CommandRun.line("trace " + file + " --from 10.0.0.4 --to 10.2.0.4")
                        .code())
                .isIn(0, 1, 3);
    }

    @Test
    @DisplayName("of appliances that send to each other is answered: the packet goes in a circle")
    void applianceLoop() throws IOException {
        Path file = Files.writeString(folder.resolve("loop.yaml"), """
            mipath: topology/1
            vnets:
              - name: v
                addressPrefixes: 10.0.0.0/16
                subnets:
                  - {name: a, addressPrefix: 10.0.1.0/24, routeTable: to-b}
                  - {name: b, addressPrefix: 10.0.2.0/24, routeTable: to-a}
                  - {name: c, addressPrefix: 10.0.3.0/24}
            routeTables:
              - {name: to-b, routes: [{name: r, addressPrefix: 10.0.3.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}]}
              - {name: to-a, routes: [{name: r, addressPrefix: 10.0.3.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.1.4}]}
            networkInterfaces:
              - {name: nic-a, enableIpForwarding: true, ipConfigurations: [{name: c, subnet: v/a, privateIpAddress: 10.0.1.4}]}
              - {name: nic-b, enableIpForwarding: true, ipConfigurations: [{name: c, subnet: v/b, privateIpAddress: 10.0.2.4}]}
            """);
        assertThat(CommandRun.line("trace " + file + " --from 10.0.1.9 --to 10.0.3.4")
                        .exits(1)
                        .out())
                .contains("ROUTE_LOOP");
    }
}
