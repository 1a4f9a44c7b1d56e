package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.Context;
import dev.mipath.explain.Ink;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import dev.mipath.explain.TagWays;
import dev.mipath.explain.TraceJson;
import dev.mipath.format.Ask;
import dev.mipath.format.Expectation;
import dev.mipath.format.Question;
import dev.mipath.format.TopologyDocument;
import dev.mipath.profile.Era;
import dev.mipath.topology.Direction;
import dev.mipath.trace.Conversation;
import dev.mipath.trace.ConversationTracer;
import dev.mipath.trace.TraceRequest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the questions that a topology file carries and compares the answers with those it expects. */
final class ExpectationRun implements Question.Cases<Map<String, @Nullable Object>> {
    private final FlowAsker flows;
    private final HopAsker hops;
    private final Context context;
    private final @Nullable Ask ask;
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(Expectation expectation, Map<String, @Nullable Object> answer, List<String> differs) {}

    ExpectationRun(TopologyDocument document) {
        Era era = Eras.choose(Eras.AUTO, document.topology()).era();
        CompileOptions options = CompileOptions.DEFAULTS.with(era);
        context = new Context(NetworkCompiler.compile(document.topology(), options), options.serviceTags());
        ask = document.ask();
        flows = new FlowAsker(context, null);
        hops = new HopAsker(context, null);
        for (Expectation expectation : document.expect()) {
            Map<String, @Nullable Object> answer = answer(expectation.question());
            List<String> differs = new ArrayList<>();
            for (Expectation.Member member : expectation.answer()) {
                if (!Objects.equals(text(answer.get(member.name())), member.value())) differs.add(member.name());
            }
            asked.add(new Asked(expectation, answer, differs));
        }
    }

    private Map<String, @Nullable Object> answer(Question question) {
        try {
            return question.fold(this);
        } catch (UsageException e) {
            Map<String, @Nullable Object> error = new LinkedHashMap<>();
            error.put("error", e.getMessage());
            return error;
        }
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
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
        @Nullable Ask ends = question.ends() == null ? ask : question.ends();
        if (ends == null) {
            throw new UsageException("the file has no `ask:` (name the ends: `trace: {from: …, to: …}`)");
        }
        TraceRequest request = new TagWays(context, new Where(context, ends).request(Trace.plain(), null)).worst();
        Conversation told = ConversationTracer.trace(
                context.compilation().network(), context.compilation().estate(), request);
        return TraceJson.summary(told);
    }

    /** Whether every answer is as expected. */
    boolean holds() {
        for (Asked each : asked) if (!each.differs.isEmpty()) return false;
        return true;
    }

    /** One line a question, with what was expected where it is not what was answered. */
    String text(Ink ink) {
        StringBuilder out = new StringBuilder();
        int held = 0;
        for (Asked each : asked) {
            boolean holds = each.differs.isEmpty();
            if (holds) held++;
            out.append(ink.verdict(holds ? "✓ " : "✗ ", holds));
            out.append(Safe.text(worded(each.expectation.question()))).append('\n');
            out.append("    ").append(Safe.text(JsonText.line(each.answer))).append('\n');
            for (Expectation.Member member : each.expectation.answer()) {
                if (!each.differs.contains(member.name())) continue;
                out.append("    expected ").append(Safe.text(member.name() + " " + member.value()));
                out.append("  ").append(Safe.text(member.place().brief())).append('\n');
            }
        }
        String sum =
                asked.isEmpty() ? "the file expects nothing" : held + " of " + asked.size() + " answers as expected";
        return out.append(sum).append('\n').toString();
    }

    private String worded(Question question) {
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
        Question.NextHop hop = (Question.NextHop) question;
        return "next-hop " + hop.sourceIp() + " → " + hop.destIp();
    }

    /** The same as JSON. */
    Map<String, Object> members(String name) {
        List<Object> questions = new ArrayList<>();
        for (Asked each : asked) {
            Map<String, @Nullable Object> expected = new LinkedHashMap<>();
            for (Expectation.Member member : each.expectation.answer()) expected.put(member.name(), member.value());
            Map<String, Object> question = new LinkedHashMap<>();
            question.put("question", worded(each.expectation.question()));
            question.put("expected", expected);
            question.put("answer", each.answer);
            question.put("holds", each.differs.isEmpty());
            questions.add(question);
        }
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("name", name);
        members.put("holds", holds());
        members.put("questions", questions);
        return members;
    }
}
