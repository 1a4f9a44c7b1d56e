package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.laws.Dice;
import dev.mipath.net.Address;
import dev.mipath.net.AddressRange;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Prefix;
import dev.mipath.net.Protocol;
import java.util.ArrayList;
import java.util.List;

/** Random policies whose boxes meet at few addresses and ports, and packets near their corners. */
final class RandomBoxes {
    private static final List<Prefix> BLOCKS = List.of(
            Prefix.parse("10.0.0.0/8"),
            Prefix.parse("10.0.0.0/16"),
            Prefix.parse("172.16.0.0/12"),
            Prefix.parse("255.255.255.0/24"),
            Prefix.parse("0.0.0.0/8"),
            Prefix.parse("fd00:1::/48"),
            Prefix.parse("fd00:1::/64"),
            Prefix.parse("::/64"));
    private static final List<Protocol> PROTOCOLS =
            List.of(Protocol.ANY, Protocol.TCP, Protocol.TCP, Protocol.UDP, Protocol.ICMP, Protocol.ESP);
    private static final List<Integer> NUMBERS = List.of(0, 1, 6, 6, 6, 17, 17, 47, 50, 51, 255);

    /** One packet; the protocol is the IANA number. */
    record Probe(int protocol, Address source, int sourcePort, Address destination, int destinationPort) {}

    private final Dice dice;

    RandomBoxes(long seed) {
        dice = new Dice(seed);
    }

    Policy policy(int size) {
        ImmutableList.Builder<Policy.Entry> entries = ImmutableList.builder();
        for (int i = 0; i < size; i++) {
            // Specific ones first, as people write them; otherwise nearly all would be dead.
            int wide = size - i;
            entries.add(new Policy.Entry(null, box(wide < 3), dice.of(Policy.ALLOWED, Policy.DENIED)));
        }
        return new Policy(entries.build());
    }

    private FlowBox box(boolean wide) {
        Protocol protocol = dice.of(PROTOCOLS);
        return new FlowBox(
                protocol == Protocol.ANY ? ImmutableSet.of() : ImmutableSet.of(protocol),
                wide ? AddressSet.any() : addresses(),
                dice.oneIn(4) ? ports() : ImmutableList.of(PortRange.ANY),
                wide ? AddressSet.any() : addresses(),
                wide && dice.oneIn(2) ? ImmutableList.of(PortRange.ANY) : ports());
    }

    private AddressSet addresses() {
        if (dice.oneIn(12)) return dice.oneIn(3) ? AddressSet.empty() : AddressSet.any();
        List<Prefix> prefixes = new ArrayList<>();
        for (int i = 1 + dice.below(3); i > 0; i--) prefixes.add(dice.inside(dice.of(BLOCKS), 12));
        return AddressSet.of(prefixes);
    }

    private ImmutableList<PortRange> ports() {
        ImmutableList.Builder<PortRange> ports = ImmutableList.builder();
        for (int i = 1 + dice.below(3); i > 0; i--) {
            int first = dice.of(0, 443, 1433, 9000, 11_000, 65_535, dice.below(65_536));
            ports.add(new PortRange(first, Math.min(65_535, first + dice.of(0, 0, 1, 3, 999, 65_535))));
        }
        return ports.build();
    }

    /** A packet at, beside or inside the corners of one of the boxes. */
    Probe probe(Policy policy) {
        FlowBox box = dice.of(policy.entries()).box();
        List<Protocol> named = List.copyOf(box.protocols());
        return new Probe(
                named.isEmpty() || dice.oneIn(3)
                        ? dice.of(NUMBERS)
                        : named.get(0).number(),
                address(box.source()),
                port(box.sourcePorts()),
                address(box.destination()),
                port(box.destinationPorts()));
    }

    private Address address(AddressSet set) {
        List<AddressRange> ranges = set.ranges();
        if (ranges.isEmpty() || dice.oneIn(10)) return dice.anywhere(dice.oneIn(2));
        AddressRange range = dice.of(ranges);
        Address end = dice.oneIn(2) ? range.first() : range.last();
        Address beside = dice.oneIn(2) ? end.next() : end.previous();
        return dice.oneIn(2) || beside == null ? end : beside;
    }

    private int port(List<PortRange> ports) {
        PortRange range = dice.of(ports);
        int end = dice.oneIn(2) ? range.first() : range.last();
        return Math.min(65_535, Math.max(0, end + dice.below(3) - 1));
    }

    /** The obvious way: whether a box holds a packet. */
    static boolean holds(FlowBox box, Probe probe) {
        boolean named = box.protocols().isEmpty()
                || box.protocols().stream().anyMatch(protocol -> protocol.number() == probe.protocol);
        boolean ports = probe.protocol != 6 && probe.protocol != 17
                || box.sourcePorts().stream().anyMatch(range -> range.contains(probe.sourcePort))
                        && box.destinationPorts().stream().anyMatch(range -> range.contains(probe.destinationPort));
        return named
                && ports
                && box.source().contains(probe.source)
                && box.destination().contains(probe.destination);
    }
}
