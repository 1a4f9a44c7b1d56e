package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.phase;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that cannot reach the instance")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceStories {
    private static final String CLOSED = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";

    @Test
    @DisplayName("connects by proxy through one door")
    void proxy() {
        Traced traced = json(World.usual());
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(symptom(traced)).isEqualTo("none null");
        assertThat(phase(traced, "login")).isEqualTo("ok");
        assertThat(phase(traced, "redirect-connect")).isEqualTo("absent");
    }

    @Test
    @DisplayName("trap 4: silence is 10060, a closed door that nobody minds is 10061")
    void silenceIsNotRefusal() {
        Traced denied = json(World.usual().instanceRules(CLOSED));
        assertThat(denied.blockers()).first().isEqualTo("NSG_DENY_INBOUND");
        assertThat(symptom(denied)).isEqualTo("timeout 10060");
        World open = World.usual().with("destinationPorts: 1433", "destinationPorts: [1433, 1434]");
        // The frontend of a load balancer answers nothing by itself; only a machine can refuse.
        Traced silent = json(open, "--to", World.NAME + ":1434");
        assertThat(silent.blockers()).containsExactly("NO_LOAD_BALANCING_RULE");
        assertThat(symptom(silent)).isEqualTo("timeout 10060");
        Traced refused = json(open, "--to", "10.0.1.5:1434");
        assertThat(refused.blockers()).containsExactly("NO_LISTENER");
        assertThat(outcome(refused)).isEqualTo("refused");
        assertThat(symptom(refused)).isEqualTo("refused 10061");
        assertThat(refused.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("trap 5: the client's own group counts, and answers need no rule")
    void bothGroups() {
        World out = World.usual()
                .clientRules("name: deny_out, priority: 200, direction: Outbound, access: Deny, protocol: Tcp");
        assertThat(json(out).blockers()).containsExactly("NSG_DENY_OUTBOUND");
        World in = World.usual().clientRules("name: deny_in, priority: 200, direction: Inbound, access: Deny");
        assertThat(outcome(json(in))).isEqualTo("connected");
    }

    @Test
    @DisplayName("trap 8: the group sees the node, so the fix opens the whole subnet")
    void fixOpensSubnet() {
        World world = World.usual()
                .instanceRules(
                        "name: allow_lb, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source:"
                                + " VirtualNetwork, destination: 10.0.1.4, destinationPorts: 1433",
                        CLOSED);
        Traced traced = text(world);
        assertThat(traced.out())
                .contains("allow_lb (1000) would allow it but for the destination")
                .contains("--destination-address-prefixes 10.0.1.0/24");
    }

    @Test
    @DisplayName("trap 9: redirect fails after a good handshake on 1433")
    void redirectFailsLate() {
        Traced traced = json(World.usual().redirect());
        assertThat(phase(traced, "connect")).isEqualTo("ok");
        assertThat(phase(traced, "login")).isEqualTo("ok");
        assertThat(phase(traced, "redirect-connect")).isEqualTo("failed");
        assertThat(phase(traced, "redirect-login")).isEqualTo("assumed");
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(symptom(traced)).isEqualTo("timeout 10060");
    }

    @Test
    @DisplayName("follows a redirect where the range is open")
    void redirect() {
        World world = World.usual().redirect().with("destinationPorts: 1433", "destinationPorts: [1433, 11000-11999]");
        assertThat(outcome(json(world))).isEqualTo("connected");
    }

    @Test
    @DisplayName("an old client is proxied where a new one is redirected")
    void noRedirect() {
        Traced traced = json(World.usual().redirect(), "--no-redirect");
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(phase(traced, "redirect-dns")).isEqualTo("absent");
    }

    @Test
    @DisplayName("trap 19: without its probe rule the deny kills the load balancer")
    void probe() {
        World world = World.usual()
                .instanceRules(
                        "name: allow_tds, priority: 100, direction: Inbound, access: Allow, protocol: Tcp, source:"
                                + " VirtualNetwork, destinationPorts: 1433",
                        "name: deny_all, priority: 101, direction: Inbound, access: Deny");
        // 168.63.129.16 belongs to VirtualNetwork, so the customer's own allow lets the probe of port 1433 pass.
        assertThat(json(world).blockers()).doesNotContain("NO_HEALTHY_BACKEND");
        World narrow = World.usual()
                .instanceRules(
                        "name: allow_tds, priority: 100, direction: Inbound, access: Allow, protocol: Tcp, source:"
                                + " 10.1.0.0/16, destinationPorts: 1433",
                        "name: deny_all, priority: 101, direction: Inbound, access: Deny");
        assertThat(json(narrow).blockers()).first().isEqualTo("NO_HEALTHY_BACKEND");
    }

    @Test
    @DisplayName("trap 19: the dead probe that is named is the one of this very load balancer")
    void probeOfThisBalancer() {
        World world = World.usual()
                .with(
                        "  - {name: snet-nva,",
                        "  - {name: snet-mi0, addressPrefix: 10.0.3.0/24, networkSecurityGroup: nsg-mi0}\n"
                                + "      - {name: snet-nva,")
                .with(
                        "managedInstances:\n",
                        "managedInstances:\n  - {name: mi-other, subnet: snet-mi0, proxyOverride: Proxy}\n")
                .with(
                        "networkSecurityGroups:\n",
                        "networkSecurityGroups:\n  - name: nsg-mi0\n    rules:\n"
                                + "      - {name: deny_other, priority: 100, direction: Inbound, access: Deny}\n")
                .instanceRules("name: deny_all, priority: 100, direction: Inbound, access: Deny");
        Traced prod = json(world, "--to", World.NAME);
        assertThat(Traced.text(blocker(prod, 1), "rule")).isEqualTo("deny_all");
        Traced other = json(world, "--to", "mi-other");
        assertThat(Traced.text(blocker(other, 1), "rule")).isEqualTo("deny_other");
    }

    @Test
    @DisplayName("remote desktop to the machines is not for customers")
    void remoteDesktop() {
        for (String to : new String[] {"10.0.1.4:3389", "10.0.1.5:3389", "10.0.1.7:3389"}) {
            Traced traced =
                    json(World.usual().with("destinationPorts: 1433", "destinationPorts: [1433, 3389]"), "--to", to);
            assertThat(traced.blockers()).as(to).containsExactly("NO_CUSTOMER_ACCESS");
            assertThat(traced.code()).isEqualTo(ExitCode.NO);
        }
    }

    @Test
    @DisplayName("a security group that the input lacks leaves the answer open and says what is missing")
    void missingGroup() {
        int groups = World.usual().yaml().indexOf("  - name: nsg-mi\n");
        int tables = World.usual().yaml().indexOf("routeTables:");
        String yaml = World.usual().yaml();
        World world = new World(yaml.substring(0, groups) + yaml.substring(tables));
        Traced traced = json(world.with("networkSecurityGroup: nsg-mi", "networkSecurityGroup: {unknown: nsg-mi}"));
        assertThat(outcome(traced)).isEqualTo("undetermined");
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(Traced.given(traced.document(), "missing").toString()).contains("nsg-mi");
        assertThat(phase(traced, "connect")).isEqualTo("assumed");
        String ticket = text(
                        world.with("networkSecurityGroup: nsg-mi", "networkSecurityGroup: {unknown: nsg-mi}"),
                        "--format",
                        "md")
                .out();
        assertThat(ticket).contains("nsg-mi");
    }

    @Test
    @DisplayName("two instances of one cluster share the address and not the fate")
    void twoInstances() {
        assertThat(Traced.scenario("two-instances-one-reachable", "--from", "app-vm", "--to", "mi-blue")
                        .code())
                .isEqualTo(ExitCode.YES);
        Traced green = Traced.scenario("two-instances-one-reachable", "--from", "app-vm", "--to", "mi-green");
        assertThat(green.code()).isEqualTo(ExitCode.NO);
        assertThat(green.out()).contains("10.0.1.8:11001");
    }

    @Test
    @DisplayName("a login needs TCP")
    void datagrams() {
        Traced traced = json(
                World.usual().with("protocol: Tcp, source: VirtualNetwork", "source: VirtualNetwork"),
                "--protocol",
                "udp");
        assertThat(traced.blockers()).containsExactly("NO_LOAD_BALANCING_RULE");
        assertThat(phase(traced, "login")).isEqualTo("absent");
    }

    @Test
    @DisplayName("two faults at different phases are both found, and their fixes together connect")
    void twoFaults() {
        World world =
                World.usual().redirect().clientRoutes("name: hole, addressPrefix: 10.0.1.4/32, nextHopType: None");
        // A route for the one address matters only to whoever knows that the name stands for it.
        String answer = "mi-prod.0a1b2c3d4e5f.database.windows.net=10.0.1.4";
        Traced traced = json(world, "--resolve", answer);
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE", "NSG_DENY_INBOUND");
        assertThat(Traced.text(blocker(traced, 2), "assumed")).isEqualTo("true");
        Fixes fixes = Fixes.of(traced);
        assertThat(fixes.changes()).hasSize(2);
        java.nio.file.Path file = Traced.scratch(fixes.yaml());
        assertThat(outcome(json(world, "--apply", file.toString(), "--resolve", answer)))
                .isEqualTo("connected");
        Traced.delete(file);
    }
}
