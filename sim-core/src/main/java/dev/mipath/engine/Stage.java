package dev.mipath.engine;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Recipients;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Address;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where everything of one run stands, and the sending of packets across it. */
final class Stage {
    static final int DNS_PORT = 53;

    private static final int UNKNOWN = -2;
    static final Address AZURE_DNS = PlatformRanges.HOST_SERVICES.network();

    final SimulationPlan plan;
    final Settings settings;
    final Clients clients;
    final Connections connections;
    final Elements elements = new Elements();
    final Places places;
    final Faults faults;
    final SnatPools pools;
    final SlotMemory memory;
    final Paths paths;
    final Names names;
    final Instances instances = new Instances();
    final Machines machines;
    final Tally tally = new Tally();
    final Header header = new Header();
    final Observation observation = new Observation(this);
    private final ServiceTimes times;
    private @Nullable Simulation simulation;
    private @Nullable Timers timers;
    private NetworkTimeline.Epoch epoch;
    private Network network;
    private Estate estate;
    /** How many networks of the control plane have been in force. */
    private int made;

    private int state;
    private boolean cached = true;
    /** By population: its edge, whom its first packets are for and of which address that holds. */
    private final int[] edge;

    private final int[] meantAddress;
    private final Paths.Meant[] meantFirst;
    private final Map<Object, Paths.Meant> meant = new HashMap<>();
    /** By instance, and from inside the cluster or not: whom packets to its primary are for. */
    private Paths.@Nullable Meant[] meantNode = {};

    private @Nullable Address[] meantNodeOf = {};
    /** By machine. */
    private int[] gatewayEdges = {};
    /** What waits on held links: connection, argument of its event, and 1 for an answer. */
    private List<int[]> parked = new ArrayList<>();

    private List<Paths.Meant> answers = new ArrayList<>();

    Stage(SimulationPlan plan, RandomStreams random) {
        this.plan = plan;
        settings = plan.settings();
        epoch = plan.networks().epochs().get(0);
        network = epoch.network();
        estate = epoch.estate();
        clients = new Clients(plan.populations());
        connections = new Connections(clients.size());
        places = new Places(settings);
        faults = new Faults(random);
        pools = new SnatPools(elements, settings);
        memory = new SlotMemory(elements, pools, observation);
        names = new Names(clients, settings);
        machines = new Machines(elements, settings);
        paths = new Paths(elements, places, faults, network);
        times = new ServiceTimes(random);
        edge = new int[clients.addresses()];
        meantAddress = new int[clients.populations()];
        meantFirst = new Paths.Meant[clients.populations()];
        turnTo(0);
    }

    /** The random times of a run. */
    ServiceTimes times() {
        return times;
    }

    void start(Simulation newSimulation, Timers newTimers) {
        simulation = newSimulation;
        timers = newTimers;
    }

    Simulation simulation() {
        return Objects.requireNonNull(simulation);
    }

    Timers timers() {
        return Objects.requireNonNull(timers);
    }

    long now() {
        return simulation().now();
    }

    Network network() {
        return network;
    }

    Estate estate() {
        return estate;
    }

    /** Changes with every network, fault and move of a name: what was found before is asked again. */
    int state() {
        return state + faults.changes();
    }

    void changed() {
        state++;
    }

    /** Lets every packet be decided afresh, to compare with a run that does not. */
    void neverCache() {
        cached = false;
    }

    /** Turns to the network of this number in the plan. */
    void turnTo(int number) {
        turnTo(plan.networks().epochs().get(number));
    }

    /** Turns to a network that the control plane has made; it gets a version of its own. */
    void turnToMade(NetworkTimeline.Epoch next) {
        int version = plan.networks().epochs().size() + ++made;
        turnTo(new NetworkTimeline.Epoch(now(), next.network().withVersion(version), next.estate()));
    }

    private void turnTo(NetworkTimeline.Epoch next) {
        epoch = next;
        network = next.network();
        estate = next.estate();
        state++;
        elements.turnTo(network);
        places.clear();
        paths.turnTo(network);
        instances.turnTo(estate);
        meant.clear();
        gatewayEdges = new int[0];
        meantNode = new Paths.Meant[0];
        meantNodeOf = new Address[0];
        answers = new ArrayList<>();
        for (int p = 0; p < clients.populations(); p++) {
            Population.Source source = clients.of(p).source();
            for (int i = 0; i < source.addresses(); i++) {
                edge[clients.firstAddress(p) + i] = edgeOf(source.vnet(), source.address(i));
            }
            meantAddress[p] = -1;
        }
    }

    private int edgeOf(@Nullable String vnet, Address address) {
        for (Edge found : network.edges(address)) {
            if (vnet == null || found.vnetName().equalsIgnoreCase(vnet)) return places.number(network, found);
        }
        boolean isPublic = PlatformRanges.PUBLIC_SPACE.contains(address);
        return isPublic ? places.number(network, network.outside()) : Places.NOWHERE;
    }

    /** The edge of a client; {@link Places#NOWHERE} when its address is nobody's. */
    int edge(int client, int population) {
        return edge[clients.addressNumber(client, population)];
    }

    /** Whom the first packet to an address is for. */
    Paths.Meant meantFirst(int population, int address) {
        if (meantAddress[population] != address) {
            String host = clients.of(population).target().host();
            Address to = names.address(address);
            meantFirst[population] = meant("first " + host + " " + to, Recipients.ofFirst(network, estate, host, to));
            meantAddress[population] = address;
        }
        return meantFirst[population];
    }

    /** Whom a packet to a node is for. */
    Paths.Meant meantNode(int instance, Address node, boolean fromInside) {
        int at = 2 * instance + (fromInside ? 1 : 0);
        if (at >= meantNode.length) {
            meantNode = Arrays.copyOf(meantNode, at + 1);
            meantNodeOf = Arrays.copyOf(meantNodeOf, at + 1);
        }
        Paths.Meant known = meantNode[at];
        if (known != null && node.equals(meantNodeOf[at])) return known;
        @Nullable VirtualCluster cluster = instances.cluster(instance);
        // Where the instance is gone, its node's address is whoever's has it now.
        ImmutableList<Edge> edges = cluster == null
                ? network.edges(node)
                : fromInside ? Recipients.ofMachine(network, cluster, node) : Recipients.ofNode(network, cluster, node);
        meantNodeOf[at] = node;
        meantNode[at] = meant("node " + at + " " + node, edges);
        return meantNode[at];
    }

    /** The edge of a gateway; {@link Places#NOWHERE} when the present network has no such machine. */
    int edgeOfGateway(int machine, VirtualCluster cluster, Address gateway) {
        if (machine >= gatewayEdges.length) {
            int old = gatewayEdges.length;
            gatewayEdges = Arrays.copyOf(gatewayEdges, machine + 1);
            Arrays.fill(gatewayEdges, old, machine + 1, UNKNOWN);
        }
        if (gatewayEdges[machine] == UNKNOWN) {
            @Nullable Edge found = network.holder(gateway, cluster.subnet()).orElse(null);
            gatewayEdges[machine] = places.number(network, found);
        }
        return gatewayEdges[machine];
    }

    /** Whom a question about a name is for. */
    Paths.Meant meantServer(Address server) {
        Paths.Meant known = meant.get(server);
        return known != null ? known : meant(server, network.holders(server));
    }

    /** Anybody at all. */
    Paths.Meant anybody() {
        Paths.Meant known = meant.get("anybody");
        return known != null ? known : meant("anybody", ImmutableList.of());
    }

    private Paths.Meant meant(Object key, ImmutableList<Edge> edges) {
        Paths.Meant made = new Paths.Meant(meant.size(), edges, false);
        meant.put(key, made);
        return made;
    }

    /** Whom an answer is for. */
    Paths.Meant answerTo(int edgeNumber) {
        while (answers.size() <= edgeNumber) {
            int next = answers.size();
            answers.add(new Paths.Meant(-1 - next, ImmutableList.of(places.edge(next)), true));
        }
        return answers.get(edgeNumber);
    }

    /** Whether nothing has changed since the ways of a connection were found. */
    boolean isCurrent(int client) {
        return connections.era[client] == state();
    }

    /** Whether the next packet of a connection may follow the way of those before. */
    boolean isFresh(int client) {
        return cached && isCurrent(client) && !faults.any();
    }

    /** How long a packet takes on a way, in nanoseconds. */
    long delay(Path path) {
        return faults.any() ? path.oneWay + faults.extra(path) : path.oneWay;
    }

    /** Notes that a packet was stopped, or waits. */
    void dropped(int client, Path path) {
        if (path.cause == Causes.HELD) return;
        tally.dropped(path.last(), path.cause);
        int number = client < 0 ? -1 : connections.number[client];
        if (client >= 0) connections.cause[client] = (byte) path.cause;
        simulation().log().record(now(), Kinds.DROPPED, path.last(), number, path.lastDecision());
    }

    /** A packet waits on a held link. */
    void park(int client, int argument, boolean isAnswer) {
        parked.add(new int[] {client, argument, isAnswer ? 1 : 0});
    }

    /** What has waited. */
    List<int[]> unpark() {
        List<int[]> waiting = parked;
        parked = new ArrayList<>();
        return waiting;
    }

    World.Memento save() {
        List<World.Memento> parts = List.of(
                connections.save(),
                faults.save(),
                pools.save(),
                names.save(),
                instances.save(),
                machines.save(),
                tally.save(),
                places.save(),
                paths.save());
        World.Memento down = elements.save();
        List<int[]> waiting = new ArrayList<>(parked);
        NetworkTimeline.Epoch savedEpoch = epoch;
        int savedMade = made;
        boolean[] current = new boolean[clients.size()];
        for (int c = 0; c < current.length; c++) current[c] = isCurrent(c);
        return () -> {
            turnTo(savedEpoch);
            made = savedMade;
            down.restore();
            for (World.Memento part : parts) part.restore();
            parked = new ArrayList<>(waiting);
            changed();
            // A way that was the present one still is, or what is under way would meet another world.
            for (int c = 0; c < current.length; c++) if (current[c]) connections.era[c] = state();
        };
    }

    /** The protocol's number of connections. */
    static int tcp() {
        return Protocol.TCP.number();
    }
}
