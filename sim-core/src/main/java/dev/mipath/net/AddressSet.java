package dev.mipath.net;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Boundaries.Operation;
import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of IPv4 and IPv6 addresses, kept as the fewest disjoint ranges; equal sets are equal values.
 */
public final class AddressSet {
    private static final AddressSet EMPTY = new AddressSet(Boundaries.NONE, Boundaries.NONE);
    private static final AddressSet ANY = of(Prefix.ALL_V4, Prefix.ALL_V6);

    private static final int WORDS_V4 = 1;
    private static final int WORDS_V6 = 2;

    private final long[] v4;
    private final long[] v6;

    private AddressSet(long[] v4, long[] v6) {
        this.v4 = v4;
        this.v6 = v6;
    }

    /** No address. */
    public static AddressSet empty() {
        return EMPTY;
    }

    /** Every IPv4 and every IPv6 address. */
    public static AddressSet any() {
        return ANY;
    }

    /** The addresses of all these blocks; blocks may overlap and repeat. */
    public static AddressSet of(Iterable<Prefix> prefixes) {
        List<Prefix> sorted = new ArrayList<>();
        for (Prefix prefix : prefixes) sorted.add(prefix);
        Collections.sort(sorted);
        Points v4 = new Points();
        Points v6 = new Points();
        @Nullable Prefix last = null;
        for (Prefix prefix : sorted) {
            // Prefixes nest or are disjoint, and a wider one sorts first.
            if (last != null && last.contains(prefix)) continue;
            if (prefix.v6()) v6.addV6(prefix);
            else v4.addV4(prefix);
            last = prefix;
        }
        return new AddressSet(v4.toArray(), v6.toArray());
    }

    /** The addresses of these blocks. */
    public static AddressSet of(Prefix... prefixes) {
        return of(Arrays.asList(prefixes));
    }

    /** An address and all that come after it; IPv6 comes after IPv4. */
    public static AddressSet from(Address least) {
        return least.v6()
                ? new AddressSet(Boundaries.NONE, new long[] {least.high(), least.low()})
                : new AddressSet(new long[] {least.low()}, ANY.v6);
    }

    /** The addresses of either set. */
    public AddressSet union(AddressSet other) {
        return combine(Operation.UNION, other);
    }

    /** The addresses of any of these sets; much faster than joining them one by one. */
    public static AddressSet unionOf(List<AddressSet> sets) {
        if (sets.size() < 2) return sets.isEmpty() ? EMPTY : sets.get(0);
        int half = sets.size() / 2;
        return unionOf(sets.subList(0, half)).union(unionOf(sets.subList(half, sets.size())));
    }

    /** The addresses of this set that the other has not. */
    public AddressSet minus(AddressSet other) {
        return combine(Operation.DIFFERENCE, other);
    }

    /** The addresses of both sets. */
    public AddressSet intersection(AddressSet other) {
        return combine(Operation.INTERSECTION, other);
    }

    private AddressSet combine(Operation operation, AddressSet other) {
        long[] joined4 = Boundaries.combine(operation, v4, other.v4, WORDS_V4);
        long[] joined6 = Boundaries.combine(operation, v6, other.v6, WORDS_V6);
        return joined4 == v4 && joined6 == v6 ? this : new AddressSet(joined4, joined6);
    }

    /** Whether the sets share an address. */
    public boolean intersects(AddressSet other) {
        return !intersection(other).isEmpty();
    }

    /** Whether the address is in the set. */
    public boolean contains(Address address) {
        return contains(address.v6(), address.high(), address.low());
    }

    /** The same of an address in its parts, which allocates nothing. */
    public boolean contains(boolean isV6, long high, long low) {
        return isV6 ? Boundaries.contains(v6, WORDS_V6, high, low) : Boundaries.contains(v4, WORDS_V4, 0, low);
    }

    /** Whether every address of the block is in the set. */
    public boolean containsAll(Prefix prefix) {
        return !isEmpty() && containsAll(of(prefix));
    }

    /** Whether every address of the other set is in this one. */
    public boolean containsAll(AddressSet other) {
        return other.minus(this).isEmpty();
    }

    /** Whether the set holds no address. */
    public boolean isEmpty() {
        return v4.length + v6.length == 0;
    }

    /** The disjoint ranges in ascending order, none adjacent to the next of its family. */
    public ImmutableList<AddressRange> ranges() {
        ImmutableList.Builder<AddressRange> list = ImmutableList.builder();
        for (int i = 0; i < v4.length; i += 2) {
            Address last = i + 1 < v4.length ? Address.v4((int) (v4[i + 1] - 1)) : Address.v4(-1);
            list.add(new AddressRange(Address.v4((int) v4[i]), last));
        }
        for (int i = 0; i < v6.length; i += 4) {
            Address last = i + 2 < v6.length ? before(v6[i + 2], v6[i + 3]) : Address.v6(-1, -1);
            list.add(new AddressRange(Address.v6(v6[i], v6[i + 1]), last));
        }
        return list.build();
    }

    private static Address before(long high, long low) {
        return Address.v6(low == 0 ? high - 1 : high, low - 1);
    }

    /** The fewest CIDR blocks that make up the set, in ascending order. */
    public ImmutableList<Prefix> prefixes() {
        ImmutableList.Builder<Prefix> list = ImmutableList.builder();
        for (AddressRange range : ranges()) {
            IPAddress first = library(range.first());
            IPAddress last = library(range.last());
            for (IPAddress block : first.spanWithPrefixBlocks(last)) {
                Address network = range.first().v6()
                        ? fromBytes(block.getLower())
                        : Address.v4(block.getLower().toIPv4().intValue());
                Integer length = block.getNetworkPrefixLength();
                list.add(new Prefix(network, length == null ? network.width() : length));
            }
        }
        return list.build();
    }

    private static IPAddress library(Address address) {
        return address.v6() ? new IPv6Address(address.bytes()) : new IPv4Address(address.bits());
    }

    private static Address fromBytes(IPAddress address) {
        byte[] bytes = address.getBytes();
        long high = 0;
        long low = 0;
        for (int i = 0; i < 8; i++) {
            high = high << 8 | bytes[i] & 0xFF;
            low = low << 8 | bytes[i + 8] & 0xFF;
        }
        return Address.v6(high, low);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AddressSet set && Arrays.equals(v4, set.v4) && Arrays.equals(v6, set.v6);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(v4) + Arrays.hashCode(v6);
    }

    @Override
    public String toString() {
        return ranges().toString();
    }

    /** A growing row of boundaries, fed with disjoint blocks in ascending order; neighbours are joined. */
    private static final class Points {
        private long[] points = new long[4];
        private int size;

        private void addV4(Prefix block) {
            long end = block.last().low() + 1;
            if (size > 0 && points[size - 1] == block.first().low()) size--;
            else add(block.first().low());
            if (end >>> 32 == 0) add(end);
        }

        private void addV6(Prefix block) {
            Address first = block.first();
            Address last = block.last();
            if (size > 0 && points[size - 2] == first.high() && points[size - 1] == first.low()) {
                size -= 2;
            } else {
                add(first.high());
                add(first.low());
            }
            long endLow = last.low() + 1;
            long endHigh = endLow == 0 ? last.high() + 1 : last.high();
            // The end after the highest address has no number: the set stays open.
            if (endHigh != 0 || endLow != 0) {
                add(endHigh);
                add(endLow);
            }
        }

        private void add(long point) {
            if (size == points.length) points = Arrays.copyOf(points, size * 2);
            points[size++] = point;
        }

        private long[] toArray() {
            return size == 0 ? Boundaries.NONE : Arrays.copyOf(points, size);
        }
    }
}
