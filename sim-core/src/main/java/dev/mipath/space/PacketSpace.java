package dev.mipath.space;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import dev.mipath.net.AddressSet;
import dev.mipath.net.PortRange;
import dev.mipath.net.Protocol;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.IdentityHashMap;
import java.util.List;

/** All packets as a few sets can tell them apart, and the functions over them. Belongs to one thread. */
public final class PacketSpace {
    /** A diagram of more nodes has left what people write by hand far behind. */
    public static final int BUDGET = 2_000_000;

    /* Small fields first: the diagrams of a thousand rules then stay at a few thousand nodes. */
    static final int PROTOCOL = 0;
    static final int DESTINATION_PORT = 1;
    static final int SOURCE = 2;
    static final int DESTINATION = 3;
    static final int SOURCE_PORT = 4;
    static final int FIELDS = 5;

    private static final Address LEAST = Address.v4(0);
    private static final FieldSet<Integer> TCP = FieldSet.ofNumber(Protocol.TCP.number());
    private static final FieldSet<Integer> UDP = FieldSet.ofNumber(Protocol.UDP.number());

    private final ClassTable<Integer> protocols;
    private final ClassTable<Integer> destinationPorts;
    private final ClassTable<Address> sources;
    private final ClassTable<Address> destinations;
    private final ClassTable<Integer> sourcePorts;
    /** The classes of sets already asked for; a policy's boxes come again and again with the same sets. */
    private final IdentityHashMap<AddressSet, BitSet> sourceClasses = new IdentityHashMap<>();

    private final IdentityHashMap<AddressSet, BitSet> destinationClasses = new IdentityHashMap<>();
    private final BitSet withPorts = new BitSet();
    private final Diagram diagram;

    /** The space in which these boxes can be told apart. */
    public PacketSpace(List<FlowBox> boxes) {
        this(boxes, BUDGET);
    }

    PacketSpace(List<FlowBox> boxes, int budget) {
        List<FieldSet<Integer>> numbers = new ArrayList<>(List.of(TCP, UDP));
        List<FieldSet<Integer>> ports = new ArrayList<>();
        List<FieldSet<Integer>> ownPorts = new ArrayList<>();
        List<FieldSet<Address>> from = new ArrayList<>();
        List<FieldSet<Address>> to = new ArrayList<>();
        for (FlowBox box : boxes) {
            for (Protocol protocol : box.protocols()) numbers.add(FieldSet.ofNumber(protocol.number()));
            ports.add(FieldSet.ofPorts(box.destinationPorts()));
            ownPorts.add(FieldSet.ofPorts(box.sourcePorts()));
            from.add(FieldSet.of(box.source()));
            to.add(FieldSet.of(box.destination()));
        }
        protocols = new ClassTable<>(0, numbers);
        destinationPorts = new ClassTable<>(0, ports);
        sourcePorts = new ClassTable<>(0, ownPorts);
        sources = new ClassTable<>(LEAST, from);
        destinations = new ClassTable<>(LEAST, to);
        withPorts.or(protocols.classesOf(TCP));
        withPorts.or(protocols.classesOf(UDP));
        diagram = new Diagram(budget);
    }

    Diagram diagram() {
        return diagram;
    }

    /** The function with a value for the packets of a box and 0 for all others. */
    int leaf(FlowBox box, int value) {
        int nothing = Diagram.constant(0);
        int inside = Diagram.constant(value);
        int portless = addresses(box, inside);
        int ported = addresses(box, ownPorts(box, inside));
        BitSet ports = classes(destinationPorts, FieldSet.ofPorts(box.destinationPorts()));
        ported = choose(DESTINATION_PORT, destinationPorts.size(), ports, ported);
        BitSet named = new BitSet();
        if (box.protocols().isEmpty()) named.set(0, protocols.size());
        for (Protocol protocol : box.protocols()) {
            named.or(protocols.classesOf(FieldSet.ofNumber(protocol.number())));
        }
        int[] kids = new int[protocols.size()];
        for (int i = 0; i < kids.length; i++) {
            kids[i] = !named.get(i) ? nothing : withPorts.get(i) ? ported : portless;
        }
        return diagram.choose(PROTOCOL, kids);
    }

    private int addresses(FlowBox box, int inside) {
        int below = choose(DESTINATION, destinations.size(), destinationClasses(box.destination()), inside);
        return choose(SOURCE, sources.size(), sourceClasses(box.source()), below);
    }

    private BitSet sourceClasses(AddressSet set) {
        return sourceClasses.computeIfAbsent(set, key -> classes(sources, FieldSet.of(key)));
    }

    private BitSet destinationClasses(AddressSet set) {
        return destinationClasses.computeIfAbsent(set, key -> classes(destinations, FieldSet.of(key)));
    }

    private int ownPorts(FlowBox box, int inside) {
        BitSet own = classes(sourcePorts, FieldSet.ofPorts(box.sourcePorts()));
        return choose(SOURCE_PORT, sourcePorts.size(), own, inside);
    }

    /** The empty set needs no class, nor that the table was made for it. */
    private static <T extends Comparable<T>> BitSet classes(ClassTable<T> table, FieldSet<T> set) {
        return set.isEmpty() ? new BitSet() : table.classesOf(set);
    }

    private int choose(int level, int size, BitSet of, int inside) {
        if (of.isEmpty()) return Diagram.constant(0);
        int[] kids = new int[size];
        Arrays.fill(kids, Diagram.constant(0));
        of.stream().forEach(number -> kids[number] = inside);
        return diagram.choose(level, kids);
    }

    /** The value of a function for one packet; the protocol is the IANA number. */
    int evaluate(int function, int protocol, Address source, int sourcePort, Address destination, int destinationPort) {
        int[] classes = new int[FIELDS];
        classes[PROTOCOL] = protocols.classOf(protocol);
        classes[DESTINATION_PORT] = destinationPorts.classOf(destinationPort);
        classes[SOURCE] = sources.classOf(source);
        classes[DESTINATION] = destinations.classOf(destination);
        classes[SOURCE_PORT] = sourcePorts.classOf(sourcePort);
        return diagram.evaluate(function, classes);
    }

    /** The packets for which a function has one of these values, as disjoint lines for people. */
    ImmutableList<FlowLine> lines(int function, BitSet wanted) {
        List<BitSet[]> boxes = new ArrayList<>();
        BitSet[] all = new BitSet[FIELDS];
        int[] sizes = {
            protocols.size(), destinationPorts.size(), sources.size(), destinations.size(), sourcePorts.size()
        };
        for (int field = 0; field < FIELDS; field++) {
            all[field] = new BitSet();
            all[field].set(0, sizes[field]);
        }
        collect(function, wanted, all, boxes);
        FlowLine.merge(boxes);
        ImmutableList.Builder<FlowLine> lines = ImmutableList.builder();
        for (BitSet[] box : boxes) lines.add(line(box));
        return lines.build();
    }

    private void collect(int function, BitSet wanted, BitSet[] box, List<BitSet[]> boxes) {
        if (Diagram.isConstant(function)) {
            if (wanted.get(Diagram.value(function))) boxes.add(box);
            return;
        }
        int level = diagram.level(function);
        int[] starts = diagram.starts(function);
        int[] kids = diagram.kids(function);
        for (int i = 0; i < kids.length; i++) {
            boolean again = false;
            for (int j = 0; j < i; j++) again |= kids[j] == kids[i];
            if (again) continue;
            BitSet classes = new BitSet();
            for (int j = i; j < kids.length; j++) {
                int end = j + 1 < starts.length ? starts[j + 1] : box[level].length();
                if (kids[j] == kids[i]) classes.set(starts[j], end);
            }
            BitSet[] part = box.clone();
            part[level] = classes;
            collect(kids[i], wanted, part, boxes);
        }
    }

    private FlowLine line(BitSet[] box) {
        return new FlowLine(
                box[PROTOCOL].cardinality() == protocols.size() ? ImmutableList.of() : words(box[PROTOCOL]),
                FieldSet.addresses(sources.members(box[SOURCE])),
                ports(sourcePorts, box[SOURCE_PORT]),
                FieldSet.addresses(destinations.members(box[DESTINATION])),
                ports(destinationPorts, box[DESTINATION_PORT]));
    }

    private static ImmutableList<PortRange> ports(ClassTable<Integer> table, BitSet classes) {
        return FieldSet.ports(table.members(classes));
    }

    private ImmutableList<String> words(BitSet classes) {
        FieldSet<Integer> numbers = protocols.members(classes);
        ImmutableList.Builder<String> words = ImmutableList.builder();
        BitSet unnamed = new BitSet();
        unnamed.set(0, 256);
        for (Protocol protocol : Protocol.values()) {
            if (protocol == Protocol.ANY) continue;
            unnamed.clear(protocol.number());
            if (numbers.contains(protocol.number())) words.add(protocol.toString());
        }
        if (unnamed.stream().anyMatch(numbers::contains)) words.add(FlowLine.OTHER);
        return words.build();
    }
}
