package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.items;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import dev.mipath.profile.ClientKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that is not where its owner believes")
class ClientKindStories {
    private static final String OPEN_TO_APP =
            "name: allow_app, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.0/24,"
                    + " destinationPorts: 1433";
    private static final String CLOSED = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";

    /** The usual world with a client in it, whose name is {@code client}. */
    private static World with(String keys) {
        return with(World.usual(), keys);
    }

    private static World with(World world, String keys) {
        return new World(world.yaml() + "clients:\n  - {name: client, " + keys + "}\n");
    }

    /** A world with a VPN gateway in the hub that the spoke may use. */
    private static World dialIn() {
        return World.usual()
                .withSite()
                .with(
                        "remoteVnet: vnet-spoke, state: Connected",
                        "remoteVnet: vnet-spoke, state: Connected, allowGatewayTransit: true")
                .with(
                        "remoteVnet: vnet-hub, state: Connected",
                        "remoteVnet: vnet-hub, state: Connected, useRemoteGateways: true");
    }

    private static Traced trace(World world, String... more) {
        return from("client", world, more);
    }

    private static Traced from(String client, World world, String... more) {
        List<String> arguments = new ArrayList<>(List.of("--from", client, "--format", "json"));
        arguments.addAll(List.of(more));
        return Traced.about(world, arguments.toArray(String[]::new));
    }

    private static String fix(Traced traced) {
        return text((Node.Obj) Traced.given(blocker(traced, 1), "fix"), "summary");
    }

    private static List<String> notices(Traced traced, String list) {
        return items(traced.document(), list).stream()
                .map(notice -> text(notice, "code"))
                .toList();
    }

    @Test
    @DisplayName("an App Service without VNet integration is outside, one with it is in its subnet")
    void appService() {
        Traced outside = trace(with("kind: app-service"));
        assertThat(outcome(outside)).isEqualTo("blocked");
        assertThat(symptom(outside)).isEqualTo("timeout 10060");
        assertThat(outside.blockers()).containsExactly("CLIENT_OUTSIDE_VNET");
        assertThat(fix(outside)).contains("regional VNet integration");
        assertThat(outcome(trace(with("kind: app-service, subnet: snet-app")))).isEqualTo("connected");
    }

    @Test
    @DisplayName("case 7: an App Service cannot be integrated with the instance's own subnet")
    void appServiceInTheSubnetOfTheInstance() {
        Traced traced = trace(with("kind: app-service, subnet: snet-mi"));
        assertThat(traced.blockers()).containsExactly("CLIENT_KIND_CANNOT");
        assertThat(text(blocker(traced, 1), "explanation")).contains("instance's own subnet");
        assertThat(outcome(trace(with("kind: vm, subnet: snet-mi")))).isEqualTo("connected");
    }

    @Test
    @DisplayName("an App Service sends a public range into its VNet only when it routes all")
    void routeAll() {
        World world = World.usual()
                .with("addressPrefixes: 10.0.0.0/16", "addressPrefixes: [10.0.0.0/16, 20.1.0.0/16]")
                .with("snet-mi, addressPrefix: 10.0.1.0/24", "snet-mi, addressPrefix: 20.1.1.0/24");
        String app = "kind: app-service, subnet: snet-app";
        assertThat(outcome(trace(with(world, app + ", vnetRouteAllEnabled: true"))))
                .isEqualTo("connected");
        Traced without = trace(with(world, app + ", vnetRouteAllEnabled: false"));
        assertThat(without.blockers()).first().isEqualTo("CLIENT_ROUTE_MISSING");
        assertThat(fix(without)).contains("vnetRouteAllEnabled");
        Traced unsaid = trace(with(world, app));
        assertThat(outcome(unsaid)).isEqualTo("undetermined");
        assertThat(((Node.Arr) Traced.given(unsaid.document(), "missing")).items())
                .anySatisfy(missing -> assertThat(missing.toString()).contains("vnetRouteAllEnabled of client client"));
    }

    @Test
    @DisplayName("case 8: gateway-required integration does not go with an ExpressRoute gateway in the VNet")
    void gatewayRequired() {
        String app = "kind: app-service-gateway, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24";
        assertThat(outcome(trace(with(dialIn(), app)))).isEqualTo("connected");
        World both = dialIn().with(
                        "- {name: vgw, subnet: vnet-hub/GatewaySubnet, type: Vpn}",
                        "- {name: vgw, subnet: vnet-hub/GatewaySubnet, type: Vpn}\n"
                                + "  - {name: er, subnet: vnet-hub/GatewaySubnet, type: ExpressRoute}");
        Traced traced = trace(with(both, app));
        assertThat(traced.blockers()).containsExactly("CLIENT_KIND_CANNOT");
        assertThat(fix(traced)).contains("regional");
    }

    @Test
    @DisplayName("case 6: pods behind their node are seen by the node's address, and rules for theirs match nothing")
    void podsBehindTheirNode() {
        String rule = OPEN_TO_APP.replace("10.1.0.0/24", "10.244.0.0/16");
        World world = with(
                World.usual().instanceRules(rule, CLOSED),
                "kind: aks-overlay, subnet: snet-app, addressPrefixes: 10.244.0.0/16");
        Traced traced = trace(world);
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(text(blocker(traced, 1), "explanation"))
                .contains("allow_app (1000) would allow it but for the source: it names 10.244.0.0/16, the flow has"
                        + " 10.1.0.254");
        assertThat(notices(traced, "caveats")).contains("CLIENT_ADDRESS_TRANSLATED");
        World cni = with(World.usual().instanceRules(OPEN_TO_APP, CLOSED), "kind: aks-azure-cni, subnet: snet-app");
        assertThat(outcome(trace(cni))).isEqualTo("connected");
        assertThat(notices(trace(cni), "caveats")).doesNotContain("CLIENT_ADDRESS_TRANSLATED");
    }

    @Test
    @DisplayName("case 60: a laptop's client package holds the routes of the day it was made")
    void frozenRoutes() {
        World world = dialIn();
        String laptop = "kind: point-to-site, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24";
        Traced today = trace(with(world, laptop));
        assertThat(outcome(today)).isEqualTo("connected");
        assertThat(notices(today, "assumptions")).contains("CLIENT_ROUTES_ASSUMED");
        Traced old = trace(with(world, laptop + ", routes: [10.5.0.0/16, 10.6.0.0/16]"));
        assertThat(old.blockers()).containsExactly("CLIENT_ROUTE_MISSING");
        assertThat(text(blocker(old, 1), "explanation")).contains("(10.5.0.0/16, 10.6.0.0/16)");
        assertThat(fix(old)).contains("install the client package again");
        assertThat(outcome(trace(with(world, laptop + ", routes: 10.0.0.0/16"))))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("case 60: a peered VNet is in the package only where the gateway is in transit to it")
    void packageNeedsTransit() {
        String laptop = "kind: point-to-site, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24";
        Traced reached = trace(with(dialIn(), laptop), "--to", "10.1.0.4:1433");
        assertThat(outcome(reached)).isEqualTo("connected");
        World noTransit = dialIn().with(", allowGatewayTransit: true", "");
        Traced traced = trace(with(noTransit, laptop), "--to", "10.1.0.4:1433");
        assertThat(traced.blockers()).first().isEqualTo("CLIENT_ROUTE_MISSING");
        assertThat(traced.blockers()).contains("GATEWAY_TRANSIT_MISMATCH");
    }

    @Test
    @DisplayName("two laptops of one pool do not answer for each other")
    void onePoolTwoLaptops() {
        World world = new World(dialIn().yaml() + """
            clients:
              - {name: old, kind: point-to-site, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24, routes: 10.5.0.0/16}
              - {name: new, kind: point-to-site, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24}
            """);
        assertThat(outcome(from("old", world))).isEqualTo("blocked");
        assertThat(outcome(from("new", world))).isEqualTo("connected");
    }

    @Test
    @DisplayName("case 12 and 13: services outside every VNet reach no private address")
    void outside() {
        for (ClientKind kind : ClientKind.values()) {
            if (kind.origin() != ClientKind.Origin.OUTSIDE) continue;
            Traced traced = from("203.0.113.9", World.usual(), "--client-kind", kind.word());
            assertThat(traced.blockers()).as(kind.word()).containsExactly("CLIENT_OUTSIDE_VNET");
        }
        assertThat(fix(trace(with("kind: power-bi")))).contains("service tag PowerBI");
        assertThat(fix(trace(with("kind: hosted-agent")))).contains("agent in the VNet");
    }

    @Test
    @DisplayName("case 9: a managed VNet that prevents exfiltration reaches no public endpoint")
    void managedNetwork() {
        String target = "52.1.2.3:3342";
        Traced on = trace(with("kind: managed-vnet-runtime, preventDataExfiltration: true"), "--to", target);
        assertThat(on.blockers()).containsExactly("CLIENT_KIND_CANNOT");
        assertThat(fix(on)).contains("managed private endpoint");
        Traced unsaid = trace(with("kind: managed-vnet-runtime"), "--to", target);
        assertThat(outcome(unsaid)).isEqualTo("undetermined");
        Traced off = trace(with("kind: managed-vnet-runtime, preventDataExfiltration: false"), "--to", target);
        assertThat(off.blockers()).doesNotContain("CLIENT_KIND_CANNOT", "CLIENT_OUTSIDE_VNET");
    }

    @Test
    @DisplayName("is named by its kind alone, where --from says")
    void byKindAlone() {
        assertThat(from("snet-app", World.usual(), "--client-kind", "app-service")
                        .code())
                .isEqualTo(ExitCode.YES);
        Traced pods = from("app-vm", World.usual(), "--client-kind", "aks-overlay");
        assertThat(text((Node.Obj) Traced.given(pods.document(), "query"), "fromAddress"))
                .isEqualTo("10.1.0.4");
        assertThat(from("172.16.9.7", dialIn(), "--client-kind", "point-to-site")
                        .code())
                .isEqualTo(ExitCode.YES);
    }

    @Test
    @DisplayName("is refused where the command line does not say enough")
    void refused() {
        World usual = World.usual();
        assertThat(Traced.about(usual, "--client-kind", "vm").err()).contains("runs in a subnet");
        assertThat(Traced.about(usual, "--client-kind", "point-to-site").err()).contains("--from IP");
        assertThat(Traced.about(usual, "--client-kind", "point-to-site", "--from", "172.16.9.7")
                        .err())
                .contains("one gateway");
        assertThat(Traced.about(usual, "--client-kind", "app-service", "--from", "snet-ap")
                        .err())
                .contains("did you mean `snet-app`?");
        assertThat(Traced.about(with("kind: vm, subnet: snet-app"), "--client-kind", "power-bi", "--from", "client")
                        .err())
                .contains("is declared as vm");
    }
}
