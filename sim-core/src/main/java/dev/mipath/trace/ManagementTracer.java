package dev.mipath.trace;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Step;
import dev.mipath.instance.Estate;
import dev.mipath.instance.SqlSession.State;
import dev.mipath.instance.VirtualCluster;
import dev.mipath.net.Packet;
import dev.mipath.trace.Conversation.Finding;
import dev.mipath.trace.Conversation.Phase;
import dev.mipath.trace.Conversation.PhaseOutcome;
import dev.mipath.trace.Conversation.Problem;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows somebody outside who calls an instance's management endpoint, port by port: through the external load balancer,
 * the subnet's security group and the built-in firewall to a node and back, to where certificates are compared.
 */
final class ManagementTracer {
    private final Course course;
    private final TraceRequest request;
    private final TraceRequest.Flow.Management call;
    private final Set<String> told = new HashSet<>();

    ManagementTracer(Course course, TraceRequest.Flow.Management call) {
        this.course = course;
        this.request = course.request();
        this.call = call;
    }

    Conversation run() {
        String host = request.target().host();
        Optional<VirtualCluster> cluster = course.estate().clusterOf(host);
        VirtualCluster.@Nullable Management management =
                cluster.map(VirtualCluster::management).orElse(null);
        if (cluster.isEmpty()) {
            String missing = course.estate()
                    .unplaced(host)
                    .map(Estate.Unplaced::missing)
                    .orElse("the virtual cluster of " + host);
            end(Ending.UNDETERMINED, State.CONNECT, new Finding.InstanceUnplaced(host, missing));
        } else if (management == null) {
            end(Ending.ELEMENT_REMOVED, State.CONNECT, new Finding.ManagementEndpointGone(host));
        } else {
            boolean arrives = false;
            int connection = 0;
            for (int port : call.ports()) arrives |= connect(management, port, ++connection);
            if (arrives) certify(connection);
        }
        return course.told(false);
    }

    private void end(Ending ending, State state, Finding finding) {
        int before = course.problems();
        course.add(ending, state, finding);
        boolean failed = ending != Ending.UNDETERMINED;
        course.add(phase(state, failed, before, 1, ImmutableList.of(), ImmutableList.of(), finding));
    }

    /** Whether the call comes as far as a node, or would but for what stops it. */
    private boolean connect(VirtualCluster.Management management, int port, int connection) {
        int before = course.problems();
        int ownPort = request.behaviour().port() + connection - 1;
        Packet packet = new Packet(
                request.client().address(),
                ownPort,
                management.address(),
                port,
                request.target().protocol());
        Exchange exchange = course.send(course.from(), packet, ImmutableList.of());
        boolean failed = false;
        for (Exchange.Stop stop : exchange.stops()) {
            failed |= stop.ending() != Ending.UNDETERMINED;
            // What stops one port stops the others alike; it is told once.
            if (!told.add(key(stop))) continue;
            course.add(new Problem(
                    stop.ending(),
                    State.CONNECT,
                    stop.step(),
                    stop.route(),
                    stop.onReturn(),
                    course.problems() > 0,
                    stop.finding()));
        }
        course.add(phase(
                State.CONNECT,
                failed,
                before,
                connection,
                exchange.forward(),
                exchange.back(),
                new Finding.ManagementPort(port)));
        return exchange.arrival() != null;
    }

    private static String key(Exchange.Stop stop) {
        @Nullable Step route = stop.route();
        return stop.ending() + " " + stop.step().element() + " "
                + Decision.reason(stop.step().decision()) + " " + stop.onReturn() + " "
                + (route == null ? "" : route.element() + " " + Decision.reason(route.decision()));
    }

    /** Mutual: the endpoint shows Microsoft's certificate and asks for one of the management plane. */
    private void certify(int connection) {
        int before = course.problems();
        boolean accepted = call.caller() != null;
        Finding finding = new Finding.MutualCertificate(accepted);
        if (!accepted) course.add(Ending.CLIENT_CERTIFICATE, State.TLS, finding);
        course.add(phase(State.TLS, !accepted, before, connection, ImmutableList.of(), ImmutableList.of(), finding));
    }

    private Phase phase(
            State state,
            boolean failed,
            int problemsBefore,
            int connection,
            ImmutableList<Step> forward,
            ImmutableList<Step> back,
            Finding finding) {
        boolean behind = problemsBefore > 0 && state != State.CONNECT;
        boolean open = course.problems() > problemsBefore;
        PhaseOutcome outcome = failed ? PhaseOutcome.FAILED : behind || open ? PhaseOutcome.ASSUMED : PhaseOutcome.OK;
        return new Phase(state, outcome, connection, forward, back, finding);
    }
}
