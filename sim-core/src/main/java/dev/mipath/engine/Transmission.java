package dev.mipath.engine;

import dev.mipath.forwarding.Ending;

/** Sends the clients' packets on their connections, and wakes each client when an answer should have come. */
final class Transmission {
    private final Stage stage;
    private final Connections k;
    private final Clients clients;
    private final Ways ways;
    private final Capture capture;
    private final long[][] synGaps;
    private final long dataRto;
    private final long balancerIdle;
    private final long gatewayIdle;

    Transmission(Stage stage, Ways ways, Capture capture) {
        this.stage = stage;
        this.k = stage.connections;
        this.clients = stage.clients;
        this.ways = ways;
        this.capture = capture;
        Settings settings = stage.settings;
        dataRto = settings.get(Setting.DATA_RTO);
        balancerIdle = settings.get(Setting.LOAD_BALANCER_IDLE);
        gatewayIdle = settings.get(Setting.GATEWAY_IDLE);
        synGaps = new long[clients.populations()][];
        for (int p = 0; p < synGaps.length; p++) {
            SynProfile system = clients.of(p).client().system();
            synGaps[p] = system.gaps().stream().mapToLong(Long::longValue).toArray();
        }
    }

    /** How often a client's system sends the packet that opens a connection. */
    int openings(int p) {
        return synGaps[p].length;
    }

    /** Sends the packet that opens a connection, on a way found afresh. */
    void open(int c, int p, int message) {
        if (k.tries[c] == 0) k.memory[c] = FlowSets.EMPTY;
        k.set(c, Connections.ON_NODE, message == Messages.NODE_SYN);
        capture.sends(c, p, message);
        ways.follow(c, p, true);
        ways.sends(c, p, true);
        Path path = stage.paths.path(k.forward[c]);
        if (path.arrives()) {
            stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, Messages.argument(k, c, message));
        } else {
            stage.dropped(c, path);
            if (path.cause == Causes.HELD) stage.park(c, Messages.argument(k, c, message), false);
            if (Causes.ending(path.cause) == Ending.NO_LISTENER) {
                stage.simulation()
                        .after(
                                2 * stage.delay(path),
                                Kinds.AT_CLIENT,
                                c,
                                Messages.argument(k, c, message) | Messages.REFUSED);
            }
        }
        arm(c, p, synGaps[p][k.tries[c]]);
    }

    /** Sends a packet on the present connection. */
    void data(int c, int p, int message) {
        long now = stage.now();
        Path before = stage.paths.path(k.forward[c]);
        long idle = now - k.lastSeen[c];
        boolean keptAlive = clients.of(p).client().keepAlive() > 0;
        arm(c, p, dataRto << k.tries[c]);
        capture.sends(c, p, message);
        if (!keptAlive && before.forgets() && idle >= balancerIdle) {
            stage.tally.dropped(before.keeper(), Causes.IDLE);
            k.cause[c] = Causes.IDLE;
            stage.simulation().log().record(now, Kinds.DROPPED, before.keeper(), k.number[c], before.keeperDecision());
            return;
        }
        boolean follows = stage.isFresh(c) && before.arrives();
        if (!follows && !ways.renew(c, p, false)) {
            if (stage.paths.path(k.forward[c]).cause == Causes.HELD)
                stage.park(c, Messages.argument(k, c, message), false);
            return;
        }
        Path path = stage.paths.path(k.forward[c]);
        ways.sends(c, p, false);
        if (!keptAlive && k.is(c, Connections.PROXIED) && idle >= gatewayIdle) {
            k.cause[c] = Causes.IDLE;
            stage.observation.answered(c, stage.observation.leg(c));
            stage.simulation()
                    .after(2 * stage.delay(path), Kinds.AT_CLIENT, c, Messages.argument(k, c, Messages.RESET));
            return;
        }
        k.lastSeen[c] = now;
        stage.simulation().after(stage.delay(path), Kinds.AT_SERVER, c, Messages.argument(k, c, message));
    }

    /** Wakes the client after this time, or when its patience ends. */
    void arm(int c, int p, long wait) {
        long when = stage.now() + wait;
        if (k.phase[c] == Connections.ASKING) when = Math.min(when, deadline(c, p));
        stage.timers().arm(c, when);
    }

    /** When the client gives its login up. */
    long deadline(int c, int p) {
        return k.begun[c] + clients.of(p).client().loginTimeout();
    }
}
