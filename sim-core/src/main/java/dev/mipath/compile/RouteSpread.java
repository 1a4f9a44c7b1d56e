package dev.mipath.compile;

import com.google.common.collect.ImmutableList;
import dev.mipath.azure.RoutePreference.Choice;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.lookup.LpmTable;
import dev.mipath.net.Address;
import dev.mipath.net.Prefix;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where the routes of one subnet send many prefixes: those of a service tag, say, of which a single packet shows one
 * address only.
 *
 * @param prefixes how many prefixes there are
 * @param ways the distinct ways, in the order in which the prefixes first take them
 */
public record RouteSpread(int prefixes, ImmutableList<Way> ways) {
    /**
     * Prefixes that are sent alike.
     *
     * @param hops the rows that send them, one a next hop; several where a prefix is parted; empty where nothing sends them
     * @param known whether the input says enough to be sure
     * @param prefixes the prefixes
     */
    public record Way(ImmutableList<RouteFact> hops, boolean known, ImmutableList<Prefix> prefixes) {}

    /** Asks the routes that a subnet's packets meet about every address of the IPv4 prefixes. */
    public static RouteSpread of(EffectiveRoutes routes, List<Prefix> prefixes) {
        TreeSet<Address> borders = new TreeSet<>();
        for (EffectiveRoutes.Row row : routes.rows()) {
            for (Prefix prefix : row.route().prefixes()) addBorders(prefix, borders);
            for (Prefix prefix : row.uncertainReach().prefixes()) addBorders(prefix, borders);
        }
        Map<List<Object>, List<RouteFact>> hops = new LinkedHashMap<>();
        Map<List<Object>, List<Prefix>> taking = new LinkedHashMap<>();
        int count = 0;
        for (Prefix prefix : prefixes) {
            if (prefix.v6()) continue;
            count++;
            Map<Object, RouteFact> met = new LinkedHashMap<>();
            boolean known = true;
            Set<Address> starts = new LinkedHashSet<>(List.of(prefix.first()));
            starts.addAll(borders.subSet(prefix.first(), true, prefix.last(), true));
            for (Address start : starts) known &= note(routes, start, met);
            List<Object> key = new ArrayList<>(met.keySet());
            key.add(known);
            hops.putIfAbsent(key, List.copyOf(met.values()));
            taking.computeIfAbsent(key, way -> new ArrayList<>()).add(prefix);
        }
        ImmutableList.Builder<Way> ways = ImmutableList.builder();
        hops.forEach((key, rows) -> ways.add(new Way(
                ImmutableList.copyOf(rows),
                key.get(key.size() - 1).equals(true),
                ImmutableList.copyOf(taking.getOrDefault(key, List.of())))));
        return new RouteSpread(count, ways.build());
    }

    private static void addBorders(Prefix prefix, TreeSet<Address> borders) {
        if (prefix.v6()) return;
        borders.add(prefix.first());
        @Nullable Address behind = prefix.last().next();
        if (behind != null) borders.add(behind);
    }

    /** Notes the next hop of an address; false when the input does not say enough. */
    private static boolean note(EffectiveRoutes routes, Address address, Map<Object, RouteFact> met) {
        int index = routes.table().match(address.bits());
        if (index == LpmTable.NONE) return true;
        Choice choice = routes.choices().get(index);
        if (choice.contrary() != null) return false;
        if (choice.winner() != null) {
            RouteFact route = choice.winner().route();
            met.putIfAbsent(route.hop(), route);
        }
        return true;
    }
}
