package dev.mipath.cli;

import dev.mipath.explain.Context;
import dev.mipath.explain.HopReport;
import dev.mipath.explain.HopVerdict;
import dev.mipath.explain.JsonText;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.FlowMemory;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Packet;
import dev.mipath.net.Protocol;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the routes of one subnet about one destination, with all reasons or for the bare answer. */
final class HopAsker {
    private final Network network;
    private final EdgeFinder edges;
    private final Header header = new Header();
    private final AnswerCache<byte[]> answers = new AnswerCache<>();

    HopAsker(Context context, @Nullable String vnet) {
        network = context.compilation().network();
        edges = new EdgeFinder(context.compilation().topology(), network, vnet);
    }

    /** The answer with everything the route choice said. */
    HopReport report(HopQuestion question) {
        Edge edge = load(question);
        return new HopReport(
                question.source().address(),
                question.destination().address(),
                edge,
                edge == null ? null : network.evidence(edge.routes(), header, decide(edge)));
    }

    /** The JSON answer without its line end; the same bytes for the same decision. */
    byte[] line(HopQuestion question) {
        Edge edge = load(question);
        if (edge == null) return bytes(HopVerdict.nowhere(question.source().address()));
        long decision = decide(edge);
        byte @Nullable [] known = answers.get(edge.routes(), decision);
        if (known != null) return known;
        byte[] answer = bytes(HopVerdict.of(network.evidence(edge.routes(), header, decision)));
        answers.put(edge.routes(), decision, answer);
        return answer;
    }

    private long decide(Edge edge) {
        return network.decide(edge.routes(), header, FlowMemory.NONE, 0);
    }

    private @Nullable Edge load(HopQuestion question) {
        FlowEnd source = question.source();
        FlowEnd destination = question.destination();
        if (source.v6() != destination.v6()) {
            throw new UsageException(source.address() + " and " + destination.address()
                    + " are not of one family (both IPv4 or both IPv6)");
        }
        if (source.v6()) {
            header.set(new Packet(source.address(), 0, destination.address(), 0, Protocol.TCP));
        } else {
            header.setV4(source.bits(), 0, destination.bits(), 0, Protocol.TCP.number());
        }
        return edges.find(source, question.target());
    }

    private static byte[] bytes(HopVerdict verdict) {
        return JsonText.line(verdict.members()).getBytes(StandardCharsets.UTF_8);
    }
}
