package dev.mipath.engine;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.instance.SessionTable;
import dev.mipath.instance.SqlSession.Input;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/** How clients learn what a name leads to: from what they keep, from their own DNS servers or from Azure's. */
final class Lookups {
    private static final int DONE_INPUT = SessionTable.number(Input.DONE);
    private static final int UDP = Protocol.UDP.number();

    private final Stage stage;
    private final Connections k;
    private final Clients clients;
    private final Ways ways;
    private final Capture capture;
    private final Transmission transmission;
    private final ClientSide client;
    private final long dnsTimeout;

    Lookups(Stage stage, Ways ways, Capture capture, Transmission transmission, ClientSide client) {
        this.stage = stage;
        this.k = stage.connections;
        this.clients = stage.clients;
        this.ways = ways;
        this.capture = capture;
        this.transmission = transmission;
        this.client = client;
        dnsTimeout = stage.settings.get(Setting.DNS_TIMEOUT);
    }

    /** Asks for a name, where what it leads to is not known already. */
    void ask(int c, int p, int message) {
        int kind = message == Messages.NAME_QUERY ? Names.TARGET : Names.NODE;
        int believed = stage.names.believed(c, p, kind, nameOf(c, kind), stage.now());
        if (believed >= 0) {
            k.target[c] = believed;
            client.proceed(c, p, DONE_INPUT);
            return;
        }
        int from = stage.edge(c, p);
        if (stage.places.hasOwnResolver(from)) {
            // What a site asks is not described, and costs nothing here.
            answered(c, p, kind, null);
            return;
        }
        Address server = ways.server(c, from);
        if (!isGone(c, kind)) capture.asks(c, p, server, hostOf(c, p, kind));
        stage.memory.turnTo(ways.address(c, p), ways.port(c, p, false), k.sideMemory[c], 0);
        stage.header.load(ways.address(c, p), ways.port(c, p, false), server, Stage.DNS_PORT, UDP, true);
        int way = ways.lead(c, from, stage.meantServer(server));
        ways.keepDatagramPort(c);
        if (stage.observation.on()) {
            Packet question =
                    new Packet(ways.address(c, p), ways.port(c, p, false), server, Stage.DNS_PORT, Protocol.UDP);
            stage.observation.sent(c, RunObserver.Leg.NAME, stage.places.edge(from), question, true);
        }
        k.sideForward[c] = way;
        k.sideMemory[c] = stage.memory.remembered();
        k.era[c] = stage.state();
        Path path = stage.paths.path(way);
        if (path.arrives()) {
            stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, Messages.argument(k, c, message));
        } else {
            stage.dropped(c, path);
            boolean network = path.cause < Causes.NO_ANSWER || path.cause == Causes.ASTRAY;
            if (network && path.cause != Causes.of(Ending.UNDETERMINED)) {
                boolean azure = server.equals(Stage.AZURE_DNS);
                Ending ending = azure ? Ending.PLATFORM_DNS_BLOCKED : Ending.DNS_SERVER_UNREACHABLE;
                k.cause[c] = (byte) Causes.of(ending);
            }
        }
        transmission.arm(c, p, dnsTimeout);
    }

    /** What a name leads to is known; {@code by} is the server that said so, or null for one of a site. */
    void answered(int c, int p, int kind, @Nullable Address by) {
        if (isGone(c, kind)) {
            client.fail(c, p, Causes.of(Ending.REDIRECT_NAME_UNRESOLVED), Tally.NAME_ERROR);
            return;
        }
        String host = hostOf(c, p, kind);
        int of = nameOf(c, kind);
        Edge edge = stage.places.edge(stage.edge(c, p));
        int answer = stage.instances.isInMaking(host)
                ? Names.UNKNOWN
                : stage.names.answer(p, kind, host, of, edge, k.server[c], stage.estate(), stage.state());
        boolean open = answer == -1 - Causes.of(Ending.UNDETERMINED);
        if (by != null && !open) capture.told(c, p, by, host, answer);
        if (answer < 0) {
            int cause = -1 - answer;
            client.fail(c, p, cause, open ? Tally.UNKNOWN : Tally.NAME_ERROR);
            return;
        }
        stage.names.believe(c, p, kind, of, answer, stage.now());
        k.target[c] = answer;
        client.proceed(c, p, DONE_INPUT);
    }

    /** Whether the instance is gone whose node's name is asked for. */
    private boolean isGone(int c, int kind) {
        return kind == Names.NODE && stage.instances.hosted(k.instance[c]) == null;
    }

    private int nameOf(int c, int kind) {
        return kind == Names.TARGET ? 0 : stage.instances.nameOfPrimary(k.instance[c]);
    }

    private String hostOf(int c, int p, int kind) {
        return kind == Names.TARGET
                ? clients.of(p).target().host()
                : stage.instances.primary(k.instance[c]).hostName();
    }
}
