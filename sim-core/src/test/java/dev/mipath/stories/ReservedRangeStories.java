package dev.mipath.stories;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.CompileOptions.DefaultRouteRemoves;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("Trap 1: the None routes of 10/8, 172.16/12, 192.168/16 and 100.64/10")
class ReservedRangeStories {
    private static Lab lab(String range) {
        return new Lab()
                .vnet("hub", range)
                .subnet("hub/app", "10.0.1.0/24")
                .subnet("hub/GatewaySubnet", "10.0.255.0/27");
    }

    @Test
    @DisplayName("stay when the VNet lies inside them (2.3)")
    void stay() {
        Answers answers = lab("10.0.0.0/16").built();
        assertThat(answers.nextHop("10.0.1.4", "10.0.2.4")).isEqualTo("VnetLocal 10.0.0.0/16 Default");
        assertThat(answers.nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("None 10.0.0.0/8 Default");
        assertThat(answers.nextHop("10.0.1.4", "172.31.0.1")).isEqualTo("None 172.16.0.0/12 Default");
        assertThat(answers.nextHop("10.0.1.4", "192.168.7.7")).isEqualTo("None 192.168.0.0/16 Default");
        assertThat(answers.nextHop("10.0.1.4", "100.127.0.1")).isEqualTo("None 100.64.0.0/10 Default");
        assertThat(answers.nextHop("10.0.1.4", "172.32.0.1")).isEqualTo("Internet 0.0.0.0/0 Default");
    }

    @Test
    @DisplayName("turn into VnetLocal when the VNet's range equals one, and go when it contains one (2.3)")
    void equalityAndContainment() {
        assertThat(lab("10.0.0.0/8").built().nextHop("10.0.1.4", "10.200.0.4"))
                .isEqualTo("VnetLocal 10.0.0.0/8 Default");
        assertThat(lab("8.0.0.0/6").built().nextHop("10.0.1.4", "10.200.0.4")).isEqualTo("VnetLocal 8.0.0.0/6 Default");
    }

    @Test
    @DisplayName("vanish when a user route sends 0.0.0.0/0 to an appliance: spoke to spoke goes to the firewall (2.3a)")
    void vanishWithAppliance() {
        Lab lab = lab("10.0.0.0/16").route("hub/app", "to-fw", "0.0.0.0/0", "VirtualAppliance 10.0.9.4");
        Answers answers = lab.built();
        assertThat(answers.nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("VirtualAppliance 10.0.9.4 0.0.0.0/0 User to-fw");
        assertThat(answers.nextHop("10.0.1.4", "8.8.8.8")).isEqualTo("VirtualAppliance 10.0.9.4 0.0.0.0/0 User to-fw");
        assertThat(answers.nextHop("10.0.1.4", "10.0.2.4")).isEqualTo("VnetLocal 10.0.0.0/16 Default");
    }

    @Test
    @DisplayName("vanish when 0.0.0.0/0 is learnt through a gateway, and stay when only longer ranges are (2.3a, 8.1)")
    void vanishWithBgp() {
        Lab everything = lab("10.0.0.0/16").gateway("hub", "0.0.0.0/0");
        assertThat(everything.built().nextHop("10.0.1.4", "10.1.0.4"))
                .isEqualTo("VirtualNetworkGateway 0.0.0.0/0 VirtualNetworkGateway");
        Lab longer = lab("10.0.0.0/16").gateway("hub", "10.1.0.0/16", "128.0.0.0/1");
        assertThat(longer.built().nextHop("10.0.1.4", "10.2.0.4")).isEqualTo("None 10.0.0.0/8 Default");
    }

    @Test
    @DisplayName("stay when the learnt 0.0.0.0/0 does not reach the subnet, or a user route overrides it (2.3a, 2.17)")
    void stayWithoutBgp() {
        Lab off = lab("10.0.0.0/16").gateway("hub", "0.0.0.0/0").propagationOff("hub/app");
        assertThat(off.built().nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("None 10.0.0.0/8 Default");
        Lab overridden =
                lab("10.0.0.0/16").gateway("hub", "0.0.0.0/0").route("hub/app", "out", "0.0.0.0/0", "Internet");
        assertThat(overridden.built().nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("None 10.0.0.0/8 Default");
    }

    @Test
    @DisplayName("stay when a user route sends 0.0.0.0/0 to None (2.3a)")
    void stayWithNone() {
        Answers answers =
                lab("10.0.0.0/16").route("hub/app", "cut", "0.0.0.0/0", "None").built();
        assertThat(answers.nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("None 10.0.0.0/8 Default");
        assertThat(answers.nextHop("10.0.1.4", "8.8.8.8")).isEqualTo("None 0.0.0.0/0 User cut");
    }

    @Test
    @DisplayName("stay or vanish by setting when a user route sends 0.0.0.0/0 to the Internet (2.3a)")
    void internetBySetting() {
        Lab forwarding = lab("10.0.0.0/16").route("hub/app", "out", "0.0.0.0/0", "Internet");
        assertThat(forwarding.built().nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("None 10.0.0.0/8 Default");
        Lab any = forwarding.with(DefaultRouteRemoves.ANY);
        assertThat(any.built().nextHop("10.0.1.4", "10.1.0.4")).isEqualTo("Internet 0.0.0.0/0 User out");
    }

    @Test
    @DisplayName("are replaced by a user route of the same range (8.2)")
    void replaced() {
        Lab lab = lab("10.0.0.0/16").route("hub/app", "private", "10.0.0.0/8", "VirtualAppliance 10.0.9.4");
        Answers answers = lab.built();
        assertThat(answers.nextHop("10.0.1.4", "10.1.0.4"))
                .isEqualTo("VirtualAppliance 10.0.9.4 10.0.0.0/8 User private");
        assertThat(answers.nextHop("10.0.1.4", "172.31.0.1")).isEqualTo("None 172.16.0.0/12 Default");
    }
}
