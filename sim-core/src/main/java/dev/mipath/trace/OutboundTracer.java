package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Network;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Finding.Resolver;
import dev.mipath.trace.Conversation.Problem;

/** Follows what an instance connects to by itself: the name, each port out and back, and what the other side can speak. */
final class OutboundTracer {
    private final ConversationTracer talk;
    private final Network network;
    private final TraceRequest request;
    private final TraceRequest.Flow.Outbound flow;

    /** {@code talk} is the conversation that the phases are told to. */
    OutboundTracer(ConversationTracer talk, Network network, TraceRequest request, TraceRequest.Flow.Outbound flow) {
        this.talk = talk;
        this.network = network;
        this.request = request;
        this.flow = flow;
    }

    void run(Address address) {
        if (flow.hostName() != null && !isResolved(flow.hostName(), address)) return;
        boolean arrives = false;
        int connection = 0;
        for (int port : flow.ports()) {
            int own = request.behaviour().port() + connection++;
            Packet packet = new Packet(request.client().address(), own, address, port, Protocol.TCP);
            arrives |= talk.open(State.CONNECT, packet, network.edges(address), connection)
                            .arrival()
                    != null;
        }
        if (arrives && flow.tlsVersion() != null) agree(flow.tlsVersion(), connection);
        for (Problem problem : ImmutableList.copyOf(talk.problems())) {
            if (problem.state() != State.LOGIN) continue;
            talk.close(
                    State.LOGIN,
                    connection,
                    ImmutableList.of(),
                    null,
                    talk.problems().indexOf(problem));
            return;
        }
    }

    /** The name of a public service is in public DNS; whether the customer's servers pass the question on is theirs. */
    private boolean isResolved(String hostName, Address address) {
        int before = talk.problems().size();
        var steps = talk.ask(State.DNS);
        boolean stated = request.behaviour().resolved().containsKey(hostName);
        boolean known = !request.behaviour().cannotResolve(hostName);
        Finding finding = known
                ? new Finding.Resolved(hostName, address, stated ? Resolver.STATED : Resolver.VNET)
                : new Finding.NameUnknown(hostName);
        if (!known) {
            talk.problems()
                    .add(new Problem(Ending.DNS_NAME_UNKNOWN, State.DNS, null, null, false, before > 0, finding));
        }
        talk.close(State.DNS, 0, steps, finding, before);
        return known;
    }

    /** Since January 2020 an instance speaks nothing older than TLS 1.2 on its way out (fact 4.18). */
    private void agree(String version, int connection) {
        int before = talk.problems().size();
        Finding finding = new Finding.TlsVersion(version);
        boolean old = version.compareTo(TraceRequest.Flow.Outbound.LEAST_TLS) < 0;
        if (old) {
            talk.problems().add(new Problem(Ending.TLS_VERSION, State.TLS, null, null, false, before > 0, finding));
        }
        talk.close(State.TLS, connection, ImmutableList.of(), finding, before);
    }
}
