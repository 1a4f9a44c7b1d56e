package dev.mipath.engine;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.Recipients;
import dev.mipath.instance.SessionTable;
import dev.mipath.instance.SessionTable.Message;
import dev.mipath.instance.SqlSession.Input;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Driver.Redirect;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What clients do: begin, send, wait, try again, ask their queries and go. */
final class ClientSide {
    /** Messages of an event's argument beyond those of the login. */
    static final int QUERY = 30;

    static final int RESET = 31;
    /** Marks of an event's argument. */
    static final int REFUSED = 1 << 8;

    static final int ROUTED = 1 << 9;

    static final int NAME_QUERY = SessionTable.number(Message.NAME_QUERY);
    static final int SYN = SessionTable.number(Message.SYN);
    static final int HELLO = SessionTable.number(Message.CLIENT_HELLO);
    static final int LOGIN = SessionTable.number(Message.LOGIN);
    static final int NODE_QUERY = SessionTable.number(Message.NODE_QUERY);
    static final int NODE_SYN = SessionTable.number(Message.NODE_SYN);
    static final int NODE_LOGIN = SessionTable.number(Message.NODE_LOGIN);
    private static final int READY = SessionTable.number(Message.READY);
    private static final int DONE_INPUT = SessionTable.number(Input.DONE);
    private static final int ROUTED_INPUT = SessionTable.number(Input.ROUTED);
    private static final int UDP = Protocol.UDP.number();
    /** A query that takes longer is given up (CommandTimeout of SqlClient). */
    private static final long QUERY_TIMEOUT = 30_000_000_000L;

    private final Stage stage;
    private final Connections k;
    private final Clients clients;
    private final Capture capture;
    private final long[][] synGaps;
    private final @Nullable Address[] literals;
    private final long dnsTimeout;
    private final int dnsTries;
    private final long dataRto;
    private final int dataRetries;
    private final long balancerIdle;
    private final long gatewayIdle;
    private final long coolDown;
    /** By population: until when its pool fails at once, and for how long the next failure blocks it. */
    private long[] blockedUntil;

    private long[] blocksFor;

    ClientSide(Stage stage) {
        this.stage = stage;
        this.k = stage.connections;
        this.clients = stage.clients;
        capture = new Capture(stage, this);
        Settings settings = stage.settings;
        dnsTimeout = settings.get(Setting.DNS_TIMEOUT);
        dnsTries = settings.count(Setting.DNS_TRIES);
        dataRto = settings.get(Setting.DATA_RTO);
        dataRetries = settings.count(Setting.DATA_RETRIES);
        balancerIdle = settings.get(Setting.LOAD_BALANCER_IDLE);
        gatewayIdle = settings.get(Setting.GATEWAY_IDLE);
        coolDown = settings.get(Setting.SNAT_COOL_DOWN);
        int populations = clients.populations();
        synGaps = new long[populations][];
        literals = new Address[populations];
        blockedUntil = new long[populations];
        blocksFor = new long[populations];
        Arrays.fill(blocksFor, ClientProfile.BLOCKING_FIRST);
        for (int p = 0; p < populations; p++) {
            SynProfile system = clients.of(p).client().system();
            synGaps[p] = system.gaps().stream().mapToLong(Long::longValue).toArray();
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
        k.flags[c] = 0;
        k.queries[c] = clients.of(p).session().queries();
        begin(c, p);
    }

    private void begin(int c, int p) {
        k.generation[c]++;
        k.number[c] = stage.tally.begun();
        k.begun[c] = stage.now();
        k.tries[c] = 0;
        k.cause[c] = 0;
        k.flags[c] &= Connections.AGAIN;
        k.phase[c] = Connections.ASKING;
        k.memory[c] = FlowSets.EMPTY;
        k.gateway[c] = -1;
        k.node[c] = -1;
        k.instance[c] = -1;
        k.server[c] = 0;
        k.era[c] = -1;
        k.port[c] = (char) clients.of(p).target().port();
        @Nullable Address literal = literals[p];
        k.message[c] = (byte) (literal == null ? NAME_QUERY : SYN);
        if (literal != null) k.target[c] = stage.names.number(literal);
        if (clients.of(p).client().blocksPool() && stage.now() < blockedUntil[p]) {
            fail(c, p, Causes.POOL_BLOCKED, Tally.POOL_BLOCKED);
        } else if (stage.edge(p) == Places.NOWHERE) {
            fail(c, p, Causes.of(Ending.UNDETERMINED), Tally.NO_SYMPTOM);
        } else {
            send(c, p);
        }
    }

    /** Sends what is to be sent next, for the first time or once more. */
    private void send(int c, int p) {
        int message = k.message[c];
        if (message == NAME_QUERY || message == NODE_QUERY) ask(c, p, message);
        else if (message == SYN || message == NODE_SYN) open(c, p, message);
        else data(c, p, message);
    }

    private void ask(int c, int p, int message) {
        int kind = message == NAME_QUERY ? Names.TARGET : Names.NODE;
        int believed = stage.names.believed(c, p, kind, nameOf(c, kind), stage.now());
        if (believed >= 0) {
            k.target[c] = believed;
            proceed(c, p, DONE_INPUT);
            return;
        }
        int from = stage.edge(p);
        if (stage.places.hasOwnResolver(from)) {
            // What a site asks is not described, and costs nothing here.
            answered(c, p, kind, null);
            return;
        }
        Address server = server(c, from);
        capture.asks(c, p, server, hostOf(c, p, kind));
        if (message == NAME_QUERY && k.tries[c] == 0 && k.server[c] == 0) k.sideMemory[c] = FlowSets.EMPTY;
        stage.memory.turnTo(address(c, p), port(c, p, false), k.sideMemory[c], 0);
        stage.header.load(address(c, p), port(c, p, false), server, Stage.DNS_PORT, UDP, true);
        int way = lead(c, from, stage.meantServer(server));
        k.sideForward[c] = way;
        k.sideMemory[c] = stage.memory.remembered();
        k.era[c] = stage.state();
        Path path = stage.paths.path(way);
        if (path.arrives()) {
            stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, argument(c, message));
        } else {
            stage.dropped(c, path);
            boolean network = path.cause < Causes.NO_ANSWER || path.cause == Causes.ASTRAY;
            if (network && path.cause != Causes.of(Ending.UNDETERMINED)) {
                boolean azure = server.equals(Stage.AZURE_DNS);
                Ending ending = azure ? Ending.PLATFORM_DNS_BLOCKED : Ending.DNS_SERVER_UNREACHABLE;
                k.cause[c] = (byte) Causes.of(ending);
            }
        }
        arm(c, p, dnsTimeout);
    }

    /** The DNS server a client asks at present. */
    Address server(int c, int from) {
        Edge edge = stage.places.edge(from);
        return edge.dnsServers().isEmpty() ? Stage.AZURE_DNS : edge.dnsServers().get(k.server[c]);
    }

    private int nameOf(int c, int kind) {
        return kind == Names.TARGET ? 0 : stage.instances.nameOfPrimary(k.instance[c]);
    }

    private String hostOf(int c, int p, int kind) {
        return kind == Names.TARGET
                ? clients.of(p).target().host()
                : stage.instances.primary(k.instance[c]).hostName();
    }

    /** What a name leads to is known; {@code by} is the server that said so, or null for one of a site. */
    private void answered(int c, int p, int kind, @Nullable Address by) {
        String host = hostOf(c, p, kind);
        int of = nameOf(c, kind);
        Edge edge = stage.places.edge(stage.edge(p));
        int answer = stage.names.answer(p, kind, host, of, edge, k.server[c], stage.estate(), stage.state());
        boolean open = answer == -1 - Causes.of(Ending.UNDETERMINED);
        if (by != null && !open) capture.told(c, p, by, host, answer);
        if (answer < 0) {
            int cause = -1 - answer;
            fail(c, p, cause, open ? Tally.NO_SYMPTOM : Tally.NAME_ERROR);
            return;
        }
        stage.names.believe(c, p, kind, of, answer, stage.now());
        k.target[c] = answer;
        proceed(c, p, DONE_INPUT);
    }

    private void open(int c, int p, int message) {
        if (k.tries[c] == 0) k.memory[c] = FlowSets.EMPTY;
        k.set(c, Connections.ON_NODE, message == NODE_SYN);
        capture.sends(c, p, message);
        follow(c, p, true);
        Path path = stage.paths.path(k.forward[c]);
        if (path.arrives()) {
            stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, argument(c, message));
        } else {
            stage.dropped(c, path);
            if (path.cause == Causes.HELD) stage.park(c, argument(c, message), false);
            if (Causes.ending(path.cause) == Ending.NO_LISTENER) {
                stage.simulation().after(2 * stage.delay(path), Kinds.AT_CLIENT, c, argument(c, message) | REFUSED);
            }
        }
        arm(c, p, synGaps[p][k.tries[c]]);
    }

    /** Finds the way of the present connection's packets afresh. */
    void follow(int c, int p, boolean opens) {
        boolean onNode = k.is(c, Connections.ON_NODE);
        int own = port(c, p, onNode);
        Address to = stage.names.address(k.target[c]);
        stage.memory.turnTo(address(c, p), own, k.memory[c], k.snat[c]);
        stage.header.load(address(c, p), own, to, k.port[c], Stage.tcp(), opens);
        Paths.Meant meant = onNode ? stage.meantNode(k.instance[c], to, false) : stage.meantFirst(p, k.target[c]);
        k.forward[c] = lead(c, stage.edge(p), meant);
        k.back[c] = -1;
        k.sideBack[c] = -1;
        k.memory[c] = stage.memory.remembered();
        k.snat[c] = stage.memory.snatPool();
        k.era[c] = stage.state();
    }

    /** Finds the way afresh, and tells whether it still leads to the other side. */
    boolean renew(int c, int p, boolean opens) {
        int machine = stage.paths.path(k.forward[c]).last();
        boolean there = stage.elements.isPresent(machine) && stage.instances.hosted(k.instance[c]) != null;
        if (!there && k.instance[c] >= 0) {
            // A vanished element ends its flows.
            stage.tally.dropped(machine, Causes.of(Ending.ELEMENT_REMOVED));
            k.cause[c] = (byte) Causes.of(Ending.ELEMENT_REMOVED);
            return false;
        }
        follow(c, p, opens);
        Path path = stage.paths.path(k.forward[c]);
        if (!path.arrives()) stage.dropped(c, path);
        return path.arrives();
    }

    private int lead(int c, int from, Paths.Meant meant) {
        return stage.paths.lead(k.number[c], from, stage.header, stage.memory, meant, stage.now());
    }

    private void data(int c, int p, int message) {
        long now = stage.now();
        Path before = stage.paths.path(k.forward[c]);
        long idle = now - k.lastSeen[c];
        boolean keptAlive = clients.of(p).client().keepAlive() > 0;
        arm(c, p, dataRto << k.tries[c]);
        capture.sends(c, p, message);
        if (!keptAlive && before.forgets && idle >= balancerIdle) {
            stage.tally.dropped(before.last(), Causes.IDLE);
            k.cause[c] = Causes.IDLE;
            stage.simulation().log().record(now, Kinds.DROPPED, before.last(), k.number[c], before.lastDecision());
            return;
        }
        if (!keptAlive && k.is(c, Connections.PROXIED) && idle >= gatewayIdle) {
            k.cause[c] = Causes.IDLE;
            stage.simulation().after(2 * stage.delay(before), Kinds.AT_CLIENT, c, argument(c, RESET));
            return;
        }
        if (!stage.isFresh(c) && !renew(c, p, false)) {
            if (stage.paths.path(k.forward[c]).cause == Causes.HELD) stage.park(c, argument(c, message), false);
            return;
        }
        Path path = stage.paths.path(k.forward[c]);
        k.lastSeen[c] = now;
        stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, argument(c, message));
    }

    /** Sends what waited on a link that passes again. */
    void resend(int c, int argument) {
        if (!isPresent(c, argument) || k.is(c, Connections.TAKEN)) return;
        int p = clients.population(c);
        // The client itself sends nothing now.
        capture.pause(true);
        if (k.phase[c] == Connections.QUERYING) data(c, p, QUERY);
        else if (k.phase[c] == Connections.ASKING && k.message[c] == (argument & 0xFF)) send(c, p);
        capture.pause(false);
    }

    /** The argument of an event about the present attempt's message. */
    int argument(int c, int message) {
        return (k.generation[c] & 0xFF) << 16 | message;
    }

    /** Whether an event is about the present attempt. */
    boolean isPresent(int c, int argument) {
        return argument >>> 16 == (k.generation[c] & 0xFF);
    }

    /** The client's own port: two for each attempt in turn. */
    int port(int c, int p, boolean onNode) {
        return clients.firstPort(c, p) + 2 * (k.attempt[c] & 1) + (onNode ? 1 : 0);
    }

    Address address(int c, int p) {
        return clients.address(clients.addressNumber(c, p));
    }

    private void arm(int c, int p, long wait) {
        long when = stage.now() + wait;
        if (k.phase[c] == Connections.ASKING) when = Math.min(when, deadline(c, p));
        stage.timers().arm(c, when);
    }

    private long deadline(int c, int p) {
        return k.begun[c] + clients.of(p).client().loginTimeout();
    }

    /** A packet arrived at the client. */
    void receive(int c, int argument) {
        if (!isPresent(c, argument)) return;
        int p = clients.population(c);
        int message = argument & 0xFF;
        if (message == RESET) {
            capture.isReset(c, p);
            reset(c, p);
            return;
        }
        if (k.phase[c] == Connections.QUERYING && message == QUERY) {
            k.lastSeen[c] = stage.now();
            capture.gets(c, p, argument);
            queryDone(c, p);
            return;
        }
        if (k.phase[c] != Connections.ASKING || message != k.message[c]) return;
        boolean name = message == NAME_QUERY || message == NODE_QUERY;
        if (!name) capture.gets(c, p, argument);
        if ((argument & REFUSED) != 0) {
            refused(c, p, message);
            return;
        }
        k.lastSeen[c] = stage.now();
        k.cause[c] = 0;
        k.set(c, Connections.TAKEN, false);
        if (name) {
            answered(c, p, message == NAME_QUERY ? Names.TARGET : Names.NODE, server(c, stage.edge(p)));
        } else if (message == SYN) {
            opened(c, p);
        } else if (message == HELLO && !accepts(c, p)) {
            fail(c, p, Causes.of(Ending.CERTIFICATE_NAME), Tally.CERTIFICATE_ERROR);
        } else if ((argument & ROUTED) != 0) {
            routed(c, p);
        } else {
            if (message == NODE_SYN && clients.of(p).client().redirect() == Redirect.HANGS) {
                k.cause[c] = (byte) Causes.of(Ending.DRIVER_CANNOT_REDIRECT);
                stage.timers().arm(c, deadline(c, p));
                return;
            }
            proceed(c, p, DONE_INPUT);
        }
    }

    private void opened(int c, int p) {
        stage.tally.took(Tally.CONNECT, stage.now() - k.begun[c]);
        if (gatewayCluster(c) != null) {
            proceed(c, p, DONE_INPUT);
            return;
        }
        boolean meant = literals[p] != null
                || stage.estate().clusterOf(clients.of(p).target().host()).isEmpty();
        end(c, meant ? Causes.NONE : Causes.MISROUTED, Tally.NO_SYMPTOM);
        gone(c, p);
    }

    /** The cluster whose gateway the first connection reached, or null when it is no gateway. */
    @Nullable
    VirtualCluster gatewayCluster(int c) {
        Path path = stage.paths.path(k.forward[c]);
        if (!path.knowsCluster()) {
            @Nullable Edge there = path.arrival == Places.NOWHERE ? null : stage.places.edge(path.arrival);
            Address asked = stage.names.address(k.target[c]);
            path.setCluster(Recipients.reached(stage.estate(), asked, there, path.destination)
                    .orElse(null));
        }
        return path.cluster();
    }

    private boolean accepts(int c, int p) {
        if (!clients.of(p).client().validatesCertificate()) return true;
        @Nullable VirtualCluster cluster = gatewayCluster(c);
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
        k.port[c] = (char) stage.instances.primary(k.instance[c]).port();
        proceed(c, p, ROUTED_INPUT);
    }

    private void proceed(int c, int p, int input) {
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
        blocksFor[p] = ClientProfile.BLOCKING_FIRST;
        if (again && k.queries[c] > 0) think(c, p);
        else if (k.queries[c] > 0) query(c, p);
        else leave(c, p);
    }

    private void refused(int c, int p, int message) {
        int cause = k.cause[c];
        if (message == SYN || message == NODE_SYN) fail(c, p, cause, Tally.REFUSED);
        else if (message == LOGIN || message == NODE_LOGIN) fail(c, p, cause, Tally.LOGIN_ERROR);
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
        boolean name = message == NAME_QUERY || message == NODE_QUERY;
        if (stage.now() >= deadline(c, p)) {
            silence(c, p, name);
            return;
        }
        if (k.is(c, Connections.TAKEN)) {
            stage.timers().arm(c, deadline(c, p));
            return;
        }
        int most = name ? dnsTries : message == SYN || message == NODE_SYN ? synGaps[p].length : dataRetries + 1;
        if (++k.tries[c] < most) {
            send(c, p);
            return;
        }
        int servers = stage.places.edge(stage.edge(p)).dnsServers().size();
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
        fail(c, p, cause, name ? Tally.NAME_ERROR : Tally.TIMEOUT);
    }

    private void query(int c, int p) {
        k.phase[c] = Connections.QUERYING;
        k.tries[c] = 0;
        k.cause[c] = 0;
        k.asked[c] = stage.now();
        data(c, p, QUERY);
    }

    private void repeatQuery(int c, int p) {
        if (k.is(c, Connections.TAKEN)) {
            long until = k.asked[c] + QUERY_TIMEOUT;
            if (stage.now() < until) stage.timers().arm(c, until);
            else cut(c, p, Causes.NO_ANSWER);
        } else if (++k.tries[c] > dataRetries) {
            cut(c, p, k.cause[c] == 0 ? Causes.NO_ANSWER : k.cause[c]);
        } else {
            data(c, p, QUERY);
        }
    }

    private void queryDone(int c, int p) {
        long now = stage.now();
        stage.timers().cancel(c);
        k.set(c, Connections.TAKEN, false);
        stage.tally.took(Tally.QUERY, now - k.asked[c]);
        if (k.queries[c] == clients.of(p).session().queries()) stage.tally.took(Tally.FIRST_QUERY, now - k.begun[c]);
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
        release(c, p);
        stage.tally.gone();
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
        release(c, p);
        stage.tally.gone();
        if (k.attempt[c] < clients.of(p).client().retries()) {
            k.attempt[c]++;
            k.set(c, Connections.AGAIN, true);
            begin(c, p);
        } else {
            rest(c, p);
        }
    }

    private void fail(int c, int p, int cause, int symptom) {
        end(c, cause, symptom);
        release(c, p);
        stage.tally.gone();
        ClientProfile client = clients.of(p).client();
        if (client.blocksPool() && cause != Causes.POOL_BLOCKED) {
            blockedUntil[p] = stage.now() + blocksFor[p];
            blocksFor[p] = Math.min(2 * blocksFor[p], ClientProfile.BLOCKING_LONGEST);
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

    private void end(int c, int cause, int symptom) {
        stage.tally.ended(cause, symptom);
        record(c, cause);
    }

    private void record(int c, int cause) {
        stage.simulation().log().record(stage.now(), Kinds.ENDED, Kinds.NOWHERE, k.number[c], cause);
    }

    private void release(int c, int p) {
        capture.closes(c, p);
        if (k.snat[c] == 0) return;
        int pool = k.snat[c] - 1;
        k.snat[c] = 0;
        if (coolDown == 0) stage.pools.give(pool);
        else stage.simulation().after(coolDown, Kinds.PORT_FREE, pool);
    }

    World.Memento save() {
        long[] savedUntil = blockedUntil.clone();
        long[] savedFor = blocksFor.clone();
        return () -> {
            blockedUntil = savedUntil.clone();
            blocksFor = savedFor.clone();
        };
    }
}
