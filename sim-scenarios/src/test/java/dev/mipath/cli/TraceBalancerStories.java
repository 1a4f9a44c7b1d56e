package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The customers' load balancers, and appliances behind one (facts 2.10, 3.7, 3.9 to 3.12, 3.18). */
class TraceBalancerStories {
    private static final String FRONTEND = "10.0.2.100";
    private static final String RULE = "{name: sql, frontend: fe, frontendPort: 1433, pool: all, probe: up}";

    /** A load balancer in front of the hub's machine {@code nva} and a second one. */
    private static World balanced(String rule) {
        return World.usual()
                .with(
                        "managedInstances:\n",
                        "loadBalancers:\n  - name: lb\n    sku: Standard\n    frontends: [{name: fe, subnet: snet-nva,"
                                + " privateIpAddress: " + FRONTEND + "}]\n    pools: [{name: all, networkInterfaces:"
                                + " [nva-nic, nva2-nic]}]\n    probes: [{name: up, port: 8080}]\n    rules: [" + rule
                                + "]\nmanagedInstances:\n")
                .with(
                        "- {name: nva, networkInterfaces: nva-nic}",
                        "- {name: nva, networkInterfaces: nva-nic}\n  - {name: nva2, networkInterfaces: nva2-nic}")
                .with(
                        "enableIpForwarding: true, virtualMachine: nva}",
                        "enableIpForwarding: true, virtualMachine: nva}\n  - {name: nva2-nic, subnet: snet-nva,"
                                + " privateIpAddress: 10.0.2.5, enableIpForwarding: true, virtualMachine: nva2}");
    }

    private static World guarded(World world, String rules) {
        return world.with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24, networkSecurityGroup: nsg-nva}")
                .with("networkSecurityGroups:\n", "networkSecurityGroups:\n  - name: nsg-nva\n    rules:\n" + rules);
    }

    @Test
    @DisplayName("the frontend hands a flow to a machine, and the answer comes back as the frontend's")
    void handsOn() {
        assertThat(outcome(json(balanced(RULE), "--to", FRONTEND))).isEqualTo("connected");
        World otherPort = balanced(RULE.replace("pool:", "backendPort: 14330, pool:"));
        assertThat(outcome(json(otherPort, "--to", FRONTEND))).isEqualTo("connected");
        assertThat(json(otherPort, "--to", FRONTEND).out()).contains("\"dstPort\" : 14330");
    }

    @Test
    @DisplayName("the group sees the machine, never the frontend")
    void groupSeesTheMachine() {
        String allow = """
                  - {name: allow, priority: 100, direction: Inbound, access: Allow, destination: TARGET}
                  - {name: probe, priority: 110, direction: Inbound, access: Allow, source: AzureLoadBalancer}
                  - {name: deny, priority: 200, direction: Inbound, access: Deny}
            """;
        World frontend = guarded(balanced(RULE), allow.replace("TARGET", FRONTEND));
        assertThat(json(frontend, "--to", FRONTEND).blockers()).containsExactly("NSG_DENY_INBOUND");
        World machines = guarded(balanced(RULE), allow.replace("TARGET", "10.0.2.0/29"));
        assertThat(json(machines, "--to", FRONTEND).blockers()).isEmpty();
    }

    @Test
    @DisplayName("a group that stops the probe takes every machine out of service, and the rule is named")
    void probes() {
        World silent = guarded(
                balanced(RULE),
                "      - {name: no_probe, priority: 100, direction: Inbound, access: Deny, source:"
                        + " AzureLoadBalancer}\n");
        Traced traced = text(silent, "--to", FRONTEND);
        assertThat(traced.out()).contains("NO_HEALTHY_BACKEND", "no_probe (100)");
        World unprobed = guarded(
                balanced(RULE.replace(", probe: up", "")),
                "      - {name: no_probe, priority: 100, direction: Inbound, access: Deny, source:"
                        + " AzureLoadBalancer}\n");
        assertThat(outcome(json(unprobed, "--to", FRONTEND))).isEqualTo("connected");
    }

    @Test
    @DisplayName("trap 30: a machine that calls its own frontend is hit on some ports and not on others")
    void hairpin() {
        long hit = 0;
        for (int port = 50_000; port < 50_016; port++) {
            Traced traced = Traced.about(
                    balanced(RULE),
                    "--from",
                    "nva",
                    "--to",
                    FRONTEND,
                    "--client-port",
                    Integer.toString(port),
                    "--format",
                    "json");
            if (traced.blockers().contains("LOAD_BALANCER_HAIRPIN")) hit++;
        }
        assertThat(hit).isBetween(1L, 15L);
        World byAddress = balanced(RULE.replace("pool:", "loadDistribution: SourceIP, pool:"));
        String first = outcome(json(byAddress, "--to", FRONTEND, "--client-port", "50000"));
        assertThat(outcome(json(byAddress, "--to", FRONTEND, "--client-port", "50001")))
                .isEqualTo(first);
    }

    @Test
    @DisplayName(
            "a port without a rule is silent; a rule nobody knows leaves the answer open, and so does an empty pool")
    void rules() {
        assertThat(json(balanced(RULE), "--to", FRONTEND + ":80").blockers()).containsExactly("NO_LOAD_BALANCING_RULE");
        World unknown = balanced(RULE.replace("frontendPort: 1433", "frontendPort: {unknown: later}, backendPort: 1"));
        assertThat(text(unknown, "--to", FRONTEND).out()).contains("UNDETERMINED", "load-balancing rule sql");
        World empty = balanced(RULE).with("networkInterfaces: [nva-nic, nva2-nic]", "networkInterfaces: []");
        assertThat(text(empty, "--to", FRONTEND).out()).contains("UNDETERMINED", "backends of load-balancing rule sql");
    }

    @Test
    @DisplayName("with floating IP the machine sees the frontend's address and takes it for its own")
    void floating() {
        World floating = balanced(RULE.replace("pool:", "enableFloatingIp: true, pool:"));
        assertThat(outcome(json(floating, "--to", FRONTEND))).isEqualTo("connected");
    }

    @Test
    @DisplayName("global peering does not lead to a Basic load balancer")
    void basicOverGlobalPeering() {
        World basic = balanced(RULE).with("sku: Standard", "sku: Basic").global();
        assertThat(json(basic, "--to", FRONTEND).blockers()).containsExactly("GLOBAL_PEERING_BASIC_LB");
        assertThat(json(balanced(RULE).global(), "--to", FRONTEND).blockers()).isEmpty();
    }

    @Test
    @DisplayName("a route may lead to appliances behind a load balancer; both ways meet the same one")
    void appliances() {
        World forced = balanced("{name: ha, frontend: fe, frontendPort: 0, protocol: Any, pool: all}")
                .clientRoutes("name: mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance,"
                        + " nextHopIpAddress: " + FRONTEND)
                .instanceRoutes("name: app, addressPrefix: 10.1.0.0/24, nextHopType: VirtualAppliance,"
                        + " nextHopIpAddress: " + FRONTEND)
                .with(
                        "remoteVnet: vnet-hub, state: Connected",
                        "remoteVnet: vnet-hub, state: Connected, allowForwardedTraffic: true");
        for (int port = 50_000; port < 50_008; port++) {
            Traced traced = json(forced, "--client-port", Integer.toString(port));
            assertThat(traced.blockers()).as("port %d", port).isEmpty();
        }
    }

    @Test
    @DisplayName("a private subnet has no way out but by a NAT gateway, a public address or an appliance")
    void privateSubnet() {
        World closed = World.usual().with("routeTable: rt-app}", "routeTable: rt-app, defaultOutboundAccess: false}");
        assertThat(json(closed, "--to", "20.1.2.3:443").blockers()).containsExactly("NO_OUTBOUND_ACCESS");
        World nat = World.usual()
                .with("routeTable: rt-app}", "routeTable: rt-app, defaultOutboundAccess: false, natGateway: nat}")
                .with(
                        "managedInstances:\n",
                        "natGateways: [{name: nat, publicIpAddresses: pip}]\npublicIpAddresses: [{name: pip, ipAddress:"
                                + " 20.50.7.7}]\nmanagedInstances:\n");
        assertThat(text(nat, "--to", "20.1.2.3:443", "--verbose").out())
                .contains("leaves as 20.50.7.7, by nat")
                .doesNotContain("OUTBOUND_ADDRESS_ASSUMED");
    }
}
