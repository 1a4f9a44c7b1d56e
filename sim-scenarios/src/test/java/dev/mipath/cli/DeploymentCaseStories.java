package dev.mipath.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Cases of the field in which a deployment failed and no packet was ever sent: the doctor finds what Azure refuses. */
@DisplayName("A real case about a deployment shows its true cause:")
class DeploymentCaseStories {
    private static final String MANUAL = Hub.of(2020).replace("profile: 2020", "profile: 2020-manual") + """
            managedInstances: [{name: mi1, subnet: mi}]
            routeTables: [{name: rt, routes: [ROUTES]}]
            networkSecurityGroups:
              - name: nsg
                rules:
                  - {name: subnet-in, priority: 300, direction: Inbound, access: Allow, source: 10.0.1.0/24}
                  - {name: probe, priority: 310, direction: Inbound, access: Allow, source: AzureLoadBalancer}
                  - {name: subnet-out, priority: 300, direction: Outbound, access: Allow, destination: 10.0.1.0/24}
                  - {name: services, priority: 310, direction: Outbound, access: Allow, protocol: Tcp, destination: AzureCloud, destinationPorts: [443, 12000]}
            RULES
            """;
    private static final String TOGETHER =
            "      - {name: management, priority: 320, direction: Inbound, access: Allow, protocol: Tcp, source: Any,"
                    + " destinationPorts: [9000, 9003, 1438, 1440, 1452]}";
    private static final String DIRECT =
            "{name: out, addressPrefix: 0.0.0.0/0, nextHopType: Internet}, {name: own, addressPrefix: 10.0.1.0/24,"
                    + " nextHopType: VnetLocal}";

    @TempDir
    Path folder;

    private String doctor(String yaml) throws IOException {
        Path file = Files.writeString(folder.resolve("case.yaml"), yaml);
        CommandRun run = CommandRun.of("doctor", file.toString());
        assertThat(run.err()).isEmpty();
        return run.out();
    }

    private static String manual(String routes, String rules) {
        return MANUAL.replace("ROUTES", routes).replace("RULES", rules);
    }

    @Test
    @DisplayName("41, a route list of one's own lacks what the service needs")
    void lackingRoutes() throws IOException {
        String few = "{name: all, addressPrefix: 0.0.0.0/0, nextHopType: VirtualAppliance, nextHopIpAddress:"
                + " 10.0.9.4}, {name: own, addressPrefix: 10.0.1.0/24, nextHopType: VnetLocal},"
                + " {name: some, addressPrefix: 13.64.0.0/11, nextHopType: Internet}";
        assertThat(doctor(manual(few, TOGETHER))).contains("routes-to-azure");
        assertThat(doctor(manual(DIRECT, TOGETHER))).doesNotContain("error routes-to-azure");
    }

    @Test
    @DisplayName("42, the management ports stand in a rule each, where one rule is wanted")
    void splitPorts() throws IOException {
        StringBuilder split = new StringBuilder();
        int priority = 320;
        for (int port : new int[] {9000, 9003, 1438, 1440, 1452}) {
            split.append("      - {name: m")
                    .append(port)
                    .append(", priority: ")
                    .append(priority++)
                    .append(", direction: Inbound, access: Allow, protocol: Tcp, source: Any, destinationPorts: ")
                    .append(port)
                    .append("}\n");
        }
        String told = doctor(manual(DIRECT, split.toString().stripTrailing()));
        assertThat(told).contains("one-rule-per-port-set", "VnetSubnetConflictWithIntendedPolicy");
        assertThat(doctor(manual(DIRECT, TOGETHER))).doesNotContain("one-rule-per-port-set");
    }

    @Test
    @DisplayName("44, the subnet is not delegated")
    void notDelegated() throws IOException {
        String delegated = Hub.of(2020) + """
                networkSecurityGroups: [{name: nsg, rules: []}]
                routeTables: [{name: rt, routes: []}]
                managedInstances: [{name: mi1, subnet: mi}]
                """;
        String told = doctor(delegated.replace(",\n         delegations: Microsoft.Sql/managedInstances", ""));
        assertThat(told).contains("error subnet-delegated", "az network vnet subnet update");
        assertThat(doctor(delegated)).doesNotContain("subnet-delegated");
    }
}
