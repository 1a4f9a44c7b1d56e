package dev.mipath.net;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableRangeSet;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import inet.ipaddr.IPAddress;
import inet.ipaddr.ipv4.IPv4Address;
import inet.ipaddr.ipv6.IPv6Address;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A set of IPv4 and IPv6 addresses, kept as the fewest disjoint ranges; equal sets are equal values.
 */
public final class AddressSet {
    /*
     * IPv4 and IPv6 lie on one line, `::` following 255.255.255.255, so that Guava's half-open canonical
     * ranges need no special end for IPv4. A range that crosses the border is cut there when it is read.
     */
    private static final DiscreteDomain<Address> LINE = new DiscreteDomain<>() {
        @Override
        public @Nullable Address next(Address value) {
            return value.equals(Address.LAST_V4) ? Address.FIRST_V6 : value.next();
        }

        @Override
        public @Nullable Address previous(Address value) {
            return value.equals(Address.FIRST_V6) ? Address.LAST_V4 : value.previous();
        }

        @Override
        public long distance(Address start, Address end) {
            throw new UnsupportedOperationException("a set of addresses is never counted one by one");
        }

        @Override
        public Address minValue() {
            return Address.v4(0);
        }

        @Override
        public Address maxValue() {
            return Address.v6(-1, -1);
        }
    };

    private static final AddressSet EMPTY = new AddressSet(ImmutableRangeSet.of());
    private static final AddressSet ANY = of(ImmutableList.of(Prefix.ALL_V4, Prefix.ALL_V6));

    private final ImmutableRangeSet<Address> ranges;

    private AddressSet(ImmutableRangeSet<Address> ranges) {
        this.ranges = ranges;
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
        ImmutableRangeSet.Builder<Address> disjoint = ImmutableRangeSet.builder();
        @Nullable Prefix last = null;
        for (Prefix prefix : sorted) {
            // Prefixes nest or are disjoint, and a wider one sorts first; the builder joins neighbours.
            if (last != null && last.contains(prefix)) continue;
            disjoint.add(range(prefix));
            last = prefix;
        }
        return new AddressSet(disjoint.build());
    }

    /** The addresses of these blocks. */
    public static AddressSet of(Prefix... prefixes) {
        return of(ImmutableList.copyOf(prefixes));
    }

    private static Range<Address> range(Prefix prefix) {
        return Range.closed(prefix.first(), prefix.last()).canonical(LINE);
    }

    /** The addresses of either set. */
    public AddressSet union(AddressSet other) {
        if (isEmpty()) return other;
        return other.isEmpty() ? this : new AddressSet(ranges.union(other.ranges));
    }

    /** The addresses of any of these sets; much faster than joining them one by one. */
    public static AddressSet unionOf(Iterable<AddressSet> sets) {
        RangeSet<Address> union = TreeRangeSet.create();
        for (AddressSet set : sets) union.addAll(set.ranges);
        return new AddressSet(ImmutableRangeSet.copyOf(union));
    }

    /** The addresses of this set that the other has not. */
    public AddressSet minus(AddressSet other) {
        return other.isEmpty() ? this : new AddressSet(ranges.difference(other.ranges));
    }

    /** The addresses of both sets. */
    public AddressSet intersection(AddressSet other) {
        return new AddressSet(ranges.intersection(other.ranges));
    }

    /** Whether the sets share an address. */
    public boolean intersects(AddressSet other) {
        return !intersection(other).isEmpty();
    }

    /** Whether the address is in the set. */
    public boolean contains(Address address) {
        return ranges.contains(address);
    }

    /** Whether every address of the block is in the set. */
    public boolean containsAll(Prefix prefix) {
        return ranges.encloses(range(prefix));
    }

    /** Whether every address of the other set is in this one. */
    public boolean containsAll(AddressSet other) {
        return ranges.enclosesAll(other.ranges);
    }

    /** Whether the set holds no address. */
    public boolean isEmpty() {
        return ranges.isEmpty();
    }

    /** The disjoint ranges in ascending order, none adjacent to the next of its family. */
    public ImmutableList<AddressRange> ranges() {
        ImmutableList.Builder<AddressRange> list = ImmutableList.builder();
        for (Range<Address> range : ranges.asRanges()) {
            Address first = range.lowerEndpoint();
            Address last = range.hasUpperBound() ? before(range.upperEndpoint()) : LINE.maxValue();
            if (!first.v6() && last.v6()) {
                list.add(new AddressRange(first, Address.LAST_V4));
                first = Address.FIRST_V6;
            }
            list.add(new AddressRange(first, last));
        }
        return list.build();
    }

    private static Address before(Address address) {
        Address previous = LINE.previous(address);
        if (previous == null) throw new IllegalStateException("a half-open range ends above the lowest address");
        return previous;
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
        return other instanceof AddressSet set && ranges.equals(set.ranges);
    }

    @Override
    public int hashCode() {
        return ranges.hashCode();
    }

    @Override
    public String toString() {
        return ranges().toString();
    }
}
