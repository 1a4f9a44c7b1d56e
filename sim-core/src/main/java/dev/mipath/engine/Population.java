package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.net.Address;
import org.jspecify.annotations.Nullable;

/**
 * Clients that are alike.
 *
 * @param name what people call them
 * @param source where they connect from
 * @param clients how many there are, at least 1
 * @param arrivals when they begin
 * @param target what they connect to
 * @param client what they speak with
 * @param session what they do once they are logged in
 */
public record Population(
        String name,
        Source source,
        int clients,
        Arrivals arrivals,
        Target target,
        ClientProfile client,
        Session session) {
    /** A client uses at most so many of its own ports in turn, so that a late packet meets no newer connection. */
    public static final int PORTS_PER_CLIENT = 4;

    /** The dynamic ports of one address, from 49152 on (IANA; the default of Windows since Vista). */
    public static final int DYNAMIC_PORTS = 16_384;

    public Population {
        if (clients < 1) throw new IllegalArgumentException("a population has at least one client");
        long room = (long) source.addresses * ((65_536 - source.firstPort) / PORTS_PER_CLIENT);
        if (clients > room) {
            throw new IllegalArgumentException(clients + " clients need more addresses than " + source.addresses);
        }
    }

    /**
     * Where clients connect from: addresses one after the other, which share the clients evenly.
     *
     * @param first the first address
     * @param addresses how many
     * @param vnet the VNet's name where several hold the address, or null
     * @param firstPort the first of their own ports
     */
    public record Source(
            Address first, int addresses, @Nullable String vnet, int firstPort) {
        /** The first dynamic port. */
        public static final int FIRST_DYNAMIC_PORT = 49_152;

        /** One address with dynamic ports. */
        public static Source of(Address address) {
            return new Source(address, 1, null, FIRST_DYNAMIC_PORT);
        }

        /** The address of this number, from 0. */
        public Address address(int number) {
            return first.v6() ? Address.v6(first.high(), first.low() + number) : Address.v4(first.bits() + number);
        }
    }

    /**
     * What clients connect to.
     *
     * @param host a host name, or an address as text
     * @param port the port
     * @param pinned the address that the clients' own files give for the name, or null; it wins over what DNS says
     */
    public record Target(String host, int port, @Nullable Address pinned) {
        /** A name that DNS knows. */
        public Target(String host, int port) {
            this(host, port, null);
        }

        /** The address, when the host is one. */
        @Nullable
        Address literal() {
            try {
                return Address.parse(host);
            } catch (IllegalArgumentException e) {
                return null;
            }
        }
    }

    /** When clients begin a session. */
    public sealed interface Arrivals {
        /** All at the start of the run, once. */
        record AtOnce() implements Arrivals {}

        /** One after the other, once each, {@code gap} nanoseconds apart. */
        record Every(long gap) implements Arrivals {}

        /** One after the other, once each, at random with this mean gap in nanoseconds. */
        record Poisson(long meanGap) implements Arrivals {}

        /**
         * All at the start; after each session a client thinks for a random time with this mean in nanoseconds, and
         * begins again.
         */
        record ClosedLoop(long meanThink) implements Arrivals {}
    }

    /**
     * What a client does once it is logged in.
     *
     * @param queries how many queries it sends before it closes
     * @param someQueries whether {@code queries} is the mean of a random number: after each query it closes with the same
     *     chance, so that the number is geometrically distributed
     * @param think the nanoseconds it waits before each query but the first
     * @param random whether {@code think} is the mean of a random time
     * @param mix the kinds of queries, at least one
     */
    public record Session(int queries, boolean someQueries, long think, boolean random, ImmutableList<Query> mix) {
        /** One query that costs nothing. */
        public static final Session ONE_QUERY = new Session(1, 0, false, 0);

        public Session {
            if (mix.isEmpty()) throw new IllegalArgumentException("a query is of some kind");
        }

        /** So many queries of one kind, on which a node works for a random time with this mean. */
        public Session(int queries, long think, boolean random, long serviceTime) {
            this(queries, false, think, random, ImmutableList.of(new Query(1, serviceTime, true)));
        }

        /** The shares of all kinds together. */
        int shares() {
            int sum = 0;
            for (int i = 0; i < mix.size(); i++) sum += mix.get(i).share();
            return sum;
        }
    }

    /**
     * A kind of query.
     *
     * @param share how many of all are of this kind, in relation to the shares of the others
     * @param serviceTime the nanoseconds a node works on it; 0 for none
     * @param random whether that is the mean of a random time, exponentially distributed
     */
    public record Query(int share, long serviceTime, boolean random) {
        /** The shares of a mix are together at most this. */
        public static final int MOST_SHARES = 1_000_000;

        public Query {
            if (share < 1 || share > MOST_SHARES) throw new IllegalArgumentException("a share of " + share);
        }
    }
}
