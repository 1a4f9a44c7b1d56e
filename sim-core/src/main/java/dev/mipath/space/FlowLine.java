package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Packets as one line of text can name them.
 *
 * @param protocols their names, {@link #OTHER} for those that rules cannot name; empty for all
 * @param source the source addresses
 * @param sourcePorts the source ports; without meaning for protocols that have none
 * @param destination the destination addresses
 * @param destinationPorts the destination ports; without meaning for protocols that have none
 */
public record FlowLine(
        ImmutableList<String> protocols,
        AddressSet source,
        ImmutableList<PortRange> sourcePorts,
        AddressSet destination,
        ImmutableList<PortRange> destinationPorts) {
    /** The protocols that no rule can name. */
    public static final String OTHER = "other";

    private static final int LISTED_MAX = 6;
    private static final ImmutableList<PortRange> EVERY_PORT = ImmutableList.of(PortRange.ANY);

    /**
     * Whether every packet of the one lines is a packet of the other.
     *
     * @throws TooComplexException when the lines make too many cases
     */
    public static boolean areWithin(List<FlowLine> part, List<FlowLine> whole) {
        if (part.equals(whole)) return true;
        Set<String> names = new LinkedHashSet<>(List.of(OTHER));
        for (Protocol protocol : Protocol.values()) if (protocol != Protocol.ANY) names.add(protocol.toString());
        for (String name : names) {
            List<FlowBox> inner = boxes(part, name);
            List<FlowBox> outer = boxes(whole, name);
            if (inner.isEmpty() || inner.equals(outer)) continue;
            List<FlowBox> all = new ArrayList<>(inner);
            all.addAll(outer);
            Policy inside = Policy.allowing(outer);
            if (!new PolicyDiagram(new PacketSpace(all), inside).allows(inner)) return false;
        }
        return true;
    }

    /** The lines that hold a protocol, as boxes of one protocol whatever it is. */
    private static List<FlowBox> boxes(List<FlowLine> lines, String name) {
        boolean ported = name.equals(Protocol.TCP.toString()) || name.equals(Protocol.UDP.toString());
        List<FlowBox> boxes = new ArrayList<>();
        for (FlowLine line : lines) {
            if (!line.protocols.isEmpty() && !line.protocols.contains(name)) continue;
            boxes.add(new FlowBox(
                    ImmutableSet.of(Protocol.TCP),
                    line.source,
                    ported ? line.sourcePorts : EVERY_PORT,
                    line.destination,
                    ported ? line.destinationPorts : EVERY_PORT));
        }
        return boxes;
    }

    /** Joins boxes of classes that differ in one field only, until none do. */
    static void merge(List<BitSet[]> boxes) {
        boolean merged = true;
        while (merged) {
            merged = false;
            for (int i = 0; i < boxes.size(); i++) {
                for (int j = boxes.size() - 1; j > i; j--) {
                    int field = onlyDifference(boxes.get(i), boxes.get(j));
                    if (field < 0) continue;
                    BitSet[] joined = boxes.get(i).clone();
                    joined[field] = (BitSet) joined[field].clone();
                    joined[field].or(boxes.get(j)[field]);
                    boxes.set(i, joined);
                    boxes.remove(j);
                    merged = true;
                }
            }
        }
    }

    private static int onlyDifference(BitSet[] one, BitSet[] other) {
        int difference = -1;
        for (int field = 0; field < one.length; field++) {
            if (one[field].equals(other[field])) continue;
            if (difference >= 0) return -1;
            difference = field;
        }
        return difference;
    }

    /** {@code TCP 10.1.0.0/16 → 10.0.1.0/24 : 1433,11000-11999}, long lists cut short. */
    @Override
    public String toString() {
        String from = sourcePorts.equals(EVERY_PORT) ? "" : " from port " + list(sourcePorts);
        return (protocols.isEmpty() ? "any" : String.join(",", protocols)) + " " + addresses(source) + from + " → "
                + addresses(destination) + " : " + list(destinationPorts);
    }

    private static String addresses(AddressSet set) {
        return set.equals(AddressSet.any()) ? "*" : list(set.prefixes());
    }

    private static String list(List<?> entries) {
        String shown = entries.stream().limit(LISTED_MAX).map(Object::toString).collect(Collectors.joining(","));
        return entries.size() <= LISTED_MAX ? shown : shown + ",… (" + entries.size() + " in all)";
    }
}
