package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A client and the names it looks up")
@SuppressWarnings("StringConcatToTextBlock") // YAML is clearer line by line beside what it is put into.
class TraceNameStories {
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
    @DisplayName("4.57: of a DNS server that the input does not describe it is assumed that it resolves public names")
    void assumedPublicNames() {
        World own = World.usual()
                .with("addressPrefixes: 10.1.0.0/16\n", "addressPrefixes: 10.1.0.0/16\n    dnsServers: [10.0.2.9]\n");
        Traced traced = text(own);
        assertThat(traced.out())
                .contains("PUBLIC_NAMES_ASSUMED", "10.0.2.9")
                .containsOnlyOnce("is assumed to resolve public names");
        World told = own.with(
                "managedInstances:\n",
                "dnsServers:\n  - {name: dc1, address: 10.0.2.9, forwardsTo: Public}\nmanagedInstances:\n");
        assertThat(text(told).out()).doesNotContain("PUBLIC_NAMES_ASSUMED");
        assertThat(text(World.usual()).out()).doesNotContain("PUBLIC_NAMES_ASSUMED");
        assertThat(text(own, "--resolve", World.NAME + "=10.0.1.4").out()).doesNotContain("such as " + World.NAME);
    }

    @Test
    @DisplayName("what nobody is called is a usage error with what there is")
    void unknownResource() {
        Traced traced = text(World.usual(), "--to", "mi-prd");
        assertThat(traced.code()).isEqualTo(ExitCode.USAGE);
        assertThat(traced.err()).contains("mi-prod");
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
}
