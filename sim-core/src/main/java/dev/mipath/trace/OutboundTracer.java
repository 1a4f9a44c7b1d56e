package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Finding.Resolver;
import java.util.List;

/** Follows what an instance connects to by itself: the name, each port out and back, and what the other side can speak. */
final class OutboundTracer {
    private final Course course;
    private final NameLookup names;
    private final TraceRequest request;
    private final TraceRequest.Flow.Outbound flow;

    OutboundTracer(Course course, NameLookup names, TraceRequest.Flow.Outbound flow) {
        this.course = course;
        this.names = names;
        this.request = course.request();
        this.flow = flow;
    }

    void run(Address address) {
        if (flow.hostName() != null && !isResolved(flow.hostName(), address)) return;
        boolean arrives = false;
        int connection = 0;
        for (int port : flow.ports()) {
            int own = request.behaviour().port() + connection++;
            Packet packet = new Packet(request.client().address(), own, address, port, Protocol.TCP);
            arrives |= course.open(State.CONNECT, packet, course.network().edges(address), connection)
                            .arrival()
                    != null;
        }
        if (arrives && flow.tlsVersion() != null) agree(flow.tlsVersion(), connection);
        int refused = course.firstProblemOf(State.LOGIN);
        if (refused >= 0) course.close(State.LOGIN, connection, null, refused);
    }

    /** The name of a public service is in public DNS; whether the customer's servers pass the question on is theirs. */
    private boolean isResolved(String hostName, Address address) {
        int before = course.problems();
        List<Step> steps = names.ask(State.DNS);
        boolean stated = request.behaviour().resolved().containsKey(hostName);
        boolean known = !request.behaviour().cannotResolve(hostName);
        Finding finding = known
                ? new Finding.Resolved(hostName, address, stated ? Resolver.STATED : Resolver.VNET)
                : new Finding.NameUnknown(hostName);
        if (!known) course.add(Ending.DNS_NAME_UNKNOWN, State.DNS, finding);
        course.close(State.DNS, 0, ImmutableList.copyOf(steps), ImmutableList.of(), finding, before);
        return known;
    }

    /** Since January 2020 an instance speaks nothing older than TLS 1.2 on its way out (fact 4.18). */
    private void agree(String version, int connection) {
        int before = course.problems();
        Finding finding = new Finding.TlsVersion(version);
        boolean old = version.compareTo(TraceRequest.Flow.Outbound.LEAST_TLS) < 0;
        if (old) course.add(Ending.TLS_VERSION, State.TLS, finding);
        course.close(State.TLS, connection, finding, before);
    }
}
