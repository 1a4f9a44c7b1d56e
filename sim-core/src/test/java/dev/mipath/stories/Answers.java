package dev.mipath.stories;

import com.google.common.collect.ImmutableList;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Ending;
import dev.mipath.forwarding.Evidence;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.forwarding.RouteFact;
import dev.mipath.net.Address;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import dev.mipath.topology.Direction;
import dev.mipath.topology.Notice;
import dev.mipath.trace.FilterQuestion;
import dev.mipath.trace.PathWalk;

/** What a small network answers, in one line each. */
final class Answers {
    private static final int CLIENT_PORT = 50_000;

    private final Network network;

    Answers(Network network) {
        this.network = network;
    }

    /** {@code TYPE [ADDRESS] PREFIX SOURCE [ROUTE]}, or {@code Unknown: WHAT IS MISSING}. */
    String nextHop(String from, String to) {
        Header header = new Header().set(packet(from, to, 1433));
        int choice = edge(from).routes();
        Evidence why = network.evidence(choice, header, network.decide(choice, header, FlowMemory.NONE, 0));
        if (why instanceof Evidence.RouteUndetermined unknown) {
            return "Unknown: " + String.join(", ", unknown.missing());
        }
        Evidence.RouteChosen chosen = (Evidence.RouteChosen) why;
        RouteFact.Hop hop = chosen.route().hop();
        RouteFact.Origin origin = chosen.route().origin();
        return hop.type().value().orElseThrow().azureName()
                + (hop.address() == null ? "" : " " + hop.address())
                + " " + chosen.prefix() + " " + origin.source().azureName()
                + (origin.name() == null ? "" : " " + origin.name());
    }

    /** {@code ACCESS RULE} for what leaves an address; no rule where a platform address passes. */
    String outbound(String from, String to, int port) {
        return told(why(edge(from), Direction.OUTBOUND, packet(from, to, port)));
    }

    /** {@code ACCESS RULE} for what arrives at an address. */
    String inbound(String from, String to, int port) {
        return told(why(edge(to), Direction.INBOUND, packet(from, to, port)));
    }

    private static String told(Evidence why) {
        if (why instanceof Evidence.RuleMatched matched) {
            return matched.rule().rule().access().value().orElseThrow().azureName() + " "
                    + matched.rule().rule().name();
        }
        if (why instanceof Evidence.RuleUndetermined unknown) {
            return "Unknown: " + String.join(", ", unknown.missing());
        }
        return "Allow";
    }

    /** The codes of the caveats of the verdict on what leaves an address. */
    ImmutableList<String> caveats(String from, String to, int port) {
        Evidence why = why(edge(from), Direction.OUTBOUND, packet(from, to, port));
        return ((Evidence.RuleMatched) why)
                .caveats().stream().map(Notice::code).collect(ImmutableList.toImmutableList());
    }

    private Evidence why(Edge edge, Direction direction, Packet packet) {
        FilterQuestion question = new FilterQuestion(network);
        Header header = new Header().set(packet);
        question.ask(direction == Direction.INBOUND ? edge.inboundFilters() : edge.outboundFilters(), header);
        return question.why(header);
    }

    /** How the first packet of a connection ends. */
    Ending ending(String from, String to, int port) {
        return walk(from, to, port).ending();
    }

    /** The names of the elements that the first packet of a connection meets. */
    ImmutableList<String> way(String from, String to, int port) {
        return walk(from, to, port).steps().stream().map(step -> step.at()).collect(ImmutableList.toImmutableList());
    }

    private PathWalk walk(String from, String to, int port) {
        return PathWalk.follow(network, edge(from).start(), packet(from, to, port), FlowMemory.NONE);
    }

    private Edge edge(String address) {
        return network.edges(Address.parse(address)).get(0);
    }

    private static Packet packet(String from, String to, int port) {
        return new Packet(Address.parse(from), CLIENT_PORT, Address.parse(to), port, Protocol.TCP);
    }
}
