package dev.mipath.engine;

import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a gateway passes on to a node for a client that it serves itself, and the node's answers. */
final class GatewayRelay {
    /** The gateway's own way to a login at the node, behind the SYN: PRELOGIN, TLS twice, LOGIN. */
    private static final int INNER_TRIPS = 4;

    private final Stage stage;
    private final Ways ways;
    private final ServerSide server;
    private final Connections k;
    private final Clients clients;
    private final long nodeLogin;

    GatewayRelay(Stage stage, Ways ways, ServerSide server) {
        this.stage = stage;
        this.ways = ways;
        this.server = server;
        this.k = stage.connections;
        this.clients = stage.clients;
        nodeLogin = stage.settings.get(Setting.NODE_LOGIN);
    }

    /** The gateway's packet to the node. */
    void inner(int c, int argument, boolean opens) {
        @Nullable Path path = inside(c, opens);
        if (path == null) return;
        if (path.arrives()) {
            stage.simulation().after(stage.delay(path), Kinds.AT_NODE, c, argument);
        } else {
            stage.dropped(c, path);
            // The client repeats a query, and with it the gateway.
            if (!opens) server.lost(c);
        }
    }

    /** The way of the gateway's packets to the node, found afresh; null where the network has no such gateway. */
    private @Nullable Path inside(int c, boolean opens) {
        int p = clients.population(c);
        VirtualCluster cluster = Objects.requireNonNull(stage.instances.cluster(k.instance[c]));
        Path outer = stage.paths.path(k.forward[c]);
        // Behind a private endpoint the first gateway answers, as nothing tells which.
        Address gateway = outer.arrival == Places.NOWHERE ? cluster.gateways().get(0) : outer.destination;
        int from = stage.edgeOfGateway(k.gateway[c], cluster, gateway);
        if (from == Places.NOWHERE) return null;
        // An open flow stays with its node, whoever is the primary by now.
        Address node = opens
                ? stage.instances.primary(k.instance[c]).address()
                : stage.paths.path(k.sideForward[c]).destination;
        int nodePort = opens
                ? stage.instances.primary(k.instance[c]).port()
                : stage.paths.path(k.sideForward[c]).destinationPort;
        int port = ways.port(c, p, true);
        if (opens) k.sideMemory[c] = FlowSets.EMPTY;
        stage.memory.turnTo(gateway, port, k.sideMemory[c], 0);
        stage.header.load(gateway, port, node, nodePort, Stage.tcp(), opens);
        sends(c, gateway, node, nodePort, opens);
        Paths.Meant meant = stage.meantNode(k.instance[c], node, true);
        int way = stage.paths.lead(k.number[c], from, stage.header, stage.memory, meant, stage.now());
        ways.dropPort(c);
        k.sideForward[c] = way;
        k.sideBack[c] = -1;
        k.sideMemory[c] = stage.memory.remembered();
        return stage.paths.path(way);
    }

    /** A query goes from the gateway to the node. */
    void query(int c, int argument) {
        int node = k.node[c];
        if (node < 0 || stage.machines.boot(node) != k.nodeBoot[c]) {
            server.reset(c);
        } else if (k.sideBack[c] >= 0 && stage.isFresh(c)) {
            Path path = stage.paths.path(k.sideForward[c]);
            sends(c, gatewayOf(c), path.destination, path.destinationPort, false);
            stage.simulation().after(stage.delay(path), Kinds.AT_NODE, c, argument);
        } else {
            inner(c, argument, false);
        }
    }

    /** Tells whoever observes that a gateway sends a packet to a node. */
    private void sends(int c, Address gateway, Address node, int nodePort, boolean opens) {
        if (!stage.observation.on()) return;
        VirtualCluster cluster = Objects.requireNonNull(stage.instances.cluster(k.instance[c]));
        int from = stage.edgeOfGateway(k.gateway[c], cluster, gateway);
        Packet packet = new Packet(gateway, ways.port(c, clients.population(c), true), node, nodePort, Protocol.TCP);
        stage.observation.sent(c, RunObserver.Leg.INSIDE, stage.places.edge(from), packet, opens);
    }

    /** The gateway's packet arrived at the node. */
    void atNode(int c, int argument) {
        if (!Messages.isPresent(k, c, argument) || k.gateway[c] < 0) return;
        int p = clients.population(c);
        Path path = stage.paths.path(k.sideForward[c]);
        // The gateway has sent it once more meanwhile, and that was lost: so is this, and the client repeats its query.
        if (!path.arrives()) return;
        int machine = stage.machines.number(path.last(), false);
        if (stage.machines.isStopped(machine)) return;
        boolean login = (argument & 0xFF) == Messages.LOGIN;
        if (!login && k.phase[c] != Connections.QUERYING) return;
        if (login) {
            k.node[c] = (short) machine;
            k.nodeBoot[c] = stage.machines.boot(machine);
        }
        if (!stage.isCurrent(c)) {
            if (ways.renew(c, p, false)) inner(c, argument, login);
            return;
        }
        stage.observation.arrived(c, RunObserver.Leg.INSIDE, false, path.last());
        if (login) {
            answer(c, argument);
        } else {
            server.take(c, machine, argument);
        }
    }

    /** The node's answer to the gateway, at a time when the client's ways are the present ones. */
    void answer(int c, int argument) {
        stage.observation.answered(c, RunObserver.Leg.INSIDE);
        if (k.sideBack[c] >= 0 && stage.isFresh(c)) {
            Path back = stage.paths.path(k.sideBack[c]);
            stage.simulation().after(stage.delay(back), Kinds.AT_GATEWAY, c, argument);
            return;
        }
        int p = clients.population(c);
        @Nullable
        Path path = stage.paths.isPresent(k.sideForward[c]) ? stage.paths.path(k.sideForward[c]) : inside(c, false);
        if (path == null || !path.arrives()) {
            if (path != null) stage.dropped(c, path);
            server.lost(c);
            return;
        }
        int port = ways.port(c, p, true);
        Address gateway = gatewayOf(c);
        stage.memory.turnTo(gateway, port, k.sideMemory[c], 0);
        stage.header.load(path.destination, path.destinationPort, gateway, port, Stage.tcp(), false);
        VirtualCluster cluster = Objects.requireNonNull(stage.instances.cluster(k.instance[c]));
        int home = stage.edgeOfGateway(k.gateway[c], cluster, gateway);
        int way = server.answer(c, path.arrival, home, argument, 0, true);
        ways.dropPort(c);
        k.sideMemory[c] = stage.memory.remembered();
        k.sideBack[c] = stage.paths.path(way).arrives() ? way : -1;
    }

    private Address gatewayOf(int c) {
        Path outer = stage.paths.path(k.forward[c]);
        if (outer.arrival != Places.NOWHERE) return outer.destination;
        return Objects.requireNonNull(stage.instances.cluster(k.instance[c]))
                .gateways()
                .get(0);
    }

    /** The node's packet arrived at the gateway, which passes it on to the client. */
    void atGateway(int c, int argument) {
        if (!Messages.isPresent(k, c, argument)) return;
        int p = clients.population(c);
        int machine = k.gateway[c];
        if (machine < 0 || server.isGone(c, machine)) return;
        stage.observation.arrived(c, RunObserver.Leg.INSIDE, true, -1);
        boolean login = (argument & 0xFF) == Messages.LOGIN;
        long inside = 0;
        if (login) {
            Path path = stage.paths.path(k.sideForward[c]);
            inside = nodeLogin + INNER_TRIPS * 2 * stage.delay(path);
        }
        if (!ways.leads(c, p, false)) {
            server.lost(c);
            return;
        }
        server.reply(c, p, argument, inside);
    }
}
