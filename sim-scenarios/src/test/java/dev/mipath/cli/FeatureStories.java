package dev.mipath.cli;

import static dev.mipath.cli.Traced.items;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.mipath.format.Node;
import dev.mipath.format.Schemas;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("What a feature needs")
class FeatureStories {
    private static final com.networknt.schema.Schema SCHEMA = SchemaRegistry.withDefaultDialect(
                    SpecificationVersion.DRAFT_2020_12)
            .getSchema(Schemas.text("feature"));
    private static final String BY_FIREWALL =
            "{name: by-firewall, addressPrefix: 10.2.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress:"
                    + " 10.1.2.4}";
    private static final String FIREWALL_SUBNET = "      - {name: fw, addressPrefix: 10.1.2.0/24}\n";
    private static final World TWO = new World("""
        mipath: topology/1
        profile: current
        vnets:
          - name: vnet-a
            location: westeurope
            addressPrefixes: 10.1.0.0/16
            subnets:
              - {name: mi, addressPrefix: 10.1.1.0/24, networkSecurityGroup: nsg-a, routeTable: rt-a, delegations: Microsoft.Sql/managedInstances}
            peerings:
              - {name: a-b, remoteVnet: vnet-b, state: Connected}
          - name: vnet-b
            location: northeurope
            addressPrefixes: 10.2.0.0/16
            subnets:
              - {name: mi, addressPrefix: 10.2.1.0/24, networkSecurityGroup: nsg-b, routeTable: rt-b, delegations: Microsoft.Sql/managedInstances}
              - {name: app, addressPrefix: 10.2.2.0/24}
            peerings:
              - {name: b-a, remoteVnet: vnet-a, state: Connected}
        networkSecurityGroups:
          - name: nsg-a
            rules:
              - {name: allow_geo, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: 10.2.0.0/16, destinationPorts: [135, 1433, 5022, 11000-11999]}
              - {name: deny_all_in, priority: 4096, direction: Inbound, access: Deny}
          - name: nsg-b
            rules:
              - {name: allow_geo, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.1.0/24, destinationPorts: [1433, 5022, 11000-11999]}
              - {name: deny_all_in, priority: 4096, direction: Inbound, access: Deny}
        routeTables: [{name: rt-a}, {name: rt-b}]
        virtualMachines: [{name: sqlserver, networkInterfaces: nic}]
        networkInterfaces: [{name: nic, subnet: app, privateIpAddress: 10.2.2.4}]
        managedInstances:
          - {name: mi-a, subnet: vnet-a/mi, dnsZone: 0a1b2c3d4e5f}
          - {name: mi-b, subnet: vnet-b/mi, dnsZone: 0a1b2c3d4e5f}
        """);

    private static Traced ask(World world, String feature, String from, String peer) {
        Traced traced = Traced.about(world, "--feature", feature, "--from", from, "--peer", peer, "--format", "json");
        assertThat(SCHEMA.validate(traced.out(), InputFormat.JSON)).isEmpty();
        return traced;
    }

    private static Traced group(World world) {
        return ask(world, "failover-group", "mi-a", "mi-b");
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

    private static List<String> parts(Traced traced, int flow) {
        Node.Obj walked = items(traced.document(), "flows").get(flow);
        return items(walked, "parts").stream()
                .map(part -> text(part, "ports") + " " + text(part, "outcome"))
                .toList();
    }

    @Test
    @DisplayName("tells closed ports in as few ranges as there are")
    void closedPorts() {
        String told = Traced.scenario("hub-spoke-redirect-works", "--feature", "dtc", "--peer", "app-vm")
                .out();
        assertThat(told).contains("not 1024-1432, 1434-10999, 12000-65535  ");
        assertThat(told).doesNotContain("not 1024-65535");
    }

    @Test
    @DisplayName("a failover group walks both ranges both ways")
    void failoverGroup() {
        Traced traced = group(TWO);
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(text(traced.document(), "outcome")).isEqualTo("connected");
        assertThat(needs(traced))
                .containsExactly("same-dns-zone ok", "other-region ok", "no-overlap ok", "own-group-and-table ok");
        assertThat(flows(traced))
                .containsExactly(
                        "mi-a mi-b 5022 ok",
                        "mi-b mi-a 5022 ok",
                        "mi-a mi-b 11000-11999 ok",
                        "mi-b mi-a 11000-11999 ok");
    }

    @Test
    @DisplayName("case 34: rules written for another prefix than the peer's subnet stop one direction")
    void rulesForAnotherPrefix() {
        Traced traced = group(TWO.with("source: 10.2.0.0/16", "source: 10.0.0.0/24"));
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        assertThat(flows(traced))
                .containsExactly(
                        "mi-a mi-b 5022 ok",
                        "mi-b mi-a 5022 failed",
                        "mi-a mi-b 11000-11999 ok",
                        "mi-b mi-a 11000-11999 failed");
        String told = Traced.about(
                        TWO.with("source: 10.2.0.0/16", "source: 10.0.0.0/24"),
                        "--feature",
                        "failover-group",
                        "--from",
                        "mi-a",
                        "--peer",
                        "mi-b")
                .out();
        assertThat(told).contains("it names 10.0.0.0/24, the flow has 10.2.1.").contains("az network nsg rule create");
    }

    @Test
    @DisplayName("a range that is open in part is told by its parts")
    void partOfARange() {
        Traced traced = group(TWO.with(
                "source: 10.1.1.0/24, destinationPorts: [1433, 5022, 11000-11999]",
                "source: 10.1.1.0/24, destinationPorts: [1433, 5022, 11000-11500]"));
        assertThat(parts(traced, 2)).containsExactly("11000-11500 ok", "11501-11999 failed");
        assertThat(parts(traced, 3)).containsExactly("11000-11999 ok");
    }

    @Test
    @DisplayName("case 35: another DNS zone, one region, an overlap or a shared table fail before any packet")
    void needsBroken() {
        assertThat(needs(group(TWO.with(
                        "mi-b, subnet: vnet-b/mi, dnsZone: 0a1b2c3d4e5f",
                        "mi-b, subnet: vnet-b/mi, dnsZone: 00112233aabb"))))
                .contains("same-dns-zone failed");
        assertThat(needs(group(TWO.with("location: northeurope", "location: West Europe"))))
                .contains("other-region failed");
        assertThat(needs(
                        group(TWO.with("addressPrefixes: 10.2.0.0/16", "addressPrefixes: [10.2.0.0/16, 10.1.9.0/24]"))))
                .contains("no-overlap failed");
        assertThat(needs(group(TWO.with("routeTable: rt-b", "routeTable: rt-a"))))
                .contains("own-group-and-table failed");
    }

    @Test
    @DisplayName("what the input does not say of a need is open, exit 3")
    void needsUnknown() {
        Traced traced = group(TWO.with("mi-b, subnet: vnet-b/mi, dnsZone: 0a1b2c3d4e5f", "mi-b, subnet: vnet-b/mi"));
        assertThat(needs(traced)).contains("same-dns-zone undetermined");
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
    }

    @Test
    @DisplayName("case 33: a path through a hub has to carry both directions")
    void throughAnAppliance() {
        World hub = TWO.with("{name: rt-a}", "{name: rt-a, routes: [" + BY_FIREWALL + "]}")
                .with(
                        "routeTable: rt-a, delegations: Microsoft.Sql/managedInstances}\n",
                        "routeTable: rt-a, delegations: Microsoft.Sql/managedInstances}\n" + FIREWALL_SUBNET)
                .with(
                        "networkInterfaces: [",
                        "networkInterfaces: [{name: fw-nic, subnet: fw, privateIpAddress: 10.1.2.4,"
                                + " enableIpForwarding: true}, ");
        Traced traced = group(hub);
        assertThat(flows(traced)).contains("mi-b mi-a 5022 failed");
        assertThat(traced.out()).contains("ASYMMETRIC_RETURN");
    }

    @Test
    @DisplayName("the link opens 5022 towards the server, and both ranges towards the instance")
    void link() {
        Traced traced = ask(TWO, "link", "mi-a", "sqlserver");
        assertThat(flows(traced))
                .containsExactly("sqlserver mi-a 5022 ok", "sqlserver mi-a 11000-11999 ok", "mi-a sqlserver 5022 ok");
        assertThat(ask(TWO, "link", "mi-b", "sqlserver").code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("case 2: replication logs in to the peer by its name and needs the files")
    void replication() {
        Traced traced = ask(TWO, "replication", "mi-a", "mi-b");
        assertThat(flows(traced)).first().isEqualTo("mi-a mi-b 1433 ok");
        assertThat(flows(traced)).hasSize(2);
        Traced closed = ask(
                TWO.with("source: 10.1.1.0/24, destinationPorts: [1433, ", "source: 10.1.1.0/24, destinationPorts: ["),
                "replication",
                "mi-a",
                "mi-b");
        assertThat(flows(closed)).first().isEqualTo("mi-a mi-b 1433 failed");
    }

    @Test
    @DisplayName("DTC needs 135 and all high ports both ways, and a short host name")
    void dtc() {
        Traced traced = ask(TWO, "dtc", "mi-a", "sqlserver");
        assertThat(needs(traced)).containsExactly("short-host-name ok");
        assertThat(flows(traced))
                .containsExactly(
                        "mi-a sqlserver 135 ok",
                        "sqlserver mi-a 135 ok",
                        "mi-a sqlserver 1024-65535 ok",
                        "sqlserver mi-a 1024-65535 failed");
        assertThat(parts(traced, 3))
                .containsExactly(
                        "1024-1432 failed",
                        "1433 ok",
                        "1434-5021 failed",
                        "5022 ok",
                        "5023-10999 failed",
                        "11000-11999 ok",
                        "12000-65535 failed");
        World longer = TWO.with(
                "virtualMachines: [{name: sqlserver,", "virtualMachines: [{name: sqlserver-in-the-head-office,");
        assertThat(needs(ask(longer, "dtc", "mi-a", "sqlserver-in-the-head-office")))
                .containsExactly("short-host-name failed");
    }

    @Test
    @DisplayName("is asked of an instance and a peer")
    void refused() {
        assertThat(Traced.about(TWO, "--feature", "dtc", "--from", "mi-a").err())
                .contains("missing --peer WHERE");
        assertThat(Traced.about(TWO, "--peer", "sqlserver").err()).contains("goes with --feature");
        assertThat(Traced.about(TWO, "--feature", "dtc", "--peer", "sqlserver", "--driver", "odbc@17")
                        .err())
                .contains("leave out --driver");
        assertThat(Traced.about(TWO, "--feature", "dtc", "--peer", "sqlserver").err())
                .contains("2 managed instances");
        assertThat(Traced.about(TWO, "--feature", "failover-group", "--from", "mi-a", "--peer", "sqlserver")
                        .err())
                .contains("made of two");
        assertThat(Traced.about(TWO, "--feature", "link", "--from", "mi-a", "--peer", "mi-a")
                        .err())
                .contains("the instance itself");
        assertThat(Traced.about(TWO, "--feature", "link", "--from", "mi-c", "--peer", "mi-a")
                        .err())
                .contains("did you mean `mi-a`?");
    }
}
