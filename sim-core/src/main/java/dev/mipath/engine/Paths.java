package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Recipients;
import dev.mipath.net.Packet;
import dev.mipath.profile.PlatformRanges;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Leads packets through the present network, hop by hop as it decides, and numbers the ways they take. A way that was
 * taken before is found again by its hops, so only a new one allocates.
 */
final class Paths {
    private static final int FIRST = 64;

    /** A packet that meets this many elements goes in circles. */
    private static final int HOP_LIMIT = 128;

    private final Elements elements;
    private final Places places;
    private final Faults faults;
    private final int[] hopElements = new int[HOP_LIMIT];
    private final long[] hopDecisions = new long[HOP_LIMIT];
    private Path[] paths = new Path[FIRST];
    private long[] hashes = new long[FIRST];
    private int[] rows = free(2 * FIRST);
    private int known;
    /** The ways from this number on are of the present network. */
    private int present;

    private Network network;
    private @Nullable StepSink sink;

    Paths(Elements elements, Places places, Faults faults, Network network) {
        this.elements = elements;
        this.places = places;
        this.faults = faults;
        this.network = network;
    }

    private static int[] free(int length) {
        int[] rows = new int[length];
        Arrays.fill(rows, -1);
        return rows;
    }

    void tell(@Nullable StepSink newSink) {
        sink = newSink;
    }

    /** Who is told; null for nobody. */
    @Nullable
    StepSink sink() {
        return sink;
    }

    /** Turns to another network; the ways of the one before are found no more. */
    void turnTo(Network newNetwork) {
        network = newNetwork;
        present = known;
        Arrays.fill(rows, -1);
    }

    /** Whether a way is of the present network. */
    boolean isPresent(int number) {
        return number >= present;
    }

    World.Memento save() {
        int saved = present;
        return () -> present = saved;
    }

    boolean isKnown(int number) {
        return number < known;
    }

    /** The way of a number. */
    Path path(int number) {
        return paths[number];
    }

    /**
     * Leads the packet in the register from an edge to the end.
     *
     * @param connection whose packet it is
     * @param from the sender's edge
     * @param header the packet; rewritten
     * @param memory what is remembered of its flow; turned to it
     * @param meant whom it is for
     * @param now the time it leaves
     * @return the number of its way
     */
    int lead(int connection, int from, Header header, SlotMemory memory, Meant meant, long now) {
        return leadFrom(connection, from, places.edge(from).start(), header, memory, meant, now);
    }

    /** The same from an element on, as probes come. */
    int leadFrom(int connection, int from, int start, Header header, SlotMemory memory, Meant meant, long now) {
        memory.of(connection);
        int element = start;
        long hash = from * 31L + meant.number();
        int cause = Causes.of(Ending.ROUTE_LOOP);
        int hops = 0;
        long decision = 0;
        long low = header.sourceLow();
        long high = header.sourceHigh();
        int before = -1;
        while (hops < HOP_LIMIT) {
            if (faults.any()) {
                int fault = faults.at(before, elements.stable(element));
                if (fault != Causes.NONE) {
                    cause = fault;
                    decision = Decision.end(Ending.UNDETERMINED, 0);
                    hopElements[hops] = element;
                    hopDecisions[hops++] = decision;
                    hash = (hash * 31 + element) * 0x9E37_79B9_7F4A_7C15L + fault;
                    break;
                }
                before = elements.stable(element);
            }
            @Nullable Packet arrived = sink == null ? null : header.packet();
            decision = network.decide(element, header, memory, now);
            if (sink != null && arrived != null) sink.step(connection, network, element, arrived, decision);
            hopElements[hops] = element;
            hopDecisions[hops++] = decision;
            hash = (hash * 31 + element) * 0x9E37_79B9_7F4A_7C15L + decision;
            if (!Decision.forwards(decision)) {
                cause = Causes.of(Decision.ending(decision));
                break;
            }
            element = Decision.next(decision);
        }
        boolean own = header.sourceLow() == low && header.sourceHigh() == high;
        if (!own) hash = (hash * 31 + header.sourceLow()) * 31 + header.sourceHigh();
        if (!meant.isSender()) hash = (hash * 31 + header.destinationLow()) * 31 + header.destinationPort();
        return number(hash * 0x1656_67B1_9E37_79F9L ^ hash >>> 29, from, hops, header, own, meant, cause, memory);
    }

    private int number(
            long hash, int from, int hops, Header header, boolean own, Meant meant, int cause, SlotMemory memory) {
        int mask = rows.length - 1;
        int row = (int) (hash >>> 40) & mask;
        for (; rows[row] >= 0; row = row + 1 & mask) {
            if (hashes[rows[row]] == hash && isSame(paths[rows[row]], hops)) return rows[row];
        }
        if (known == paths.length) {
            paths = Arrays.copyOf(paths, known * 2);
            hashes = Arrays.copyOf(hashes, known * 2);
        }
        paths[known] = made(from, hops, header, own, meant, cause, keeper(hops, memory));
        hashes[known] = hash;
        rows[row] = known;
        if (2 * ++known > rows.length) {
            int[] old = rows;
            rows = free(old.length * 2);
            for (int number : old) {
                if (number < 0) continue;
                int at = (int) (hashes[number] >>> 40) & rows.length - 1;
                while (rows[at] >= 0) at = at + 1 & rows.length - 1;
                rows[at] = number;
            }
        }
        return known - 1;
    }

    /** The first hop that keeps anything of the flow, or -1. */
    private int keeper(int hops, SlotMemory memory) {
        for (int i = 0; i < hops; i++) if (memory.keeps(elements.stable(hopElements[i]))) return i;
        return -1;
    }

    private boolean isSame(Path path, int hops) {
        return Arrays.equals(path.elements, 0, path.elements.length, hopElements, 0, hops)
                && Arrays.equals(path.decisions, 0, path.decisions.length, hopDecisions, 0, hops);
    }

    /** Gathers the evidence of a way that nobody took before. */
    private Path made(int from, int hops, Header header, boolean own, Meant meant, int cause, int keeper) {
        Packet last = header.packet();
        int[] at = Arrays.copyOf(hopElements, hops);
        long[] decided = Arrays.copyOf(hopDecisions, hops);
        @Nullable Edge there = null;
        boolean astray = false;
        int end = cause;
        if (cause == Causes.NONE || Causes.ending(cause) == Ending.NO_LISTENER) {
            Step step = new Step(network, at[hops - 1], last, decided[hops - 1]);
            there = network.arrivedAt(step).orElse(null);
            boolean right = Recipients.accept(network, meant.edges(), there, meant.isSender())
                    && Recipients.accept(network, meant.edges(), step);
            astray = cause == Causes.NONE && !right;
            // An answer that goes astray is silence.
            if (astray) end = meant.isSender() ? Causes.of(Ending.ROUTE_NO_PATH) : Causes.ASTRAY;
        }
        boolean platform = PlatformRanges.HOST_VIRTUAL.contains(last.destination());
        int arrival = places.number(network, there);
        return new Path(
                end,
                astray,
                arrival,
                new Path.Hops(at, decided),
                elements,
                places.oneWay(from, arrival, platform),
                keeper,
                own ? null : header.source(),
                header.destination(),
                header.destinationPort());
    }

    /**
     * Whom packets are for.
     *
     * @param number tells it from others
     * @param edges where they may arrive; empty for whoever has the address
     * @param isSender whether they are answers, for whoever sent first
     */
    record Meant(int number, ImmutableList<Edge> edges, boolean isSender) {}
}
