package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** Addresses that Azure assigns later are assumed, and nothing is decided by the guess alone (contract: Sources). */
@DisplayName("What the input leaves to Azure")
class AssumedAddressStories {
    private static final String HOST = "mi-prod.0a1b2c3d4e5f.database.windows.net";
    private static final String ONE_CLIENT =
            "name: allow_one, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.4,"
                    + " destinationPorts: 1433";
    private static final String CLOSED = "name: deny_all_inbound, priority: 4096, direction: Inbound, access: Deny";

    private static World dynamicClient() {
        return World.usual().with(", privateIpAddress: 10.1.0.4", "");
    }

    @Test
    @DisplayName(
            "a rule for the one address that a VM is assumed to have leaves the answer open, and says what is missing")
    void ruleForOneAddress() {
        World world = dynamicClient().instanceRules(ONE_CLIENT, CLOSED);
        Traced traced = json(world);
        assertThat(outcome(traced)).isEqualTo("undetermined");
        assertThat(traced.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(traced.out()).contains("the private address of NIC app-nic (az network nic show");
        assertThat(text(world).out()).contains("ADDRESS_DEPENDS").contains("were 10.1.0.5, which it may be as well");
    }

    @Test
    @DisplayName(
            "a rule for one of the ports that a node may serve on leaves the answer open; for all of them it is certain")
    void ruleForOnePort() {
        World world = World.usual().redirect();
        String allow = "name: some, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp,"
                + " destinationPorts: [1433, ";
        Traced one = json(world.instanceRules(allow + "11000]", CLOSED));
        assertThat(outcome(one)).isEqualTo("undetermined");
        assertThat(one.out()).contains("11001-11999 denied by securityRules/deny_all_inbound");
        assertThat(outcome(json(world.instanceRules(allow + "11000]", CLOSED), "--as-assumed")))
                .isEqualTo("connected");
        assertThat(json(world.instanceRules(allow + "11500-11999]", CLOSED)).out())
                .contains("11500-11999 allowed by securityRules/some");
        assertThat(outcome(json(world.instanceRules(allow + "11000-11999]", CLOSED))))
                .isEqualTo("connected");
        assertThat(outcome(json(world.instanceRules(allow + "1434]", CLOSED)))).isEqualTo("blocked");
    }

    @Test
    @DisplayName("it is settled by the address itself, or by taking the guess for the truth")
    void settled() {
        World world = dynamicClient().instanceRules(ONE_CLIENT, CLOSED);
        assertThat(outcome(Traced.about(world, "--from", "10.1.0.4", "--format", "json")))
                .isEqualTo("connected");
        assertThat(outcome(Traced.about(world, "--from", "10.1.0.5", "--format", "json")))
                .isEqualTo("blocked");
        assertThat(outcome(json(world, "--as-assumed"))).isEqualTo("connected");
    }

    @Test
    @DisplayName("a machine that is connected to by its name is no less assumed than one that connects")
    void targetByItsName() {
        World world = dynamicClient()
                .clientRules(
                        "name: one, priority: 100, direction: Inbound, access: Allow, destination: 10.1.0.4",
                        "name: rest, priority: 200, direction: Inbound, access: Deny");
        Traced named = Traced.about(world, "--from", "nva", "--to", "app-vm:22", "--format", "json");
        assertThat(outcome(named)).isEqualTo("undetermined");
        assertThat(named.out()).contains("the private address of NIC app-nic");
        Traced given = Traced.about(world, "--from", "nva", "--to", "10.1.0.4:22", "--format", "json");
        assertThat(outcome(given)).isEqualTo("connected");
    }

    @Test
    @DisplayName("so is a client that runs on something, and a load balancer's frontend is told as assumed")
    void clientsAndFrontends() {
        World app = new World(World.usual()
                        .instanceRules(ONE_CLIENT.replace("10.1.0.4", "10.1.0.128/25"), CLOSED)
                        .yaml()
                + "clients:\n  - {name: app, kind: app-service, subnet: snet-app, vnetRouteAllEnabled: true}\n");
        Traced traced = Traced.about(app, "--from", "app", "--format", "json");
        assertThat(outcome(traced)).isEqualTo("undetermined");
        assertThat(traced.out()).contains("the address of app, which is assumed to be 10.1.0.254");
        World balanced = new World(
                World.usual().yaml() + "loadBalancers:\n  - {name: lb, frontends: [{name: fe, subnet: snet-nva}]}\n");
        assertThat(text(balanced).out()).contains("frontend fe of load balancer lb later; 10.0.2.5");
    }

    @Test
    @DisplayName("whoever a site's name stands for is one of many there")
    void someoneAtASite() {
        World some = World.usual().withSite().instanceRules(ONE_CLIENT.replace("10.1.0.4", "192.168.5.0/24"), CLOSED);
        Traced named = Traced.about(some, "--from", "head-office", "--format", "json");
        assertThat(outcome(named)).isEqualTo("undetermined");
        assertThat(named.out()).contains("the address of head-office, which is assumed to be 192.168.255.254");
        assertThat(outcome(Traced.about(some, "--from", "192.168.255.254", "--format", "json")))
                .isEqualTo("blocked");
        assertThat(outcome(Traced.about(some, "--from", "192.168.5.7", "--format", "json")))
                .isEqualTo("connected");
        World all = World.usual().withSite().instanceRules(ONE_CLIENT.replace("10.1.0.4", "192.168.0.0/16"), CLOSED);
        assertThat(outcome(Traced.about(all, "--from", "head-office", "--format", "json")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("a client that dials in has any address of its pool, and one on the Internet any public one")
    void clientsInNoSubnet() {
        World world = new World(World.usual()
                        .withSite()
                        .with("tier: GeneralPurpose", "tier: GeneralPurpose, publicDataEndpointEnabled: true")
                        .instanceRules(
                                ONE_CLIENT.replace("10.1.0.4", "172.16.9.0/25"),
                                ONE_CLIENT
                                        .replace("allow_one, priority: 1000", "partner, priority: 1001")
                                        .replace("10.1.0.4", "20.30.40.50")
                                        .replace("1433", "3342"),
                                CLOSED)
                        .yaml()
                + "clients:\n  - {name: laptop, kind: point-to-site, virtualNetworkGateway: vgw, addressPrefixes: 172.16.9.0/24}\n"
                + "  - {name: pipeline, kind: data-factory}\n");
        Traced laptop = Traced.about(world, "--from", "laptop", "--format", "json");
        assertThat(outcome(laptop)).isEqualTo("undetermined");
        assertThat(laptop.out()).contains("the address of laptop, which is assumed to be 172.16.9.254");
        String publicName = HOST.replaceFirst("\\.", ".public.");
        Traced pipeline = Traced.about(world, "--from", "pipeline", "--to", publicName, "--format", "json");
        assertThat(outcome(pipeline)).isEqualTo("undetermined");
        assertThat(pipeline.out()).contains("the address of pipeline, which is assumed to be 203.0.113.");
        assertThat(outcome(Traced.about(
                        world, "--from", "pipeline", "--to", publicName, "--format", "json", "--as-assumed")))
                .isEqualTo("blocked");
        World tagged = world.with("source: 20.30.40.50", "source: DataPlane");
        assertThat(outcome(Traced.about(
                        tagged,
                        "--from",
                        "pipeline",
                        "--to",
                        publicName,
                        "--format",
                        "json",
                        "--tag",
                        "DataPlane=20.30.0.0/16")))
                .isEqualTo("undetermined");
    }

    @Test
    @DisplayName("a route to an appliance leads there only where the appliance has the address that the route names")
    void nextHops() {
        World appliance = World.usual()
                .with(", privateIpAddress: 10.0.2.4", "")
                .clientRoutes(
                        "name: mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(outcome(json(appliance))).isEqualTo("undetermined");
        assertThat(json(appliance).out()).contains("the private address of NIC nva-nic");
        assertThat(json(appliance, "--as-assumed").out()).doesNotContain("ADDRESS_DEPENDS");
        World behind = new World(World.usual()
                        .clientRoutes("name: mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance,"
                                + " nextHopIpAddress: 10.0.2.5")
                        .yaml()
                + "loadBalancers:\n  - {name: lb, frontends: [{name: fe, subnet: snet-nva}], pools: [{name: p,"
                + " networkInterfaces: nva-nic}], rules: [{name: ha, frontend: fe, pool: p, protocol: \"*\","
                + " frontendPort: 0, backendPort: 0}]}\n");
        assertThat(outcome(json(behind))).isEqualTo("undetermined");
        assertThat(json(behind).out()).contains("the address of the load balancer's frontend in subnet snet-nva");
    }

    @Test
    @DisplayName("a load balancer that is connected to by its name has any address of its subnet")
    void loadBalancerByItsName() {
        World world = new World(World.usual()
                        .clientRules(
                                "name: one, priority: 100, direction: Outbound, access: Allow, destination: 10.0.2.5",
                                "name: rest, priority: 200, direction: Outbound, access: Deny")
                        .yaml()
                + "loadBalancers:\n  - {name: lb, frontends: [{name: fe, subnet: snet-nva}], pools: [{name: p,"
                + " networkInterfaces: nva-nic}], rules: [{name: r, frontend: fe, pool: p, protocol: Tcp,"
                + " frontendPort: 1433, backendPort: 1433}]}\n");
        Traced named = Traced.about(world, "--from", "app-vm", "--to", "lb:1433", "--format", "json");
        assertThat(outcome(named)).isEqualTo("undetermined");
        assertThat(named.out()).contains("the address of the load balancer's frontend in subnet snet-nva");
        assertThat(outcome(Traced.about(world, "--from", "app-vm", "--to", "10.0.2.5:1433", "--format", "json")))
                .isEqualTo("connected");
        World free = world.with("access: Deny}", "access: Allow}");
        assertThat(outcome(Traced.about(free, "--from", "app-vm", "--to", "lb:1433", "--format", "json")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("a rule for the whole subnet leaves nothing open")
    void ruleForTheSubnet() {
        World world = dynamicClient().instanceRules(ONE_CLIENT.replace("10.1.0.4", "10.1.0.0/24"), CLOSED);
        assertThat(outcome(json(world))).isEqualTo("connected");
    }

    @Test
    @DisplayName(
            "a deny for a part of the instance's subnet leaves open which machines it hits, unless another stops all")
    void denyForSomeMachines() {
        String some =
                "name: deny_some, priority: 900, direction: Inbound, access: Deny, protocol: Tcp, source: 10.1.0.0/16,"
                        + " destination: ";
        World part = World.usual().instanceRules(some + "10.0.1.0/29");
        assertThat(outcome(json(part))).isEqualTo("undetermined");
        assertThat(json(part).out()).contains("write the rule or route for the whole subnet");
        World all = World.usual().instanceRules(some + "10.0.1.0/29", CLOSED.replace("4096", "901"));
        assertThat(json(all).blockers()).contains("NSG_DENY_INBOUND");
        assertThat(outcome(json(all))).isEqualTo("blocked");
    }

    @Test
    @DisplayName("what the customer's resolver answers from within the subnet is where the load balancer is")
    void statedLoadBalancer() {
        Traced traced = text(World.usual(), "--resolve", HOST + "=10.0.1.9");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(traced.out())
                .contains(HOST + " → 10.0.1.9 (as stated)")
                .contains("balancer 10.0.1.9 (as the resolver answers), gateways 10.0.1.4 and 10.0.1.5");
    }

    @Test
    @DisplayName("an answer from elsewhere, or one that Azure keeps for itself, is still a wrong one")
    void wrongAnswers() {
        for (String wrong : List.of("10.1.0.9", "10.0.1.2", "10.0.1.255")) {
            assertThat(outcome(json(World.usual(), "--resolve", HOST + "=" + wrong)))
                    .as(wrong)
                    .isNotEqualTo("connected");
        }
    }

    @Test
    @DisplayName("the fix for a client without an address opens its subnet, and connects wherever the client ends up")
    void fixForTheSubnet() {
        World world = dynamicClient().instanceRules(CLOSED.replace("4096", "2000"));
        Traced traced = json(world);
        assertThat(traced.out()).contains("TCP 10.1.0.0/24");
        Path file = Traced.scratch(Fixes.of(traced).yaml());
        assertThat(outcome(json(world, "--apply", file.toString()))).isEqualTo("connected");
        Traced.delete(file);
    }
}
