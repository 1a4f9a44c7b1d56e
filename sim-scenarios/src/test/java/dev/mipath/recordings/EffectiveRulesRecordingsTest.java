package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.mipath.compile.Compilation;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.topology.AddressTerm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded answers of {@code az network nic list-effective-nsg}: the rules are rebuilt from the customer's own rules, the
 * VNet's range and the association, and compared row by row, expansions included. The default rules are never taken from
 * the recording.
 */
@DisplayName("Effective rules of")
class EffectiveRulesRecordingsTest {
    /** Our tag Internet holds IPv6's public space too; the recorded VNets have no IPv6, and their tag none either. */
    private static final AddressSet PUBLIC_V6 = AddressSet.of(Prefix.parse("2000::/3"));

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "recordings/cli-nic-effective-nsg.json",
        "recordings-mi/effective/2017-02-06-effective-nsg.json",
        "recordings-mi/effective/2018-10-02-effective-nsg.json",
        "recordings-mi/effective/2019-04-17-effective-nsg.json",
        "recordings-mi/effective/2020-02-11-effective-nsg.json",
        "recordings-mi/effective/2021-05-19-effective-nsg.json"
    })
    @DisplayName("every row, in order")
    void rows(String file) {
        RecordedRules recorded = RecordedRules.in(file);
        Compilation compiled = rebuilt(recorded);
        Compilation.Layer layer = compiled.layer(Rebuilt.NIC);
        if (layer == null) throw new AssertionError("the NIC has a group");
        assertThat(RuleRow.ours(layer)).isEqualTo(recorded.rows());
        assertThat(expansion(compiled, "VirtualNetwork"))
                .isEqualTo(AddressSet.of(recorded.expansion("VirtualNetwork")));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "recordings/cli-nic-effective-nsg.json,                true",
        "recordings-mi/effective/2017-02-06-effective-nsg.json, false",
        "recordings-mi/effective/2018-10-02-effective-nsg.json, false",
        "recordings-mi/effective/2019-04-17-effective-nsg.json, false",
        "recordings-mi/effective/2020-02-11-effective-nsg.json, true",
        "recordings-mi/effective/2021-05-19-effective-nsg.json, true"
    })
    @DisplayName("AzureLoadBalancer, which gained its IPv6 address by February 2020")
    void loadBalancerTag(String file, boolean withV6) {
        RecordedRules answer = RecordedRules.in(file);
        AddressSet recorded = AddressSet.of(answer.expansion("AzureLoadBalancer"));
        AddressSet ours = expansion(rebuilt(answer), "AzureLoadBalancer");
        AddressSet gained = withV6 ? AddressSet.empty() : AddressSet.of(Prefix.parse("fe80::1234:5678:9abc/128"));
        assertThat(ours.minus(recorded)).isEqualTo(gained);
        assertThat(recorded.minus(ours)).isEqualTo(AddressSet.empty());
        assertThat(recorded.contains(PlatformRanges.HOST_SERVICES.first())).isTrue();
    }

    /** The built-in list is that of the 2020-07 recording; what other dates add and lack is stated here. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            file, recorded alone, ours alone lies in
            recordings/cli-nic-effective-nsg.json,                  '', ''
            recordings-mi/effective/2017-02-06-effective-nsg.json,  13.96.0.0/13 20.128.0.0/16 20.130.0.0/16 20.144.0.0/14 20.176.0.0/13 21.0.0.0/8 22.0.0.0/8 40.66.128.0/17 52.132.0.0/14 52.145.0.0/16 104.212.36.0/22 104.212.52.0/22 129.75.0.0/16 134.177.0.0/16 138.196.0.0/16 141.251.0.0/16 146.147.0.0/16 192.32.0.0/16 192.100.102.0/23, 25.0.0.0/8
            recordings-mi/effective/2018-10-02-effective-nsg.json,  13.96.0.0/13 20.128.0.0/16 20.130.0.0/16 20.144.0.0/14 20.180.0.0/14 21.0.0.0/8 22.0.0.0/8 40.66.128.0/17 52.145.0.0/16 104.212.36.0/22 104.212.52.0/22 134.177.0.0/16 138.196.0.0/16 146.147.0.0/16 192.32.0.0/16 192.100.102.0/23, 25.0.0.0/8
            recordings-mi/effective/2019-04-17-effective-nsg.json,  '', 25.0.0.0/8
            recordings-mi/effective/2020-02-11-effective-nsg.json,  '', 25.0.0.0/8
            recordings-mi/effective/2021-05-19-effective-nsg.json,  25.1.0.0/16 25.2.0.0/15 25.8.0.0/13 192.100.102.0/23, 20.35.252.0/22 23.103.0.0/18 25.33.0.0/16 25.41.0.0/20 25.48.0.0/12 40.108.0.0/17 40.109.0.0/16 104.146.0.0/17 104.147.0.0/16 157.59.0.0/16
            """)
    @DisplayName("Internet, which changes by date, and every verdict at its boundaries")
    void internetTag(String file, String recordedAlone, String oursAloneLiesIn) {
        RecordedRules answer = RecordedRules.in(file);
        Compilation compiled = rebuilt(answer);
        AddressSet recorded = AddressSet.of(answer.expansion("Internet"));
        AddressSet ours = expansion(compiled, "Internet").minus(PUBLIC_V6);
        assertThat(recorded.minus(ours)).isEqualTo(set(recordedAlone));
        assertThat(ours.minus(recorded).minus(set(oursAloneLiesIn))).isEqualTo(AddressSet.empty());
        AddressSet differs = recorded.minus(ours).union(ours.minus(recorded));
        assertThat(differs.isEmpty()).isEqualTo(oursAloneLiesIn.isEmpty());
        for (Address sample : RecordedRules.samples(recorded, ours)) {
            assertThat(RecordedRules.allowsOutbound(compiled, sample) == answer.allowsOutbound(sample))
                    .as("TCP 443 to %s", sample)
                    .isEqualTo(!differs.contains(sample));
            assertThat(RecordedRules.allowsInbound(compiled, sample))
                    .as("TCP 22 from %s", sample)
                    .isEqualTo(answer.allowsInbound(sample));
        }
    }

    /** The network without the recorded answer: the default rules and what tags stand for are ours. */
    private static Compilation rebuilt(RecordedRules recorded) {
        return Rebuilt.vnet(recorded.vnetRange()).nicGroup(recorded.declared()).compiled();
    }

    private static AddressSet expansion(Compilation compiled, String tag) {
        return AddressSet.of(compiled.expansion(Rebuilt.SUBNET, new AddressTerm.Tag(tag)));
    }

    private static AddressSet set(String prefixes) {
        return AddressSet.of(Splitter.on(' ')
                .omitEmptyStrings()
                .splitToStream(prefixes)
                .map(Prefix::parse)
                .toList());
    }
}
