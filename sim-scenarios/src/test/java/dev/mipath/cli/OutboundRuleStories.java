package dev.mipath.cli;

import static dev.mipath.cli.Traced.about;
import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.given;
import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** How machines behind load balancers reach the Internet, and when they do not (facts 3.14, 3.16). */
class OutboundRuleStories {
    private static final String OUT =
            "{name: out, frontends: fe, pool: all, protocol: Tcp, allocatedOutboundPorts: 2048}";
    private static final String SQL = "{name: sql, frontend: fe, frontendPort: 1433, pool: all}";

    /** The client behind a load balancer with a public frontend. */
    private static World behind(String sku, String rules, String outbound) {
        return World.usual()
                .with("managedInstances:\n", """
                loadBalancers:
                  - name: lb-out
                SKU    frontends: [{name: fe, publicIpAddress: pip}]
                    pools: [{name: all, networkInterfaces: app-nic}]
                    rules: [RULES]
                    outboundRules: [OUTBOUND]
                publicIpAddresses: [{name: pip, ipAddress: 20.50.7.7}, {name: pip-own, ipAddress: 20.50.8.8}, {name: pip-nat, ipAddress: 20.50.9.9}]
                natGateways: [{name: nat, publicIpAddresses: pip-nat}]
                managedInstances:
                """.replace("SKU", sku.isEmpty() ? "" : "    sku: " + sku + "\n")
                        .replace("RULES", rules)
                        .replace("OUTBOUND", outbound));
    }

    private static String out(World world, String... more) {
        String[] arguments = new String[more.length + 3];
        arguments[0] = "--to";
        arguments[1] = "20.1.2.3:443";
        arguments[2] = "--verbose";
        System.arraycopy(more, 0, arguments, 3, more.length);
        return text(world, arguments).out();
    }

    @Test
    @DisplayName("an outbound rule gives its frontend's address and ports, and names its place")
    void outboundRule() {
        World world = behind("Standard", "", OUT);
        assertThat(out(world)).contains("leaves as 20.50.7.7, by rule out of lb-out, 2048 source ports");
        Traced told = json(world, "--to", "20.1.2.3:443");
        assertThat(outcome(told)).isEqualTo("connected");
        Node.Obj hop = Traced.items(Traced.items(told.document(), "phases").get(0), "forward").stream()
                .filter(each -> text(each, "kind").equals("nat"))
                .findFirst()
                .orElseThrow();
        assertThat(text((Node.Obj) given(hop, "location"), "pointer")).isEqualTo("/loadBalancers/0/outboundRules/0");
    }

    @Test
    @DisplayName("a NAT gateway goes before the machine's own address, which goes before the rule")
    void precedence() {
        World rule = behind("Standard", "", OUT);
        World own = rule.with("privateIpAddress: 10.1.0.4", "privateIpAddress: 10.1.0.4, publicIpAddress: pip-own");
        World nat = own.with("routeTable: rt-app}", "routeTable: rt-app, natGateway: nat}");
        assertThat(out(own)).contains("leaves as 20.50.8.8, by pip-own");
        assertThat(out(nat)).contains("leaves as 20.50.9.9, by nat");
    }

    @Test
    @DisplayName("a public load-balancing rule gives a way out for its own protocol, unless that is switched off")
    void loadBalancingRule() {
        assertThat(out(behind("Standard", SQL, "")))
                .contains("leaves as 20.50.7.7, by rule sql of lb-out, 1024 source");
        Traced udp = json(behind("Standard", SQL, ""), "--to", "20.1.2.3:443", "--protocol", "udp");
        assertThat(udp.blockers()).containsExactly("NO_OUTBOUND_ACCESS");
        String off = SQL.replace("pool:", "disableOutboundSnat: true, pool:");
        Traced dead = json(behind("Standard", off, ""), "--to", "20.1.2.3:443");
        assertThat(dead.blockers()).containsExactly("NO_OUTBOUND_ACCESS");
        assertThat(text(blocker(dead, 1), "explanation"))
                .contains("backend pool of Standard load balancer lb-out", "no default outbound access");
        assertThat(text(blocker(dead, 1), "resource")).contains("lb-out");
        assertThat(out(behind("Basic", off, ""))).contains("by default outbound access");
        World open = behind("Standard", off.replace("true", "{unknown: later}"), "");
        assertThat(out(open)).contains("UNDETERMINED", "`disableOutboundSnat` of load-balancing rule sql of lb-out");
    }

    @Test
    @DisplayName("behind a Standard load balancer nothing is given by default, and the SKU has to be known")
    void standardOnly() {
        assertThat(json(behind("Standard", "", ""), "--to", "20.1.2.3:443").blockers())
                .containsExactly("NO_OUTBOUND_ACCESS");
        assertThat(out(behind("Basic", "", ""))).contains("by default outbound access");
        assertThat(out(behind("", "", ""))).contains("UNDETERMINED", "the SKU of load balancer lb-out");
        World byAddress = behind("Standard", "", "").with("networkInterfaces: app-nic}]\n", "addresses: 10.1.0.4}]\n");
        assertThat(out(byAddress)).contains("by default outbound access");
    }

    @Test
    @DisplayName("who comes in by the frontend that others leave by still meets the load balancer")
    void sharedFrontend() {
        World shared = behind("Standard", SQL.replace("pool:", "disableOutboundSnat: true, pool:"), OUT)
                .clientRules("name: in, priority: 100, direction: Inbound, access: Allow, source: Internet");
        assertThat(outcome(json(shared, "--to", "20.1.2.3:443"))).isEqualTo("connected");
        Traced in = about(shared, "--from", "Internet", "--to", "20.50.7.7:1433", "--format", "json");
        assertThat(outcome(in)).isEqualTo("connected");
        Traced other = about(shared, "--from", "Internet", "--to", "20.50.7.7:80", "--format", "json");
        assertThat(other.blockers()).containsExactly("NO_LOAD_BALANCING_RULE");
    }

    @Test
    @DisplayName("machines of two subnets leave by one frontend, or by one NAT gateway, and each gets its answers")
    void twoSubnets() {
        World two = behind("Standard", "", OUT)
                .with("networkInterfaces: app-nic}]\n", "networkInterfaces: [app-nic, nva-nic]}]\n");
        World nat = behind("Standard", "", "")
                .with("routeTable: rt-app}", "routeTable: rt-app, natGateway: nat}")
                .with("addressPrefix: 10.0.2.0/24}", "addressPrefix: 10.0.2.0/24, natGateway: nat}");
        for (World world : List.of(two, nat)) {
            World open = world.with("tier: GeneralPurpose", "tier: GeneralPurpose, publicDataEndpointEnabled: true")
                    .with("source: VirtualNetwork, destinationPorts: 1433", "destinationPorts: [1433, 3342]");
            for (String from : List.of("app-vm", "nva")) {
                Traced told = about(
                        open,
                        "--from",
                        from,
                        "--to",
                        World.NAME.replace("mi-prod.", "mi-prod.public.") + ":3342",
                        "--format",
                        "json");
                assertThat(outcome(told)).as(from).isEqualTo("connected");
                assertThat(told.out()).contains("\"translation of subnet");
            }
        }
    }
}
