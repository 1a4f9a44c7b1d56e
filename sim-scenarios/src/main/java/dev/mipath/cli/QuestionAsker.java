package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.explain.Context;
import dev.mipath.explain.TagWays;
import dev.mipath.explain.TraceJson;
import dev.mipath.format.Ask;
import dev.mipath.format.Question;
import dev.mipath.profile.Era;
import dev.mipath.requirements.Doctor;
import dev.mipath.requirements.Finding;
import dev.mipath.requirements.Requirement;
import dev.mipath.requirements.Severity;
import dev.mipath.topology.Direction;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Answers questions of topology files about one network. */
final class QuestionAsker implements Question.Cases<Map<String, @Nullable Object>> {
    private final FlowAsker flows;
    private final HopAsker hops;
    private final Context context;
    private final @Nullable Ask ask;

    /** {@code ask} is the question that a trace without ends of its own means. */
    QuestionAsker(Context context, @Nullable Ask ask) {
        this.context = context;
        this.ask = ask;
        flows = new FlowAsker(context, null);
        hops = new HopAsker(context, null);
    }

    /** The members of the answer; what cannot be asked is an answer with an {@code error}. */
    Map<String, @Nullable Object> answer(Question question) {
        try {
            return question.fold(this);
        } catch (UsageException e) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            error.put("error", e.getMessage());
            return error;
        }
    }

    @Override
    public Map<String, @Nullable Object> testIpFlow(Question.TestIpFlow question) {
        FlowQuestion flow = new FlowQuestion();
        flow.direction(question.direction() == Direction.INBOUND ? "Inbound" : "Outbound");
        flow.protocol(question.protocol().azureName());
        read(question.local(), flow.local());
        read(question.remote(), flow.remote());
        return flows.report(flow).verdict().members();
    }

    private static void read(Question.Endpoint from, FlowEnd to) {
        to.address(from.address());
        to.port(from.port() == null ? FlowEnd.ANY_PORT : from.port());
    }

    @Override
    public Map<String, @Nullable Object> nextHop(Question.NextHop question) {
        HopQuestion hop = new HopQuestion();
        hop.source().address(question.sourceIp());
        hop.destination().address(question.destIp());
        return hops.report(hop).verdict().members();
    }

    @Override
    public Map<String, @Nullable Object> trace(Question.Trace question) {
        return TraceJson.summary(conversation(question));
    }

    /** The ids of all errors and warnings, in the order of the requirements. */
    @Override
    public Map<String, @Nullable Object> doctor(Question.Doctor question) {
        @Nullable Era era = context.compilation().era();
        if (era == null) throw new UsageException("no profile says whose requirements count (write `profile:`)");
        CompileOptions options = CompileOptions.DEFAULTS.with(era).with(context.tags());
        String findings = Doctor.examine(context.compilation(), options, era).subnets().stream()
                .flatMap(report -> report.findings().stream())
                .map(Finding::requirement)
                .filter(requirement -> requirement.severity() != Severity.NOTE)
                .sorted()
                .distinct()
                .map(Requirement::id)
                .collect(Collectors.joining(", "));
        Map<String, @Nullable Object> answer = new LinkedHashMap<>();
        answer.put("findings", findings);
        return answer;
    }

    /**
     * The conversation that a question is about.
     *
     * @throws UsageException when its ends are not in the network
     */
    Conversation conversation(Question.Trace question) {
        @Nullable Ask ends = question.ends() == null ? ask : question.ends();
        if (ends == null) {
            throw new UsageException("the file has no `ask:` (name the ends: `trace: {from: …, to: …}`)");
        }
        TraceRequest request = new TagWays(context, new Where(context, ends).request(Trace.plain(), null)).worst();
        return ConversationTracer.trace(
                context.compilation().network(), context.compilation().estate(), request);
    }

    /** The question in words, not yet safe to show. */
    String worded(Question question) {
        if (question instanceof Question.Trace trace) {
            @Nullable Ask ends = trace.ends() == null ? ask : trace.ends();
            return ends == null
                    ? "trace"
                    : "trace " + ends.from() + " → " + ends.to() + (ends.port() == null ? "" : ":" + ends.port());
        }
        if (question instanceof Question.TestIpFlow flow) {
            boolean inbound = flow.direction() == Direction.INBOUND;
            String flowing = inbound ? flow.remote() + " → " + flow.local() : flow.local() + " → " + flow.remote();
            return "test-ip-flow " + (inbound ? "Inbound " : "Outbound ")
                    + flow.protocol().azureName() + " " + flowing;
        }
        if (question instanceof Question.Doctor) return "doctor";
        Question.NextHop hop = (Question.NextHop) question;
        return "next-hop " + hop.sourceIp() + " → " + hop.destIp();
    }
}
