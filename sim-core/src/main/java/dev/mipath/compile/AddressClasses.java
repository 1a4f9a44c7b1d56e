package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RuleList;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Which addresses of some IPv4 prefixes a network treats alike: those that the same rules, routes and frontends of it
 * hold. Two addresses of one class end alike; two of different classes may.
 */
public final class AddressClasses {
    private final AddressSet asked;
    private final Set<AddressSet> known = new HashSet<>();
    private final ImmutableList.Builder<AddressSet> found = ImmutableList.builder();
    /** The last addresses of the stretches that nothing cuts. */
    private final TreeSet<Address> ends = new TreeSet<>();

    private final ImmutableList<AddressSet> sets;

    /**
     * The classes.
     *
     * @param compilation the network
     * @param prefixes the prefixes; those of IPv6 are left out
     */
    public AddressClasses(Compilation compilation, List<Prefix> prefixes) {
        asked = AddressSet.of(prefixes.stream().filter(each -> !each.v6()).toList());
        for (Prefix prefix : prefixes) if (!prefix.v6()) ends.add(prefix.last());
        for (RuleList list : compilation.ruleLists()) {
            for (RuleList.Entry entry : list.entries()) {
                add(entry.source());
                add(entry.destination());
            }
        }
        for (EffectiveRoutes table : compilation.routeTables()) {
            for (EffectiveRoutes.Row row : table.rows()) {
                for (Prefix prefix : row.route().prefixes()) add(AddressSet.of(prefix));
                add(row.uncertainReach());
            }
        }
        for (Prefix place : compilation.places()) add(AddressSet.of(place));
        sets = found.build();
    }

    /** Only what parts the asked addresses matters; most of a network holds all of them or none. */
    private void add(AddressSet set) {
        AddressSet held = set.intersection(asked);
        if (held.isEmpty() || held.equals(asked) || !known.add(held)) return;
        found.add(held);
        for (AddressRange range : held.ranges()) {
            ends.add(range.last());
            @Nullable Address before = range.first().previous();
            if (before != null) ends.add(before);
        }
    }

    /** One address of every stretch of a prefix that nothing cuts, the last of each, in ascending order. */
    public ImmutableList<Address> samples(Prefix prefix) {
        return ImmutableList.copyOf(ends.subSet(prefix.first(), true, prefix.last(), true));
    }

    /** The class of an address; equal ones are treated alike. */
    public BitSet of(Address address) {
        BitSet holding = new BitSet(sets.size());
        for (int i = 0; i < sets.size(); i++) holding.set(i, sets.get(i).contains(address));
        return holding;
    }
}
