package dev.mipath.swarm;

import dev.mipath.engine.NetworkTimeline;
import dev.mipath.engine.RunObserver;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.SourcePorts;
import dev.mipath.forwarding.Step;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Asks the network in force about one packet after the other, hop by hop, with a memory by 5-tuple as a trace has it: nothing
 * that the engine keeps to be quick is used.
 */
final class Walker implements RunObserver {
    private static final int HOP_LIMIT = 128;

    private final NetworkTimeline networks;
    private final FaultLedger faults;
    private final Set<String> down = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();
    private final String[][] names;
    private int epoch;
    private long walks;
    /** Whether translators have a source port for the packet that is followed. */
    private boolean hasPort = true;

    /**
     * What became of a packet.
     *
     * @param time when it was sent
     * @param at the last element
     * @param stopped why it did not arrive; empty when it did
     * @param undetermined whether the network does not say
     * @param lossy whether it might have been lost on the way
     * @param last the packet as it was at the end
     * @param edge where it arrived, or null for the platform and the Internet
     */
    record Way(
            long time,
            String at,
            String stopped,
            boolean undetermined,
            boolean lossy,
            Packet last,
            @Nullable Edge edge) {
        boolean passes() {
            return stopped.isEmpty();
        }

        /** What happened, in a few words. */
        String said() {
            return passes() ? "arrives at " + at : stopped + " at " + at;
        }
    }

    Walker(NetworkTimeline networks, FaultLedger faults) {
        this.networks = networks;
        this.faults = faults;
        names = new String[networks.epochs().size()][];
    }

    @Override
    public void turned(long time, int network) {
        epoch = network;
    }

    @Override
    public void probed(long time, String machine, boolean isDown) {
        if (isDown) down.add(machine);
        else down.remove(machine);
    }

    /** How many packets were followed. */
    long walks() {
        return walks;
    }

    Network network() {
        return networks.epochs().get(epoch).network();
    }

    /** A memory that knows no flow. */
    FlowMemory memory() {
        return new Named(new FlowTable());
    }

    /** The same edge in the network in force, or null when that has none. */
    @Nullable
    Edge present(Edge edge, Address address) {
        for (Edge here : network().holders(address)) {
            if (here.owner().equals(edge.owner()) && here.vnet().equals(edge.vnet())) return here;
        }
        Edge outside = network().outside();
        return outside.owner().equals(edge.owner()) ? outside : null;
    }

    /** Follows a packet from its sender's edge. */
    Way walk(long now, Edge from, Packet packet, boolean opens, FlowMemory memory) {
        return walk(now, from, packet, opens, memory, true);
    }

    /** The same for a packet for which translators have, or have not, a source port. */
    Way walk(long now, Edge from, Packet packet, boolean opens, FlowMemory memory, boolean ports) {
        hasPort = ports;
        walks++;
        Network network = network();
        Header header = opens ? new Header().set(packet) : new Header().setReply(packet);
        int element = from.start();
        boolean lossy = false;
        @Nullable String before = null;
        for (int hops = 0; hops < HOP_LIMIT; hops++) {
            String name = names()[element];
            String fault = faults.stopping(before, name);
            lossy |= faults.isLossy(before, name);
            if (!fault.isEmpty()) return new Way(now, name, fault, false, lossy, header.packet(), null);
            before = name;
            long decision = network.decide(element, header, memory, now);
            if (!Decision.forwards(decision)) {
                return ended(now, network, element, decision, lossy, header.packet());
            }
            element = Decision.next(decision);
        }
        return new Way(now, names()[element], Ending.ROUTE_LOOP.name(), false, lossy, packet, null);
    }

    private Way ended(long now, Network network, int element, long decision, boolean lossy, Packet last) {
        Ending ending = Decision.ending(decision);
        boolean arrives = ending == Ending.DELIVERED;
        @Nullable
        Edge there = arrives
                ? network.arrivedAt(new Step(network, element, last, decision)).orElse(null)
                : null;
        String stopped = arrives ? "" : ending.name();
        return new Way(now, names()[element], stopped, ending == Ending.UNDETERMINED, lossy, last, there);
    }

    /** The names of the elements of the network in force, of several of one name the later ones numbered. */
    private String[] names() {
        String[] known = names[epoch];
        if (known != null) return known;
        Network network = network();
        Map<String, Integer> seen = new HashMap<>();
        String[] made = new String[network.size()];
        for (int i = 0; i < made.length; i++) {
            int nth = seen.merge(network.name(i), 1, Integer::sum);
            made[i] = nth == 1 ? network.name(i) : network.name(i) + " #" + nth;
        }
        names[epoch] = made;
        return made;
    }

    /** A table of flows whose elements go by their names, so that it holds from one network to the next. */
    private final class Named implements FlowMemory {
        private final FlowTable table;

        Named(FlowTable table) {
            this.table = table;
        }

        private int number(int element) {
            return numbers.computeIfAbsent(names()[element], name -> numbers.size());
        }

        @Override
        public boolean knows(int element, Header header) {
            return table.knows(number(element), header);
        }

        @Override
        public boolean knowsReply(int element, Header header) {
            return table.knowsReply(number(element), header);
        }

        @Override
        public boolean reserve(int element, SourcePorts ports, Header header) {
            return hasPort;
        }

        @Override
        public boolean isDown(int element) {
            return down.contains(names()[element]);
        }

        @Override
        public void remember(int element, Header header) {
            table.remember(number(element), header);
        }

        @Override
        public void keep(int element, Header header, long value) {
            table.keep(number(element), header, value);
        }

        @Override
        public long kept(int element, Header header) {
            return table.kept(number(element), header);
        }

        @Override
        public long keptReply(int element, Header header) {
            return table.keptReply(number(element), header);
        }
    }
}
