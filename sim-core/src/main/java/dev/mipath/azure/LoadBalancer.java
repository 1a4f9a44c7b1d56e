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
import dev.mipath.topology.ResourceId;

/**
 * A load balancer's frontend: picks a healthy backend by the hash of the 5-tuple and keeps the source address.
 *
 * <p>Models: Azure Load Balancer, facts 1.19, 3.9 to 3.11 (read 2026-11-22).
 *
 * <p>Leaves out: affinity modes, floating IP, outbound rules.
 */
public final class LoadBalancer implements Element {
    private final Frontend frontend;
    private final ImmutableList<Backend> backends;
    private final ImmutableMap<Integer, Ending> refusals;
    private final int self;
    private final int next;

    /**
     * What the load balancer listens on.
     *
     * @param name the element's name
     * @param owner the subnet or load balancer it belongs to
     * @param address the private address
     * @param port the one port of its rule
     */
    public record Frontend(String name, ResourceId owner, Address address, int port) {}

    /**
     * A machine behind it.
     *
     * @param machine the machine's element, whose health the driver's memory knows
     * @param address the machine's address
     */
    public record Backend(int machine, Address address) {}

    /**
     * A frontend.
     *
     * @param frontend what it listens on
     * @param backends the machines behind it
     * @param refusals how packets to other ports end; {@link Ending#NO_LOAD_BALANCING_RULE} for ports not
     *     named
     * @param self this element's number
     * @param next the element in front of the backends' filters
     */
    public LoadBalancer(
            Frontend frontend,
            ImmutableList<Backend> backends,
            ImmutableMap<Integer, Ending> refusals,
            int self,
            int next) {
        this.frontend = frontend;
        this.backends = backends;
        this.refusals = refusals;
        this.self = self;
        this.next = next;
    }

    @Override
    public String name() {
        return frontend.name();
    }

    @Override
    public long decide(Header header, FlowMemory memory, long nowNanos) {
        if (header.destinationPort() != frontend.port() || header.protocol() != Protocol.TCP.number()) {
            return Decision.end(refusals.getOrDefault(header.destinationPort(), Ending.NO_LOAD_BALANCING_RULE), 0);
        }
        int healthy = 0;
        for (int i = 0; i < backends.size(); i++)
            if (!memory.isDown(backends.get(i).machine())) healthy++;
        if (healthy == 0) {
            // What lies behind can only be judged for a backend, so the packet is addressed to the first.
            header.rewriteDestination(backends.get(0).address());
            return Decision.end(Ending.NO_HEALTHY_BACKEND, 0);
        }
        int wanted = Integer.remainderUnsigned(hash(header), healthy);
        for (int i = 0; i < backends.size(); i++) {
            if (memory.isDown(backends.get(i).machine()) || wanted-- > 0) continue;
            header.rewriteDestination(backends.get(i).address());
            memory.remember(self, header);
            return Decision.forward(next, i);
        }
        throw new IllegalStateException("a healthy backend was counted and not found");
    }

    /** The same on every machine and Java: the choice is part of what a seed reproduces (trap 30). */
    private static int hash(Header header) {
        long mixed = header.sourceLow() * 0x9E37_79B9_7F4A_7C15L;
        mixed ^= header.destinationLow() * 0xC2B2_AE3D_27D4_EB4FL;
        mixed += (long) header.sourcePort() << 16 ^ header.destinationPort() ^ (long) header.protocol() << 40;
        mixed *= 0x1656_67B1_9E37_79F9L;
        return (int) (mixed >>> 32);
    }

    @Override
    public int onward(Header header, FlowMemory memory) {
        memory.remember(self, header);
        return next;
    }

    @Override
    public Evidence evidence(Header arrived, long decision) {
        return new Evidence.At(frontend.name(), frontend.owner());
    }

    /**
     * The way back: an answer of a backend leaves with the frontend's address.
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
            if (memory.knowsReply(balancer, header)) header.rewriteSource(address);
            return Decision.forward(next, 0);
        }

        @Override
        public Evidence evidence(Header arrived, long decision) {
            return new Evidence.At(name(), null);
        }
    }
}
