package dev.mipath.laws;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Decision;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Access;
import dev.mipath.topology.Direction;
import dev.mipath.topology.ResourceId;
import dev.mipath.trace.FilterQuestion;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks the compiled network the two questions, as the commands do. */
final class Product {
    final Network network;
    private final FilterQuestion question;
    private final Header header = new Header();

    Product(Network network) {
        this.network = network;
        this.question = new FilterQuestion(network);
    }

    /** The edge of the address in a VNet. */
    Optional<Edge> edge(ResourceId vnet, Address address) {
        return network.edges(address).stream()
                .filter(edge -> edge.vnet().equals(vnet))
                .findFirst();
    }

    /** The answer about a flow, or null when it is undetermined. */
    FlowOracle.@Nullable Answer flow(Edge edge, Direction direction, Packet packet) {
        header.set(packet);
        ImmutableList<Integer> filters =
                direction == Direction.INBOUND ? edge.inboundFilters() : edge.outboundFilters();
        question.ask(filters, header);
        if (!question.answered()) return new FlowOracle.Answer(Access.ALLOW, null, null, null);
        boolean allowed = Decision.forwards(question.decision());
        if (!allowed && Decision.ending(question.decision()) == Ending.UNDETERMINED) return null;
        Ending denied = direction == Direction.INBOUND ? Ending.NSG_DENY_INBOUND : Ending.NSG_DENY_OUTBOUND;
        if (!allowed && Decision.ending(question.decision()) != denied) throw new AssertionError("not a denial");
        Access access = allowed ? Access.ALLOW : Access.DENY;
        Evidence why = question.why(header);
        if (why instanceof Evidence.RuleMatched matched) {
            return new FlowOracle.Answer(
                    access,
                    matched.rule().group(),
                    matched.rule().qualifiedName(),
                    matched.rule().rule().priority().value().orElse(null));
        }
        return new FlowOracle.Answer(access, ((Evidence.PlatformAddress) why).group(), null, null);
    }

    /** What the filters of an edge really say, ticks and all. */
    Evidence filterEvidence(Edge edge, Direction direction, Packet packet) {
        question.ask(
                direction == Direction.INBOUND ? edge.inboundFilters() : edge.outboundFilters(), header.set(packet));
        return question.why(header);
    }

    /** The decision at the edge's route choice. */
    long routeDecision(Edge edge, Packet packet) {
        return network.decide(edge.routes(), header.set(packet), FlowMemory.NONE, 0);
    }

    /** Why the edge's route choice decided so. */
    Evidence routeEvidence(Edge edge, Packet packet) {
        long decision = routeDecision(edge, packet);
        return network.evidence(edge.routes(), header, decision);
    }

    static Packet towards(Address source, Address destination) {
        return new Packet(source, 50_000, destination, 1433, Protocol.TCP);
    }
}
