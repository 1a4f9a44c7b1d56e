package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Real cases that users told in public, each with the true cause; {@code docs/sources.md} lists where the others are. */
@DisplayName("A real case names its true cause:")
class CaseStories {
    private static final String ZONE = "0a1b2c3d4e5f.database.windows.net";
    private static final String CLOSED = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";

    private static String explanation(Traced traced) {
        return text(blocker(traced, 1), "explanation");
    }

    private static String fix(Traced traced) {
        return text((Node.Obj) Traced.given(blocker(traced, 1), "fix"), "summary");
    }

    @Test
    @DisplayName("1, the rules that were added are at the wrong end")
    void wrongEnd() {
        Traced traced = json(World.usual()
                .clientRules(
                        "name: allow_sql_out, priority: 100, direction: Outbound, access: Allow",
                        "name: allow_sql_in, priority: 100, direction: Inbound, access: Allow")
                .instanceRules(CLOSED));
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(text(blocker(traced, 1), "resource")).isEqualTo("nsg-mi");
    }

    @Test
    @DisplayName("12, a service outside every VNet needs the public endpoint and its own tag")
    void powerBi() {
        String rule =
                "name: allow_bi, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: PowerBI,"
                        + " destinationPorts: 3342";
        World world = World.usual()
                .with("dnsZone: 0a1b2c3d4e5f,", "dnsZone: 0a1b2c3d4e5f, publicDataEndpointEnabled: true,")
                .instanceRules(rule, CLOSED);
        World report = new World(world.yaml() + "clients:\n  - {name: report, kind: power-bi}\n");
        String[] ask = {
            "--from", "report", "--to", "mi-prod.public." + ZONE, "--format", "json", "--tag", "PowerBI=20.1.2.0/24"
        };
        assertThat(Traced.about(report, ask).code()).isEqualTo(ExitCode.YES);
        World other = new World(report.yaml().replace("source: PowerBI", "source: LogicApps"));
        String[] more = {
            "--from",
            "report",
            "--to",
            "mi-prod.public." + ZONE,
            "--format",
            "json",
            "--tag",
            "PowerBI=20.1.2.0/24",
            "--tag",
            "LogicApps=20.9.0.0/24"
        };
        Traced closed = Traced.about(other, more);
        assertThat(closed.blockers()).containsExactly("NSG_DENY_INBOUND");
        String[] inside = {"--from", "report", "--format", "json"};
        assertThat(Traced.about(report, inside).blockers()).containsExactly("CLIENT_OUTSIDE_VNET");
    }

    @Test
    @DisplayName("18, a rule by a list of addresses cannot hold: redirects lead to the nodes")
    void redirectTargets() {
        Traced traced = json(World.usual()
                .redirect()
                .instanceRules(
                        "name: allow_listed, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source:"
                                + " VirtualNetwork, destination: [10.0.1.4, 10.0.1.5, 10.0.1.6], destinationPorts: [1433,"
                                + " 11000-11999]",
                        CLOSED));
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(explanation(traced)).contains("allow_listed (1000) would allow it but for the destination");
        assertThat(text((Node.Obj) Traced.given(blocker(traced, 1), "fix"), "az"))
                .contains("10.0.1.0/24");
    }

    @Test
    @DisplayName("24, an alias reaches the gateway, and the gateway knows no such server")
    void alias() {
        Traced traced = json(World.usual(), "--to", "sql.contoso.com", "--resolve", "sql.contoso.com=10.0.1.4");
        assertThat(symptom(traced)).isEqualTo("login-error 40532");
        assertThat(traced.blockers()).containsExactly("GATEWAY_NAME_UNKNOWN");
        Traced strict = json(
                World.usual(),
                "--to",
                "sql.contoso.com",
                "--resolve",
                "sql.contoso.com=10.0.1.4",
                "--validate-certificate");
        assertThat(strict.blockers()).first().isEqualTo("CERTIFICATE_NAME");
    }

    @Test
    @DisplayName("25, the certificate has no privatelink name")
    void privateLinkName() {
        String name = "mi-prod.privatelink." + ZONE;
        Traced traced =
                json(World.usual(), "--to", name, "--resolve", name + "=10.0.1.4", "--driver", "mssql-jdbc@12.8");
        assertThat(traced.blockers()).first().isEqualTo("CERTIFICATE_NAME");
        assertThat(symptom(traced)).isEqualTo("certificate-error null");
        Traced unresolved = json(World.usual(), "--to", name);
        assertThat(fix(unresolved)).contains(World.NAME);
    }

    @Test
    @DisplayName("27, somebody else's private zone took the name away")
    void privatised() {
        Traced traced = json(World.usual(), "--resolve", World.NAME + "=none");
        assertThat(traced.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        assertThat(symptom(traced)).isEqualTo("name-error null");
    }

    @Test
    @DisplayName("28, the host name lacks its zone")
    void noZone() {
        Traced traced = json(World.usual(), "--to", "mi-prod.database.windows.net");
        assertThat(explanation(traced)).contains("zone id is missing").contains(World.NAME);
    }

    @Test
    @DisplayName("29, 3442 is 3342 with a slip, and 3342 belongs to the public name")
    void nearMissOfThePort() {
        Traced slip = json(World.usual(), "--to", "mi-prod.public." + ZONE + ":3442");
        assertThat(explanation(slip)).contains("port 3342 only");
        Traced wrongName = json(World.usual(), "--to", World.NAME + ":3342");
        assertThat(explanation(wrongName)).contains("port 3342 belongs to the public endpoint");
    }

    @Test
    @DisplayName("38, whether global peering serves is a matter of the era")
    void globalPeering() {
        World world = World.usual().global();
        assertThat(json(world, "--profile", "2020").blockers()).containsExactly("GLOBAL_PEERING_BASIC_LB");
        assertThat(outcome(json(world, "--profile", "current"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("53, 0.0.0.0/0 to a firewall needs the way back to be the way there")
    void defaultRouteToFirewall() {
        String toFirewall =
                "name: default, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4";
        // Peering and VNet routes are longer, so clients of the network are not touched.
        assertThat(outcome(json(World.usual().instanceRoutes(toFirewall)))).isEqualTo("connected");
        World site = World.usual()
                .withSite()
                .instanceRoutes(
                        toFirewall,
                        "name: office, addressPrefix: 192.168.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress:"
                                + " 10.0.2.4");
        Traced office = Traced.about(site, "--from", "192.168.1.10", "--format", "json");
        assertThat(office.blockers()).containsExactly("ASYMMETRIC_RETURN");
    }

    @Test
    @DisplayName("55, propagation switched off hides the way back to the site")
    void propagationOff() {
        World site = World.usual().withSite();
        assertThat(Traced.about(site, "--from", "192.168.1.10", "--format", "json")
                        .code())
                .isEqualTo(ExitCode.YES);
        World off = site.with("- name: rt-mi\n", "- name: rt-mi\n    disableBgpRoutePropagation: true\n");
        Traced traced = Traced.about(off, "--from", "192.168.1.10", "--format", "json");
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE");
        assertThat(text(blocker(traced, 1), "direction")).isEqualTo("return");
    }

    @Test
    @DisplayName("58, a hub with gateway transit does not join its spokes")
    void spokesApart() {
        World world = World.usual()
                .withFarSpoke("")
                .with(
                        "{name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}",
                        "{name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected, allowGatewayTransit: true}\n"
                                + "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected,"
                                + " allowGatewayTransit: true}");
        Traced traced = json(world, "--to", "10.2.0.4:1433");
        // The other spoke is no part of VirtualNetwork here, so the default rules stop the packet before the route
        // does.
        assertThat(traced.blockers()).containsExactly("NSG_DENY_OUTBOUND", "PEERING_NOT_TRANSITIVE");
    }

    @Test
    @DisplayName("59, what a gateway forwards needs no forwarded-traffic switch")
    void gatewayForwards() {
        World world = World.usual()
                .withSite()
                .with(
                        "remoteVnet: vnet-spoke, state: Connected",
                        "remoteVnet: vnet-spoke, state: Connected, allowGatewayTransit: true")
                .with(
                        "remoteVnet: vnet-hub, state: Connected",
                        "remoteVnet: vnet-hub, state: Connected, useRemoteGateways: true");
        Traced traced = Traced.about(world, "--from", "192.168.1.10", "--to", "10.1.0.4:1433", "--format", "json");
        assertThat(outcome(traced)).isEqualTo("connected");
    }
}
