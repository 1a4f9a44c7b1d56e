package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.format.Node;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client that cannot reach the instance")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceStories {
    private static final String CLOSED = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";

    private static Traced json(World world, String... more) {
        String[] arguments = new String[more.length + 4];
        arguments[0] = "--from";
        arguments[1] = "app-vm";
        arguments[2] = "--format";
        arguments[3] = "json";
        System.arraycopy(more, 0, arguments, 4, more.length);
        return Traced.about(world, arguments);
    }

    private static Traced text(World world, String... more) {
        String[] arguments = new String[more.length + 2];
        arguments[0] = "--from";
        arguments[1] = "app-vm";
        System.arraycopy(more, 0, arguments, 2, more.length);
        return Traced.about(world, arguments);
    }

    private static String outcome(Traced traced) {
        return Traced.text(traced.document(), "outcome");
    }

    private static String symptom(Traced traced) {
        Node.Obj client = (Node.Obj) Traced.given(traced.document(), "client");
        return Traced.text(client, "symptom") + " " + Traced.text(client, "error");
    }

    private static Node.Obj blocker(Traced traced, int number) {
        return Traced.items(traced.document(), "blockers").get(number - 1);
    }

    private static String phase(Traced traced, String name) {
        return Traced.items(traced.document(), "phases").stream()
                .filter(phase -> Traced.text(phase, "name").equals(name))
                .map(phase -> Traced.text(phase, "outcome"))
                .findFirst()
                .orElse("absent");
    }

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
        Traced refused = json(
                World.usual().with("destinationPorts: 1433", "destinationPorts: [1433, 1434]"),
                "--to",
                World.NAME + ":1434");
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
    @DisplayName("trap 5: an answer needs a route")
    void answerNeedsRoute() {
        World world = World.usual().instanceRoutes("name: hole, addressPrefix: 10.1.0.0/16, nextHopType: None");
        Traced traced = json(world);
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE");
        assertThat(Traced.text(blocker(traced, 1), "direction")).isEqualTo("return");
        assertThat(Traced.text(blocker(traced, 1), "rule")).isEqualTo("hole");
        assertThat(symptom(traced)).isEqualTo("timeout 10060");
    }

    @Test
    @DisplayName("trap 8: the group sees the node, so the fix opens the whole subnet")
    void fixOpensSubnet() {
        World world = World.usual()
                .instanceRules(
                        "name: allow_lb, priority: 1000, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destination: 10.0.1.4, destinationPorts: 1433",
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
    @DisplayName("trap 11: a peering connected on one side carries nothing")
    void peeringOneSided() {
        World world = World.usual()
                .with("remoteVnet: vnet-spoke, state: Connected", "remoteVnet: vnet-spoke, state: Initiated");
        assertThat(json(world).blockers()).first().isEqualTo("PEERING_NOT_CONNECTED");
        World off = World.usual()
                .with(
                        "remoteVnet: vnet-spoke, state: Connected",
                        "remoteVnet: vnet-spoke, state: Connected, allowVirtualNetworkAccess: false");
        assertThat(json(off).blockers()).first().isEqualTo("PEERING_ACCESS_OFF");
    }

    @Test
    @DisplayName("trap 13: forwarded traffic needs the receiving link's leave, direct traffic does not")
    void forwardedTraffic() {
        World spoke = World.usual()
                .with("virtualMachines:\n", """
                          - name: vnet-far
                            location: westeurope
                            addressPrefixes: 10.2.0.0/16
                            subnets:
                              - {name: snet-far, addressPrefix: 10.2.0.0/24, routeTable: rt-far}
                            peerings:
                              - {name: far-to-hub, remoteVnet: vnet-hub, state: Connected}
                        virtualMachines:
                        """)
                .with(
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n",
                        "  - {name: hub-to-spoke, remoteVnet: vnet-spoke, state: Connected}\n"
                                + "      - {name: hub-to-far, remoteVnet: vnet-far, state: Connected}\n")
                .with("routeTables:\n", """
                        routeTables:
                          - name: rt-far
                            routes:
                              - {name: via-nva, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
                        """)
                .clientRoutes(
                        "name: via-nva, addressPrefix: 10.2.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        Traced stopped = json(spoke, "--to", "10.2.0.9:1433");
        assertThat(stopped.blockers()).first().isEqualTo("PEERING_FORWARDED_OFF");
        World open = spoke.with(
                "remoteVnet: vnet-hub, state: Connected}",
                "remoteVnet: vnet-hub, state: Connected, allowForwardedTraffic: true}");
        assertThat(json(open, "--to", "10.2.0.9:1433").blockers()).isEmpty();
        assertThat(outcome(json(spoke))).isEqualTo("connected");
    }

    @Test
    @DisplayName("trap 14: an answer by way of an appliance that never saw the question is dropped")
    void asymmetric() {
        World world = World.usual()
                .instanceRoutes(
                        "name: default, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        Traced traced = json(world);
        assertThat(traced.blockers()).containsExactly("ASYMMETRIC_RETURN");
        assertThat(Traced.text(blocker(traced, 1), "direction")).isEqualTo("return");
    }

    @Test
    @DisplayName("the same appliance on both ways is fine")
    void symmetric() {
        World world = World.usual()
                .instanceRoutes(
                        "name: default, addressPrefix: 10.1.0.0/16, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4")
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(json(world).blockers()).isEmpty();
    }

    @Test
    @DisplayName("trap 18: a deny of everything spares Azure's DNS, a deny of its tag does not")
    void platformDns() {
        World all = World.usual()
                .clientRules(
                        "name: allow_sql, priority: 100, direction: Outbound, access: Allow, protocol: Tcp, destination: 10.0.1.0/24",
                        "name: deny_out, priority: 200, direction: Outbound, access: Deny");
        assertThat(outcome(json(all))).isEqualTo("connected");
        World dns = World.usual()
                .clientRules(
                        "name: deny_dns, priority: 200, direction: Outbound, access: Deny, destination: AzurePlatformDNS");
        Traced traced = json(dns);
        assertThat(traced.blockers()).first().isEqualTo("PLATFORM_DNS_BLOCKED");
        assertThat(symptom(traced)).startsWith("name-error");
    }

    @Test
    @DisplayName("trap 19: without its probe rule the deny kills the load balancer")
    void probe() {
        World world = World.usual()
                .instanceRules(
                        "name: allow_tds, priority: 100, direction: Inbound, access: Allow, protocol: Tcp, source: VirtualNetwork, destinationPorts: 1433",
                        "name: deny_all, priority: 101, direction: Inbound, access: Deny");
        // 168.63.129.16 belongs to VirtualNetwork, so the customer's own allow lets the probe of port 1433 pass.
        assertThat(json(world).blockers()).doesNotContain("NO_HEALTHY_BACKEND");
        World narrow = World.usual()
                .instanceRules(
                        "name: allow_tds, priority: 100, direction: Inbound, access: Allow, protocol: Tcp, source: 10.1.0.0/16, destinationPorts: 1433",
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
    @DisplayName("trap 22: the address is not the name")
    void byAddress() {
        Traced traced = json(World.usual(), "--to", "10.0.1.4");
        assertThat(traced.blockers()).containsExactly("GATEWAY_NAME_UNKNOWN");
        assertThat(outcome(traced)).isEqualTo("refused");
        assertThat(symptom(traced)).isEqualTo("login-error 40532");
        Traced gateway = json(World.usual(), "--to", "10.0.1.5");
        assertThat(gateway.blockers()).containsExactly("GATEWAY_NAME_UNKNOWN");
        Traced strict = json(World.usual(), "--to", "10.0.1.4", "--validate-certificate");
        assertThat(strict.blockers()).containsExactly("CERTIFICATE_NAME", "GATEWAY_NAME_UNKNOWN");
        assertThat(symptom(strict)).startsWith("certificate-error");
        assertThat(strict.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("trap 22: an alias that leads to the right address is still the wrong name")
    void alias() {
        Traced traced = json(World.usual(), "--to", "sql.contoso.com", "--resolve", "SQL.contoso.com=10.0.1.4");
        assertThat(traced.blockers()).containsExactly("GATEWAY_NAME_UNKNOWN");
        assertThat(traced.out()).contains("CERTIFICATE_NAME");
    }

    @Test
    @DisplayName("a hosts entry that is out of date leads to something that is not the instance")
    void staleHostsEntry() {
        Traced traced = json(
                World.usual().with("destinationPorts: 1433}", "destinationPorts: '*'}"),
                "--resolve",
                World.NAME + "=10.0.2.4");
        assertThat(outcome(traced)).isEqualTo("misrouted");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
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
    @DisplayName("names that cannot work are told with their right form")
    void hostNames() {
        assertThat(text(World.usual(), "--to", "mi-prod.database.windows.net").out())
                .contains("the zone id is missing", "mi-prod.0a1b2c3d4e5f.database.windows.net");
        assertThat(text(World.usual(), "--to", "mi-prod.privatelink.0a1b2c3d4e5f.database.windows.net")
                        .out())
                .contains("privatelink", "write `mi-prod.0a1b2c3d4e5f.database.windows.net`");
        assertThat(text(World.usual(), "--to", "mi-prod.public.0a1b2c3d4e5f.database.windows.net:1433")
                        .out())
                .contains("3342 only", "mi-prod.public.0a1b2c3d4e5f.database.windows.net,3342");
        assertThat(text(World.usual(), "--to", World.NAME + ":3342").out())
                .contains("port 3342 belongs to the public endpoint");
        assertThat(text(World.usual(), "--to", "mi-prod.ffffffffffff.database.windows.net")
                        .out())
                .contains("DNS_NAME_UNKNOWN", "write `mi-prod.0a1b2c3d4e5f.database.windows.net`");
    }

    @Test
    @DisplayName("a name of a known suffix that nobody has is an answer")
    void unknownName() {
        Traced traced = json(World.usual(), "--to", "mi-gone.0a1b2c3d4e5f.database.windows.net");
        assertThat(traced.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        assertThat(symptom(traced)).isEqualTo("name-error null");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("a DNS server of one's own has to be reachable")
    void ownDnsServer() {
        World dns = World.usual()
                .with("addressPrefixes: 10.1.0.0/16\n", "addressPrefixes: 10.1.0.0/16\n    dnsServers: [10.9.9.9]\n");
        Traced traced = json(dns);
        assertThat(traced.blockers()).first().isEqualTo("DNS_SERVER_UNREACHABLE");
        assertThat(symptom(traced)).startsWith("name-error");
        Traced two = json(dns.with("[10.9.9.9]", "[10.9.9.9, 10.0.2.9]"));
        assertThat(two.blockers()).doesNotContain("DNS_SERVER_UNREACHABLE");
    }

    @Test
    @DisplayName("an appliance that does not forward drops what is not its own")
    void notForwarding() {
        World world = World.usual()
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4")
                .with("enableIpForwarding: true", "enableIpForwarding: false");
        Traced traced = json(world);
        assertThat(traced.blockers()).first().isEqualTo("APPLIANCE_NOT_FORWARDING");
    }

    @Test
    @DisplayName("a route to None is silent")
    void routeNone() {
        Traced traced = json(World.usual().clientRoutes("name: hole, addressPrefix: 10.0.1.0/24, nextHopType: None"));
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE");
        assertThat(traced.out()).contains("az network route-table route delete");
    }

    @Test
    @DisplayName("a packet that an appliance sends back to itself goes in circles")
    void loop() {
        World world = World.usual()
                .with(
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24}",
                        "{name: snet-nva, addressPrefix: 10.0.2.0/24, routeTable: rt-nva}")
                .with("routeTables:\n", """
                        routeTables:
                          - name: rt-nva
                            routes:
                              - {name: to-self, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4}
                        """)
                .clientRoutes(
                        "name: to-mi, addressPrefix: 10.0.1.0/24, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(json(world).blockers()).first().isEqualTo("ROUTE_LOOP");
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
    @DisplayName("global peering stops at a Basic load balancer, which current instances no longer have")
    void globalPeering() {
        World world = World.usual().global();
        assertThat(json(world).blockers()).containsExactly("GLOBAL_PEERING_BASIC_LB");
        assertThat(outcome(json(world.with("proxyOverride: Proxy", "proxyOverride: Proxy"), "--profile", "current")))
                .isEqualTo("connected");
        Traced unsure = text(world.with("profile: \"2020\"\n", ""));
        assertThat(unsure.out()).contains("PROFILE_DECIDES", "under current: connected");
        assertThat(json(world.with("profile: \"2020\"\n", "")).out()).contains("PROFILE_DECIDES");
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
    @DisplayName("trap 12: transit allowed on one side only gives no route")
    void gatewayTransit() {
        World world = World.usual().with("managedInstances:\n", """
                        localNetworkGateways:
                          - {name: head-office, addressPrefixes: 192.168.0.0/16}
                        managedInstances:
                        """);
        Traced traced = json(world, "--to", "192.168.1.9:1433");
        assertThat(traced.blockers()).contains("ROUTE_NONE");
    }

    @Test
    @DisplayName("what nobody is called is a usage error with what there is")
    void unknownResource() {
        Traced traced = text(World.usual(), "--to", "mi-prd");
        assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
        assertThat(traced.err()).contains("mi-prod");
    }

    @Test
    @DisplayName("a login needs TCP")
    void datagrams() {
        Traced traced = json(
                World.usual().with("protocol: Tcp, source: VirtualNetwork", "source: VirtualNetwork"),
                "--protocol",
                "udp");
        assertThat(traced.blockers()).containsExactly("NO_LISTENER");
        assertThat(phase(traced, "login")).isEqualTo("absent");
    }

    @Test
    @DisplayName("asks Azure's DNS whatever the route table says about the Internet")
    void dnsIsNotRouted() {
        World none = World.usual().clientRoutes("name: hole, addressPrefix: 0.0.0.0/0, nextHopType: None");
        assertThat(json(none).blockers()).isEmpty();
        World appliance = World.usual()
                .with("enableIpForwarding: true", "enableIpForwarding: false")
                .clientRoutes(
                        "name: out, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress: 10.0.2.4");
        assertThat(json(appliance).blockers()).isEmpty();
    }

    @Test
    @DisplayName("is not confused by an address that is no client of this network")
    void foreignClient() {
        Traced traced = Traced.about(World.usual(), "--from", "203.0.113.9");
        assertThat(traced.code()).isNotEqualTo(ExitCode.YES).isNotEqualTo(ExitCode.BUG);
    }

    @Test
    @DisplayName("two faults at different phases are both found, and their fixes together connect")
    void twoFaults() {
        World world =
                World.usual().redirect().clientRoutes("name: hole, addressPrefix: 10.0.1.4/32, nextHopType: None");
        Traced traced = json(world);
        assertThat(traced.blockers()).containsExactly("ROUTE_NONE", "NSG_DENY_INBOUND");
        assertThat(Traced.text(blocker(traced, 2), "assumed")).isEqualTo("true");
        Fixes fixes = Fixes.of(traced);
        assertThat(fixes.changes()).hasSize(2);
        java.nio.file.Path file = Traced.scratch(fixes.yaml());
        assertThat(outcome(json(world, "--apply", file.toString()))).isEqualTo("connected");
        Traced.delete(file);
    }
}
