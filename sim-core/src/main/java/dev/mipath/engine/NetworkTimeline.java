package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;

/**
 * Which network is in force when. The caller compiles the networks; the engine only changes from one to the next.
 *
 * @param epochs the networks, the first from 0 on, each later than the one before
 */
public record NetworkTimeline(ImmutableList<Epoch> epochs) {
    /**
     * A network and how long it has been in force.
     *
     * @param from when it comes into force, in nanoseconds
     * @param network the network; each of a timeline has another version
     * @param estate the virtual clusters in it
     */
    public record Epoch(long from, Network network, Estate estate) {}

    public NetworkTimeline {
        if (epochs.isEmpty() || epochs.get(0).from != 0) {
            throw new IllegalArgumentException("the first network is in force from 0 on");
        }
        for (int i = 1; i < epochs.size(); i++) {
            if (epochs.get(i).from <= epochs.get(i - 1).from) {
                throw new IllegalArgumentException("the networks stand in order of time");
            }
        }
    }

    /** One network for the whole run. */
    public static NetworkTimeline of(Network network, Estate estate) {
        return new NetworkTimeline(ImmutableList.of(new Epoch(0, network, estate)));
    }
}
