package dev.mipath.trace;

import com.google.common.base.Ascii;
import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowTable;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.HostName;
import dev.mipath.instance.SqlSession;
import dev.mipath.instance.SqlSession.Input;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.instance.VirtualCluster.Hosted;
import dev.mipath.instance.VirtualCluster.Node;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.profile.PlatformRanges;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Finding.Resolver;
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.PhaseOutcome;
import dev.mipath.trace.Conversation.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads one client through its conversation with an instance, phase by phase as {@link SqlSession} says, and asks the
 * network about every packet. What a blocker hides is judged too, as if it had let pass.
 */
public final class ConversationTracer {
    private static final int DNS_PORT = 53;
    private static final Address AZURE_DNS = Address.v4(0xA83F_8110);

    private final Network network;
    private final Estate estate;
    private final TraceRequest request;
    private final Edge from;
    private final FlowTable memory = new FlowTable();
    private final Doubt doubt;
    private final Map<Integer, Step> failedProbes = new HashMap<>();
    private final List<Phase> phases = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private boolean misrouted;
    /** The server of the client's own that answers it; null for Azure's. */
    private @Nullable Address asked;

    private ConversationTracer(Network network, Estate estate, TraceRequest request, Edge from) {
        this.network = network;
        this.estate = estate;
        this.request = request;
        this.from = from;
        this.doubt = new Doubt(network, estate, request);
    }

    /**
     * Traces a conversation.
     *
     * @param network the network
     * @param estate the virtual clusters in it
     * @param request what is asked
     * @return the conversation; undetermined, with a {@link Finding.ClientOutside}, when no edge of the network has the
     *     client's address and it is not public
     */
    public static Conversation trace(Network network, Estate estate, TraceRequest request) {
        @Nullable String vnet = request.client().vnet();
        for (Edge edge : network.edges(request.client().address())) {
            if (vnet != null && !edge.vnetName().equalsIgnoreCase(vnet)) continue;
            return trace(network, estate, request, edge);
        }
        boolean isPublic = PlatformRanges.PUBLIC_SPACE.contains(request.client().address());
        return isPublic ? trace(network, estate, request, network.outside()) : fromNowhere(request);
    }

    private static Conversation trace(Network network, Estate estate, TraceRequest request, Edge from) {
        if (request.flow() instanceof TraceRequest.Flow.Management call) {
            return new ManagementTracer(network, estate, request, call, from).run();
        }
        return new ConversationTracer(network, estate, request, from).run();
    }

    private static Conversation fromNowhere(TraceRequest request) {
        Finding finding = new Finding.ClientOutside(request.client().address());
        Problem open = new Problem(Ending.UNDETERMINED, State.CONNECT, null, null, false, false, finding);
        return new Conversation(request, Outcome.UNDETERMINED, ImmutableList.of(), ImmutableList.of(open));
    }

    private Conversation run() {
        probe();
        @Nullable Address address = request.target().address();
        if (request.flow() instanceof TraceRequest.Flow.Outbound outbound && address != null) {
            new OutboundTracer(this, network, request, outbound).run(address);
            return told();
        }
        Optional<Hosted> publicEndpoint = request.target().port() == HostName.PUBLIC_PORT
                ? estate.publicEndpoint(request.target().host())
                        .filter(instance -> instance.publicEndpoint() != VirtualCluster.PublicEndpoint.ON)
                : Optional.empty();
        if (publicEndpoint.isPresent()) askPublicEndpoint(publicEndpoint.get());
        else if (address == null) address = lookUp(request.target().host(), State.DNS);
        if (address != null) connect(address);
        return told();
    }

    private Conversation told() {
        return new Conversation(
                request, outcome(problems, misrouted), ImmutableList.copyOf(phases), ImmutableList.copyOf(problems));
    }

    /** A probe is a packet like any other; the driver only tells the memory what became of it (trap 19). */
    private void probe() {
        FlowTable ofProbes = new FlowTable();
        for (Network.HealthProbe probe : network.probes()) {
            Packet packet =
                    new Packet(AZURE_DNS, request.behaviour().port(), probe.address(), probe.port(), Protocol.TCP);
            PathWalk walk = PathWalk.follow(network, probe.entry(), packet, ofProbes);
            boolean down = !walk.ending().success() && walk.ending() != Ending.UNDETERMINED && !doubt(walk);
            memory.setDown(probe.machine(), down);
            if (down) {
                failedProbes.putIfAbsent(
                        probe.balancer(), walk.steps().get(walk.steps().size() - 1));
            }
        }
    }

    /** Where the machine really is may decide about its probe: then that is told, and the machine counts as up. */
    private boolean doubt(PathWalk walk) {
        for (Step step : walk.steps()) {
            @Nullable Finding depends = doubt.about(step);
            if (depends == null) continue;
            problems.add(new Problem(Ending.UNDETERMINED, State.CONNECT, step, null, false, false, depends));
            return true;
        }
        return false;
    }

    /** What is off is not in DNS (facts 4.2, 5a). */
    private void askPublicEndpoint(Hosted instance) {
        List<Step> steps = ask(State.DNS);
        int before = problems.size();
        Finding finding = new Finding.PublicEndpoint(instance.name(), instance.hostName(), instance.publicEndpoint());
        boolean off = instance.publicEndpoint() == VirtualCluster.PublicEndpoint.OFF;
        Ending ending = off ? Ending.DNS_NAME_UNKNOWN : Ending.UNDETERMINED;
        problems.add(new Problem(ending, State.DNS, null, null, false, before > 0, finding));
        close(State.DNS, 0, ImmutableList.copyOf(steps), ImmutableList.of(), finding, 0);
    }

    private Resolver resolver() {
        if (network.isOutside(from)) return Resolver.PUBLIC;
        return from.ofSite() ? Resolver.SITE : Resolver.VNET;
    }

    private @Nullable Address lookUp(String name, State state) {
        int before = problems.size();
        List<Step> steps = ask(state);
        String lower = Ascii.toLowerCase(name);
        @Nullable Address stated = request.behaviour().resolved().get(lower);
        boolean saidUnknown = request.behaviour().cannotResolve(lower);
        Estate.Lookup told = estate.lookUp(name, from.ofSite() ? null : from.vnet(), asked);
        Optional<Address> answer = stated != null
                ? Optional.of(stated)
                : saidUnknown ? Optional.empty() : Optional.ofNullable(told.address());
        Finding finding;
        if (answer.isPresent()) {
            Resolver by = stated != null ? Resolver.STATED : resolver();
            finding = new Finding.Resolved(name, answer.get(), by);
        } else if (estate.unplaced(name).isPresent() && !saidUnknown) {
            finding = new Finding.InstanceUnplaced(
                    name, estate.unplaced(name).get().missing());
            problems.add(new Problem(Ending.UNDETERMINED, state, null, null, false, before > 0, finding));
        } else if (told.deniedBy() != null && !saidUnknown) {
            finding = new Finding.NameDenied(name, told.deniedBy());
            Ending ending = state == State.DNS ? Ending.DNS_NAME_UNKNOWN : Ending.REDIRECT_NAME_UNRESOLVED;
            problems.add(new Problem(ending, state, null, null, false, before > 0, finding));
        } else if (state == State.REDIRECT_DNS) {
            finding = new Finding.NameUnknown(name);
            problems.add(new Problem(Ending.REDIRECT_NAME_UNRESOLVED, state, null, null, false, before > 0, finding));
        } else if (!HostName.isKnownSuffix(name) && !saidUnknown) {
            finding = new Finding.ForeignName(name);
            problems.add(new Problem(Ending.UNDETERMINED, state, null, null, false, before > 0, finding));
        } else {
            Optional<HostName.Fault> fault = estate.fault(name, request.target().port());
            finding = fault.isPresent() ? new Finding.NameFault(name, fault.get()) : new Finding.NameUnknown(name);
            problems.add(new Problem(Ending.DNS_NAME_UNKNOWN, state, null, null, false, before > 0, finding));
        }
        close(state, 0, ImmutableList.copyOf(steps), ImmutableList.of(), finding, before);
        return answer.orElse(null);
    }

    /** A client asks the next server when one is silent, so only the last silence is a problem, with those before. */
    List<Step> ask(State state) {
        List<Step> steps = new ArrayList<>();
        // What a site asks is not described, and never Azure's own resolver, which serves VNets only.
        if (from.ofSite()) return steps;
        List<Problem> silent = new ArrayList<>();
        for (Address server : from.dnsServers().isEmpty() ? List.of(AZURE_DNS) : from.dnsServers()) {
            List<Problem> found = new ArrayList<>();
            ask(server, state, steps, found);
            asked = server.equals(AZURE_DNS) ? null : server;
            if (found.isEmpty()) return steps;
            silent.addAll(found);
        }
        problems.addAll(silent);
        return steps;
    }

    private void ask(Address server, State state, List<Step> steps, List<Problem> found) {
        boolean assumed = !problems.isEmpty();
        Packet query = new Packet(from(), request.behaviour().port(), server, DNS_PORT, Protocol.UDP);
        Exchange exchange = Exchange.of(network, from, query, network.holders(server), memory, doubt);
        steps.addAll(exchange.forward());
        for (Exchange.Stop stop : exchange.stops()) {
            Ending ending = stop.ending();
            if (ending != Ending.UNDETERMINED) {
                ending = server.equals(AZURE_DNS) ? Ending.PLATFORM_DNS_BLOCKED : Ending.DNS_SERVER_UNREACHABLE;
            }
            found.add(new Problem(ending, state, stop.step(), stop.route(), stop.onReturn(), assumed, stop.finding()));
        }
    }

    private Address from() {
        return request.client().address();
    }

    private void connect(Address address) {
        int port = request.target().port();
        Packet packet = new Packet(
                from(), sourcePort(1), address, port, request.target().protocol());
        String host = request.target().host();
        Optional<VirtualCluster> wanted =
                estate.clusterOf(host).filter(cluster -> cluster.loadBalancer().equals(address));
        Optional<Estate.Endpoint> door = estate.endpoint(address);
        ImmutableList<Edge> meant = door.isPresent() || network.isFrontend(address)
                ? ImmutableList.of()
                : wanted.map(cluster -> in(cluster, address)).orElseGet(() -> network.edges(address));
        Exchange exchange = open(State.CONNECT, packet, meant, 1);
        Exchange.@Nullable Arrival arrival = exchange.arrival();
        if (arrival == null) return;
        Optional<VirtualCluster> reached = Optional.ofNullable(arrival.edge())
                .flatMap(edge -> estate.clusterWithGateway(
                        edge.subnet(), arrival.packet().destination()));
        if (arrival.edge() == null && door.isPresent()) reached = estate.behind(door.get());
        misrouted = request.target().address() == null
                && reached.isEmpty()
                && estate.clusterOf(host).isPresent();
        if (reached.isPresent()) {
            Address gateway = door.isPresent()
                    ? reached.get().gateways().get(0)
                    : arrival.packet().destination();
            // Fact 4.6: public and private endpoints never redirect.
            logIn(new Gateway(reached.get()), gateway, door.isEmpty() && port != HostName.PUBLIC_PORT);
        }
    }

    private ImmutableList<Edge> in(VirtualCluster cluster, Address address) {
        return network.holder(address, cluster.subnet()).map(ImmutableList::of).orElse(ImmutableList.of());
    }

    private int sourcePort(int connection) {
        int port = request.behaviour().port() + connection - 1;
        return request.target().protocol().hasPorts() || connection > 1 ? port : 0;
    }

    Exchange open(State state, Packet packet, ImmutableList<Edge> meant, int connection) {
        int before = problems.size();
        Exchange exchange = Exchange.of(network, from, packet, meant, memory, doubt);
        note(exchange, state, before > 0);
        close(state, connection, exchange.forward(), exchange.back(), null, before);
        return exchange;
    }

    private void note(Exchange exchange, State state, boolean assumedFromStart) {
        boolean assumed = assumedFromStart;
        for (Exchange.Stop stop : exchange.stops()) {
            @Nullable Step cause = stop.ending() == Ending.NO_HEALTHY_BACKEND ? failedProbe(stop.step()) : stop.route();
            // A service refuses what it has taken the connection of.
            State where = stop.ending() == Ending.SERVICE_FIREWALL ? State.LOGIN : state;
            problems.add(new Problem(stop.ending(), where, stop.step(), cause, stop.onReturn(), assumed, fault(stop)));
            assumed = true;
        }
    }

    /** A name that resolves may still not fit the port. */
    private @Nullable Finding fault(Exchange.Stop stop) {
        String host = request.target().host();
        if (stop.ending() != Ending.NO_LISTENER && stop.ending() != Ending.NO_LOAD_BALANCING_RULE)
            return stop.finding();
        return estate.fault(host, request.target().port())
                .map(fault -> new Finding.NameFault(host, fault))
                .orElse(null);
    }

    /** The probe that fails at the first backend of the load balancer that has none left. */
    private @Nullable Step failedProbe(Step balancer) {
        return failedProbes.get(balancer.element());
    }

    private void close(
            State state,
            int connection,
            ImmutableList<Step> forward,
            ImmutableList<Step> back,
            @Nullable Finding finding,
            int problemsBefore) {
        boolean failed = false;
        boolean clear = problemsBefore == 0;
        for (Problem problem : problems.subList(problemsBefore, problems.size())) {
            if (problem.state() != state) continue;
            failed |= problem.ending() != Ending.UNDETERMINED;
            clear = false;
        }
        PhaseOutcome outcome = failed ? PhaseOutcome.FAILED : clear ? PhaseOutcome.OK : PhaseOutcome.ASSUMED;
        phases.add(new Phase(state, outcome, connection, forward, back, finding));
    }

    List<Problem> problems() {
        return problems;
    }

    void close(State state, int connection, List<Step> forward, @Nullable Finding finding, int problemsBefore) {
        close(state, connection, ImmutableList.copyOf(forward), ImmutableList.of(), finding, problemsBefore);
    }

    private void close(State state, int connection, @Nullable Finding finding, int problemsBefore) {
        close(state, connection, ImmutableList.of(), ImmutableList.of(), finding, problemsBefore);
    }

    private void logIn(Gateway gateway, Address door, boolean mayRedirect) {
        close(State.PRELOGIN, 1, null, problems.size());
        checkCertificate(gateway, State.TLS, 1);
        int before = problems.size();
        Optional<Hosted> instance = gateway.instance(request.target().host());
        if (instance.isEmpty()) {
            Finding unknown = new Finding.UnknownServer(request.target().host());
            problems.add(new Problem(Ending.GATEWAY_NAME_UNKNOWN, State.LOGIN, null, null, false, before > 0, unknown));
            close(State.LOGIN, 1, unknown, before);
            return;
        }
        Node node = instance.get().primary();
        boolean redirects = instance.get().redirects() && request.behaviour().followsRedirect() && mayRedirect;
        State after = SqlSession.next(State.LOGIN, redirects ? Input.ROUTED : Input.DONE);
        if (after == State.REDIRECT_DNS) {
            Finding token = new Finding.Redirected(instance.get().name(), node.hostName(), node.address(), node.port());
            add(new SecondLeg(request, instance.get()).fault(State.LOGIN, before > 0));
            close(State.LOGIN, 1, token, before);
            redirect(gateway, instance.get());
        } else {
            proxy(gateway, instance.get(), door, before);
        }
    }

    private void checkCertificate(Gateway gateway, State state, int connection) {
        int before = problems.size();
        boolean fits = SecondLeg.fits(
                gateway.certificateName(),
                request.behaviour().dialect(),
                gateway.certificateFits(request.target().host()));
        Finding certificate = new Finding.Certificate(gateway.certificateName(), fits);
        if (!fits && request.behaviour().validatesCertificate()) {
            problems.add(new Problem(Ending.CERTIFICATE_NAME, state, null, null, false, before > 0, certificate));
        }
        close(state, connection, certificate, before);
    }

    /** Proxy is two flows; the second runs from the gateway to the node inside the subnet. */
    private void proxy(Gateway gateway, Hosted instance, Address door, int before) {
        Node node = instance.primary();
        Finding finding = new Finding.Proxied(instance.name(), node.address(), node.port());
        ImmutableList<Edge> doors = in(gateway.cluster(), door);
        if (doors.isEmpty()) return;
        Packet inner = new Packet(door, request.behaviour().port() + 1, node.address(), node.port(), Protocol.TCP);
        ImmutableList<Edge> nodes = in(gateway.cluster(), node.address());
        Exchange exchange = Exchange.of(network, doors.get(0), inner, nodes, memory, doubt);
        note(exchange, State.LOGIN, before > 0);
        close(State.LOGIN, 1, exchange.forward(), exchange.back(), finding, before);
    }

    private void redirect(Gateway gateway, Hosted instance) {
        Node node = instance.primary();
        SecondLeg leg = new SecondLeg(request, instance);
        @Nullable Address address = lookUp(node.hostName(), State.REDIRECT_DNS);
        if (address == null) return;
        Packet packet = new Packet(from(), sourcePort(2), address, node.port(), Protocol.TCP);
        ImmutableList<Edge> meant = in(gateway.cluster(), address);
        Exchange exchange = open(State.REDIRECT_CONNECT, packet, meant.isEmpty() ? network.edges(address) : meant, 2);
        if (exchange.arrival() == null) return;
        for (State state : new State[] {State.REDIRECT_TLS, State.REDIRECT_LOGIN}) {
            int before = problems.size();
            @Nullable Problem fault = leg.fault(state, before > 0);
            add(fault);
            Finding certificate = new Finding.Certificate(gateway.certificateName(), true);
            close(state, 2, fault != null ? fault.finding() : state == State.REDIRECT_TLS ? certificate : null, before);
        }
    }

    private void add(@Nullable Problem problem) {
        if (problem != null) problems.add(problem);
    }

    /** How a conversation with these problems ends. */
    static Outcome outcome(List<Problem> problems, boolean misrouted) {
        if (problems.isEmpty()) return misrouted ? Outcome.MISROUTED : Outcome.CONNECTED;
        @Nullable Problem felt = firstCertain(problems);
        if (felt == null) return Outcome.UNDETERMINED;
        for (Problem before : problems.subList(0, problems.indexOf(felt))) {
            // An unknown filter can only stop what a later blocker stops anyway; an unknown route could lead past it.
            if (!isFilter(before)) return Outcome.UNDETERMINED;
        }
        if (felt.finding() instanceof Finding.Astray && !felt.onReturn() && felt.state() != State.DNS) {
            return Outcome.MISROUTED;
        }
        return switch (felt.ending()) {
            case NO_LISTENER,
                    GATEWAY_NAME_UNKNOWN,
                    CERTIFICATE_NAME,
                    CLIENT_CERTIFICATE,
                    TLS_VERSION,
                    SERVICE_FIREWALL,
                    LOGIN_NOT_FOR_NODE -> Outcome.REFUSED;
            default -> Outcome.BLOCKED;
        };
    }

    private static @Nullable Problem firstCertain(List<Problem> problems) {
        for (Problem problem : problems) if (problem.ending() != Ending.UNDETERMINED) return problem;
        return null;
    }

    private static boolean isFilter(Problem problem) {
        @Nullable Step step = problem.step();
        if (step == null) return false;
        return step.why() instanceof Evidence.RuleUndetermined
                || step.why() instanceof Evidence.RuleMatched
                || step.why() instanceof Evidence.SourceFirewall;
    }
}
