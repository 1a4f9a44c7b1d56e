package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.phase;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** More real cases of {@link CaseStories}: private endpoints, DNS servers, storage, tags, eras. */
@DisplayName("A real case about services and names shows its true cause:")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class ServiceCaseStories {
    private static final String ZONE = "privatelink.0a1b2c3d4e5f.database.windows.net";
    private static final String DENY_OUT = "name: deny_out, priority: 4096, direction: Outbound, access: Deny";

    /** A private endpoint in the spoke, whose zone is linked to the VNets that are named; another spoke has neither. */
    private static World endpoint(String links) {
        return World.usual()
                .redirect()
                .with("destinationPorts: 1433", "destinationPorts: [1433, 11000-11999]")
                .withFarSpoke("")
                .with(
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n",
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n"
                                + "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected}\n")
                .with(", routeTable: rt-far}", "}")
                .with(
                        "- {name: nva, networkInterfaces: nva-nic}",
                        "- {name: nva, networkInterfaces: nva-nic}\n  - {name: far-vm, networkInterfaces: far-nic}")
                .with(
                        "networkInterfaces:\n  - {name: app-nic",
                        "networkInterfaces:\n  - {name: far-nic, subnet: vnet-far/snet-far, privateIpAddress: 10.2.0.4,"
                                + " virtualMachine: far-vm}\n  - {name: app-nic")
                .with(
                        "managedInstances:\n",
                        "privateEndpoints:\n  - {name: pe-mi, subnet: snet-app, privateIpAddress: 10.1.0.5, service:"
                                + " mi-prod}\nprivateDnsZones:\n  - {name: " + ZONE + ", links: " + links
                                + ", records: [{name: mi-prod, addresses: 10.1.0.5}]}\nmanagedInstances:\n");
    }

    private static Traced farClient(World world) {
        return Traced.about(world, "--from", "far-vm", "--format", "json");
    }

    @Test
    @DisplayName(
            "11, a private endpoint is Proxy and 1433 alone, and its zone changes the answer for every linked VNet")
    void endpointForSome() {
        Traced near = json(endpoint("vnet-spoke"));
        assertThat(outcome(near)).isEqualTo("connected");
        assertThat(near.out()).contains("\"10.1.0.5\"");
        assertThat(phase(near, "redirect-connect")).isEqualTo("absent");
        // Who is not linked keeps the load balancer, and is redirected.
        Traced far = farClient(endpoint("vnet-spoke"));
        assertThat(outcome(far)).isEqualTo("connected");
        assertThat(phase(far, "redirect-connect")).isEqualTo("ok");
        // Linked as well, it is led to an endpoint that no peering joins it with.
        Traced linked = farClient(endpoint("[vnet-spoke, vnet-far]"));
        assertThat(outcome(linked)).isEqualTo("blocked");
        assertThat(linked.out()).contains("\"10.1.0.5\"");
    }

    @Test
    @DisplayName("26, DNS servers that do not forward to 168.63.129.16 never see the private zone")
    void serversThatDoNotForward() {
        World server = endpoint("vnet-spoke")
                .with("addressPrefixes: 10.1.0.0/16\n", "addressPrefixes: 10.1.0.0/16\n    dnsServers: [10.1.0.53]\n");
        World around = server.with(
                "managedInstances:\n",
                "dnsServers:\n  - {name: ad, address: 10.1.0.53, forwardsTo: Public}\nmanagedInstances:\n");
        assertThat(json(around).out()).contains("\"address\" : \"10.0.1.4\"").doesNotContain("10.1.0.5\"");
        World forwarding = new World(around.yaml().replace("forwardsTo: Public", "forwardsTo: Azure"));
        assertThat(json(forwarding).out()).contains("\"address\" : \"10.1.0.5\"");
    }

    @Test
    @DisplayName("72, failover groups, links and the DAC do not go through a private endpoint")
    void nothingButTds() {
        for (String port : new String[] {"5022", "1434", "11000"}) {
            assertThat(json(endpoint("vnet-spoke"), "--to", World.NAME + ":" + port)
                            .blockers())
                    .as(port)
                    .containsExactly("PRIVATE_ENDPOINT_PORT");
        }
        assertThat(json(endpoint("vnet-spoke"), "--to", World.NAME + ":1433").blockers())
                .isEmpty();
    }

    private static Traced storage(String account) {
        World world = World.usual()
                .with("tier: GeneralPurpose", "tier: GeneralPurpose, managementIpAddress: 52.1.2.3")
                .with(
                        "networkSecurityGroups:\n",
                        "externalServices:\n  - {name: account, service: storage, address: 13.69.40.17, " + account
                                + "}\nnetworkSecurityGroups:\n");
        return Traced.about(world, "--from", "mi-prod", "--to", "account", "--format", "json");
    }

    @Test
    @DisplayName("62, no list of addresses lets the instance into a storage account of its own region")
    void auditToListedAccount() {
        Traced own = storage("location: westeurope, allowedAddresses: [52.1.2.3, 52.0.0.0/8]");
        assertThat(own.blockers()).containsExactly("SERVICE_FIREWALL");
        assertThat(own.out()).contains("no address rule helps", "SAME_REGION_NOT_TRANSLATED");
        assertThat(outcome(storage("location: northeurope, allowedAddresses: 52.1.2.3")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("63, a storage firewall that is switched on locks the instance out, wherever the account is")
    void lockedOut() {
        for (String region : new String[] {"westeurope", "northeurope"}) {
            Traced traced = storage("location: " + region + ", allowedAddresses: []");
            assertThat(traced.blockers()).as(region).containsExactly("SERVICE_FIREWALL");
            assertThat(outcome(traced)).isEqualTo("refused");
        }
        assertThat(outcome(storage("location: westeurope"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("73, the tag AzureActiveDirectory alone does not open what a sign-in asks besides")
    void signIn() {
        World world = World.usual()
                .clientRules(
                        "name: allow_entra, priority: 100, direction: Outbound, access: Allow, protocol: Tcp,"
                                + " destination: AzureActiveDirectory, destinationPorts: 443",
                        DENY_OUT);
        String[] tags = {"--tag", "AzureActiveDirectory=20.190.128.0/18", "--tag", "AzureResourceManager=20.37.52.0/22"
        };
        assertThat(json(world, "--to", "AzureActiveDirectory:443", tags[0], tags[1], tags[2], tags[3])
                        .blockers())
                .isEmpty();
        assertThat(json(world, "--to", "AzureResourceManager:443", tags[0], tags[1], tags[2], tags[3])
                        .blockers())
                .containsExactly("NSG_DENY_OUTBOUND");
    }

    @Test
    @DisplayName(
            "52, what breaks without subnet_to_vnetlocal: traffic between the instance's machines leaves the subnet")
    void withoutTheLocalRoute() {
        World world = World.usual()
                .with("profile: \"2020\"", "profile: \"2020-manual\"")
                .instanceRules("name: allow_all, priority: 100, direction: Inbound, access: Allow")
                .instanceRoutes(
                        "name: subnet_to_vnetlocal, addressPrefix: 10.0.1.0/24, nextHopType: VnetLocal",
                        "name: vnet, addressPrefix: 10.0.0.0/16, nextHopType: None");
        assertThat(outcome(json(world))).isEqualTo("connected");
        Path change = Traced.scratch("- removeRoute: {routeTable: rt-mi, name: subnet_to_vnetlocal}\n");
        Traced without = json(world, "--apply", change.toString());
        Traced.delete(change);
        assertThat(without.blockers()).contains("ROUTE_NONE");
        assertThat(phase(without, "login")).isNotEqualTo("ok");
    }

    @Test
    @DisplayName("49, the rules that Azure makes are others in every era, and so are the documented ones")
    void rulesByEra() {
        Path file = Traced.scratch(World.usual().yaml());
        String ask = "effective-rules " + file + " --subnet snet-mi --profile ";
        String old = CommandRun.line(ask + "2020").exits(ExitCode.YES).out();
        String now = CommandRun.line(ask + "2022-11").exits(ExitCode.YES).out();
        Traced.delete(file);
        assertThat(old).contains("mi-sqlmgmt-in", "CorpNetSaw").doesNotContain("mi-onedsc-out");
        assertThat(now).contains("mi-onedsc-out", "mi-aad-out").doesNotContain("mi-sqlmgmt-in", "CorpNetSaw");
    }
}
