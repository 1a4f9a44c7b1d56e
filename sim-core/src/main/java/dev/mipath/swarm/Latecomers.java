package dev.mipath.swarm;

import dev.mipath.engine.ClientProfile;
import dev.mipath.engine.Population;
import dev.mipath.engine.Population.Arrivals;
import dev.mipath.engine.Population.Session;

/** Clients that come one by one through the whole run, so that some come when all is repaired. */
final class Latecomers {
    private static final long SECOND = 1_000_000_000L;
    private static final long GAP = 5 * SECOND;
    private static final long PATIENCE = 15 * SECOND;
    /** Below the dynamic ports, so that they take nobody's. */
    private static final int FIRST_PORT = 16_384;

    private Latecomers() {}

    /** Such clients, which connect as those of a population do, once. */
    static Population of(Population population, long until) {
        ClientProfile client = population.client();
        Population.Source source = population.source();
        long room = (Population.Source.FIRST_DYNAMIC_PORT - FIRST_PORT) / Population.PORTS_PER_CLIENT;
        long gap = Math.max(GAP, until / room);
        return new Population(
                population.name() + ", late",
                new Population.Source(source.first(), 1, source.vnet(), FIRST_PORT),
                (int) Math.min(room, 1 + until / gap),
                new Arrivals.Every(gap),
                population.target(),
                client.with(PATIENCE, 0, 0).blocking(false),
                Session.ONE_QUERY);
    }
}
