package dev.mipath.engine;

/** Every random time of a run, each from a stream of its own. */
final class ServiceTimes {
    private final RandomStream arrivals;
    private final RandomStream thinks;
    private final RandomStream pauses;
    private final RandomStream services;

    ServiceTimes(RandomStreams random) {
        arrivals = random.stream("population", "arrival");
        thinks = random.stream("client", "think");
        pauses = random.stream("client", "pause");
        services = random.stream("node", "service");
    }

    /** The time until the next client of a population arrives. */
    long arrival(int population, int nth, long mean) {
        return arrivals.exponential(population, nth, mean);
    }

    /** The time a client thinks before a query. */
    long think(int client, int connection, int queriesLeft, Population.Session session) {
        return session.random()
                ? thinks.exponential(client, (long) connection << 24 | queriesLeft, session.think())
                : session.think();
    }

    /** The time a client thinks between two sessions. */
    long pause(int client, int connection, long mean) {
        return pauses.exponential(client, connection, mean);
    }

    /** The time a node works on a query. */
    long service(int client, int connection, int queriesLeft, long mean) {
        return mean == 0 ? 0 : services.exponential(client, (long) connection << 24 | queriesLeft, mean);
    }
}
