package dev.mipath.forwarding;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Network.HealthProbe;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;

/**
 * What one round of a network's health probes finds (facts 1.28, 3.10, trap 19). A probe is a packet like any other, which
 * rules and routes can stop. It has nothing in common with the flows of clients, so that their memory does not matter to
 * it, and in a frozen network every round finds the same: one is sent, and all conversations rely on it.
 */
public final class ProbeRound {
    /** A probe that meets this many elements goes in circles. */
    private static final int HOP_LIMIT = 128;
    /** Azure's own port for them is not known; this stands for any of those that clients take. */
    private static final int SOURCE_PORT = 50_000;

    private final ImmutableList<Found> all;
    private final FlowTable machines = new FlowTable();

    /**
     * What a probe found.
     *
     * @param probe the probe
     * @param steps its way
     * @param ending how that ended
     */
    public record Found(HealthProbe probe, ImmutableList<Step> steps, Ending ending) {
        /** Whether the machine certainly gets no probe, so that the load balancer takes it for dead. */
        public boolean down() {
            return !ending.success() && ending != Ending.UNDETERMINED;
        }

        /** The step that stopped it. */
        public Step last() {
            return steps.get(steps.size() - 1);
        }
    }

    private ProbeRound(ImmutableList<Found> all) {
        this.all = all;
        for (Found found : all) machines.setDown(found.probe.machine(), found.down());
    }

    static ProbeRound of(Network network) {
        FlowTable memory = new FlowTable();
        ImmutableList.Builder<Found> all = ImmutableList.builder();
        for (HealthProbe probe : network.probes()) all.add(send(network, probe, memory));
        return new ProbeRound(all.build());
    }

    private static Found send(Network network, HealthProbe probe, FlowMemory memory) {
        Header header = new Header()
                .set(new Packet(
                        PlatformRanges.HOST_SERVICES.network(),
                        SOURCE_PORT,
                        probe.address(),
                        probe.port(),
                        Protocol.TCP));
        ImmutableList.Builder<Step> steps = ImmutableList.builder();
        int element = probe.entry();
        for (int hop = 0; hop < HOP_LIMIT; hop++) {
            Packet arrived = header.packet();
            long decision = network.decide(element, header, memory, 0);
            steps.add(new Step(network, element, arrived, decision));
            if (!Decision.forwards(decision)) return new Found(probe, steps.build(), Decision.ending(decision));
            element = Decision.next(decision);
        }
        return new Found(probe, steps.build(), Ending.ROUTE_LOOP);
    }

    /** The probes and what they found, in order. */
    public ImmutableList<Found> all() {
        return all;
    }

    /** A memory of no flow that knows which machines are down. */
    public FlowTable memory() {
        return new FlowTable(machines);
    }
}
