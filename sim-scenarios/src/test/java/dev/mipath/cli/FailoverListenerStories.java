package dev.mipath.cli;

import static dev.mipath.cli.Traced.json;
import static dev.mipath.cli.Traced.outcome;
import static dev.mipath.cli.Traced.text;
import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.FailoverGroup;
import dev.mipath.topology.Topology;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("The names of a failover group (facts 4.50 to 4.52, trap 23)")
class FailoverListenerStories {
    private static final String ZONE = ".0a1b2c3d4e5f.database.windows.net";

    /** The usual instance and another in the spoke, one failover group; {@code other} is what the second says. */
    private static World group(String other, String primary, String secondary) {
        return World.usual()
                .with(
                        "{name: snet-app, addressPrefix: 10.1.0.0/24, networkSecurityGroup: nsg-app, routeTable:"
                                + " rt-app}",
                        "{name: snet-app, addressPrefix: 10.1.0.0/24, networkSecurityGroup: nsg-app, routeTable:"
                                + " rt-app}\n      - {name: snet-other, addressPrefix: 10.1.8.0/24}")
                .with(
                        "managedInstances:\n",
                        "failoverGroups: [{name: fog, primary: " + primary + ", secondary: " + secondary
                                + "}]\nmanagedInstances:\n  - {name: mi-other, subnet: snet-other" + other + "}\n");
    }

    private static World usual() {
        return group(", dnsZone: 0a1b2c3d4e5f", "mi-prod", "mi-other");
    }

    @Test
    @DisplayName("lead to the primary and to the secondary, and change sides with the group")
    void leads() {
        assertThat(outcome(json(usual(), "--to", "fog" + ZONE))).isEqualTo("connected");
        assertThat(text(usual(), "--to", "fog" + ZONE).out()).contains("→ 10.0.1.4");
        assertThat(outcome(json(usual(), "--to", "fog.secondary" + ZONE))).isEqualTo("connected");
        assertThat(text(usual(), "--to", "fog.secondary" + ZONE).out()).contains("→ 10.1.8.4");
        World failedOver = group(", dnsZone: 0a1b2c3d4e5f", "mi-other", "mi-prod");
        assertThat(text(failedOver, "--to", "fog" + ZONE).out()).contains("→ 10.1.8.4");
        assertThat(json(failedOver, "--to", "fog").out()).contains("fog" + ZONE);
    }

    @Test
    @DisplayName("are not known without the group")
    void deleted() {
        Traced gone = json(World.usual(), "--to", "fog" + ZONE);
        assertThat(gone.blockers()).containsExactly("DNS_NAME_UNKNOWN");
    }

    @Test
    @DisplayName("in another zone are told with the right form")
    void wrongZone() {
        assertThat(text(usual(), "--to", "fog.00112233aabb.database.windows.net")
                        .out())
                .contains("fog" + ZONE);
        assertThat(text(usual(), "--to", "fog.secondary.00112233aabb.database.windows.net")
                        .out())
                .contains("fog.secondary" + ZONE);
    }

    @Test
    @DisplayName("fit the certificate of one zone only; two zones are told")
    void twoZones() {
        World apart = group(", dnsZone: 00112233aabb", "mi-prod", "mi-other");
        Traced strict = json(apart, "--to", "fog.secondary" + ZONE, "--validate-certificate");
        assertThat(strict.blockers()).containsExactly("CERTIFICATE_NAME");
        assertThat(strict.out()).contains("FAILOVER_GROUP_ZONES");
        Traced one = json(usual(), "--to", "fog.secondary" + ZONE, "--validate-certificate");
        assertThat(outcome(one)).isEqualTo("connected");
        assertThat(one.out()).doesNotContain("FAILOVER_GROUP_ZONES");
    }

    @Test
    @DisplayName("share a zone that only the partner states")
    void sharedZone() {
        World partner = group(", dnsZonePartner: mi-prod", "mi-prod", "mi-other");
        assertThat(outcome(json(partner, "--to", "mi-other" + ZONE))).isEqualTo("connected");
        World byGroup = group("", "mi-prod", "mi-other");
        assertThat(outcome(json(byGroup, "--to", "fog.secondary" + ZONE, "--validate-certificate")))
                .isEqualTo("connected");
    }

    @Test
    @DisplayName("of an instance that the input does not hold are open, not unknown")
    void instanceMissing() {
        World half = group(", dnsZone: 0a1b2c3d4e5f", "mi-prod", "mi-other")
                .with("secondary: mi-other", "secondary: {unknown: the partner}");
        assertThat(json(half, "--to", "fog.secondary" + ZONE).code()).isEqualTo(ExitCode.UNDETERMINED);
        assertThat(outcome(json(half, "--to", "fog" + ZONE))).isEqualTo("connected");
    }

    /** The other instance has its private endpoint where nobody of this network is; the zone is linked to the client. */
    private static World endpoints(String primary, String secondary, String records) {
        return group(", dnsZone: 0a1b2c3d4e5f", primary, secondary)
                .with(
                        "managedInstances:\n",
                        "privateEndpoints:\n  - {name: pe-prod, subnet: snet-app, privateIpAddress: 10.1.0.5, service:"
                                + " mi-prod}\n  - {name: pe-other, subnet: snet-app, privateIpAddress: 10.1.0.6, service:"
                                + " mi-other}\nprivateDnsZones:\n  - {name: privatelink" + ZONE
                                + ", links: vnet-spoke, records: [" + records + "]}\nmanagedInstances:\n");
    }

    @Test
    @DisplayName("are names that no private zone answers: it knows the instance that a name is an alias of (case 31)")
    void privateEndpoint() {
        String prod = "{name: mi-prod, addresses: 10.1.0.5}";
        World before = endpoints("mi-prod", "mi-other", prod);
        assertThat(text(before, "--to", "fog" + ZONE).out()).contains("→ 10.1.0.5");
        // The group fails over, and the zone has a record for the old primary alone.
        for (String more : new String[] {"", ", {name: fog, addresses: 10.1.0.6}"}) {
            Traced after = json(endpoints("mi-other", "mi-prod", prod + more), "--to", "fog" + ZONE);
            assertThat(after.blockers()).containsExactly("DNS_NAME_UNKNOWN");
            assertThat(after.out()).contains("`fog" + ZONE + "` is an alias of `mi-other.privatelink" + ZONE + "`");
            assertThat(after.out()).contains("the record `mi-other`");
        }
        World both = endpoints("mi-other", "mi-prod", prod + ", {name: mi-other, addresses: 10.1.0.6}");
        assertThat(text(both, "--to", "fog" + ZONE).out()).contains("→ 10.1.0.6");
        // Who types the private name of the listener asks for what nobody registers.
        assertThat(json(both, "--to", "fog.privatelink" + ZONE).blockers()).containsExactly("DNS_NAME_UNKNOWN");
    }

    @Test
    @DisplayName("come from Azure's recorded answers")
    void recorded() {
        String file = SharedData.require("azure")
                .resolve("recordings-mi/ifg/2022-01-17-ifg-fgtest2022a-cf0e8-23.json")
                .toString();
        Topology topology = Importer.read(ImportRequest.of(file)).topology();
        FailoverGroup group = topology.services(FailoverGroup.class).get(0);
        assertThat(group.id().name()).isEqualTo("fgtest2022a");
        assertThat(group.primary().value().orElseThrow().name()).isEqualTo("mi-primary-wcus");
        assertThat(group.secondary()).isNotNull().asString().contains("mi-tooling-cus");
    }
}
