package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The traps of rules and routes, asked as a user asks. Those of a whole connection are in {@link TraceStories}. */
@DisplayName("A simulator that takes Azure at its word")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TrapStories {
    private static final String RULE = "direction: Outbound, access: Deny, priority: 100";

    @TempDir
    Path folder;

    /** One VNet 10.0.0.0/16 with a subnet, its group `nsg` and its table `rt`. */
    private String world(String vnet, String rules, String routes, String more) throws IOException {
        String text = "mipath: topology/1\nvnets:\n  - name: v\n    location: westeurope\n    addressPrefixes: [" + vnet
                + "]\n    subnets:\n      - {name: s, addressPrefix: 10.0.1.0/24, networkSecurityGroup: nsg, routeTable: rt}\n"
                + more + "networkSecurityGroups:\n  - name: nsg\n    rules: [" + rules
                + "]\nrouteTables:\n  - name: rt\n    routes: [" + routes + "]\n";
        Path file = Files.createTempFile(folder, "world", ".yaml");
        return Files.writeString(file, text).toString();
    }

    private String world(String rules, String routes) throws IOException {
        return world("10.0.0.0/16", rules, routes, "");
    }

    private static String hop(String world, String destination) {
        return CommandRun.of("next-hop", world, "--source-ip", "10.0.1.9", "--dest-ip", destination, "--format", "json")
                .out();
    }

    private static String outbound(String world, String destination) {
        return flow(world, "Outbound", destination);
    }

    private static String flow(String world, String direction, String remote, String... more) {
        String[] command = {
            "test-ip-flow",
            world,
            "--direction",
            direction,
            "--protocol",
            "TCP",
            "--local",
            "10.0.1.9:443",
            "--remote",
            remote + ":443",
            "--format",
            "json"
        };
        String[] all = java.util.Arrays.copyOf(command, command.length + more.length);
        System.arraycopy(more, 0, all, command.length, more.length);
        return CommandRun.of(all).out();
    }

    private static String route(String name, String prefix, String hop) {
        return "{name: " + name + ", addressPrefix: " + prefix + ", nextHopType: " + hop + "}";
    }

    private static String appliance(String name, String prefix) {
        return "{name: " + name + ", addressPrefix: " + prefix
                + ", nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}";
    }

    @Test
    @DisplayName("trap 1: the reserved None routes stay when the VNet lies inside them")
    void reservedStays() throws IOException {
        assertThat(hop(world("", ""), "10.9.9.9")).contains("\"nextHopType\":\"None\"", "10.0.0.0/8");
        assertThat(hop(world("10.0.0.0/8", "", "", ""), "10.9.9.9")).contains("VnetLocal");
    }

    @Test
    @DisplayName("trap 1: they vanish with 0.0.0.0/0 to an appliance, and stay with 0.0.0.0/0 to None")
    void reservedVanishes() throws IOException {
        assertThat(hop(world("", appliance("all", "0.0.0.0/0")), "192.168.1.1")).contains("\"routeName\":\"all\"");
        assertThat(hop(world("", route("all", "0.0.0.0/0", "None")), "192.168.1.1"))
                .contains("\"nextHopType\":\"None\"", "192.168.0.0/16");
    }

    @Test
    @DisplayName("trap 2: Internet is not everything that is not private")
    void internetIsAList() throws IOException {
        String denyInternet = world("{name: no_internet, " + RULE + ", destination: Internet}", "");
        assertThat(outbound(denyInternet, "8.8.8.8")).contains("no_internet");
        for (String outside : new String[] {"25.1.2.3", "100.64.0.1", "127.0.0.1", "224.0.0.5"}) {
            assertThat(outbound(denyInternet, outside)).contains("DenyAllOutBound");
        }
        String denyAll = world("{name: no_any, " + RULE + "}", "");
        assertThat(outbound(denyAll, "25.1.2.3")).contains("no_any");
    }

    @Test
    @DisplayName("trap 3: VirtualNetwork grows by the subnet's own routes, up to the world")
    void tagGrows() throws IOException {
        assertThat(outbound(world("", ""), "172.16.5.5")).contains("DenyAllOutBound");
        assertThat(outbound(world("", appliance("all", "0.0.0.0/0")), "172.16.5.5"))
                .contains("AllowVnetOutBound");
        assertThat(flow(
                        world("", route("x", "172.16.0.0/12", "None")),
                        "Outbound",
                        "172.16.5.5",
                        "--setting",
                        "virtualNetworkTagRoutes=appliance"))
                .contains("DenyAllOutBound");
    }

    private static final String GATEWAY = "      - {name: GatewaySubnet, addressPrefix: 10.0.255.0/27}\n"
            + "virtualNetworkGateways:\n  - {name: gw, subnet: v/GatewaySubnet, type: Vpn, learnedPrefixes: [10.0.1.128/25, 172.20.0.0/16]}\n";

    @Test
    @DisplayName("trap 16: a longer BGP route does not beat the VNet's, and an equal user route beats BGP")
    void systemBeforeBgp() throws IOException {
        assertThat(hop(world("10.0.0.0/16", "", "", GATEWAY), "10.0.1.200")).contains("VnetLocal");
        assertThat(hop(world("10.0.0.0/16", "", "", GATEWAY), "172.20.1.1")).contains("VirtualNetworkGateway");
        assertThat(hop(world("10.0.0.0/16", "", route("mine", "172.20.0.0/16", "Internet"), GATEWAY), "172.20.1.1"))
                .contains("\"routeName\":\"mine\"");
    }

    @Test
    @DisplayName("trap 17: without propagation on-premises ranges fall to the reserved None routes")
    void propagationOff() throws IOException {
        String off = Files.readString(Path.of(world("10.0.0.0/16", "", "", GATEWAY)))
                .replace("  - name: rt\n", "  - name: rt\n    disableBgpRoutePropagation: true\n");
        String world = Files.writeString(folder.resolve("off.yaml"), off).toString();
        assertThat(hop(world, "172.20.1.1")).contains("\"nextHopType\":\"None\"", "172.16.0.0/12");
    }

    @Test
    @DisplayName("trap 18: a plain deny spares 168.63.129.16 outbound, and stops its probes inbound")
    void platformAddress() throws IOException {
        String denies =
                world("{name: out, " + RULE + "}, {name: in, direction: Inbound, access: Deny, priority: 100}", "");
        assertThat(outbound(denies, "168.63.129.16")).contains("\"access\":\"Allow\"");
        assertThat(flow(denies, "Inbound", "168.63.129.16")).contains("\"access\":\"Deny\"", "securityRules/in");
        String tag = world("{name: dns, " + RULE + ", destination: AzurePlatformDNS}", "");
        assertThat(outbound(tag, "168.63.129.16")).contains("securityRules/dns");
    }

    private Path tags() throws IOException {
        return Files.writeString(
                folder.resolve("tags.json"),
                "{\"changeNumber\": 1, \"cloud\": \"Public\", \"values\": ["
                        + tag("AzureCloud", "20.0.0.0/8") + ", " + tag("AzureCloud.westeurope", "20.0.0.0/8") + ", "
                        + tag("Storage", "20.0.0.0/8") + ", "
                        + tag("Storage.WestEurope", "20.0.0.0/8\", \"2603:1020::/32") + "]}");
    }

    private static String tag(String name, String prefixes) {
        return "{\"name\": \"" + name + "\", \"id\": \"" + name
                + "\", \"properties\": {\"changeNumber\": 1, \"region\": \"\","
                + " \"regionId\": 0, \"platform\": \"Azure\", \"systemService\": \"\", \"addressPrefixes\": [\""
                + prefixes
                + "\"], \"networkFeatures\": [\"NSG\"]}}";
    }

    @Test
    @DisplayName("trap 25: tag names are compared without case, and hold both families")
    void tagCase() throws IOException {
        String world = world("{name: st, " + RULE + ", destination: storage.westeurope}", "");
        String file = tags().toString();
        assertThat(flow(world, "Outbound", "20.1.1.1", "--service-tags", file)).contains("securityRules/st");
        assertThat(flow(world, "Outbound", "9.1.1.1", "--service-tags", file)).contains("AllowInternetOutBound");
        assertThat(outbound(world, "20.1.1.1")).contains("\"access\":\"Unknown\"", "storage.westeurope");
    }

    @Test
    @DisplayName("trap 26: tag routes tie in order on equal prefixes only; else the longest prefix wins")
    void tagRoutes() throws IOException {
        String cloud = route("cloud", "AzureCloud", "None");
        String regional = route("regional", "Storage.WestEurope", "Internet");
        String explicit = route("explicit", "20.0.0.0/8", "None");
        String shorter = route("shorter", "16.0.0.0/4", "None");
        assertThat(tagged(cloud + ", " + regional)).contains("\"routeName\":\"regional\"");
        assertThat(tagged(regional + ", " + explicit)).contains("\"routeName\":\"explicit\"");
        assertThat(tagged(shorter + ", " + cloud)).contains("\"routeName\":\"cloud\"");
    }

    private String tagged(String routes) throws IOException {
        return CommandRun.of(
                        "next-hop",
                        world("", routes),
                        "--source-ip",
                        "10.0.1.9",
                        "--dest-ip",
                        "20.1.1.1",
                        "--format",
                        "json",
                        "--service-tags",
                        tags().toString())
                .out();
    }

    @Test
    @DisplayName("trap 28: az flattens, ARM nests, and spellings vary in case")
    void shapes() throws IOException {
        String arm = "{\"name\": \"r\", \"properties\": {\"protocol\": \"TCP\", \"sourcePortRange\": \"*\","
                + " \"destinationPortRange\": \"443\", \"sourceAddressPrefix\": \"*\", \"destinationAddressPrefix\": \"*\","
                + " \"access\": \"deny\", \"priority\": 100, \"direction\": \"OUTBOUND\"}}";
        String flat = arm.replace("\"properties\": {", "").replace("}}", "}");
        for (String rule : new String[] {
            "{\"properties\": {\"securityRules\": [" + arm + "]}, ", "{\"securityRules\": [" + flat + "], "
        }) {
            Path group = Files.writeString(
                    Files.createTempFile(folder, "nsg", ".json"),
                    rule
                            + "\"id\": \"nsg\", \"name\": \"nsg\", \"type\": \"Microsoft.Network/networkSecurityGroups\"}");
            CommandRun run = CommandRun.of("import", group.toString()).exits(0);
            assertThat(run.out()).contains("priority: 100", "direction: Outbound", "access: Deny", "protocol: Tcp");
        }
    }

    @Test
    @DisplayName("trap 35: a subnet's table steers what leaves it, never what arrives")
    void tablesSteerWhatLeaves() throws IOException {
        String other = "      - {name: other, addressPrefix: 10.0.3.0/24}\n";
        String world = world("10.0.0.0/16", "", route("hole", "10.0.3.0/24", "None"), other);
        assertThat(hop(world, "10.0.3.4")).contains("\"routeName\":\"hole\"");
        String back = CommandRun.of(
                        "next-hop", world, "--source-ip", "10.0.3.4", "--dest-ip", "10.0.1.9", "--format", "json")
                .out();
        assertThat(back).contains("VnetLocal");
    }

    @Test
    @DisplayName("trap 33: the service's rules are known by their prefix and stem, at whatever priority")
    void namesByPrefix() throws IOException {
        String own =
                "{name: Microsoft.Sql-managedInstances_UseOnly_mi-PARTS, priority: 777, direction: Inbound, access:"
                        + " Allow, source: AzureLoadBalancer, destination: 10.0.1.0/24}";
        String instance = "managedInstances:\n  - {name: mi, subnet: v/s, dnsZone: 0a1b2c3d4e5f}\n";
        for (String name : new String[] {"healthprobe-in-10-0-1-0-24-v10", "healthprobe-in-10-0-1-0-24-v11"}) {
            String world = world("10.0.0.0/16", own.replace("PARTS", name), "", "");
            Files.writeString(Path.of(world), Files.readString(Path.of(world)) + instance);
            String rules = CommandRun.line("effective-rules " + world + " --subnet v/s --profile 2022")
                    .exits(0)
                    .out();
            assertThat(rules).containsOnlyOnce("mi-healthprobe-in").contains("mi-sqlmgmt-in");
        }
        String foreign = world("10.0.0.0/16", own.replace("Microsoft.Sql-managedInstances_UseOnly_", "my-"), "", "");
        Files.writeString(Path.of(foreign), Files.readString(Path.of(foreign)) + instance);
        assertThat(CommandRun.line("effective-rules " + foreign + " --subnet v/s --profile 2022")
                        .exits(0)
                        .out())
                .contains("UseOnly_mi-healthprobe-in-10-0-1-0-24-v10");
    }

    @Test
    @DisplayName(
            "trap 36: no effective answer exists for an instance's machines, so theirs follow from the subnet's table")
    void machinesOfAnInstance() throws IOException {
        String answer =
                "effectiveRouteTables:\n  - networkInterface: jump\n    routes: [{source: Default, state: Active,"
                        + " addressPrefixes: 0.0.0.0/0, nextHopType: None}]\n";
        String more = "      - {name: other, addressPrefix: 10.0.3.0/24}\nnetworkInterfaces:\n  - {name: jump, subnet:"
                + " v/other, privateIpAddress: 10.0.3.4}\nmanagedInstances:\n  - {name: mi, subnet: v/s, dnsZone:"
                + " 0a1b2c3d4e5f}\n" + answer;
        String world = world("10.0.0.0/16", "", appliance("all", "0.0.0.0/0"), more);
        // What Azure said of the machine beside does not count for the instance.
        assertThat(hop(world, "192.0.2.1")).contains("\"routeName\":\"all\"");
        assertThat(CommandRun.line("effective-routes " + world + " --subnet v/s")
                        .exits(0)
                        .out())
                .contains("all");
        assertThat(CommandRun.of("collect").out())
                .contains("a running client VM", "show-effective-route-table")
                .doesNotContain("sql mi show-effective");
    }
}
