package dev.mipath.engine;

import java.util.Arrays;

/**
 * Servers that customers queue for, first come, first served. It keeps no time of its own: the owner tells it
 * who comes and when a service ends, and schedules those ends.
 */
public final class Station {
    /** What becomes of a customer who arrives. */
    public enum Reception {
        /** Served at once: the owner schedules the end of the service. */
        STARTS,
        /** Waits for a server. */
        WAITS,
        /** Turned away: the waiting room is full. */
        REFUSED
    }

    /** No customer. */
    public static final int NOBODY = -1;

    private int servers;
    private final int room;

    /** A ring of those who wait: customer and time of arrival. */
    private long[] queue = new long[32];

    private int first;
    private int waiting;
    private int busy;

    private long arrivals;
    private long refusals;
    private long departures;
    private long started;
    private long waited;
    private long last;
    private long waitingArea;
    private long busyArea;
    private double serverArea;

    /**
     * A station without customers at time 0.
     *
     * @param servers how many are served at the same time
     * @param room how many can wait
     */
    public Station(int servers, int room) {
        if (servers < 1 || room < 0) throw new IllegalArgumentException(servers + " servers, room for " + room);
        this.servers = servers;
        this.room = room;
    }

    /** A customer comes. */
    public Reception arrive(long now, int customer) {
        advance(now);
        arrivals++;
        if (busy < servers) {
            busy++;
            started++;
            return Reception.STARTS;
        }
        if (waiting == room) {
            refusals++;
            return Reception.REFUSED;
        }
        if (2 * waiting == queue.length) grow();
        int at = 2 * (first + waiting++) & queue.length - 1;
        queue[at] = customer;
        queue[at + 1] = now;
        return Reception.WAITS;
    }

    /** A service ends; returns the customer whose service starts now, or {@link #NOBODY}. */
    public int depart(long now) {
        if (busy == 0) throw new IllegalStateException("nobody is served");
        advance(now);
        departures++;
        if (waiting == 0 || busy > servers) {
            busy--;
            return NOBODY;
        }
        return next(now);
    }

    /** Serves more or fewer at the same time from now on; who is served already goes on. */
    public void resize(long now, int newServers) {
        if (newServers < 1) throw new IllegalArgumentException(newServers + " servers");
        advance(now);
        servers = newServers;
    }

    /** The next customer whose service starts now because there are more servers, or {@link #NOBODY}. */
    public int call(long now) {
        if (waiting == 0 || busy >= servers) return NOBODY;
        advance(now);
        busy++;
        return next(now);
    }

    private int next(long now) {
        int customer = (int) queue[2 * first];
        waited += now - queue[2 * first + 1];
        first = first + 1 & queue.length / 2 - 1;
        waiting--;
        started++;
        return customer;
    }

    /** Sends everybody away, as when the station fails. */
    public void empty(long now) {
        advance(now);
        for (int i = 0; i < waiting; i++) waited += now - arrivalOf(i);
        departures += waiting + busy;
        started += waiting;
        waiting = 0;
        busy = 0;
    }

    /** How many wait. */
    public int waiting() {
        return waiting;
    }

    /** How many are served. */
    public int busy() {
        return busy;
    }

    /** How many came. */
    public long arrivals() {
        return arrivals;
    }

    /** How many of them were turned away. */
    public long refusals() {
        return refusals;
    }

    /** How many have been served. */
    public long departures() {
        return departures;
    }

    /** How many no longer wait: their service has begun, or they were sent away. */
    public long started() {
        return started;
    }

    /** How long all have waited so far, in nanoseconds, together; those who still wait too. */
    public long waitedSoFar(long now) {
        long sum = waited;
        for (int i = 0; i < waiting; i++) sum += now - arrivalOf(i);
        return sum;
    }

    /** How long those who no longer wait have waited, in nanoseconds, together. */
    public long waited() {
        return waited;
    }

    /** The number waiting, summed over the time so far: customers times nanoseconds. */
    public long waitingArea(long now) {
        return waitingArea + waiting * (now - last);
    }

    /** The number served, summed over the time so far: customers times nanoseconds. */
    public long busyArea(long now) {
        return busyArea + busy * (now - last);
    }

    /** The number of servers, summed over the time so far: servers times nanoseconds. */
    public double serverArea(long now) {
        return serverArea + servers * (double) (now - last);
    }

    /**
     * Little's law: the number waiting, summed over time, is the time waited, summed over customers. The two
     * are counted apart; that they differ means a customer was lost or served twice.
     */
    public boolean littleHolds(long now) {
        return waitedSoFar(now) == waitingArea(now) && arrivals == refusals + departures + waiting + busy;
    }

    /** Copies the state. */
    public World.Memento save() {
        Station copy = new Station(servers, room);
        copy.become(this);
        return () -> become(copy);
    }

    private void become(Station other) {
        servers = other.servers;
        queue = other.queue.clone();
        first = other.first;
        waiting = other.waiting;
        busy = other.busy;
        arrivals = other.arrivals;
        refusals = other.refusals;
        departures = other.departures;
        started = other.started;
        waited = other.waited;
        last = other.last;
        waitingArea = other.waitingArea;
        busyArea = other.busyArea;
        serverArea = other.serverArea;
    }

    private void advance(long now) {
        waitingArea += waiting * (now - last);
        busyArea += busy * (now - last);
        serverArea += servers * (double) (now - last);
        last = now;
    }

    private long arrivalOf(int place) {
        return queue[(2 * (first + place) & queue.length - 1) + 1];
    }

    private void grow() {
        long[] larger = Arrays.copyOf(queue, 2 * queue.length);
        int head = 2 * first;
        System.arraycopy(queue, head, larger, 0, queue.length - head);
        System.arraycopy(queue, 0, larger, queue.length - head, head);
        queue = larger;
        first = 0;
    }
}
