package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.Estate;
import dev.mipath.instance.Gateway;
import dev.mipath.instance.HostName;
import dev.mipath.instance.Recipients;
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
import dev.mipath.trace.Conversation.Outcome;
import dev.mipath.trace.Conversation.Problem;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Leads one client through its conversation with an instance, phase by phase as {@link SqlSession} says, and asks the
 * network about every packet. What a blocker hides is judged too, as if it had let pass.
 */
public final class ConversationTracer {
    private final Course course;
    private final Network network;
    private final Estate estate;
    private final TraceRequest request;
    private final NameLookup names;
    private boolean misrouted;

    private ConversationTracer(Course course) {
        this.course = course;
        this.network = course.network();
        this.estate = course.estate();
        this.request = course.request();
        this.names = new NameLookup(course);
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
        Course course = new Course(network, estate, request, from);
        return request.flow() instanceof TraceRequest.Flow.Management call
                ? new ManagementTracer(course, call).run()
                : new ConversationTracer(course).run();
    }

    private static Conversation fromNowhere(TraceRequest request) {
        Finding finding = new Finding.ClientOutside(request.client().address());
        Problem open = new Problem(Ending.UNDETERMINED, State.CONNECT, null, null, false, false, finding);
        return new Conversation(request, Outcome.UNDETERMINED, ImmutableList.of(), ImmutableList.of(open));
    }

    private Conversation run() {
        course.probe();
        @Nullable Address address = request.target().address();
        if (request.flow() instanceof TraceRequest.Flow.Outbound outbound && address != null) {
            new OutboundTracer(course, names, outbound).run(address);
            return course.told(false);
        }
        Optional<Hosted> publicEndpoint = request.target().port() == HostName.PUBLIC_PORT
                ? estate.publicEndpoint(request.target().host())
                        .filter(instance -> instance.publicEndpoint() != VirtualCluster.PublicEndpoint.ON)
                : Optional.empty();
        if (publicEndpoint.isPresent()) names.askPublicEndpoint(publicEndpoint.get());
        else if (address == null) address = names.lookUp(request.target().host(), State.DNS);
        if (address != null) connect(address);
        return course.told(misrouted);
    }

    private Address from() {
        return request.client().address();
    }

    private void connect(Address address) {
        int port = request.target().port();
        Packet packet = new Packet(
                from(), sourcePort(1), address, port, request.target().protocol());
        String host = request.target().host();
        ImmutableList<Edge> meant = Recipients.ofFirst(network, estate, host, address);
        Exchange exchange = course.open(State.CONNECT, packet, meant, 1);
        Exchange.@Nullable Arrival arrival = exchange.arrival();
        if (arrival == null) return;
        Optional<Estate.Endpoint> door =
                estate.endpoint(exchange.forward().get(exchange.forward().size() - 1));
        Optional<VirtualCluster> reached = door.isPresent()
                ? estate.behind(door.get())
                : Recipients.reached(
                        estate, address, arrival.edge(), arrival.packet().destination());
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
        return Recipients.ofMachine(network, cluster, address);
    }

    private int sourcePort(int connection) {
        int port = request.behaviour().port() + connection - 1;
        return request.target().protocol().hasPorts() || connection > 1 ? port : 0;
    }

    private void logIn(Gateway gateway, Address door, boolean mayRedirect) {
        course.close(State.PRELOGIN, 1, null, course.problems());
        checkCertificate(gateway, State.TLS, 1);
        int before = course.problems();
        Optional<Hosted> instance = gateway.instance(request.target().host());
        if (instance.isEmpty()) {
            Finding unknown = new Finding.UnknownServer(request.target().host());
            course.add(Ending.GATEWAY_NAME_UNKNOWN, State.LOGIN, unknown);
            course.close(State.LOGIN, 1, unknown, before);
            return;
        }
        Node node = instance.get().primary();
        boolean redirects = instance.get().redirects() && request.behaviour().followsRedirect() && mayRedirect;
        State after = SqlSession.next(State.LOGIN, redirects ? Input.ROUTED : Input.DONE);
        if (after == State.REDIRECT_DNS) {
            Finding token = new Finding.Redirected(instance.get().name(), node.hostName(), node.address(), node.port());
            course.add(new SecondLeg(request, instance.get()).fault(State.LOGIN, before > 0));
            course.close(State.LOGIN, 1, token, before);
            redirect(gateway, instance.get());
        } else {
            proxy(gateway, instance.get(), door, before);
        }
    }

    private void checkCertificate(Gateway gateway, State state, int connection) {
        int before = course.problems();
        boolean fits = SecondLeg.fits(
                gateway.certificateName(),
                request.behaviour().dialect(),
                gateway.certificateFits(request.target().host()));
        Finding certificate = new Finding.Certificate(gateway.certificateName(), fits);
        if (!fits && request.behaviour().validatesCertificate()) {
            course.add(Ending.CERTIFICATE_NAME, state, certificate);
        }
        course.close(state, connection, certificate, before);
    }

    /** Proxy is two flows; the second runs from the gateway to the node inside the subnet. */
    private void proxy(Gateway gateway, Hosted instance, Address door, int before) {
        Node node = instance.primary();
        Finding finding = new Finding.Proxied(instance.name(), node.address(), node.port());
        ImmutableList<Edge> doors = in(gateway.cluster(), door);
        if (doors.isEmpty()) return;
        Packet inner = new Packet(door, request.behaviour().port() + 1, node.address(), node.port(), Protocol.TCP);
        ImmutableList<Edge> nodes = in(gateway.cluster(), node.address());
        Exchange exchange = course.send(doors.get(0), inner, nodes);
        course.note(exchange, State.LOGIN);
        course.close(State.LOGIN, 1, exchange.forward(), exchange.back(), finding, before);
    }

    private void redirect(Gateway gateway, Hosted instance) {
        Node node = instance.primary();
        SecondLeg leg = new SecondLeg(request, instance);
        @Nullable Address address = names.lookUp(node.hostName(), State.REDIRECT_DNS);
        if (address == null) return;
        Packet packet = new Packet(from(), sourcePort(2), address, node.port(), Protocol.TCP);
        ImmutableList<Edge> meant = Recipients.ofNode(network, gateway.cluster(), address);
        Exchange exchange = course.open(State.REDIRECT_CONNECT, packet, meant, 2);
        if (exchange.arrival() == null) return;
        for (State state : new State[] {State.REDIRECT_TLS, State.REDIRECT_LOGIN}) {
            int before = course.problems();
            @Nullable Problem fault = leg.fault(state, before > 0);
            course.add(fault);
            Finding certificate = new Finding.Certificate(gateway.certificateName(), true);
            course.close(
                    state,
                    2,
                    fault != null ? fault.finding() : state == State.REDIRECT_TLS ? certificate : null,
                    before);
        }
    }
}
