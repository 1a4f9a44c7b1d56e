package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of values of one field, kept as the points where membership changes: {@code [3, 7, 9]} holds 3 to 6 and
 * everything from 9 up. The axis of addresses holds IPv4 and behind it IPv6.
 *
 * @param flips the points, ascending; at an even index the set begins, at an odd one it ends
 * @param <T> the values of the field
 */
public record FieldSet<T extends Comparable<T>>(ImmutableList<T> flips) {
    private static final int PORT_END = 65_536;

    /** Every value. */
    static <T extends Comparable<T>> FieldSet<T> from(T least) {
        return new FieldSet<>(ImmutableList.of(least));
    }

    /** The addresses of a set. */
    static FieldSet<Address> of(AddressSet addresses) {
        List<Address> flips = new ArrayList<>();
        for (AddressRange range : addresses.ranges()) {
            // IPv6 begins where IPv4 ends, so neighbours across the border are one interval.
            boolean goesOn = !flips.isEmpty() && flips.get(flips.size() - 1).equals(range.first());
            if (goesOn) flips.remove(flips.size() - 1);
            else flips.add(range.first());
            @Nullable Address end = range.last().next();
            if (end == null && !range.last().v6()) end = Address.FIRST_V6;
            if (end != null) flips.add(end);
        }
        return new FieldSet<>(ImmutableList.copyOf(flips));
    }

    /** The ports of any of these ranges. */
    static FieldSet<Integer> ofPorts(Collection<PortRange> ranges) {
        List<PortRange> sorted = new ArrayList<>(ranges);
        sorted.sort(Comparator.comparingInt(PortRange::first));
        List<Integer> flips = new ArrayList<>();
        for (PortRange range : sorted) {
            int last = flips.size() - 1;
            int end = range.last() + 1;
            if (last > 0 && flips.get(last) >= range.first()) flips.set(last, Math.max(flips.get(last), end));
            else flips.addAll(List.of(range.first(), end));
        }
        int last = flips.size() - 1;
        if (last > 0 && flips.get(last) == PORT_END) flips.remove(last);
        return new FieldSet<>(ImmutableList.copyOf(flips));
    }

    /** One number. */
    static FieldSet<Integer> ofNumber(int number) {
        return new FieldSet<>(ImmutableList.of(number, number + 1));
    }

    boolean isEmpty() {
        return flips.isEmpty();
    }

    boolean contains(T value) {
        int below = 0;
        while (below < flips.size() && flips.get(below).compareTo(value) <= 0) below++;
        return (below & 1) == 1;
    }

    /** A set of addresses as {@code net} keeps it. */
    static AddressSet addresses(FieldSet<Address> set) {
        List<AddressSet> parts = new ArrayList<>();
        for (int i = 0; i < set.flips.size(); i += 2) {
            @Nullable Address end = i + 1 < set.flips.size() ? set.flips.get(i + 1) : null;
            AddressSet from = AddressSet.from(set.flips.get(i));
            parts.add(end == null ? from : from.minus(AddressSet.from(end)));
        }
        return AddressSet.unionOf(parts);
    }

    /** A set of ports as ranges. */
    static ImmutableList<PortRange> ports(FieldSet<Integer> set) {
        ImmutableList.Builder<PortRange> ranges = ImmutableList.builder();
        for (int i = 0; i < set.flips.size(); i += 2) {
            int end = i + 1 < set.flips.size() ? set.flips.get(i + 1) : PORT_END;
            ranges.add(new PortRange(set.flips.get(i), end - 1));
        }
        return ranges.build();
    }
}
