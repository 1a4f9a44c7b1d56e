package dev.mipath.cli;

import static dev.mipath.cli.Traced.items;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Schemas;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a feature needs of services, endpoints and names")
class FeatureServiceStories {
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("feature"));
    private static final String DENY_OUT = "name: deny_out, priority: 4096, direction: Outbound, access: Deny";
    private static final String DENY_IN = "name: deny_in, priority: 4096, direction: Inbound, access: Deny";
    private static final String ZONE = "privatelink.0a1b2c3d4e5f.database.windows.net";

    private static Traced ask(World world, String feature, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--feature", feature, "--format", "json"));
        arguments.addAll(List.of(more));
        Traced traced = Traced.about(world, arguments.toArray(String[]::new));
        assertThat(SCHEMA.validate(traced.out(), InputFormat.JSON)).isEmpty();
        return traced;
    }

    private static List<String> needs(Traced traced) {
        return items(traced.document(), "preconditions").stream()
                .map(need -> text(need, "name") + " " + text(need, "outcome"))
                .toList();
    }

    private static List<String> flows(Traced traced) {
        return items(traced.document(), "flows").stream()
                .map(flow -> text(flow, "from") + " " + text(flow, "to") + " " + text(flow, "ports") + " "
                        + text(flow, "outcome"))
                .toList();
    }

    private static World manual(String... rules) {
        return World.usual()
                .with("profile: \"2020\"", "profile: \"2020-manual\"")
                .instanceRules(rules);
    }

    private static World zone(String name, String vnet) {
        return World.usual()
                .with(
                        "managedInstances:\n",
                        "privateDnsZones: [{name: " + name + ", links: " + vnet
                                + ", records: []}]\nmanagedInstances:\n");
    }

    @Test
    @DisplayName("backups go to the storage that the era's rules open, and nobody else has to be named")
    void backup() {
        Traced traced = ask(World.usual(), "backup");
        assertThat(needs(traced)).containsExactly("reserved-zones ok", "public-names ok");
        assertThat(flows(traced)).containsExactly("mi-prod storage 443 ok");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(flows(ask(manual(DENY_OUT), "backup"))).containsExactly("mi-prod storage 443 failed");
    }

    @Test
    @DisplayName("case 63: a backup to an account of one's own meets that account's firewall")
    void backupToOwnAccount() {
        World own = World.usual()
                .with(
                        "managedInstances:\n",
                        "externalServices: [{name: ownbackups, address: 20.60.1.4, service: storage,"
                                + " location: westeurope, allowedAddresses: 203.0.113.0/24}]\nmanagedInstances:\n");
        Traced traced = ask(own, "backup", "--peer", "ownbackups");
        assertThat(flows(traced)).containsExactly("mi-prod storage 443 ok", "mi-prod ownbackups 443 failed");
        assertThat(traced.out()).contains("SERVICE_FIREWALL");
        assertThat(flows(ask(own, "audit", "--peer", "ownbackups"))).containsExactly("mi-prod ownbackups 443 failed");
    }

    @Test
    @DisplayName("an audit goes to the one target that is named, and to storage without a name")
    void audit() {
        assertThat(flows(ask(World.usual(), "audit"))).containsExactly("mi-prod storage 443 ok");
        assertThat(flows(ask(World.usual(), "audit", "--peer", "eventhub"))).containsExactly("mi-prod eventhub 443 ok");
        Traced gone = ask(World.usual().with("profile: \"2020\"", "profile: current"), "audit", "--peer", "eventhub");
        assertThat(gone.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(gone.out()).contains("do not depend on eventhub");
        assertThat(ask(World.usual(), "audit", "--peer", "nothing-known").out()).contains("what nothing-known is");
    }

    @Test
    @DisplayName("a private zone at the instance's VNet that takes over a reserved name breaks what needs the name")
    void reservedZone() {
        Traced here = ask(zone("blob.core.windows.net", "vnet-hub"), "backup");
        assertThat(needs(here)).contains("reserved-zones failed");
        assertThat(here.code()).isEqualTo(ExitCode.NO);
        assertThat(needs(ask(zone("blob.core.windows.net", "vnet-spoke"), "backup")))
                .contains("reserved-zones ok");
        assertThat(needs(ask(zone("privatelink.blob.core.windows.net", "vnet-hub"), "backup")))
                .contains("reserved-zones ok");
    }

    @Test
    @DisplayName("a DNS server of the VNet that asks nobody leaves the instance without public names")
    void serverWithoutForwarder() {
        World own = World.usual()
                .with("- name: vnet-hub\n", "- name: vnet-hub\n    dnsServers: 10.0.2.9\n")
                .with(
                        "managedInstances:\n",
                        "dnsServers: [{name: dc, address: 10.0.2.9, forwardsTo: nothing}]\nmanagedInstances:\n");
        assertThat(needs(ask(own, "entra"))).contains("public-names failed");
    }

    @Test
    @DisplayName("the public endpoint has to be on, and 3342 open")
    void publicEndpoint() {
        Traced off = ask(World.usual(), "public-endpoint", "--peer", "8.8.8.8");
        assertThat(needs(off)).containsExactly("public-endpoint-on failed");
        World on =
                World.usual().with("proxyOverride: Proxy", "proxyOverride: Redirect, publicDataEndpointEnabled: true");
        Traced closed = ask(on.instanceRules(DENY_IN), "public-endpoint", "--peer", "8.8.8.8");
        assertThat(needs(closed)).containsExactly("public-endpoint-on ok");
        assertThat(closed.out()).contains("NSG_DENY_INBOUND");
        Traced open = ask(
                on.instanceRules(
                        "name: allow_public, priority: 1300, direction: Inbound, access: Allow, protocol: Tcp, source:"
                                + " Internet, destinationPorts: 3342",
                        DENY_IN),
                "public-endpoint",
                "--peer",
                "8.8.8.8");
        assertThat(open.code()).isEqualTo(ExitCode.YES);
        assertThat(flows(open)).containsExactly("8.8.8.8 mi-prod.public.0a1b2c3d4e5f.database.windows.net 3342 ok");
    }

    private static World endpoint(String links, String records) {
        return World.usual()
                .with(
                        "managedInstances:\n",
                        "privateEndpoints: [{name: pe-mi, subnet: snet-app, privateIpAddress: 10.1.0.50, service:"
                                + " mi-prod}]\nprivateDnsZones: [{name: " + ZONE + ", links: " + links + ", records: "
                                + records + "}]\nmanagedInstances:\n");
    }

    @Test
    @DisplayName("a private endpoint needs its zone at the client's VNet and never at the instance's")
    void privateEndpoint() {
        String record = "[{name: mi-prod, addresses: 10.1.0.50}]";
        Traced well = ask(endpoint("vnet-spoke", record), "private-endpoint", "--peer", "app-vm");
        assertThat(needs(well))
                .containsExactly("private-endpoint-made ok", "zone-at-client ok", "zone-not-at-instance ok");
        assertThat(flows(well)).containsExactly("app-vm pe-mi 1433 ok");
        Traced wrong = ask(endpoint("vnet-hub", record), "private-endpoint", "--peer", "app-vm");
        assertThat(needs(wrong))
                .containsExactly("private-endpoint-made ok", "zone-at-client failed", "zone-not-at-instance failed");
        assertThat(needs(ask(endpoint("vnet-spoke", "[]"), "private-endpoint", "--peer", "app-vm")))
                .contains("zone-at-client failed");
        Traced none = ask(World.usual(), "private-endpoint", "--peer", "app-vm");
        assertThat(needs(none)).contains("private-endpoint-made failed");
        assertThat(none.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("case 73: signing in needs the instance's way and the client's own")
    void entra() {
        Traced alone = ask(World.usual(), "entra");
        assertThat(flows(alone)).containsExactly("mi-prod aad 443 ok");
        Traced both = ask(World.usual(), "entra", "--peer", "app-vm");
        assertThat(flows(both)).containsExactly("mi-prod aad 443 ok", "app-vm aad 443 ok", "app-vm mi-prod 1433 ok");
        Traced closed = ask(
                World.usual()
                        .clientRules(
                                "name: no_sign_in, priority: 100, direction: Outbound, access: Deny, protocol: Tcp,"
                                        + " destinationPorts: 443"),
                "entra",
                "--peer",
                "app-vm");
        assertThat(flows(closed))
                .containsExactly("mi-prod aad 443 ok", "app-vm aad 443 failed", "app-vm mi-prod 1433 ok");
    }

    @Test
    @DisplayName("is told to people with and without a peer")
    void told() {
        assertThat(Traced.about(World.usual(), "--feature", "backup").out())
                .startsWith("CONNECTED   backup: mi-prod   profile 2020")
                .contains("no private DNS zone takes over");
        assertThat(Traced.about(endpoint("vnet-hub", "[]"), "--feature", "private-endpoint", "--peer", "app-vm")
                        .out())
                .startsWith("BLOCKED   private-endpoint: mi-prod and app-vm")
                .contains("breaks the instance");
    }
}
