package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.compile.EffectiveRoutes;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.Prefix;
import dev.mipath.profile.PlatformRanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the routes of a subnet send every address: the parts of the address space, each with the choice among the rows
 * that cover it. Preference is {@code compile}'s; here its winners are only gathered.
 */
public final class RouteMap {
    private final ImmutableList<Part> parts;

    /**
     * Addresses for which one choice holds.
     *
     * @param addresses the addresses
     * @param choice the choice, or null where no row covers them
     */
    public record Part(AddressSet addresses, @Nullable Choice choice) {}

    private RouteMap(ImmutableList<Part> parts) {
        this.parts = parts;
    }

    /** The map of a subnet's routes. */
    public static RouteMap of(EffectiveRoutes routes) {
        Map<Integer, List<AddressSet>> byChoice = new LinkedHashMap<>();
        List<Address> borders = List.copyOf(borders(routes));
        for (int i = 0; i < borders.size(); i++) {
            Address from = borders.get(i);
            int index = from.v6()
                    ? routes.table().match(from.high(), from.low())
                    : routes.table().match(from.bits());
            AddressSet upward = AddressSet.from(from);
            AddressSet part = i + 1 < borders.size() ? upward.minus(AddressSet.from(borders.get(i + 1))) : upward;
            byChoice.computeIfAbsent(index, key -> new ArrayList<>()).add(part);
        }
        ImmutableList.Builder<Part> parts = ImmutableList.builder();
        byChoice.forEach((index, sets) -> parts.add(new Part(
                AddressSet.unionOf(sets),
                index == LpmTable.NONE ? null : routes.choices().get(index))));
        return new RouteMap(parts.build());
    }

    private static Set<Address> borders(EffectiveRoutes routes) {
        TreeSet<Address> borders = new TreeSet<>(List.of(Address.v4(0), Address.FIRST_V6));
        List<Prefix> prefixes = new ArrayList<>(PlatformRanges.HOST_VIRTUAL.prefixes());
        for (EffectiveRoutes.Row row : routes.rows()) {
            prefixes.addAll(row.route().prefixes());
            prefixes.addAll(row.uncertainReach().prefixes());
        }
        for (Prefix prefix : prefixes) {
            borders.add(prefix.first());
            @Nullable Address behind = prefix.last().next();
            if (behind != null) borders.add(behind);
        }
        return borders;
    }

    /** The parts that hold addresses of a set, each cut down to it. */
    public ImmutableList<Part> within(AddressSet set) {
        ImmutableList.Builder<Part> found = ImmutableList.builder();
        for (Part part : parts) {
            AddressSet common = part.addresses.intersection(set);
            if (!common.isEmpty()) found.add(new Part(common, part.choice));
        }
        return found.build();
    }
}
