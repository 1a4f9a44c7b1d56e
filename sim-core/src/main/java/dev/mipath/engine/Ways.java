package dev.mipath.engine;

import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.instance.Recipients;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import org.jspecify.annotations.Nullable;

/** The ways of the clients' packets: from which address and port, where to, and what the network made of the way. */
final class Ways {
    private final Stage stage;
    private final Connections k;
    private final Clients clients;
    private final long coolDown;
    private final long datagramIdle;

    Ways(Stage stage) {
        this.stage = stage;
        this.k = stage.connections;
        this.clients = stage.clients;
        coolDown = stage.settings.get(Setting.SNAT_COOL_DOWN);
        datagramIdle = stage.settings.get(Setting.SNAT_UDP_IDLE);
    }

    /** Finds the way of the present connection's packets afresh. */
    void follow(int c, int p, boolean opens) {
        boolean onNode = k.is(c, Connections.ON_NODE);
        int own = port(c, p, onNode);
        Address to = stage.names.address(k.target[c]);
        stage.memory.turnTo(address(c, p), own, k.memory[c], k.snat[c]);
        stage.header.load(address(c, p), own, to, k.port[c], Stage.tcp(), opens);
        Paths.Meant meant = onNode ? stage.meantNode(k.instance[c], to, false) : stage.meantFirst(p, k.target[c]);
        k.forward[c] = lead(c, stage.edge(c, p), meant);
        k.back[c] = -1;
        k.sideBack[c] = -1;
        k.memory[c] = stage.memory.remembered();
        k.snat[c] = stage.memory.snatPool();
        k.era[c] = stage.state();
    }

    /** Tells whoever observes that the client sends a packet on its connection. */
    void sends(int c, int p, boolean opens) {
        Observation observation = stage.observation;
        if (!observation.on()) return;
        Address to = stage.names.address(k.target[c]);
        int own = port(c, p, k.is(c, Connections.ON_NODE));
        Packet packet = new Packet(address(c, p), own, to, k.port[c], Protocol.TCP);
        observation.sent(c, observation.leg(c), stage.places.edge(stage.edge(c, p)), packet, opens);
    }

    /** Finds the way afresh, and tells whether it still leads to the other side. */
    boolean renew(int c, int p, boolean opens) {
        // A packet that outlives its connection finds no way that was not there before: it would take a source port.
        if (!k.isUnderWay(c)) return false;
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

    /** Whether the way of the present connection leads to the other side, found afresh where the world has changed. */
    boolean leads(int c, int p, boolean opens) {
        if (!stage.isCurrent(c)) return renew(c, p, opens);
        return stage.paths.path(k.forward[c]).arrives();
    }

    /** An answer may need a source port too; its connection has that from now on, unless it is over. */
    void keepPort(int c) {
        int pool = stage.memory.snatPool();
        if (pool == k.snat[c]) return;
        if (k.isUnderWay(c)) k.snat[c] = pool;
        else givePort(c, pool - 1, coolDown);
    }

    /** A datagram has no connection that ends: a translator keeps its port until nothing came for a while (fact 3.13). */
    void keepDatagramPort(int c) {
        if (stage.memory.snatPool() != 0) givePort(c, stage.memory.snatPool() - 1, datagramIdle + coolDown);
    }

    /** What a gateway sends to its node never gets through a translator, so a port that was taken is free at once. */
    void dropPort(int c) {
        if (stage.memory.snatPool() != 0) givePort(c, stage.memory.snatPool() - 1, 0);
    }

    /** The present connection gives its source port back. */
    void releasePort(int c) {
        if (k.snat[c] == 0) return;
        int pool = k.snat[c] - 1;
        k.snat[c] = 0;
        givePort(c, pool, coolDown);
    }

    /** A source port may be taken again after so many nanoseconds. */
    private void givePort(int c, int pool, long rest) {
        stage.observation.portReleased(k.number[c], pool);
        if (rest == 0) {
            stage.pools.give(pool);
            stage.observation.portFreed(pool);
        } else {
            stage.simulation().after(rest, Kinds.PORT_FREE, pool);
        }
    }

    int lead(int c, int from, Paths.Meant meant) {
        return stage.paths.lead(k.number[c], from, stage.header, stage.memory, meant, stage.now());
    }

    /** The DNS server a client asks at present. */
    Address server(int c, int from) {
        Edge edge = stage.places.edge(from);
        return edge.dnsServers().isEmpty() ? Stage.AZURE_DNS : edge.dnsServers().get(k.server[c]);
    }

    /** The client's own port: two for each attempt in turn. */
    int port(int c, int p, boolean onNode) {
        return clients.firstPort(c, p) + 2 * (k.attempt[c] & 1) + (onNode ? 1 : 0);
    }

    Address address(int c, int p) {
        return clients.address(clients.addressNumber(c, p));
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
}
