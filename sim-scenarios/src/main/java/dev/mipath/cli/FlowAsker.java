package dev.mipath.cli;

import com.google.common.collect.ImmutableList;
import dev.mipath.explain.Context;
import dev.mipath.explain.FlowReport;
import dev.mipath.explain.FlowVerdict;
import dev.mipath.explain.JsonText;
import dev.mipath.forwarding.Edge;
import dev.mipath.forwarding.Header;
import dev.mipath.forwarding.Network;
import dev.mipath.net.Packet;
import dev.mipath.topology.Direction;
import dev.mipath.trace.FilterQuestion;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Asks the security groups at one place about one flow, with all reasons or for the bare answer. */
final class FlowAsker {
    /** Where the answer of a place without any filter is kept; no element has this number. */
    private static final int NO_FILTER = -1;

    private final Network network;
    private final EdgeFinder edges;
    private final Header header = new Header();
    private final FilterQuestion filters;
    private final AnswerCache<Answer> answers = new AnswerCache<>();

    /** A verdict with its JSON, whose bytes nobody writes to. */
    static final class Answer {
        private final FlowVerdict verdict;
        private final byte[] line;

        private Answer(FlowVerdict verdict, byte[] line) {
            this.verdict = verdict;
            this.line = line;
        }

        private static Answer of(FlowVerdict verdict) {
            return new Answer(verdict, JsonText.line(verdict.members()).getBytes(StandardCharsets.UTF_8));
        }

        FlowVerdict verdict() {
            return verdict;
        }

        byte[] line() {
            return line;
        }
    }

    FlowAsker(Context context, @Nullable String vnet) {
        network = context.compilation().network();
        edges = new EdgeFinder(context.compilation().topology(), network, vnet);
        filters = new FilterQuestion(network);
    }

    /** The answer with everything the filters said. */
    FlowReport report(FlowQuestion question) {
        Edge edge = load(question);
        ImmutableList<dev.mipath.forwarding.Step> steps =
                edge == null ? ImmutableList.of() : FilterQuestion.steps(network, filtersOf(edge, question), header);
        boolean inbound = question.direction() == Direction.INBOUND;
        FlowEnd from = inbound ? question.remote() : question.local();
        FlowEnd to = inbound ? question.local() : question.remote();
        Packet packet = new Packet(from.address(), from.port(), to.address(), to.port(), question.protocol());
        return new FlowReport(question.direction(), packet, edge, steps);
    }

    /** The verdict and its JSON without the line end; the same object for the same decision. */
    Answer answer(FlowQuestion question) {
        Edge edge = load(question);
        if (edge == null) return Answer.of(FlowVerdict.nowhere(question.local().address()));
        filters.ask(filtersOf(edge, question), header);
        boolean asked = filters.answered();
        int element = asked ? filters.element() : NO_FILTER;
        long decision = asked ? filters.decision() : 0;
        Answer known = answers.get(element, decision);
        if (known != null) return known;
        Answer answer = Answer.of(asked ? FlowVerdict.of(decision, filters.why(header)) : FlowVerdict.unfiltered());
        answers.put(element, decision, answer);
        return answer;
    }

    private static ImmutableList<Integer> filtersOf(Edge edge, FlowQuestion question) {
        return question.direction() == Direction.INBOUND ? edge.inboundFilters() : edge.outboundFilters();
    }

    private @Nullable Edge load(FlowQuestion question) {
        FlowEnd local = question.local();
        FlowEnd remote = question.remote();
        if (local.v6() != remote.v6()) {
            throw new UsageException(
                    local.address() + " and " + remote.address() + " are not of one family (both IPv4 or both IPv6)");
        }
        boolean inbound = question.direction() == Direction.INBOUND;
        FlowEnd from = inbound ? remote : local;
        FlowEnd to = inbound ? local : remote;
        if (local.v6()) {
            header.set(new Packet(from.address(), from.port(), to.address(), to.port(), question.protocol()));
        } else {
            int protocol = question.protocol().number();
            header.setV4(from.bits(), from.port(), to.bits(), to.port(), protocol);
        }
        return edges.find(local, question.target());
    }
}
