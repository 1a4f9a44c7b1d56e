package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.base.Splitter;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.topology.NextHopType;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Recorded answers of {@code az network nic show-effective-route-table}: the routes are rebuilt from the range of the
 * VNet alone and compared by the next hop of every address at, and next to, a boundary of either table.
 *
 * <p>Which ranges Azure sends nowhere on its own differs by date (facts 2.4, 8.3); what differs is stated here for every
 * recording, and nothing else may. No recording at hand holds a user's route.
 */
@DisplayName("Effective routes of")
class EffectiveRoutesRecordingsTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(useHeadersInDisplayName = true, textBlock = """
            file, rows, None in the recording and Internet with us, Internet in the recording and None with us
            recordings/cli-nic-effective-routes.json,                      7, 25.33.80.0/20 25.41.3.0/25, 172.16.0.0/12
            recordings-mi/effective/2017-02-06-effective-routes-7r.json,   7, 25.0.0.0/8, ''
            recordings-mi/effective/2017-03-08-effective-routes-6r.json,   6, '', ''
            recordings-mi/effective/2018-03-08-effective-routes-7r.json,   7, '', ''
            recordings-mi/effective/2020-07-28-effective-routes-7r.json,   7, 25.33.80.0/20 25.41.3.0/25, 172.16.0.0/12
            recordings-mi/effective/2021-05-19-effective-routes-17r.json, 17, 25.48.0.0/12 25.4.0.0/14 198.18.0.0/15 157.59.0.0/16 25.33.0.0/16 40.109.0.0/16 104.147.0.0/16 40.108.0.0/17 104.146.0.0/17 23.103.0.0/18 25.41.0.0/20 20.35.252.0/22, 172.16.0.0/12
            answers-rest/EffectiveRouteTable.json,                         6, '', ''
            rest-examples-network/NetworkInterfaceEffectiveRouteTableList.json, 6, '', ''
            """)
    @DisplayName("the next hop of every address at a boundary")
    void nextHops(String file, int count, String recordedNone, String oursNone) {
        RecordedRouteTable table = RecordedRouteTable.in(file);
        assertThat(table.rows()).hasSize(count);
        assertThat(table.rows()).allSatisfy(row -> {
            assertThat(row.text("source")).isEqualTo("Default");
            assertThat(row.text("state")).isEqualTo("Active");
        });
        EffectiveRoutes ours = rebuilt(table);
        assertThat(ours.facts()).allSatisfy(row -> {
            assertThat(row.origin().source().azureName()).isEqualTo("Default");
            assertThat(row.standing().state()).isEqualTo("Active");
        });
        AddressSet noneThere = set(recordedNone);
        AddressSet noneHere = set(oursNone);
        Set<Prefix> differing = new LinkedHashSet<>();
        for (Address sample : table.samples(ours)) {
            NextHopType recorded = table.hop(sample);
            NextHopType expected = recorded;
            if (noneThere.contains(sample)) expected = NextHopType.INTERNET;
            if (noneHere.contains(sample)) expected = NextHopType.NONE;
            assertThat(RecordedRouteTable.hop(ours, sample))
                    .as("next hop to %s", sample)
                    .isEqualTo(expected);
            if (expected != recorded) differing.add(Prefix.host(sample));
        }
        assertThat(AddressSet.of(differing).isEmpty())
                .as("what is stated to differ was met")
                .isEqualTo(recordedNone.isEmpty() && oursNone.isEmpty());
    }

    /** The only row of any recording for IPv6: the VNet has no IPv6 range, and we list no such row for it. */
    @ParameterizedTest(name = "{0}")
    @CsvSource("recordings-mi/effective/2018-03-08-effective-routes-7r.json")
    @DisplayName("a VNet without IPv6 that still lists ::/0")
    void everywhereInV6(String file) {
        RecordedRouteTable table = RecordedRouteTable.in(file);
        Recorded last = table.rows().get(6);
        assertThat(last.texts("addressPrefix")).containsExactly("::/0");
        assertThat(last.text("nextHopType")).isEqualTo("Internet");
        assertThat(rebuilt(table).facts())
                .noneSatisfy(row -> assertThat(row.prefixes()).contains(Prefix.ALL_V6));
    }

    private static EffectiveRoutes rebuilt(RecordedRouteTable recorded) {
        return RecordedRouteTable.ours(Rebuilt.vnet(recorded.vnetRange()).compiled());
    }

    private static AddressSet set(String prefixes) {
        return AddressSet.of(Splitter.on(' ')
                .omitEmptyStrings()
                .splitToStream(prefixes)
                .map(Prefix::parse)
                .toList());
    }
}
