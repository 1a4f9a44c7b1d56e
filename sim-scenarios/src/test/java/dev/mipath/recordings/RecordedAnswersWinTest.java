package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.compile.Compilation;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.importer.ImportRequest;
import dev.mipath.importer.Importer;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.profile.ServiceTags;
import dev.mipath.testing.SharedData;
import dev.mipath.topology.Notice;
import dev.mipath.topology.ResourceId;
import dev.mipath.topology.Topology;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A recorded answer given together with the network it is about is taken as it is, and what differs is told. */
@DisplayName("A recorded answer beside its network")
class RecordedAnswersWinTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "recordings/cli-nic-effective-nsg.json",
        "recordings-mi/effective/2017-02-06-effective-nsg.json",
        "recordings-mi/effective/2018-10-02-effective-nsg.json",
        "recordings-mi/effective/2019-04-17-effective-nsg.json",
        "recordings-mi/effective/2020-02-11-effective-nsg.json",
        "recordings-mi/effective/2021-05-19-effective-nsg.json"
    })
    @DisplayName("decides what is let through")
    void rules(String file) {
        RecordedRules recorded = RecordedRules.in(file);
        Compilation compiled = Rebuilt.vnet(recorded.vnetRange())
                .nicGroup(new ResourceId(recorded.group()))
                .recorded(imported(file).effectiveSecurityRules().get(0))
                .compiled();
        Set<Address> samples = RecordedRules.samples(
                AddressSet.of(recorded.expansion("Internet")),
                AddressSet.of(ServiceTags.builtIn().prefixes("Internet").orElseThrow()));
        for (Address sample : samples) {
            assertThat(RecordedRules.allowsOutbound(compiled, sample))
                    .as("TCP 443 to %s", sample)
                    .isEqualTo(recorded.allowsOutbound(sample));
            assertThat(RecordedRules.allowsInbound(compiled, sample))
                    .as("TCP 22 from %s", sample)
                    .isEqualTo(recorded.allowsInbound(sample));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            recordings/cli-nic-effective-routes.json                     | None here only: 25.33.80.0/20, 25.41.3.0/25; None elsewhere only: 172.16.0.0/12
            recordings-mi/effective/2017-02-06-effective-routes-7r.json  | None here only: 25.0.0.0/8
            recordings-mi/effective/2017-03-08-effective-routes-6r.json  |
            recordings-mi/effective/2018-03-08-effective-routes-7r.json  |
            recordings-mi/effective/2020-07-28-effective-routes-7r.json  | None here only: 25.33.80.0/20, 25.41.3.0/25; None elsewhere only: 172.16.0.0/12
            recordings-mi/effective/2021-05-19-effective-routes-17r.json | None here only: 20.35.252.0/22, 23.103.0.0/18, 25.4.0.0/14, 25.33.0.0/16, 25.41.0.0/20, 25.48.0.0/12, 40.108.0.0/17, 40.109.0.0/16, 104.146.0.0/17, 104.147.0.0/16, 157.59.0.0/16, 198.18.0.0/15; None elsewhere only: 172.16.0.0/12
            answers-rest/EffectiveRouteTable.json                        |
            rest-examples-network/NetworkInterfaceEffectiveRouteTableList.json |
            """)
    @DisplayName("decides the next hop")
    void routes(String file, String differences) {
        RecordedRouteTable recorded = RecordedRouteTable.in(file);
        Compilation compiled = Rebuilt.vnet(recorded.vnetRange())
                .recorded(imported(file).effectiveRouteTables().get(0))
                .compiled();
        EffectiveRoutes ours = RecordedRouteTable.ours(compiled);
        for (Address sample : recorded.samples(ours)) {
            assertThat(RecordedRouteTable.hop(ours, sample))
                    .as("next hop to %s", sample)
                    .isEqualTo(recorded.hop(sample));
        }
        List<String> told = compiled.notices().stream()
                .filter(notice -> notice.code().equals("PLATFORM_ROUTE_DIFFERS"))
                .map(Notice::text)
                .toList();
        if (differences == null) {
            assertThat(told).isEmpty();
        } else {
            assertThat(told).singleElement().asString().contains("(" + differences + ")");
        }
        assertThat(compiled.notices()).noneMatch(notice -> notice.code().equals("EFFECTIVE_DIFFERS"));
    }

    private static Topology imported(String file) {
        return Importer.read(
                        ImportRequest.of(SharedData.require("azure/" + file).toString()))
                .topology();
    }
}
