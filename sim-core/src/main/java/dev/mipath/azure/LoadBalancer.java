package dev.mipath.azure;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Element;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Place;
import dev.mipath.topology.ResourceId;
import org.jspecify.annotations.Nullable;

/**
 * A load balancer's frontend: picks a healthy backend by a hash of the header and keeps the source address. The
 * instance's own and the customers' are the same.
 *
 * <p>Models: Azure Load Balancer, facts 1.19, 2.10, 3.9 to 3.12 (read 2026-11-22).
 *
 * <p>Leaves out: outbound rules, which {@link SourceTranslation} follows; inbound NAT rules that lead to a pool.
 */
public final class LoadBalancer implements Element {
    /** The port of a rule for all ports. */
    public static final int ALL_PORTS = 0;

    /** Marks what is kept of a flow that found no healthy backend. */
    private static final long NO_BACKEND = 1L << 32;

    private final Frontend frontend;
    private final ImmutableList<Rule> rules;
    private final ImmutableMap<Integer, Ending> refusals;
    private final @Nullable String missing;
    private final int self;
    private final int next;

    /**
     * What the load balancer listens on.
     *
     * @param name the element's name
     * @param owner the subnet or load balancer it belongs to
     * @param place where it was declared
     */
    public record Frontend(String name, ResourceId owner, Place place) {}

    /** Which parts of the header choose the backend. */
    public enum Distribution {
        FIVE_TUPLE,
        ADDRESSES,
        ADDRESSES_AND_PROTOCOL
    }

    /** What a rule does to the packets it takes. */
    public enum Mode {
        /** The backend sees its own address. */
        TRANSLATE,
        /** The backend sees the frontend's address (floating IP). */
        FLOATING,
        /** The frontend is an appliance's in a route: nothing is rewritten, and answers meet the same backend. */
        TRANSPARENT
    }

    /**
     * A machine behind it.
     *
     * @param health the number under which the driver's memory keeps its health
     * @param address the machine's address
     * @param arrival the first element of what the machine receives under another address than its own
     */
    public record Backend(int health, Address address, int arrival) {}

    /**
     * A load-balancing rule.
     *
     * @param name the rule's name, or null for the instance's own
     * @param protocol the protocol; any for all
     * @param frontendPort the port it listens on, or {@link #ALL_PORTS}
     * @param backendPort the port of the backends; with all ports the packet keeps its own
     * @param distribution which parts of the header choose
     * @param mode what happens to the packets
     * @param backends the machines
     */
    public record Rule(
            @Nullable String name,
            Protocol protocol,
            int frontendPort,
            int backendPort,
            Distribution distribution,
            Mode mode,
            ImmutableList<Backend> backends) {
        private boolean takes(Header header) {
            boolean protocolFits = protocol == Protocol.ANY || protocol.number() == header.protocol();
            return protocolFits && (frontendPort == ALL_PORTS || frontendPort == header.destinationPort());
        }
    }

    /**
     * A frontend.
     *
     * @param frontend what it listens on
     * @param rules its rules; the first that takes a packet decides
     * @param refusals how packets that no rule takes end, by port; {@link Ending#NO_LOAD_BALANCING_RULE} for ports not
     *     named
     * @param missing what would have to be known of further rules, or null when all are known
     * @param self this element's number
     * @param next the element in front of the backends' filters
     */
    public LoadBalancer(
            Frontend frontend,
            ImmutableList<Rule> rules,
            ImmutableMap<Integer, Ending> refusals,
            @Nullable String missing,
            int self,
            int next) {
        this.frontend = frontend;
        this.rules = rules;
        this.refusals = refusals;
        this.missing = missing;
        this.self = self;
        this.next = next;
    }

    @Override
    public String name() {
        return frontend.name();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        for (int i = 0; i < rules.size(); i++) {
            if (rules.get(i).takes(header)) return decide(i, header, memory);
        }
        if (missing != null) return Decision.end(Ending.UNDETERMINED, Decision.LIMIT);
        return Decision.end(
                refusals.getOrDefault(header.destinationPort(), Ending.NO_LOAD_BALANCING_RULE), Decision.LIMIT);
    }

    private long decide(int index, Header header, FlowMemory memory) {
        Rule rule = rules.get(index);
        ImmutableList<Backend> backends = rule.backends;
        if (backends.isEmpty()) return Decision.end(Ending.UNDETERMINED, index);
        if (rule.mode == Mode.TRANSPARENT) {
            long known = memory.keptReply(self, header);
            if (known != FlowMemory.NOTHING) return Decision.forward(backends.get(backendOf(known)).arrival, index);
        }
        int chosen = pinned(rule, header, memory);
        if (chosen < 0) chosen = choose(rule, header, memory);
        // What lies behind can only be judged for a backend, so the packet is addressed to the first.
        Backend backend = backends.get(Math.max(chosen, 0));
        if (chosen >= 0 && rule.mode == Mode.TRANSLATE && isSource(backend.address, header)) {
            return Decision.end(Ending.LOAD_BALANCER_HAIRPIN, index);
        }
        int port = header.destinationPort();
        if (chosen >= 0) memory.keep(self, header, kept(chosen, port));
        if (rule.mode == Mode.TRANSLATE) {
            header.rewriteDestination(backend.address);
            if (rule.backendPort != ALL_PORTS) header.rewriteDestinationPort(rule.backendPort);
        }
        memory.keep(self, header, kept(chosen, port));
        if (chosen < 0) return Decision.end(Ending.NO_HEALTHY_BACKEND, index);
        return Decision.forward(rule.mode == Mode.TRANSLATE ? next : backend.arrival, index);
    }

    /** What is kept of a flow: the backend it went to, below 0 for none, and the port its client knows. */
    private static long kept(int backend, int port) {
        return backend < 0 ? NO_BACKEND | port : (long) backend << 16 | port;
    }

    private static int backendOf(long kept) {
        return (int) (kept >>> 16) & 0xFFFF;
    }

    /** The backend that the flow went to before, whatever its health is now (fact 3.11); below 0 for a new flow. */
    private int pinned(Rule rule, Header header, FlowMemory memory) {
        long kept = memory.kept(self, header);
        boolean known = kept != FlowMemory.NOTHING && kept < NO_BACKEND && backendOf(kept) < rule.backends.size();
        return known ? backendOf(kept) : -1;
    }

    private static boolean isSource(Address address, Header header) {
        return address.high() == header.sourceHigh() && address.low() == header.sourceLow();
    }

    /** The healthy backend that the hash chooses, or below 0 when none is healthy. */
    private static int choose(Rule rule, Header header, FlowMemory memory) {
        int healthy = 0;
        for (int i = 0; i < rule.backends.size(); i++) if (!memory.isDown(rule.backends.get(i).health)) healthy++;
        if (healthy == 0) return -1;
        int wanted = Integer.remainderUnsigned(hash(header, rule.distribution), healthy);
        for (int i = 0; i < rule.backends.size(); i++) {
            if (!memory.isDown(rule.backends.get(i).health) && wanted-- == 0) return i;
        }
        throw new IllegalStateException("a healthy backend was counted and not found");
    }

    /** The same on every machine and Java: the choice is part of what a seed reproduces (trap 30). */
    private static int hash(Header header, Distribution distribution) {
        long mixed = header.sourceLow() * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= header.destinationLow() * 0xC2B2_AE3D_27D4_EB4FL;
        if (distribution == Distribution.FIVE_TUPLE) {
            mixed += (long) header.sourcePort() << 16 ^ header.destinationPort();
        }
        if (distribution != Distribution.ADDRESSES) mixed ^= (long) header.protocol() << 40;
        mixed *= 0x1656_67B1_9E37_79F9L;
        return (int) (mixed >>> 32);
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        return next;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        int index = Decision.reason(decision);
        if (index == Decision.LIMIT) {
            return missing == null
                    ? new Evidence.At(frontend.name(), frontend.owner())
                    : new Evidence.Balanced(frontend.name(), frontend.owner(), null, frontend.place(), 0, missing);
        }
        Rule rule = rules.get(index);
        @Nullable
        String noBackends = rule.backends.isEmpty() ? "the backends of load-balancing rule " + rule.name : null;
        return new Evidence.Balanced(
                frontend.name(), frontend.owner(), rule.name, frontend.place(), rule.backends.size(), noBackends);
    }

    /**
     * The way back: an answer of a backend leaves with the frontend's address and port.
     *
     * @param balancer the load balancer's element
     * @param address the frontend's address
     * @param next the element behind
     */
    public record Return(int balancer, Address address, int next) implements Element {
        @Override
        public String name() {
            return "load balancer " + address + ", way back";
        }

        @Override
        public long decide(Header header, FlowMemory memory, long nowNanos) {
            long kept = memory.keptReply(balancer, header);
            if (kept != FlowMemory.NOTHING) {
                header.rewriteSource(address);
                header.rewriteSourcePort((int) kept & 0xFFFF);
            }
            return Decision.forward(next, 0);
        }

        @Override
        public Evidence evidence(Header arrived, long decision) {
            return new Evidence.At(name(), null);
        }
    }
}
