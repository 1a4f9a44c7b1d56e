package dev.mipath.engine;

/** Every random time of a run, each from a stream of its own. */
final class ServiceTimes {
    private static final int MOST_QUERIES = (1 << 24) - 1;

    private final RandomStream arrivals;
    private final RandomStream thinks;
    private final RandomStream pauses;
    private final RandomStream services;
    private final RandomStream kinds;
    private final RandomStream numbers;
    private final RandomStream logins;

    ServiceTimes(RandomStreams random) {
        arrivals = random.stream("population", "arrival");
        thinks = random.stream("client", "think");
        pauses = random.stream("client", "pause");
        services = random.stream("node", "service");
        kinds = random.stream("client", "kind of query");
        numbers = random.stream("client", "queries");
        logins = random.stream("gateway", "login");
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
    long service(int client, int connection, int queriesLeft, Population.Session session) {
        long which = (long) connection << 24 | queriesLeft;
        Population.Query query = session.mix().get(0);
        if (session.mix().size() > 1) {
            int drawn = kinds.below(client, which, session.shares());
            for (int i = 1; drawn >= query.share(); i++) {
                drawn -= query.share();
                query = session.mix().get(i);
            }
        }
        long mean = query.serviceTime();
        return mean == 0 || !query.random() ? mean : services.exponential(client, which, mean);
    }

    /** How many queries a client sends in a session that begins with this connection. */
    int queries(int client, int connection, Population.Session session) {
        int mean = session.queries();
        if (!session.someQueries() || mean <= 1) return mean;
        int number = 1;
        while (number < MOST_QUERIES && numbers.chance(client, (long) connection << 24 | number, mean - 1, mean))
            number++;
        return number;
    }

    /** The time a gateway works on a login. */
    long login(int client, int connection, long mean) {
        return logins.exponential(client, connection, mean);
    }
}
