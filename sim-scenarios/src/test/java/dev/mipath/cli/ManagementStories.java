package dev.mipath.cli;

import static dev.mipath.cli.Traced.blocker;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.symptom;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The management endpoint")
class ManagementStories {
    private static final String DENY = "name: deny_all, priority: 4096, direction: Inbound, access: Deny";
    private static final String OPEN =
            "name: allow_management, priority: 100, direction: Inbound, access: Allow, protocol: Tcp,"
                    + " destinationPorts: [9000, 9003, 1438, 1440, 1452]";

    private static Traced call(World world, String from, String... more) {
        String[] arguments = new String[more.length + 6];
        arguments[0] = "--from";
        arguments[1] = from;
        arguments[2] = "--to";
        arguments[3] = "mi-prod";
        arguments[4] = "--format";
        arguments[5] = "json";
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Traced.about(world, arguments);
    }

    /** The deprecated mode, in which the customer writes the rules. */
    private static World manual() {
        return World.usual()
                .with("profile: \"2020\"", "profile: \"2020-manual\"")
                .instanceRules(OPEN, DENY);
    }

    @Test
    @DisplayName("is reached by the management plane on each of its ports and back")
    void reached() {
        Traced traced = call(World.usual(), "SqlManagement");
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.code()).isEqualTo(ExitCode.YES);
        assertThat(phases(traced))
                .containsExactly("connect ok", "connect ok", "connect ok", "connect ok", "connect ok", "tls ok");
        assertThat(traced.out()).contains("\"port\" : 9000", "\"port\" : 1452");
    }

    private static List<String> phases(Traced traced) {
        return Traced.items(traced.document(), "phases").stream()
                .map(phase -> Traced.text(phase, "name") + " " + Traced.text(phase, "outcome"))
                .toList();
    }

    @Test
    @DisplayName("is called by Microsoft's corporate network on two ports, once its ranges are given")
    void corporateNetwork() {
        Traced unknown = Traced.about(World.usual(), "--from", "CorpnetSaw", "--to", "mi-prod");
        assertThat(unknown.code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(unknown.out()).contains("--tag CorpnetSaw=PREFIX");
        Traced known = call(World.usual(), "CorpnetSaw", "--tag", "CorpNetSaw=167.220.2.0/24");
        assertThat(outcome(known)).isEqualTo("connected");
        assertThat(phases(known)).containsExactly("connect ok", "connect ok", "tls ok");
        Traced wrong = call(World.usual(), "CorpnetSaw", "--tag", "CorpNetSaw=167.220.2.0");
        assertThat(outcome(wrong)).isEqualTo("connected");
    }

    @Test
    @DisplayName("trap 20: a scanner finds its ports closed by the firewall on the nodes, not by the open rule")
    void scanner() {
        Traced traced = call(manual(), "Internet");
        assertThat(outcome(traced)).isEqualTo("blocked");
        assertThat(traced.code()).isEqualTo(ExitCode.NO);
        assertThat(traced.blockers()).containsExactly("BUILT_IN_FIREWALL", "CLIENT_CERTIFICATE");
        assertThat(symptom(traced)).isEqualTo("timeout null");
        assertThat(Fixes.of(traced).changes()).isEmpty();
        // The service's own rule names its callers, so there the security group says no first.
        Traced aided = call(World.usual().instanceRules(DENY), "Internet");
        assertThat(aided.blockers()).containsExactly("NSG_DENY_INBOUND", "BUILT_IN_FIREWALL", "CLIENT_CERTIFICATE");
    }

    @Test
    @DisplayName("has no other ports")
    void otherPorts() {
        Traced traced = Traced.about(manual(), "--from", "203.0.113.7", "--to", "mi-prod:9000", "--format", "json");
        assertThat(traced.blockers()).first().isEqualTo("BUILT_IN_FIREWALL");
        Traced closed =
                Traced.about(manual(), "--from", "203.0.113.7", "--to", "198.51.100.4:1433", "--format", "json");
        assertThat(closed.blockers()).containsExactly("NO_LOAD_BALANCING_RULE");
    }

    @Test
    @DisplayName("asks even Microsoft's own addresses for a certificate")
    void certificate() {
        Traced traced =
                Traced.about(World.usual(), "--from", "13.64.155.40", "--to", "mi-prod:9000", "--format", "json");
        assertThat(outcome(traced)).isEqualTo("refused");
        assertThat(traced.blockers()).containsExactly("CLIENT_CERTIFICATE");
        assertThat(symptom(traced)).isEqualTo("certificate-error null");
    }

    @Test
    @DisplayName("is cut off by a deny before the rule that lets the management plane in, and the instance with it")
    void deniedByGroup() {
        World world = World.usual()
                .with("profile: \"2020\"", "profile: \"2020-manual\"")
                .instanceRules(DENY);
        Traced traced = call(world, "SqlManagement");
        assertThat(outcome(traced)).isEqualTo("blocked");
        assertThat(traced.blockers()).containsExactly("NSG_DENY_INBOUND");
        assertThat(traced.out()).contains("MANAGEMENT_HARMED", "fail and become unavailable");
        // One rule for the whole set of ports: Azure refuses a rule a port (fact 4.34).
        assertThat(traced.out()).contains("--destination-port-ranges 9000 9003 1438 1440 1452");
        Path file = Traced.scratch(Fixes.of(traced).yaml());
        assertThat(outcome(call(world, "SqlManagement", "--apply", file.toString())))
                .isEqualTo("connected");
        Traced.delete(file);
    }

    @Test
    @DisplayName("is cut off by a route that takes its answers to an appliance that never saw the call")
    void cutOffByRoute() {
        World world = manual().instanceRoutes(
                        "name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress:"
                                + " 10.0.2.4");
        Traced traced = call(world, "SqlManagement");
        assertThat(traced.blockers()).containsExactly("ASYMMETRIC_RETURN");
        assertThat(Traced.text(blocker(traced, 1), "direction")).isEqualTo("return");
        assertThat(Traced.text(blocker(traced, 1), "rule")).isEqualTo("all");
        // The service's routes of 2020 keep the answers away from it, as far as they go.
        World aided = World.usual()
                .instanceRoutes("name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress:"
                        + " 10.0.2.4");
        assertThat(outcome(call(aided, "SqlManagement", "--tag", "SqlManagement=13.64.155.40")))
                .isEqualTo("connected");
        assertThat(call(aided, "SqlManagement").blockers()).containsExactly("ASYMMETRIC_RETURN");
        Traced dropped = call(
                manual().instanceRoutes("name: none, addressPrefix: 0.0.0.0/0, nextHopType: None"), "SqlManagement");
        assertThat(dropped.blockers()).containsExactly("ROUTE_NONE");
    }

    @Test
    @DisplayName("leaves open whether an unknown range is Microsoft's")
    void unknownRanges() {
        Traced traced = Traced.about(manual(), "--from", "20.1.2.3", "--to", "mi-prod:9000", "--format", "json");
        assertThat(outcome(traced)).isEqualTo("refused");
        Traced scan = Traced.about(manual(), "--from", "20.1.2.3", "--to", "198.51.100.4:9000", "--format", "json");
        assertThat(outcome(scan)).isEqualTo("undetermined");
        assertThat(Traced.given(scan.document(), "missing").toString()).contains("SqlManagement", "CorpNetSaw");
    }

    @Test
    @DisplayName("has the address that the input gives")
    void statedAddress() {
        World world = manual().with("tier: GeneralPurpose", "tier: GeneralPurpose, managementIpAddress: 52.1.2.3");
        Traced traced = call(world, "SqlManagement");
        assertThat(outcome(traced)).isEqualTo("connected");
        assertThat(traced.out()).contains("52.1.2.3").doesNotContain("MANAGEMENT_ADDRESS_ASSUMED");
        assertThat(call(manual(), "SqlManagement").out()).contains("MANAGEMENT_ADDRESS_ASSUMED");
    }

    @Test
    @DisplayName("is gone since November 2022")
    void gone() {
        for (String era : new String[] {"2022-11", "current"}) {
            Traced traced = call(World.usual(), "SqlManagement", "--profile", era);
            assertThat(traced.blockers()).containsExactly("ELEMENT_REMOVED");
            assertThat(traced.code()).isEqualTo(ExitCode.NO);
        }
        assertThat(outcome(call(World.usual(), "SqlManagement", "--profile", "2022")))
                .isEqualTo("connected");
    }
}
