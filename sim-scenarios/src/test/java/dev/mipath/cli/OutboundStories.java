package dev.mipath.cli;

import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import dev.mipath.profile.Dependency;
import dev.mipath.profile.Era;
import dev.mipath.testing.SharedData;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@DisplayName("What an instance connects to by itself")
class OutboundStories {
    private static final String TO_FIREWALL =
            "name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4";
    private static final String DENY_OUT = "name: deny_out, priority: 4096, direction: Outbound, access: Deny";

    private static Traced to(World world, String target, String... more) {
        String[] arguments = new String[more.length + 6];
        arguments[0] = "--from";
        arguments[1] = "mi-prod";
        arguments[2] = "--to";
        arguments[3] = target;
        arguments[4] = "--format";
        arguments[5] = "json";
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Traced.about(world, arguments);
    }

    static List<String> needed() {
        return Dependency.of(Era.Y2020).stream()
                .filter(Dependency::always)
                .map(Dependency::name)
                .toList();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("needed")
    @DisplayName("is reached through the rules and routes that the service adds, whatever else the customer denies")
    void reached(String name) {
        Traced traced = to(World.usual().instanceRules(DENY_OUT), name);
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
    }

    @Test
    @DisplayName("is stopped where the customer writes the rules and forgets it, with what it means")
    void deniedByGroup() {
        World manual = World.usual()
                .with("profile: \"2020\"", "profile: \"2020-manual\"")
                .instanceRules(DENY_OUT);
        Traced traced = to(manual, "storage");
        assertThat(traced.blockers()).containsExactly("NSG_DENY_OUTBOUND");
        assertThat(symptom(traced)).isEqualTo("timeout null");
        assertThat(traced.out()).contains("backups stop");
        Path file = Traced.scratch(Fixes.of(traced).yaml());
        assertThat(outcome(to(manual, "storage", "--apply", file.toString()))).isEqualTo("connected");
        Traced.delete(file);
    }

    @Test
    @DisplayName("4.55: the file share of replication needs port 445, which no rule of the service opens")
    void replication() {
        Traced closed = to(World.usual().instanceRules(DENY_OUT), "azurefiles");
        assertThat(closed.blockers()).containsExactly("NSG_DENY_OUTBOUND");
        assertThat(closed.out()).contains("error 53", "\"port\" : 445");
        World open = World.usual()
                .instanceRules(
                        "name: smb, priority: 500, direction: Outbound, access: Allow, protocol: Tcp,"
                                + " destinationPorts: 445",
                        DENY_OUT);
        assertThat(outcome(to(open, "azurefiles"))).isEqualTo("connected");
        assertThat(to(World.usual().instanceRules(DENY_OUT), "storage:445").blockers())
                .containsExactly("NSG_DENY_OUTBOUND");
    }

    @Test
    @DisplayName("trap 21: a service of another region sees the management endpoint, one of the own region does not")
    void sameRegion() {
        World world = World.usual().with("tier: GeneralPurpose", "tier: GeneralPurpose, managementIpAddress: 52.1.2.3");
        Traced own = to(world, "storage");
        assertThat(own.out())
                .contains("SAME_REGION_NOT_TRANSLATED", "sees it as 10.0.1.7, its private address")
                .doesNotContain("52.1.2.3");
        Traced other = to(world.global().with("location: westeurope", "location: northcentralus"), "storage");
        assertThat(other.out()).contains("sees it as 52.1.2.3.").doesNotContain("SAME_REGION_NOT_TRANSLATED");
    }

    @Test
    @DisplayName("is looked up at the customer's DNS servers, which have to answer")
    void customDns() {
        World world = World.usual()
                .with("addressPrefixes: 10.0.0.0/16", "addressPrefixes: 10.0.0.0/16\n    dnsServers: 10.9.9.9");
        assertThat(to(world, "storage").blockers()).first().isEqualTo("DNS_SERVER_UNREACHABLE");
        World own = World.usual()
                .with("addressPrefixes: 10.0.0.0/16", "addressPrefixes: 10.0.0.0/16\n    dnsServers: 10.0.2.4");
        assertThat(to(own, "storage").out()).contains("PUBLIC_NAMES_ASSUMED");
        assertThat(to(World.usual(), "storage").out()).doesNotContain("PUBLIC_NAMES_ASSUMED");
        Traced silent = to(World.usual(), "storage", "--resolve", "blob.core.windows.net=none");
        assertThat(silent.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        assertThat(symptom(silent)).isEqualTo("name-error null");
    }

    @Test
    @DisplayName("3.19: by a service endpoint it is reached from the private address")
    void serviceEndpoint() {
        Path tags = serviceTags();
        World world = World.usual()
                .with(
                        "delegations: Microsoft.Sql/managedInstances}",
                        "delegations: Microsoft.Sql/managedInstances, serviceEndpoints: Microsoft.Storage}")
                .instanceRoutes(TO_FIREWALL);
        Traced traced = to(world, "storage", "--service-tags", tags.toString());
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.out()).contains("SERVICE_ENDPOINT_SOURCE").doesNotContain("FORCED_TUNNELLING");
    }

    @Test
    @DisplayName("goes through a firewall where a route says so and no route of the service says otherwise")
    void forcedTunnelling() {
        World world = World.usual().instanceRoutes(TO_FIREWALL);
        assertThat(to(world, "mail").out()).contains("FORCED_TUNNELLING");
        assertThat(to(world, "storage").out()).doesNotContain("FORCED_TUNNELLING");
        Traced gateway = to(
                World.usual()
                        .withSite()
                        .instanceRoutes("name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualNetworkGateway"),
                "mail");
        assertThat(gateway.blockers()).containsExactly("ROUTE_NO_PATH");
    }

    @Test
    @DisplayName("4.24: what the 166 routes of 2020 no longer cover of today's SqlManagement comes out of the routes")
    void routesOf2020() {
        Path tags = serviceTags();
        Traced traced =
                Traced.scenario("forced-tunnelling-2020", "--service-tags", tags.toString(), "--format", "json");
        assertThat(outcome(traced)).isEqualTo("blocked");
        Node.Obj spread = (Node.Obj) Traced.given(traced.document(), "tagRoutes");
        assertThat(Traced.text(spread, "tag")).isEqualTo("SqlManagement");
        assertThat(Traced.text(spread, "prefixes")).isEqualTo("545");
        assertThat(Traced.items(spread, "ways").stream()
                        .map(way -> Traced.text(way, "count") + " " + Traced.text(way, "nextHop") + " "
                                + Traced.text(way, "outcome")))
                .containsExactlyInAnyOrder("412 Internet connected", "133 VirtualAppliance 10.0.2.4 blocked");
        // Every one is named.
        assertThat(traced.out()).contains("\"4.190.146.192/26\"", "\"13.64.155.40/32\"");
        Traced text = Traced.scenario("forced-tunnelling-2020", "--service-tags", tags.toString());
        assertThat(text.out()).contains("133 of 545 IPv4 prefixes", "412 of 545 IPv4 prefixes", "+127");
        // A route to the tag mends it, and the firewall keeps the rest.
        Fixes fixes = Fixes.of(traced);
        Path file = Traced.scratch(fixes.yaml());
        Traced mended = Traced.scenario(
                "forced-tunnelling-2020",
                "--service-tags",
                tags.toString(),
                "--apply",
                file.toString(),
                "--format",
                "json");
        Traced.delete(file);
        assertThat(fixes.yaml()).contains("addRoute");
        assertThat(outcome(mended)).isEqualTo("connected");
    }

    private static Path serviceTags() {
        return SharedData.require("azure/servicetags/ServiceTags_Public.femueller.json");
    }

    private static World with(String... services) {
        StringBuilder lines = new StringBuilder("externalServices:\n");
        for (String service : services) lines.append("  - {").append(service).append("}\n");
        return World.usual()
                .with("tier: GeneralPurpose", "tier: GeneralPurpose, managementIpAddress: 52.1.2.3")
                .with("networkSecurityGroups:\n", lines + "networkSecurityGroups:\n");
    }

    @Test
    @DisplayName(
            "trap 21: a storage firewall that allows the management address keeps the instance out in its own region")
    void storageFirewall() {
        World world = with(
                "name: near, service: storage, address: 13.69.40.17, location: West Europe, allowedAddresses: 52.1.2.3",
                "name: far, service: storage, address: 13.70.208.17, location: northeurope, allowedAddresses: 52.1.2.3",
                "name: shut, service: storage, address: 13.70.208.18, location: northeurope, allowedAddresses: []");
        Traced near = to(world, "near");
        assertThat(near.blockers()).containsExactly("SERVICE_FIREWALL");
        assertThat(outcome(near)).isEqualTo("refused");
        assertThat(Traced.phase(near, "connect")).isEqualTo("ok");
        assertThat(Traced.phase(near, "login")).isEqualTo("failed");
        assertThat(near.out()).contains("no address rule helps", "SAME_REGION_NOT_TRANSLATED", "error 5");
        assertThat(outcome(to(world, "far"))).isEqualTo("connected");
        Traced shut = to(world, "shut");
        assertThat(shut.blockers()).containsExactly("SERVICE_FIREWALL");
        assertThat(shut.out()).contains("let in 52.1.2.3 at the service's firewall");
        // The region that is declared wins over what the tag says of the address.
        World moved = with(
                "name: odd, service: storage, address: 13.69.40.17, location: northeurope, allowedAddresses: 52.1.2.3");
        assertThat(outcome(to(moved, "odd"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("3.19: a subnet is let in by its service endpoint, and by nothing else")
    void subnetRule() {
        Path tags = serviceTags();
        String account = "name: near, service: storage, address: 13.69.40.17, location: westeurope, allowedSubnets:"
                + " vnet-hub/snet-mi";
        assertThat(to(with(account), "near", "--service-tags", tags.toString()).blockers())
                .containsExactly("SERVICE_FIREWALL");
        World endpoint = with(account)
                .with(
                        "delegations: Microsoft.Sql/managedInstances}",
                        "delegations: Microsoft.Sql/managedInstances, serviceEndpoints: Microsoft.Storage}");
        Traced open = to(endpoint, "near", "--service-tags", tags.toString());
        assertThat(outcome(open)).isEqualTo("connected");
        assertThat(open.out()).contains("SERVICE_ENDPOINT_SOURCE");
    }

    @Test
    @DisplayName("an allowed range that the input does not give leaves the answer open")
    void unknownFirewall() {
        Traced traced = to(
                with("name: far, service: storage, address: 13.70.208.17, location: northeurope, allowedAddresses:"
                        + " {unknown: ranges}"),
                "far");
        assertThat(outcome(traced)).isEqualTo("undetermined");
        assertThat(Traced.given(traced.document(), "missing").toString()).contains("ranges");
    }

    @Test
    @DisplayName("4.18: a linked server that speaks no TLS 1.2 is reached and not understood")
    void oldSqlServer() {
        World world = with(
                "name: erp, address: 10.1.0.4, tlsVersion: \"1.0\"",
                "name: new, address: 10.1.0.4, tlsVersion: \"1.2\"");
        Traced old = to(world, "erp");
        assertThat(old.blockers()).containsExactly("TLS_VERSION");
        assertThat(outcome(old)).isEqualTo("refused");
        assertThat(old.out()).contains("January 2020", "3135244");
        assertThat(outcome(to(world, "new"))).isEqualTo("connected");
        assertThat(to(world, "erp:1434").out()).contains("\"port\" : 1434");
        // On its way to a site it meets what everybody meets.
        World office = with("name: erp, address: 192.168.7.8").withSite();
        assertThat(outcome(to(office, "erp"))).isEqualTo("connected");
        assertThat(to(with("name: erp, address: 192.168.7.8"), "erp").blockers())
                .containsExactly("NSG_DENY_OUTBOUND", "ROUTE_NONE");
    }

    @Test
    @DisplayName("is another list in every era")
    void eras() {
        assertThat(outcome(to(World.usual(), "onedsc", "--profile", "2022-11"))).isEqualTo("connected");
        Traced gone = Traced.about(World.usual(), "--from", "mi-prod", "--to", "eventhub", "--profile", "current");
        assertThat(gone.code()).isEqualTo(ExitCode.USAGE);
        assertThat(gone.err()).contains("do not depend on eventhub", "onedsc");
        // A name wins over the tag of the same name, for instances only.
        Traced tag = Traced.about(World.usual(), "--from", "app-vm", "--to", "Storage", "--format", "json");
        assertThat(tag.out()).contains("TAG_SAMPLED").doesNotContain("blob.core.windows.net");
    }
}
