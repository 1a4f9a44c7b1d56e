package dev.mipath.recordings;

import static org.assertj.core.api.Assertions.assertThat;

import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.compile.Compilation;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import dev.mipath.topology.NextHopType;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A recorded answer of {@code az network nic show-effective-route-table}, read literally.
 *
 * @param rows the rows as recorded
 */
record RecordedRouteTable(List<Recorded> rows) {
    static RecordedRouteTable in(String file) {
        return new RecordedRouteTable(Recorded.in(file).body().items("value"));
    }

    /** The range of the VNet, which is the prefix of the row that stays inside it. */
    String vnetRange() {
        return rows.stream()
                .filter(row -> row.text("nextHopType").equals("VnetLocal"))
                .findFirst()
                .orElseThrow()
                .texts("addressPrefix")
                .get(0);
    }

    /** The hop of the longest prefix that covers the address; the recordings hold no prefix twice. */
    NextHopType hop(Address address) {
        int longest = -1;
        NextHopType hop = NextHopType.NONE;
        for (Recorded row : rows) {
            for (String text : row.texts("addressPrefix")) {
                Prefix prefix = Prefix.parse(text);
                if (!prefix.contains(address) || prefix.length() <= longest) continue;
                longest = prefix.length();
                hop = NextHopType.parse(row.text("nextHopType"));
            }
        }
        return hop;
    }

    /** Every IPv4 address at a boundary of the recording or of ours, and its neighbours. */
    Set<Address> samples(EffectiveRoutes ours) {
        Set<Prefix> prefixes = new LinkedHashSet<>();
        rows.forEach(row -> row.texts("addressPrefix").forEach(text -> prefixes.add(Prefix.parse(text))));
        ours.facts().forEach(row -> prefixes.addAll(row.prefixes()));
        Set<Address> samples = new LinkedHashSet<>();
        for (Prefix prefix : prefixes) {
            if (prefix.v6()) continue;
            int first = prefix.first().bits();
            int last = prefix.last().bits();
            // Before the first address of all comes the last of all, and that one is as good a sample.
            for (int bits : new int[] {first - 1, first, first + 1, last - 1, last, last + 1}) {
                samples.add(Address.v4(bits));
            }
        }
        return samples;
    }

    /** Our routes of the rebuilt subnet. */
    static EffectiveRoutes ours(Compilation compiled) {
        EffectiveRoutes routes = compiled.routes(Rebuilt.SUBNET);
        if (routes == null) throw new AssertionError("the subnet has routes");
        return routes;
    }

    /** Our next hop, which must be certain. */
    static NextHopType hop(EffectiveRoutes routes, Address address) {
        int index = routes.table().match(address.bits());
        assertThat(index).isNotEqualTo(LpmTable.NONE);
        Choice choice = routes.choices().get(index);
        assertThat(choice.contrary()).isNull();
        if (choice.winner() == null) throw new AssertionError("no route to " + address);
        return choice.winner().route().hop().type().value().orElseThrow();
    }
}
