package dev.mipath.engine;

import dev.mipath.forwarding.Ending;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.HostName;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.Driver.Redirect;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What resolvers, gateways and nodes do with the packets that reach them. */
final class ServerSide {
    private static final int BOOT = 0xFF;

    private final Stage stage;
    private final Ways ways;
    private final Connections k;
    private final Clients clients;
    private final GatewayRelay relay;
    private final long gatewayLogin;
    private final boolean randomLogin;
    private final long gatewayRelay;
    private final long nodeLogin;
    /** By population: the instance its logins name, and at whose gateways. */
    private final int[] asked;

    private final @Nullable VirtualCluster[] askedOf;
    /** The state of the world in which that was found. */
    private final int[] askedIn;

    ServerSide(Stage stage, Ways ways) {
        this.stage = stage;
        this.ways = ways;
        this.k = stage.connections;
        this.clients = stage.clients;
        relay = new GatewayRelay(stage, ways, this);
        asked = new int[clients.populations()];
        askedOf = new VirtualCluster[asked.length];
        askedIn = new int[asked.length];
        gatewayLogin = stage.settings.get(Setting.GATEWAY_LOGIN);
        randomLogin = stage.settings.is(Setting.GATEWAY_LOGIN_AT_RANDOM);
        gatewayRelay = stage.settings.get(Setting.GATEWAY_RELAY);
        nodeLogin = stage.settings.get(Setting.NODE_LOGIN);
    }

    /** What gateways pass on to nodes. */
    GatewayRelay relay() {
        return relay;
    }

    /** A client's packet arrived. */
    void receive(int c, int argument) {
        if (!Messages.isPresent(k, c, argument)) return;
        int p = clients.population(c);
        int message = argument & 0xFF;
        boolean query = message == Messages.QUERY;
        if (query ? k.phase[c] != Connections.QUERYING : k.message[c] != message) return;
        if (message == Messages.NAME_QUERY || message == Messages.NODE_QUERY) {
            answerName(c, p, message);
            return;
        }
        boolean opens = message == Messages.SYN || message == Messages.NODE_SYN;
        // The network may have changed while the packet was on its way.
        if (!ways.leads(c, p, opens)) return;
        stage.observation.arrived(
                c,
                stage.observation.leg(c),
                false,
                stage.paths.path(k.forward[c]).last());
        if (opens) {
            open(c, p, message);
            return;
        }
        int machine = machine(c);
        if (machine < 0 || isGone(c, machine)) return;
        if (query && k.is(c, Connections.TAKEN)) return;
        if (query) take(c, machine, argument);
        else if (message == Messages.LOGIN) take(c, machine, argument);
        else if (message == Messages.NODE_LOGIN) loginAtNode(c, p, argument);
        else if ((message == Messages.HELLO || message == Messages.NODE_HELLO) && isRevoked(c))
            refuse(c, p, argument, Causes.REVOKED);
        else reply(c, p, argument, 0);
    }

    private void answerName(int c, int p, int message) {
        // Where the network changed meanwhile the question is lost, and asked again.
        if (!stage.isCurrent(c)) return;
        Path path = stage.paths.path(k.sideForward[c]);
        int argument = Messages.argument(k, c, message);
        stage.observation.arrived(c, RunObserver.Leg.NAME, false, path.last());
        stage.observation.answered(c, RunObserver.Leg.NAME);
        if (path.arrival == Places.NOWHERE) {
            stage.simulation().after(stage.delay(path), Kinds.AT_CLIENT, c, argument);
            return;
        }
        Address own = ways.address(c, p);
        int port = ways.port(c, p, false);
        stage.memory.turnTo(own, port, k.sideMemory[c], 0);
        stage.header.load(
                path.destination,
                path.destinationPort,
                path.source == null ? own : path.source,
                port,
                Protocol.UDP.number(),
                false);
        answer(c, path.arrival, stage.edge(c, p), argument, 0, false);
        ways.keepDatagramPort(c);
    }

    /** Leads the answer in the register to the client's or gateway's edge; the number of its way. */
    int answer(int c, int from, int to, int argument, long work, boolean inside) {
        int way = stage.paths.lead(k.number[c], from, stage.header, stage.memory, stage.answerTo(to), stage.now());
        Path path = stage.paths.path(way);
        if (path.arrives()) {
            int kind = inside ? Kinds.AT_GATEWAY : Kinds.AT_CLIENT;
            stage.simulation().after(work + stage.delay(path), kind, c, argument);
        } else {
            stage.dropped(c, path);
            if (path.cause == Causes.HELD) stage.park(c, argument, true);
            else lost(c);
        }
        return way;
    }

    /** The answer will not come, so the client is to repeat its question. */
    void lost(int c) {
        if (!k.is(c, Connections.TAKEN)) return;
        k.set(c, Connections.TAKEN, false);
        stage.timers().arm(c, stage.now() + stage.settings.get(Setting.DATA_RTO));
    }

    private void open(int c, int p, int message) {
        Path path = stage.paths.path(k.forward[c]);
        int machine = stage.machines.number(path.last(), message == Messages.SYN);
        if (stage.machines.isStopped(machine)) return;
        if (message == Messages.SYN) {
            k.gateway[c] = (short) machine;
            k.gatewayBoot[c] = stage.machines.boot(machine);
        } else {
            k.node[c] = (short) machine;
            k.nodeBoot[c] = stage.machines.boot(machine);
        }
        reply(c, p, Messages.argument(k, c, message), 0);
    }

    private int machine(int c) {
        return k.is(c, Connections.ON_NODE) ? k.node[c] : k.gateway[c];
    }

    /** A machine that does not run says nothing; one that started since says that it knows no such connection. */
    boolean isGone(int c, int machine) {
        if (stage.machines.isStopped(machine)) return true;
        byte boot = k.is(c, Connections.ON_NODE) ? k.nodeBoot[c] : k.gatewayBoot[c];
        if (stage.machines.boot(machine) != boot) reset(c);
        return stage.machines.boot(machine) != boot;
    }

    private boolean isRevoked(int c) {
        boolean atNode = k.is(c, Connections.ON_NODE);
        int instance = atNode ? k.instance[c] : asked(clients.population(c), ways.gatewayCluster(c));
        return instance >= 0 && stage.instances.isRevoked(instance);
    }

    /** The instance that a population's logins name at a gateway of this cluster, or -1. */
    @SuppressWarnings("ReferenceEquality") // Another network has other clusters, equal or not.
    private int asked(int p, @Nullable VirtualCluster cluster) {
        if (cluster == null) return -1;
        if (askedOf[p] != cluster || askedIn[p] != stage.state()) {
            askedOf[p] = cluster;
            askedIn[p] = stage.state();
            String host = clients.of(p).target().host();
            asked[p] = new Gateway(cluster)
                    .instance(host)
                    .or(() -> newHolder(host, cluster))
                    .map(instance -> stage.instances.number(instance.name()))
                    .orElse(-1);
        }
        return asked[p];
    }

    /**
     * The instance that a name has moved to: a failover group's listener is the new primary's once it leads there (fact
     * 4.51). Where several instances share the address, whoever moves the name says which.
     */
    private Optional<Hosted> newHolder(String host, VirtualCluster cluster) {
        if (!stage.names.movedTo(host, cluster.loadBalancer())) return Optional.empty();
        @Nullable String holder = stage.names.holder(host);
        if (holder != null) {
            return cluster.instances().stream()
                    .filter(instance -> instance.name().equals(holder))
                    .findFirst();
        }
        return cluster.instances().size() == 1 ? Optional.of(cluster.instances().get(0)) : Optional.empty();
    }

    /** Sends the answer to the client, after {@code work} nanoseconds. */
    void reply(int c, int p, int argument, long work) {
        Path path = stage.paths.path(k.forward[c]);
        stage.observation.answered(c, stage.observation.leg(c));
        if (path.arrival == Places.NOWHERE) {
            stage.simulation().after(work + stage.delay(path), Kinds.AT_CLIENT, c, argument);
            return;
        }
        if (k.back[c] >= 0 && stage.isFresh(c)) {
            Path back = stage.paths.path(k.back[c]);
            stage.simulation().after(work + stage.delay(back), Kinds.AT_CLIENT, c, argument);
            return;
        }
        Address own = ways.address(c, p);
        int port = ways.port(c, p, k.is(c, Connections.ON_NODE));
        stage.memory.turnTo(own, port, k.memory[c], k.snat[c]);
        stage.header.load(
                path.destination,
                path.destinationPort,
                path.source == null ? own : path.source,
                port,
                Stage.tcp(),
                false);
        int way = answer(c, path.arrival, stage.edge(c, p), argument, work, false);
        k.memory[c] = stage.memory.remembered();
        ways.keepPort(c);
        k.back[c] = stage.paths.path(way).arrives() ? way : -1;
    }

    /** Sends an answer that waited on a link that passes again. */
    void again(int c, int argument) {
        boolean gone = !Messages.isPresent(k, c, argument) || !k.isUnderWay(c);
        if (gone) return;
        int message = argument & 0xFF;
        if (message == Messages.NAME_QUERY || message == Messages.NODE_QUERY) return;
        int p = clients.population(c);
        if (ways.leads(c, p, false)) reply(c, p, argument, 0);
    }

    private void refuse(int c, int p, int argument, int cause) {
        k.cause[c] = (byte) cause;
        reply(c, p, argument | Messages.REFUSED, 0);
    }

    /** A machine takes a login or a query, at once or when one of its servers is free. */
    void take(int c, int machine, int argument) {
        k.set(c, Connections.TAKEN, true);
        if (work(c, machine) == 0) {
            done(c, machine, argument & 0xFF);
            return;
        }
        int customer = k.customer(c);
        Station.Reception reception = stage.machines.station(machine).arrive(stage.now(), customer);
        if (reception == Station.Reception.STARTS) serve(customer, machine);
        else if (reception == Station.Reception.REFUSED) overload(c, machine, argument);
    }

    private void serve(int customer, int machine) {
        int argument = machine << 8 | stage.machines.boot(machine) & BOOT;
        stage.simulation().after(work(Connections.ofCustomer(customer), machine), Kinds.SERVED, customer, argument);
    }

    /** Where there are more servers than before, those who wait are served. */
    void callWaiting() {
        for (int machine = 0; machine < stage.machines.size(); machine++) {
            Station station = stage.machines.station(machine);
            for (int next = station.call(stage.now()); next != Station.NOBODY; next = station.call(stage.now()))
                serve(next, machine);
        }
    }

    private long work(int c, int machine) {
        int p = clients.population(c);
        if (k.phase[c] != Connections.QUERYING) {
            return randomLogin ? stage.times().login(c, k.number[c], gatewayLogin) : gatewayLogin;
        }
        if (machine != k.node[c]) return 2 * gatewayRelay;
        return stage.times().service(c, k.number[c], k.queries[c], clients.of(p).session());
    }

    /** A machine has done its work for a customer, whose client may have given up meanwhile, and asked elsewhere. */
    void served(int customer, int argument) {
        int machine = argument >>> 8;
        if ((stage.machines.boot(machine) & BOOT) != (argument & BOOT)) return;
        int next = stage.machines.station(machine).depart(stage.now());
        if (next != Station.NOBODY) serve(next, machine);
        int c = Connections.ofCustomer(customer);
        if (!k.isPresent(customer) || !k.is(c, Connections.TAKEN)) return;
        if (k.phase[c] == Connections.QUERYING) done(c, machine, Messages.QUERY);
        else if (k.phase[c] == Connections.ASKING) done(c, machine, k.message[c]);
    }

    private boolean isInside(int c, int machine) {
        return k.is(c, Connections.PROXIED) && machine == k.node[c];
    }

    private void overload(int c, int machine, int argument) {
        if (!isInside(c, machine)) {
            refuse(c, clients.population(c), argument, Causes.OVERLOADED);
            return;
        }
        k.cause[c] = (byte) Causes.OVERLOADED;
        relay.answer(c, argument | Messages.REFUSED);
    }

    private void done(int c, int machine, int message) {
        int p = clients.population(c);
        if (!ways.leads(c, p, false)) {
            lost(c);
            return;
        }
        int argument = Messages.argument(k, c, message);
        if (message == Messages.LOGIN) login(c, p, argument);
        else if (isInside(c, machine)) relay.answer(c, argument);
        else if (message == Messages.QUERY && k.is(c, Connections.PROXIED)) relay.query(c, argument);
        else if (message == Messages.QUERY) reply(c, p, argument, 0);
    }

    /** The gateway finds the instance by the name in the login, and serves the client or sends it on. */
    private void login(int c, int p, int argument) {
        int instance = asked(p, ways.gatewayCluster(c));
        @Nullable Hosted found = stage.instances.hosted(instance);
        if (found == null) {
            refuse(c, p, argument, Causes.of(Ending.GATEWAY_NAME_UNKNOWN));
            return;
        }
        k.instance[c] = (short) instance;
        if (stage.instances.isUnavailable(instance)) {
            refuse(c, p, argument, Causes.UNAVAILABLE);
        } else if (!stage.instances.serves(instance, stage.now())) {
            refuse(c, p, argument, Causes.NO_PRIMARY);
        } else if (redirects(c, p, found)) {
            // A login that is sent again may find another connection type than the first.
            k.set(c, Connections.PROXIED, false);
            reply(c, p, argument | Messages.ROUTED, 0);
        } else {
            k.set(c, Connections.PROXIED, true);
            relay.inner(c, argument, true);
        }
    }

    private boolean redirects(int c, int p, Hosted instance) {
        Redirect redirect = clients.of(p).client().redirect();
        // Fact 4.6: public and private endpoints never redirect.
        boolean mayRedirect = stage.paths.path(k.forward[c]).arrival != Places.NOWHERE
                && stage.estate().endpoint(stage.names.address(k.target[c])).isEmpty()
                && clients.of(p).target().port() != HostName.PUBLIC_PORT;
        return instance.redirects() && redirect != Redirect.PROXIED && mayRedirect;
    }

    /** The client's present connection is closed with a packet that has to find its way as any other. */
    void reset(int c) {
        int p = clients.population(c);
        int of = k.is(c, Connections.ON_NODE) ? Messages.AT_NODE : 0;
        if (ways.leads(c, p, false)) reply(c, p, Messages.argument(k, c, Messages.RESET) | of, 0);
    }

    private void loginAtNode(int c, int p, int argument) {
        if (stage.instances.hosted(k.instance[c]) == null) {
            refuse(c, p, argument, Causes.of(Ending.ELEMENT_REMOVED));
            return;
        }
        Node primary = stage.instances.primary(k.instance[c]);
        boolean here = stage.paths.path(k.forward[c]).destination.equals(primary.address());
        if (here && stage.instances.serves(k.instance[c], stage.now())) reply(c, p, argument, nodeLogin);
        else refuse(c, p, argument, Causes.NO_PRIMARY);
    }

    /** Everybody whom a machine serves is told that it closes the connection. */
    void closeAll(int machine, int cause) {
        for (int c = 0; c < clients.size(); c++) {
            boolean gateway = k.gateway[c] == machine && !k.is(c, Connections.ON_NODE);
            if (gateway || k.node[c] == machine) close(c, cause);
        }
    }

    /** Everybody who is logged in to an instance, or logs in, is told that it closes the connection. */
    void closeInstance(int instance, int cause) {
        for (int c = 0; c < clients.size(); c++) if (k.instance[c] == instance) close(c, cause);
    }

    private void close(int c, int cause) {
        if (!k.isUnderWay(c)) return;
        // A machine that has not heard of a connection does not close it.
        if (machine(c) < 0) return;
        k.cause[c] = (byte) cause;
        reset(c);
    }
}
