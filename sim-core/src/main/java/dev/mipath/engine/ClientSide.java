package dev.mipath.engine;

import dev.mipath.forwarding.Ending;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.SessionTable;
import dev.mipath.instance.SessionTable.Message;
import dev.mipath.instance.SqlSession.Input;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.profile.Driver.Redirect;
import org.jspecify.annotations.Nullable;

/** What clients do: begin, send, wait, try again, ask their queries and go. */
final class ClientSide {
    private static final int READY = SessionTable.number(Message.READY);
    private static final int DONE_INPUT = SessionTable.number(Input.DONE);
    private static final int ROUTED_INPUT = SessionTable.number(Input.ROUTED);
    private static final int UNDETERMINED = Causes.of(Ending.UNDETERMINED);
    /** A query that takes longer is given up (CommandTimeout of SqlClient). */
    private static final long QUERY_TIMEOUT = 30_000_000_000L;

    private final Stage stage;
    private final Connections k;
    private final Clients clients;
    private final Ways ways;
    private final Capture capture;
    private final Transmission transmission;
    private final Lookups lookups;
    private final PoolBlocking blocking;
    private final @Nullable Address[] literals;
    private final int dnsTries;
    private final int dataRetries;

    ClientSide(Stage stage, Ways ways) {
        this.stage = stage;
        this.k = stage.connections;
        this.clients = stage.clients;
        this.ways = ways;
        capture = new Capture(stage, ways);
        transmission = new Transmission(stage, ways, capture);
        lookups = new Lookups(stage, ways, capture, transmission, this);
        Settings settings = stage.settings;
        dnsTries = settings.count(Setting.DNS_TRIES);
        dataRetries = settings.count(Setting.DATA_RETRIES);
        int populations = clients.populations();
        literals = new Address[populations];
        blocking = new PoolBlocking(populations);
        for (int p = 0; p < populations; p++) {
            literals[p] = clients.of(p).target().literal();
        }
    }

    /** What a capture at the clients sees. */
    Capture capture() {
        return capture;
    }

    /** A client begins a session. */
    void arrive(int c) {
        int p = clients.population(c);
        k.attempt[c] = 0;
        k.flags[c] = Connections.FRESH;
        k.queries[c] = stage.times()
                .queries(c, (int) stage.tally.attempts(), clients.of(p).session());
        begin(c, p);
    }

    private void begin(int c, int p) {
        k.generation[c]++;
        k.number[c] = stage.tally.begun();
        k.begun[c] = stage.now();
        stage.observation.begun(c, p);
        k.tries[c] = 0;
        k.cause[c] = 0;
        k.flags[c] &= Connections.AGAIN | Connections.FRESH;
        k.phase[c] = Connections.ASKING;
        k.memory[c] = FlowSets.EMPTY;
        k.sideMemory[c] = FlowSets.EMPTY;
        k.gateway[c] = -1;
        k.node[c] = -1;
        k.instance[c] = -1;
        k.server[c] = 0;
        k.era[c] = -1;
        k.port[c] = (char) clients.of(p).target().port();
        @Nullable Address literal = literals[p];
        k.message[c] = (byte) (literal == null ? Messages.NAME_QUERY : Messages.SYN);
        if (literal != null) k.target[c] = stage.names.number(literal);
        if (clients.of(p).client().blocksPool() && blocking.isBlocked(p, stage.now())) {
            fail(c, p, Causes.POOL_BLOCKED, Tally.POOL_BLOCKED);
        } else if (stage.edge(c, p) == Places.NOWHERE) {
            fail(c, p, UNDETERMINED, Tally.UNKNOWN);
        } else {
            send(c, p);
        }
    }

    /** Sends what is to be sent next, for the first time or once more. */
    private void send(int c, int p) {
        int message = k.message[c];
        if (message == Messages.NAME_QUERY || message == Messages.NODE_QUERY) lookups.ask(c, p, message);
        else if (message == Messages.SYN || message == Messages.NODE_SYN) transmission.open(c, p, message);
        else transmission.data(c, p, message);
    }

    /** Sends what waited on a link that passes again. */
    void resend(int c, int argument) {
        if (!Messages.isPresent(k, c, argument) || k.is(c, Connections.TAKEN)) return;
        int p = clients.population(c);
        // The client itself sends nothing now.
        capture.pause(true);
        if (k.phase[c] == Connections.QUERYING) transmission.data(c, p, Messages.QUERY);
        else if (k.phase[c] == Connections.ASKING && k.message[c] == (argument & 0xFF)) send(c, p);
        capture.pause(false);
    }

    /** A packet arrived at the client. */
    void receive(int c, int argument) {
        if (!Messages.isPresent(k, c, argument)) return;
        int p = clients.population(c);
        int message = argument & 0xFF;
        if (message == Messages.RESET) {
            boolean ofNode = (argument & Messages.AT_NODE) != 0;
            if (!k.isUnderWay(c) || ofNode != k.is(c, Connections.ON_NODE)) return;
            stage.observation.arrived(c, stage.observation.leg(c), true, -1);
            capture.isReset(c, p);
            reset(c, p);
            return;
        }
        if (k.phase[c] == Connections.QUERYING && message == Messages.QUERY) {
            k.lastSeen[c] = stage.now();
            stage.observation.arrived(c, stage.observation.leg(c), true, -1);
            capture.gets(c, p, argument);
            queryDone(c, p, (argument & Messages.REFUSED) == 0);
            return;
        }
        if (k.phase[c] != Connections.ASKING || message != k.message[c]) return;
        boolean name = message == Messages.NAME_QUERY || message == Messages.NODE_QUERY;
        if (!name) capture.gets(c, p, argument);
        // The refusal of a port on which nobody listens is no answer of the other side's.
        if (name) stage.observation.arrived(c, RunObserver.Leg.NAME, true, -1);
        else if (stage.paths.path(k.forward[c]).arrives())
            stage.observation.arrived(c, stage.observation.leg(c), true, -1);
        if ((argument & Messages.REFUSED) != 0) {
            refused(c, p, message);
            return;
        }
        k.lastSeen[c] = stage.now();
        k.cause[c] = 0;
        k.set(c, Connections.TAKEN, false);
        if (name) {
            lookups.answered(
                    c, p, message == Messages.NAME_QUERY ? Names.TARGET : Names.NODE, ways.server(c, stage.edge(c, p)));
        } else if (message == Messages.SYN) {
            opened(c, p);
        } else if (message == Messages.HELLO && !accepts(c, p)) {
            fail(c, p, Causes.of(Ending.CERTIFICATE_NAME), Tally.CERTIFICATE_ERROR);
        } else if ((argument & Messages.ROUTED) != 0) {
            routed(c, p);
        } else {
            if (message == Messages.NODE_SYN && clients.of(p).client().redirect() == Redirect.HANGS) {
                k.cause[c] = (byte) Causes.of(Ending.DRIVER_CANNOT_REDIRECT);
                stage.timers().arm(c, transmission.deadline(c, p));
                return;
            }
            proceed(c, p, DONE_INPUT);
        }
    }

    private void opened(int c, int p) {
        stage.tally.took(Tally.CONNECT, stage.now() - k.begun[c]);
        if (ways.gatewayCluster(c) != null) {
            proceed(c, p, DONE_INPUT);
            return;
        }
        boolean meant = literals[p] != null
                || stage.estate().clusterOf(clients.of(p).target().host()).isEmpty();
        end(c, meant ? Causes.NONE : Causes.MISROUTED, Tally.NO_SYMPTOM);
        gone(c, p);
    }

    private boolean accepts(int c, int p) {
        if (!clients.of(p).client().validatesCertificate()) return true;
        @Nullable VirtualCluster cluster = ways.gatewayCluster(c);
        return cluster == null
                || new Gateway(cluster).certificateFits(clients.of(p).target().host());
    }

    private void routed(int c, int p) {
        if (clients.of(p).client().redirect() == Redirect.IGNORES) {
            fail(c, p, Causes.of(Ending.DRIVER_CANNOT_REDIRECT), Tally.TIMEOUT);
            return;
        }
        release(c, p);
        k.gateway[c] = -1;
        k.server[c] = 0;
        // An instance that is gone by now has no node, and the next question about its name says so.
        boolean isThere = stage.instances.hosted(k.instance[c]) != null;
        if (isThere) k.port[c] = (char) stage.instances.primary(k.instance[c]).port();
        proceed(c, p, ROUTED_INPUT);
    }

    /** The conversation goes on with this input. */
    void proceed(int c, int p, int input) {
        int next = SessionTable.next(SessionTable.number(clients.of(p).client().dialect()), k.message[c], input);
        k.message[c] = (byte) next;
        k.tries[c] = 0;
        if (next != READY) {
            send(c, p);
            return;
        }
        boolean again = k.is(c, Connections.AGAIN);
        end(c, Causes.NONE, Tally.NO_SYMPTOM);
        stage.tally.took(Tally.LOGIN, stage.now() - k.begun[c]);
        k.set(c, Connections.AGAIN, false);
        k.attempt[c] = (byte) (k.attempt[c] & 1);
        blocking.isServed(p);
        if (again && k.queries[c] > 0) think(c, p);
        else if (k.queries[c] > 0) query(c, p);
        else leave(c, p);
    }

    private void refused(int c, int p, int message) {
        int cause = k.cause[c];
        if (message == Messages.SYN || message == Messages.NODE_SYN) fail(c, p, cause, Tally.REFUSED);
        else if (message == Messages.LOGIN || message == Messages.NODE_LOGIN) fail(c, p, cause, Tally.LOGIN_ERROR);
        else fail(c, p, cause, cause == Causes.REVOKED ? Tally.CERTIFICATE_ERROR : Tally.REFUSED);
    }

    private void reset(int c, int p) {
        if (k.phase[c] == Connections.ASKING) {
            fail(c, p, k.cause[c] == 0 ? Causes.RESET : k.cause[c], Tally.REFUSED);
        } else if (k.phase[c] == Connections.THINKING || k.phase[c] == Connections.QUERYING) {
            cut(c, p, k.cause[c] == 0 ? Causes.RESET : k.cause[c]);
        }
    }

    /** What was waited for did not come, or a time to wait is over. */
    void wake(int c) {
        int p = clients.population(c);
        switch (k.phase[c]) {
            case Connections.ASKING -> repeat(c, p);
            case Connections.THINKING -> query(c, p);
            case Connections.QUERYING -> repeatQuery(c, p);
            case Connections.RESTING -> {
                k.attempt[c]++;
                begin(c, p);
            }
            case Connections.PAUSING -> arrive(c);
            default -> {
                // Whatever it was, it is over.
            }
        }
    }

    private void repeat(int c, int p) {
        int message = k.message[c];
        boolean name = message == Messages.NAME_QUERY || message == Messages.NODE_QUERY;
        if (stage.now() >= transmission.deadline(c, p)) {
            silence(c, p, name);
            return;
        }
        if (k.is(c, Connections.TAKEN)) {
            stage.timers().arm(c, transmission.deadline(c, p));
            return;
        }
        int most = name
                ? dnsTries
                : message == Messages.SYN || message == Messages.NODE_SYN ? transmission.openings(p) : dataRetries + 1;
        if (++k.tries[c] < most) {
            send(c, p);
            return;
        }
        int servers = stage.places.edge(stage.edge(c, p)).dnsServers().size();
        if (name && k.server[c] + 1 < servers) {
            k.server[c]++;
            k.tries[c] = 0;
            send(c, p);
        } else {
            silence(c, p, name);
        }
    }

    private void silence(int c, int p, boolean name) {
        int cause = k.cause[c] == 0 ? Causes.NO_ANSWER : k.cause[c];
        // What would have come if MiPath knew more, it cannot say.
        int felt = cause == UNDETERMINED ? Tally.UNKNOWN : name ? Tally.NAME_ERROR : Tally.TIMEOUT;
        fail(c, p, cause, felt);
    }

    private void query(int c, int p) {
        k.phase[c] = Connections.QUERYING;
        k.tries[c] = 0;
        k.cause[c] = 0;
        k.asked[c] = stage.now();
        transmission.data(c, p, Messages.QUERY);
    }

    private void repeatQuery(int c, int p) {
        if (k.is(c, Connections.TAKEN)) {
            long until = k.asked[c] + QUERY_TIMEOUT;
            if (stage.now() < until) stage.timers().arm(c, until);
            else cut(c, p, Causes.NO_ANSWER);
        } else if (++k.tries[c] > dataRetries) {
            cut(c, p, k.cause[c] == 0 ? Causes.NO_ANSWER : k.cause[c]);
        } else {
            transmission.data(c, p, Messages.QUERY);
        }
    }

    /** A query is answered, by its result or by an error; the session lives on. */
    private void queryDone(int c, int p, boolean served) {
        long now = stage.now();
        stage.timers().cancel(c);
        k.set(c, Connections.TAKEN, false);
        if (served) {
            stage.tally.took(Tally.QUERY, now - k.asked[c]);
            if (k.is(c, Connections.FRESH)) stage.tally.took(Tally.FIRST_QUERY, now - k.begun[c]);
            k.set(c, Connections.FRESH, false);
        } else {
            stage.tally.queryRefused();
        }
        if (--k.queries[c] > 0) think(c, p);
        else leave(c, p);
    }

    private void think(int c, int p) {
        long wait =
                stage.times().think(c, k.number[c], k.queries[c], clients.of(p).session());
        k.phase[c] = Connections.THINKING;
        stage.timers().arm(c, stage.now() + wait);
    }

    /** The client closes its connection, having done what it came for. */
    private void leave(int c, int p) {
        stage.timers().cancel(c);
        gone(c, p);
    }

    private void gone(int c, int p) {
        over(c, p);
        rest(c, p);
    }

    private void rest(int c, int p) {
        k.gateway[c] = -1;
        k.node[c] = -1;
        if (clients.of(p).arrivals() instanceof Population.Arrivals.ClosedLoop loop) {
            k.phase[c] = Connections.PAUSING;
            stage.timers().arm(c, stage.now() + stage.times().pause(c, k.number[c], loop.meanThink()));
        } else {
            k.phase[c] = Connections.AWAY;
            stage.timers().cancel(c);
        }
    }

    /** A session that was logged in is lost; the driver connects again at once, as its retries allow. */
    void cut(int c, int p, int cause) {
        stage.tally.cut(cause);
        record(c, cause);
        over(c, p);
        if (k.attempt[c] < clients.of(p).client().retries()) {
            k.attempt[c]++;
            k.set(c, Connections.AGAIN, true);
            begin(c, p);
        } else {
            rest(c, p);
        }
    }

    /** The attempt fails; the driver may try again. */
    void fail(int c, int p, int cause, int symptom) {
        end(c, cause, symptom);
        over(c, p);
        ClientProfile client = clients.of(p).client();
        if (client.blocksPool() && cause != Causes.POOL_BLOCKED) {
            blocking.block(p, stage.now());
        }
        if (mayPass(cause, symptom) && k.attempt[c] < client.retries()) {
            k.phase[c] = Connections.RESTING;
            stage.timers().arm(c, stage.now() + client.retryInterval());
        } else {
            rest(c, p);
        }
    }

    /** Whether a driver tries again after such a failure. */
    private static boolean mayPass(int cause, int symptom) {
        return switch (symptom) {
            case Tally.TIMEOUT, Tally.REFUSED -> true;
            case Tally.LOGIN_ERROR ->
                cause == Causes.NO_PRIMARY || cause == Causes.UNAVAILABLE || cause == Causes.OVERLOADED;
            default -> false;
        };
    }

    private void over(int c, int p) {
        release(c, p);
        stage.tally.gone();
        stage.observation.gone(c);
    }

    private void end(int c, int cause, int symptom) {
        stage.tally.ended(cause, symptom);
        stage.observation.ended(c, cause);
        record(c, cause);
    }

    private void record(int c, int cause) {
        stage.simulation().log().record(stage.now(), Kinds.ENDED, Kinds.NOWHERE, k.number[c], cause);
    }

    private void release(int c, int p) {
        capture.closes(c, p);
        ways.releasePort(c);
    }

    World.Memento save() {
        return blocking.save();
    }
}
