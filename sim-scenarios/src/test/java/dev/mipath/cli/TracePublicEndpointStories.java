package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

/** The public endpoint, port 3342, and clients on the Internet (facts 4.2, 4.6, 1.18, 2.13). */
class TracePublicEndpointStories {
    private static final String PUBLIC_NAME = "mi-prod.public.0a1b2c3d4e5f.database.windows.net";
    private static final String ALLOW = "name: allow_public, priority: 1300, direction: Inbound, access: Allow,"
            + " protocol: Tcp, source: Internet, destinationPorts: 3342";
    private static final String DENY = "name: deny_all_inbound, priority: 4096, direction: Inbound, access: Deny";

    private static Traced textFrom(String from, World world, String... more) {
        return Traced.about(
                world, Stream.concat(Stream.of("--from", from), Stream.of(more)).toArray(String[]::new));
    }

    private static Traced jsonFrom(String from, World world, String... more) {
        return textFrom(
                from,
                world,
                Stream.concat(Stream.of("--format", "json"), Stream.of(more)).toArray(String[]::new));
    }

    private static World on() {
        return World.usual().with("proxyOverride: Proxy", "proxyOverride: Redirect, publicDataEndpointEnabled: true");
    }

    private static World open() {
        return on().instanceRules(ALLOW, DENY);
    }

    @Test
    @DisplayName(
            "a client on the Internet connects when the endpoint is on and a rule allows 3342; it is never redirected"
                    + " (trap 10)")
    void connects() {
        Traced traced = jsonFrom("8.8.8.8", open(), "--to", PUBLIC_NAME);
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(traced.out()).doesNotContain("redirect-connect");
        assertThat(outcome(jsonFrom("8.8.8.8", open(), "--to", PUBLIC_NAME, "--validate-certificate")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("what the client's resolver answers for it is its address")
    void stated() {
        Traced traced = textFrom("8.8.8.8", open(), "--to", PUBLIC_NAME, "--resolve", PUBLIC_NAME + "=20.50.1.2");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(traced.out()).contains("→ 20.50.1.2 (as stated)").doesNotContain("PUBLIC_ADDRESS_ASSUMED");
        Traced inside = textFrom("8.8.8.8", open(), "--to", PUBLIC_NAME, "--resolve", PUBLIC_NAME + "=10.1.0.9");
        assertThat(inside.code()).isEqualTo(ExitCode.NO);
    }

    @Test
    @DisplayName("without a rule for 3342 the instance's own deny is silent, and the fix connects")
    void needsItsRule() {
        Traced traced = textFrom("8.8.8.8", on(), "--to", PUBLIC_NAME);
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        assertThat(traced.out())
                .contains("NSG_DENY_INBOUND", "deny_all_inbound (4096)", "10060", "traced again: connects");
    }

    @Test
    @DisplayName("trap 7: a rule that names the public address never matches, for the group sees the private one")
    void ruleForThePublicAddress() {
        World named = on().instanceRules(ALLOW + ", destination: 203.0.113.4", DENY);
        assertThat(jsonFrom("8.8.8.8", named, "--to", PUBLIC_NAME).blockers()).containsExactly("NSG_DENY_INBOUND");
        World subnet = on().instanceRules(ALLOW + ", destination: 10.0.1.0/24", DENY);
        assertThat(jsonFrom("8.8.8.8", subnet, "--to", PUBLIC_NAME).blockers()).isEmpty();
    }

    @Test
    @DisplayName("fact 2.13: with 0.0.0.0/0 to an appliance the answers leave another way than the client came")
    void answersToTheAppliance() {
        World forced = open().instanceRoutes(
                        "name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress:"
                                + " 10.0.2.4");
        Traced traced = jsonFrom("8.8.8.8", forced, "--to", PUBLIC_NAME);
        assertThat(traced.blockers()).containsExactly("ASYMMETRIC_RETURN");
        // What the service's own routes cover still goes straight.
        assertThat(jsonFrom("13.64.9.9", forced, "--to", PUBLIC_NAME).blockers())
                .isEmpty();
    }

    @Test
    @DisplayName("a VM of a VNet leaves with a public address and meets the same rule; the answers find back")
    void fromTheVnet() {
        assertThat(json(open(), "--to", PUBLIC_NAME).blockers()).isEmpty();
        Traced closed = json(on(), "--to", PUBLIC_NAME);
        assertThat(closed.blockers()).containsExactly("NSG_DENY_INBOUND");
        World vnetOnly = on().instanceRules(ALLOW.replace("Internet", "VirtualNetwork"), DENY);
        assertThat(json(vnetOnly, "--to", PUBLIC_NAME).blockers())
                .as("the group sees the public source, not the VNet's")
                .containsExactly("NSG_DENY_INBOUND");
    }

    @Test
    @DisplayName("what an appliance forwards leaves as the appliance, and answers come back through it")
    void throughTheAppliance() {
        World spoke = open().clientRoutes(
                        "name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress:"
                                + " 10.0.2.4")
                .with(
                        "remoteVnet: vnet-spoke, state: Connected",
                        "remoteVnet: vnet-spoke, state: Connected, allowForwardedTraffic: true")
                .with(
                        "remoteVnet: vnet-hub, state: Connected",
                        "remoteVnet: vnet-hub, state: Connected, allowForwardedTraffic: true");
        assertThat(json(spoke, "--to", PUBLIC_NAME).blockers()).isEmpty();
    }

    @Test
    @DisplayName("a VM's own public address opens a door to the VM, and the VM answers by it")
    void publicAddressOfVm() {
        World own = open().with("privateIpAddress: 10.1.0.4,", "privateIpAddress: 10.1.0.4, publicIpAddress: pip-app,");
        assertThat(json(own, "--to", PUBLIC_NAME).out()).contains("\"by\" : \"pip-app\"");
    }

    @Test
    @DisplayName("the name on another port is told to be wrong; the private name has nothing for the Internet")
    void wrongNameAndPort() {
        Traced port = textFrom("8.8.8.8", open(), "--to", PUBLIC_NAME + ":1433");
        assertThat(port.out()).contains("NO_LOAD_BALANCING_RULE", PUBLIC_NAME + ",3342");
        Traced name = textFrom("8.8.8.8", open());
        assertThat(name.out()).contains("ROUTE_NO_PATH", "reaches no private address", "`.public.` name");
        assertThat(name.out()).doesNotContain("blocker 2  NSG");
    }

    @Test
    @DisplayName("a client at a site leaves by the site's own Internet access, not through the gateway")
    void fromTheSite() {
        assertThat(outcome(jsonFrom("head-office", open().withSite(), "--to", PUBLIC_NAME)))
                .isEqualTo("connected");
        World vnetOnly = on().withSite().instanceRules(ALLOW.replace("Internet", "VirtualNetwork"), DENY);
        assertThat(jsonFrom("head-office", vnetOnly, "--to", PUBLIC_NAME).blockers())
                .containsExactly("NSG_DENY_INBOUND");
    }

    @Test
    @DisplayName("an endpoint that is off has no name; one nobody knows about is told as missing")
    void offAndUnknown() {
        Traced off = jsonFrom("8.8.8.8", World.usual(), "--to", PUBLIC_NAME);
        assertThat(off.blockers()).containsExactly("DNS_NAME_UNKNOWN");
        assertThat(symptom(off)).startsWith("name-error");
        World unknown = on().with("publicDataEndpointEnabled: true", "publicDataEndpointEnabled: {unknown: later}");
        Traced open = textFrom("8.8.8.8", unknown, "--to", PUBLIC_NAME);
        assertThat(open.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(open.out()).contains("whether the public endpoint of mi-prod is enabled");
    }
}
