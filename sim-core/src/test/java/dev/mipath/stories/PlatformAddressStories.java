package dev.mipath.stories;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("Trap 18: 168.63.129.16 and 169.254.169.254")
class PlatformAddressStories {
    private static Lab lab() {
        return new Lab()
                .vnet("hub", "10.0.0.0/16")
                .subnet("hub/app", "10.0.1.0/24")
                .guarded("hub/app");
    }

    @Test
    @DisplayName("are not stopped by Deny * outbound (1.27)")
    void denyAllDoesNotStopThem() {
        Answers answers =
                lab().rule("hub/app", "nothing", "100 Deny Outbound * * -> *:*").built();
        assertThat(answers.outbound("10.0.1.4", "168.63.129.16", 53)).isEqualTo("Allow AllowVnetOutBound");
        assertThat(answers.outbound("10.0.1.4", "169.254.169.254", 80)).isEqualTo("Allow");
        assertThat(answers.outbound("10.0.1.4", "8.8.8.8", 53)).isEqualTo("Deny nothing");
    }

    @Test
    @DisplayName("are not stopped by a deny of their very address, only by one of their tag (1.27)")
    void onlyTheTagStops() {
        Answers byAddress = lab().rule("hub/app", "address", "100 Deny Outbound * * -> 168.63.129.16:*")
                .built();
        assertThat(byAddress.outbound("10.0.1.4", "168.63.129.16", 53)).isEqualTo("Allow AllowVnetOutBound");
        Answers byTag = lab().rule("hub/app", "dns", "100 Deny Outbound * * -> AzurePlatformDNS:53")
                .built();
        assertThat(byTag.outbound("10.0.1.4", "168.63.129.16", 53)).isEqualTo("Deny dns");
        assertThat(byTag.outbound("10.0.1.4", "169.254.169.254", 80)).isEqualTo("Allow");
    }

    @Test
    @DisplayName("send health probes that an ordinary inbound deny does stop, unless a rule allows them first (1.28)")
    void probesAreStopped() {
        assertThat(lab().built().inbound("168.63.129.16", "10.0.1.4", 1433)).isEqualTo("Allow AllowVnetInBound");
        Lab denied = lab().rule("hub/app", "deny_all_inbound", "4096 Deny Inbound * * -> *:*");
        assertThat(denied.built().inbound("168.63.129.16", "10.0.1.4", 1433)).isEqualTo("Deny deny_all_inbound");
        Lab repaired = denied.rule("hub/app", "probe", "300 Allow Inbound * AzureLoadBalancer -> *:*");
        assertThat(repaired.built().inbound("168.63.129.16", "10.0.1.4", 1433)).isEqualTo("Allow probe");
    }

    @ParameterizedTest(name = "port {0}")
    @DisplayName("serve the machine agent on 80, 443 and 32526 whatever ordinary rules and routes say (1.31)")
    @ValueSource(ints = {80, 443, 32_526})
    void machineAgent(int port) {
        Answers answers = lab().rule("hub/app", "nothing", "100 Deny Outbound * * -> *:*")
                .route("hub/app", "cut", "0.0.0.0/0", "None")
                .built();
        assertThat(answers.outbound("10.0.1.4", "168.63.129.16", port)).startsWith("Allow");
        assertThat(answers.ending("10.0.1.4", "168.63.129.16", port).success()).isTrue();
    }

    @Test
    @DisplayName("are moved by no route, though 168.62.0.0/15 covers one of them (2.22)")
    void noRouteMovesThem() {
        Answers answers = lab().route("hub/app", "seed", "168.62.0.0/15", "VirtualAppliance 10.0.9.4")
                .route("hub/app", "host", "168.63.129.16/32", "None")
                .route("hub/app", "rest", "0.0.0.0/0", "VirtualAppliance 10.0.9.4")
                .built();
        assertThat(answers.nextHop("10.0.1.4", "168.63.129.16")).doesNotContain("User");
        assertThat(answers.nextHop("10.0.1.4", "169.254.169.254")).doesNotContain("User");
        assertThat(answers.nextHop("10.0.1.4", "168.63.129.17"))
                .isEqualTo("VirtualAppliance 10.0.9.4 168.62.0.0/15 User seed");
    }
}
