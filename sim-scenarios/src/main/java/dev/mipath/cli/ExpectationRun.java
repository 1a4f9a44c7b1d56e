package dev.mipath.cli;

import dev.mipath.compile.CompileOptions;
import dev.mipath.compile.NetworkCompiler;
import dev.mipath.explain.Context;
import dev.mipath.explain.Ink;
import dev.mipath.explain.JsonText;
import dev.mipath.explain.Safe;
import dev.mipath.format.Expectation;
import dev.mipath.format.TopologyDocument;
import dev.mipath.profile.Era;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Asks the questions that a topology file carries and compares the answers with those it expects. */
final class ExpectationRun {
    private final QuestionAsker asker;
    private final List<Asked> asked = new ArrayList<>();

    private record Asked(Expectation expectation, Map<String, @Nullable Object> answer, List<String> differs) {}

    ExpectationRun(TopologyDocument document) {
        Era era = Eras.choose(Eras.AUTO, document.topology()).era();
        CompileOptions options = CompileOptions.DEFAULTS.with(era);
        Context context = new Context(NetworkCompiler.compile(document.topology(), options), options.serviceTags());
        asker = new QuestionAsker(context, document.ask());
        for (Expectation expectation : document.expect()) {
            Map<String, @Nullable Object> answer = asker.answer(expectation.question());
            asked.add(new Asked(expectation, answer, differing(expectation, answer)));
        }
    }

    /** The members of an answer that are not as expected. */
    static List<String> differing(Expectation expectation, Map<String, @Nullable Object> answer) {
        List<String> differs = new ArrayList<>();
        for (Expectation.Member member : expectation.answer()) {
            if (!Objects.equals(text(answer.get(member.name())), member.value())) differs.add(member.name());
        }
        return differs;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
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
            out.append(Safe.text(asker.worded(each.expectation.question()))).append('\n');
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

    /** The same as JSON. */
    Map<String, Object> members(String name) {
        List<Object> questions = new ArrayList<>();
        for (Asked each : asked) {
            Map<String, @Nullable Object> expected = new LinkedHashMap<>();
            for (Expectation.Member member : each.expectation.answer()) expected.put(member.name(), member.value());
            Map<String, Object> question = new LinkedHashMap<>();
            question.put("question", asker.worded(each.expectation.question()));
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
